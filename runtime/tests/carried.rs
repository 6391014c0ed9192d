//! What is no event is an error that tells what it is; what stands around events is opened, and nothing of it
//! vanishes.
#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_runtime::{Carried, Event, LazyEvent, ParseError, ParseErrorKind, json::Json};
use serde::Deserialize;
use serde_json::{Value, json};

const S3_TEST: &str = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z",
    "Bucket":"glazes","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4"}"#;

fn event(id: &str) -> Value {
    json!({"id": id, "source": "my.house", "detail-type": "Door Opened", "detail": {"door": "front"}})
}

fn of_sns(message: &Value) -> Value {
    let message = message.to_string();
    json!({"Type": "Notification", "MessageId": "t1", "TopicArn": "arn:aws:sns:eu-west-1:111122223333:doors",
        "Message": message, "Timestamp": "2026-01-01T00:00:00.000Z"})
}

fn of_sqs(id: &str, body: &str) -> Value {
    json!({"messageId": id, "receiptHandle": "AQEB", "body": body, "messageAttributes": {},
        "attributes": {"ApproximateReceiveCount": "1"}, "eventSource": "aws:sqs"})
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|group| {
        let mut three = [0; 4];
        three[1..=group.len()].copy_from_slice(group);
        let digits = u32::from_be_bytes(three);
        (0..4).map(move |index| match index <= group.len() {
            true => char::from(DIGITS[(digits >> (18 - 6 * index) & 63) as usize]),
            false => '=',
        })
    });
    groups.flatten().collect()
}

/// The error of reading a document, which is the same in every way to read it.
fn error(document: &str) -> ParseError {
    let error = document.parse::<Event<Json>>().unwrap_err();
    assert_eq!(
        LazyEvent::<Json>::new(document).unwrap_err(),
        error,
        "{document}"
    );
    assert_eq!(document.parse::<Event<Value>>().unwrap_err(), error);
    let by_serde = serde_json::from_str::<Event<Json>>(document).unwrap_err();
    assert!(
        by_serde.to_string().contains(&error.to_string()),
        "{by_serde}"
    );
    let by_serde = serde_json::from_slice::<Event<Json>>(document.as_bytes()).unwrap_err();
    assert!(
        by_serde.to_string().contains(&error.to_string()),
        "{by_serde}"
    );
    let value: Value = serde_json::from_str(document).unwrap();
    let by_value = Event::<Json>::deserialize(&value).unwrap_err();
    let [text, by_value] = [&error, &by_value as &dyn std::fmt::Display].map(ToString::to_string);
    let (_, what) = text.split_once(": ").unwrap();
    assert!(by_value.contains(what), "{by_value}");
    error
}

