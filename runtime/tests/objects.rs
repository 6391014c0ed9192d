//! Structs of every kind of field come in with documents that fit and that do not; nothing is lost, nothing
//! is made up, and what is no JSON is refused.
#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_runtime::{
    Event, LazyEvent, ParseErrorKind, Subject, Text, Unknown, details,
    json::{Json, Map},
    object,
};
use serde_json::{Value, json};

object! {
    /// What a door hangs on.
    struct Hinge {
        /// What it is called.
        name: Text = "name",
    }
}

object! {
    /// A door.
    struct Door {
        /// What it hangs on: every door has one.
        hinge: Hinge = "hinge",
        /// In a box.
        handle: Box<Hinge> = "handle",
        /// How often it opened, each day.
        counts: Option<Vec<Option<i64>>> = "counts",
        /// Who has a key.
        keys: Option<Map<Option<Text>>> = "keys",
        /// Anything.
        any: Option<Json> = "any",
        /// Anything, in a box.
        boxed: Option<Box<Json>> = "boxed",
        /// A key that has to be escaped.
        backslash: Option<Text> = "a\\b",
        /// And another.
        quote: Option<Text> = "a\"b",
    }
}

details! {
    /// What happens in a house.
    enum House {
        /// A door opened.
        Door(Door) = "my.house", "Door Opened";
    }
}

