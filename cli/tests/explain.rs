//! `explain` and `coverage`: what is known of a field, who says so, and who says otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A schema set of one event, learned from a page and from a document that contradicts it.
fn kiln() -> TempDir {
    let folder = TempDir::new().unwrap();
    let samples = folder.path().join("schemas/my.kiln/samples");
    std::fs::create_dir_all(&samples).unwrap();
    let page = json!({
        "page": "kiln.md", "format": "markdown", "revision": "sha256:0",
        "events": [{
            "line": 3, "detail_type": "Kiln Firing State Change",
            "event": {
                "source": "my.kiln", "detail-type": "Kiln Firing State Change",
                "detail": {"FiringStatus": "Hot", "Cones": [{"Name": "c6", "Melts": 1200}]}
            }
        }],
        "patterns": [],
        "values": [{
            "detail_type": "Kiln Firing State Change", "fields": ["FiringStatus"],
            "values": [["Hot", 10], ["Cold", 11]]
        }],
        "fields": []
    });
    let document = json!({
        "kind": "registry", "name": "my.kiln@Firing", "revision": "sha256:1",
        "shapes": {"my.kiln": {"Kiln Firing State Change": {
            "seen": ["registry:my.kiln@Firing: object"],
            "fields": {
                "FiringStatus": {
                    "at": "registry:my.kiln@Firing 1",
                    "shape": {"seen": ["registry:my.kiln@Firing: number"]}
                },
                "Potter": {
                    "at": "registry:my.kiln@Firing 2",
                    "shape": {"seen": ["registry:my.kiln@Firing: string"]}
                }
            }
        }}}
    });
    let said = json!({
        "events": { EVENT: {
            "description": "Sent when it gets hot.", "documentation": "https://example.org/kiln.html",
            "fields": { "FiringStatus": "How hot it is." }
        } }
    });
    let descriptions = samples.join("../descriptions.json");
    std::fs::write(descriptions, said.to_string()).unwrap();
    std::fs::write(samples.join("kiln.md.json"), page.to_string()).unwrap();
    std::fs::write(samples.join("my.kiln@Firing.json"), document.to_string()).unwrap();
    let made = run(&folder, &[]);
    assert!(made.status.success(), "{made:?}");
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn said(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

/// Runs a command with `--format json` and holds its answer against the committed description.
fn report(folder: &TempDir, arguments: &[&str], described: &str) -> Value {
    let output = run(folder, &[arguments, &["--format", "json"]].concat());
    let report = serde_json::from_slice(&output.stdout).unwrap();
    let schema: Value = serde_json::from_str(described).unwrap();
    jsonschema::validate(&schema, &report).unwrap_or_else(|error| panic!("{error}"));
    report
}

const EVENT: &str = "Kiln Firing State Change";

#[test]
fn a_field_is_explained_with_its_values_its_evidence_and_what_is_overruled() {
    let folder = kiln();
    let described = include_str!("../formats/explain-report.schema.json");
    let report = report(&folder, &["explain", EVENT, "firingstatus"], described);
    assert_eq!(report["source"], "my.kiln");
    assert_eq!(
        report["fields"],
        json!([{
            "path": "FiringStatus", "also_at": [], "type": "string (FiringStatus)",
            "description": "How hot it is.", "required": true, "present_when": null,
            "known_values": [
                {"value": "Hot", "evidence": ["kiln.md:10"]},
                {"value": "Cold", "evidence": ["kiln.md:11"]}
            ],
            "wire_forms": [],
            "evidence": ["kiln.md:3: string Hot"],
            "overruled": ["registry:my.kiln@Firing: number"]
        }])
    );
    let output = run(&folder, &["explain", EVENT, "FiringStatus"]);
    let text = said(&output.stdout);
    assert!(text.contains("means      How hot it is."), "{text}");
    assert!(text.contains("overruled  registry:my.kiln@Firing: number"));
}

#[test]
fn an_event_is_explained_field_by_field() {
    let folder = kiln();
    let output = run(&folder, &["explain", EVENT]);
    let text = said(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for line in [
        "  Sent when it gets hot.\n  https://example.org/kiln.html\n",
        "FiringStatus   always",
        "Cones[].Melts",
        "list of object (Cone)",
        "Potter",
    ] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
}

#[test]
fn a_misspelt_name_is_answered_with_the_nearest() {
    let folder = kiln();
    for (arguments, near) in [
        (vec!["explain", "Kiln Firing Stat Change"], EVENT),
        (vec!["explain", EVENT, "FireStatus"], "FiringStatus"),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2));
        let text = said(&output.stderr);
        assert!(
            text.contains("did you mean") && text.contains(near),
            "{text}"
        );
    }
}

#[test]
fn coverage_counts_the_fields_of_each_kind_of_evidence() {
    let folder = kiln();
    let described = include_str!("../formats/coverage-report.schema.json");
    let whole = report(&folder, &["coverage"], described);
    let event = &whole["events"][0];
    assert_eq!(
        event["shares"],
        json!({
            "page": {"had": 4, "of": 4}, "registry": {"had": 2, "of": 2}
        })
    );
    assert_eq!(
        event["overruled"],
        json!(["FiringStatus: registry:my.kiln@Firing: number"])
    );

    assert_eq!(event["described"], json!({ "had": 2, "of": 6 }));
    let undescribed = json!(["Cones", "Potter", "Cones[].Melts", "Cones[].Name"]);
    assert_eq!(event["undescribed"], undescribed);
    let text = said(&run(&folder, &["coverage"]).stdout);
    assert!(
        text.contains("2/6  33 %") && text.contains("--undescribed lists"),
        "{text}"
    );
    let text = said(&run(&folder, &["coverage", "--undescribed"]).stdout);
    assert!(
        text.contains("  no description of Cones[].Melts\n"),
        "{text}"
    );

    let schema = folder.path().join("schemas/my.kiln/FiringStateChange.json");
    let text = std::fs::read_to_string(&schema).unwrap();
    std::fs::write(&schema, text.replace("\"Potter\"", "\"Cook\"")).unwrap();
    let output = run(&folder, &["coverage"]);
    assert_eq!(output.status.code(), Some(1), "a field is lacking");
    assert!(said(&output.stdout).contains("lacks Potter, which a registry names"));
}
