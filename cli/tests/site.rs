//! `site` at the command line: what is written and said, that a second run writes nothing, that what is stale is found, and
//! that what others wrote stays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const EVENT: &str = r#"{ "version": "0", "id": "k-1", "detail-type": "Kiln Firing State Change", "source": "my.kiln", "account": "123456789012", "time": "2026-01-02T03:04:05Z", "region": "eu-north-1", "resources": [], "detail": { "FiringName": "glaze", "FiringStatus": "Hot" } }"#;

struct Place(TempDir);

impl Place {
    /// A folder with a set of one event.
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        fs::write(place.path("a.ndjson"), EVENT).unwrap();
        assert_eq!(place.run(&["learn", "a.ndjson"]).status.code(), Some(0));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// The status and what was said.
    fn said(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }
}

#[test]
fn pages_are_written_once_and_what_is_stale_is_found() {
    let place = Place::new();
    let (status, said) = place.said(&["site", "--to", "public"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("1 events in 11 files, 11 of them written: open public/index.html"),
        "{said}"
    );
    assert_eq!(
        place.said(&["site", "--to", "public", "--check"]).0,
        Some(0)
    );
    let page = place.path("public/events/FiringStateChange.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Kiln Firing", "Kiln Fired")).unwrap();
    let (status, said) = place.said(&["site", "--to", "public", "--check"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("Stale: 1 of 11 files"), "{said}");
    assert_eq!(place.said(&["site", "--to", "public"]).0, Some(0));
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}

#[test]
fn pages_of_events_that_are_gone_go_and_all_else_stays() {
    let place = Place::new();
    place.run(&["site", "--to", "public"]);
    fs::write(place.path("public/CNAME"), "example.com").unwrap();
    fs::write(place.path("public/events/notes.html"), "<p>mine</p>").unwrap();
    let old = place.path("public/events/Old.html");
    fs::copy(place.path("public/events/FiringStateChange.html"), &old).unwrap();
    assert_eq!(place.said(&["site", "--to", "public"]).0, Some(0));
    assert!(!old.exists());
    assert!(place.path("public/CNAME").exists() && place.path("public/events/notes.html").exists());
}

#[test]
fn what_is_in_the_way_is_told_and_nothing_is_written() {
    let place = Place::new();
    fs::create_dir(place.path("public")).unwrap();
    fs::write(place.path("public/index.html"), "<p>mine</p>").unwrap();
    let (status, said) = place.said(&["site", "--to", "public"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("public/index.html"), "{said}");
    assert_eq!(names(&place.path("public")), ["index.html"]);
    let (status, said) = place.said(&["site", "--to", "schemas/pages"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(
        said.contains("pages among schemas") && !place.path("schemas/pages").exists(),
        "{said}"
    );
    fs::rename(place.path("schemas"), place.path("events")).unwrap();
    let (status, said) = place.said(&["site", "--schemas", "events", "--to", "."]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("pages among schemas"), "{said}");
    let (status, said) = place.said(&["site", "--schemas", "nowhere", "--to", "other"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(!place.path("other").exists(), "{said}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_report_is_what_its_schema_says() {
    let place = Place::new();
    let output = place.run(&["site", "--to", "public", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema = serde_json::from_str(include_str!("../formats/site-report.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = schema
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(
        (&report["events"], report["files"].as_array().unwrap().len()),
        (&Value::from(1), 11)
    );
}
