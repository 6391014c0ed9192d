//! Events that arrived inside the messages of queues, topics, streams and log subscriptions, in base64 and packed:
//! what is learned of them is what is learned of the events alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod summary;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use eventbridge_learn::input::{self, Input};
use eventbridge_learn::{Deliveries, ShapeEvidence};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;

fn event(number: usize) -> String {
    let detail =
        json!({ "loomName": format!("l-{number}"), "state": "RUNNING", "startTime": 1767323045 });
    json!({ "version": "0", "id": format!("id-{number}"), "detail-type": "Loom Started", "source": "my.loom", "account": "111122223333",
        "time": "2026-01-02T03:04:05Z", "region": "us-east-1", "resources": [], "detail": detail })
    .to_string()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

fn shapes(text: &str) -> ShapeEvidence {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("arrived");
    std::fs::write(&path, text).unwrap();
    let mut deliveries = Deliveries::default();
    let read = input::read(&path, &mut deliveries, &|_| {}).unwrap();
    assert!(matches!(read, Input::Deliveries(_)), "{text}");
    deliveries.shapes()
}

/// What CloudWatch Logs sends to a subscription.
fn subscription(events: &[String]) -> String {
    let events = events.iter().enumerate();
    let events: Vec<Value> = events
        .map(|(id, message)| json!({ "id": id.to_string(), "timestamp": 1, "message": message }))
        .collect();
    json!({ "messageType": "DATA_MESSAGE", "owner": "111122223333", "logGroup": "/aws/events/looms", "logStream": "s",
        "subscriptionFilters": ["f"], "logEvents": events })
    .to_string()
}

#[test]
fn events_are_found_in_every_wrapping() {
    let events = [event(1), event(2)];
    let alone = shapes(&(events.join("\n") + "\n"));
    assert!(!alone.shapes.is_empty());
    let plain = |text: &str| STANDARD.encode(text);
    let both = events.join("\n");
    let queue = |bodies: Vec<String>| {
        let records: Vec<Value> = bodies
            .into_iter()
            .map(|body| json!({ "messageId": "m", "receiptHandle": "r", "body": body, "eventSource": "aws:sqs" }))
            .collect();
        json!({ "Records": records }).to_string()
    };
    let topic = |message: &str| json!({ "Type": "Notification", "MessageId": "m", "TopicArn": "arn", "Message": message, "Timestamp": "t" });
    let stream = |data: Vec<String>| {
        let records: Vec<Value> = data
            .into_iter()
            .map(|data| json!({ "kinesis": { "partitionKey": "p", "sequenceNumber": "1", "data": data }, "eventSource": "aws:kinesis" }))
            .collect();
        json!({ "Records": records }).to_string()
    };
    let logs = subscription(&events);
    for (name, text) in [
        ("a queue", queue(events.to_vec())),
        ("a queue, base64", queue(events.iter().map(|event| plain(event)).collect())),
        ("a topic", json!({ "Records": events.iter().map(|event| json!({ "EventSource": "aws:sns", "Sns": topic(event) })).collect::<Vec<_>>() }).to_string()),
        ("a topic in a queue", queue(events.iter().map(|event| topic(event).to_string()).collect())),
        ("a stream", stream(events.iter().map(|event| plain(event)).collect())),
        ("a stream, one record of several events", stream(vec![plain(&both)])),
        ("a stream, packed", stream(vec![STANDARD.encode(gzip(&both))])),
        ("a delivery stream", json!({ "deliveryStreamArn": "arn", "records": events.iter().map(|event| json!({ "recordId": "r", "data": URL_SAFE_NO_PAD.encode(event) })).collect::<Vec<_>>() }).to_string()),
        ("a log subscription", json!({ "awslogs": { "data": STANDARD.encode(gzip(&logs)) } }).to_string()),
        ("a log subscription through a stream", stream(vec![STANDARD.encode(gzip(&logs))])),
        ("a log subscription in a queue", queue(vec![STANDARD.encode(gzip(&logs))])),
    ] {
        assert_eq!(shapes(&text), alone, "{name}");
    }
}

#[test]
fn what_only_looks_packed_is_passed_over() {
    let alone = shapes(&(event(1) + "\n"));
    let zeros = STANDARD.encode(gzip(&" ".repeat(8 << 20)));
    let cut = &STANDARD.encode(gzip(&event(2)))[..60];
    for data in [
        zeros.as_str(),
        cut,
        "eyJ",
        "H4sIAAAA",
        "eyJhIjogMX0=",
        "W3s=",
        "ey!!",
        "H4sI\u{e9}",
    ] {
        let text = format!("{}\n{}\n", json!({ "data": data }), event(1));
        assert_eq!(shapes(&text), alone, "{data:.20}");
    }
}
