# pyright: standard
"""The members of an object by their keys on the wire, also those that no type names yet."""

from collections.abc import Mapping
from typing import Any

from ._event import mapping_of


def extra(value: object) -> Mapping[str, Any]:
    """All members of an event, of a detail or of an object in it, by their keys on the
    wire: `extra(detail)["NewField"]` is one that its type does not name yet.
    """
    return mapping_of(value)


def get(value: object, key: str, default: Any = None) -> Any:
    """What an object has at a key, whether its type names that or not:
    `get(detail, "NewField")`. This is how to read what is not yet documented.
    """
    return mapping_of(value).get(key, default)
