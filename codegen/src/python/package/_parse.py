# pyright: standard
"""Anything comes in; an event as its type describes it, or in what it differs, goes out.

It goes by the JSON Schemas of this package and never calls itself, so that what comes in
can be as deep as it likes.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ._event import key_of
from ._index import EVENTS

if TYPE_CHECKING:
    from ._events import KnownEvent
    from .envelope import UnknownEvent

SHOWN = 80
MAX_OPENINGS = 500
MAX_DEPTH = 500
MAX_WRAPS = 5
"""How often messages may wrap each other: SQS, SNS, text."""
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]', re.DOTALL)


class Difference(NamedTuple):
    """A place where something is not as its type describes it."""

    path: str
    """The place: `detail.SecondaryStatusTransitions[0].StartTime`; empty for all of it."""
    expected: str
    """What stands there in the events that are known: `string or null`."""
    found: str
    """What stands there, as JSON."""

    def __str__(self) -> str:
        return (
            f"{self.path or 'all of it'}: expected {self.expected}, found {self.found}"
        )


class Differences(tuple[Difference, ...]):
    """In what something differs from the event that it should be. Printed, it has a line
    for each difference.
    """

    event: "UnknownEvent | None" = None
    """The event as it came, if it is one: only its detail is not as documented."""

    def __str__(self) -> str:
        return "\n".join(str(difference) for difference in self)


class NotAnEvent(ValueError):
    """It has no source, detail-type and detail."""

    def __init__(self, value: object) -> None:
        self.differences = envelope_differences(value)
        super().__init__("; ".join(str(difference) for difference in self.differences))


def parse(value: object) -> "KnownEvent | UnknownEvent | Differences":
    """An event out of anything: a dictionary, or JSON text.

    A documented event whose fields are of the documented kinds comes back typed; an event
    that is not documented comes back as an `UnknownEvent`; both are the object that came
    in, with all that their types do not name. All else gives `Differences`: of what is no
    event at all, and of a documented event that is not as documented. The latter is kept
    in `Differences.event`.
    """
    found = json_of(value)
    key = key_of(found)
    if key is None:
        return Differences(envelope_differences(found))
    known: Any = found
    if key not in EVENTS:
        return known  # type: ignore[no-any-return]
    differences = Differences(_differences(found, _schema(EVENTS[key].name)))
    if not differences:
        return known  # type: ignore[no-any-return]
    if not any(not each.path.startswith("detail") for each in differences):
        differences.event = known
    return differences


def from_message(message: object) -> "KnownEvent | UnknownEvent | Differences":
    """The event that a message brings, as `parse` gives it.

    A message is JSON text, a record of SQS or of SNS as AWS Lambda gets it, or a
    notification of SNS in a record of SQS. Never raises.
    """
    inside = message
    for _ in range(MAX_WRAPS):
        if key_of(inside) is not None:
            break
        inner = json_of(inside)
        if inner is inside:
            inner = _wrapped(inner)
        if inner is None:
            break
        inside = inner
    return parse(inside)


def _wrapped(value: object) -> str | None:
    """The text that a record or a notification has around it."""
    if not isinstance(value, dict):
        return None
    sns = value.get("Sns")
    inner = [value.get(key) for key in ("body", "Body", "Message")]
    inner.append(sns.get("Message") if isinstance(sns, dict) else None)
    return next((each for each in inner if isinstance(each, str)), None)


def json_of(value: object) -> Any:
    """What text says; of anything else, and of text that is no JSON, itself."""
    if not isinstance(value, str | bytes | bytearray):
        told = getattr(value, "to_dict", None)
        return told() if callable(told) else value
    try:
        text = value if isinstance(value, str) else bytes(value).decode()
        # What nests deeper no event does, and Python may not read.
        if (
            text.count("{") + text.count("[") > MAX_OPENINGS
            and _depth(text) > MAX_DEPTH
        ):
            return value
        return json.loads(text)
    except (ValueError, RecursionError):
        return value


def _depth(text: str) -> int:
    """How deep arrays and objects nest."""
    deepest = depth = 0
    for token in _TOKENS.findall(text):
        if token[0] != '"':
            depth += 1 if token in "{[" else -1
            deepest = max(deepest, depth)
    return deepest


def envelope_differences(value: object) -> list[Difference]:
    """What an event has, and something has not."""
    if isinstance(value, str | bytes | bytearray):
        return [Difference("", "an event, which is an object", _text(value))]
    if not isinstance(value, dict):
        return [Difference("", "an event, which is an object", shown(value))]
    kinds = {"source": str, "detail-type": str, "detail": dict}
    return [
        Difference(key, "an object" if kind is dict else "string", _at(value, key))
        for key, kind in kinds.items()
        if not isinstance(value.get(key), kind)
    ]


def _text(value: str | bytes | bytearray) -> str:
    """What text is that no object was read from."""
    try:
        text = value if isinstance(value, str) else bytes(value).decode()
        if _depth(text) > MAX_DEPTH:
            return f"text that nests deeper than {MAX_DEPTH} levels"
        json.loads(text)
    except ValueError as error:
        return f"text that is no JSON: {error}"
    return shown(text)


def _at(value: dict[Any, Any], key: str) -> str:
    return shown(value[key]) if key in value else "nothing"


def shown(value: object) -> str:
    """A value as JSON, cut where it is long."""
    if isinstance(value, dict | list) and value:
        return "an object" if isinstance(value, dict) else "an array"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _schema(name: str) -> dict[str, Any]:
    from .schemas._load import load

    return load(name)


def _differences(event: Any, schema: dict[str, Any]) -> Iterator[Difference]:
    # Only `source`, `detail-type` and `detail` make an event; the rest of the envelope
    # is EventBridge's, and is looked at where it is there.
    needed = {**schema, "required": ["source", "detail-type", "detail"]}
    waiting: list[tuple[str, Any, dict[str, Any]]] = [("", event, needed)]
    while waiting:
        path, value, rule = waiting.pop()
        rule = _resolved(rule, schema)
        if "anyOf" in rule:
            rules = [_resolved(each, schema) for each in rule["anyOf"]]
            fitting = [each for each in rules if _kind_fits(value, each)]
            if not fitting:
                yield Difference(path, _expected(rules), shown(value))
            elif len(fitting) == 1:
                waiting.append((path, value, fitting[0]))
            elif not any(_fits(value, each, schema) for each in fitting):
                yield Difference(path, _expected(fitting), shown(value))
            continue
        if not _kind_fits(value, rule):
            yield Difference(path, _expected([rule]), shown(value))
            continue
        if isinstance(value, dict):
            for key in rule.get("required", ()):
                if key not in value:
                    inner = _resolved(rule.get("properties", {}).get(key, {}), schema)
                    yield Difference(_join(path, key), _expected([inner]), "nothing")
        waiting.extend(reversed(list(_inner(path, value, rule))))


def _fits(value: Any, rule: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether the parts of a value fit one of several rules of one kind."""
    waiting = [("", value, rule)]
    while waiting:
        _, held, each = waiting.pop()
        each = _resolved(each, schema)
        if "anyOf" in each:
            if not any(
                _kind_fits(held, _resolved(one, schema)) for one in each["anyOf"]
            ):
                return False
            continue
        if not _kind_fits(held, each):
            return False
        if isinstance(held, dict) and any(
            key not in held for key in each.get("required", ())
        ):
            return False
        waiting.extend(_inner("", held, each))
    return True


def _inner(
    path: str, value: Any, rule: dict[str, Any]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    if isinstance(value, dict):
        named, others = rule.get("properties", {}), rule.get("additionalProperties")
        for key, held in value.items():
            inner = named.get(key, others)
            if isinstance(inner, dict):
                yield _join(path, key), held, inner
    elif isinstance(value, list) and isinstance(rule.get("items"), dict):
        for index, held in enumerate(value):
            yield f"{path}[{index}]", held, rule["items"]


def _resolved(rule: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for _ in range(100):
        if "$ref" not in rule:
            break
        rule = schema["definitions"][rule["$ref"].rpartition("/")[2]]
    return rule


_KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def _kind_fits(value: Any, rule: dict[str, Any]) -> bool:
    kinds = rule.get("type")
    if kinds is not None:
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not any(_is_kind(value, kind) for kind in kinds):
            return False
    return "enum" not in rule or value in rule["enum"]


def _is_kind(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _KINDS[kind])


def _expected(rules: list[dict[str, Any]]) -> str:
    words: list[str] = []
    for rule in rules:
        if "enum" in rule:
            words += [json.dumps(each) for each in rule["enum"]]
        else:
            kinds = rule.get("type", "anything")
            words += [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(dict.fromkeys(words))


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
