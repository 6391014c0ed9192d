use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::Unknown;
use crate::object::WriteField;

fn delivery() -> Value {
    json!({
        "version": "0", "id": "6a7e", "detail-type": "Door Opened", "source": "my.house",
        "account": "123456789012", "time": "2024-01-01T00:00:00Z", "region": "eu-west-1",
        "resources": [], "replay-name": "again", "detail": {"door": "front", "by": null}
    })
}

fn read(value: &Value) -> Event<Value> {
    Event::deserialize(value).unwrap()
}

#[test]
fn a_tree_that_cannot_be_is_an_error_and_not_null() {
    let document = r#"{"source":"s","detail":{"a":[1e400]}}"#;
    let error = document.parse::<Event<serde_json::Value>>().unwrap_err();
    assert_eq!((error.offset(), error.path()), (23, "detail"));
    assert!(error.to_string().contains("`Json` can"), "{error}");
    let event: Event<crate::Json> = document.parse().unwrap();
    assert_eq!(event.to_json(), document);
}

#[test]
fn a_delivery_is_read_and_written_back() {
    let event = read(&delivery());
    assert_eq!(event.version, "0");
    assert_eq!(event.detail_type, "Door Opened");
    assert_eq!(
        event.time.as_ref().unwrap().unix_millis(),
        1_704_067_200_000
    );
    assert_eq!(event.replay_name.as_deref(), Some("again"));
    assert!(event.extra.is_empty());
    assert_eq!(serde_json::to_value(&event).unwrap(), delivery());
}

#[test]
fn every_way_into_serde_json_is_the_same() {
    let text = delivery().to_string();
    let event = read(&delivery());
    assert_eq!(serde_json::from_str::<Event<Value>>(&text).unwrap(), event);
    assert_eq!(
        serde_json::from_slice::<Event<Value>>(text.as_bytes()).unwrap(),
        event
    );
    assert_eq!(
        serde_json::from_reader::<_, Event<Value>>(text.as_bytes()).unwrap(),
        event
    );
    assert_eq!(
        serde_json::from_value::<Event<Value>>(delivery()).unwrap(),
        event
    );
}

#[test]
fn keys_come_in_the_order_of_a_delivery() {
    let text = serde_json::to_string(&read(&delivery())).unwrap();
    let (front, back) = text.split_once("\"detail\"").unwrap();
    assert!(front.starts_with(r#"{"version":"0","id":"6a7e","detail-type""#));
    assert!(back.ends_with("}}"));
}

#[test]
fn any_field_may_be_absent_null_or_of_another_kind() {
    let whole = delivery();
    for key in whole.as_object().unwrap().keys() {
        for odd in [
            None,
            Some(json!(null)),
            Some(json!(7)),
            Some(json!([{}])),
            Some(json!("")),
        ] {
            let mut value = whole.clone();
            let members = value.as_object_mut().unwrap();
            match odd {
                None => members.remove(key),
                Some(odd) => members.insert(key.clone(), odd),
            };
            assert_eq!(serde_json::to_value(read(&value)).unwrap(), value, "{key}");
        }
    }
    for value in [
        json!({"source": "s"}),
        json!({"detail-type": "d", "source": null}),
        json!({"detail-type": "d", "more": {"a": [null]}, "account": 123_456_789_012_u64}),
    ] {
        assert_eq!(serde_json::to_value(read(&value)).unwrap(), value);
    }
}

#[test]
fn a_field_set_later_takes_the_place_of_what_did_not_fit() {
    let mut event = read(&json!({"source": "s", "account": 7, "detail": {"by": null}}));
    event.account = "123456789012".into();
    event.detail["by"] = json!("me");
    let expected = json!({"source": "s", "account": "123456789012", "detail": {"by": "me"}});
    assert_eq!(serde_json::to_value(&event).unwrap(), expected);
}

#[test]
fn what_is_no_object_is_an_error() {
    for text in ["", "[]", "1", "null", "{\"detail\":", "{\"a\":\u{0}}"] {
        assert!(
            serde_json::from_str::<Event<Value>>(text).is_err(),
            "{text}"
        );
    }
    let deep = "[".repeat(100_000);
    assert!(serde_json::from_str::<Event<Value>>(&format!("{{\"detail\":{deep}")).is_err());
}

/// Knows one detail-type of one source.
#[derive(Debug, PartialEq)]
enum Home {
    Door(BTreeMap<String, String>),
    Unknown(Unknown),
}

impl WriteField for Home {
    fn node(&self) -> Option<Node<'_>> {
        Some(match self {
            Self::Door(door) => Node::Serde(door),
            Self::Unknown(unknown) => Node::Json(&unknown.detail),
        })
    }
}

impl Detail for Home {
    fn read(source: &str, detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, RawError> {
        let detail = reader.json()?;
        Ok(match (source, detail_type) {
            ("my.house", "Door Opened") => {
                crate::fit(detail).map_or_else(Self::Unknown, Self::Door)
            }
            _ => Self::Unknown(Unknown::new(detail)),
        })
    }
}

#[test]
fn the_detail_is_read_by_its_type_wherever_that_stands() {
    let text = r#"{"detail":{"door":"front"},"source":"my.house","detail-type":"Door Opened"}"#;
    let event: Event<Home> = serde_json::from_str(text).unwrap();
    assert!(matches!(&event.detail, Home::Door(door) if door["door"] == "front"));
    let new = Event::new("my.house", "Door Opened", event.detail);
    let value = serde_json::to_value(&new).unwrap();
    let mut expected: Value = serde_json::from_str(text).unwrap();
    expected["version"] = json!("0");
    assert_eq!(value, expected);
}

#[test]
fn a_detail_that_does_not_fit_is_kept() {
    let value = json!({"detail": {"door": 1}, "source": "my.house", "detail-type": "Door Opened"});
    let event = Event::<Home>::deserialize(&value).unwrap();
    let Home::Unknown(unknown) = &event.detail else {
        panic!("{event:?}")
    };
    assert!(unknown.reason.to_string().contains("expected a string"));
    assert_eq!(serde_json::to_value(&event).unwrap(), value);
}

#[test]
fn what_is_written_otherwise_is_not_equal() {
    let event = |members: &str| {
        let members = members.trim_matches(['{', '}']);
        let source = r#""source": "s""#;
        let comma = if members.is_empty() { "" } else { "," };
        let event = format!("{{{source}{comma}{members}}}");
        event.parse::<Event<Json>>().unwrap()
    };
    for (one, other) in [
        (r#"{"id": ""}"#, "{}"),
        (r#"{"detail": null}"#, "{}"),
        (r#"{"time": null}"#, "{}"),
        (r#"{"x": 1}"#, r#"{"x": 2}"#),
        (r#"{"account": 1}"#, r#"{"account": 2}"#),
    ] {
        assert_ne!(event(one), event(other), "{one} {other}");
    }
    assert_eq!(
        event(r#"{"x": 1, "id": ""}"#),
        event(r#"{"id": "", "x": 1.0}"#)
    );
    let mut one = event(r#"{"id": 7}"#);
    one.id = "a".into();
    assert_eq!(one, event(r#"{"id": "a"}"#));
}
