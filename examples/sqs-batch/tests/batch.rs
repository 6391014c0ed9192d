//! Batches in the form that Lambda delivers them, with bodies that are events and bodies that are not.
#![allow(clippy::unwrap_used)]

use lambda_runtime::Error;
use sagemaker_events::{Detail, Event};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqs_batch::{kinesis, sqs};

const TRAINING: &str = r#"{"version": "0", "id": "1", "source": "aws.sagemaker",
    "detail-type": "SageMaker Training Job State Change", "detail": {"TrainingJobName": "forecast",
    "TrainingJobArn": "arn:forecast", "TrainingJobStatus": "Failed"}}"#;
const NEW: &str = r#"{"id": "2", "source": "aws.sagemaker", "detail-type": "SageMaker Something New", "detail": {}}"#;

/// What is in a batch: events, and others; each others' position in the batch is its id.
const BODIES: [&str; 5] = [
    TRAINING,
    "not JSON",
    NEW,
    r#"{"Message": "hello"}"#,
    TRAINING,
];

fn read<T: DeserializeOwned>(batch: Value) -> T {
    serde_json::from_value(batch).unwrap()
}

fn messages(bodies: &[&str]) -> Value {
    let message = |(id, body): (usize, &&str)| {
        json!({
            "messageId": format!("m{id}"), "receiptHandle": "AQEB", "body": body,
            "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {},
            "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3", "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-west-1:111122223333:events", "awsRegion": "eu-west-1"
        })
    };
    let records: Vec<Value> = bodies.iter().enumerate().map(message).collect();
    json!({"Records": records})
}

fn records(data: &[&str]) -> Value {
    let record = |(id, data): (usize, &&str)| {
        json!({
            "eventID": format!("shardId-0:{id}"), "eventName": "aws:kinesis:record",
            "eventSource": "aws:kinesis", "awsRegion": "eu-west-1",
            "kinesis": {
                "kinesisSchemaVersion": "1.0", "partitionKey": "k", "sequenceNumber": format!("s{id}"),
                "data": data, "approximateArrivalTimestamp": 1_545_084_650.987
            }
        })
    };
    let records: Vec<Value> = data.iter().enumerate().map(record).collect();
    json!({"Records": records})
}

/// Work that keeps what it gets.
fn kept(events: &mut Vec<Event>) -> impl FnMut(&Event) -> Result<(), Error> {
    |event| {
        events.push(event.clone());
        Ok(())
    }
}

#[test]
fn messages_without_events_fail_alone() {
    let mut events = Vec::new();
    let response = sqs(read(messages(&BODIES)), kept(&mut events));
    assert_eq!(
        serde_json::to_value(response).unwrap(),
        json!({"batchItemFailures": [{"itemIdentifier": "m1"}, {"itemIdentifier": "m3"}]})
    );
    let [training, new, again] = events.try_into().unwrap();
    assert!(matches!(training.detail, Detail::TrainingJobStateChange(_)));
    assert!(matches!(new.detail, Detail::Unknown(_)));
    assert_eq!(training, again);
}

#[test]
fn events_are_taken_out_of_what_is_around_them_and_nothing_else_is_taken_for_one() {
    let of_topic = json!({"Type": "Notification", "Message": TRAINING}).to_string();
    let several = format!("[{NEW}, {NEW}]");
    let test = r#"{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "glazes"}"#;
    let asked = r#"{"Type": "SubscriptionConfirmation", "Message": "You have chosen …"}"#;
    let one_is_none = format!("[{NEW}, {{}}]");
    let mut events = Vec::new();
    let bodies = [
        &of_topic,
        &several,
        test,
        asked,
        "{}",
        "[]",
        "",
        &one_is_none,
    ];
    let response = sqs(read(messages(&bodies)), kept(&mut events));
    let failures = response.batch_item_failures.iter();
    let failed: Vec<&str> = failures.map(|one| &*one.item_identifier).collect();
    assert_eq!(failed, ["m2", "m3", "m4", "m5", "m6", "m7"]);
    assert_eq!(events.len(), 3);
    assert_eq!(events[0], TRAINING.parse().unwrap());
}

#[test]
fn work_that_fails_goes_back_to_the_queue() {
    let response = sqs(read(messages(&[TRAINING, NEW])), |event| {
        match &event.detail {
            Detail::Unknown(unknown) => Err(unknown.reason.to_string().into()),
            _ => Ok(()),
        }
    });
    assert_eq!(
        serde_json::to_value(response).unwrap(),
        json!({"batchItemFailures": [{"itemIdentifier": "m1"}]})
    );
}

#[test]
fn a_batch_of_events_has_no_failures() {
    let response = sqs(read(messages(&[TRAINING, NEW])), |_| Ok(()));
    assert!(response.batch_item_failures.is_empty());
}

#[test]
fn a_stream_goes_on_from_its_first_failure() {
    // base64 of `{"id":"1","source":"aws.sagemaker","detail-type":"SageMaker Something New"}`, and of `no`
    let event = "eyJpZCI6IjEiLCJzb3VyY2UiOiJhd3Muc2FnZW1ha2VyIiwiZGV0YWlsLXR5cGUiOiJTYWdlTWFrZXIgU29tZXRoaW5nIE5ldyJ9";
    let mut events = Vec::new();
    let response = kinesis(
        read(records(&[event, event, "bm8=", event, "bm8="])),
        kept(&mut events),
    );
    assert_eq!(
        serde_json::to_value(response).unwrap(),
        json!({"batchItemFailures": [{"itemIdentifier": "s2"}]})
    );
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].detail_type, "SageMaker Something New");
}
