//! The generated packages, as their own tools take them: every documented event compiles against the
//! TypeScript and Python types, validates against the schemas and the registry documents, and the
//! README's examples compile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../codegen/tests/tools/mod.rs"]
mod tools;

use eventbridge_codegen::catalog::WRITTEN;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Every sample event of `schemas/`, with the name that its schema gives the event.
fn samples() -> Vec<(String, Value)> {
    let mut samples = Vec::new();
    for source in folder("schemas").into_iter().filter(|path| path.is_dir()) {
        let names = names(&source);
        for page in folder(source.join("samples")) {
            let page: Value = serde_json::from_str(&fs::read_to_string(page).unwrap()).unwrap();
            for sample in page["events"].as_array().into_iter().flatten() {
                let detail_type = sample["detail_type"].as_str().unwrap();
                let name = names
                    .iter()
                    .find(|(known, _)| known == detail_type)
                    .unwrap();
                samples.push((name.1.clone(), sample["event"].clone()));
            }
        }
    }
    assert!(samples.len() >= 32);
    samples
}

fn names(source: &Path) -> Vec<(String, String)> {
    let schemas = folder(source)
        .into_iter()
        .filter(|path| path.is_file() && !WRITTEN.iter().any(|name| path.ends_with(name)));
    let named = schemas.map(|path| {
        let schema: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        (
            schema["title"].as_str().unwrap().to_owned(),
            path.file_stem().unwrap().to_str().unwrap().to_owned(),
        )
    });
    named.collect()
}

fn folder(path: impl AsRef<Path>) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The README's example in a language.
fn readme_example(language: &str) -> String {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let rest = readme.split(&format!("```{language}\n")).nth(1).unwrap();
    rest.split("```").next().unwrap().to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in folder(from) {
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(path, place).unwrap();
        }
    }
}

#[test]
fn typescript_takes_every_documented_event() {
    let Some(node) = tools::node() else { return };
    let place = tools::scratch("packages-typescript");
    copy(
        &root().join("generated/typescript"),
        &place.join("node_modules/sagemaker-events"),
    );
    let mut program = String::from("import type * as events from \"sagemaker-events\";\n");
    for (index, (name, event)) in samples().iter().enumerate() {
        program.push_str(&format!(
            "export const e{index}: events.{name}Event = {event};\n"
        ));
        program.push_str(&format!(
            "export const k{index}: events.KnownEvent = e{index};\n"
        ));
    }
    fs::write(place.join("samples.ts"), program).unwrap();
    fs::write(place.join("readme.ts"), readme_example("ts")).unwrap();
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
    tools::run(
        node.tsc(&strict)
            .args(["samples.ts", "readme.ts"])
            .current_dir(&place),
    );
}

#[test]
fn typescript_refuses_what_is_not_documented_so() {
    let Some(node) = tools::node() else { return };
    let place = tools::scratch("packages-typescript-wrong");
    copy(
        &root().join("generated/typescript"),
        &place.join("node_modules/sagemaker-events"),
    );
    let (name, mut event) = samples()
        .into_iter()
        .find(|(name, _)| name == "TrainingJobStateChange")
        .unwrap();
    event["detail"]["TrainingJobName"] = Value::from(7);
    let program = format!(
        "import type * as events from \"sagemaker-events\";\nexport const e: events.{name}Event = {event};\n"
    );
    fs::write(place.join("wrong.ts"), program).unwrap();
    let output = node
        .tsc(&["--strict", "--noEmit", "--module", "node16", "wrong.ts"])
        .current_dir(&place)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        !output.status.success() && said.contains("'number' is not assignable to type 'string'"),
        "{said}"
    );
}

/// A JSON value as a Python literal.
fn python_literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Array(items) => format!(
            "[{}]",
            items
                .iter()
                .map(python_literal)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                format!("{}: {}", Value::from(key.as_str()), python_literal(value))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[test]
fn python_takes_every_documented_event() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch("packages-python");
    copy(&root().join("generated/python/src"), &place);
    let mut program = String::from("import sagemaker_events as events\n\n");
    for (index, (name, event)) in samples().iter().enumerate() {
        program.push_str(&format!(
            "e{index}: events.{name}Event = {}\n",
            python_literal(event)
        ));
        program.push_str(&format!("k{index}: events.KnownEvent = e{index}\n"));
    }
    fs::write(place.join("samples.py"), program).unwrap();
    fs::write(place.join("readme.py"), readme_example("python")).unwrap();
    tools::run(
        python
            .module(
                "mypy",
                &["--strict", "--no-error-summary", "samples.py", "readme.py"],
            )
            .current_dir(&place),
    );
    if let Some(node) = tools::node() {
        tools::run(
            node.pyright(python, &["samples.py", "readme.py"])
                .current_dir(&place),
        );
    }
}

