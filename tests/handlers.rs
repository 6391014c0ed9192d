//! The functions that the catalogue shows for each event compile against the packages, strictly, in their languages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../codegen/tests/tools/mod.rs"]
mod tools;

use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_codegen::{python, rust, typescript};
use std::fs;
use std::path::Path;
use std::process::Command;

fn model() -> Model {
    schema_set::load(&root().join("schemas")).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn rust_handlers_compile() {
    let place = tools::scratch("handlers-rust");
    let handlers = rust::handlers(&model());
    assert!(handlers.iter().all(Option::is_some));
    let modules = handlers.into_iter().flatten().enumerate();
    let modules: String = modules
        .map(|(number, text)| {
            format!(
                "pub mod event{number} {{\n{}}}\n",
                text.replace("\nfn ", "\npub fn ")
            )
        })
        .collect();
    fs::create_dir_all(place.join("src")).unwrap();
    fs::write(place.join("src/lib.rs"), modules).unwrap();
    let package = root().join("generated/rust");
    let manifest = format!(
        "[package]\nname = \"handlers\"\nedition = \"2024\"\n\n[dependencies]\nsagemaker-events.path = {package:?}\n\n[workspace]\n"
    );
    fs::write(place.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handlers");
    let said = tools::run(
        Command::new(env!("CARGO"))
            .args(["check", "--offline"])
            .env("CARGO_TARGET_DIR", target)
            .current_dir(&place),
    );
    assert!(!said.contains("warning"), "{said}");
}

#[test]
fn typescript_handlers_compile() {
    let Some(node) = tools::node() else { return };
    let place = tools::scratch("handlers-typescript");
    let package = place.join("node_modules/sagemaker-events");
    copy(&root().join("generated/typescript"), &package);
    let mut files = Vec::new();
    for (number, text) in typescript::handlers(&model()).iter().enumerate() {
        let file = format!("event{number}.mts");
        fs::write(place.join(&file), text).unwrap();
        files.push(file);
    }
    let mut arguments = vec![
        "--strict",
        "--noEmit",
        "--module",
        "node16",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
    ];
    arguments.extend(files.iter().map(String::as_str));
    tools::run(node.tsc(&arguments).current_dir(&place));
    let mut prettier = vec!["--check"];
    prettier.extend(files.iter().map(String::as_str));
    tools::run(node.prettier(&prettier).current_dir(&place));
}

#[test]
fn python_handlers_pass_the_checker() {
    let Some(python) = tools::python() else {
        return;
    };
    let place = tools::scratch("handlers-python");
    let mut files = Vec::new();
    for (number, text) in python::handlers(&model()).iter().enumerate() {
        let file = format!("event{number}.py");
        fs::write(place.join(&file), text).unwrap();
        files.push(file);
    }
    let mut arguments = vec!["--strict", "--cache-dir", "cache"];
    arguments.extend(files.iter().map(String::as_str));
    tools::run(
        python
            .module("mypy", &arguments)
            .env("MYPYPATH", root().join("generated/python/src"))
            .current_dir(&place),
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|it| (it.path(), it.file_name())).unwrap();
        match path.is_dir() {
            true => copy(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}
