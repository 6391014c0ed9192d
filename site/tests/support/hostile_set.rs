//! Words and texts that something takes for something else come in; a schema set that has them everywhere goes out: as
//! sources, detail-types, keys, values and descriptions, in evidence and as the names of pages.

#[path = "../../../tests/hostile/texts.rs"]
mod texts;
#[path = "../../../tests/hostile/mod.rs"]
mod words;

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use texts::TEXTS;
use words::WORDS;
#[allow(unused_imports, reason = "each test uses a part")]
pub(crate) use words::assert_shown;

/// What runs where a page takes it for markup; each would change the title of the page.
pub const MARKUP: &[&str] = &[
    "<script>document.title='no'</script>",
    "</script><script>document.title='no'</script>",
    "<img src=x onerror=\"document.title='no'\">",
    "<svg onload=\"document.title='no'\">",
    "\" onmouseover=\"document.title='no'\" x=\"",
    "' onfocus='document.title=\"no\"' autofocus x='",
    "javascript:document.title='no'",
    "<a href=\"javascript:document.title='no'\">no</a>",
    "</code></pre></section></main><h1>no</h1>",
    "<style>*{display:none}</style>",
    "<base href=\"https://example.org/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://example.org/\">",
    "<iframe srcdoc=\"<script>parent.document.title='no'</script>\"></iframe>",
    "<!-- ",
    " -->",
    "]]>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;script&gt;",
    "&#x3c;b&#x3e;",
    "*/ document.title='no' /*",
    "\u{2028}document.title='no'",
    "`${document.title='no'}`",
    "</textarea><script>document.title='no'</script>",
];

/// Each once.
fn all() -> impl Iterator<Item = &'static str> {
    let all = [MARKUP, TEXTS, WORDS].into_iter().flatten().copied();
    let distinct: BTreeSet<&str> = all.filter(|text| !text.trim().is_empty()).collect();
    distinct.into_iter()
}

/// All of them.
pub fn words() -> Vec<String> {
    all().map(str::to_owned).collect()
}

/// Writes the set.
pub fn write(schemas: &Path) {
    write_of(schemas, &all().collect::<Vec<_>>());
}

/// Writes a set of these words and texts.
pub fn write_of(schemas: &Path, words: &[&str]) {
    let all = || words.iter().copied();
    let long = "A".repeat(400);
    let keyed = all().map(str::to_owned).chain([long]);
    let fields: Map<String, Value> = keyed.map(|text| (text.clone(), field(&text))).collect();
    put(
        schemas,
        "my.kiln",
        "Keys",
        &schema("my.kiln", "Kiln Keys", "All.", &fields),
    );
    for (number, text) in all().enumerate() {
        let fields = Map::from_iter([("lid".to_owned(), field(text))]);
        put(
            schemas,
            "my.kiln",
            &format!("Kiln{number}"),
            &schema("my.kiln", text, text, &fields),
        );
    }
    let is_folder = |text: &&str| {
        !text.contains(['/', '\0', '+'])
            && !text.trim().is_empty()
            && !text.starts_with('.')
            && text.len() < 200
    };
    for text in all().filter(is_folder) {
        let source = format!("my.{text}");
        put(
            schemas,
            &source,
            "LidLit",
            &schema(&source, "Lid Lit", text, &Map::new()),
        );
    }
    let pages: Vec<Value> = all().map(page).collect();
    for (number, page) in pages.iter().enumerate() {
        let folder = schemas.join("my.kiln/samples");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number}.json")), page.to_string()).unwrap();
    }
}

fn put(schemas: &Path, source: &str, name: &str, schema: &Value) {
    let folder = schemas.join(source);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.json")), schema.to_string()).unwrap();
}

fn field(text: &str) -> Value {
    json!({
        "type": "string",
        "description": text,
        "x-known-values": [text, "lit"],
        "x-present-when": { "field": text, "is": text },
        "x-evidence": [format!("{text}.md:3: string {text}"), format!("api:{text}: string"), format!("registry:{text}: value {text}")],
        "x-overruled": [format!("{text}.md:4: number {text}")],
    })
}

fn schema(
    source: &str,
    detail_type: &str,
    description: &str,
    fields: &Map<String, Value>,
) -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": detail_type, "description": description,
        "type": "object",
        "properties": {
            "source": { "const": source }, "detail-type": { "const": detail_type },
            "detail": { "$ref": "#/definitions/Detail" }
        },
        "x-evidence": [format!("{description}.md:2: event"), format!("formerly:{description}.md@2020-08: event")],
        "definitions": { "Detail": { "type": "object", "properties": fields } }
    })
}

/// A page whose editions say such texts.
fn page(text: &str) -> Value {
    json!({
        "page": format!("{text}.md"), "date": "2026-07",
        "editions": [{ "date": "2020-08" }, { "date": "2026-07" }],
        "first": { text: { text: "2026-07" } },
        "former": [{ "date": "2020-08", "says": { text: { text: [text] } } }],
    })
}
