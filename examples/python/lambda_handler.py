"""A Lambda function behind a rule: tells why training jobs failed."""

from sagemaker_events import is_known_event, is_training_job_state_change, subject
from sagemaker_events.training_job_state_change import TRAINING_JOB_STATUS_VALUES


def handler(event: object, context: object) -> str | None:
    """One event of the rule; of what is no failure, nothing is told."""
    if is_training_job_state_change(event):
        detail = event["detail"]
        status = detail["TrainingJobStatus"]
        if not TRAINING_JOB_STATUS_VALUES.knows(status):
            return f"{detail['TrainingJobName']} is {status}, which is new"
        if TRAINING_JOB_STATUS_VALUES.is_(status, "Failed"):
            return f"{detail['TrainingJobName']}: {detail.get('FailureReason')}"
    elif is_known_event(event):  # anything else that failed, whatever its fields are
        about = subject(event)
        if about.failure_reason:
            return f"{about.name or about.arn}: {about.failure_reason}"
    return None
