"""Every event that is known comes back equal through every door of the package, and what is
no event gets an answer. EVENTS names a file with a JSON array of events."""

import copy
import json
import os
import pathlib
from typing import Any

import pytest
import sagemaker_events
from aws_lambda_powertools.utilities.parser import parse as powertools
from aws_lambda_powertools.utilities.parser.envelopes import EventBridgeEnvelope
from aws_lambda_powertools.utilities.parser.models import EventBridgeModel
from pydantic import TypeAdapter, ValidationError
from sagemaker_events import (
    Differences,
    from_message,
    is_known_event,
    moment,
    parse,
    samples,
    subject,
    views,
)
from sagemaker_events._event import is_event, key_of
from sagemaker_events._index import EVENTS, ROWS
from sagemaker_events.match import EventError, Pattern, matches
from sagemaker_events.pydantic import Event, KnownEvent

FOUND: list[dict[str, Any]] = json.loads(pathlib.Path(os.environ["EVENTS"]).read_text("utf-8"))


@pytest.fixture(params=range(len(FOUND)))
def event(request: pytest.FixtureRequest) -> dict[str, Any]:
    return copy.deepcopy(FOUND[request.param])


def row(event: dict[str, Any]) -> Any:
    return EVENTS[event["source"], event["detail-type"]]


def test_parse(event: dict[str, Any]) -> None:
    before = copy.deepcopy(event)
    assert parse(event) is event, str(parse(event))
    text = json.dumps(event)
    assert parse(text) == before
    notification = json.dumps({"Type": "Notification", "Message": text})
    for message in (event, text, {"body": text}, {"body": notification}, {"Sns": {"Message": text}}):
        assert from_message(message) == before
    assert is_known_event(event)
    assert [each for each in ROWS if is_event(event, each.source, each.detail_type)] == [row(event)]
    assert getattr(sagemaker_events, f"is_{row(event).module}")(event)


def test_views(event: dict[str, Any]) -> None:
    before = copy.deepcopy(event)
    view = views.view(event)
    assert type(view).__name__ == row(event).event
    seen = [view]
    while seen:  # everything that an attribute gives
        part = seen.pop()
        for name, key in part._names.items():
            if key in part or name == "resources":
                value = getattr(part, name)
                # A page may show the word `Timestamp` for a moment.
                assert value is not None or part[key] in (None, "Timestamp"), (
                    name,
                    part[key],
                )
                values = value if isinstance(value, tuple) else [value]
                seen += [each for each in values if isinstance(each, views.View)]
    assert view.to_dict() == before
    assert subject(event) == subject(view)


def test_pydantic(event: dict[str, Any]) -> None:
    own = getattr(sagemaker_events, row(event).event)
    for model in (Event, KnownEvent, own):
        adapter = TypeAdapter(model)
        assert adapter.validate_python(event) == event
        assert adapter.validate_json(json.dumps(event)) == event
        assert adapter.dump_python(adapter.validate_python(event)) == event


def test_powertools(event: dict[str, Any]) -> None:
    own = getattr(sagemaker_events, row(event).event)
    detail = getattr(sagemaker_events, row(event).name)
    for model in (Event, KnownEvent, own):
        assert powertools(event, model=model) == event
        assert powertools(json.dumps(event), model=model) == event
    assert powertools(event, model=detail, envelope=EventBridgeEnvelope) == event["detail"]
    made = type("Model", (EventBridgeModel,), {"__annotations__": {"detail": detail}})
    assert powertools(event, model=made).detail == event["detail"]


def test_what_is_not_documented_is_kept(event: dict[str, Any]) -> None:
    event["detail"]["newField"] = {"a": [1]}
    event["new"] = True
    assert parse(event) is event
    assert TypeAdapter(KnownEvent).validate_python(event) == event
    view = views.view(event)
    assert view.detail.extra["newField"] == {"a": [1]} and view.extra == {"new": True}
    other = {**event, "detail-type": "Something New"}
    assert parse(other) is other and not is_known_event(other)
    assert TypeAdapter(Event).validate_python(other) == other
    with pytest.raises(ValidationError, match="Something New"):
        TypeAdapter(KnownEvent).validate_python(other)
    assert type(views.view(other)) is views.UnknownEvent


