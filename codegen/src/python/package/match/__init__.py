# pyright: standard
"""Event patterns, matched as EventBridge matches them.

    from {import}.match import Pattern

    pattern = Pattern({"detail": {"state": ["FAILED", {"prefix": "STOP"}]}})
    pattern.matches('{"detail": {"state": "FAILED"}}')
    print(pattern.explain({"detail": {"state": "Failed"}}))

An event is best given as the text that arrived: then every answer is that of the service.
An event that went through `json.loads` has lost how its numbers were written and keys
that stood twice, so for one of these the answer may be another:

- a number of more digits than a double holds, such as `0.10000000000000001`,
- a number beyond all doubles, such as `1e400`,
- of keys that stand twice only the last is seen.

For many rules at once there is the Rust crate `eventbridge-patterns`.
"""

from functools import lru_cache
from typing import Any

from ._explain import Explanation, Unmet
from ._explain import explain as _explain
from ._leaves import Leaves, paths
from ._parse import PatternError, parse, write
from ._search import order, satisfies
from ._tape import EventError
from ._text import read

__all__ = [
    "EventError",
    "Explanation",
    "Pattern",
    "PatternError",
    "Unmet",
    "explain",
    "matches",
]


class Pattern:
    """An event pattern, as the `EventPattern` of an EventBridge rule.

    Fields are taken together, the values of a field's array apart; a field is a path of
    keys, and dots in keys count as steps. Of an event, arrays are looked into at any
    depth; the fields of a pattern must be found in the same element of every array that
    they share.
    """

    __slots__ = ("_branches", "_root", "text", "warnings")

    def __init__(self, pattern: object) -> None:
        """Reads a pattern: JSON text, or what `json.loads` makes of it.

        Raises PatternError for what the engine of the service refuses.
        """
        self.text: str = _pattern_text(pattern)
        """The pattern as JSON text."""
        parsed = parse(self.text)
        self.warnings = tuple(parsed.warnings)
        """What the engine accepts here and probably was not meant."""
        self._branches = [
            sorted(branch.items(), key=lambda need: order(need[0]))
            for branch in parsed.branches
        ]
        self._root = paths(parsed.names)

    def matches(self, event: object) -> bool:
        """Whether the pattern matches an event: JSON text, or what `json.loads` made of it.

        Raises EventError for what is no event: no verdict rests on half a document.
        """
        leaves = Leaves(self._root, _event(event))
        for needs in self._branches:
            if satisfies(leaves, needs):
                return True
        return False

    def explain(self, event: object) -> Explanation:
        """Says why the pattern matches an event or does not, as `cargo codegen match --why`.

        It takes its time: ask it about an event at hand, and `matches` about all.
        """
        tree = _event(event)
        leaves = Leaves(self._root, tree)
        found = any(satisfies(leaves, needs) for needs in self._branches)
        return _explain(found, self._branches, leaves, tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"

    def __str__(self) -> str:
        return self.text


def _event(event: object) -> Any:
    if isinstance(event, str | bytes | bytearray):
        return read(event)
    if isinstance(event, dict):
        return event
    told = getattr(event, "to_dict", None)  # a view
    found = told() if callable(told) else None
    if isinstance(found, dict):
        return found
    raise EventError("Event must be a JSON object")


def _pattern_text(pattern: object) -> str:
    if isinstance(pattern, str):
        return pattern
    if isinstance(pattern, bytes | bytearray):
        try:
            return pattern.decode()
        except UnicodeDecodeError as error:
            raise PatternError("Invalid UTF-8", "", 0, "", "") from error
    told = getattr(pattern, "to_dict", None)  # a typed pattern
    try:
        return write(told() if callable(told) else pattern)
    except (TypeError, ValueError) as error:
        raise PatternError(str(error), "", 0, "", "write what JSON can say") from error


@lru_cache(maxsize=256)
def _compiled(text: str) -> Pattern:
    return Pattern(text)


def matches(event: object, pattern: object) -> bool:
    """Whether a pattern matches an event, as EventBridge would.

    Both are JSON text, or what `json.loads` makes of it. For many events make a `Pattern`.
    """
    return _pattern(pattern).matches(event)


def explain(event: object, pattern: object) -> Explanation:
    """Why a pattern matches an event or does not."""
    return _pattern(pattern).explain(event)


def _pattern(pattern: object) -> Pattern:
    return (
        pattern if isinstance(pattern, Pattern) else _compiled(_pattern_text(pattern))
    )
