//! Generators of others take the registry documents: their code compiles, calls things as the documents do, and reads and
//! writes every event whole. CloudFormation's linter takes the templates.
//!
//! All of it takes minutes and wants Go and Maven too, so only two languages of some documents are tried without being
//! asked: `cargo test --test generators -- --ignored` tries Java, Go, Python and TypeScript by openapi-generator, and Go
//! and TypeScript by quicktype, on all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use eventbridge_catalog::json::{compact, read_strict};
use eventbridge_catalog::{files, schema_set};
use eventbridge_codegen::registry::{self, Dialect};
use languages::tools;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Events by what the registry calls them, each with whether it arrived.
type Cases = BTreeMap<String, Vec<Value>>;

/// The typed documents, each with the events that arrived or that a page shows.
fn cases() -> Cases {
    let model = schema_set::load(&root().join("schemas")).unwrap();
    let (documents, _) = registry::documents(&model);
    let typed = documents.iter().filter(|found| found.is_typed());
    let bindings = typed.filter(|found| found.dialect == Dialect::OpenApi3);
    let named: BTreeMap<String, String> = registry::named(&model)
        .into_iter()
        .map(|(name, event)| (format!("{} {}", event.source, event.detail_type), name))
        .collect();
    let mut cases: Cases = bindings.map(|found| (found.name.clone(), vec![])).collect();
    let samples = samples().into_iter().map(|event| (event, false));
    let deliveries = deliveries().into_iter().map(|event| (event, true));
    for (event, arrived) in samples.chain(deliveries) {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let name = named.get(&format!("{} {}", text("source"), text("detail-type")));
        if let Some(events) = name.and_then(|name| cases.get_mut(name)) {
            events.push(json!({ "event": event, "arrived": arrived }));
        }
    }
    cases
}

/// What pages show.
fn samples() -> Vec<Value> {
    let samples = schema_set::samples::samples(&root().join("schemas")).unwrap();
    samples.into_iter().map(|sample| sample.event).collect()
}

/// What arrived, in any container: here, and beside the repository.
fn deliveries() -> Vec<Value> {
    let beside = root().join("../shared/evidence/deliveries");
    if !beside.is_dir() {
        eprintln!(
            "only the deliveries in tests/data: {} is not there",
            beside.display()
        );
    }
    let folders = [root().join("tests/data/deliveries"), beside];
    let folders = folders.iter().filter(|folder| folder.is_dir());
    let mut events = Vec::new();
    for file in folders.flat_map(languages::folder) {
        let text = std::fs::read_to_string(file).unwrap();
        let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
        values.for_each(|value| events_in(&value.unwrap(), &mut events));
    }
    events
}

fn events_in(value: &Value, events: &mut Vec<Value>) {
    match value {
        Value::Object(members) if members.contains_key("detail-type") => events.push(value.clone()),
        Value::Object(members) => members.values().for_each(|inner| events_in(inner, events)),
        Value::Array(items) => items.iter().for_each(|inner| events_in(inner, events)),
        Value::String(text) => {
            if let Ok(inner @ Value::Object(_)) = serde_json::from_str(text) {
                events_in(&inner, events);
            }
        }
        _ => {}
    }
}

/// Runs the driver over these documents, and shows what it says.
fn drive(name: &str, cases: &Cases, languages: &[&str]) {
    let (Some(python), Some(node)) = (tools::generators(), tools::node()) else {
        return;
    };
    let place = tools::scratch(name);
    let file = place.join("events.json");
    std::fs::write(&file, serde_json::to_string(cases).unwrap()).unwrap();
    let (driver, documents) = (
        root().join("tests/generators/drive.py"),
        root().join("generated/registry"),
    );
    let mut command = python.python(&[]);
    command
        .arg(driver)
        .arg(documents)
        .arg(file)
        .arg(&place)
        .args(languages);
    command.env("NODE_TOOLS", node.modules());
    if languages.contains(&"quicktype") {
        let Some(quicktype) = tools::quicktype() else {
            return;
        };
        command.env("QUICKTYPE", quicktype.modules());
    }
    println!("{}", tools::run(&mut command));
}

