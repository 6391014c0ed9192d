//! The Python package of a made-up model: as committed, as ruff lays it out, and as type checkers,
//! pydantic and the build take it.

mod golden;
mod made_up;
mod tools;

use eventbridge_catalog::files::is_stamped;
use eventbridge_catalog::model::Model;
use eventbridge_codegen::{STAMP, python};
use std::fs;
use std::path::PathBuf;

#[test]
fn the_package_is_the_committed_one() {
    golden::check(&python::package(&made_up::model()).files, "python");
}

#[test]
fn every_file_carries_the_stamp() {
    for file in python::package(&made_up::model()).files {
        assert!(is_stamped(&file.text, STAMP), "{}", file.path);
    }
}

#[test]
fn ruff_would_change_nothing() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = written("python-format", &made_up::model());
    tools::run(
        python
            .module("ruff", &["format", "--no-cache", "--diff", "."])
            .current_dir(&folder),
    );
    let rules = [
        "check",
        "--no-cache",
        "--isolated",
        "--target-version",
        "py310",
        "--select",
        "E4,E7,E9,F,I",
        ".",
    ];
    tools::run(python.module("ruff", &rules).current_dir(&folder));
}

#[test]
fn type_checkers_narrow_the_union_of_all_events() {
    let (Some(node), Some(python)) = (tools::node(), tools::python()) else {
        return;
    };
    let folder = written("python-use", &made_up::model());
    fs::write(folder.join("use.py"), include_str!("programs/use.py")).unwrap();
    let readme = fs::read_to_string(folder.join("python/README.md")).unwrap();
    let example = readme
        .split("```python\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    fs::write(folder.join("readme.py"), example).unwrap();
    let settings = r#"{ "typeCheckingMode": "strict", "extraPaths": ["python/src"], "reportUnnecessaryTypeIgnoreComment": true }"#;
    fs::write(folder.join("pyrightconfig.json"), settings).unwrap();
    let files = ["use.py", "readme.py", "python/src/demo_events"];
    for version in ["3.10", "3.14"] {
        let strict = [
            "--strict",
            "--cache-dir",
            "cache",
            "--python-version",
            version,
        ];
        tools::run(
            python
                .module("mypy", &strict)
                .args(files)
                .env("MYPYPATH", "python/src")
                .current_dir(&folder),
        );
        let version = ["--pythonversion", version, "--warnings"];
        tools::run(
            node.pyright(python, &version)
                .args(files)
                .current_dir(&folder),
        );
    }
}

#[test]
fn pydantic_validates_the_union_of_all_events() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = written("python-pydantic", &made_up::model());
    fs::write(
        folder.join("validate.py"),
        include_str!("programs/validate.py"),
    )
    .unwrap();
    tools::run(
        python
            .python(&["validate.py"])
            .env("PYTHONPATH", "python/src")
            .current_dir(&folder),
    );
}

#[test]
fn the_package_builds() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = written("python-build", &made_up::model());
    tools::run(
        python
            .module("hatchling", &["build", "-t", "wheel"])
            .current_dir(folder.join("python")),
    );
    let wheel = fs::read_dir(folder.join("python/dist"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(wheel.file_name(), "demo_events-0.1.0-py3-none-any.whl");
}

#[test]
fn a_model_without_events_checks_too() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = written(
        "python-empty",
        &Model {
            events: vec![],
            ..made_up::model()
        },
    );
    tools::run(
        python
            .module(
                "mypy",
                &["--strict", "--cache-dir", "cache", "python/src/demo_events"],
            )
            .current_dir(&folder),
    );
    tools::run(
        python
            .module("ruff", &["format", "--no-cache", "--diff", "."])
            .current_dir(folder),
    );
}

fn written(name: &str, model: &Model) -> PathBuf {
    let folder = tools::scratch(name);
    golden::write(&python::package(model).files, &folder);
    folder
}
