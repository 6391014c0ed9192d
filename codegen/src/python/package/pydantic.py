# pyright: standard
"""Events for pydantic 2, with all that their types do not name.

    from pydantic import TypeAdapter
    from this_package.pydantic import Event, KnownEvent

    event = TypeAdapter(KnownEvent).validate_json(text)  # refuses what is not documented
    event = TypeAdapter(Event).validate_json(text)       # an unknown event is one too

What comes out are the dictionaries of the types of this package, and each is what came
in. Both tell events by source and detail-type, and make the validator of a type when the
first event of that type comes: there is nothing to wait for at import. `Event` and
`KnownEvent` are what Powertools takes as a model: `parse(event, model=Event)`. For one
type its own is a model too, and so is its detail in models of your own:

    class Failed(EventBridgeModel):
        detail: SomeStateChange
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ._event import key_of
from ._index import EVENTS
from .envelope import Envelope

if TYPE_CHECKING:
    from ._events import Event as AnyEvent
    from ._events import KnownEvent as Documented

__all__ = ["Event", "KnownEvent", "adapter"]


@cache
def adapter(source: str, detail_type: str) -> TypeAdapter[Any]:
    """The adapter of one event, or of those that are not documented."""
    row = EVENTS.get((source, detail_type))
    if row is None:
        return TypeAdapter(Envelope)
    module = import_module(f".{row.module}", __package__)
    return TypeAdapter(getattr(module, row.event))


class _Events:
    """Tells pydantic how to validate any event."""

    def __init__(self, known_only: bool) -> None:
        self.known_only = known_only

    def _validate(self, value: Any) -> Any:
        key = key_of(value)
        if key is None:
            needed = "an object with source, detail-type and detail"
            raise PydanticCustomError(
                "event", "Input should be an event: {needed}", {"needed": needed}
            )
        if self.known_only and key not in EVENTS:
            context = {"source": key[0], "detail_type": key[1]}
            message = "No event {detail_type} of {source} is documented"
            raise PydanticCustomError("unknown_event", message, context)
        return adapter(*(key if key in EVENTS else ("", ""))).validate_python(value)

    def __get_pydantic_core_schema__(
        self, _: Any, __: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """One of the schemas of all events."""
        from .schemas._load import load

        every = [_inlined(load(row.name)) for row in EVENTS.values()]
        return {"anyOf": every if self.known_only else [*every, {"type": "object"}]}


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without definitions: they would stand at another place."""
    definitions = schema.get("definitions", {})

    def inline(node: Any, within: tuple[str, ...]) -> Any:
        if isinstance(node, list):
            return [inline(item, within) for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            name = node["$ref"].rpartition("/")[2]
            inner = {} if name in within else inline(definitions[name], (*within, name))
            return inner
        return {key: inline(value, within) for key, value in node.items()}

    whole = {
        key: value
        for key, value in schema.items()
        if key not in ("$schema", "definitions")
    }
    inlined: dict[str, Any] = inline(whole, ())
    return inlined


if TYPE_CHECKING:
    Event = AnyEvent
    KnownEvent = Documented
else:
    Event = Annotated[dict, _Events(known_only=False)]
    KnownEvent = Annotated[dict, _Events(known_only=True)]