#[test]
fn what_says_neither_source_nor_detail_type_is_no_event() {
    for document in [
        "{}",
        r#"{"detail": {"door": "front"}, "id": "1", "version": "0"}"#,
        r#"{"source": null, "detail-type": null}"#,
        r#"{"source": "", "detail-type": "", "detail": {}}"#,
        r#"{"source": 1, "detail": {}, "detail-type": ["a"]}"#,
        r#"{"Source": "my.house", "DetailType": "Door Opened", "Detail": "{}"}"#,
        S3_TEST,
        &of_sns(&event("1")).to_string(),
        &of_sqs("m", &event("1").to_string()).to_string(),
    ] {
        assert_eq!(
            error(document).kind(),
            ParseErrorKind::NotAnEvent,
            "{document}"
        );
    }
    // An event that lacks one of both is one: some services document it so.
    for document in [
        r#"{"source":"my.house"}"#,
        r#"{"source":null,"detail-type":"Door Opened"}"#,
        r#"{"source":"my.house","detail-type":7,"detail":{}}"#,
    ] {
        let event: Event<Json> = document.parse().unwrap();
        let [written, read] =
            [&event.to_json(), document].map(|text| serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(written, read);
        assert!(
            event
                .differences()
                .iter()
                .any(|one| ["source", "detail-type"].contains(&&*one.path))
        );
        LazyEvent::<Json>::new(document).unwrap();
    }
}

#[test]
fn what_stands_there_instead_is_named_and_how_to_go_on() {
    for (document, told) in [
        (S3_TEST.to_owned(), "test message that S3 sends"),
        (
            of_sns(&event("1")).to_string(),
            "a message of SNS, and what it carries stands in `Message`",
        ),
        (
            of_sqs("m", "").to_string(),
            "a message of SQS, and what it carries stands in `body`",
        ),
        (
            json!({"Body": "{}", "ReceiptHandle": "A"}).to_string(),
            "a message of SQS",
        ),
        (
            json!({"Records": [of_sqs("m", "")]}).to_string(),
            "a batch, and what it carries stands in `Records`",
        ),
        (
            json!({"Records": [{"eventSource": "aws:s3", "s3": {}}]}).to_string(),
            "a batch",
        ),
        (
            json!({"eventSource": "aws:s3", "s3": {}}).to_string(),
            "sends it by itself and not by EventBridge",
        ),
        (
            json!({"EventSource": "aws:sns", "Sns": of_sns(&event("1"))}).to_string(),
            "a record of SNS",
        ),
        (
            json!({"eventID": "1", "kinesis": {"data": ""}}).to_string(),
            "a record of Kinesis",
        ),
        (
            json!({"partitionKey": "1", "data": ""}).to_string(),
            "a record of a stream",
        ),
        (
            json!({"awslogs": {"data": ""}}).to_string(),
            "CloudWatch Logs, and what it carries stands in `awslogs.data`",
        ),
        (
            json!({"Type": "SubscriptionConfirmation", "Message": "You…"}).to_string(),
            "confirm a subscription",
        ),
        (
            json!([event("1")]).to_string(),
            "a list, and its items are read one by one",
        ),
        (
            json!(event("1").to_string()).to_string(),
            "a string, and JSON may stand in it",
        ),
        (
            json!({"DetailType": "a", "Source": "b", "Detail": "{}"}).to_string(),
            "has the keys `source` and `detail-type`",
        ),
        (
            json!({"source": ["a"], "detail-type": ["b"]}).to_string(),
            "a pattern",
        ),
        (
            json!({"detail": {"door": "front"}}).to_string(),
            "`InputPath`",
        ),
    ] {
        let error = error(&document).to_string();
        assert!(error.contains(told), "{error}");
        let opens = "`Event::from_message` reads the events in it, `Carried::open` opens it";
        assert_eq!(
            error.contains(opens),
            told.starts_with("a ") && !told.contains("pattern") || told.starts_with("Cloud"),
            "{error}"
        );
    }
    let packed = Event::<Json>::from_slice(b"\x1f\x8b\x08\0").unwrap_err();
    assert_eq!(packed.kind(), ParseErrorKind::NotUtf8);
    assert!(packed.to_string().contains("packed by gzip"), "{packed}");
}

/// What a message carries: the id of each event, or else what it is, and where.
fn opened(message: &Value) -> Vec<(String, String)> {
    let text = message.to_string();
    let carried = Carried::open(text.as_bytes()).unwrap();
    let told = |one: &Carried<'_>| match one.event::<Json>() {
        Ok(event) => (one.path().to_owned(), event.id.to_string()),
        Err(_) => (
            one.path().to_owned(),
            String::from_utf8_lossy(one.as_bytes()).into(),
        ),
    };
    let all = carried.iter().map(told).collect();
    let events: Result<Vec<Event<Json>>, _> = carried.iter().map(Carried::event).collect();
    assert_eq!(Event::<Json>::from_message(text.as_bytes()), events);
    all
}

