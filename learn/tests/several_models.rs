//! The models of several APIs that one source mirrors, and a mirror that stands for a whole detail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod summary;

use eventbridge_learn::{Evidence, document, learn};
use serde_json::{Value, json};
use std::path::Path;
use summary::{events_in, learn_into, page};

fn model(service: &str, shape: &str, members: &[(&str, Value)]) -> Evidence {
    let mut shapes = serde_json::Map::new();
    let mut named = serde_json::Map::new();
    for (member, ty) in members {
        shapes.insert(format!("{member}Type"), ty.clone());
        named.insert(
            (*member).to_owned(),
            json!({ "shape": format!("{member}Type") }),
        );
    }
    shapes.insert(
        shape.to_owned(),
        json!({ "type": "structure", "members": named }),
    );
    let model = json!({ "metadata": { "serviceId": service, "apiVersion": "2026-01-01" }, "shapes": shapes });
    let found = document::read("service-2.json", &model.to_string())
        .unwrap()
        .unwrap();
    found.pieces.into_iter().next().unwrap()
}

fn oven() -> Evidence {
    let state = json!({ "type": "string", "enum": ["HOT", "COLD"] });
    model(
        "Oven",
        "DescribeOvenOutput",
        &[
            ("OvenName", json!({ "type": "string" })),
            ("OvenState", state),
        ],
    )
}

fn baker() -> Evidence {
    let state = json!({ "type": "string", "enum": ["AWAKE", "ASLEEP"] });
    model(
        "Oven Baker Runtime",
        "DescribeBakerOutput",
        &[
            ("bakerState", state),
            ("breads", json!({ "type": "integer" })),
        ],
    )
}

fn set(mirrors: &Value) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("my.oven")).unwrap();
    let file = folder.path().join("my.oven/mirrors.json");
    std::fs::write(file, mirrors.to_string()).unwrap();
    folder
}

const PAGE: &str = r#"# Ovens

Ovens send the following events:

- Oven Change
- Oven Lit
- Oven Baker Change

```
{ "source": "my.oven", "detail-type": "Oven Change", "detail": { "OvenName": "o", "OvenState": "HOT" } }
```

```
{ "source": "my.oven", "detail-type": "Oven Baker Change", "detail": { "bakerState": "AWAKE", "breads": 3 } }
```
"#;

fn mirrors() -> Value {
    json!({ "service": "Oven", "mirrors": [
        { "detail_type": "Oven Change", "shape": "DescribeOvenOutput" },
        { "detail_type": "Oven Lit", "shape": "DescribeOvenOutput", "alone": true },
        { "detail_type": "Oven Baker Change", "service": "Oven Baker Runtime", "shape": "DescribeBakerOutput" }
    ] })
}

fn samples(schemas: &Path) -> Vec<String> {
    let files = std::fs::read_dir(schemas.join("my.oven/samples")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_source_mirrors_several_services_in_any_order() {
    let pieces = || [Evidence::Page(page("ovens.md", PAGE)), oven(), baker()];
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
        let folder = set(&mirrors());
        for at in order {
            learn_into(folder.path(), pieces()[at].clone());
        }
        assert_eq!(
            events_in(folder.path()),
            [
                "Oven Baker Change: {bakerState: [AWAKE, ASLEEP], breads: integer}",
                "Oven Change: {OvenName: string, OvenState: [HOT, COLD]}",
                "Oven Lit: {OvenName: string, OvenState: [HOT, COLD]}",
            ]
        );
        assert_eq!(
            samples(folder.path()),
            ["api.json", "api@Oven_Baker_Runtime.json", "ovens.md.json"]
        );
        for piece in pieces() {
            assert!(
                learn(folder.path(), &[piece]).changes.is_empty(),
                "a second run changes nothing"
            );
        }
    }
}

#[test]
fn what_anything_shows_is_not_taken_from_the_model_alone() {
    let folder = set(&mirrors());
    learn_into(folder.path(), Evidence::Page(page("ovens.md", PAGE)));
    learn_into(folder.path(), oven());
    let lit =
        r#"{ "source": "my.oven", "detail-type": "Oven Lit", "detail": { "OvenName": "o" } }"#;
    learn_into(
        folder.path(),
        Evidence::Page(page("lit.md", &format!("# Lit\n\n```\n{lit}\n```\n"))),
    );
    assert!(events_in(folder.path()).contains(&"Oven Lit: {OvenName: string}".to_owned()));
}

#[test]
fn a_model_that_nobody_asks_for_is_refused_with_those_that_are() {
    let folder = set(&mirrors());
    let other = model(
        "Kiln",
        "DescribeKilnOutput",
        &[("Name", json!({ "type": "string" }))],
    );
    let learned = learn(folder.path(), &[other]);
    let told = learned
        .diagnostics
        .iter()
        .map(|found| found.to_string())
        .collect::<String>();
    assert!(told.contains("Oven, Oven Baker Runtime"), "{told}");
}

#[test]
fn a_page_without_events_says_why() {
    let named = "# Ovens\n\nOvens send the following events:\n\n- Oven Lit\n- Oven Cooled\n\n```\n{\"source\": [\"my.oven\"], \"detail-type\": [\"Oven Lit\"]}\n```\n";
    let told = |text: &str| {
        let found = page("ovens.md", text).diagnostics.into_iter();
        found.map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(
        told(named),
        ["no event stands in this page: 2 are known by the names that it lists"]
    );
    let alone = "# Ovens\n\nOvens send the following events:\n\n- Oven Lit\n- Oven Cooled\n";
    assert!(
        told(alone)
            .iter()
            .any(|message| message.starts_with("2 names of events are listed here, and no sample")),
        "{:?}",
        told(alone)
    );
}