/// Reads samples from standard input: each against the Python types, its schema and its documents.
const VALIDATE: &str = r#"
import json, pathlib, sys
import jsonschema
from pydantic import TypeAdapter
import sagemaker_events

root = pathlib.Path(sys.argv[1])
known = TypeAdapter(sagemaker_events.KnownEvent)
count = 0
for name, event in json.load(open("samples.json")):
    own = TypeAdapter(getattr(sagemaker_events, f"{name}Event"))
    assert own.validate_python(event) == event, name
    assert known.validate_python(event) == event, name
    schema = json.load(open(root / "schemas" / event["source"] / f"{name}.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(event)
    words = event["detail-type"].split()
    document = event["source"] + "@" + "".join(word[0].upper() + word[1:] for word in words) + ".json"
    draft4 = json.load(open(root / "generated/registry/jsonschema-draft4" / document))
    jsonschema.Draft4Validator.check_schema(draft4)
    jsonschema.Draft4Validator(draft4).validate(event)
    assert (root / "generated/registry/openapi3" / document).exists(), document
    count += 1
print(count)
"#;

#[test]
fn every_documented_event_validates() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch("packages-validate");
    copy(&root().join("generated/python/src"), &place);
    fs::write(place.join("validate.py"), VALIDATE).unwrap();
    fs::write(
        place.join("samples.json"),
        serde_json::to_string(&samples()).unwrap(),
    )
    .unwrap();
    let root = root();
    let said = tools::run(
        python
            .python(&["validate.py", root.to_str().unwrap()])
            .current_dir(&place),
    );
    assert_eq!(said.trim(), samples().len().to_string());
}

/// Every event that has tags takes them as a map and as a list of keys with values, and not as text.
const TAGS: &str = r#"
import json, pathlib, sys
import jsonschema
from pydantic import TypeAdapter
import sagemaker_events

root = pathlib.Path(sys.argv[1])
samples = {name: event for name, event in json.load(open("samples.json"))}
envelope = next(iter(samples.values()))
count = 0
for file in sorted((root / "schemas/aws.sagemaker").glob("*StateChange.json")):
    schema = json.load(open(file))
    tags = schema["definitions"][file.stem].get("properties", {}).get("Tags", {})
    if "anyOf" not in tags:
        continue
    event = samples.get(file.stem, {**envelope, "detail-type": schema["title"], "detail": {}})
    words = event["detail-type"].split()
    document = "aws.sagemaker@" + "".join(word[0].upper() + word[1:] for word in words) + ".json"
    draft4 = json.load(open(root / "generated/registry/jsonschema-draft4" / document))
    own = TypeAdapter(getattr(sagemaker_events, f"{file.stem}Event"))
    for form in ({}, {"team": "ml"}, [], [{"Key": "team", "Value": "ml"}], None):
        tagged = {**event, "detail": {**event["detail"], "Tags": form}}
        jsonschema.Draft7Validator(schema).validate(tagged)
        jsonschema.Draft4Validator(draft4).validate(tagged)
        assert own.validate_python(tagged) == tagged, (file.stem, form)
    for odd in ("team", {"team": 7}, [7]):
        tagged = {**event, "detail": {**event["detail"], "Tags": odd}}
        assert not jsonschema.Draft7Validator(schema).is_valid(tagged), (file.stem, odd)
        assert not jsonschema.Draft4Validator(draft4).is_valid(tagged), (file.stem, odd)
    count += 1
print(count)
"#;

#[test]
fn tags_are_taken_as_a_map_and_as_a_list() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch("packages-tags");
    copy(&root().join("generated/python/src"), &place);
    fs::write(place.join("tags.py"), TAGS).unwrap();
    let samples = serde_json::to_string(&samples()).unwrap();
    fs::write(place.join("samples.json"), samples).unwrap();
    let root = root();
    let said = tools::run(
        python
            .python(&["tags.py", root.to_str().unwrap()])
            .current_dir(&place),
    );
    assert_eq!(
        said.trim(),
        "10",
        "registry documents of ten events have tags"
    );
}
