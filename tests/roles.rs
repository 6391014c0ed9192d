//! Which field of which event of `sagemaker-events` is found by `Event::name` and its like, and why the
//! others that are called alike are not.
#![allow(clippy::unwrap_used)]

use eventbridge_runtime::Detail as _;
use eventbridge_runtime::object::{Object, Roles};
use sagemaker_events::{Detail, Event};
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Below each detail-type the roles and their fields. A dash stands before a field that is called like one of
/// a role and has none, and the reason. Events that are known by name alone have no fields. A HyperPod Cluster
/// Event has all of them in its `EventDetails`; roles are of the fields of the detail itself.
const TABLE: &str = "
AWS API Call via CloudTrail
    failure_reason  errorMessage
    -               eventName: the operation that was called, not a thing
SageMaker A2I HumanLoop Status Change
    name            humanLoopName
    arn             humanLoopArn
    status          humanLoopStatus
    failure_reason  failureReason
    created_at      creationTime
    -               flowDefinitionArn: the workflow that started the loop
SageMaker Algorithm State Change
    name            AlgorithmName
    arn             AlgorithmArn
    tags            Tags
SageMaker Endpoint Config State Change
    name            EndpointConfigName
    arn             EndpointConfigArn
    created_at      CreationTime
    tags            Tags
SageMaker Endpoint Deployment State Change
    name            EndpointName
    arn             EndpointArn
    status          EndpointStatus
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               EndpointConfigName: the configuration that is deployed
SageMaker Endpoint State Change
    name            EndpointName
    arn             EndpointArn
    status          EndpointStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               EndpointConfigName: the configuration of the endpoint
SageMaker Feature Group State Change
    name            FeatureGroupName
    arn             FeatureGroupArn
    status          FeatureGroupStatus
    created_at      CreationTime
    tags            Tags
    -               EventTimeFeatureName: a feature of the group
    -               OfflineStoreStatus: the store of the group, an object
    -               RecordIdentifierFeatureName: a feature of the group
    -               RoleArn: the role that the service takes
SageMaker Ground Truth Labeling Job State Change
    status          LabelingJobStatus
SageMaker Ground Truth Labeling Job Task Status Change
    status          State
    -               labeling-job-arn: the job of which the task is part; the task has no ARN
    -               workteam-team-arn: the team that works on the task
SageMaker HyperParameter Tuning Job State Change
    name            HyperParameterTuningJobName
    arn             HyperParameterTuningJobArn
    status          HyperParameterTuningJobStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               TuningJobCompletionReason: why the tuning is complete, of which the API model says nothing
SageMaker HyperPod Cluster Event
SageMaker HyperPod Cluster Node Health Event
    name            ClusterName
    arn             ClusterArn
    tags            Tags
SageMaker HyperPod Cluster State Change
    name            ClusterName
    arn             ClusterArn
    status          ClusterStatus
    failure_reason  FailureMessage
    created_at      CreationTime
SageMaker Image State Change
    name            ImageName
    arn             ImageArn
    status          ImageStatus
    tags            Tags
SageMaker Image Version State Change
    arn             ImageVersionArn
    status          ImageVersionStatus
    tags            Tags
    -               ImageArn: the image of which it is a version
SageMaker Job State Change
    name            JobName
    arn             JobArn
    status          JobStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    -               RoleArn: the role that the job takes
    -               SecondaryStatus: a step within the status
SageMaker Model Building Pipeline Execution Status Change
    name            pipelineExecutionDisplayName
    arn             pipelineExecutionArn
    status          currentPipelineExecutionStatus
    -               pipelineArn: the pipeline that is executed
    -               previousPipelineExecutionStatus: the status before
SageMaker Model Building Pipeline Execution Step Status Change
    name            stepName
    status          currentStepStatus
    failure_reason  failureReason
    -               pipelineArn: the pipeline that is executed
    -               pipelineExecutionArn: the execution of which the step is part; the step has no ARN
    -               previousStepStatus: the status before
SageMaker Model Card Export Job State Change
    name            ModelCardExportJobName
    arn             ModelCardExportJobArn
    status          Status
    failure_reason  FailureReason
    created_at      CreatedAt
    modified_at     LastModifiedAt
    -               ModelCardName: the card that is exported
SageMaker Model Card State Change
    name            ModelCardName
    status          ModelCardStatus
    created_at      CreationTime
    modified_at     LastModifiedTime
