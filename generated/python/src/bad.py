from sagemaker_events import is_, is_training_job_state_change, patterns, samples, views, KnownEvent
from sagemaker_events.training_job_state_change import TRAINING_JOB_STATUS_VALUES, TrainingJobStateChange
import sagemaker_events

def f(e: object, k: KnownEvent, d: TrainingJobStateChange) -> None:
    if is_training_job_state_change(e):
        is_(e["detail"]["TrainingJobStatus"], "Compleeted")  # E
        TRAINING_JOB_STATUS_VALUES.is_(e["detail"]["TrainingJobStatus"], "Compleeted")  # E
        e["detail"]["TrainingJobStatu"]  # E
    if k["detail-type"] == "SageMaker Model State Change":
        k["detail"]["TrainingJobName"]  # E
    d["TrainingJobName"] = 7  # E
    patterns.training_job_state_change({"TrainingJobStatus": ["Compleeted"]})  # E
    patterns.training_job_state_change({"TrainingJobStatu": ["Completed"]})  # E
    patterns.training_job_state_change({"TrainingJobName": [{"numeric": [">", 3]}]})  # E
    patterns.training_job_state_change({"TrainingJobName": [{"prefixx": "a"}]})  # E
    patterns.training_job_state_change({"TrainingJobName": "a"})  # E? a str is a Sequence[str]
    patterns.training_job_state_change({"CreationTime": [{"prefix": "a"}]})  # E
    patterns.training_job_state_change({"InputDataConfig": {"ChannelNam": ["x"]}})  # E
    patterns.training_job_state_change({}, resource=["a"])  # E
    patterns.training_job_state_change({"$or": [{"TrainingJobStatus": ["Compleeted"]}]})  # E
    samples.training_job_state_change(TrainingJobStatu="Failed")  # E
    samples.training_job_state_change(TrainingJobName=7)  # E
    v = views.view(e)
    if isinstance(v, views.TrainingJobStateChangeEvent):
        v.detail.training_job_statu  # E
        v.detail.training_job_name = "x"  # E
    sagemaker_events.TrainingJobStatu  # E
