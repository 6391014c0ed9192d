# pyright: standard
"""The known values of a field, which may have others."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Generic, TypeGuard, TypeVar

if TYPE_CHECKING:
    from ._known import KnownValue

Known = TypeVar("Known", bound=str)


class Values(tuple[Known, ...], Generic[Known]):
    """The known values of one field. A value that is not among them is no error: it is
    new, and `value in …` tells.
    """

    __slots__ = ()

    def __new__(cls, values: Iterable[Known]) -> "Values[Known]":
        return super().__new__(cls, values)

    def is_(self, value: object, *known: Known) -> bool:
        """Whether a value is one of these; a type checker refuses one that is misspelt."""
        return value in known

    def knows(self, value: object) -> "TypeGuard[Known]":
        """Whether a value is known."""
        return value in self


def is_(value: object, *known: "KnownValue") -> bool:
    """Whether a value is one of these. A comparison with `==` would take a misspelt value,
    since fields may have new ones; here a type checker refuses what no field is known
    to have. `SOME_FIELD_VALUES.is_(…)` takes the known values of that field alone.
    """
    return value in known
