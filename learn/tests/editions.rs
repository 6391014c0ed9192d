//! Editions of a page give the same schemas in whatever order they are learned; what only older ones say stays, marked,
//! until a correction ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::files;
use eventbridge_learn::{Evidence, Learned, Losses, reading};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

type Event<'e> = (&'e str, &'e str, &'e str);

fn text(events: &[Event<'_>]) -> String {
    let blocks = events.iter().map(|(source, detail_type, detail)| {
        format!(
            "## {detail_type}\n\n```json\n{{ \"source\": \"{source}\", \"detail-type\": \"{detail_type}\", \"detail\": {detail} }}\n```\n\n"
        )
    });
    format!("# Kilns\n\n{}", blocks.collect::<String>())
}

fn page(events: &[Event<'_>]) -> reading::PageReport {
    reading::read("kilns.md", &text(events)).unwrap()
}

fn edition(date: &str, events: &[Event<'_>]) -> Evidence {
    page(events).dated(date).into()
}

/// Five editions: events and fields come and go, a type changes, a name is mended, a source comes and goes, and an
/// edition is as one before it was.
fn editions() -> Vec<Evidence> {
    const LIT: &str =
        r#"{ "Status": "HOT", "LitTime": "2020-01-01T00:00:00Z", "Shelves": [{ "Name": "a" }] }"#;
    let second: [Event<'_>; 3] = [
        (
            "my.kiln",
            "Kiln Fired",
            r#"{ "Status": "HOT", "LitTime": "1583831889050", "Glaze": "red" }"#,
        ),
        ("my.kiln", "Kiln Opened", r#"{ "Degrees": 3 }"#),
        ("my.lid", "Lid Shut", r#"{ "Lid": "oak", "Weight": 3 }"#),
    ];
    vec![
        edition(
            "2020-08",
            &[
                ("my.kiln", "KilnFired", LIT),
                ("my.kiln", "Kiln Sold", r#"{ "Price": 3 }"#),
            ],
        ),
        edition("2021-06", &second),
        edition(
            "2021-06-30",
            &[
                ("my.kiln", "Kiln Fired", LIT),
                ("my.lid", "Lid Shut", r#"{ "Lid": "oak" }"#),
            ],
        ),
        edition(
            "2023-02-01",
            &[(
                "my.kiln",
                "Kiln Fired",
                r#"{ "Status": "HOT", "Glaze": { "Colour": "red" } }"#,
            )],
        ),
        edition("2024-01", &second),
    ]
}

fn learn_into(set: &TempDir, pieces: &[Evidence]) -> Learned {
    let learned = eventbridge_learn::learn_with(set.path(), pieces, Losses::Accepted);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    files::apply(set.path(), &learned.changes).unwrap();
    learned
}

fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().display().to_string();
                    files.insert(name, std::fs::read_to_string(path).unwrap());
                }
            }
        }
    }
    files
}

fn schema(set: &TempDir, path: &str) -> Value {
    let text = std::fs::read_to_string(set.path().join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What the samples keep; names that events were given first stay, and so schemas are compared where no name was taken.
fn samples(files: &BTreeMap<String, String>) -> BTreeMap<&String, &String> {
    files
        .iter()
        .filter(|(path, _)| path.contains("samples"))
        .collect()
}

/// A set that knows of a slip: a name in a registry, once given, stays otherwise.
fn mended() -> TempDir {
    let set = TempDir::new().unwrap();
    std::fs::create_dir(set.path().join("my.kiln")).unwrap();
    let retired = r#"{ "corrections": [{ "fix": "retired", "event": "KilnFired", "last": "2020-08", "reason": "A slip." }] }"#;
    std::fs::write(set.path().join("my.kiln/corrections.json"), retired).unwrap();
    set
}

#[test]
fn any_order_and_any_split_of_editions_gives_the_same() {
    let editions = editions();
    let whole = mended();
    learn_into(&whole, &editions);
    let expected = files_of(whole.path());
    let mut dice = Dice(0xed17);
    for round in 0..25 {
        let mut order = editions.clone();
        for index in (1..order.len()).rev() {
            order.swap(index, dice.roll(index + 1));
        }
        let set = mended();
        let mut rest = &order[..];
        while !rest.is_empty() {
            let (some, others) = rest.split_at(1 + dice.roll(rest.len()));
            learn_into(&set, some);
            rest = others;
        }
        let again = dice.roll(editions.len());
        learn_into(&set, &editions[again..=again]);
        let found = files_of(set.path());
        assert_eq!(samples(&found), samples(&expected), "round {round}");
        assert_eq!(
            found["registry-names.json"], expected["registry-names.json"],
            "round {round}"
        );
        assert_eq!(found, expected, "round {round}");
        assert!(eventbridge_learn::learn(set.path(), &[]).changes.is_empty());
    }
}

#[test]
fn what_only_older_editions_say_stays_and_is_marked() {
    let set = TempDir::new().unwrap();
    learn_into(&set, &editions()[..4]);
    let fired = schema(&set, "my.kiln/Fired.json");
    let fields = &fired["definitions"]["Fired"]["properties"];
    assert_eq!(
        fields["Shelves"]["x-evidence"],
        json!(["formerly:kilns.md@2021-06-30: list"])
    );
    let forms = &fields["LitTime"]["x-wire-forms"];
    assert_eq!(*forms, json!(["string-millis", "rfc3339"]));
    assert_eq!(
        fields["Glaze"]["anyOf"][0]["$ref"],
        json!("#/definitions/Glaze"),
        "what the newest says"
    );
    assert_eq!(
        fields["Glaze"]["x-overruled"],
        json!(["formerly:kilns.md@2021-06: string"])
    );
    assert_eq!(
        fired["definitions"]["Fired"]["required"],
        Value::Null,
        "no field of it names the event"
    );
    let sold = schema(&set, "my.kiln/Sold.json");
    assert_eq!(
        sold["x-evidence"],
        json!(["formerly:kilns.md@2020-08: event"])
    );
    let lid = schema(&set, "my.lid/Shut.json");
    assert_eq!(
        lid["x-evidence"],
        json!(["formerly:kilns.md@2021-06-30: event"])
    );
    learn_into(&set, &editions()[4..]);
    let lid = schema(&set, "my.lid/Shut.json");
    assert_eq!(
        lid["x-evidence"],
        json!(["kilns.md:18: event"]),
        "documented again"
    );
}

#[test]
fn a_page_without_a_date_takes_the_place_of_one_without_and_loses_nothing() {
    let set = TempDir::new().unwrap();
    let many = |last: &str| {
        let fields: String = (0..30).map(|at| format!("\"Field{at}\": {at}, ")).collect();
        format!("{{ {fields} \"{last}\": 3 }}")
    };
    let first = page(&[("my.kiln", "Kiln Fired", &many("Old"))]);
    let second = page(&[("my.kiln", "Kiln Fired", &many("New"))]);
    learn_into(&set, &[first.clone().into()]);
    let learned = eventbridge_learn::learn(set.path(), &[second.clone().into()]);
    let told: Vec<String> = learned
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told[0].contains("it lost 1 field of 31: `Old` of `Kiln Fired`"),
        "{told:?}"
    );
    files::apply(set.path(), &learned.changes).unwrap();
    let fields = &schema(&set, "my.kiln/Fired.json")["definitions"]["Fired"]["properties"];
    assert_eq!(
        fields["Old"]["x-evidence"],
        json!(["formerly:kilns.md: integer"])
    );
    let dated = second.clone().dated("2024-01");
    learn_into(&set, &[dated.into()]);
    let fields = &schema(&set, "my.kiln/Fired.json")["definitions"]["Fired"]["properties"];
    assert_eq!(
        fields["Old"]["x-evidence"],
        json!(["formerly:kilns.md: integer"])
    );
    let learned = eventbridge_learn::learn(set.path(), &[first.into()]);
    let error = learned.diagnostics[0].to_string();
    assert!(
        error.contains("--date 2026-07-31") && !learned.is_sound(),
        "{error}"
    );
}

#[test]
fn a_slip_ends_when_somebody_says_so_and_not_while_it_is_documented() {
    let set = TempDir::new().unwrap();
    std::fs::create_dir(set.path().join("my.kiln")).unwrap();
    let retired = r#"{ "corrections": [
  { "fix": "retired", "event": "KilnFired", "last": "2020-08", "reason": "It was never sent so." },
  { "fix": "retired", "event": "Kiln Fired", "field": "Shelves", "last": "2021-06-30", "reason": "There are none." }
] }"#;
    std::fs::write(set.path().join("my.kiln/corrections.json"), retired).unwrap();
    learn_into(&set, &editions()[..1]);
    assert!(
        set.path().join("my.kiln/KilnFired.json").exists()
            || set.path().join("my.kiln/Fired.json").exists()
    );
    learn_into(&set, &editions()[1..4]);
    let names: Vec<String> = files_of(set.path())
        .into_keys()
        .filter(|path| path.starts_with("my.kiln/") && !path.contains("samples"))
        .collect();
    let text: String = names
        .iter()
        .map(|path| std::fs::read_to_string(set.path().join(path)).unwrap())
        .collect();
    assert!(!text.contains("\"const\": \"KilnFired\""), "{names:?}");
    assert!(!text.contains("\"Shelves\": {"), "{names:?}");
    let stale = retired.replace("\"Shelves\"", "\"Status\"");
    std::fs::write(set.path().join("my.kiln/corrections.json"), stale).unwrap();
    let learned = eventbridge_learn::learn(set.path(), &[]);
    let error = learned
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect::<String>();
    assert!(
        error.contains("no former edition alone has `Status` of \"Kiln Fired\""),
        "{error}"
    );
}
