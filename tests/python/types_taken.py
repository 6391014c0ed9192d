from __future__ import annotations

from typing import Any

from sagemaker_events import (
    Differences,
    Event,
    KnownEvent,
    TrainingJobStateChange,
    TrainingJobStateChangeEvent,
    get,
    is_,
    is_known_event,
    is_training_job_state_change,
    parse,
    patterns,
    samples,
    schemas,
    subject,
    views,
)
from sagemaker_events.match import Pattern
from sagemaker_events.training_job_state_change import TRAINING_JOB_STATUS_VALUES


def handler(event: dict[str, Any], context: object) -> str | None:
    if is_training_job_state_change(event):
        name: str = event["detail"]["TrainingJobName"]
        status = event["detail"]["TrainingJobStatus"]
        if is_(status, "Failed") and TRAINING_JOB_STATUS_VALUES.is_(status, "Failed", "Stopped"):
            return name
        if status == "BrandNew":
            return "new"
        get(event["detail"], "NewField")
        return event["detail"].get("FailureReason")
    return None


def narrow(event: KnownEvent) -> str | None:
    if event["detail-type"] == "SageMaker Training Job State Change":
        return event["detail"]["TrainingJobName"]
    return None


def any_object(event: object) -> None:
    if is_known_event(event) and event["detail-type"] == "SageMaker Model State Change":
        print(event["detail"].get("ModelName"))
    found = parse(event)
    if isinstance(found, Differences):
        print([difference.path for difference in found])
    else:
        print(found["source"], found["detail-type"])
    if is_training_job_state_change(found):
        print(found["detail"]["TrainingJobArn"])


def make(detail: TrainingJobStateChange) -> None:
    detail["TrainingJobStatus"] = "SomethingNew"
    detail["TrainingJobStatus"] = "Failed"


def rules() -> None:
    rule = patterns.training_job_state_change(
        {
            "TrainingJobStatus": ["Failed", {"prefix": "New"}],
            "TrainingJobName": [{"prefix": "prod-"}, {"anything-but": {"suffix": ["x"]}}],
            "CreationTime": [{"numeric": [">", 1, "<=", 5]}],
            "InputDataConfig": {"ChannelName": ["train", {"exists": False}]},
            "HyperParameters": {"epochs": ["3"]},
            "Tags": {"team": ["ml"]},
            "$or": [
                {"FailureReason": [{"exists": True}]},
                {"ResourceConfig": {"InstanceCount": [3, {"numeric": ["=", 5]}]}},
            ],
        },
        resources=[{"wildcard": "arn:*"}],
        any_of=[{"region": ["us-east-1"]}, {"detail": {"SecondaryStatus": ["Failed"]}}],
    )
    text: str = rule.to_json()
    cdk: dict[str, Any] = rule.to_cdk()
    matched: bool = rule.matches(text)
    also: Pattern = rule
    print(text, cdk, matched, also, rule.explain({}))


def made() -> None:
    sample: TrainingJobStateChangeEvent = samples.training_job_state_change(
        TrainingJobStatus="Failed", FailureReason="no"
    )
    other = samples.training_job_state_change({"region": "eu-west-1"}, TrainingJobStatus="Odd")
    view = views.view(sample)
    if isinstance(view, views.TrainingJobStateChangeEvent):
        detail = view.detail
        when = detail.creation_time
        if when is not None:
            print(when.year, when.raw, detail.training_job_status, detail.tags)
        channels = detail.input_data_config or ()
        for channel in channels:
            source = channel.data_source
            print(source.s3_data_source if source else None)
    print(other, subject(sample).name, schemas.TrainingJobStateChange["title"], len(schemas.ALL))


e: Event = {
    "version": "0",
    "id": "x",
    "detail-type": "New",
    "source": "a",
    "account": "1",
    "time": "t",
    "region": "r",
    "resources": [],
    "detail": {"a": 1},
}
