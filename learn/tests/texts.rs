//! What pages and API models say in words is taken when it is asked for, and describes what nobody describes: a
//! made-up service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::files;
use eventbridge_learn::{Evidence, Texts, document, reading};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SAMPLE: &str = r#"{ "source": "my.kiln", "detail-type": "Kiln State Change", "detail": { "kilnName": "one",
"kilnStatus": "Lit", "shelf": { "name": "top", "pots": 3 }, "note": "x", "fired-by": "ada" } }"#;

fn markdown(fields: &str) -> String {
    format!("# Kiln events\n\nKilns tell what they do.\n\n```\n{SAMPLE}\n```\n\n{fields}\n")
}

fn html(fields: &str) -> String {
    format!(
        "<html><body><h1>Kiln events</h1><p>Kilns tell what they do.</p><pre><code>{SAMPLE}</code></pre>{fields}</body></html>"
    )
}

/// A page as evidence, and what it says in words.
fn page(name: &str, text: &str) -> (Evidence, Texts) {
    let report = reading::read(name, text).unwrap();
    let texts = report.texts();
    (report.into(), texts)
}

fn set() -> TempDir {
    let set = tempfile::tempdir().unwrap();
    fs::create_dir(set.path().join("my.kiln")).unwrap();
    set
}

fn learn(set: &Path, pieces: &[Evidence]) {
    let learned = eventbridge_learn::learn(set, pieces);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    files::apply(set, &learned.changes).unwrap();
}

