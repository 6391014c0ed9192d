//! Pages, registry documents and an API model give the same schemas in any order and any split, learned once
//! or again; and what corrections say of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::files;
use eventbridge_learn::{Evidence, Learned, document, reading};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

impl Dice {
    fn shuffled<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let mut left = items.to_vec();
        let mut order = Vec::new();
        while !left.is_empty() {
            order.push(left.swap_remove(self.roll(left.len())));
        }
        order
    }
}

fn page(name: &str, events: &[(&str, &str)]) -> Evidence {
    let blocks = events.iter().map(|(detail_type, detail)| {
        format!("{detail_type}\n{{ \"source\": \"my.kiln\", \"detail-type\": \"{detail_type}\", \"detail\": {detail} }}\n")
    });
    reading::read(name, &blocks.collect::<String>())
        .unwrap()
        .into()
}

fn registry(name: &str, detail_type: &str, properties: Value) -> Evidence {
    let document = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "x-amazon-events-detail-type": detail_type, "x-amazon-events-source": "my.kiln",
        "properties": { "detail": { "type": "object", "properties": properties } }
    });
    piece(name, &document)
}

fn piece(name: &str, document: &Value) -> Evidence {
    let text = serde_json::to_string_pretty(document).unwrap();
    let found = document::read(name, &text).unwrap().unwrap();
    found.pieces.into_iter().next().unwrap()
}

fn pieces() -> Vec<Evidence> {
    let tags =
        json!({ "type": "array", "items": { "properties": { "Key": { "type": "string" } } } });
    vec![
        page(
            "a.txt",
            &[
                (
                    "Kiln Fired",
                    r#"{ "Status": "IN_USE", "Tags": {}, "StartTime": "1583831889050", "Shelves": 3 }"#,
                ),
                (
                    "Kiln Cooled",
                    r#"{ "Status": "cold", "Glaze": {}, "Degrees": 3.0 }"#,
                ),
            ],
        ),
        page(
            "b.txt",
            &[(
                "Kiln Fired",
                r#"{ "Status": "OUT_OF_SERVICE", "Fault": "text", "Shelves": 4 }"#,
            )],
        ),
        page(
            "c.txt",
            &[(
                "Kiln Opened",
                r#"{ "Status": "Status", "EndTime": "2020-01-01T00:00:00Z" }"#,
            )],
        ),
        registry(
            "my.kiln@Fired.json",
            "Kiln Fired",
            json!({
                "Tags": tags, "StartTime": { "type": "number" }, "Shelves": { "type": "number" }, "Mode": { "type": "string", "enum": ["b", "a"] }
            }),
        ),
        registry(
            "my.kiln@Cooled.json",
            "Kiln Cooled",
            json!({
                "Glaze": { "type": "object" }, "Status": { "type": "string" }, "Degrees": { "type": "string" }
            }),
        ),
        registry(
            "my.kiln@Broken.json",
            "Kiln Broken",
            json!({ "Status": { "type": "string" } }),
        ),
        piece(
            "service-2.json",
            &json!({
                "metadata": { "apiVersion": "2020-02-02", "serviceId": "Kiln" },
                "shapes": {
                    "DescribeKiln": { "type": "structure", "members": {
                        "Status": { "shape": "KilnStatus" }, "Glaze": { "shape": "Glaze" },
                        "Shelves": { "shape": "Count" }, "EndTime": { "shape": "Time" }
                    } },
                    "KilnStatus": { "type": "string", "enum": ["InUse", "OutOfService", "Cold", "HeatingUp"] },
                    "Glaze": { "type": "structure", "members": { "Colour": { "shape": "Text" } } },
                    "Text": { "type": "string" }, "Count": { "type": "long" }, "Time": { "type": "timestamp" }
                }
            }),
        ),
    ]
}

const MIRRORS: &str = r#"{ "service": "Kiln", "mirrors": [
  { "detail_type": "Kiln Fired", "shape": "DescribeKiln" },
  { "detail_type": "Kiln Cooled", "shape": "DescribeKiln" },
  { "detail_type": "Kiln Broken", "shape": "DescribeKiln" },
  { "detail_type": "Kiln Opened", "shape": "DescribeKiln" }
] }"#;

const CORRECTIONS: &str = r#"{ "corrections": [
  { "fix": "map", "field": "Tags", "values": "string", "reason": "Seen so." },
  { "fix": "wire-form", "shown": "string-millis", "meant": "integer-millis", "reason": "Seen so." }
] }"#;

const LISTED: &str = r#"{ "listed": "The list", "detail_types": ["Kiln Fired", "Kiln Sold"] }"#;

