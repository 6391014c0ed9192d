//! What `descriptions.json` says becomes the description of schemas, and what it says of nothing is told with its
//! place: a made-up service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::files;
use eventbridge_learn::coverage::{self, Share};
use eventbridge_learn::{Evidence, Learned, reading};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = r#"Kiln state change
{ "source": "my.kiln", "detail-type": "Kiln State Change", "detail": { "KilnName": "one", "KilnStatus": "Lit",
"Tags": { "a": "b" }, "Shelves": [ { "ShelfName": "top", "Pots": [ { "PotName": "jug", "Glaze": "blue" } ] } ],
"Spare": { "ShelfName": "low", "Pots": [ { "PotName": "cup", "Glaze": "red" } ] } } }
Kiln door state change
{ "source": "my.kiln", "detail-type": "Kiln Door State Change", "detail": { "KilnName": "one", "Tags": {} } }
"#;

fn page() -> Evidence {
    reading::read("kiln.txt", PAGE).unwrap().into()
}

/// A set whose source says this of its events.
fn set(said: &str) -> TempDir {
    let set = tempfile::tempdir().unwrap();
    fs::create_dir(set.path().join("my.kiln")).unwrap();
    fs::write(set.path().join("my.kiln/descriptions.json"), said).unwrap();
    set
}

fn learned(said: &str) -> Learned {
    eventbridge_learn::learn(set(said).path(), &[page()])
}

/// What is wrong with it: `line:column: message (help)`.
fn refused(said: &str) -> Vec<String> {
    let learned = learned(said);
    assert!(!learned.is_sound(), "{said}");
    let told = learned.diagnostics.iter().map(|problem| {
        assert!(
            problem.path.ends_with("my.kiln/descriptions.json"),
            "{problem}"
        );
        let place = problem.place.unwrap();
        let help = problem.help.as_deref().unwrap_or_default();
        format!(
            "{}:{}: {} ({help})",
            place.line, place.column, problem.message
        )
    });
    told.collect()
}

fn schema(learned: &Learned, name: &str) -> Value {
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    let path = format!("my.kiln/{name}.json");
    let mut changes = learned.changes.iter();
    let change = changes.find(|change| change.path == path).unwrap();
    serde_json::from_str(change.new.as_deref().unwrap()).unwrap()
}

fn described(schema: &Value, definition: &str, field: &str) -> Value {
    schema["definitions"][definition]["properties"][field]["description"].clone()
}

#[test]
fn what_is_said_by_path_or_of_all_events_becomes_descriptions() {
    let learned = learned(
        r#"{
            "documentation": "https://example.org/kiln.html",
            "fields": { "Tags": "Tags of the kiln.", "PotName": "What the pot is.", "Pots[].Glaze": "Its glaze." },
            "events": {
                "Kiln State Change": {
                    "description": "Sent when `KilnStatus` changes.",
                    "documentation": "https://example.org/kiln.html#state",
                    "fields": { "KilnName": "Name of the kiln.", "Shelves[].ShelfName": "Where it stands." }
                }
            }
        }"#,
    );
    let state = schema(&learned, "StateChange");
    assert_eq!(state["description"], "Sent when `KilnStatus` changes.");
    assert_eq!(
        state["x-documentation"],
        "https://example.org/kiln.html#state"
    );
    for (definition, field, text) in [
        ("StateChange", "KilnName", "Name of the kiln."),
        ("StateChange", "Tags", "Tags of the kiln."),
        ("Shelve", "ShelfName", "Where it stands."),
        ("Pot", "PotName", "What the pot is."),
        ("Pot", "Glaze", "Its glaze."),
    ] {
        assert_eq!(described(&state, definition, field), text, "{field}");
    }
    assert_eq!(described(&state, "StateChange", "KilnStatus"), Value::Null);

    let door = schema(&learned, "DoorStateChange");
    assert_eq!(door["description"], Value::Null);
    assert_eq!(door["x-documentation"], "https://example.org/kiln.html");
    assert_eq!(
        described(&door, "DoorStateChange", "Tags"),
        "Tags of the kiln."
    );
    assert_eq!(described(&door, "DoorStateChange", "KilnName"), Value::Null);
}