SageMaker Model Package State Change
    name            ModelPackageName
    arn             ModelPackageArn
    status          ModelPackageStatus
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               ModelApprovalStatus: what somebody decided about it
    -               ModelPackageGroupName: the group of which it is part
SageMaker Model State Change
    name            ModelName
    arn             ModelArn
    created_at      CreationTime
    tags            Tags
    -               ExecutionRoleArn: the role that the model takes
SageMaker Monitoring Schedule State Change
    name            MonitoringScheduleName
    arn             MonitoringScheduleArn
    status          MonitoringScheduleStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    -               EndpointName: the endpoint that is monitored
SageMaker Notebook Instance State Change
    name            NotebookInstanceName
    arn             NotebookInstanceArn
    status          NotebookInstanceStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               NotebookInstanceLifecycleConfigName: the configuration of the instance
    -               RoleArn: the role that the instance takes
SageMaker Notebook Lifecycle Config State Change
    name            NotebookInstanceLifecycleConfigName
    arn             NotebookInstanceLifecycleConfigArn
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
SageMaker Processing Job State Change
    name            ProcessingJobName
    arn             ProcessingJobArn
    status          ProcessingJobStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    -               RoleArn: the role that the job takes
SageMaker Training Job State Change
    name            TrainingJobName
    arn             TrainingJobArn
    status          TrainingJobStatus
    failure_reason  FailureReason
    created_at      CreationTime
    modified_at     LastModifiedTime
    tags            Tags
    -               RoleArn: the role that the job takes
    -               SecondaryStatus: a step within the status
    -               TuningJobArn: the tuning that the job is part of
SageMaker Transform Job State Change
    name            TransformJobName
    arn             TransformJobArn
    status          TransformJobStatus
    failure_reason  FailureReason
    created_at      CreationTime
    tags            Tags
    -               ModelName: the model that transforms
";

/// How fields are called that could have a role.
const ENDS: [&str; 9] = [
    "name",
    "arn",
    "status",
    "state",
    "reason",
    "message",
    "creationtime",
    "lastmodifiedtime",
    "tags",
];

#[test]
fn every_field_has_its_role_or_a_reason() {
    let lines = TABLE.trim_start().lines().map(|line| {
        let is_left = line.trim_start().starts_with('-');
        let (field, reason) = line.split_once(": ").unwrap_or((line, ""));
        assert_eq!(is_left, !reason.is_empty(), "{line}");
        format!("{field}\n")
    });
    let (found, expected) = (found(), lines.collect::<String>());
    assert!(found == expected, "found:\n{found}");
}

/// The table as the generated types have it, without reasons.
fn found() -> String {
    let mut table = String::new();
    let details: BTreeSet<_> = Detail::KNOWN.iter().collect();
    for (source, detail_type) in details.iter().map(|known| (known.0, known.1)) {
        let event = json!({"source": source, "detail-type": detail_type, "detail": {}});
        let event: Event = event.to_string().parse().unwrap();
        let object = event.detail.object().unwrap();
        let keys = keys(object);
        if !keys.is_empty() {
            writeln!(table, "{detail_type}").unwrap();
            write_roles(&mut table, object.roles(), keys);
        }
    }
    table
}

fn write_roles(table: &mut String, roles: &Roles, mut keys: BTreeSet<&str>) {
    for (role, key) in [
        ("name", roles.name),
        ("arn", roles.arn),
        ("status", roles.status),
        ("failure_reason", roles.failure_reason),
        ("created_at", roles.created_at),
        ("modified_at", roles.modified_at),
        ("tags", roles.tags),
    ] {
        if let Some(key) = key {
            assert!(keys.remove(key), "{key} is no field, or has two roles");
            writeln!(table, "    {role:<15} {key}").unwrap();
        }
    }
    let is_alike = |key: &&str| {
        let key = key.to_lowercase().replace(['-', '_'], "");
        ENDS.iter().any(|end| key.ends_with(end))
    };
    for key in keys.into_iter().filter(is_alike) {
        writeln!(table, "    {:<15} {key}", "-").unwrap();
    }
}

fn keys(object: &dyn Object) -> BTreeSet<&'static str> {
    let mut keys = BTreeSet::new();
    object.view(&mut |view| keys.extend(view.fields.iter().map(|field| field.key)));
    keys
}
