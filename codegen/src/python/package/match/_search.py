# pyright: standard
"""An event and the fields of a branch come in; whether one value for each field can be
found such that all lie in the same element of every array that they share goes out.

Fields are taken in the order of their names, as the engine does, because `exists: false`
looks only at values that agree with those taken before. Also as in the engine, a field
that has values in an array of one taken before takes none from outside of that array.
"""

from bisect import bisect_left, insort
from typing import NamedTuple

from ._leaves import NOWHERE, Leaves
from ._parse_operators import Alternatives

Needs = list[tuple[str, Alternatives]]
LONG = 1000
"""From how many steps on it is remembered what failed."""


def order(name: str) -> bytes:
    """What names are sorted by in the engine: UTF-16."""
    return name.encode("utf-16-be", "surrogatepass")


def satisfies(leaves: Leaves, needs: Needs) -> bool:
    """Whether all fields are satisfied at once."""
    for field, alternatives in needs:
        if not may_match(leaves, field, alternatives):
            return False
    if not leaves.arrays:
        return True
    in_arrays = 0
    for field, _ in needs:
        if any(element != NOWHERE for _, element in leaves.of.get(field, ())):
            in_arrays += 1
    if in_arrays == 0:
        return True
    if in_arrays == 1:
        return all(_alone(leaves, field, alternatives) for field, alternatives in needs)
    return _Search(leaves, needs).run()


def may_match(leaves: Leaves, field: str, alternatives: Alternatives) -> bool:
    """Whether a field fits, as far as it alone can tell."""
    values = leaves.of.get(field)
    if values is None:
        return alternatives.wants_absence
    takes = alternatives.takes
    for value, _ in values:
        if takes(value):
            return True
    return alternatives.wants_absence and all(
        element != NOWHERE for _, element in values
    )


def _alone(leaves: Leaves, field: str, alternatives: Alternatives) -> bool:
    values = leaves.of.get(field)
    if not values:
        return alternatives.wants_absence
    return any(alternatives.takes(value) for value, _ in values)


class _Candidates(NamedTuple):
    """Where the values of a field are: those that fit, and all."""

    fitting: list[int]
    present: list[int]
    wants_absence: bool


class _Search:
    def __init__(self, leaves: Leaves, needs: Needs) -> None:
        self.leaves = leaves
        self.fields = [
            self._candidates(field, alternatives) for field, alternatives in needs
        ]
        self.taken: list[int] = []
        self.steps = 0
        self.reach: list[int] = []
        self.failed: set[tuple[int, tuple[int, ...]]] = set()

    def _candidates(self, field: str, alternatives: Alternatives) -> _Candidates:
        fitting: list[int] = []
        present: list[int] = []
        for value, element in self.leaves.of.get(field, ()):
            _push_new(present, element)
            if alternatives.takes(value):
                _push_new(fitting, element)
        return _Candidates(fitting, present, alternatives.wants_absence)

    def run(self) -> bool:
        return self._from(0)

    # It calls itself once for each field: 256 at most.
    def _from(self, index: int) -> bool:
        if index == len(self.fields):
            return True
        candidates = self.fields[index]
        self.steps += 1
        state = (index, self._what_matters(index)) if self.steps > LONG else None
        if state in self.failed:
            return False
        if self._try_absence(index, candidates):
            return True
        if self._try_leaves(index, candidates):
            return True
        if state is not None:
            self.failed.add(state)
        return False

    def _try_absence(self, index: int, candidates: _Candidates) -> bool:
        if not candidates.wants_absence:
            return False
        is_absent = self._agreeing(candidates.present, 0) is None
        return is_absent and self._from(index + 1)

    def _try_leaves(self, index: int, candidates: _Candidates) -> bool:
        at = self._agreeing(candidates.fitting, 0)
        while at is not None:
            element = candidates.fitting[at]
            if not self._is_outside(element, candidates.present):
                self.taken.append(element)
                if self._from(index + 1):
                    return True
                self.taken.pop()
            at = self._agreeing(candidates.fitting, at + 1)
        return False

    def _is_outside(self, element: int, present: list[int]) -> bool:
        """Whether an element lies outside an array of a taken one that has the field."""
        for taken in self.taken:
            for inner in self.leaves.around(taken):
                first, end = self.leaves.array_of(inner)
                if first <= element < end:
                    continue
                at = bisect_left(present, first)
                if at < len(present) and present[at] < end:
                    return True
        return False

    def _agreeing(self, elements: list[int], start: int) -> int | None:
        """The first of some elements that conflicts with none that is taken."""
        while start < len(elements):
            element = elements[start]
            for taken in self.taken:
                there = self.leaves.conflict(taken, element)
                if there is not None:
                    behind = (
                        there if element < there else self.leaves.array_of(there)[1]
                    )
                    start = max(bisect_left(elements, behind, start), start + 1)
                    break
            else:
                return start
        return None

    def _what_matters(self, index: int) -> tuple[int, ...]:
        """The taken elements whose arrays hold values of the fields still to come."""
        if not self.reach:
            self._fill_reach()
        arrays_of = self.leaves.arrays_of
        around = (inner for taken in self.taken for inner in self.leaves.around(taken))
        return tuple(sorted({e for e in around if self.reach[arrays_of[e]] >= index}))

    def _fill_reach(self) -> None:
        self.reach = [0] * len(self.leaves.arrays)
        for index, field in enumerate(self.fields):
            for present in field.present:
                for element in self.leaves.around(present):
                    self.reach[self.leaves.arrays_of[element]] = index


def _push_new(elements: list[int], element: int) -> None:
    if not elements or elements[-1] < element:
        elements.append(element)
    elif elements[-1] > element:
        at = bisect_left(elements, element)
        if elements[at] != element:
            insort(elements, element)
