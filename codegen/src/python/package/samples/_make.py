"""An event's name and what its sample should have comes in; a sample goes out."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=None)
def _text(name: str) -> str:
    return (files(__package__) / f"{name}.json").read_text("utf-8")


def make(name: str, envelope: Any, detail: Any) -> Any:
    """A sample of an event, whole and new, with other members in its envelope and detail."""
    event = json.loads(_text(name))
    event.update(envelope or {})
    event["detail"] = {**event["detail"], **detail}
    return event
