# pyright: standard
"""An event comes in; the view that its source and detail-type ask for goes out."""

from importlib import import_module
from typing import Any

from .._event import key_of
from .._index import EVENTS
from .._parse import NotAnEvent, json_of
from ._view import EventView, UnknownEvent


def view(event: object) -> EventView:
    """A view of an event, given as a dictionary or as JSON text.

    Of a known event it is the class of that name; of any other an `UnknownEvent`. Raises
    NotAnEvent for what has no source, detail-type and detail.
    """
    found = json_of(event)
    key = key_of(found)
    if key is None:
        raise NotAnEvent(found)
    if key not in EVENTS:
        return UnknownEvent(found)
    row = EVENTS[key]
    module: Any = import_module(f"._{row.module}", __package__)
    made: EventView = getattr(module, row.event)(found)
    return made
