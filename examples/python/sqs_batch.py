"""A Lambda function behind a queue: events as SQS has them, and as SNS wraps them."""

import json
from typing import Any

from sagemaker_events import Differences, Event, parse, subject


def event_of(body: str) -> Event | Differences:
    """The event in a message, whether it came through a topic or not."""
    found = parse(body)
    if isinstance(found, Differences) and found.event is None:
        wrapped = json.loads(body)
        if isinstance(wrapped, dict) and isinstance(wrapped.get("Message"), str):
            return parse(wrapped["Message"])
    return found


def react(event: Event) -> None:
    """What is to be done with each."""
    about = subject(event)
    print(event["detail-type"], about.name, about.status, about.failure_reason)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Those that fail are tried again, and the others are not."""
    failures = []
    for record in event["Records"]:
        try:
            found = event_of(record["body"])
            if isinstance(found, Differences):
                raise ValueError(str(found))  # noqa: TRY004
            react(found)
        except ValueError as error:
            print(error)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
