//! The Python package as its users have it: pytest, mypy, pyright and ruff over what is generated, over the parts that
//! people write, and over programs that the types have to take or to refuse. The tests themselves are in Python, in
//! `tests/python`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use languages::{copy, tools};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the package and the tests in it.
fn place(name: &str) -> PathBuf {
    let place = tools::scratch(name);
    copy(&root().join("generated/python/src"), &place);
    copy(&root().join("tests/python"), &place);
    place
}

/// Every documented event, and those of deliveries that the tests have.
fn events() -> Value {
    let samples = languages::samples(&root().join("schemas"));
    let mut events: Vec<Value> = samples.into_iter().map(|(_, event)| event).collect();
    for path in languages::folder(root().join("tests/data/deliveries")) {
        let text = fs::read_to_string(path).unwrap();
        let documents = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
        for document in documents.map_while(Result::ok) {
            match document {
                Value::Array(items) => events.extend(items),
                other => events.push(other),
            }
        }
    }
    events.retain(|event| event.get("detail-type").is_some() && event.get("detail").is_some());
    assert!(events.len() > 60, "{} events", events.len());
    Value::Array(events)
}

#[test]
fn every_event_comes_back_through_every_door_and_the_matcher_is_the_engines() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = place("python-doors");
    fs::write(place.join("events.json"), events().to_string()).unwrap();
    let vectors = root().join("../shared/patterns");
    let mut tests = python.module("pytest", &["-q", "-p", "no:cacheprovider", "."]);
    tests
        .env("EVENTS", "events.json")
        .env("README", root().join("generated/python/README.md"))
        .env("DEVIATIONS", root().join("patterns/tests/deviations.txt"));
    match vectors.is_dir() {
        true => drop(tests.env("VECTORS", vectors)),
        false => println!("the transcript of the engine is not there: cases of our own are tested"),
    }
    tools::run(tests.current_dir(&place));
}

#[test]
fn types_take_what_is_right() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = place("python-types-taken");
    let strict = ["--strict", "--no-error-summary", "types_taken.py"];
    tools::run(python.module("mypy", &strict).current_dir(&place));
    let own = ["--strict", "--no-error-summary", "-p", "sagemaker_events"];
    tools::run(python.module("mypy", &own).current_dir(&place));
    if let Some(node) = tools::node() {
        strictly(&place);
        tools::run(
            node.pyright(python, &["types_taken.py"])
                .current_dir(&place),
        );
    }
}

/// Pyright is as strict as it can be.
fn strictly(place: &Path) {
    let settings = r#"{"typeCheckingMode": "strict"}"#;
    fs::write(place.join("pyrightconfig.json"), settings).unwrap();
}

#[test]
fn types_refuse_what_is_misspelt() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = place("python-types-refused");
    let program = fs::read_to_string(place.join("types_refused.py")).unwrap();
    let marked = program.lines().zip(1..);
    let marked: BTreeSet<usize> = marked
        .filter(|(line, _)| line.ends_with("# refused"))
        .map(|(_, number)| number)
        .collect();
    let mut mypy = python.module("mypy", &["--strict", "types_refused.py"]);
    let said = mypy.current_dir(&place).output().unwrap();
    assert_eq!(told(&said.stdout, ": error: "), marked, "mypy");
    if let Some(node) = tools::node() {
        let mut pyright = node.pyright(python, &["types_refused.py"]);
        let said = pyright.current_dir(&place).output().unwrap();
        assert_eq!(told(&said.stdout, " - error: "), marked, "pyright");
    }
}

/// The lines that a checker tells of.
fn told(said: &[u8], mark: &str) -> BTreeSet<usize> {
    let said = String::from_utf8_lossy(said);
    let place = |line: &str| {
        let (place, _) = line.split_once(mark)?;
        let (_, place) = place.rsplit_once(".py:")?;
        place.split(':').next()?.parse().ok()
    };
    said.lines().filter_map(place).collect()
}

#[test]
fn ruff_has_nothing_to_say() {
    let Some(python) = tools::python() else {
        return;
    };
    let root = root();
    let folders = [
        "generated/python/src",
        "codegen/src/python/package",
        "tests/python",
        "examples/python",
        "tests/explained",
    ];
    for command in ["check", "format"] {
        let more: &[&str] = if command == "format" {
            &["--check"]
        } else {
            &[]
        };
        let arguments = [&[command, "--no-cache"], more, &folders].concat();
        tools::run(python.module("ruff", &arguments).current_dir(&root));
    }
}