def test_another_source_is_another_event(event: dict[str, Any]) -> None:
    name = row(event).module
    event["source"] = "my.own"
    assert not is_known_event(event)
    assert not getattr(sagemaker_events, f"is_{name}")(event)


def deep(levels: int, kind: str) -> Any:
    found: Any = 1
    for _ in range(levels):
        found = [found] if kind == "list" else {"a": found}
    return found


ODD = [
    None,
    [],
    {},
    "",
    "x",
    "{",
    b"\xff",
    7,
    True,
    float("nan"),
    object(),
    {"source": None, "detail-type": [], "detail": {}},
    {"source": "aws.sagemaker", "detail-type": "SageMaker Model State Change"},
    {
        "source": "aws.sagemaker",
        "detail-type": "SageMaker Model State Change",
        "detail": "x",
    },
    {
        "source": "aws.sagemaker",
        "detail-type": "SageMaker Model State Change",
        "detail": {"CreationTime": 10**5000},
    },
    {"__proto__": {"detail-type": "x"}, 1: 2, None: 3},
    deep(100_000, "list"),
    deep(100_000, "dict"),
    {
        "source": "aws.sagemaker",
        "detail-type": "SageMaker Model State Change",
        "detail": deep(100_000, "dict"),
    },
    {
        "source": "aws.sagemaker",
        "detail-type": "SageMaker Model State Change",
        "detail": {"Tags": deep(100_000, "list")},
    },
    '{"a":' * 100_000,
    "[" * 100_000,
]


@pytest.mark.parametrize("index", range(len(ODD)))
def test_anything_gets_an_answer(index: int) -> None:
    odd = ODD[index]
    assert is_known_event(odd) in (True, False)
    assert sagemaker_events.is_model_state_change(odd) in (True, False)
    found = parse(odd)
    assert isinstance(found, Differences | dict)
    assert str(found) if isinstance(found, Differences) else key_of(found)
    assert isinstance(from_message({"body": odd}), Differences | dict)
    subject(odd)
    sagemaker_events.extra(odd)
    assert sagemaker_events.get(odd, "x", 5) == 5
    moment(odd)
    pattern = Pattern({"detail": {"a": {"a": [{"exists": False}]}}})
    if isinstance(odd, dict):
        assert matches(odd, pattern) in (True, False)
        str(pattern.explain(odd))
    else:
        with pytest.raises(EventError):
            pattern.matches(odd)


def test_differences_have_paths() -> None:
    event = samples.training_job_state_change()
    event["detail"]["SecondaryStatusTransitions"] = [{"StartTime": True}]  # type: ignore[typeddict-item]
    event["detail"]["HyperParameters"] = {"epochs": 3}  # type: ignore[dict-item]
    del event["detail"]["TrainingJobName"]  # type: ignore[misc]
    found = parse(event)
    assert isinstance(found, Differences)
    assert {each.path for each in found} == {
        "detail.SecondaryStatusTransitions[0].StartTime",
        "detail.HyperParameters.epochs",
        "detail.TrainingJobName",
    }
    assert found.event is event
    assert "expected" in str(found)


@pytest.mark.parametrize("each", ROWS, ids=lambda each: each.name)
def test_samples_are_as_documented(each: Any) -> None:
    made = getattr(samples, each.module)()
    assert parse(made) is made
    assert (made["source"], made["detail-type"]) == (each.source, each.detail_type)
    pattern = getattr(sagemaker_events.patterns, each.module)()
    assert pattern.matches(made) and pattern.matches(json.dumps(made))
