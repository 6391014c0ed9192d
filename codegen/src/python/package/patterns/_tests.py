# pyright: standard
"""What stands in the array of a field of a pattern, by the kind of the field."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from .._typing import TypedDict

Sign: TypeAlias = Literal["=", "<", "<=", ">", ">="]

IgnoreCase = TypedDict("IgnoreCase", {"equals-ignore-case": str})
"""In any case of letters."""

NotText = TypedDict(
    "NotText",
    {
        "prefix": str | Sequence[str],
        "suffix": str | Sequence[str],
        "equals-ignore-case": str | Sequence[str],
        "wildcard": str | Sequence[str],
    },
    total=False,
)
"""Strings that are not meant; one of the keys."""

TextTest = TypedDict(
    "TextTest",
    {
        "prefix": str | IgnoreCase,
        "suffix": str | IgnoreCase,
        "equals-ignore-case": str,
        "wildcard": str,
        "cidr": str,
        "anything-but": str | Sequence[str] | NotText,
        "exists": bool,
    },
    total=False,
)
"""A test of a string; one of the keys."""

NumberTest = TypedDict(
    "NumberTest",
    {
        "numeric": Sequence[Sign | float],
        "anything-but": float | Sequence[float],
        "exists": bool,
    },
    total=False,
)
"""A test of a number; one of the keys."""

Exists = TypedDict("Exists", {"exists": bool})
"""Whether there is a value."""

AnyTest = TypedDict(
    "AnyTest",
    {
        "numeric": Sequence[Sign | float],
        "prefix": str | IgnoreCase,
        "suffix": str | IgnoreCase,
        "equals-ignore-case": str,
        "wildcard": str,
        "cidr": str,
        "anything-but": str | float | Sequence[str] | Sequence[float] | NotText,
        "exists": bool,
    },
    total=False,
)
"""A test of a string or of a number; one of the keys."""

Known = TypeVar("Known", bound=str)

Text: TypeAlias = Sequence[str | TextTest | None]
"""What a string may be."""
Value: TypeAlias = Sequence[Known | TextTest | None]
"""What a string with known values may be. One that is new goes through a test:
`{"prefix": "NewStatus"}`."""
Number: TypeAlias = Sequence[float | NumberTest | None]
"""What a number may be."""
Flag: TypeAlias = Sequence[bool | Exists | None]
"""What `true` or `false` may be."""
Scalar: TypeAlias = Sequence[str | float | bool | AnyTest | None]
"""What a string, a number or a word may be."""
Anything: TypeAlias = Scalar | Mapping[str, Any]
"""What anything may be: values, or the members of an object."""

Envelope = TypedDict(
    "Envelope",
    {
        "account": Text,
        "id": Text,
        "region": Text,
        "replay_name": Text,
        "resources": Text,
        "time": Text,
        "version": Text,
    },
    total=False,
)
"""The fields beside the detail."""
