from typing import Any, Literal

from demo_events import (
    AwkwardNames,
    Event,
    JobStateChange,
    JobStateChangeEvent,
    KnownEvent,
    UnknownEvent,
    is_known_event,
)
from demo_events.job_state_change import JOB_STATUS_VALUES, DataSource, KnownJobStatus

job: JobStateChangeEvent = {
    "version": "0",
    "id": "1",
    "detail-type": "Demo Job State Change",
    "source": "tests.of.mine",
    "account": "111122223333",
    "time": "2026-01-01T00:00:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {
        "JobName": "demo-job",
        "JobStatus": "Paused",
        "FailureReason": None,
        "CreationTime": "1583831889050",
        "Inputs": [
            {"DataSource": {"S3DataSource": {"S3Uri": "s3://b/k", "Mode": "Fast"}}}
        ],
        "Limits": {},
        "Tags": {"team": "x"},
        "Anything": [1, {"a": None}],
        "Mixed": {"InputName": "x"},
        "Bag": ["x", 1.5],
        "Statuses": ["Failed", "Sleeping"],
    },
}

tomorrow: UnknownEvent = {
    "version": "0",
    "id": "1",
    "detail-type": "Demo Event Of Tomorrow",
    "source": "aws.demo",
    "account": "111122223333",
    "time": "2026-01-01T00:00:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {"a": 1},
}

source: DataSource = {"S3DataSource": {"S3Uri": "s3://b/k"}}
known_status: KnownJobStatus = "Failed"
awkward: AwkwardNames = {"None": {"a": {}}, "build-id": "b", "class": {"Event": "a"}}
nameless: JobStateChange = {"JobStatus": "Failed", "Inputs": [], "Limits": {}}  # type: ignore


def told(event: Event) -> str:
    if is_known_event(event):
        return known(event)
    detail: Any = event["detail"]
    return event["detail-type"] + str(detail)


def lambda_handler(event: dict[str, Any], context: object) -> str:
    return known(event) if is_known_event(event) else "unknown"


def known(event: KnownEvent) -> str:
    if event["detail-type"] == "Demo Job State Change":
        reason: str | None = event["detail"].get("FailureReason")
        news: object = event["detail"].get("FieldOfTomorrow")
        number: int = event["detail"]["JobName"]  # type: ignore
        if event["detail"]["JobStatus"] == "Failed":
            return reason or "no reason"
        return event["detail"]["JobName"] + str(news) + str(number)
    if event["detail-type"] == "Shared Call":
        if event["source"] == "aws.demo":
            return event["detail"]["DemoId"]
        other: Literal["aws.other"] = event["source"]
        return other + str(event["detail"]["OtherId"].bit_length())
    if event["detail-type"] == "Demo Event":
        return event["detail"]["EventName"]
    return event["detail-type"]


print(told(job), told(tomorrow), source, awkward, nameless, JOB_STATUS_VALUES, known_status)
