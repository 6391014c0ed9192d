//! The generated packages, as their own tools take them: every documented event compiles against the
//! TypeScript and Python types, validates against the schemas and the registry documents, and the
//! README's examples compile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use languages::{Sample, copy, tools};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Every sample event of `schemas/`, with the name that its schema gives the event.
fn samples() -> Vec<Sample> {
    let samples = languages::samples(&root().join("schemas"));
    assert!(samples.len() >= 32);
    samples
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

#[test]
fn typescript_takes_every_documented_event() {
    let package = root().join("generated/typescript");
    let readme = readme_example("ts");
    languages::typescript_takes(&package, "sagemaker-events", &samples(), &readme);
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

#[test]
fn python_takes_every_documented_event() {
    let package = root().join("generated/python");
    let readme = readme_example("python");
    languages::python_takes(&package, "sagemaker_events", &samples(), &readme);
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
    own = TypeAdapter(getattr(sagemaker_events, f"{name}Envelope" if name.endswith("Event") else f"{name}Event"))
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
    needed = dict.fromkeys(schema["definitions"][file.stem].get("required", []), "x")
    event = samples.get(file.stem, {**envelope, "detail-type": schema["title"], "detail": needed})
    words = event["detail-type"].split()
    document = "aws.sagemaker@" + "".join(word[0].upper() + word[1:] for word in words) + ".json"
    draft4 = json.load(open(root / "generated/registry/jsonschema-draft4" / document))
    own = TypeAdapter(getattr(sagemaker_events, f"{file.stem}Envelope" if file.stem.endswith("Event") else f"{file.stem}Event"))
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
