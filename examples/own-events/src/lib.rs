#![doc = include_str!("../README.md")]

use eventbridge_runtime::object::{Node, WriteField};
use eventbridge_runtime::{RawError, Reader, Unknown};

/// The events of `schemas/`, as `build.rs` renders them.
pub mod house {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

/// An event of the house or of SageMaker.
pub type Event = eventbridge_runtime::Event<Detail>;

/// The detail of an event, by event source.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// From `my.house`.
    House(house::Detail),
    /// From anywhere else.
    SageMaker(sagemaker_events::Detail),
}

impl Detail {
    /// The detail, if neither knows its type.
    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            Self::House(house::Detail::Unknown(unknown))
            | Self::SageMaker(sagemaker_events::Detail::Unknown(unknown)) => Some(unknown),
            _ => None,
        }
    }
}

impl eventbridge_runtime::Detail for Detail {
    fn read(source: &str, detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, RawError> {
        match source {
            house::DoorOpened::SOURCE => {
                house::Detail::read(source, detail_type, reader).map(Self::House)
            }
            _ => sagemaker_events::Detail::read(source, detail_type, reader).map(Self::SageMaker),
        }
    }
}

impl WriteField for Detail {
    fn node(&self) -> Option<Node<'_>> {
        match self {
            Self::House(detail) => detail.node(),
            Self::SageMaker(detail) => detail.node(),
        }
    }
}

/// Says in a sentence what happened: one handler for the events of both.
pub fn told(event: &Event) -> String {
    use house::Detail as House;
    use sagemaker_events::Detail as SageMaker;

    match &event.detail {
        Detail::House(House::DoorOpened(opened)) => {
            let by = opened.by.as_deref().unwrap_or("somebody");
            format!("{by} opened the door {}", opened.door)
        }
        Detail::House(House::TemperatureMeasured(measured)) => {
            format!(
                "it is {} degrees in the {}",
                measured.celsius, measured.room
            )
        }
        Detail::SageMaker(SageMaker::TrainingJobStateChange(job)) => {
            format!(
                "training job {}: {}",
                job.training_job_name, job.training_job_status
            )
        }
        detail => {
            let unknown = detail.unknown().map(|unknown| unknown.reason.to_string());
            let why = unknown.unwrap_or_else(|| "nobody asked for it".to_owned());
            format!("{} from {}: {why}", event.detail_type, event.source)
        }
    }
}
