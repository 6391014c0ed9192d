//! Thousands of objects of every kind of field come in, and what has to hold of all: what is written is read back, what is
//! set is got, and what is equal is so both ways, through a third, and in a hash table.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_runtime::json::{Json, Map, Number};
use eventbridge_runtime::{Extra, Pairs, Text, Timestamp, object, open_enum, setters};
use serde_json::Value;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

object! {
    /// What keeps a door shut.
    pub struct Lock {
        /// Who made it.
        maker: Text = "maker",
    }
}

open_enum! {
    /// How a door is.
    pub enum DoorState {
        /// Anyone may enter.
        Open = "OPEN",
        Shut = "SHUT",
    }
}

open_enum! {
    /// What nothing is known of.
    pub enum Mood {}
}

object! {
    /// A door.
    pub struct Door {
        /// What it is called.
        name: Text = "name",
        /// How it is.
        state: DoorState = "state",
        mood: Mood = "mood",
        /// What it weighs.
        weight: Number = "weight",
        /// When it was hung.
        hung: Timestamp = "hung",
        lock: Lock = "lock",
        wide: bool = "wide",
        count: Option<i64> = "count",
        keys: Option<Vec<Text>> = "keys",
        marks: Option<Map<Text>> = "marks",
        tags: Option<Pairs> = "tags",
        any: Option<Json> = "any",
    }
}
setters! {
    Door {
        with_name: name(Text),
        with_state: state(DoorState),
        with_mood: mood(Mood),
        with_weight: weight(Number),
        with_wide: wide(bool),
        with_count: Some(count(i64)),
        with_keys: Some(keys([Text])),
    }
}

