"""The same with Powertools: its parser takes the types of the package as models."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from sagemaker_events import TrainingJobStateChangeEvent
from sagemaker_events.views import TrainingJobStateChange

logger = Logger(service="training")


@event_parser(model=TrainingJobStateChangeEvent)
def handler(event: TrainingJobStateChangeEvent, context: LambdaContext) -> str | None:
    """One event, validated; fields that are not documented are kept."""
    job = TrainingJobStateChange(event["detail"])
    if job.training_job_status != "Failed":
        return None
    since = job.training_start_time
    logger.warning(
        "training failed",
        job=job.training_job_name,
        reason=job.failure_reason,
        started=since.isoformat() if since else None,
    )
    return job.failure_reason
