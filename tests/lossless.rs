//! Nothing that arrives is lost, whatever stands in place of any field of any documented event; and what is no
//! event is an error that names its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dice.rs"]
mod dice;
#[path = "lossless/random.rs"]
mod random;

use dice::Dice;
use sagemaker_events::{
    Detail, Event, LazyEvent, ParseError, ParseErrorKind, What,
    json::{Json, Kind},
};
use serde_json::{Value, json};

/// All sample events of `schemas/`.
fn samples() -> Vec<Value> {
    let mut samples = Vec::new();
    for source in std::fs::read_dir("schemas").unwrap().flatten() {
        for page in std::fs::read_dir(source.path().join("samples"))
            .into_iter()
            .flatten()
        {
            let text = std::fs::read_to_string(page.unwrap().path()).unwrap();
            let page: Value = serde_json::from_str(&text).unwrap();
            let events = page["events"].as_array().into_iter().flatten();
            samples.extend(events.map(|sample| sample["event"].clone()));
        }
    }
    assert!(samples.len() >= 32);
    samples
}

/// Reads a document in every way and holds that each writes it back.
fn there_and_back(document: &str) -> Event {
    let value: Value = serde_json::from_str(document).unwrap();
    let event = Event::from_slice(document.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {document}"));
    let written: Value = serde_json::from_str(&event.to_json()).unwrap();
    assert_eq!(written, value, "{document}");
    assert_eq!(serde_json::to_value(&event).unwrap(), value, "{document}");
    let by_serde: Value = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
    assert_eq!(by_serde, value, "{document}");
    assert_eq!(
        serde_json::from_str::<Event>(document).unwrap(),
        event,
        "{document}"
    );
    let lazy = LazyEvent::new(document).unwrap();
    assert_eq!(*lazy.detail().unwrap(), event.detail, "{document}");
    assert_eq!(lazy.detail_type(), event.detail_type());
    event
}

#[test]
fn every_sample_comes_back() {
    for sample in samples() {
        let event = there_and_back(&sample.to_string());
        assert!(!matches!(event.detail, Detail::Unknown(_)));
        assert_eq!(
            there_and_back(&serde_json::to_string_pretty(&sample).unwrap()),
            event
        );
        let differences = event.differences();
        let mut differences = differences.iter();
        // Samples show `null`, and words that stand for a value; nothing of them is unknown or unfit.
        let shown = differences.all(|one| match one.what {
            What::Null | What::UnknownValue => true,
            // The word `Timestamp` stands for an instant, and is none.
            What::Kind { expected, found } => {
                (expected, found) == ("a timestamp", Kind::String)
                    && one.path == "detail.PendingDeploymentSummary.StartTime"
            }
            _ => false,
        });
        assert!(shown, "{:?}", event.differences());
    }
}

#[test]
fn deliveries_that_nobody_documented_come_back() {
    let odd = [
        ("/detail/TrainingJobStatus", json!("Melting")),
        ("/detail/TrainingJobStatus", json!(null)),
        ("/detail/TrainingJobName", json!(17)),
        ("/detail/CreationTime", json!({"seconds": 1})),
        ("/detail/Tags", json!([{"Key": "a", "Value": "b"}])),
        ("/detail/ResourceConfig", json!("small")),
        ("/detail", json!(null)),
        ("/detail", json!([1])),
        ("/detail-type", json!("SageMaker Furnace State Change")),
        ("/detail-type", json!(null)),
        ("/account", json!(123_456_789_012_u64)),
        ("/resources", json!("arn")),
        ("/time", json!(1_592_411_992_203_u64)),
    ];
    let trainings = samples()
        .into_iter()
        .filter(|sample| sample["detail-type"] == "SageMaker Training Job State Change");
    for sample in trainings {
        for (place, value) in &odd {
            let mut delivery = sample.clone();
            *delivery.pointer_mut(place).unwrap() = value.clone();
            if let Value::Object(detail) = &mut delivery["detail"] {
                detail.insert("furnace".to_owned(), json!({"temperature": [1.5, null]}));
            }
            delivery["replay-name"] = json!("again");
            let event = there_and_back(&delivery.to_string());
            let told = event.differences();
            assert!(
                told.iter()
                    .any(|one| one.path == "detail.furnace" || one.path == "detail")
            );
        }
    }
}

#[test]
fn tags_are_read_in_both_forms_by_every_type_that_has_them() {
    let mut tagged = 0;
    for mut sample in samples() {
        if sample["detail"].get("Tags").is_none() {
            continue;
        }
        for tags in [json!({"a": "b"}), json!([{"Key": "a", "Value": "b"}])] {
            sample["detail"]["Tags"] = tags;
            let event = there_and_back(&sample.to_string());
            assert_eq!(event.tags().unwrap(), [("a", "b")], "{}", event.detail_type);
            tagged += 1;
        }
    }
    assert!(tagged >= 20);
}

/// The differences of an event of this detail-type and detail, as they are told.
fn told(detail_type: &str, detail: &Value) -> Vec<String> {
    let document = json!({
        "version": "0", "id": "a", "detail-type": detail_type, "source": "aws.sagemaker", "account": "1",
        "time": "2026-01-01T00:00:00Z", "region": "b", "resources": [], "detail": detail,
    });
    let told = there_and_back(&document.to_string()).differences();
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn a_detail_of_no_known_type_is_told() {
    assert_eq!(
        told("SageMaker Furnace State Change", &json!({"a": 1})),
        ["detail: the detail is of no type that is known"]
    );
    for (detail, found) in [
        (json!(null), "null"),
        (json!("x"), "a string"),
        (json!(1), "a number"),
        (json!([]), "a list"),
    ] {
        assert_eq!(
            told("SageMaker Training Job State Change", &detail),
            [format!("detail: expected an object, found {found}")]
        );
    }
}

#[test]
fn what_a_set_field_replaces_does_not_count() {
    let document = json!({
        "detail-type": "SageMaker Training Job State Change", "source": "aws.sagemaker", "account": 7,
        "detail": {"TrainingJobName": null, "FailureReason": {"code": 1}},
    });
    let mut event = there_and_back(&document.to_string());
    let Detail::TrainingJobStateChange(training) = &mut event.detail else {
        panic!("{event:?}");
    };
    training.training_job_name = "front".into();
    training.failure_reason = Some("none".into());
    event.account = "1".into();
    let again = there_and_back(&event.to_json());
    assert_eq!(again, event);
    assert_eq!(again.differences(), event.differences());
    let told = event.differences();
    let set = ["account", "detail.TrainingJobName", "detail.FailureReason"];
    assert!(
        told.iter().all(|one| !set.contains(&one.path.as_str())),
        "{told:?}"
    );
}

#[test]
fn what_is_no_object_is_refused_as_such() {
    for document in ["5", "\"x\"", "[]", "null"] {
        let error = serde_json::from_str::<sagemaker_events::TrainingJobStateChange>(document);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("expected an object"), "{document}: {error}");
    }
}

#[test]
fn another_source_is_another_event() {
    for (source, is_known) in [("aws.sagemaker", true), ("", true), ("aws.s3", false)] {
        let document = json!({
            "detail-type": "AWS API Call via CloudTrail", "source": source, "detail": {"eventName": "a"},
        });
        let event = there_and_back(&document.to_string());
        assert_eq!(
            !matches!(event.detail, Detail::Unknown(_)),
            is_known,
            "{source}"
        );
    }
}

#[test]
fn numbers_keep_all_their_digits() {
    let document = concat!(
        r#"{"source":"aws.sagemaker","detail-type":"SageMaker Training Job State Change","#,
        r#""big":340282366920938463463374607431768211456,"detail":{"TrainingJobName":-0,"#,
        r#""price":1.50,"tiny":1e-400,"CreationTime":1592411992203.000,"n":[18446744073709551616]}}"#
    );
    let event = Event::from_slice(document.as_bytes()).unwrap();
    let written = event.to_json();
    for number in [
        "340282366920938463463374607431768211456",
        ":-0,",
        "1.50",
        "1e-400",
        "1592411992203.000",
        "18446744073709551616",
    ] {
        assert!(written.contains(number), "{number}: {written}");
    }
    let by_serde = serde_json::to_string(&event).unwrap();
    assert!(
        by_serde.contains("340282366920938463463374607431768211456"),
        "{by_serde}"
    );
    assert_eq!(
        event.extra["big"].as_json(),
        "340282366920938463463374607431768211456"
    );
}

/// Whether a value says what event it is, and thus is one.
fn is_named(value: &Value) -> bool {
    let says = |key| value[key].as_str().is_some_and(|name| !name.is_empty());
    says("source") || says("detail-type")
}

/// The property: any JSON in place of any part of a documented event.
#[test]
fn random_json_in_place_of_any_part_is_never_lost() {
    let mut dice = Dice(7);
    let samples = samples();
    for round in 0..6_000 {
        let mut delivery = samples[round % samples.len()].clone();
        for _ in 0..=dice.roll(3) {
            let places = random::places(&delivery);
            let place = &places[dice.roll(places.len())];
            *delivery.pointer_mut(place).unwrap() = dice.json(4);
        }
        if is_named(&delivery) {
            there_and_back(&delivery.to_string());
        } else {
            let error = Event::from_slice(delivery.to_string().as_bytes()).unwrap_err();
            let wanted = if delivery.is_object() {
                ParseErrorKind::NotAnEvent
            } else {
                ParseErrorKind::NotAnObject
            };
            assert_eq!(error.kind(), wanted, "{delivery}");
        }
    }
}

/// Bytes that were changed, cut or repeated: what is read is what serde reads, and what is not is refused.
#[test]
fn random_bytes_never_panic() {
    let mut dice = Dice(11);
    let samples: Vec<String> = samples().iter().map(Value::to_string).collect();
    for round in 0..6_000 {
        let mut bytes = samples[round % samples.len()].clone().into_bytes();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes[at] = dice.byte(),
                1 => bytes.truncate(at + 1),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"{}[]\",:\\0u"[dice.roll(10)]),
            }
            if bytes.is_empty() {
                bytes.push(b'{');
            }
        }
        let by_serde = serde_json::from_slice::<Value>(&bytes);
        match Event::from_slice(&bytes) {
            Ok(event) => match by_serde {
                Ok(value) => {
                    let written: Value = serde_json::from_str(&event.to_json()).unwrap();
                    assert_eq!(written, value);
                }
                // Such as 1e999, which we keep as it is spelled.
                Err(error) => assert!(error.to_string().contains("out of range"), "{error}"),
            },
            Err(error) => {
                assert!(error.offset() <= bytes.len());
                let refused = by_serde.is_err() || error.to_string().contains("stands twice");
                assert!(refused || !is_named(&by_serde.unwrap()), "{error}");
            }
        }
        drop(LazyEvent::from_slice(&bytes).map(|event| event.detail().is_ok()));
    }
}