#[test]
fn the_longest_end_of_a_path_holds_and_the_event_s_own_before_it() {
    let learned = learned(
        r#"{
            "fields": { "ShelfName": "Any shelf.", "Spare.ShelfName": "The spare one.", "KilnName": "The kiln." },
            "events": { "Kiln State Change": { "fields": { "KilnName": "This kiln." } } }
        }"#,
    );
    let state = schema(&learned, "StateChange");
    assert_eq!(described(&state, "StateChange", "KilnName"), "This kiln.");
    let door = schema(&learned, "DoorStateChange");
    assert_eq!(described(&door, "DoorStateChange", "KilnName"), "The kiln.");
}

#[test]
fn a_description_of_nothing_is_told_with_what_may_be_meant() {
    let told = refused(
        r#"{
  "fields": { "Tagz": "No such field.", "Pots[].KilnName": "Nor this." },
  "events": {
    "Kiln Stat Change": { "description": "No such event." },
    "Kiln State Change": { "fields": {
      "KilnNam": "A typo.",
      "Shelves[].Pots.PotName": "A list is between.",
      "Shelves[]": "No field."
    } }
  }
}"#,
    );
    assert_eq!(
        told,
        ["8:7: `Shelves[]` is no field, but what stands in one (describe the field that holds it)"]
    );
    let told = refused(
        r#"{
  "fields": { "Tagz": "No such field.", "Pots[].KilnName": "Nor this." },
  "events": {
    "Kiln Stat Change": { "description": "No such event." },
    "Kiln State Change": { "fields": {
      "KilnNam": "A typo.",
      "Shelves[].Pots.PotName": "A list is between."
    } }
  }
}"#,
    );
    let expected = [
        "6:7: `Kiln State Change` has no field `KilnNam` (did you mean KilnName,",
        "7:7: `Kiln State Change` has no field `Shelves[].Pots.PotName` (did you mean Shelves[].Pots[].PotName,",
        "4:5: there is no event `Kiln Stat Change` (did you mean Kiln State Change",
        "2:41: no event has a field `Pots[].KilnName` (did you mean",
        "2:15: no event has a field `Tagz` (did you mean Tags,",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for expected in expected {
        let found = told.iter().any(|told| told.starts_with(expected));
        assert!(found, "{expected}\n{told:#?}");
    }
}

#[test]
fn what_no_schema_follows_is_told() {
    let told = refused(
        r#"{
  "fields": { "KilnName": "Any.", "Tags": "Tags." },
  "events": {
    "Kiln State Change": { "fields": { "KilnName": "One." } },
    "Kiln Door State Change": { "fields": { "KilnName": "Another." } }
  }
}"#,
    );
    assert_eq!(
        told,
        ["2:15: each field that `KilnName` means is described more closely (remove it)"]
    );
    let told = refused(
        r#"{ "events": { "Kiln State Change": { "fields": {
  "Shelves[].Pots[].PotName": "One.",
  "Spare.Pots[].PotName": "Another."
} } } }"#,
    );
    assert_eq!(
        told,
        [
            "3:3: `Spare.Pots[].PotName` shares its type with a field that is described already \
             (keep the description that fits both)"
        ]
    );
}

