//! Events whose keys, values, names, sources and descriptions are hostile become packages that compile in all languages with
//! all features, without a warning, and that hide nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;
#[path = "hostile/texts.rs"]
mod texts;
#[path = "../codegen/tests/tools/mod.rs"]
mod tools;

use eventbridge_catalog::files;
use eventbridge_codegen::generate;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::{Evidence, document, input};
use hostile::WORDS;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use texts::TEXTS;

fn event(source: &str, detail_type: &str, detail: &Value) -> Value {
    json!({ "source": source, "detail-type": detail_type, "id": "k-1", "time": "2026-01-02T03:04:05Z", "detail": detail })
}

fn each(value: impl Fn(&str) -> Value) -> Value {
    let members = WORDS.iter().map(|word| ((*word).to_owned(), value(word)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Each word as a key of a value, an object, a list and an instant, as a value, and some as names of events
/// and sources.
fn events() -> Vec<Value> {
    let mut events = vec![
        event("my.kiln", "Kiln Keys", &each(|_| json!("x"))),
        event(
            "my.kiln",
            "Kiln Nested",
            &json!({ "kilnName": "k", "inner": each(|_| json!(1)) }),
        ),
        event(
            "my.kiln",
            "Kiln Objects",
            &each(|word| json!({ "lid": word, word: 1 })),
        ),
        event(
            "my.kiln",
            "Kiln Lists",
            &each(|word| json!([{ "lid": { "of": word } }])),
        ),
        event(
            "my.kiln",
            "Kiln Times",
            &each(|_| json!("2026-01-02T03:04:05Z")),
        ),
    ];
    for word in WORDS.iter().step_by(3) {
        events.push(event("my.kiln", word, &json!({ "kilnName": word })));
    }
    for word in WORDS {
        events.push(event(
            &format!("my.{word}"),
            "Lid Lit",
            &json!({ "lid": 1 }),
        ));
    }
    events
}

/// A document that lists each word as a value, of a field whose name is one.
fn values() -> Value {
    let property = |word: &str| json!({ "type": "string", "enum": WORDS.iter().chain(&[word]).collect::<Vec<_>>() });
    let properties: Map<String, Value> = WORDS
        .iter()
        .step_by(8)
        .map(|word| ((*word).to_owned(), property(&format!("of {word}"))))
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "x-amazon-events-detail-type": "Kiln Values", "x-amazon-events-source": "my.kiln",
        "properties": { "detail": { "type": "object", "properties": properties } }
    })
}

/// An event whose fields have hostile descriptions, as somebody's own schema has it: nobody has looked at them before.
/// Each stands also behind other words, so many that it comes to stand at the beginning of a line.
fn described() -> Value {
    let words =
        "many words stand before what follows here, so that the line is full by now, ".repeat(2);
    let texts = TEXTS
        .iter()
        .flat_map(|text| [(*text).to_owned(), format!("{words}{text}")]);
    let fields = texts.enumerate().map(|(number, text)| {
        let field = json!({ "type": "string", "description": text });
        (format!("field{number}"), field)
    });
    let mut fields: Map<String, Value> = fields.collect();
    for (number, text) in TEXTS.iter().enumerate() {
        let part = json!({ "$ref": format!("#/definitions/Part{number}"), "description": text });
        fields.insert(format!("part{number}"), part);
    }
    let parts = TEXTS.iter().enumerate().map(|(number, text)| {
        let part = json!({ "type": "object", "description": text, "properties": { "lid": { "type": "integer" } } });
        (format!("Part{number}"), part)
    });
    let mut definitions: Map<String, Value> = parts.collect();
    definitions.insert(
        "Described".to_owned(),
        json!({ "type": "object", "properties": fields }),
    );
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Lid Described", "description": TEXTS.concat(),
        "x-documentation": "https://example.org/lid.html?a=1&b=%20#lit",
        "type": "object",
        "properties": {
            "source": { "const": "my.lid" }, "detail-type": { "const": "Lid Described" },
            "detail": { "$ref": "#/definitions/Described" }
        },
        "definitions": definitions
    })
}

