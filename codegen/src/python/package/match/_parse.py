# pyright: standard
"""The text of a pattern comes in; its branches go out, or what the engine rejects it for.

`$or` is read as the engine reads it: every field is written into all branches that are
there when it is met, so of a field written twice the later one wins, inside an `$or` and
outside of it. When a pattern is no good so read, the engine tries an older reader that
takes `$or` for the name of a field.
"""

from collections.abc import Generator
from typing import Any

from ._parse_operators import Alternatives, Fault, Reader
from ._tape import EventError, Tape

MAX_BRANCHES = 10_000
MAX_FIELDS = 256
MAX_WRITES = 5_000_000

# Names that the engine keeps for operators inside `$or`, those of the future too.
_RESERVED = frozenset(
    [
        "exactly",
        "equals-ignore-case",
        "prefix",
        "suffix",
        "anything-but",
        "exists",
        "wildcard",
        "numeric",
        "cidr",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "regex",
        "not-wildcard",
        "not-equals-ignore-case",
        "date-after",
        "date-on-or-after",
        "date-before",
        "date-on-or-before",
        "in-date-range",
        "ip-address-in-range",
        "ip-address-not-in-range",
    ]
)

_OR_HELP = (
    "write an array of at least two objects, each with the fields of one alternative"
)
_OR_IS_A_FIELD = "`$or` is taken for the name of a field: for alternatives, write an array of at least two objects"

Branch = dict[str, Alternatives]
Steps = Generator["Steps", None, None]


class PatternError(ValueError):
    """Why a text is no event pattern: what the service would say, and what to write."""

    def __init__(self, message: str, text: str, at: int, path: str, help: str) -> None:
        self.message = message
        """The reason, worded as the engine of the service words it."""
        self.path = path
        """The field that the place belongs to, its steps joined by dots."""
        self.help = help
        """What to write instead; empty when the reason says it all."""
        self.line = text.count("\n", 0, at) + 1
        """The line of the place, from 1."""
        self.column = at - text.rfind("\n", 0, at)
        """The column of the place in characters, from 1."""
        where = f"{message} at line {self.line}, column {self.column}"
        field = f", in field `{path}`" if path else ""
        super().__init__(where + field + (f": {help}" if help else ""))


class Parsed:
    """A pattern as read."""

    def __init__(
        self, branches: list[Branch], names: list[str], warnings: list[str]
    ) -> None:
        self.branches, self.names, self.warnings = branches, names, warnings


def parse(text: str) -> Parsed:
    """Reads a pattern, accepting and rejecting what the engine does."""
    try:
        tape = Tape(text)
    except EventError as error:
        at = len(
            text.encode("utf-8", "surrogatepass")[: error.offset].decode(
                "utf-8", "ignore"
            )
        )
        if error.message == "Event must be a JSON object":
            help = 'write a JSON object such as {"source": ["aws.sagemaker"]}'
            raise PatternError("Filter is not an object", text, at, "", help) from None
        raise PatternError(error.message, text, at, "", "") from None
    reader = _Reader(tape, with_or=True)
    try:
        return reader.read()
    except Fault as fault:
        older = _older(tape)
        if older is not None:
            return older
        place = tape.starts[min(fault.token, len(tape.starts) - 1)]
        path = ".".join(reader.path)
        raise PatternError(fault.message, text, place, path, fault.help) from None


def _older(tape: Tape) -> Parsed | None:
    try:
        parsed = _Reader(tape, with_or=False).read()
    except Fault:
        return None
    if any("$or" in name.split(".") for name in parsed.names):
        parsed.warnings.append(_OR_IS_A_FIELD)
    return parsed