/// What may stand at each key, also what is spelled otherwise and means the same, and what is of another kind.
const VALUES: [(&str, &[&str]); 13] = [
    (
        "name",
        &[r#""""#, r#""front""#, r#""fr\u006fnt""#, "null", "7"],
    ),
    ("state", &[r#""OPEN""#, r#""AJAR""#, r#""""#, "null", "[]"]),
    ("mood", &[r#""Calm""#, r#""""#, "1"]),
    (
        "weight",
        &[
            "0",
            "0.0",
            "1",
            "1.0",
            "1e0",
            "12345678901234567890.5",
            r#""1""#,
        ],
    ),
    (
        "hung",
        &[
            "0",
            "1592411992203",
            "1592411992203.0",
            r#""2020-01-01T00:00:00Z""#,
            r#""soon""#,
        ],
    ),
    (
        "lock",
        &[
            "{}",
            r#"{"maker":"Ann"}"#,
            r#"{"maker":"Ann","age":3}"#,
            "3",
        ],
    ),
    ("wide", &["true", "false", "0"]),
    ("count", &["0", "3", "3.0", "null", r#""3""#]),
    (
        "keys",
        &["[]", r#"["a","b"]"#, r#"["b","a"]"#, "null", r#"["a",1]"#],
    ),
    ("marks", &["{}", r#"{"a":"b"}"#, r#"{"a":1}"#]),
    (
        "tags",
        &["{}", r#"{"a":"b"}"#, r#"[{"Key":"a","Value":"b"}]"#, "4"],
    ),
    (
        "any",
        &["{}", r#"{"a":[1,{"b":null}]}"#, "1.0", "1", "null"],
    ),
    ("colour", &[r#""red""#, "null", "[1.0]", "[1]"]),
];

/// A door as JSON, its members in any order.
fn document(dice: &mut Dice) -> String {
    let mut members: Vec<String> = Vec::new();
    for (key, values) in VALUES {
        if dice.roll(3) > 0 {
            let member = format!("{key:?}:{}", values[dice.roll(values.len())]);
            members.insert(dice.roll(members.len() + 1), member);
        }
    }
    format!("{{{}}}", members.join(","))
}

fn read(document: &str) -> Door {
    serde_json::from_str(document).unwrap()
}

fn write(door: &Door) -> String {
    serde_json::to_string(door).unwrap()
}

fn hash(door: &Door) -> u64 {
    let mut hasher = DefaultHasher::new();
    door.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn what_is_written_is_read_back() {
    let mut dice = Dice(14);
    for _ in 0..3_000 {
        let document = document(&mut dice);
        let door = read(&document);
        let written = write(&door);
        assert_eq!(read(&written), door, "{document}");
        let [was, is] =
            [&document, &written].map(|text| -> Value { serde_json::from_str(text).unwrap() });
        assert_eq!(is, was, "{document}");
    }
}

#[test]
fn each_member_is_what_stands_in_the_document() {
    let mut dice = Dice(15);
    for _ in 0..3_000 {
        let document = document(&mut dice);
        let door = read(&document);
        let tree: Value = serde_json::from_str(&document).unwrap();
        for (key, _) in VALUES {
            let member = door
                .get(key)
                .map(|member| member.to_json().to_value().unwrap());
            assert_eq!(member.as_ref(), tree.get(key), "{key} of {document}");
        }
        assert!(door.get("nothing").is_none());
        let json: Json = document.parse().unwrap();
        for (key, value) in json.entries() {
            let member = door.get(key).unwrap();
            assert_eq!(member.kind(), value.kind(), "{key} of {document}");
            assert_eq!(member.as_str(), value.as_str(), "{key} of {document}");
            assert_eq!(member.as_bool(), value.as_bool(), "{key} of {document}");
            assert_eq!(member.as_number(), value.as_number(), "{key} of {document}");
        }
    }
}

#[test]
fn what_is_set_is_got_whatever_was_there() {
    let mut dice = Dice(16);
    for _ in 0..1_000 {
        let document = document(&mut dice);
        let door = read(&document)
            .with_name("back")
            .with_state("HALF")
            .with_mood(String::from("Calm"))
            .with_weight(7)
            .with_wide(true)
            .with_count(9)
            .with_keys(["x"]);
        for (key, json) in [
            ("name", r#""back""#),
            ("state", r#""HALF""#),
            ("mood", r#""Calm""#),
            ("weight", "7"),
            ("wide", "true"),
            ("count", "9"),
            ("keys", r#"["x"]"#),
        ] {
            let member = door.get(key).map(|member| member.to_json());
            assert_eq!(member, Some(json.parse().unwrap()), "{key} of {document}");
        }
        let mut door = door;
        door.extra.insert("Colour", Json::from("blue"));
        assert_eq!(door.get("Colour").and_then(|it| it.as_str()), Some("blue"));
        assert_eq!(read(&write(&door)), door, "{document}");
    }
}

/// Nothing tells a field that was given its empty value from one that nobody gave any; whoever means it uses `with_…`.
#[test]
fn what_is_set_to_nothing_by_a_setter_is_written_and_what_is_not_set_is_not() {
    assert_eq!(write(&Door::new()), "{}");
    let mut assigned = Door::new();
    assigned.name = Text::default();
    assert_eq!(write(&assigned), "{}");
    let set = Door::new().with_name("").with_state("").with_wide(false);
    assert_eq!(write(&set), r#"{"name":"","state":"","wide":false}"#);
    for door in [Door::new(), assigned, set, Door::default()] {
        assert_eq!(read(&write(&door)), door, "{door:?}");
    }
    assert_ne!(Door::new(), Door::new().with_name(""));
}

#[test]
#[allow(
    clippy::mutable_key_type,
    reason = "what JSON remembers of its parts is in neither `==` nor a hash: that is what is tested"
)]
fn equality_is_one_and_hashes_follow_it() {
    let mut dice = Dice(17);
    // Few members and few values each, so that many are equal.
    let mut doors: Vec<Door> = Vec::new();
    for _ in 0..150 {
        let mut members: Vec<String> = Vec::new();
        for at in [0, 3, 4, 7, 10, 12] {
            let (key, values) = VALUES[at];
            if dice.roll(6) == 0 {
                members.insert(
                    dice.roll(members.len() + 1),
                    format!("{key:?}:{}", values[dice.roll(values.len())]),
                );
            }
        }
        doors.push(read(&format!("{{{}}}", members.join(","))));
    }
    let mut pairs = 0;
    for a in &doors {
        assert_eq!(a, &a.clone());
        for b in doors.iter().filter(|b| *b == a) {
            pairs += 1;
            assert_eq!(b, a, "the other way round");
            assert_eq!(hash(a), hash(b), "{a:?} {b:?}");
            for c in doors.iter().filter(|c| *c == b) {
                assert_eq!(a, c, "through {b:?}");
            }
        }
    }
    assert!(pairs > 400, "{pairs} pairs are equal");
    let mut kinds: Vec<&Door> = Vec::new();
    for door in &doors {
        if !kinds.contains(&door) {
            kinds.push(door);
        }
    }
    let set: HashSet<&Door> = doors.iter().collect();
    assert_eq!(set.len(), kinds.len());
    let owned: HashSet<Door> = doors.iter().cloned().collect();
    assert!(owned.len() == kinds.len() && owned.contains(&doors[0]));
    let extras: HashSet<Extra> = doors.iter().map(|door| door.extra.clone()).collect();
    assert!(!extras.is_empty());
}