fn set(corrections: &str) -> TempDir {
    let set = tempfile::tempdir().unwrap();
    let folder = set.path().join("my.kiln");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in [
        ("mirrors.json", MIRRORS),
        ("corrections.json", corrections),
        ("detail-types.json", LISTED),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    set
}

/// Every file of a set, by path.
fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

/// Learns and writes, whatever is said of what is not there yet.
fn learn_into(set: &TempDir, pieces: &[Evidence]) -> Learned {
    let learned = eventbridge_learn::learn(set.path(), pieces);
    files::apply(set.path(), &learned.changes).unwrap();
    learned
}

fn schema(name: &str) -> Value {
    let set = set(CORRECTIONS);
    let learned = learn_into(&set, &pieces());
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    serde_json::from_str(&files_of(set.path())[&format!("my.kiln/{name}.json")]).unwrap()
}

#[test]
fn any_order_and_any_split_gives_the_same_files() {
    let pieces = pieces();
    let whole = set(CORRECTIONS);
    let learned = learn_into(&whole, &pieces);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    let expected = files_of(whole.path());
    assert_eq!(
        expected.len(),
        3 + 5 + 7 + 1,
        "written by hand, schemas, samples, names in a registry"
    );
    let mut dice = Dice(0x5eed);
    for round in 0..60 {
        let set = set(CORRECTIONS);
        let order = dice.shuffled(&pieces);
        let mut rest = &order[..];
        while !rest.is_empty() {
            let (some, others) = rest.split_at(1 + dice.roll(rest.len()));
            learn_into(&set, some);
            rest = others;
        }
        let again = dice.roll(pieces.len());
        learn_into(&set, &pieces[again..]);
        assert_eq!(files_of(set.path()), expected, "round {round}");
        assert!(eventbridge_learn::learn(set.path(), &[]).changes.is_empty());
    }
}

#[test]
fn a_form_that_pages_misprint_is_corrected_and_stays_recorded() {
    let start = &schema("Fired")["definitions"]["Fired"]["properties"]["StartTime"];
    assert_eq!(start["x-wire-forms"], json!(["integer-millis"]));
    assert_eq!(
        start["x-overruled"],
        json!(["a.txt:2: string-millis 1583831889050"])
    );
}

#[test]
fn tags_may_be_a_map_or_a_list() {
    let tags = &schema("Fired")["definitions"]["Fired"]["properties"]["Tags"]["anyOf"];
    assert_eq!(tags[0]["additionalProperties"], json!({ "type": "string" }));
    assert_eq!(tags[1]["items"], json!({ "$ref": "#/definitions/Tag" }));
}

#[test]
fn an_event_that_is_only_listed_is_known_by_name() {
    let sold = schema("Sold");
    assert_eq!(sold["x-evidence"], json!(["list:The list: name"]));
    assert_eq!(sold["definitions"]["Sold"], json!({ "type": "object" }));
}

#[test]
fn corrections_that_contradict_each_other_are_refused_with_both_places() {
    let cases = [
        r#"{ "fix": "map", "field": "Tags", "reason": "Otherwise." }"#,
        r#"{ "fix": "wire-form", "shown": "string-millis", "meant": "rfc3339", "reason": "Otherwise." }"#,
    ];
    for (line, case) in (2..).zip(cases) {
        let both = CORRECTIONS.replace("\n] }", &format!(",\n  {case}\n] }}"));
        let learned = eventbridge_learn::learn(set(&both).path(), &pieces());
        let errors: Vec<String> = learned
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        let [error] = &errors[..] else {
            panic!("{errors:?}");
        };
        assert!(
            error.contains("corrections.json:4:3: this correction of"),
            "{error}"
        );
        assert!(
            error.contains(&format!("corrections.json:{line}:3")),
            "{error}"
        );
    }
    let same = CORRECTIONS.replace(
        "\n] }",
        ",\n  { \"fix\": \"map\", \"field\": \"Tags\", \"values\": \"string\", \"reason\": \"Again.\" }\n] }",
    );
    assert!(eventbridge_learn::learn(set(&same).path(), &pieces()).is_sound());
}

#[test]
fn a_form_that_no_page_shows_needs_no_correction() {
    let other = CORRECTIONS.replace("\"string-millis\"", "\"float-millis\"");
    let learned = eventbridge_learn::learn(set(&other).path(), &pieces());
    let error = learned.diagnostics[0].to_string();
    assert!(
        error.contains("no page shows an instant as \"float-millis\""),
        "{error}"
    );
}

#[test]
fn corrections_that_undo_each_other_or_say_nothing_are_refused() {
    let cases = [
        (
            r#"{ "fix": "wire-form", "shown": "integer-millis", "meant": "string-millis", "reason": "x" }"#,
            "contradicts the one at",
        ),
        (
            r#"{ "fix": "wire-form", "shown": "rfc3339", "meant": "rfc3339", "reason": "x" }"#,
            "corrects nothing",
        ),
        (
            r#"{ "fix": "map", "field": "Tags", "values": "string", "reason": " " }"#,
            "says no reason",
        ),
    ];
    for (case, told) in cases {
        let both = CORRECTIONS.replace("\n] }", &format!(",\n  {case}\n] }}"));
        let learned = eventbridge_learn::learn(set(&both).path(), &pieces());
        assert!(!learned.is_sound());
        let mut errors = learned.diagnostics.iter().map(ToString::to_string);
        assert!(
            errors.any(|error| error.contains("corrections.json:4:3") && error.contains(told)),
            "{told}: {:#?}",
            learned.diagnostics
        );
    }
}
