//! An event that has to be of one type comes in: it is read as that type, or refused with its place. What
//! all types share is found in each.
#![allow(clippy::unwrap_used)]

use sagemaker_events::image::ImageStateChange;
use sagemaker_events::training_job::{TrainingJobStateChange, TrainingJobStatus};
use sagemaker_events::{Detail, Event, EventOf, LazyEvent, Subject};
use serde_json::{Value, json};

fn event(detail_type: &str, detail: Value) -> String {
    json!({"source": "aws.sagemaker", "detail-type": detail_type, "id": "1", "detail": detail})
        .to_string()
}

fn failed() -> String {
    let detail = json!({
        "TrainingJobName": "kmeans", "TrainingJobArn": "arn:1", "TrainingJobStatus": "Failed",
        "FailureReason": "no data", "Colour": null
    });
    event("SageMaker Training Job State Change", detail)
}

#[test]
fn an_event_of_one_type_is_read_as_that_type() {
    let event: EventOf<TrainingJobStateChange> = serde_json::from_str(&failed()).unwrap();
    assert_eq!(event.detail.training_job_status, TrainingJobStatus::Failed);
    assert_eq!(event.name(), Some("kmeans"));
    assert_eq!(event.detail.failure_reason(), Some("no data"));
    let written: Value = serde_json::from_str(&event.to_json()).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(&failed()).unwrap());
    let text = failed();
    let lazy = LazyEvent::new(&text).unwrap();
    assert_eq!(lazy.detail_type(), TrainingJobStateChange::DETAIL_TYPE);
    assert_eq!(
        lazy.detail_as::<TrainingJobStateChange>().unwrap(),
        event.detail
    );
}

#[test]
fn an_event_of_another_type_is_refused_with_its_place() {
    let told = |document: &str| {
        document
            .parse::<EventOf<ImageStateChange>>()
            .unwrap_err()
            .to_string()
    };
    let other = "the event is of another source or detail-type than the type it is read as";
    assert_eq!(told(&failed()), format!("byte 10, at detail: {other}"));
    assert_eq!(
        told(r#"{"detail-type": "SageMaker Image State Change", "detail": 1}"#),
        "byte 58, at detail: expected an object"
    );
    assert_eq!(
        told(r#"{"detail-type": "SageMaker Image State Change"}"#),
        "byte 47: the event ends here and has no detail, which its type asks for"
    );
}

#[test]
fn one_type_and_all_types_become_each_other() {
    let event: Event = failed().parse().unwrap();
    let one = event
        .clone()
        .try_map(TrainingJobStateChange::try_from)
        .unwrap();
    assert_eq!(one.detail.training_job_name, "kmeans");
    assert_eq!(one.map(Detail::from), event);
    let other = event.clone().try_map(ImageStateChange::try_from);
    assert_eq!(other.unwrap_err(), event.detail);

    let one = EventOf::<TrainingJobStateChange>::try_from(event.clone()).unwrap();
    assert_eq!(one.detail.training_job_name, "kmeans");
    assert_eq!(Event::from(one), event);
    let other = EventOf::<ImageStateChange>::try_from(event.clone()).unwrap_err();
    assert_eq!(
        other.to_string(),
        "expected an event of detail-type \"SageMaker Image State Change\", found \"SageMaker Training Job State Change\""
    );
    assert_eq!(other.into_event(), event);

    let detail = <&TrainingJobStateChange>::try_from(&event.detail).unwrap();
    assert_eq!(detail.training_job_name, "kmeans");
    let other = <&ImageStateChange>::try_from(&event.detail).unwrap_err();
    assert_eq!(
        other.to_string(),
        "the detail is not that of \"SageMaker Image State Change\""
    );
}

/// A reason that the documentation of the type does not know.
#[test]
fn a_failure_reason_is_found_where_no_field_has_it() {
    for detail_type in [
        "SageMaker Endpoint State Change",
        "SageMaker Furnace State Change",
    ] {
        let event: Event = event(detail_type, json!({"failureReason": "no \"capacity\""}))
            .parse()
            .unwrap();
        assert_eq!(
            event.failure_reason(),
            Some("no \"capacity\""),
            "{detail_type}"
        );
    }
}

/// What Lambda's runtime says of an event that cannot be read: the path there is that of the payload.
#[test]
fn wrappers_that_tell_paths_do_not_tell_how_events_are_read() {
    for (document, expected) in [
        (
            r#"{"id":"1","id":"2"}"#,
            "byte 10, at id: this key stands twice in its object",
        ),
        ("[1]", "byte 0: expected an object"),
    ] {
        let deserializer = &mut serde_json::Deserializer::from_str(document);
        let told = serde_path_to_error::deserialize::<_, Event>(deserializer)
            .unwrap_err()
            .to_string();
        assert!(told.starts_with(expected), "{told}");
    }
}
