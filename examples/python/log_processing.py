"""Events in lines of logs come in; how long each training job took goes out."""

import sys
from collections.abc import Iterable

from sagemaker_events.match import EventError
from sagemaker_events.patterns import training_job_state_change
from sagemaker_events.views import TrainingJobStateChangeEvent, view

ENDED = training_job_state_change({"TrainingEndTime": [{"exists": True}]})


def durations(lines: Iterable[str]) -> dict[str, float]:
    """Seconds by the name of the job."""
    found: dict[str, float] = {}
    for line in lines:
        start = line.find("{")
        text = line[start:]
        try:
            if start < 0 or not ENDED.matches(text):
                continue
        except EventError:
            continue
        event = view(text)
        if isinstance(event, TrainingJobStateChangeEvent):
            job = event.detail
            if job.training_start_time and job.training_end_time:
                took = job.training_end_time - job.training_start_time
                found[job.training_job_name] = took.total_seconds()
    return found


if __name__ == "__main__":
    for name, seconds in durations(sys.stdin).items():
        print(f"{seconds:10.1f} {name}")
