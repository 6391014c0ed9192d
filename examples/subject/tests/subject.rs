//! Every documented event with a status has a subject, whatever its type calls it.
#![allow(clippy::unwrap_used)]

use sagemaker_events::{Detail, Event};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use subject::Subject;

/// The events of `schemas/aws.sagemaker/samples`.
fn samples() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/aws.sagemaker/samples");
    let pages = fs::read_dir(folder).unwrap();
    let pages = pages.map(|page| fs::read(page.unwrap().path()).unwrap());
    let pages = pages.map(|page| serde_json::from_slice::<Value>(&page).unwrap());
    pages
        .flat_map(|page| page["events"].as_array().cloned().unwrap_or_default())
        .map(|sample| sample["event"].clone())
        .collect()
}

fn read(event: Value) -> Event {
    serde_json::from_value(event).unwrap()
}

#[test]
fn whatever_has_a_status_has_a_subject() {
    let samples = samples();
    let mut with_subject = 0;
    for sample in &samples {
        let detail = sample["detail"].as_object().unwrap();
        let of_the_whole = |key: &String| key.ends_with("Status") && !key.starts_with("Secondary");
        let status = detail.iter().find(|(key, value)| {
            of_the_whole(key) && !key.starts_with("previous") && value.is_string()
        });
        let event = read(sample.clone());
        match (status, Subject::of(&event.detail)) {
            (Some(_), Some(subject)) => {
                let told = detail.values().filter(|value| *value == subject.status);
                assert!(told.count() >= 1, "{sample}");
                assert!(!subject.name.is_empty(), "{sample}");
                with_subject += 1;
            }
            (status, subject) => assert_eq!((status, subject), (None, None), "{sample}"),
        }
    }
    assert!(with_subject >= 28, "{with_subject} of {}", samples.len());
}

#[test]
fn failed_in_any_spelling() {
    for (status, failed) in [
        ("Failed", true),
        ("FAILED", true),
        ("CREATE_FAILED", true),
        ("UpdateFailed", true),
        ("Completed", false),
        ("FailedOver", false),
        ("", false),
    ] {
        let event = read(json!({
            "source": "aws.sagemaker",
            "detail-type": "SageMaker Image State Change",
            "detail": {"ImageName": "base", "ImageArn": "arn", "ImageStatus": status}
        }));
        let subject = Subject::of(&event.detail).unwrap();
        assert_eq!(subject.has_failed(), failed, "{status}");
    }
}

#[test]
fn an_undocumented_reason_is_found() {
    let event = read(json!({
        "source": "aws.sagemaker",
        "detail-type": "SageMaker Endpoint State Change",
        "detail": {
            "EndpointName": "front", "EndpointArn": "arn", "EndpointStatus": "FAILED",
            "FailureReason": "no capacity"
        }
    }));
    assert_eq!(
        Subject::of(&event.detail).unwrap().reason.as_deref(),
        Some("no capacity")
    );
}

#[test]
fn what_has_no_status_has_no_subject() {
    let event = read(json!({"source": "my.house", "detail-type": "Door Opened", "detail": {}}));
    assert!(matches!(event.detail, Detail::Unknown(_)));
    assert_eq!(Subject::of(&event.detail), None);
}