fn refused(document: &[u8]) -> ParseError {
    let error = Event::from_slice(document).unwrap_err();
    assert!(serde_json::from_slice::<Event>(document).is_err());
    error
}

#[test]
fn bad_documents_are_refused_with_their_place() {
    let error = refused(br#"{"source":"aws.sagemaker","detail":{"Tags":[{"a":"b"},{"c":"#);
    assert_eq!((error.offset(), error.path()), (59, "detail.Tags[1].c"));
    let twice = br#"{"detail-type":"SageMaker Training Job State Change","source":"","detail":{"x":[],"ResourceConfig":{"InstanceCount":2,"InstanceCount":3}}}"#;
    assert_eq!(
        refused(twice).to_string(),
        "byte 118, at detail.ResourceConfig.InstanceCount: this key stands twice in its object"
    );
    for twice in [
        &br#"{"id":"a","id":"a"}"#[..],
        br#"{"new":1,"source":"b","new":2}"#,
        br#"{"detail":{},"detail":{}}"#,
        br#"{"detail-type":"SageMaker Training Job State Change","source":"","detail":{"Tags":{"a":"","\u0061":""}}}"#,
    ] {
        assert!(refused(twice).to_string().ends_with("this key stands twice in its object"));
    }
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{\"a\":"] {
        let document = format!("{{\"detail\":{}", open.repeat(100_000));
        let error = refused(document.as_bytes());
        assert!(error.to_string().contains("more than 128 deep"), "{error}");
        assert!(error.path().len() < 1_000 && error.path().starts_with("detail"));
    }
}

#[test]
fn the_rest_of_what_can_be_wrong() {
    let error = refused(b"{\"id\":\"a\",\"detail\":{\"b\":[\"\xff\"]}}");
    assert_eq!((error.offset(), error.path()), (26, "detail.b[0]"));
    assert!(error.to_string().ends_with("these bytes are not UTF-8"));
    for document in [
        "",
        " ",
        "[]",
        "{",
        "{\"a\"",
        "{\"detail\":}",
        "{}{}",
        "{\"a\":01}",
        "{\"a\":\"\\ud800\"}",
    ] {
        let error = refused(document.as_bytes());
        assert!(error.to_string().starts_with("byte "), "{error}");
    }
}

#[test]
fn long_strings_are_read_once() {
    let long = "x".repeat(10_000_000);
    for document in [
        json!({"detail": {"ModelName": long}, "detail-type": "SageMaker Model State Change"}),
        json!({"source": long}),
        json!({"source": "s", long.as_str(): 1}),
    ] {
        let text = document.to_string();
        let event = Event::from_slice(text.as_bytes()).unwrap();
        assert_eq!(event.to_json().len(), text.len());
    }
    let error = refused(format!("{{\"detail\":{{\"a\":\"{long}").as_bytes());
    assert_eq!((error.offset(), error.path()), (10_000_016, "detail.a"));
}

#[test]
fn an_extra_member_can_be_made() {
    let mut event = Event::new(
        "aws.sagemaker",
        "SageMaker Furnace State Change",
        Detail::Unknown(sagemaker_events::Unknown::new(json!({"temperature": 1}))),
    );
    event.extra.insert("colour", "red");
    let expected = json!({
        "version": "0", "source": "aws.sagemaker", "detail-type": "SageMaker Furnace State Change",
        "detail": {"temperature": 1}, "colour": "red"
    });
    assert_eq!(event.to_json().parse::<Json>().unwrap(), expected);
}
