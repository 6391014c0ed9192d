# pyright: standard
"""A field that did not fit and the event come in; what is nearly right about it goes out,
as a sentence: the field under another spelling or at another place, the value in another
case or of another kind.
"""

import re
from collections.abc import Iterable
from typing import Any

from ._number import shown
from ._operators import (
    Exact,
    Number,
    Operator,
    Prefix,
    Range,
    Suffix,
    Wildcard,
    Word,
)
from ._parse_operators import WORDS, written
from ._tape import Num, Obj

MAX_VALUES = 100_000
MAX_OPERATORS = 200
MAX_FOUND = 50
_LONG = 100
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CAPITALS = re.compile("[A-Z]+")
_NO_LEAF_IN_ARRAY = "it is an empty array, which has no value"


def members(value: Any) -> dict[str, Any] | None:
    """The members of an object; nothing of anything else."""
    if isinstance(value, Obj):
        return dict(value)
    return value if isinstance(value, dict) else None


def _is_array(value: Any) -> bool:
    return isinstance(value, list | tuple) and not isinstance(value, Obj)


def _elements(values: Iterable[Any]) -> list[Any]:
    """The values, with those of arrays instead of the arrays."""
    found, waiting = [], list(values)[::-1]
    while waiting:
        value = waiting.pop()
        if _is_array(value):
            waiting.extend(value[::-1])
        else:
            found.append(value)
    return found


def of_missing(event: Any, field: str) -> str | None:
    """What is nearly right about a field that the event does not have."""
    steps = field.split(".")
    here: list[Any] = [event]
    for index, step in enumerate(steps):
        objects = [
            found for value in _elements(here) if (found := members(value)) is not None
        ]
        inner = [found[step] for found in objects if step in found]
        if not inner:
            return _at_step(event, here, steps[:index], step, steps[-1])
        here = inner
    return _no_leaf(here)


def _no_leaf(here: list[Any]) -> str | None:
    """Why there is no leaf at a place that is there."""
    elements = _elements(here)
    for value in elements:
        found = members(value)
        if found is not None:
            if not found:
                return "it is an empty object, which has no value"
            return f"it is an object: name a field of it, such as `{min(found)}`"
    return None if elements else _NO_LEAF_IN_ARRAY


def _at_step(
    event: Any, here: list[Any], before: list[str], step: str, last: str
) -> str | None:
    """What stands where a step leads nowhere."""
    if step.isascii() and step.isdigit() and any(_is_array(value) for value in here):
        return f"arrays are looked into by themselves: leave out the key `{step}`"
    elements = _elements(here)
    objects = [found for value in elements if (found := members(value)) is not None]
    if not objects:
        return _no_object(elements, ".".join(before))
    keys = [key for found in objects for key in sorted(map(str, found))]
    for key in keys:
        if _folded(key) == _folded(step):
            return f"the event spells it `{'.'.join([*before, key])}`"
    for key in keys:
        if _is_near(key, step):
            return f"the event has `{'.'.join([*before, key])}`: is that meant?"
    elsewhere = _find(event, last)
    return (
        f"the event has `{elsewhere}`: is that meant?"
        if elsewhere is not None
        else None
    )


def _no_object(elements: list[Any], place: str) -> str | None:
    if not elements:
        return None
    value = elements[0]
    if isinstance(value, Num) or (
        isinstance(value, int | float) and not isinstance(value, bool)
    ):
        return f"`{place}` is a number, not an object"
    if isinstance(value, str):
        if value.lstrip().startswith("{"):
            return f"`{place}` is a string that holds JSON, which is not looked into"
        return f"`{place}` is a string, not an object"
    return f"`{place}` is no object"


def _find(event: Any, key: str) -> str | None:
    """The path of a key that stands anywhere."""
    waiting, seen = [(event, "")], 0
    while waiting and seen < MAX_VALUES:
        value, path = waiting.pop()
        seen += 1
        found = members(value)
        if found is None:
            waiting.extend((item, path) for item in (value if _is_array(value) else ()))
            continue
        for name in sorted(map(str, found)):
            inner = f"{path}.{name}" if path else name
            if name == key:
                return inner
            waiting.append((found.get(name), inner))
    return None


