//! A made-up model becomes a crate: its files are the golden ones. `UPDATE_GOLDEN=1 cargo test` writes
//! them; `emit_rust_types.rs` compiles them and uses the types.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "emit_rust/model.rs"]
mod model;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use eventbridge_codegen::emit::rust;
use eventbridge_codegen::model::Type;
use model::model;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Compares a file with the golden one, or writes that if asked to.
fn compare(path: &str, text: &str) {
    let place = golden().join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
    }
    let expected = fs::read_to_string(&place).unwrap_or_default();
    let line = expected
        .lines()
        .zip(text.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let (old, new) = (expected.lines().nth(line), text.lines().nth(line));
    assert!(
        expected == text,
        "{path}:{}\n  golden {old:?}\n  new    {new:?}",
        line + 1
    );
}

#[test]
fn the_package_is_the_golden_one() {
    let files = rust::package(&model()).unwrap();
    for file in &files {
        compare(&file.path, &file.text);
    }
    let paths: BTreeSet<String> = files.into_iter().map(|file| file.path).collect();
    let sources = fs::read_dir(golden().join("rust/src")).unwrap();
    for entry in sources {
        let path = format!("rust/src/{}", entry.unwrap().file_name().to_string_lossy());
        assert!(
            paths.contains(&path),
            "{path} is golden, but not made any more"
        );
    }
}

#[test]
fn the_module_is_the_golden_one() {
    compare("rust_module.rs", &rust::module(&model()).unwrap());
}

#[test]
fn the_same_model_gives_the_same_text() {
    assert_eq!(
        rust::package(&model()).unwrap(),
        rust::package(&model()).unwrap()
    );
}

#[test]
fn a_model_without_events_is_a_crate_too() {
    let mut model = model();
    model.events.clear();
    assert_eq!(rust::package(&model).unwrap().len(), 4);
}

#[test]
fn what_rust_cannot_say_is_told() {
    let mut twice = model();
    twice.events.push(twice.events[0].clone());
    let told = rust::package(&twice).unwrap_err();
    assert_eq!(
        told,
        "home.house has two events of detail-type House Door State Change"
    );

    let mut loose = model();
    loose.events[0].detail[0].ty = Type::Named("Nothing".to_owned());
    let told = rust::module(&loose).unwrap_err();
    assert_eq!(
        told,
        "DoorStateChange refers to Nothing, which it does not define"
    );
}
