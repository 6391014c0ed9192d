# pyright: standard
"""What a sample may have beside its detail."""

from .._typing import TypedDict

Beside = TypedDict(
    "Beside",
    {
        "version": str,
        "id": str,
        "source": str,
        "account": str,
        "time": str,
        "region": str,
        "resources": list[str],
        "replay-name": str,
    },
    total=False,
)