#[test]
fn whatever_stands_around_an_event_is_opened() {
    let text = event("1").to_string();
    let data = base64(text.as_bytes());
    let sns = of_sns(&event("1"));
    for (message, path) in [
        (event("1"), ""),
        (json!(text), ""),
        (json!([event("1")]), "[0]"),
        (sns.clone(), "Message"),
        (of_sqs("m", &text), "body"),
        (of_sqs("m", &sns.to_string()), "body.Message"),
        (of_sqs("m", &json!(text).to_string()), "body"),
        (
            json!({"Records": [of_sqs("m", &sns.to_string())]}),
            "Records[0].body.Message",
        ),
        (json!([of_sqs("m", &text)]), "[0].body"),
        (
            json!({"Messages": [{"MessageId": "m", "Body": text}]}),
            "Messages[0].Body",
        ),
        (
            json!({"Records": [{"EventSource": "aws:sns", "Sns": sns}]}),
            "Records[0].Sns.Message",
        ),
        (
            json!({"Records": [{"kinesis": {"sequenceNumber": "4", "data": data}}]}),
            "Records[0].kinesis.data",
        ),
        (
            json!([{"eventSource": "aws:kinesis", "data": data}]),
            "[0].data",
        ),
        (
            json!({"Records": [{"SequenceNumber": "1", "Data": data}]}),
            "Records[0].Data",
        ),
        (
            json!({"records": [{"recordId": "1", "data": data}]}),
            "records[0].data",
        ),
        (
            json!({"messageType": "DATA_MESSAGE", "logEvents": [{"id": "7", "message": text}]}),
            "logEvents[0].message",
        ),
        (
            json!({"requestContext": {}, "requestPayload": event("1")}),
            "requestPayload",
        ),
        (json!({"isBase64Encoded": true, "body": data}), "body"),
    ] {
        assert_eq!(
            opened(&message),
            [(path.to_owned(), "1".to_owned())],
            "{message}"
        );
    }
}

#[test]
fn nothing_that_a_message_carries_vanishes() {
    let batch = json!({"Records": [
        of_sqs("m0", &event("1").to_string()), of_sqs("m1", "hello"), of_sqs("m2", S3_TEST), of_sqs("m3", ""),
        of_sqs("m4", &json!([event("2"), 7, {}]).to_string()), of_sqs("m5", "[]"),
        {"messageId": "m6", "body": null}, 8,
    ]});
    let texts: Vec<String> = opened(&batch).into_iter().map(|(_, text)| text).collect();
    let [
        one,
        hello,
        test,
        nothing,
        two,
        seven,
        object,
        empty,
        no_body,
        eight,
    ] = &texts[..]
    else {
        panic!("{texts:?}")
    };
    assert_eq!([one, hello, test, nothing], ["1", "hello", S3_TEST, ""]);
    assert_eq!(
        [two, seven, object, empty, eight],
        ["2", "7", "{}", "[]", "8"]
    );
    assert!(no_body.contains("m6"));

    let text = batch.to_string();
    let failed = Carried::open(text.as_bytes()).unwrap();
    let failed = failed.iter().filter(|one| one.event::<Json>().is_err());
    let ids: Vec<Option<&str>> = failed.map(Carried::item_id).collect();
    let some = ["m1", "m2", "m3", "m4", "m4", "m5"].map(Some);
    assert_eq!(ids[..6], some);
    let error = Event::<Json>::from_message(text.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "byte 0 of Records[1].body: expected an object"
    );
    let asked = r#"{"Type": "SubscriptionConfirmation", "Message": "You have chosen …"}"#;
    let error = Event::<Json>::from_message(of_sqs("m", asked).to_string().as_bytes());
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("of body: ") && error.contains("confirm a subscription"),
        "{error}"
    );
    for message in ["[]", r#"{"Records": []}"#, "{}", "7"] {
        assert!(
            Event::<Json>::from_message(message.as_bytes()).is_err(),
            "{message}"
        );
    }
}

