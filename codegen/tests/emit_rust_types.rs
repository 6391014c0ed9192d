//! The golden crate and the golden module compile, and their types read and write events as they should.

#![allow(clippy::unwrap_used, clippy::panic)]

/// As a build script would leave it: with all types, whatever features there are.
#[allow(dead_code, unexpected_cfgs, unreachable_pub, unused_imports)]
mod house {
    include!("golden/rust_module/events.rs");
}

use house::door::{DoorStateChange, DoorStatus};
use house::{Detail, Event, Reason, What};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

fn door() -> Value {
    json!({
        "version": "0", "id": "1", "detail-type": "House Door State Change", "source": "home.house",
        "account": "123456789012", "time": "2024-01-01T00:00:00Z", "region": "eu-west-1", "resources": ["arn"],
        "detail": {
            "DoorName": "front", "DoorStatus": "OPEN", "CreationTime": 1_592_411_992_203.0,
            "FailureReason": "stuck", "Locks": [
                {"KeyARNs": ["a", "b"], "Turned": ["1583831889050", 7, "2024-01-01T00:00:00Z"], "Spare": {"KeyARNs": []}},
                {"KeyARNs": [], "Maker": {"Name": {"First": null}}}
            ],
            "Tags": {"a": "b"}, "VolumeSizeInGB": 30, "Weight": 1.0, "IsOpen": true, "Note": [null], "Either": 1
        }
    })
}

/// Reads an event in every way, and holds that each writes what it has read.
fn there_and_back(value: &Value) -> Event {
    let text = value.to_string();
    let event: Event = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(Event::from_slice(text.as_bytes()).as_ref(), Ok(&event));
    assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    assert_eq!(&serde_json::to_value(&event).unwrap(), value);
    let written: Value = serde_json::from_str(&event.to_json()).unwrap();
    assert_eq!(&written, value);
    event
}

