//! The generated files come in, under macros of the same names; the same structs with the same fields go
//! out, as serde derives them: owned strings, no unknown members, no forms of timestamps.

#![allow(unused_imports)] // The macros are found by their textual scope as well.

// The generated files take their macros and types from the runtime, which is this crate here.
extern crate self as eventbridge_runtime;

use std::collections::BTreeMap;

pub type Text = String;
pub type Json = serde_json::Value;
pub type Number = serde_json::Number;
pub type Timestamp = serde_json::Value;
pub type Pairs = serde_json::Value;
pub type Map<T> = BTreeMap<String, T>;

/// A struct whose reader serde derives.
#[macro_export]
macro_rules! object {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $ty:ty = $key:literal,)*
        }
        $($behind:tt)*
    ) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        $vis struct $name {
            $(#[serde(rename = $key)] pub $field: $ty,)*
        }
    };
}

/// An enum whose reader serde derives; the spelling of an unknown value is lost, which is quickest.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $spelling:literal,)*
        }
    ) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $(#[serde(rename = $spelling)] $variant,)*
            #[default]
            #[serde(other)]
            Unknown,
        }
    };
}

/// An event of a type that is known before it is read.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Event<D> {
    pub version: String,
    pub id: String,
    #[serde(rename = "detail-type")]
    pub detail_type: String,
    pub source: String,
    pub account: String,
    pub time: Option<Timestamp>,
    pub region: String,
    pub resources: Vec<String>,
    pub detail: D,
}

/// Calls a macro with the type of each detail, to choose one by detail-type before anything is measured.
#[macro_export]
macro_rules! each_type {
    ($call:ident) => {
        $call! {
            endpoint_deployment_state_change EndpointDeploymentStateChange,
            endpoint_state_change EndpointStateChange,
            feature_group_state_change FeatureGroupStateChange,
            hyper_parameter_tuning_job_state_change HyperParameterTuningJobStateChange,
            hyper_pod_cluster_event HyperPodClusterEvent,
            hyper_pod_cluster_node_health_event HyperPodClusterNodeHealthEvent,
            hyper_pod_cluster_state_change HyperPodClusterStateChange,
            image_state_change ImageStateChange,
            image_version_state_change ImageVersionStateChange,
            job_state_change JobStateChange,
            model_building_pipeline_execution_status_change ModelBuildingPipelineExecutionStatusChange,
            model_building_pipeline_execution_step_status_change ModelBuildingPipelineExecutionStepStatusChange,
            model_card_state_change ModelCardStateChange,
            model_package_state_change ModelPackageStateChange,
            model_state_change ModelStateChange,
            processing_job_state_change ProcessingJobStateChange,
            training_job_state_change TrainingJobStateChange,
            transform_job_state_change TransformJobStateChange,
        }
    };
}

#[path = "../../../generated/rust/src/endpoint_deployment_state_change.rs"]
pub mod endpoint_deployment_state_change;
#[path = "../../../generated/rust/src/endpoint_state_change.rs"]
pub mod endpoint_state_change;
#[path = "../../../generated/rust/src/feature_group_state_change.rs"]
pub mod feature_group_state_change;
#[path = "../../../generated/rust/src/hyper_parameter_tuning_job_state_change.rs"]
pub mod hyper_parameter_tuning_job_state_change;
#[path = "../../../generated/rust/src/hyper_pod_cluster_event.rs"]
pub mod hyper_pod_cluster_event;
#[path = "../../../generated/rust/src/hyper_pod_cluster_node_health_event.rs"]
pub mod hyper_pod_cluster_node_health_event;
#[path = "../../../generated/rust/src/hyper_pod_cluster_state_change.rs"]
pub mod hyper_pod_cluster_state_change;
#[path = "../../../generated/rust/src/image_state_change.rs"]
pub mod image_state_change;
#[path = "../../../generated/rust/src/image_version_state_change.rs"]
pub mod image_version_state_change;
#[path = "../../../generated/rust/src/job_state_change.rs"]
pub mod job_state_change;
#[path = "../../../generated/rust/src/model_building_pipeline_execution_status_change.rs"]
pub mod model_building_pipeline_execution_status_change;
#[path = "../../../generated/rust/src/model_building_pipeline_execution_step_status_change.rs"]
pub mod model_building_pipeline_execution_step_status_change;
#[path = "../../../generated/rust/src/model_card_state_change.rs"]
pub mod model_card_state_change;
#[path = "../../../generated/rust/src/model_package_state_change.rs"]
pub mod model_package_state_change;
#[path = "../../../generated/rust/src/model_state_change.rs"]
pub mod model_state_change;
#[path = "../../../generated/rust/src/processing_job_state_change.rs"]
pub mod processing_job_state_change;
#[path = "../../../generated/rust/src/training_job_state_change.rs"]
pub mod training_job_state_change;
#[path = "../../../generated/rust/src/transform_job_state_change.rs"]
pub mod transform_job_state_change;