def of_values(operators: list[Operator], values: list[Any]) -> str | None:
    """What is nearly right about values that no operator takes."""
    for operator in operators[:MAX_OPERATORS]:
        for value in values[:MAX_FOUND]:
            hint = _nearly(operator, value)
            if hint is not None:
                return hint
    return None


def _nearly(operator: Operator, value: Any) -> str | None:
    if isinstance(value, str) and not isinstance(value, Num):
        return _nearly_string(operator, value)
    if value is None or isinstance(value, bool):
        word = WORDS[value]
        if isinstance(operator, Exact) and operator.text.lower() == word:
            return f"the event has {word} without quotes, the pattern a string"
    elif isinstance(operator, Exact) and operator.text == written(value):
        return "the event has a number, the pattern a string"
    return None


def _nearly_string(operator: Operator, found: str) -> str | None:
    if isinstance(operator, Exact):
        return _nearly_text(operator.text, found)
    if isinstance(operator, Number) and shown(operator.number) == found:
        return "the event has a string, the pattern a number"
    if isinstance(operator, Range) and _NUMBER.fullmatch(found):
        return "the event has a string, and `numeric` takes numbers alone"
    if isinstance(operator, Word) and operator.word == found.lower():
        return "the event has a string, the pattern a word without quotes"
    if isinstance(operator, Prefix):
        end = found[: len(operator.text)]
        return _nearly_end("prefix", "starts", operator.text, end, found)
    if isinstance(operator, Suffix):
        end = found[-len(operator.text) :] if operator.text else ""
        return _nearly_end("suffix", "ends", operator.text, end, found)
    if isinstance(operator, Wildcard):
        lower = Wildcard([_lower(piece) for piece in operator.pieces])
        if lower.takes_text(_lower(found)):
            return "only the case differs, which `wildcard` knows no way around"
    return None


def _nearly_text(wanted: str, found: str) -> str | None:
    if wanted.lower() == found.lower():
        return "only the case differs: `equals-ignore-case` takes both"
    if wanted.strip() == found.strip():
        return "only blanks around it differ"
    wildcard = _wildcard(wanted)
    if wildcard and len(wildcard.pieces) > 1 and wildcard.takes_text(found):
        return "`*` in a plain string is a star: `wildcard` takes any characters for it"
    return "they differ in few letters" if _is_near(wanted, found) else None


def _nearly_end(
    operator: str, verb: str, text: str, end: str, found: str
) -> str | None:
    if _lower(text) == _lower(end):
        return f'only the case differs: {{"{operator}":{{"equals-ignore-case":…}}}} takes both'
    is_prefix = operator == "prefix"
    like = text.removesuffix("*") + "*" if is_prefix else "*" + text.removeprefix("*")
    wildcard = _wildcard(like)
    if wildcard and wildcard.takes_text(found):
        return (
            f"`{operator}` takes `*` for a star: `wildcard` takes what {verb} like it"
        )
    return None


def _lower(text: str) -> str:
    """Letters of ASCII in lower case."""
    return _CAPITALS.sub(lambda letters: letters[0].lower(), text)


def _wildcard(text: str) -> Wildcard | None:
    try:
        return Wildcard.read(text)
    except ValueError:
        return None


def _folded(name: str) -> str:
    """A name as people compare it: without case, and without what separates its words."""
    return "".join(c for c in name if c.isalnum()).lower()


def _is_near(one: str, other: str) -> bool:
    """Whether two words differ in few of their letters."""
    allowed = min(min(len(one), len(other)) // 4, 2)
    if (
        max(len(one.encode("utf-8", "replace")), len(other.encode("utf-8", "replace")))
        >= _LONG
    ):
        return False
    return allowed > 0 and distance(_folded(one), _folded(other)) <= allowed


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with the next make one the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
