# pyright: standard
"""A pattern and an event come in; which fields did not fit, what they needed and what was
found goes out.
"""

from typing import Any, NamedTuple

from . import _near_miss
from ._leaves import Leaves
from ._operators import quoted
from ._parse_operators import WORDS, Alternatives, written
from ._search import Needs, may_match
from ._tape import Num

SHOWN = 5


class Unmet(NamedTuple):
    """A field that did not fit. Printed, it is a line:
    `` `detail.state` needs "FAILED", found "FIRED" ``.
    """

    field: str
    """The field's steps, joined by dots."""
    needed: str
    """What the pattern takes, as words."""
    found: tuple[str, ...]
    """The values of the event in that field, as JSON; none when it is not there."""
    hint: str | None
    """What is nearly right, as words for people; None when nothing comes near."""

    def __str__(self) -> str:
        shown = ", ".join(self.found[:SHOWN]) or "no value"
        more = len(self.found) - SHOWN
        found = f"{shown} and {more} more" if more > 0 else shown
        hint = f" ({self.hint})" if self.hint else ""
        return f"`{self.field}` needs {self.needed}, found {found}{hint}"


class Explanation(NamedTuple):
    """Why a pattern matches an event or does not. It is true when it matches; printed, it
    has a line for each field that did not fit.
    """

    matches: bool
    """Whether the pattern matches."""
    unmet: tuple[Unmet, ...]
    """The fields that did not fit, of the branch of `$or` that came closest. Empty when
    the pattern matches, and when each field fits by itself but not in the same elements
    of an array."""
    branches: int
    """How many branches the `$or`s of the pattern make."""
    fields: tuple[str, ...]
    """The fields of the branch that came closest."""

    def __bool__(self) -> bool:
        return self.matches

    def __str__(self) -> str:
        if self.matches:
            return "matches"
        if not self.unmet:
            fields = "`, `".join(self.fields)
            return f"no element of the arrays satisfies `{fields}` together"
        lines = [str(unmet) for unmet in self.unmet]
        if self.branches > 1:
            lines.append(
                f"(of {self.branches} alternatives of $or, this one came closest)"
            )
        return "\n".join(lines)


def explain(
    matches: bool, branches: list[Needs], leaves: Leaves, event: Any
) -> Explanation:
    """Says why."""
    if matches or not branches:
        return Explanation(matches, (), len(branches), ())
    failing = [
        [need for need in needs if not may_match(leaves, *need)] for needs in branches
    ]
    closest = min(range(len(branches)), key=lambda index: len(failing[index]))
    unmet = [_unmet(leaves, event, field, needed) for field, needed in failing[closest]]
    fields = tuple(field for field, _ in branches[closest])
    return Explanation(False, tuple(unmet), len(branches), fields)


def _unmet(leaves: Leaves, event: Any, field: str, alternatives: Alternatives) -> Unmet:
    values = [value for value, _ in leaves.of.get(field, ())]
    if values:
        hint = _near_miss.of_values(alternatives.operators, values)
    else:
        hint = _near_miss.of_missing(event, field)
    needed = " or ".join(str(operator) for operator in alternatives.operators)
    return Unmet(field, needed, tuple(_shown(value) for value in values), hint)


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return WORDS[value]
    if isinstance(value, str) and not isinstance(value, Num):
        return quoted(value)
    return written(value) or "a number"
