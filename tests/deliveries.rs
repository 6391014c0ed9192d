//! What really arrives, with its nulls, integer milliseconds, fields that no page names and statuses that no source
//! knows (made-up values in the structure of real payloads): schemas and crate accept it without loss, and learning
//! it changes what it should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../codegen/tests/tools/mod.rs"]
mod tools;

use eventbridge_catalog::files;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::{Evidence, Learned, SchemaChange, input};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/deliveries")
        .join(name)
}

/// The events of the files that need no more than what pages say.
fn arrived() -> Vec<Value> {
    let lines = std::fs::read_to_string(data("state-changes.ndjson")).unwrap();
    let mut events: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let log: Value =
        serde_json::from_str(&std::fs::read_to_string(data("log.json")).unwrap()).unwrap();
    let logged = log["events"].as_array().unwrap().iter();
    events.extend(
        logged.map(|event| serde_json::from_str(event["message"].as_str().unwrap()).unwrap()),
    );
    assert!(events.len() >= 25);
    events
}

fn list(name: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(data(name)).unwrap()).unwrap()
}

/// Tags as lists of keys and values, as the Schema Registry has them.
const PAIRS: &str = "tags-as-pairs.json";

/// Whole numbers with a fraction, as some programs write them.
const FLOATS: &str = "numbers-as-floats.json";

const ALL: [&str; 4] = ["state-changes.ndjson", "log.json", PAIRS, FLOATS];

/// The events of all files.
fn all() -> Vec<Value> {
    [arrived(), list(PAIRS), list(FLOATS)].concat()
}

