# pyright: standard
"""Names that are imported when somebody asks for them."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

_PACKAGES = frozenset(
    ["match", "patterns", "pydantic", "samples", "schemas", "testing", "views"]
)


def lazily(
    package: str, homes: dict[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package, from modules and the names in each."""
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def getattr_(name: str) -> Any:
        home = home_of.get(name)
        if home is None and name in homes or name in _PACKAGES:
            return import_module(f"{package}.{name}")
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def dir_() -> list[str]:
        return sorted({*vars(sys.modules[package]), *home_of})

    return getattr_, dir_
