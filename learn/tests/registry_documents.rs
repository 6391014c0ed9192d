//! What documents of a schema registry tell, and what is said of those that cannot be read: made-up ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::model::{Origin, WireForm};
use eventbridge_learn::Evidence;
use eventbridge_learn::ShapeEvidence;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::document::{self, Documents};
use eventbridge_learn::input::{self, Input};
use eventbridge_learn::shape::{Shape, ValueKind};
use serde_json::{Value, json};
use std::path::PathBuf;

/// An OpenAPI document with these schemas beside the event's; `Detail` is the detail's.
fn open_api(schemas: Value) -> Value {
    let mut all = json!({
        "AWSEvent": {
            "type": "object",
            "required": ["detail-type", "detail"],
            "x-amazon-events-detail-type": "Kiln Fired",
            "x-amazon-events-source": "my.kiln",
            "properties": {
                "detail-type": { "type": "string" },
                "detail": { "$ref": "#/components/schemas/Detail" }
            }
        }
    });
    let Value::Object(schemas) = schemas else {
        panic!("schemas are an object");
    };
    all.as_object_mut().unwrap().extend(schemas);
    json!({ "openapi": "3.0.0", "info": { "title": "Other", "version": "1" }, "paths": {}, "components": { "schemas": all } })
}

fn read(document: &Value) -> Result<Documents, Diagnostic> {
    let text = serde_json::to_string_pretty(document).unwrap();
    document::read("documents/my.kiln@KilnFired.json", &text)
        .map(|found| found.expect("it is a document"))
}

fn told(document: &Value) -> ShapeEvidence {
    let mut found = read(document).unwrap_or_else(|problem| panic!("{problem}"));
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    match found.pieces.pop() {
        Some(Evidence::Shapes(told)) => told,
        other => panic!("{other:?}"),
    }
}

fn detail(document: &Value) -> Shape {
    told(document).shapes["my.kiln"]["Kiln Fired"].clone()
}

fn kinds(shape: &Shape, path: &str) -> Vec<ValueKind> {
    let place = shape.at(path).unwrap_or_else(|| panic!("{path} is there"));
    assert!(
        place
            .seen
            .keys()
            .all(|(origin, _)| *origin == Origin::Registry)
    );
    place.kinds().into_iter().cloned().collect()
}

fn refused(document: &Value) -> Diagnostic {
    let problem = read(document).unwrap_err();
    assert_eq!(problem.severity, Severity::Error);
    problem
}

#[test]
fn every_type_becomes_a_kind() {
    let shape = detail(&open_api(
        json!({ "Detail": { "type": "object", "properties": {
        "name": { "type": "string" },
        "opened": { "type": "string", "format": "date-time" },
        "startTime": { "type": "number" },
        "endTime": { "type": "integer" },
        "degrees": { "type": "number" },
        "shelves": { "type": "integer" },
        "gas": { "type": "boolean" },
        "pots": { "type": "array", "items": { "$ref": "#/components/schemas/Pot" } },
        "labels": { "type": "object", "additionalProperties": { "type": "string" } },
        "glaze": { "type": "object" },
        "note": { "type": ["string", "null"] },
        "fault": { "type": "string", "nullable": true },
        "either": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "boolean" } }] }
    } }, "Pot": { "required": ["weight"], "properties": { "weight": { "type": "number" } } } }),
    ));
    for (path, expected) in [
        ("name", vec![ValueKind::Text]),
        ("opened", vec![ValueKind::Instant(WireForm::Rfc3339)]),
        (
            "startTime",
            vec![ValueKind::Instant(WireForm::IntegerMillis)],
        ),
        ("endTime", vec![ValueKind::Instant(WireForm::IntegerMillis)]),
        ("degrees", vec![ValueKind::Number]),
        ("shelves", vec![ValueKind::Integer]),
        ("gas", vec![ValueKind::Boolean]),
        ("pots", vec![ValueKind::List]),
        ("pots[]", vec![ValueKind::Object]),
        ("pots[].weight", vec![ValueKind::Number]),
        ("labels", vec![ValueKind::Map]),
        ("glaze", vec![ValueKind::Object]),
        ("note", vec![ValueKind::Null, ValueKind::Text]),
        ("fault", vec![ValueKind::Null, ValueKind::Text]),
        ("either", vec![ValueKind::Text, ValueKind::List]),
        ("either[]", vec![ValueKind::Boolean]),
    ] {
        assert_eq!(kinds(&shape, path), expected, "{path}");
    }
    let values = shape.at("labels").unwrap().values.clone().unwrap();
    assert_eq!(
        values.kinds().into_iter().collect::<Vec<_>>(),
        [&ValueKind::Text]
    );
    assert!(
        !shape.at("pots[]").unwrap().fields["weight"].always(),
        "what a document calls required is not believed"
    );
}