#[test]
fn the_id_of_what_was_delivered_is_the_outermost() {
    let inner = of_sns(&event("1")).to_string();
    for (message, id) in [
        (json!([of_sqs("m1", &inner)]), Some("m1")),
        (of_sns(&event("1")), Some("t1")),
        (
            json!({"kinesis": {"sequenceNumber": "49", "data": event("1").to_string()}}),
            Some("49"),
        ),
        (
            json!({"messageId": 7, "body": event("1").to_string()}),
            None,
        ),
        (
            json!({"messageId": "a".repeat(100_000), "body": event("1").to_string()}),
            None,
        ),
        (event("1"), None),
    ] {
        let text = message.to_string();
        assert_eq!(Carried::open(text.as_bytes()).unwrap()[0].item_id(), id);
    }
}

#[test]
fn a_detail_in_a_string_becomes_an_object() {
    let mut message = event("1");
    message["detail"] = json!(" {\"door\": \"fr\\u006fnt\"} ");
    let text = message.to_string();
    let [event] = &Event::<Json>::from_message(text.as_bytes()).unwrap()[..] else {
        panic!()
    };
    assert_eq!(event.detail.get("door").unwrap(), "front");
    assert_eq!(event.id, "1");
    for other in ["front", "[1]", "{\"door\": ", "{} {}"] {
        message["detail"] = json!(other);
        let text = message.to_string();
        let events = Event::<Json>::from_message(text.as_bytes()).unwrap();
        assert_eq!(events[0].detail, other);
    }
}

#[test]
fn what_is_packed_or_no_text_goes_out_as_it_is() {
    let logs = json!({"awslogs": {"data": base64(b"\x1f\x8b\x08\0\xff")}});
    let text = logs.to_string();
    let carried = Carried::open(text.as_bytes()).unwrap();
    assert_eq!(carried[0].as_bytes(), b"\x1f\x8b\x08\0\xff");
    let error = carried[0].event::<Json>().unwrap_err().to_string();
    assert!(
        error.starts_with("byte 1 of awslogs.data: these bytes are packed by gzip"),
        "{error}"
    );
    for data in [base64(b"\xff\xfe"), base64(b"no"), "%%%".to_owned()] {
        let text = json!({"data": data}).to_string();
        assert_eq!(
            Carried::open(text.as_bytes()).unwrap()[0].as_bytes(),
            data.as_bytes()
        );
    }
}

#[test]
fn values_may_follow_one_another() {
    let [one, two] = ["1", "2"].map(|id| event(id).to_string());
    let text = format!("{one}\n{two}{one}\n");
    assert_eq!(
        Event::<Json>::from_message(text.as_bytes()).unwrap().len(),
        3
    );
    assert_eq!(opened(&of_sqs("m", &text)).len(), 3);
    for numbers in ["00", "1 2", "{} 1", "1 {}", "\"a\"\"b\""] {
        let error = Carried::open(numbers.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("goes on"), "{error}");
    }
    let broken = format!("{one}\n{{\"source\": ");
    assert!(Carried::open(broken.as_bytes()).is_err());
    assert_eq!(opened(&of_sqs("m", &broken)), [("body".to_owned(), broken)]);
}

/// Whatever is deep or long costs as much as it is.
#[test]
fn hostile_messages_are_opened_in_time() {
    let lists = format!("{}{}", "[".repeat(120), "]".repeat(120));
    assert_eq!(Carried::open(lists.as_bytes()).unwrap().len(), 1);
    let mut nested = event("1");
    for _ in 0..14 {
        nested = json!({"body": nested.to_string()});
    }
    assert_eq!(
        Carried::open(nested.to_string().as_bytes()).unwrap().len(),
        1
    );
    let many = json!({"messageId": "a".repeat(100_000), "Message": vec![1; 100_000]}).to_string();
    assert_eq!(Carried::open(many.as_bytes()).unwrap().len(), 100_000);
    let keys: Vec<String> = (0..100_000).map(|key| format!("\"k{key}\":1")).collect();
    let keys = format!("{{{}}}", keys.join(","));
    assert_eq!(Carried::open(keys.as_bytes()).unwrap().len(), 1);
}