#[test]
fn what_stands_twice_or_is_of_another_kind_is_told() {
    let long = "x".repeat(501);
    for (said, told) in [
        (
            r#"{ "fields": { "Tags": "a", "Tags": "b" } }"#.to_owned(),
            "1:28: this is not plain JSON: `Tags` stands here a second time",
        ),
        (
            r#"{ "fields": { "Tags": "a", "[\"Tags\"]": "b" } }"#.to_owned(),
            "1:28: `[\"Tags\"]` means the same field as a name in line 1 (keep one of them)",
        ),
        (
            "{ \"events\": { \"Kiln State Change\": { \"description\": \"a\" },\n\"Kiln State Change\": { \"description\": \"b\" } } }"
                .to_owned(),
            "2:1: this is not plain JSON: `Kiln State Change` stands here a second time",
        ),
        (
            r#"{ "fields": { "Tags": 3 } }"#.to_owned(),
            "1:23: invalid type: integer `3`, expected a string",
        ),
        (
            r#"{ "fields": { "Tags": null } }"#.to_owned(),
            "1:26: invalid type: null, expected a string",
        ),
        (
            r#"{ "events": { "Kiln State Change": "Sent." } }"#.to_owned(),
            "1:42: invalid type: string \"Sent.\"",
        ),
        (
            r#"{ "event": {} }"#.to_owned(),
            "1:9: unknown field `event`",
        ),
        (r#"{ "fields": { "Tags": "a" }"#.to_owned(), "1:27: EOF"),
        (
            r#"{ "fields": { "Tags": " " } }"#.to_owned(),
            "1:23: the description of `Tags` is empty (say what it means, or remove it)",
        ),
        (
            r#"{ "fields": { "Tags": "a\nb" } }"#.to_owned(),
            "1:23: a description stands on one line (say it in one sentence)",
        ),
        (
            format!(r#"{{ "fields": {{ "Tags": "{long}" }} }}"#),
            "1:23: a description has at most 500 characters",
        ),
        (
            r#"{ "fields": { "a..b": "a" } }"#.to_owned(),
            "1:15: `a..b` is no path of a field",
        ),
        (
            r#"{ "events": { "Kiln State Change": {} } }"#.to_owned(),
            "1:15: nothing is said of `Kiln State Change`",
        ),
        (
            r#"{ "documentation": "kiln.html" }"#.to_owned(),
            "1:20: expected the address of a page (begin it with https://",
        ),
    ] {
        let found = refused(&said);
        assert_eq!(found.len(), 1, "{said}: {found:#?}");
        assert!(found[0].starts_with(told), "{said}: {}", found[0]);
    }
}

#[test]
fn a_second_run_changes_nothing_and_text_alone_is_no_change_of_evidence() {
    let set = set(r#"{ "fields": { "Tags": "Tags of the kiln." } }"#);
    let first = eventbridge_learn::learn(set.path(), &[page()]);
    files::apply(set.path(), &first.changes).unwrap();
    assert!(eventbridge_learn::learn(set.path(), &[]).changes.is_empty());
    fs::write(
        set.path().join("my.kiln/descriptions.json"),
        r#"{ "fields": { "Tags": "What was tied to the kiln." } }"#,
    )
    .unwrap();
    let changes = eventbridge_learn::learn(set.path(), &[]).changes;
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(
        paths,
        ["my.kiln/DoorStateChange.json", "my.kiln/StateChange.json"]
    );
}

#[test]
fn coverage_lists_what_nobody_describes() {
    let set = set(
        r#"{ "fields": { "Tags": "Tags." }, "events": { "Kiln Door State Change": { "description": "Sent." } } }"#,
    );
    let learned = eventbridge_learn::learn(set.path(), &[page()]);
    files::apply(set.path(), &learned.changes).unwrap();
    let covered = coverage::coverage(set.path()).unwrap();
    let of = |detail_type: &str| {
        let mut events = covered.iter();
        events
            .find(|event| event.detail_type == detail_type)
            .unwrap()
    };
    let door = of("Kiln Door State Change");
    assert_eq!(door.described, Share { had: 2, of: 3 });
    assert_eq!(door.undescribed, ["KilnName"]);
    let state = of("Kiln State Change");
    assert_eq!(state.described.had, 1);
    assert_eq!(state.undescribed[..3], ["", "KilnName", "KilnStatus"]);
}

/// What this project says of the events that it knows by more than their names.
#[test]
fn every_event_and_field_of_the_committed_set_has_a_description() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    for event in coverage::coverage(&schemas).unwrap() {
        let missing = json!(event.undescribed);
        assert_eq!(missing, json!([]), "{}", event.detail_type);
    }
}