#[test]
fn python_and_typescript_are_generated_from_the_documents() {
    // One with tags, one with instants of every form, one with many parts, one with words in small letters.
    let some = [
        "TrainingJobState",
        "EndpointState",
        "HyperParameterTuning",
        "PipelineExecutionStep",
    ];
    let is_one = |name: &String| some.iter().any(|part| name.contains(part));
    let cases: Cases = cases()
        .into_iter()
        .filter(|(name, _)| is_one(name))
        .collect();
    assert_eq!(cases.len(), some.len());
    drive("generators", &cases, &["python", "typescript-fetch"]);
}

#[test]
#[ignore = "takes minutes, Go and Maven"]
fn every_generator_takes_every_document() {
    let languages = ["python", "typescript-fetch", "go", "java", "quicktype"];
    drive("all-generators", &cases(), &languages);
}

#[test]
fn cloudformation_takes_the_templates() {
    let Some(python) = tools::generators() else {
        return;
    };
    let templates = languages::folder(root().join("generated/registry/cloudformation"));
    assert!(templates.len() >= 2, "at least one a dialect");
    for template in &templates {
        let size = std::fs::metadata(template).unwrap().len();
        assert!(size <= 51_200, "{} has {size} bytes", template.display());
    }
    let program = "import sys; from cfnlint.runner import main; sys.exit(main())";
    let mut lint = python.python(&["-c", program]);
    tools::run(lint.args(templates));
}

#[test]
fn a_template_holds_the_documents_as_they_are() {
    let folder = root().join("generated/registry");
    let templates = languages::folder(folder.join("cloudformation")).into_iter();
    let texts: Vec<String> = templates
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let mut held = 0;
    for (name, _) in cases() {
        for dialect in Dialect::ALL {
            let document = folder.join(dialect.folder()).join(format!("{name}.json"));
            let text = on_one_line(&document).replace('\'', "''");
            let line = format!("      Content: '{text}'\n");
            held += texts
                .iter()
                .filter(|template| template.contains(&line))
                .count();
        }
    }
    assert_eq!(held, 2 * cases().len());
}

/// An edition of a page: one event, so far down, from this account, with these members of its detail.
fn edition(above: &str, account: &str, detail: &str) -> eventbridge_learn::Evidence {
    let arn = format!("\"KilnArn\": \"arn:aws:kiln:eu-west-1:{account}:kiln/one\"");
    let page = format!(
        "{above}Kiln State Change\n\n{{ \"version\": \"0\", \"source\": \"my.kiln\", \"account\": \"{account}\", \"detail-type\": \"Kiln State Change\", \"detail\": {{ {arn}, {detail} }} }}\n"
    );
    eventbridge_learn::reading::read("kiln.txt", &page)
        .unwrap()
        .into()
}

/// The registry documents of a set that has learned one edition after the other.
fn documents_of(editions: &[eventbridge_learn::Evidence]) -> Vec<eventbridge_codegen::File> {
    let set = tempfile::tempdir().unwrap();
    for edition in editions {
        let learned = eventbridge_learn::learn(set.path(), std::slice::from_ref(edition));
        assert!(learned.is_sound(), "{:?}", learned.diagnostics);
        files::apply(set.path(), &learned.changes).unwrap();
    }
    registry::files(&schema_set::load(set.path()).unwrap()).files
}

#[test]
fn an_edition_that_changes_evidence_alone_changes_no_document() {
    let first = edition(
        "",
        "111122223333",
        r#""KilnStatus": "Lit", "Shelves": 3, "Glaze": { "Colour": "blue" }, "StartTime": 1583831889050"#,
    );
    let second = edition(
        "A sentence.\n\nAnd one more.\n\n",
        "444455556666",
        r#""Glaze": { "Colour": "green" }, "StartTime": 1783831889051, "Shelves": 4, "KilnStatus": "Cold""#,
    );
    let before = documents_of(std::slice::from_ref(&first));
    assert_eq!(before, documents_of(&[first.clone(), second]));
    let new = edition(
        "",
        "111122223333",
        r#""KilnStatus": "Lit", "Shelves": 3, "Glaze": { "Colour": "blue" }, "StartTime": 1583831889050, "Door": "Ajar""#,
    );
    assert_ne!(before, documents_of(&[first, new]));
}

fn on_one_line(document: &Path) -> String {
    let text = std::fs::read_to_string(document).unwrap();
    compact(&read_strict(&text).unwrap())
}
