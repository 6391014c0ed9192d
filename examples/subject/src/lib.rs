//! An event of SageMaker comes in; what it is about goes out: the name, ARN and status that each type has
//! under names of its own, and why it came to that.
//!
//! It is a part of the other examples, and shows how to match on [`Detail`].
//!
//! ```
//! use sagemaker_events::Event;
//! use subject::Subject;
//!
//! let event: Event = serde_json::from_str(r#"{
//!     "source": "aws.sagemaker",
//!     "detail-type": "SageMaker Transform Job State Change",
//!     "detail": {
//!         "TransformJobName": "score",
//!         "TransformJobArn": "arn:aws:sagemaker:eu-west-1:111122223333:transform-job/score",
//!         "TransformJobStatus": "Failed",
//!         "FailureReason": "ClientError: no data"
//!     }
//! }"#)?;
//! let subject = Subject::of(&event.detail).expect("a job has a status");
//! assert!(subject.has_failed());
//! assert_eq!(subject.name, "score");
//! assert_eq!(subject.reason.as_deref(), Some("ClientError: no data"));
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::borrow::Cow;

use sagemaker_events::{Detail, Extra, Json};

/// What an event is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject<'a> {
    /// Its name, or its ARN where it has no name.
    pub name: &'a str,
    /// Its ARN, if the detail has it.
    pub arn: Option<&'a str>,
    /// Its status, as the event spells it.
    pub status: &'a str,
    /// Why it has that status, if the event says so.
    pub reason: Option<Cow<'a, str>>,
}

impl<'a> Subject<'a> {
    /// What a detail is about, or `None` if it has no status.
    pub fn of(detail: &'a Detail) -> Option<Self> {
        job(detail)
            .or_else(|| pipeline(detail))
            .or_else(|| model(detail))
            .or_else(|| resource(detail))
    }

    /// Whether the status is `Failed`, or says what failed: `CREATE_FAILED`, `UpdateFailed`.
    pub fn has_failed(&self) -> bool {
        self.status.to_ascii_lowercase().ends_with("failed")
    }

    fn new(name: &'a str, arn: &'a str, status: &'a str) -> Self {
        Self {
            name,
            arn: Some(arn),
            status,
            reason: None,
        }
    }

    fn because(self, reason: Option<impl Into<Cow<'a, str>>>) -> Self {
        Self {
            reason: reason.map(Into::into),
            ..self
        }
    }
}

fn job(detail: &Detail) -> Option<Subject<'_>> {
    Some(match detail {
        Detail::TrainingJobStateChange(job) => Subject::new(
            &job.training_job_name,
            &job.training_job_arn,
            job.training_job_status.as_ref(),
        )
        .because(job.failure_reason.as_deref()),
        Detail::ProcessingJobStateChange(job) => Subject::new(
            &job.processing_job_name,
            &job.processing_job_arn,
            job.processing_job_status.as_ref(),
        )
        .because(job.failure_reason.as_deref()),
        Detail::TransformJobStateChange(job) => Subject::new(
            &job.transform_job_name,
            &job.transform_job_arn,
            job.transform_job_status.as_ref(),
        )
        .because(job.failure_reason.as_deref()),
        Detail::HyperParameterTuningJobStateChange(job) => Subject::new(
            &job.hyper_parameter_tuning_job_name,
            &job.hyper_parameter_tuning_job_arn,
            job.hyper_parameter_tuning_job_status.as_ref(),
        )
        .because(undocumented_reason(&job.extra)),
        Detail::JobStateChange(job) => {
            Subject::new(&job.job_name, &job.job_arn, job.job_status.as_ref())
                .because(job.failure_reason.as_deref())
        }
        _ => return None,
    })
}

fn pipeline(detail: &Detail) -> Option<Subject<'_>> {
    Some(match detail {
        Detail::ModelBuildingPipelineExecutionStatusChange(execution) => {
            let arn = &execution.pipeline_execution_arn;
            let name = execution.pipeline_execution_display_name.as_deref();
            let status = execution.current_pipeline_execution_status.as_ref();
            Subject::new(name.unwrap_or(arn), arn, status)
                .because(undocumented_reason(&execution.extra))
        }
        Detail::ModelBuildingPipelineExecutionStepStatusChange(step) => Subject::new(
            &step.step_name,
            &step.pipeline_execution_arn,
            step.current_step_status.as_ref(),
        )
        .because(step.failure_reason.as_deref()),
        _ => return None,
    })
}

fn model(detail: &Detail) -> Option<Subject<'_>> {
    Some(match detail {
        Detail::ModelPackageStateChange(package) => {
            let arn = &package.model_package_arn;
            let name = package.model_package_group_name.as_deref();
            Subject::new(
                name.unwrap_or(arn),
                arn,
                package.model_package_status.as_ref(),
            )
        }
        Detail::ModelCardStateChange(card) => Subject {
            name: &card.model_card_name,
            arn: None,
            status: card.model_card_status.as_ref(),
            reason: None,
        },
        _ => return None,
    })
}

fn resource(detail: &Detail) -> Option<Subject<'_>> {
    Some(match detail {
        Detail::EndpointStateChange(endpoint) => Subject::new(
            &endpoint.endpoint_name,
            &endpoint.endpoint_arn,
            endpoint.endpoint_status.as_ref(),
        )
        .because(undocumented_reason(&endpoint.extra)),
        Detail::EndpointDeploymentStateChange(endpoint) => Subject::new(
            &endpoint.endpoint_name,
            &endpoint.endpoint_arn,
            endpoint.endpoint_status.as_ref(),
        )
        .because(undocumented_reason(&endpoint.extra)),
        Detail::FeatureGroupStateChange(group) => Subject::new(
            &group.feature_group_name,
            &group.feature_group_arn,
            group.feature_group_status.as_ref(),
        )
        .because(undocumented_reason(&group.extra)),
        Detail::ImageStateChange(image) => Subject::new(
            &image.image_name,
            &image.image_arn,
            image.image_status.as_ref(),
        )
        .because(undocumented_reason(&image.extra)),
        Detail::ImageVersionStateChange(image) => Subject::new(
            &image.image_version_arn,
            &image.image_version_arn,
            image.image_version_status.as_ref(),
        )
        .because(undocumented_reason(&image.extra)),
        Detail::HyperPodClusterStateChange(cluster) => Subject::new(
            &cluster.cluster_name,
            &cluster.cluster_arn,
            cluster.cluster_status.as_ref(),
        )
        .because(cluster.failure_message.as_deref()),
        _ => return None,
    })
}

/// Where no reason is documented, an event may say one nevertheless: what is not documented is kept.
fn undocumented_reason(extra: &Extra) -> Option<Cow<'_, str>> {
    extra.get("FailureReason").and_then(Json::as_str)
}