/// The schemas of a set by detail-type.
fn schemas(set: &Path) -> BTreeMap<String, Value> {
    let files = std::fs::read_dir(set.join("aws.sagemaker"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    let read = |path: PathBuf| {
        serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    files
        .map(read)
        .filter_map(|schema| Some((schema["title"].as_str()?.to_owned(), schema)))
        .collect()
}

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// Prints a line for each event that its schema refuses.
const VALIDATE: &str = r#"
import json
import jsonschema

schemas = json.load(open("schemas.json"))
for event in json.load(open("events.json")):
    schema = schemas.get(event["detail-type"])
    for error in jsonschema.Draft7Validator(schema).iter_errors(event) if schema else []:
        print(event["detail-type"], error.json_path, error.message)
print("done")
"#;

fn assert_valid(name: &str, set: &Path, events: &[Value]) {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch(name);
    std::fs::write(
        place.join("schemas.json"),
        serde_json::to_string(&schemas(set)).unwrap(),
    )
    .unwrap();
    std::fs::write(
        place.join("events.json"),
        serde_json::to_string(events).unwrap(),
    )
    .unwrap();
    std::fs::write(place.join("validate.py"), VALIDATE).unwrap();
    let said = tools::run(python.python(&["validate.py"]).current_dir(&place));
    assert_eq!(said.trim(), "done");
}

fn assert_kept(events: &[Value]) {
    let known = schemas(&committed());
    for sent in events {
        let event: sagemaker_events::Event = serde_json::from_value(sent.clone()).unwrap();
        let is_unknown = matches!(event.detail, sagemaker_events::Detail::Unknown(_));
        let detail_type = sent["detail-type"].as_str().unwrap();
        assert_eq!(
            is_unknown,
            !known.contains_key(detail_type),
            "{detail_type}: {:?}",
            event.detail
        );
        assert_eq!(&serde_json::to_value(&event).unwrap(), sent);
    }
}

#[test]
fn the_committed_schemas_accept_what_arrives() {
    assert_valid("deliveries-validate", &committed(), &arrived());
}

#[test]
fn the_committed_schemas_accept_tags_as_pairs() {
    assert_valid("deliveries-validate-pairs", &committed(), &list(PAIRS));
}

#[test]
fn the_crate_keeps_all_that_arrives() {
    assert_kept(&arrived());
}

#[test]
fn the_crate_keeps_tags_as_pairs() {
    assert_kept(&list(PAIRS));
}

#[test]
fn the_committed_schemas_accept_whole_numbers_with_a_fraction() {
    assert_valid("deliveries-validate-floats", &committed(), &list(FLOATS));
}

#[test]
fn the_crate_keeps_whole_numbers_with_a_fraction() {
    assert_kept(&list(FLOATS));
}

/// A copy of the committed schemas that has learned files of deliveries.
fn learned(names: &[&str]) -> (tempfile::TempDir, Learned) {
    let place = tempfile::TempDir::new().unwrap();
    copy(&committed(), place.path());
    let learned = learn_into(place.path(), names);
    (place, learned)
}

fn learn_into(set: &Path, names: &[&str]) -> Learned {
    let mut deliveries = Deliveries::default();
    for name in names {
        input::read(&data(name), &mut deliveries, &|_| {}).unwrap();
    }
    let learned = eventbridge_learn::learn(set, &[Evidence::Shapes(deliveries.shapes())]);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    files::apply(set, &learned.changes).unwrap();
    learned
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place)
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn what_was_learned_from_deliveries_accepts_them() {
    let (set, _) = learned(&ALL);
    let events = all();
    let known = schemas(set.path());
    for event in &events {
        assert!(known.contains_key(event["detail-type"].as_str().unwrap()));
    }
    assert_valid("deliveries-validate-learned", set.path(), &events);
}

#[test]
fn deliveries_decide_how_instants_are_written() {
    let (set, _) = learned(&ALL);
    let known = schemas(set.path());
    for (event, name, field) in [
        ("Training Job", "TrainingJobStateChange", "CreationTime"),
        ("Training Job", "TrainingJobStateChange", "TrainingEndTime"),
        (
            "Transform Job",
            "TransformJobStateChange",
            "TransformEndTime",
        ),
        (
            "HyperParameter Tuning Job",
            "HyperParameterTuningJobStateChange",
            "LastModifiedTime",
        ),
        ("Endpoint", "EndpointStateChange", "CreationTime"),
        ("Model Package", "ModelPackageStateChange", "CreationTime"),
    ] {
        let schema = &known[&format!("SageMaker {event} State Change")];
        let property = &schema["definitions"][name]["properties"][field];
        assert_eq!(
            property["x-wire-forms"][0], "integer-millis",
            "{event} {field}: {property}"
        );
        let overruled = property["x-overruled"]
            .as_array()
            .unwrap_or_else(|| panic!("{event} {field}: {property}"));
        let loser = overruled[0].as_str().unwrap();
        assert!(
            ["millis", "rfc3339", "string"]
                .iter()
                .any(|kind| loser.contains(kind)),
            "{loser}"
        );
    }
}

#[test]
fn events_that_did_not_arrive_stay_as_they_were() {
    let arrived: BTreeSet<String> = all()
        .iter()
        .map(|event| event["detail-type"].as_str().unwrap().to_owned())
        .collect();
    let (_, learned) = learned(&ALL);
    for event in &learned.events {
        let unchanged = event.change == SchemaChange::Unchanged;
        assert_eq!(
            unchanged,
            !arrived.contains(&event.detail_type),
            "{event:?}"
        );
    }
}

#[test]
fn what_is_required_stays_required() {
    let before = schemas(&committed());
    let (set, _) = learned(&ALL);
    let after = schemas(set.path());
    for (detail_type, schema) in before {
        let required = |schema: &Value| -> BTreeSet<String> {
            let detail = schema["properties"]["detail"]["$ref"].as_str().unwrap();
            let name = detail.rsplit('/').next().unwrap();
            let required = schema["definitions"][name]["required"].as_array();
            required
                .into_iter()
                .flatten()
                .map(|key| key.as_str().unwrap().to_owned())
                .collect()
        };
        let had_detail = !required(&schema).is_empty();
        if had_detail {
            assert_eq!(
                required(&schema),
                required(&after[&detail_type]),
                "{detail_type}"
            );
        }
    }
}

#[test]
fn learning_the_same_again_changes_no_byte() {
    let (set, _) = learned(&ALL);
    let again = learn_into(set.path(), &["log.json"]);
    assert_eq!(again.changes, []);
    let (halves, _) = learned(&ALL[..1]);
    learn_into(halves.path(), &ALL[1..]);
    let text = |set: &Path| {
        std::fs::read_to_string(set.join("aws.sagemaker/samples/deliveries.json")).unwrap()
    };
    assert_eq!(text(set.path()), text(halves.path()));
}

/// Sorts what stands in an event: keys and the words of states are kept, other text and numbers are not.
fn sort(value: &Value, key: &str, kept: &mut BTreeSet<String>, others: &mut BTreeSet<String>) {
    let is_state = ["Status", "Type", "Mode"]
        .iter()
        .any(|end| key.ends_with(end));
    match value {
        Value::Object(members) => {
            kept.extend(members.keys().cloned());
            members
                .iter()
                .for_each(|(key, value)| sort(value, key, kept, others));
        }
        Value::Array(items) => items.iter().for_each(|item| sort(item, key, kept, others)),
        Value::String(text) if is_state => {
            kept.insert(text.clone());
        }
        Value::String(text) if text.len() > 3 => {
            others.insert(text.clone());
        }
        Value::Number(number) if number.to_string().len() > 3 => {
            others.insert(number.to_string());
        }
        _ => {}
    }
}

#[test]
fn no_value_that_arrived_is_written() {
    let (mut kept, mut secrets) = (BTreeSet::new(), BTreeSet::new());
    for event in &all() {
        for key in ["detail", "account", "time"] {
            sort(&event[key], key, &mut kept, &mut secrets);
        }
    }
    let shown = everything(&committed());
    secrets.retain(|secret| !kept.contains(secret) && !shown.contains(secret.as_str()));
    let (set, learned) = learned(&ALL);
    assert!(!learned.changes.is_empty());
    let mut checked = 0;
    for change in &learned.changes {
        let text = std::fs::read_to_string(set.path().join(&change.path)).unwrap();
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{}: {secret}", change.path);
            checked += 1;
        }
    }
    assert!(checked > 500, "{checked}");
}

/// The text of all files: what pages say already is no secret.
fn everything(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        text += &if entry.is_dir() {
            everything(&entry)
        } else {
            std::fs::read_to_string(entry).unwrap()
        };
    }
    text
}