fn typed(event: Event) -> DoorStateChange {
    match event.detail {
        Detail::DoorStateChange(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

fn reason(event: Event) -> Reason {
    match event.detail {
        Detail::Unknown(unknown) => unknown.reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_detail_is_typed() {
    let detail = typed(there_and_back(&door()));
    assert_eq!(detail.door_name, "front");
    assert_eq!(detail.door_status, DoorStatus::Open);
    assert_eq!(detail.creation_time.unix_millis(), 1_592_411_992_203);
    assert_eq!(detail.weight.unwrap(), 1);
    let locks = detail.locks.unwrap();
    assert_eq!(
        locks[0].turned.as_ref().unwrap()[0].to_string(),
        "2020-03-10T09:18:09.050Z"
    );
    assert!(locks[0].spare.as_ref().unwrap().key_arns.is_empty());
    assert_eq!(
        locks[1].maker.as_ref().unwrap().extra["Name"],
        json!({"First": null})
    );
    assert!(detail.extra.is_empty());
}

#[test]
fn unknown_fields_are_kept_at_every_level() {
    let mut value = door();
    value["more"] = json!(1);
    value["detail"]["More"] = json!({"deep": [1.0, null]});
    value["detail"]["doorname"] = json!("other case");
    value["detail"]["Locks"][0]["Spare"]["More"] = json!(null);
    let detail = typed(there_and_back(&value));
    let deep = detail.extra["More"].get("deep").unwrap();
    assert_eq!(deep.item(0).unwrap(), 1.0);
    assert_eq!(detail.extra["doorname"], "other case");
}

#[test]
fn unknown_values_are_kept() {
    let mut value = door();
    value["detail"]["DoorStatus"] = json!("MELTING");
    let detail = typed(there_and_back(&value));
    assert_eq!(detail.door_status, DoorStatus::Unknown("MELTING".into()));
    assert!(!detail.door_status.is_known());
}

#[test]
fn optional_fields_may_be_absent_empty_or_null() {
    let whole = door();
    for key in whole["detail"].as_object().unwrap().keys() {
        let mut absent = whole.clone();
        absent["detail"].as_object_mut().unwrap().remove(key);
        let mut null = whole.clone();
        null["detail"][key] = Value::Null;
        let required = ["DoorName", "DoorStatus", "CreationTime"].contains(&key.as_str());
        assert_eq!(
            told(&there_and_back(&null)),
            [format!("detail.{key}: is null")]
        );
        let missing = told(&there_and_back(&absent));
        assert_eq!(missing.is_empty(), !required, "{key}: {missing:?}");
    }
    let mut empty = whole;
    empty["detail"]["Locks"] = json!([]);
    empty["detail"]["Tags"] = json!({});
    assert_eq!(typed(there_and_back(&empty)).locks, Some(vec![]));
}

#[test]
fn a_field_of_another_kind_is_set_aside_alone() {
    let whole = door();
    for key in whole["detail"].as_object().unwrap().keys() {
        let taken = |kind: &str| match key.as_str() {
            "Note" | "Either" => true,
            // A text that names no instant is of another kind.
            "CreationTime" => ["instant", "number"].contains(&kind),
            "DoorName" | "DoorStatus" | "FailureReason" => ["text", "instant"].contains(&kind),
            "VolumeSizeInGB" | "Weight" => kind == "number",
            "IsOpen" => kind == "boolean",
            "Locks" => kind == "list",
            "Tags" => ["object", "list"].contains(&kind),
            _ => kind == "object",
        };
        for (kind, odd) in [
            ("text", json!("odd")),
            ("instant", json!("2024-01-01T00:00:00Z")),
            ("number", json!(7)),
            ("boolean", json!(false)),
            ("list", json!([])),
            ("object", json!({})),
            ("mixed", json!([[{"a": 1}], 2])),
        ] {
            let mut value = whole.clone();
            value["detail"][key] = odd.clone();
            let event = there_and_back(&value);
            let detail = typed(event.clone());
            assert_eq!(detail.extra.contains_key(key), !taken(kind), "{key}: {odd}");
            assert_eq!(detail.extra.len(), usize::from(!taken(kind)));
            let differences = event.differences();
            let is_kind = |what: &What| matches!(what, What::Kind { .. });
            assert_eq!(
                differences.iter().any(|one| is_kind(&one.what)),
                !taken(kind)
            );
        }
    }
}

#[test]
fn an_item_of_another_kind_sets_its_field_aside() {
    let mut value = door();
    value["detail"]["Locks"][0]["Turned"][1] = json!(null);
    value["detail"]["Tags"]["a"] = json!(1);
    let event = there_and_back(&value);
    let paths = ["detail.Locks[0].Turned", "detail.Tags"];
    assert_eq!(told(&event).len(), 2);
    assert!(
        told(&event)
            .iter()
            .zip(paths)
            .all(|(told, path)| told.starts_with(path))
    );
    let detail = typed(event);
    assert_eq!(detail.extra["Tags"], json!({"a": 1}));
    assert_eq!(detail.locks.unwrap()[0].key_arns.len(), 2);
}

/// The differences of an event, as a person reads them, but for the one that the door has from the start.
fn told(event: &Event) -> Vec<String> {
    let told = event.differences().into_iter().map(|one| one.to_string());
    told.filter(|one| !one.starts_with("detail.Locks[1].Maker.Name: "))
        .collect()
}

#[test]
fn a_detail_that_is_no_object_is_unknown() {
    let mut value = door();
    for odd in [json!(null), json!([]), json!("text"), json!(1)] {
        value["detail"] = odd;
        let reason = reason(there_and_back(&value));
        assert_eq!(reason, Reason::Unfit("expected an object".to_owned()));
    }
}

#[test]
fn differences_are_told_by_path() {
    let mut value = door();
    value["colour"] = json!("red");
    value["account"] = json!(7);
    value["detail"]["DoorStatus"] = json!("MELTING");
    value["detail"]["Locks"][0]["Spare"] = json!({"KeyARNs": [], "Maker": null, "Rust": true});
    let told = told(&there_and_back(&value));
    let expected = [
        "account: expected a string, found a number",
        "detail.DoorStatus: the value is none of those that are known",
        "detail.Locks[0].Spare.Maker: is null",
        "detail.Locks[0].Spare.Rust: no such field is known",
        "colour: no such field is known",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_all_types_share_is_found() {
    let event = there_and_back(&door());
    assert_eq!(event.name(), Some("front"));
    assert_eq!(event.status(), Some("OPEN"));
    assert_eq!(event.arn(), None);
    assert_eq!(event.failure_reason(), Some("stuck"));
    assert_eq!(event.created_at().unwrap().unix_millis(), 1_592_411_992_203);
    assert_eq!(event.modified_at(), None);
    assert_eq!(event.tags(), Some(vec![("a", "b")]));
}

#[test]
fn unknown_detail_types_are_kept() {
    let mut value = door();
    value["detail-type"] = json!("House Roof State Change");
    assert_eq!(reason(there_and_back(&value)), Reason::DetailType);
    value.as_object_mut().unwrap().remove("detail-type");
    assert_eq!(reason(there_and_back(&value)), Reason::DetailType);
}

#[test]
fn the_source_counts() {
    let detail = json!({
        "RequiredAny": null, "RequiredMap": {"a": [null]}, "RequiredCount": 3, "type": "t", "source": "s",
        "Source": "S", "extra": "e", "": "empty", "名前": "x", "Anything": {"a": null},
        "VecPart": [{"k": "a"}, {"k": "z"}], "StringPart": [{"k": {"Name": null}}]
    });
    let of = |source: &str, detail_type: &str| {
        there_and_back(&json!({"source": source, "detail-type": detail_type, "detail": detail}))
            .detail
    };
    let Detail::EventDetail(event) = of("home.house", "House Changed") else {
        panic!()
    };
    assert_eq!(event.extra_.as_deref(), Some("e"));
    assert_eq!(event.source_2.as_deref(), Some("S"));
    assert!(matches!(
        of("home.garden", "House Changed"),
        Detail::OptionEvent(_)
    ));
    assert!(matches!(of("test", "House Changed"), Detail::Unknown(_)));
    // Where one source alone has a detail-type, another source's event is another event; none is no other.
    let of_house = |source: &str| of(source, "House `Type` <Change>");
    assert!(matches!(of_house("home.house"), Detail::Type(_)));
    assert!(matches!(of_house(""), Detail::Type(_)));
    assert!(matches!(of_house("test"), Detail::Unknown(_)));
}

#[test]
fn all_known_events_are_listed() {
    assert_eq!(Detail::KNOWN.len(), 10);
    assert!(Detail::KNOWN.contains(&("home.house", "House Door State Change")));
    assert_eq!(DoorStatus::KNOWN.len(), 8);
}

#[test]
fn an_event_can_be_made() {
    let detail = DoorStateChange::new()
        .with_door_name("back")
        .with_door_status("OPEN")
        .with_creation_time(house::Timestamp::from_unix_millis(0))
        .with_failure_reason("stuck");
    let event = Event::from(detail);
    assert_eq!(event.detail_type, "House Door State Change");
    let written = serde_json::to_value(&event).unwrap();
    assert_eq!(
        written["detail"],
        json!({"DoorName": "back", "DoorStatus": "OPEN", "CreationTime": 0, "FailureReason": "stuck"})
    );
    assert_eq!(serde_json::from_value::<Event>(written).unwrap(), event);
}

#[test]
fn a_type_goes_there_and_back_alone() {
    let value = &door()["detail"];
    let detail = DoorStateChange::deserialize(value).unwrap();
    assert_eq!(&serde_json::to_value(&detail).unwrap(), value);
    assert!(serde_json::from_str::<DoorStateChange>("[]").is_err());
    assert_eq!(&serde_json::to_value(Detail::from(detail)).unwrap(), value);
}

/// With the feature `patterns`, which this test has not: as a crate of its own.
#[test]
fn the_pattern_builders_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-crate");
    copy(&root.join("tests/golden/rust"), &place);
    fs::copy(root.join("../Cargo.lock"), place.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(place.join("Cargo.toml")).unwrap();
    let runtime = root.join("../runtime").canonicalize().unwrap();
    let patch = format!("patch.crates-io.eventbridge-runtime.path={runtime:?}");
    fs::write(place.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--features", "patterns"])
        .args(["--config", &patch])
        .env("CARGO_TARGET_DIR", place.join("target"))
        .current_dir(&place)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && !said.contains("warning"),
        "{said}"
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(path, place).unwrap();
        }
    }
}
