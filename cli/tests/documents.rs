//! `learn` on registry documents and API models, as a user calls it: what is written, what is refused and where.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = r##"{
  "openapi": "3.0.0",
  "components": { "schemas": {
    "AWSEvent": {
      "x-amazon-events-detail-type": "Kiln Fired",
      "x-amazon-events-source": "my.kiln",
      "properties": { "detail": { "$ref": "#/components/schemas/Fired" } }
    },
    "Fired": { "type": "object", "properties": { "Status": { "type": "string" } } }
  } }
}
"##;

const MODEL: &str = r#"{
  "metadata": { "apiVersion": "2020-02-02", "serviceId": "Kiln" },
  "shapes": {
    "DescribeKiln": { "type": "structure", "members": { "Status": { "shape": "Status" } } },
    "Status": { "type": "string", "enum": ["Hot", "Cold"] }
  }
}
"#;

const MIRRORS: &str = r#"{
  "service": "Kiln",
  "mirrors": [{ "detail_type": "Kiln Fired", "shape": "DescribeKiln" }]
}
"#;

fn place(files: &[(&str, &str)]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = place.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    place
}

fn learn(place: &Path, evidence: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
    command.current_dir(place).arg("learn").args(evidence);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_folder_of_documents_and_a_model_give_a_schema() {
    let place = place(&[
        ("documents/my.kiln@KilnFired.json", DOCUMENT),
        ("service-2.json", MODEL),
        ("schemas/my.kiln/mirrors.json", MIRRORS),
    ]);
    let output = learn(place.path(), &["documents", "service-2.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let schema = place.path().join("schemas/my.kiln/Fired.json");
    let schema = std::fs::read_to_string(schema).unwrap();
    assert!(
        schema.contains("\"x-known-values\": [\"Hot\", \"Cold\"]"),
        "{schema}"
    );
    assert!(
        schema.contains("registry:my.kiln@KilnFired: string"),
        "{schema}"
    );
    for sample in ["api.json", "my.kiln@KilnFired.json"] {
        assert!(
            place
                .path()
                .join("schemas/my.kiln/samples")
                .join(sample)
                .exists()
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_nothing_is_written() {
    for (name, wrong, with, at, help) in [
        (
            "document.json",
            "schemas/Fired",
            "schemas/Fird",
            "document.json:7:43",
            "did you mean Fired",
        ),
        (
            "document.json",
            "x-amazon-events-source",
            "x-source",
            "document.json:4:17",
            "which events",
        ),
        (
            "service-2.json",
            "\"shape\": \"Status\"",
            "\"shape\": \"State\"",
            "service-2.json:4:67",
            "botocore",
        ),
        (
            "service-2.json",
            "\"Kiln\"",
            "\"Forge\"",
            "service-2.json",
            "Kiln (schemas/my.kiln/mirrors.json:2:14)",
        ),
        (
            "schemas/my.kiln/mirrors.json",
            "DescribeKiln",
            "DescribeKil",
            "mirrors.json:3:55",
            "did you mean DescribeKiln",
        ),
        (
            "schemas/my.kiln/mirrors.json",
            "\"shape\"",
            "\"shap\"",
            "mirrors.json:3:51",
            "unknown field",
        ),
    ] {
        let files = [
            ("document.json", DOCUMENT),
            ("service-2.json", MODEL),
            ("schemas/my.kiln/mirrors.json", MIRRORS),
        ];
        let changed: Vec<(&str, String)> = files
            .iter()
            .map(|(file, text)| {
                if *file == name {
                    (*file, text.replacen(wrong, with, 1))
                } else {
                    (*file, (*text).to_owned())
                }
            })
            .collect();
        let changed: Vec<(&str, &str)> = changed
            .iter()
            .map(|(file, text)| (*file, text.as_str()))
            .collect();
        let place = place(&changed);
        let output = learn(place.path(), &["document.json", "service-2.json"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(at) && said.contains(help),
            "{at} {help}\n{said}"
        );
        assert!(!place.path().join("schemas/my.kiln/samples").exists());
    }
}

#[test]
fn what_a_model_says_in_words_is_taken_only_when_it_is_asked_for() {
    let said = MODEL.replace(
        r#"{ "shape": "Status" }"#,
        r#"{ "shape": "Status", "documentation": "<p>How hot the <code>kiln</code> is.</p>" }"#,
    );
    let place = place(&[
        ("my.kiln@KilnFired.json", DOCUMENT),
        ("service-2.json", &said),
        ("schemas/my.kiln/mirrors.json", MIRRORS),
    ]);
    let schema = place.path().join("schemas/my.kiln/Fired.json");
    let schema = || std::fs::read_to_string(&schema).unwrap();
    let evidence = ["my.kiln@KilnFired.json", "service-2.json"];
    assert!(learn(place.path(), &evidence).status.success());
    assert!(!schema().contains("How hot"), "{}", schema());
    let asked = [&evidence[..], &["--descriptions"]].concat();
    assert!(learn(place.path(), &asked).status.success());
    let described = r#""description": "How hot the `kiln` is.""#;
    assert!(schema().contains(described), "{}", schema());
    assert!(learn(place.path(), &evidence).status.success());
    assert!(schema().contains(described), "it stays: {}", schema());
}