#[test]
fn a_draft_4_document_and_an_answer_tell_the_same() {
    let fields = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    let plain = open_api(json!({ "Detail": fields }));
    let draft4 = json!({
        "$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
        "x-amazon-events-detail-type": "Kiln Fired", "x-amazon-events-source": "my.kiln",
        "properties": { "detail": { "$ref": "#/definitions/Detail" } },
        "definitions": { "Detail": fields }
    });
    let answer = json!({
        "Content": plain.to_string(), "SchemaName": "my.kiln@KilnFired", "SchemaVersion": "1",
        "SchemaArn": "arn:aws:schemas:eu-west-1::schema/x/y", "Type": "OpenApi3"
    });
    let shapes = [&plain, &draft4, &answer].map(|document| {
        let told = told(document);
        assert_eq!(told.name, "my.kiln@KilnFired");
        told.shapes
    });
    assert_eq!(shapes[0], shapes[1]);
    assert_eq!(shapes[0], shapes[2]);
}

#[test]
fn names_come_from_the_keys_of_events_alone() {
    let mut document = open_api(json!({ "Detail": { "type": "object" } }));
    let event = &mut document["components"]["schemas"]["AWSEvent"];
    event
        .as_object_mut()
        .unwrap()
        .remove("x-amazon-events-detail-type");
    let problem = refused(&document);
    assert!(
        problem.message.contains("`x-amazon-events-detail-type`"),
        "{problem}"
    );
    assert!(problem.place.is_some() && problem.help.is_some());

    let event = &mut document["components"]["schemas"]["AWSEvent"];
    event
        .as_object_mut()
        .unwrap()
        .remove("x-amazon-events-source");
    let problem = refused(&document);
    assert!(
        problem.message.contains("no schema in this document"),
        "{problem}"
    );
    assert!(problem.help.unwrap().contains("x-amazon-events-source"));
}

#[test]
fn a_source_cannot_lead_out_of_the_schemas() {
    let mut document = open_api(json!({ "Detail": { "type": "object" } }));
    document["components"]["schemas"]["AWSEvent"]["x-amazon-events-source"] = json!("../../evil");
    assert!(refused(&document).message.contains("no event source"));
}

#[test]
fn a_circle_is_cut_and_told_with_its_place() {
    let document = open_api(json!({
        "Detail": { "type": "object", "properties": { "pot": { "$ref": "#/components/schemas/Pot" } } },
        "Pot": { "type": "object", "properties": {
            "lid": { "$ref": "#/components/schemas/Pot" }, "name": { "type": "string" }
        } }
    }));
    let found = read(&document).unwrap();
    let [warning] = &found.diagnostics[..] else {
        panic!("{:?}", found.diagnostics);
    };
    assert_eq!(warning.severity, Severity::Warning);
    assert!(
        warning
            .message
            .contains("`#/components/schemas/Pot` contains itself")
    );
    let text = serde_json::to_string_pretty(&document).unwrap();
    let line = text.lines().nth(warning.place.unwrap().line - 1).unwrap();
    assert!(
        line.contains("\"$ref\": \"#/components/schemas/Pot\""),
        "{line}"
    );
    let Evidence::Shapes(told) = &found.pieces[0] else {
        panic!("a document tells something");
    };
    let shape = &told.shapes["my.kiln"]["Kiln Fired"];
    assert_eq!(kinds(shape, "pot.lid"), [ValueKind::Object]);
    assert!(shape.at("pot.lid.name").is_none() && shape.at("pot.name").is_some());
}

#[test]
fn a_reference_to_nowhere_is_told_with_its_place_and_the_names_there_are() {
    let problem = refused(&open_api(json!({
        "Detail": { "properties": { "pot": { "$ref": "#/components/schemas/Pott" } } },
        "Pot": { "type": "object" }
    })));
    assert!(problem.place.is_some());
    assert!(problem.message.contains("there is no `Pott`"), "{problem}");
    assert!(problem.help.unwrap().starts_with("did you mean Pot"));

    let problem = refused(&open_api(
        json!({ "Detail": { "$ref": "other.json#/Pot" } }),
    ));
    assert!(problem.message.contains("another document"), "{problem}");
}

#[test]
fn an_answer_is_read_with_the_place_inside_its_content() {
    let content = "{ \"openapi\": \"3.0.0\",\n  \"components\": oops }";
    let problem = refused(&json!({ "Content": content, "SchemaName": "x" }));
    assert!(
        problem
            .message
            .starts_with("in `Content`, line 2, column 17"),
        "{problem}"
    );
    assert_eq!(problem.place.unwrap().line, 2, "where the content stands");
}

