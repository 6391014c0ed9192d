# pyright: standard
"""What Python 3.10 and 3.11 lack, made of what their last versions have.

Python 3.10 has no `NotRequired`. Of both, pydantic refuses the `TypedDict`: it goes by the
name of the module that its class of classes stands in, since the standard library once
got wrong which keys are required. Here they are right.
"""

import sys
import typing
from typing import Any


class NotRequired:
    """A key that may be absent."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __class_getitem__(cls, inner: Any) -> "NotRequired":
        return cls(inner)

    def __call__(self) -> None:
        """Python 3.10 takes for a type what can be called."""


if sys.version_info < (3, 12):

    class _Mended(type(typing.TypedDict("_Any", {}))):  # type: ignore[misc]
        """A `TypedDict` that is not of `typing`."""

    def mend(made: Any) -> None:
        """Makes a `TypedDict` what one of a later Python would be."""
        optional = {
            key: found.inner
            for key, found in made.__annotations__.items()
            if isinstance(found, NotRequired)
        }
        for key, inner in optional.items():
            late = typing.ForwardRef(inner) if isinstance(inner, str) else inner
            made.__annotations__[key] = late
        if optional:
            made.__optional_keys__ |= frozenset(optional)
            made.__required_keys__ -= frozenset(optional)
        made.__orig_bases__ = (dict,)
        made.__class__ = _Mended
