# pyright: standard
"""`TypedDict` and `NotRequired` for every Python, and without a dependency.

Type checkers bring `typing_extensions` with them.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import NotRequired, TypedDict, deprecated
elif sys.version_info >= (3, 11):
    from typing import NotRequired, TypedDict
else:
    from typing import TypedDict

    from ._python310 import NotRequired

__all__ = ["NotRequired", "TypedDict", "deprecated", "open_to_more"]

if not TYPE_CHECKING:

    def deprecated(message):
        """Marks for type checkers and editors alone: at run time nothing is said."""
        return lambda marked: marked


def open_to_more(*types: object) -> None:
    """Says to pydantic that what a type does not name is kept."""
    for each in types:
        if sys.version_info < (3, 12):
            from ._python310 import mend

            mend(each)
        setattr(each, "__pydantic_config__", {"extra": "allow"})  # noqa: B010
