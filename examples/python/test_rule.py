"""Tests of a rule: a failure tells which field needs what, and what was found."""

import pytest
from sagemaker_events import samples
from sagemaker_events.testing import assert_matches, assert_no_match

from cdk_rule import FAILURES
from lambda_handler import handler
from log_processing import durations
from sqs_batch import handler as batch


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_the_rule_takes_what_ends_badly(status: str) -> None:
    event = samples.training_job_state_change(
        TrainingJobName="prod-1", TrainingJobStatus=status
    )
    assert_matches(FAILURES, event)


def test_the_rule_leaves_others() -> None:
    assert_no_match(FAILURES, samples.training_job_state_change(TrainingJobName="dev"))
    assert_no_match(FAILURES, samples.model_state_change())


def test_a_failure_tells_why() -> None:
    event = samples.training_job_state_change(
        TrainingJobName="Prod-1", TrainingJobStatus="Failed"
    )
    with pytest.raises(AssertionError, match="only the case differs"):
        assert_matches(FAILURES, event)


def test_the_handler() -> None:
    event = samples.training_job_state_change(
        TrainingJobName="a", TrainingJobStatus="Failed", FailureReason="no data"
    )
    assert handler(event, None) == "a: no data"
    event["detail"]["TrainingJobStatus"] = "Paused"
    assert handler(event, None) == "a is Paused, which is new"
    assert handler({"no": "event"}, None) is None


def test_a_batch() -> None:
    import json

    event = samples.training_job_state_change(TrainingJobStatus="Failed")
    wrapped = {"Type": "Notification", "Message": json.dumps(event)}
    records = [
        {"messageId": "1", "body": json.dumps(event)},
        {"messageId": "2", "body": json.dumps(wrapped)},
        {"messageId": "3", "body": "no event"},
    ]
    answer = batch({"Records": records}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "3"}]}


def test_lines_of_logs() -> None:
    import json

    event = samples.training_job_state_change(
        TrainingStartTime=1583831889050, TrainingEndTime="2020-03-10T09:20:09Z"
    )
    lines = [f"2020-03-10 INFO {json.dumps(event)}", "no event", "{"]
    assert durations(lines) == {event["detail"]["TrainingJobName"]: 119.95}
