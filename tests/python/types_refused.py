from sagemaker_events import is_, is_training_job_state_change, patterns, samples, views, KnownEvent
from sagemaker_events.training_job_state_change import TRAINING_JOB_STATUS_VALUES, TrainingJobStateChange
import sagemaker_events


def refused(e: object, k: KnownEvent, d: TrainingJobStateChange) -> None:
    if is_training_job_state_change(e):
        is_(e["detail"]["TrainingJobStatus"], "Compleeted")  # refused
        TRAINING_JOB_STATUS_VALUES.is_(e["detail"]["TrainingJobStatus"], "Compleeted")  # refused
        e["detail"]["TrainingJobStatu"]  # refused
    if k["detail-type"] == "SageMaker Model State Change":
        k["detail"]["TrainingJobName"]  # refused
    d["TrainingJobName"] = 7  # refused
    patterns.training_job_state_change({"TrainingJobStatus": ["Compleeted"]})  # refused
    patterns.training_job_state_change({"TrainingJobStatu": ["Completed"]})  # refused
    patterns.training_job_state_change({"TrainingJobName": [{"numeric": [">", 3]}]})  # refused
    patterns.training_job_state_change({"TrainingJobName": [{"prefixx": "a"}]})  # refused
    patterns.training_job_state_change({"CreationTime": [{"prefix": "a"}]})  # refused
    patterns.training_job_state_change({"InputDataConfig": {"ChannelNam": ["x"]}})  # refused
    patterns.training_job_state_change({}, resource=["a"])  # refused
    patterns.training_job_state_change({"$or": [{"TrainingJobStatus": ["Compleeted"]}]})  # refused
    samples.training_job_state_change(TrainingJobStatu="Failed")  # refused
    samples.training_job_state_change(TrainingJobName=7)  # refused
    v = views.view(e)
    if isinstance(v, views.TrainingJobStateChangeEvent):
        v.detail.training_job_statu  # refused
        v.detail.training_job_name = "x"  # refused
    sagemaker_events.TrainingJobStatu  # refused