fn packages() -> PathBuf {
    let place = tools::scratch("hostile-names");
    let file = place.join("kiln.ndjson");
    let lines = events().into_iter().map(|event| format!("{event}\n"));
    fs::write(&file, lines.collect::<String>()).unwrap();
    let mut deliveries = Deliveries::default();
    input::read(&file, &mut deliveries, &|_| {}).unwrap();
    let document = document::read("values.json", &values().to_string())
        .unwrap()
        .unwrap();
    let pieces: Vec<Evidence> = document
        .pieces
        .into_iter()
        .chain([deliveries.shapes().into()])
        .collect();
    let schemas = place.join("schemas");
    let learned = eventbridge_learn::learn(&schemas, &pieces);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    files::apply(&schemas, &learned.changes).unwrap();
    fs::create_dir_all(schemas.join("my.lid")).unwrap();
    fs::write(
        schemas.join("my.lid/Described.json"),
        described().to_string(),
    )
    .unwrap();
    let out = place.join("out");
    let plan = generate::plan(&schemas, &out).unwrap();
    for change in &plan.changes {
        hostile::assert_shown(&change.path, change.new.as_deref().unwrap());
    }
    for told in learned.diagnostics.iter().chain(&plan.warnings) {
        hostile::assert_shown("diagnostics", &told.to_string());
    }
    files::apply(&out, &plan.changes).unwrap();
    out
}

#[test]
fn hostile_names_compile_in_all_languages() {
    let out = packages();
    rust_compiles(&out.join("rust"));
    if let Some(node) = tools::node() {
        let strict = [
            "--strict",
            "--noEmit",
            "--skipLibCheck",
            "false",
            "--module",
            "node16",
            "--target",
            "es2022",
        ];
        let mut tsc = node.tsc(&strict);
        tools::run(
            tsc.arg("src/index.d.ts")
                .current_dir(out.join("typescript")),
        );
        fs::write(out.join("comments.cjs"), COMMENTS).unwrap();
        tools::run(
            Command::new("node")
                .args(["comments.cjs", "typescript/src"])
                .arg(node.typescript())
                .current_dir(&out),
        );
    }
    if let Some(python) = tools::python() {
        let mut import = python.python(&["-W", "error", "-c", "import eventbridge_events"]);
        tools::run(
            import
                .env("PYTHONPATH", "src")
                .current_dir(out.join("python")),
        );
        let strict = [
            "--strict",
            "--cache-dir",
            "../cache",
            "src/eventbridge_events",
        ];
        tools::run(
            python
                .module("mypy", &strict)
                .current_dir(out.join("python")),
        );
    }
}

/// Fails where a comment of TypeScript holds a tag or a link: none of ours does.
const COMMENTS: &str = r#"
const [folder, library] = process.argv.slice(2);
const { readdirSync, readFileSync } = require("fs");
const ts = require(library);
let comments = 0;
const look = (file) => (node) => {
  for (const comment of node.jsDoc ?? []) {
    comments += 1;
    const isText = comment.comment === undefined || typeof comment.comment === "string";
    if (comment.tags?.length || !isText) {
      throw new Error(file + ": " + comment.getText());
    }
  }
  ts.forEachChild(node, look(file));
};
const isSource = (file) => /\.[jt]s$/.test(file);
for (const file of readdirSync(folder, { recursive: true }).filter(isSource)) {
  const text = readFileSync(folder + "/" + file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  ts.forEachChild(source, look(file));
}
if (comments < 100) throw new Error("no comments were found");
"#;

fn rust_compiles(package: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    // It lies below the folder of a workspace that it is none of; its runtime is not published yet.
    let manifest = package.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + "\n[workspace]\n").unwrap();
    let runtime = root.join("runtime");
    let patch = format!("patch.crates-io.eventbridge-runtime.path={runtime:?}");
    let said = tools::run(
        Command::new(env!("CARGO"))
            .args(["check", "--offline", "--all-features", "--config", &patch])
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-names"),
            )
            .current_dir(package),
    );
    assert!(!said.contains("warning"), "{said}");
    let said = tools::run(
        Command::new(env!("CARGO"))
            .args(["doc", "--offline", "--no-deps", "--config", &patch])
            .env("RUSTDOCFLAGS", "-D warnings")
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-names"),
            )
            .current_dir(package),
    );
    assert!(!said.contains("warning"), "{said}");
}
