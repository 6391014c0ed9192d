# pyright: standard
"""An event comes in; what it is about goes out, whatever its fields are called."""

from typing import Any, NamedTuple

from ._event import key_of, mapping_of
from ._index import EVENTS
from ._moment import Moment, moment


class Subject(NamedTuple):
    """What an event is about. What its type does not have is None."""

    name: str | None = None
    """Its name."""
    arn: str | None = None
    """Its ARN."""
    status: str | None = None
    """Its state."""
    failure_reason: str | None = None
    """Why it failed: also where the field is not documented, but arrived."""
    created_at: Moment | None = None
    """When it was made."""
    modified_at: Moment | None = None
    """When it was changed last."""
    tags: dict[str, str] | None = None
    """Its tags, in either form in which events write them."""


def subject(event: object) -> Subject:
    """What an event is about: of one that is not known, at most why it failed."""
    members = mapping_of(event)
    key = key_of(members)
    if key is None:
        return Subject()
    detail: dict[str, Any] = members["detail"]
    roles = EVENTS[key].roles if key in EVENTS else {}

    def text(role: str) -> str | None:
        found = detail.get(roles[role]) if role in roles else None
        return found if isinstance(found, str) and found else None

    def instant(role: str) -> Moment | None:
        return moment(detail.get(roles[role])) if role in roles else None

    return Subject(
        name=text("name"),
        arn=text("arn"),
        status=text("status"),
        failure_reason=text("failure_reason") or _undocumented(detail),
        created_at=instant("created_at"),
        modified_at=instant("modified_at"),
        tags=_pairs(detail.get(roles["tags"])) if "tags" in roles else None,
    )


def _undocumented(detail: dict[str, Any]) -> str | None:
    for key, value in detail.items():
        is_it = isinstance(key, str) and key.lower() == "failurereason"
        if is_it and isinstance(value, str) and value:
            return value
    return None


def _pairs(value: object) -> dict[str, str] | None:
    """Tags: an object, or a list of objects of two strings each."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = [pair for item in value if (pair := _pair(item)) is not None]
        if len(items) < len(value):
            return None
    else:
        return None
    return dict(items) if all(isinstance(held, str) for _, held in items) else None


def _pair(item: object) -> tuple[Any, Any] | None:
    """The value is what is called so; else it comes second."""
    if not isinstance(item, dict) or len(item) != 2:
        return None
    (first, one), (_, other) = item.items()
    key, value = (other, one) if str(first).lower().endswith("value") else (one, other)
    return (key, value) if isinstance(key, str) else None