/// What the fields of the event are said to mean.
fn described(set: &Path) -> Value {
    let schema = fs::read_to_string(set.join("my.kiln/StateChange.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let definitions = schema["definitions"].as_object().unwrap().values();
    let fields = definitions.flat_map(|part| part["properties"].as_object().unwrap().clone());
    let said = fields.filter_map(|(key, field)| Some((key, field.get("description")?.clone())));
    Value::Object(said.collect())
}

#[test]
fn lists_tables_and_bullets_say_what_fields_mean() {
    let expected = json!({
        "kilnName": "How the kiln is called.", "kilnStatus": "Whether the kiln is `Lit` or cold.",
        "shelf": "The shelf that is fired.", "name": "How the shelf is called.", "pots": "How many pots stand there.",
    });
    let bullets = "
- `kilnName` – How the kiln is called.
- `kilnStatus`: Whether the kiln is `Lit` or cold.
- `shelf` - The shelf that is fired.
  - `name` - How the shelf is called.
  - `pots` - How many pots stand there.
- `other` - No field of any sample.
- `note`
";
    let table = "
| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `kilnName` | String | Yes | How the kiln is called. |
| `kilnStatus` | String | Yes | Whether the kiln is `Lit` or cold. |
| shelf | Object (a shelf) | No | The shelf that is fired. |
| shelf.name | String | No | How the shelf is called. |
| pots | Number | No | How many pots stand there. |
| note | String | No | |
| other | String | No | No field of any sample. |
";
    let terms = "<dl><dt><code>kilnName</code></dt><dd>How the kiln is called.</dd>
<dt><code>kilnStatus</code></dt><dd>Whether the kiln is <code>Lit</code> or cold.</dd>
<dt><code>shelf</code></dt><dd><p>The shelf that is fired.</p><p>It may be empty, who knows.</p></dd>
<dt>name</dt><dd>How the shelf is called.</dd><dt><code>shelf.pots</code></dt><dd>How many pots stand there.</dd></dl>";
    for text in [markdown(bullets), markdown(table), html(terms)] {
        let (evidence, texts) = page("kiln.md", &text);
        let set = set();
        learn(set.path(), &[evidence, texts.into()]);
        assert_eq!(described(set.path()), expected, "{text}");
    }
}

#[test]
fn nothing_is_taken_unless_it_is_asked_for_and_what_was_taken_stays() {
    let set = set();
    let (first, texts) = page(
        "kiln.md",
        &markdown("- `kilnName` – How the kiln is called."),
    );
    learn(set.path(), std::slice::from_ref(&first));
    assert_eq!(described(set.path()), json!({}));
    let taken = set.path().join("my.kiln/samples/texts.json");
    assert!(!taken.exists());

    learn(set.path(), &[first, texts.into()]);
    let said = json!({ "kilnName": "How the kiln is called." });
    assert_eq!(described(set.path()), said);
    assert!(taken.exists());
    // Other words on the page are no other evidence.
    let (second, texts) = page("kiln.md", &markdown("- `kilnName` – The name of the kiln."));
    learn(set.path(), std::slice::from_ref(&second));
    assert_eq!(described(set.path()), said);
    learn(set.path(), &[texts.into()]);
    assert_eq!(
        described(set.path()),
        json!({ "kilnName": "The name of the kiln." })
    );
    assert!(eventbridge_learn::learn(set.path(), &[]).changes.is_empty());
}

#[test]
fn people_come_before_pages_and_pages_before_the_model_in_any_order() {
    let mirrors = r#"{ "service": "Kiln", "mirrors": [{ "detail_type": "Kiln State Change", "shape": "Kiln" }] }"#;
    let own = r#"{ "fields": { "note": "What people say." } }"#;
    let member = |text: &str| json!({ "shape": "Name", "documentation": text });
    let model = json!({
        "metadata": { "apiVersion": "2020-02-02", "serviceId": "Kiln" },
        "shapes": {
            "Kiln": { "type": "structure", "members": {
                "KilnName": member("<p>From the API: a <code>name</code> &lt; 63 letters.</p><p>More.</p>"),
                "KilnStatus": member("<p>From the API.</p>"), "Note": member("<p>From the API.</p>"),
                "Unused": member("<p>Not in any event.</p>")
            } },
            "Other": { "type": "structure", "members": { "KilnName": member("<p>Not kept.</p>") } },
            "Name": { "type": "string" }
        }
    });
    let documents = document::read("service-2.json", &model.to_string()).unwrap();
    let documents = documents.unwrap();
    let mut pieces = documents.pieces.clone();
    pieces.push(documents.texts().unwrap().into());
    for (name, said) in [("b.md", "The second page"), ("a.md", "The first page")] {
        let (evidence, texts) = page(
            name,
            &markdown(&format!("- `kilnStatus` – {said} says so.")),
        );
        pieces.extend([evidence, texts.into()]);
    }
    let mut results = Vec::new();
    for turn in 0..pieces.len() {
        let set = set();
        fs::write(set.path().join("my.kiln/mirrors.json"), mirrors).unwrap();
        fs::write(set.path().join("my.kiln/descriptions.json"), own).unwrap();
        pieces.rotate_left(turn);
        learn(set.path(), &pieces);
        assert_eq!(
            described(set.path()),
            json!({
                "kilnName": "From the API: a `name` < 63 letters.", "kilnStatus": "The first page says so.",
                "note": "What people say."
            })
        );
        let taken = fs::read_to_string(set.path().join("my.kiln/samples/texts.json"));
        results.push(taken.unwrap());
    }
    results.dedup();
    assert_eq!(results.len(), 1, "{results:#?}");
    assert!(!results[0].contains("Not kept"), "{}", results[0]);
}

#[test]
fn text_of_pages_is_bounded_and_on_one_line() {
    let endless = "word ".repeat(100_000);
    let (_, texts) = page("kiln.md", &markdown(&format!("- `kilnName` – {endless}")));
    let (evidence, _) = page("kiln.md", &markdown(""));
    let set = set();
    learn(set.path(), &[evidence, texts.into()]);
    let said = described(set.path());
    let said = said["kilnName"].as_str().unwrap();
    assert!(said.chars().count() <= 300 && said.ends_with('…'), "{said}");
}
