# pyright: standard
"""What all events have in common."""

from typing import Any, Literal, TypeAlias

from ._typing import NotRequired, TypedDict, open_to_more

Timestamp: TypeAlias = int | float | str
"""A moment, in the form the event has it: milliseconds or seconds since 1970 as a number
or as a string of digits, or RFC 3339. What is less than 100,000,000,000 is in seconds.
`moment` reads all of them."""

# What EventBridge delivers, whatever the detail.
Envelope = TypedDict(
    "Envelope",
    {
        "version": str,
        "id": str,
        # Tells events of one source apart.
        "detail-type": str,
        # The service that sent the event, or who replayed or made it up.
        "source": str,
        "account": str,
        # RFC 3339, to seconds.
        "time": str,
        "region": str,
        # ARNs of what the event is about.
        "resources": list[str],
        # Present when the event was replayed from an archive.
        "replay-name": NotRequired[str],
        "detail": dict[str, Any],
    },
)

UnknownEvent: TypeAlias = Envelope
"""An event of a detail-type that is not documented."""

LaterEvent = TypedDict(
    "LaterEvent",
    {
        "version": str,
        "id": str,
        "detail-type": Literal["(of a later version)"],
        "source": str,
        "account": str,
        "time": str,
        "region": str,
        "resources": list[str],
        "replay-name": NotRequired[str],
        "detail": dict[str, Any],
    },
)
"""An event that a later version of this package documents. Nothing is one: it stands in
`KnownEvent` so that whoever goes through all events says what becomes of others, and
still passes when there are more."""

open_to_more(Envelope, LaterEvent)
