//! A made-up model becomes a crate: its files are the golden ones. `UPDATE_GOLDEN=1 cargo test` writes
//! them; `emit_rust_types.rs` compiles them and uses the types.

#![allow(clippy::unwrap_used, clippy::panic)]

mod golden;
#[path = "emit_rust/model.rs"]
mod model;

use eventbridge_catalog::model::Type;
use eventbridge_codegen::{File, rust};
use model::model;

#[test]
fn the_package_is_the_golden_one() {
    golden::check(&rust::package(&model()).unwrap(), "rust");
}

#[test]
fn the_module_is_the_golden_one() {
    let file = File {
        path: "rust_module/events.rs".to_owned(),
        text: rust::module(&model()).unwrap(),
    };
    golden::check(&[file], "rust_module");
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
