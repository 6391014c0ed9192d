# pyright: standard
"""The names of fields and an event come in; the values of those fields go out, each with
the elements of arrays that it lies in.

A field is a path of steps, joined by dots; a key with dots in it is as many steps, in
patterns and in events alike. One oddity of the engine is kept: an empty step of an event
is followed only where the pattern has an empty step itself, and trailing empty steps of a
pattern do not count (`{"a":{"":[1]}}` takes `{"a.":1}` and not `{"a":{"":1}}`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ._tape import Obj

CONTAINERS = (dict, Obj, list, tuple)

NOWHERE = 0
"""The element of a value that lies in no element of an array."""


class Node:
    """A place that paths lead to."""

    __slots__ = ("children", "field", "strict")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.field: str | None = None
        self.strict: str | None = None
        """The field of a pattern that does not follow empty steps."""


def paths(names: list[str]) -> Node:
    """The places of fields."""
    follows = any(_has_empty_step(name) for name in names)
    root = Node()
    for name in names:
        node = root
        for step in name.split("."):
            node = node.children.setdefault(step, Node())
        if name.endswith(".") and not follows:
            node.strict = name
        else:
            node.field = name
    return root


def _has_empty_step(name: str) -> bool:
    counted = name.rstrip(".")
    return not name or (bool(counted) and "" in counted.split("."))


def _follow(node: Node, key: str) -> Node | None:
    """Where a key of several steps leads."""
    for step in key.split("."):
        inner = node.children.get(step)
        if inner is None:
            return None
        node = inner
    return node


def _members(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else value


class Leaves:
    """The values of the wanted fields of one event."""

    __slots__ = ("arrays", "arrays_of", "depths", "of", "parents")

    def __init__(self, root: Node, event: Any) -> None:
        self.of: dict[str, list[tuple[Any, int]]] = {}
        """Of each field its values in the order of the event, and their elements."""
        self.parents = [NOWHERE]
        self.depths = [0]
        self.arrays_of = [-1]
        self.arrays: list[list[int]] = []
        """The first element of each array and the one behind its last."""
        self._collect(root, event)

    def _collect(self, root: Node, event: Any) -> None:
        # What waits: a place, what stands there, whether an empty step led there, the
        # element around it, and the array that it is an item of.
        waiting: list[tuple[Any, Any, bool, int, int]] = [
            (root, event, False, NOWHERE, -1)
        ]
        while waiting:
            node, value, empty, element, array = waiting.pop()
            if node is None:
                self.arrays[array][1] = len(self.parents)
                continue
            if not isinstance(value, CONTAINERS):
                self._leaf(node, value, empty, element)
                continue
            if array >= 0:
                element = self._element(element, array)
            if isinstance(value, list | tuple) and not isinstance(value, Obj):
                array = len(self.arrays)
                first = len(self.parents)
                self.arrays.append([first, first])
                waiting.append((None, None, False, 0, array))
                found = [(node, item, empty) for item in value]
            else:
                array = -1
                found = self._wanted(node, value, empty)
            later = len(waiting)
            for inner, item, is_empty in found:
                # What comes behind something that waits has to wait as well.
                if len(waiting) > later or isinstance(item, CONTAINERS):
                    waiting.append((inner, item, is_empty, element, array))
                else:
                    self._leaf(inner, item, is_empty, element)
            if len(waiting) - later > 1:
                waiting[later:] = waiting[later:][::-1]

    def _wanted(
        self, node: Node, value: Any, empty: bool
    ) -> list[tuple[Node, Any, bool]]:
        """The members of an object that paths lead to. Most keys lead nowhere."""
        found = []
        children = node.children
        for key, item in _members(value):
            if key in children:
                found.append((children[key], item, empty or not key))
            elif isinstance(key, str) and "." in key:
                inner = _follow(node, key)
                if inner is not None:
                    found.append((inner, item, empty))
        return found

    def _element(self, parent: int, array: int) -> int:
        self.parents.append(parent)
        self.depths.append(self.depths[parent] + 1)
        self.arrays_of.append(array)
        return len(self.parents) - 1

    def _leaf(self, node: Node, value: Any, empty: bool, element: int) -> None:
        if node.field is not None:
            self.of.setdefault(node.field, []).append((value, element))
        if node.strict is not None and not empty:
            self.of.setdefault(node.strict, []).append((value, element))

    def conflict(self, one: int, other: int) -> int | None:
        """Where two elements lie in different elements of one array, the first's there."""
        if one == other or one == NOWHERE or other == NOWHERE:
            return None
        parents, depths = self.parents, self.depths
        while depths[one] > depths[other]:
            one = parents[one]
        while depths[other] > depths[one]:
            other = parents[other]
        while one != other and parents[one] != parents[other]:
            one, other = parents[one], parents[other]
        same_array = self.arrays_of[one] == self.arrays_of[other]
        return one if one != other and same_array else None

    def array_of(self, element: int) -> list[int]:
        """The elements of the array that an element is one of: first, and behind the last."""
        return self.arrays[self.arrays_of[element]]

    def around(self, element: int) -> Iterator[int]:
        """An element and those around it, from the inside out."""
        while element != NOWHERE:
            yield element
            element = self.parents[element]
