# pyright: standard
"""Read-only views of events: attributes instead of keys, moments as `datetime`, and
nothing lost, since a view holds the object that it was made of.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from .._moment import Moment, moment

T = TypeVar("T")


class View:
    """A view of an object. Attributes give what its type names; `view["Key"]`, `get` and
    `extra` give what arrived, by its key on the wire.
    """

    __slots__ = ("_held",)
    _names: ClassVar[dict[str, str]] = {}
    """The keys that the type names, by attribute."""
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init__(self, held: Mapping[str, Any]) -> None:
        """Makes a view of an object, which it does not change."""
        self._held: Mapping[str, Any] = held

    def to_dict(self) -> dict[str, Any]:
        """The object itself, as it arrived."""
        return self._held if isinstance(self._held, dict) else dict(self._held)

    @property
    def extra(self) -> dict[str, Any]:
        """The members that the type does not name."""
        named = set(self._names.values())
        return {key: value for key, value in self._held.items() if key not in named}

    def get(self, key: str, default: Any = None) -> Any:
        """What stands at a key, as it arrived, whether the type names it or not."""
        return self._held.get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._held == other._held

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        try:
            shown = ", ".join(f"{key}={value!r}" for key, value in self._held.items())
        except RecursionError:
            shown = "…"
        return f"{type(self).__name__}({shown})"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._names]

    def _get(self, key: str, how: object = None) -> T:  # type: ignore[type-var]
        """What stands at a key that need not be there."""
        value: Any = self._held.get(key)
        seen: T = value if how is None else seen_as(value, how)
        return seen

    def _need(self, key: str, how: object = None) -> T:  # type: ignore[type-var]
        """What stands at a key that is always there."""
        seen = seen_as(self._held.get(key), how)
        if seen is None:
            stands = repr(self._held[key])[:80] if key in self._held else "nothing"
            message = f"{type(self).__name__} needs {key!r}, and there is {stands}"
            raise AttributeError(message, name=key, obj=self)
        needed: T = seen
        return needed


def seen_as(value: Any, how: Any) -> Any:
    """A value as its type has it: `how` is a view, `Moment`, `[how]` for a list, `{"": how}`
    for an object whose keys are data, or several. What is of another kind gives None: it
    stands in the view by its key, as it arrived.
    """
    if how is None or value is None:
        return value
    if how is Moment:
        return moment(value)
    if isinstance(how, list):
        if not isinstance(value, list):
            return None
        return tuple(
            seen for item in value if (seen := seen_as(item, how[0])) is not None
        )
    if isinstance(how, dict):
        if not isinstance(value, dict):
            return None
        return {key: seen_as(item, how[""]) for key, item in value.items()}
    if isinstance(how, tuple):
        seen = (seen_as(value, each) for each in how if each is not None)
        return next(
            (found for found in seen if found is not None),
            value if None in how else None,
        )
    return how(value) if isinstance(value, dict) else None


class EventView(View):
    """A view of an event. `isinstance`, or `match`, tells which it is."""

    __slots__ = ()
    _names: ClassVar[dict[str, str]] = {
        "version": "version",
        "id": "id",
        "detail_type": "detail-type",
        "source": "source",
        "account": "account",
        "time": "time",
        "region": "region",
        "resources": "resources",
        "replay_name": "replay-name",
        "detail": "detail",
    }

    @property
    def version(self) -> str | None:
        """The version of the envelope."""
        return self._get("version")

    @property
    def id(self) -> str | None:
        """What tells the event from all others."""
        return self._get("id")

    @property
    def detail_type(self) -> str:
        """Tells events of one source apart."""
        return self._need("detail-type")

    @property
    def source(self) -> str:
        """The service that sent the event."""
        return self._need("source")

    @property
    def account(self) -> str | None:
        """The account that the event is from."""
        return self._get("account")

    @property
    def time(self) -> Moment | None:
        """When it happened."""
        return self._get("time", Moment)

    @property
    def region(self) -> str | None:
        """The region that the event is from."""
        return self._get("region")

    @property
    def resources(self) -> tuple[str, ...]:
        """ARNs of what the event is about."""
        found = self._held.get("resources")
        return tuple(found) if isinstance(found, list) else ()

    @property
    def replay_name(self) -> str | None:
        """The replay, where the event was replayed from an archive."""
        return self._get("replay-name")

    @property
    def detail(self) -> View:
        """What happened."""
        return self._need("detail", View)


class UnknownEvent(EventView):
    """An event of a detail-type that is not documented."""

    __slots__ = ()
