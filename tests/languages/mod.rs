//! A generated package and sample events come in; the language's own tools say whether the events are what
//! the package's types describe.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../codegen/tests/tools/mod.rs"]
pub(crate) mod tools;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// An event, and the name that its schema gives it.
pub(crate) type Sample = (String, Value);

/// Compiles each sample as its own event and as one of all known events. `more` is compiled with them.
pub(crate) fn typescript_takes(package: &Path, name: &str, samples: &[Sample], more: &str) {
    let Some(node) = tools::node() else { return };
    let place = tools::scratch(&format!("{name}-typescript"));
    copy(package, &place.join("node_modules").join(name));
    let mut program = format!("import type * as events from \"{name}\";\n");
    for (index, (name, event)) in samples.iter().enumerate() {
        let whole = whole(name);
        program.push_str(&format!(
            "export const e{index}: events.{whole} = {event};\n"
        ));
        program.push_str(&format!(
            "export const k{index}: events.KnownEvent = e{index};\n"
        ));
    }
    fs::write(place.join("samples.ts"), program).unwrap();
    fs::write(place.join("more.ts"), more).unwrap();
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
            .args(["samples.ts", "more.ts"])
            .current_dir(&place),
    );
}

/// What the type of a whole event is called.
pub(crate) fn whole(name: &str) -> String {
    match name.ends_with("Event") {
        true => format!("{name}Envelope"),
        false => format!("{name}Event"),
    }
}

/// Type-checks each sample as its own event and as one of all known events, with mypy and pyright.
pub(crate) fn python_takes(package: &Path, module: &str, samples: &[Sample], more: &str) {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch(&format!("{module}-python"));
    copy(&package.join("src"), &place);
    let mut program = format!("import {module} as events\n\n");
    for (index, (name, event)) in samples.iter().enumerate() {
        program.push_str(&format!(
            "e{index}: events.{} = {}\n",
            whole(name),
            python_literal(event)
        ));
        program.push_str(&format!("k{index}: events.KnownEvent = e{index}\n"));
    }
    fs::write(place.join("samples.py"), program).unwrap();
    fs::write(place.join("more.py"), more).unwrap();
    let files = ["samples.py", "more.py"];
    let strict = [&["--strict", "--no-error-summary"], &files[..]].concat();
    tools::run(python.module("mypy", &strict).current_dir(&place));
    if let Some(node) = tools::node() {
        tools::run(node.pyright(python, &files).current_dir(&place));
    }
}

/// A JSON value as a Python literal.
fn python_literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Array(items) => {
            let items = items.iter().map(python_literal);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                format!("{}: {}", Value::from(key.as_str()), python_literal(value))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Every sample event of a schema set, with the name that its schema gives the event.
pub(crate) fn samples(schemas: &Path) -> Vec<Sample> {
    let mut samples = Vec::new();
    for source in folder(schemas).into_iter().filter(|path| path.is_dir()) {
        let names = names(&source);
        for page in folder(source.join("samples")) {
            for sample in json(&page)["events"].as_array().into_iter().flatten() {
                let detail_type = sample["detail_type"].as_str().unwrap();
                let (_, name) = names
                    .iter()
                    .find(|(known, _)| known == detail_type)
                    .unwrap();
                samples.push((name.clone(), sample["event"].clone()));
            }
        }
    }
    samples
}

/// The detail-types of a source, each with the name of its schema.
fn names(source: &Path) -> Vec<(String, String)> {
    let files = folder(source).into_iter().filter(|path| path.is_file());
    let named = files.filter_map(|path| {
        let title = json(&path)["title"].as_str()?.to_owned();
        Some((title, path.file_stem()?.to_str()?.to_owned()))
    });
    named.collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What a folder holds, sorted.
pub(crate) fn folder(path: impl AsRef<Path>) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// Copies a folder with all that it holds.
pub(crate) fn copy(from: &Path, to: &Path) {
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
