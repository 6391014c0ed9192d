# pyright: standard
"""Anything comes in; whether it is an event, and which, goes out. Nothing is raised."""

from typing import TYPE_CHECKING, TypeGuard

from ._event import key_of
from ._index import EVENTS

if TYPE_CHECKING:
    from ._events import KnownEvent


def is_known_event(event: object) -> TypeGuard["KnownEvent"]:
    """Whether something is an event of a documented source and detail-type.

    It takes anything, and looks at the source, the detail-type, and that there is a
    detail. `parse` looks at all fields.
    """
    return key_of(event) in EVENTS
