# pyright: standard
"""The schemas and documents that lie in this package as files."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from .._index import ROWS

_HERE = __name__.rpartition(".")[0]
_PARENT = _HERE.rpartition(".")[0]

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema (draft 7, and 4) as an object."""

_FOLDER = files(_HERE)
_NAMES: Final = {row.name: None for row in ROWS}


@cache
def load(name: str) -> Schema:
    """The JSON Schema of an event, by the name of its detail. Raises KeyError."""
    if name not in _NAMES:
        raise KeyError(name)
    found: Schema = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def document(
    name: str, dialect: Literal["openapi3", "jsonschema-draft4"] = "openapi3"
) -> str:
    """A document for the EventBridge Schema Registry, by the name that AWS gives it:
    `my.source@MyDetailType`. Raises FileNotFoundError.
    """
    folder = files(_PARENT) / "registry" / dialect
    return (folder / f"{name}.json").read_text("utf-8")


class _All(Mapping[str, Schema]):
    def __getitem__(self, name: str) -> Schema:
        return load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


ALL: Final[Mapping[str, Schema]] = _All()
"""All schemas by name; each is read when somebody asks for it."""
