//! The generated pattern builders: what they print is what EventBridge takes, and they match the
//! documented events they are for, and no others.
#![allow(clippy::unwrap_used)]

use eventbridge_runtime::pattern::Pattern;
use eventbridge_runtime::pattern::build::{absent, at_least, exists, not_text, prefix, wildcard};
use sagemaker_events::endpoint_deployment::{EndpointDeploymentStateChange as Deployment, Status};
use sagemaker_events::model_building_pipeline_execution::{
    ModelBuildingPipelineExecutionStepStatusChange as Step, StepStatus,
};
use sagemaker_events::training_job::TrainingJobStateChange as Training;
use serde_json::Value;

/// The documented events of one page, with their detail-types.
fn samples() -> Vec<(String, Vec<u8>)> {
    let text = std::fs::read_to_string("schemas/aws.sagemaker/samples/en-2026-07.md.json").unwrap();
    let page: Value = serde_json::from_str(&text).unwrap();
    let events = page["events"].as_array().unwrap().iter();
    events
        .map(|sample| {
            (
                sample["detail_type"].as_str().unwrap().to_owned(),
                sample["event"].to_string().into_bytes(),
            )
        })
        .collect()
}

fn matched(pattern: &Pattern) -> Vec<String> {
    let matches = |event: &Vec<u8>| pattern.matches(event).unwrap();
    samples()
        .into_iter()
        .filter(|(_, event)| matches(event))
        .map(|(detail_type, _)| detail_type)
        .collect()
}

#[test]
fn a_builder_matches_its_own_event_alone() {
    assert_eq!(
        matched(&Training::pattern().build().unwrap()),
        [Training::DETAIL_TYPE]
    );
    assert_eq!(
        matched(&Step::pattern().build().unwrap()),
        [Step::DETAIL_TYPE]
    );
    assert_eq!(
        matched(&Deployment::pattern().build().unwrap()),
        [Deployment::DETAIL_TYPE; 2]
    );
}

#[test]
fn values_are_spelled_as_events_spell_them() {
    let pattern = Step::pattern().current_step_status([StepStatus::Succeeded, StepStatus::Failed]);
    assert_eq!(
        pattern.to_string(),
        concat!(
            r#"{"source":["aws.sagemaker"],"#,
            r#""detail-type":["SageMaker Model Building Pipeline Execution Step Status Change"],"#,
            r#""detail":{"currentStepStatus":["Succeeded","Failed"]}}"#
        )
    );
    assert_eq!(matched(&pattern.build().unwrap()), [Step::DETAIL_TYPE]);
    let failed = Step::pattern().current_step_status(StepStatus::Failed);
    assert!(matched(&failed.build().unwrap()).is_empty());
}

#[test]
fn operators_objects_lists_and_maps_are_narrowed_by_method() {
    let pattern = Training::pattern()
        .training_job_status(not_text(["InProgress"]))
        .resources(prefix("arn:aws:sagemaker:"))
        .resource_config(|config| config.instance_count(at_least(2)).instance_type(exists()))
        .input_data_config(|channel| {
            channel.data_source(|source| source.s3_data_source(|s3| s3.s3_uri(wildcard("*3Uri"))))
        })
        .hyper_parameters("Hyper", "Parameters")
        .tags("team", absent());
    assert_eq!(matched(&pattern.build().unwrap()), [Training::DETAIL_TYPE]);
}

#[test]
fn one_of_several_builders_suffices() {
    let baking = |status: &'static str| {
        Deployment::pattern().pending_deployment_summary(|summary| {
            summary.production_variants(|variant| {
                variant.variant_status(|it| it.status(Status::from(status)))
            })
        })
    };
    let either = Deployment::pattern().any_of([baking("Deleting"), baking("Baking")]);
    assert_eq!(matched(&either.build().unwrap()), [Deployment::DETAIL_TYPE]);
}
