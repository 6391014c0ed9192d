"""The schemas and documents that lie in this package as files."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

FOLDER = files(__package__)


@lru_cache(maxsize=None)
def load(name: str) -> dict[str, Any]:
    """The JSON Schema of an event, by the name of its type."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found