fn document(detail: &str) -> String {
    format!(r#"{{"source":"my.house","detail-type":"Door Opened","detail":{detail}}}"#)
}

fn read(detail: &str) -> Event<House> {
    document(detail).parse().unwrap()
}

fn door(detail: &str) -> Door {
    match read(detail).detail {
        House::Door(door) => *door,
        House::Unknown(unknown) => panic!("{unknown:?}"),
    }
}

/// What is written is what was read, by each way.
#[test]
fn nothing_is_lost_and_nothing_made_up() {
    for detail in [
        r#"{}"#,
        r#"{"hinge":{"name":"left"},"handle":{"name":"h"}}"#,
        r#"{"hinge":{}}"#,
        r#"{"hinge":{"name":""}}"#,
        r#"{"hinge":null,"handle":5}"#,
        r#"{"hinge":["a","b"]}"#,
        r#"{"handle":{"x":null}}"#,
        r#"{"counts":[1,null,3]}"#,
        r#"{"counts":[null]}"#,
        r#"{"counts":[[1,null]]}"#,
        r#"{"counts":[1,"2",null]}"#,
        r#"{"keys":{"a":null,"b":"x"}}"#,
        r#"{"keys":{"a":"1","b":[null]}}"#,
        r#"{"any":null,"boxed":null}"#,
        r#"{"any":[null],"boxed":{"a":1.50}}"#,
        r#"{"a\\b":"0","a\"b":"1"}"#,
        r#"{"a\b":"0"}"#,
        r#"{"a\u005cb":"0"}"#,
    ] {
        let event = read(detail);
        let expected: Value = serde_json::from_str(&document(detail)).unwrap();
        let written: Value = serde_json::from_str(&event.to_json()).unwrap();
        assert_eq!(written, expected, "{detail}");
        assert_eq!(serde_json::to_value(&event).unwrap(), expected, "{detail}");
        assert_eq!(read(detail), event, "{detail}");
        assert_eq!(
            event.to_json().parse::<Event<House>>().unwrap(),
            event,
            "{detail}"
        );
    }
}

#[test]
fn nulls_stand_where_values_may_be_absent() {
    let door = door(r#"{"counts":[1,null,3],"keys":{"a":null,"b":"x"},"any":null,"boxed":null}"#);
    assert_eq!(door.counts, Some(vec![Some(1), None, Some(3)]));
    let keys = door.keys.unwrap();
    assert_eq!(
        (keys["a"].as_deref(), keys["b"].as_deref()),
        (None, Some("x"))
    );
    assert_eq!((door.any, door.boxed), (None, None));
    assert!(door.extra["any"].is_null() && door.extra.contains_key("boxed"));
}

#[test]
fn a_required_object_of_another_kind_is_told() {
    let told: Vec<_> = read(r#"{"hinge":[],"handle":{}}"#)
        .differences()
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected = [
        "detail.hinge: expected an object, found a list",
        "detail.handle.name: is missing",
    ];
    let told: Vec<_> = told
        .iter()
        .filter(|told| told.starts_with("detail."))
        .collect();
    assert_eq!(told, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_key_with_escapes_is_itself_alone() {
    let escaped = door(r#"{"a\\b":"0","a\"b":"1"}"#);
    assert_eq!(escaped.backslash.as_deref(), Some("0"));
    assert_eq!(escaped.quote.as_deref(), Some("1"));
    let other = door(r#"{"a\b":"0"}"#);
    assert_eq!((other.backslash, other.extra.len()), (None, 1));
    let no_json = document(r#"{"a\\b":"0","a"b":"1"}"#);
    assert!(no_json.parse::<Event<House>>().is_err());
}

/// Both cannot be kept where each has its place; what is not of a known kind is kept as it is spelled.
#[test]
fn a_map_with_one_key_twice_is_an_error() {
    let twice = document(r#"{"keys":{"a":"1","a":"2"}}"#);
    let error = twice.parse::<Event<House>>().unwrap_err();
    assert_eq!(error.kind(), ParseErrorKind::KeyTwice);
    assert_eq!(error.path(), "detail.keys.a");
    let other = door(r#"{"any":{"a":"1","a":"2"}}"#);
    assert_eq!(other.any.unwrap().as_json(), r#"{"a":"1","a":"2"}"#);
}

#[test]
fn a_document_that_is_cut_off_anywhere_is_told_so() {
    let whole =
        document(r#"{"hinge":{"name":"\ud83d\ude00\u0041\n"},"counts":[1.5e+3,true,null]}"#);
    for length in 0..whole.len() {
        let part = &whole.as_bytes()[..length];
        let kind = Event::<House>::from_slice(part).unwrap_err().kind();
        assert_eq!(
            kind,
            ParseErrorKind::CutOff,
            "{}",
            String::from_utf8_lossy(part)
        );
    }
    for (broken, at) in [
        (r#"{"id":"\u00g"#, 7),
        (r#"{"id":"\ud83d\n"#, 7),
        (r#"{"id":"\ud83dx"#, 7),
        (r#"{"id":"\x"#, 7),
    ] {
        let error = broken.parse::<Event<House>>().unwrap_err();
        assert_eq!(
            (error.kind(), error.offset()),
            (ParseErrorKind::NotJson, at),
            "{broken}"
        );
    }
}

#[test]
fn an_event_that_is_not_the_one_is_told_by_its_kind() {
    let kinds = |document: &str| {
        let lazy = LazyEvent::<Door>::new(document).unwrap().detail().cloned();
        let event = document.parse::<Event<Door>>();
        [lazy.unwrap_err(), event.unwrap_err()].map(|error| (error.kind(), error.offset()))
    };
    let other = r#"{"source":"my.shed","detail-type":"Door Opened","detail":{}}"#;
    assert_eq!(kinds(other), [(ParseErrorKind::OtherEvent, 57); 2]);
    let none = r#"{"source":"my.house","detail-type":"Door Opened"}"#;
    assert_eq!(kinds(none), [(ParseErrorKind::NoDetail, 49); 2]);
    let neither = r#"{"source":"my.shed"}"#;
    assert_eq!(kinds(neither), [(ParseErrorKind::OtherEvent, 20); 2]);
    assert_eq!(
        kinds(&document("7")),
        [(ParseErrorKind::NotAnObject, 58); 2]
    );
}

#[test]
fn the_reason_that_says_something_counts() {
    let event = read(r#"{"FailureReason":null,"failureReason":"","FAILUREREASON":"boom"}"#);
    assert_eq!(event.failure_reason(), Some("boom"));
    let event: Event<Json> = document(r#"{"FailureReason":"boom"}"#).parse().unwrap();
    assert_eq!(event.failure_reason(), Some("boom"));
    let unknown = House::Unknown(Unknown::new(json!({"FailureReason": "boom"})));
    assert_eq!(unknown.failure_reason(), Some("boom"));
}