class _Reader:
    def __init__(self, tape: Tape, with_or: bool) -> None:
        self.tape = tape
        self.with_or = with_or
        self.path: list[str] = []
        self.names: dict[str, None] = {}
        self.warnings: list[str] = []
        self.operators = Reader(tape, with_or, self.warnings)
        self.writes = 0

    def read(self) -> Parsed:
        branches: list[Branch] = []
        steps: list[Steps] = [self._object(0, branches, False)]
        while steps:  # what calls itself, without calls: patterns may nest deep
            inner = next(steps[-1], None)
            if inner is None:
                steps.pop()
            else:
                steps.append(inner)
        return Parsed(branches, list(self.names), self.warnings)

    def _object(self, at: int, branches: list[Branch], in_or: bool) -> Steps:
        """Reads an object into the branches. In an `$or`, names of operators are no fields."""
        members = self.tape.children(at)
        if not members:
            help = "name at least one field, with an array of what it may be"
            raise Fault(at, "Empty objects are not allowed", help)
        for key, value in zip(members[::2], members[1::2], strict=True):
            name: str = self.tape.values[key]
            if self.with_or and name == "$or":
                yield self._or(value, branches)
                continue
            self.path.append(name)
            kind = self.tape.kinds[value]
            if in_or and name in _RESERVED:
                message = f"{name} is Ruler reserved fieldName which cannot be used inside $or."
                help = "an alternative of $or names fields; operators go into the array behind a field"
                raise Fault(key, message, help)
            if kind == "{":
                yield self._object(value, branches, in_or)
            elif kind == "[":
                self._field(value, branches)
            else:
                help = 'put the value into an array, as in ["value"]'
                raise Fault(value, f'"{name}" must be an object or an array', help)
            self.path.pop()

    def _or(self, at: int, branches: list[Branch]) -> Steps:
        if self.tape.kinds[at] != "[":
            raise Fault(at, "It must be an Array followed with $or.", _OR_HELP)
        before = branches[:]
        branches.clear()
        items = self.tape.children(at)
        for item in items:
            if self.tape.kinds[item] != "{":
                message = "Only JSON object is allowed in array of $or relationship."
                raise Fault(item, message, _OR_HELP)
            self.writes += sum(len(branch) for branch in before)
            self._check_limits(len(before) + len(branches), item)
            new = [dict(branch) for branch in before] or [{}]
            yield self._object(item, new, True)
            self._check_limits(len(new) + len(branches), item)
            branches.extend(new)
        if len(items) < 2:
            raise Fault(
                at, "There must have at least 2 Objects in $or relationship.", _OR_HELP
            )

    def _check_limits(self, count: int, at: int) -> None:
        what = ""
        if count > MAX_BRANCHES:
            what = (
                f"The $or relationships multiply to more than {MAX_BRANCHES} branches"
            )
        elif self.writes > MAX_WRITES:
            what = (
                f"The $or relationships take more than {MAX_WRITES} steps to write out"
            )
        if what:
            raise Fault(at, what, "split the pattern into several rules")

    def _field(self, at: int, branches: list[Branch]) -> None:
        """Reads the array of a field's alternatives and writes it into all branches."""
        alternatives = self.operators.alternatives(at)
        if not branches:
            branches.append({})
        self.writes += len(branches)
        self._check_limits(len(branches), at)
        name = self._name()
        self.names[name] = None
        for branch in branches:
            branch[name] = alternatives
            if len(branch) > MAX_FIELDS:
                message = f"Size of rule exceeds max value of {MAX_FIELDS}"
                raise Fault(at, message, "name fewer fields")

    def _name(self) -> str:
        """The field at the path. Where all outer steps are empty, the engine drops them."""
        outer = ".".join(self.path[:-1])
        return (f"{outer}." if outer else "") + self.path[-1]


def write(value: Any) -> str:
    """A pattern that was given as an object, as JSON text, however deep it is."""
    import json

    out: list[str] = []
    waiting: list[Any] = [("value", value)]
    while waiting:
        kind, item = waiting.pop()
        if kind == "text":
            out.append(item)
        elif isinstance(item, dict):
            waiting.append(("text", "}"))
            for index, (key, inner) in reversed(list(enumerate(item.items()))):
                waiting.append(("value", inner))
                comma = ", " if index else ""
                waiting.append(
                    ("text", f"{comma}{json.dumps(str(key), ensure_ascii=False)}: ")
                )
            waiting.append(("text", "{"))
        elif isinstance(item, list | tuple):
            waiting.append(("text", "]"))
            for index, inner in reversed(list(enumerate(item))):
                waiting.append(("value", inner))
                if index:
                    waiting.append(("text", ", "))
            waiting.append(("text", "["))
        else:
            out.append(json.dumps(item, ensure_ascii=False))
    return "".join(out)
