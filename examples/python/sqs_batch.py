"""A Lambda function behind a queue: events as SQS has them, and as SNS wraps them."""

from typing import Any

from sagemaker_events import Differences, Event, from_message, subject


def react(event: Event) -> None:
    """What is to be done with each."""
    about = subject(event)
    print(event["detail-type"], about.name, about.status, about.failure_reason)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Those that fail are tried again, and the others are not."""
    failures = []
    for record in event["Records"]:
        try:
            found = from_message(record)
            if isinstance(found, Differences):
                raise ValueError(str(found))  # noqa: TRY004
            react(found)
        except ValueError as error:
            print(error)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
