# pyright: standard
"""An event's name and what its sample should have come in; a sample goes out."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

_HERE = __name__.rpartition(".")[0]
Event = TypeVar("Event")


@cache
def _texts() -> dict[str, str]:
    whole = json.loads((files(_HERE) / "samples.json").read_text("utf-8"))
    return {name: json.dumps(event) for name, event in whole["samples"].items()}


def make(name: str, envelope: Any, detail: Any) -> Event:  # type: ignore[type-var]
    """A sample of an event, whole and new, with other members in its envelope and detail."""
    event = json.loads(_texts()[name])
    event.update(envelope or {})
    event["detail"] = {**event["detail"], **detail}
    made: Event = event
    return made