#[test]
fn what_a_document_lists_becomes_known_values() {
    let document = open_api(json!({ "Detail": { "type": "object", "properties": {
        "state": { "type": "string", "enum": ["Hot", "Cold", "ml.m5.large"] }
    } } }));
    let folder = tempfile::tempdir().unwrap();
    let pieces = read(&document).unwrap().pieces;
    let learned = eventbridge_learn::learn(folder.path(), &pieces);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    let schema = learned
        .changes
        .iter()
        .find(|change| change.path == "my.kiln/Fired.json");
    let schema = schema
        .unwrap_or_else(|| panic!("{:?}", learned.changes))
        .new
        .clone()
        .unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let state = &schema["definitions"]["State"];
    assert_eq!(
        state["x-known-values"],
        json!(["Cold", "Hot", "ml.m5.large"])
    );
    assert_eq!(
        state["x-evidence"][0],
        "registry:my.kiln@KilnFired: value Cold"
    );
}

#[test]
fn hostile_documents_are_refused_in_time() {
    // Each level refers twice to the next: 2^40 places.
    let mut levels = serde_json::Map::new();
    for level in 0..40 {
        let next = json!({ "$ref": format!("#/components/schemas/L{}", level + 1) });
        levels.insert(
            format!("L{level}"),
            json!({ "properties": { "a": next, "b": next } }),
        );
    }
    levels.insert("L40".into(), json!({ "type": "string" }));
    levels.insert(
        "Detail".into(),
        json!({ "$ref": "#/components/schemas/L0" }),
    );
    let problem = refused(&open_api(Value::Object(levels)));
    assert!(problem.message.contains("50000 places") || problem.message.contains("deep"));
    assert!(problem.place.is_some());

    let mut chain = serde_json::Map::new();
    for level in 0..200 {
        let next = format!("#/components/schemas/L{}", level + 1);
        chain.insert(
            format!("L{level}"),
            json!({ "properties": { "a": { "$ref": next } } }),
        );
    }
    chain.insert("L200".into(), json!({ "type": "string" }));
    chain.insert(
        "Detail".into(),
        json!({ "$ref": "#/components/schemas/L0" }),
    );
    let problem = refused(&open_api(Value::Object(chain)));
    assert!(problem.message.contains("deep"), "{problem}");

    for odd in [json!(7), json!([]), json!("x"), json!({ "$ref": 7 })] {
        refused(&open_api(
            json!({ "Detail": { "properties": { "a": odd } } }),
        ));
    }
    let old = json!({ "swagger": "2.0", "x-amazon-events-source": "a" });
    assert!(refused(&old).help.unwrap().contains("OpenAPI 3"));
}

#[test]
fn other_evidence_is_left_to_its_readers() {
    for text in [
        "# A page\n\nText.",
        "{ \"source\": \"my.kiln\", \"detail-type\": \"Kiln Fired\", \"detail\": {} }",
        "{ \"Content\": 7 }",
        "[]",
        "",
        "{\"openapi\" is a word of this page}",
    ] {
        let read = document::read("a.json", text);
        assert!(read.unwrap().is_none(), "{text}");
    }
}

#[test]
fn a_folder_stands_for_its_documents() {
    let folder = tempfile::tempdir().unwrap();
    let text = open_api(json!({ "Detail": { "type": "object" } })).to_string();
    for name in ["a.json", "b.json"] {
        std::fs::write(folder.path().join(name), &text).unwrap();
    }
    std::fs::write(folder.path().join("page.md"), "# A page").unwrap();
    let files = input::files(folder.path()).unwrap();
    let read = |file: &PathBuf| input::read(file, &mut Deliveries::default(), &|_| {}).unwrap();
    let names: Vec<String> = files
        .iter()
        .map(read)
        .filter_map(|input| match input {
            Input::Document(_, found) => match &found.pieces[..] {
                [Evidence::Shapes(told)] => Some(told.name.clone()),
                other => panic!("{other:?}"),
            },
            Input::Page(_) => None,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["a", "b"]);
}

/// The schema of the kiln's event that this evidence gives, in this order.
fn schema_of(evidence: &[&ShapeEvidence]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let evidence: Vec<Evidence> = evidence
        .iter()
        .map(|told| Evidence::Shapes((*told).clone()))
        .collect();
    let learned = eventbridge_learn::learn(folder.path(), &evidence);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    let mut changes = learned.changes.into_iter();
    let schema = changes.find(|change| change.path == "my.kiln/Fired.json");
    schema.and_then(|change| change.new).expect("a schema")
}

#[test]
fn what_was_exported_and_pulled_again_confirms_nothing_and_takes_no_place() {
    let heat = |kind: &str| json!({ "Detail": { "type": "object", "properties": { "heat": { "type": kind } } } });
    let theirs = told(&open_api(heat("number")));
    let mut export = open_api(heat("string"));
    export["info"]["description"] = eventbridge_catalog::files::GENERATED.into();
    let export = told(&export);
    let alone = schema_of(&[&theirs]);
    assert!(alone.contains("\"number\""), "{alone}");
    assert_eq!(schema_of(&[&theirs, &export]), alone);
    assert_eq!(schema_of(&[&export, &theirs]), alone);
    let pulled = schema_of(&[&export]);
    assert!(pulled.contains("\"string\""), "{pulled}");
}
