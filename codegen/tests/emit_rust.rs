//! A made-up model becomes a crate: its files are the golden ones. `UPDATE_GOLDEN=1 cargo test` writes
//! them; `emit_rust_types.rs` compiles them and uses the types.

#![allow(clippy::unwrap_used, clippy::panic)]

mod golden;
mod made_up;

use eventbridge_catalog::model::Type;
use eventbridge_codegen::{File, rust};
use made_up::house::model;
use std::fs;
use std::path::Path;

#[test]
fn the_package_is_the_golden_one() {
    let emitted = rust::package(&model());
    assert_eq!(emitted.unsaid, []);
    golden::check(&emitted.files, "rust");
}

#[test]
fn the_module_is_the_golden_one() {
    let file = File {
        path: "rust_module/events.rs".to_owned(),
        text: rust::module(&model()).0,
    };
    golden::check(&[file], "rust_module");
}

#[test]
fn the_same_model_gives_the_same_text() {
    assert_eq!(rust::package(&model()), rust::package(&model()));
}

#[test]
fn a_model_without_events_is_a_crate_too() {
    let mut model = model();
    model.events.clear();
    assert_eq!(rust::package(&model).files.len(), 6);
}

#[test]
fn what_rust_cannot_say_is_told_and_all_else_is_there() {
    let mut twice = model();
    twice.events.push(twice.events[0].clone());
    let emitted = rust::package(&twice);
    assert_eq!(emitted.files, rust::package(&model()).files);
    assert_eq!(
        emitted.unsaid[0].message,
        "the Rust crate does without the event: it knows one of this source and detail-type already"
    );

    let mut loose = model();
    loose.events[0].detail[0].ty = Type::Named("Nothing".to_owned());
    let (text, unsaid) = rust::module(&loose);
    assert_eq!(
        (unsaid[0].detail_type.as_str(), unsaid[0].message.as_str()),
        (
            "House Door State Change",
            "the Rust crate does without the event: DoorStateChange refers to Nothing, which it does not define"
        )
    );
    let mut without = model();
    without.events.remove(0);
    assert_eq!(text, rust::module(&without).0);
}

/// So wide is a line of source, whatever stands in a literal.
const WIDTH: usize = 100;

#[test]
fn no_line_of_the_committed_sources_is_wider_than_100_columns() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/rust/src");
    for entry in fs::read_dir(sources).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = (1..).zip(text.lines());
        let wide = lines.find(|(_, line)| line.chars().count() > WIDTH);
        assert_eq!(wide, None, "{}", path.display());
    }
}
