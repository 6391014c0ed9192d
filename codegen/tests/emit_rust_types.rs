//! The golden crate and the golden module compile, and their types read and write events as they should.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, unexpected_cfgs, unreachable_pub, unused_imports)]
#[path = "golden/rust/src/lib.rs"]
mod house;

/// As a build script would leave it.
#[allow(dead_code, unexpected_cfgs, unreachable_pub, unused_imports)]
mod included {
    include!("golden/rust_module/events.rs");
}

use house::door_state_change::{DoorStateChange, DoorStatus};
use house::{Detail, Event, Reason};
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
                {"KeyARNs": ["a", "b"], "Turned": ["1583831889050", 7, "soon"], "Spare": {"KeyARNs": []}},
                {"KeyARNs": [], "Maker": {"Name": {"First": null}}}
            ],
            "Tags": {"a": "b"}, "VolumeSizeInGB": 30, "Weight": 1.0, "IsOpen": true, "Note": [null], "Either": 1
        }
    })
}

/// Reads an event in both renderings, and holds that each writes what it has read.
fn there_and_back(value: &Value) -> Event {
    let included: included::Event = serde_json::from_str(&value.to_string()).unwrap();
    assert_eq!(&serde_json::to_value(&included).unwrap(), value);
    let event: Event = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&event).unwrap(), value);
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        serde_json::to_string(&included).unwrap()
    );
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
    assert_eq!(detail.creation_time.unix_millis(), Some(1_592_411_992_203));
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
    assert_eq!(detail.extra["More"]["deep"][0], 1.0);
    assert_eq!(detail.extra["doorname"], "other case");
}

#[test]
fn unknown_values_are_kept() {
    let mut value = door();
    value["detail"]["DoorStatus"] = json!("MELTING");
    let detail = typed(there_and_back(&value));
    assert_eq!(
        detail.door_status,
        DoorStatus::Unknown("MELTING".to_owned())
    );
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
        for value in [absent, null] {
            let fits = matches!(there_and_back(&value).detail, Detail::DoorStateChange(_));
            assert_eq!(fits, !required, "{key}");
        }
    }
    let mut empty = whole;
    empty["detail"]["Locks"] = json!([]);
    empty["detail"]["Tags"] = json!({});
    assert_eq!(typed(there_and_back(&empty)).locks, Some(vec![]));
}

#[test]
fn what_does_not_fit_is_kept_with_the_reason() {
    let mut value = door();
    value["detail"]["Locks"] = json!("none");
    let Reason::Unfit(message) = reason(there_and_back(&value)) else {
        panic!()
    };
    assert_eq!(
        message,
        "invalid type: string \"none\", expected a sequence"
    );
    for odd in [json!(null), json!([]), json!("text"), json!(1)] {
        value["detail"] = odd;
        assert!(matches!(reason(there_and_back(&value)), Reason::Unfit(_)));
    }
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
fn the_source_counts_where_two_have_one_detail_type() {
    let detail = json!({
        "RequiredAny": null, "RequiredMap": {"a": [null]}, "RequiredCount": 3, "type": "t", "source": "s",
        "Source": "S", "extra": "e", "": "empty", "名前": "x", "Anything": {"a": null},
        "VecPart": [{"k": "a"}, {"k": "z"}], "StringPart": [{"k": {"Name": null}}]
    });
    let of = |source: &str, detail_type: &str| {
        there_and_back(&json!({"source": source, "detail-type": detail_type, "detail": detail}))
            .detail
    };
    let Detail::EventEvent(event) = of("home.house", "House Changed") else {
        panic!()
    };
    assert_eq!(event.extra_.as_deref(), Some("e"));
    assert_eq!(event.source_2.as_deref(), Some("S"));
    assert!(matches!(
        of("home.garden", "House Changed"),
        Detail::OptionEvent(_)
    ));
    assert!(matches!(of("test", "House Changed"), Detail::Unknown(_)));
    assert!(matches!(
        of("test", "House `Type` <Change>"),
        Detail::Type(_)
    ));
    assert!(matches!(
        of("test", "Window\\ Broken\n"),
        Detail::Unknown(_)
    ));
}

#[test]
fn all_known_events_are_listed() {
    assert_eq!(Detail::KNOWN.len(), 9);
    assert_eq!(Detail::KNOWN[0], ("home.house", "House Door State Change"));
    assert_eq!(DoorStatus::KNOWN.len(), 8);
}

/// As another crate has to: there the structs are not exhaustive.
#[allow(clippy::field_reassign_with_default)]
#[test]
fn an_event_can_be_made() {
    let mut detail = DoorStateChange::default();
    detail.door_name = "back".to_owned();
    detail.door_status = "OPEN".into();
    let event = Event::new(
        "home.house",
        "House Door State Change",
        Detail::DoorStateChange(detail.into()),
    );
    let written = serde_json::to_value(event).unwrap();
    assert_eq!(
        written["detail"],
        json!({"DoorName": "back", "DoorStatus": "OPEN", "CreationTime": 0})
    );
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
    let manifest = manifest.replace("../../runtime", runtime.to_str().unwrap());
    fs::write(place.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--features", "patterns"])
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
