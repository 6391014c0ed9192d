# pyright: standard
"""Anything comes in; which event it is, and its members, go out. Nothing is raised."""

from typing import Any


def key_of(event: object) -> tuple[str, str] | None:
    """The source and the detail-type of an event; nothing of what is none."""
    if not isinstance(event, dict):
        return None
    source, detail_type = event.get("source"), event.get("detail-type")
    if not isinstance(source, str) or not isinstance(detail_type, str):
        return None
    return (source, detail_type) if isinstance(event.get("detail"), dict) else None


def is_event(event: object, source: str, detail_type: str) -> bool:
    """Whether something is an event of this source and detail-type."""
    return key_of(event) == (source, detail_type)


def mapping_of(value: object) -> dict[str, Any]:
    """The members of an object: a dictionary, or a view of one; of anything else none."""
    if isinstance(value, dict):
        return value
    told = getattr(value, "to_dict", None)
    found = told() if callable(told) else None
    return found if isinstance(found, dict) else {}
