"""Samples against the union, as pydantic reads it."""

from typing import Annotated, Any

from demo_events import DETAIL_TYPES, Event, KnownEvent, OtherSharedCallEvent, is_known_event
from pydantic import Field, TypeAdapter, ValidationError

import demo_events


def sample(detail_type: str, source: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "1",
        "detail-type": detail_type,
        "source": source,
        "account": "111122223333",
        "time": "2026-01-01T00:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    }


job = {"JobName": "j", "JobStatus": "Paused", "Inputs": [{}], "Limits": {}, "FailureReason": None}
job |= {"CreationTime": 1583831889050, "Mixed": {"InputName": "x"}, "Bag": [1.5, "x"]}
awkward = {"None": {"a": {}}, "build-id": "b", "class": {"Event": "a", "Again": {}}, 'say "x"': {"str": "s"}}
known = [
    sample("Demo Job State Change", "aws.demo", job),
    sample('Demo Awkward-names "and" Such', "aws.demo", awkward),
    sample("Shared Call", "aws.demo", {"DemoId": "x"}),
    sample("Shared Call", "aws.other", {"OtherId": 1}),
    sample("Demo Model State Change", "aws.demo", {}),
]

union: TypeAdapter[KnownEvent] = TypeAdapter(KnownEvent)
for event in known:
    assert union.validate_python(event) == event, event
    assert is_known_event(event)

assert not is_known_event({**known[0], "source": "tests.of.mine"})

anything: TypeAdapter[Event] = TypeAdapter(Event)
tomorrow = sample("Demo Event Of Tomorrow", "aws.demo", {"a": 1})
assert anything.validate_python(tomorrow) == tomorrow
assert not is_known_event(tomorrow)

# By discriminator: the detail-types that one source alone sends.
members = [demo_events.JobStateChangeEvent, demo_events.AwkwardNamesEvent, OtherSharedCallEvent]
told = members[0] | members[1] | members[2]
tagged: TypeAdapter[Any] = TypeAdapter(Annotated[told, Field(discriminator="detail-type")])
assert tagged.validate_python(known[0]) == known[0]
try:
    tagged.validate_python(sample("Demo Job State Change", "aws.demo", {"JobName": 1}))
except ValidationError as error:
    places = {problem["loc"] for problem in error.errors()}
    assert ("Demo Job State Change", "detail", "JobName") in places, places
else:
    raise AssertionError("a number is no name")

assert len(DETAIL_TYPES) == 8
