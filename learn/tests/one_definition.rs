//! A definition of a registry document is one type, under however many keys it stands, and so are definitions that
//! are equal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod summary;

use eventbridge_learn::document;
use serde_json::{Value, json};
use std::path::Path;
use summary::learn_into;

fn document(schemas: Value) -> Value {
    let mut all = json!({
        "AWSEvent": {
            "type": "object", "x-amazon-events-detail-type": "Door Moved", "x-amazon-events-source": "my.doors",
            "properties": { "detail": { "$ref": "#/components/schemas/DoorMoved" } }
        }
    });
    all.as_object_mut()
        .unwrap()
        .extend(schemas.as_object().unwrap().clone());
    json!({ "openapi": "3.0.0", "info": { "version": "1", "title": "doors" }, "paths": {}, "components": { "schemas": all } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn wing() -> Value {
    json!({ "type": "object", "properties": { "width": { "type": "number" }, "wood": { "type": "string" } } })
}

/// The definitions of the event's schema, sorted.
fn definitions(schemas: &Path, document: &Value) -> Vec<String> {
    let text = document.to_string();
    let found = document::read("my.doors@Moved.json", &text)
        .unwrap()
        .unwrap();
    for piece in found.pieces {
        learn_into(schemas, piece);
    }
    let schema = std::fs::read_to_string(schemas.join("my.doors/DoorMoved.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let names = schema["definitions"].as_object().unwrap().keys();
    names.cloned().collect()
}

#[test]
fn one_definition_under_several_keys_is_one_type() {
    let folder = tempfile::tempdir().unwrap();
    let fields = json!({ "left": reference("DoorWing"), "right": reference("DoorWing"), "all": { "type": "array", "items": reference("DoorWing") } });
    let all = document(
        json!({ "DoorMoved": { "type": "object", "properties": fields }, "DoorWing": wing() }),
    );
    assert_eq!(definitions(folder.path(), &all), ["DoorMoved", "DoorWing"]);
    assert_eq!(definitions(folder.path(), &all), ["DoorMoved", "DoorWing"]);
}

#[test]
fn equal_definitions_are_one_type_and_others_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = wing();
    other["properties"]["glass"] = json!({ "type": "boolean" });
    let fields =
        json!({ "left": reference("Left"), "right": reference("Right"), "top": reference("Top") });
    let schemas = json!({ "DoorMoved": { "type": "object", "properties": fields }, "Left": wing(), "Right": wing(), "Top": other });
    assert_eq!(
        definitions(folder.path(), &document(schemas)),
        ["DoorMoved", "Left", "Top"]
    );
}

#[test]
fn one_place_is_called_by_its_key_and_types_keep_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let with = |fields: Value| {
        document(
            json!({ "DoorMoved": { "type": "object", "properties": fields }, "DoorWing": wing() }),
        )
    };
    let one = with(json!({ "left": reference("DoorWing") }));
    assert_eq!(definitions(folder.path(), &one), ["DoorMoved", "Left"]);
    let two = with(json!({ "left": reference("DoorWing"), "right": reference("DoorWing") }));
    assert_eq!(definitions(folder.path(), &two), ["DoorMoved", "Left"]);
}
