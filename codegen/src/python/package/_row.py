# pyright: standard
"""What is known of an event, for code over all events."""

from typing import NamedTuple


class Row(NamedTuple):
    """One event."""

    source: str
    detail_type: str
    module: str
    """The module of its types."""
    name: str
    """The type of its detail."""
    event: str
    """The type of the whole event."""
    roles: dict[str, str]
    """The fields that every event has in one way or another, by what they are."""
