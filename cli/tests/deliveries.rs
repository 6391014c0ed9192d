//! Deliveries at the command line: told apart from pages by looking, learned whole or in parts, and refused or
//! passed over with a word where they are broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Place(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), content).unwrap();
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.fed(arguments, b"")
    }

    fn fed(&self, arguments: &[&str], stdin: &[u8]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command.args(arguments).current_dir(self.0.path());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Runs what must succeed; returns what it said on stdout and stderr.
    fn done(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let (out, err) = said(&output);
        assert_eq!(output.status.code(), Some(0), "{out}{err}");
        (out, err)
    }

    /// Runs what must be refused, with nothing written; returns what it said.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = said(&output);
        assert_eq!(output.status.code(), Some(2), "{out}{err}");
        assert!(
            !err.contains("panicked") && !self.path("schemas").exists(),
            "{err}"
        );
        err
    }
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn event(number: usize, status: &str) -> String {
    let detail = json!({ "FiringName": format!("pot-{number}"), "FiringStatus": status, "CreationTime": 1_772_461_112_345_u64, "Cone": null });
    let event = json!({ "version": "0", "id": format!("{number:04}"), "detail-type": "Kiln Firing State Change", "source": "my.kiln", "account": "490816224431", "time": "2026-01-02T03:04:05Z", "region": "eu-north-1", "resources": [], "detail": detail });
    format!("{event}\n")
}

fn events(numbers: std::ops::Range<usize>) -> String {
    numbers
        .map(|number| event(number, ["Hot", "Cold"][number % 2]))
        .collect()
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

const SAMPLES: &str = "schemas/my.kiln/samples/deliveries.json";

#[test]
fn deliveries_of_any_name_and_packing_become_schemas() {
    let place = Place::new();
    place.file("page.html", events(0..5));
    place.file("archive/a.md", packed(&events(5..9)));
    place.file("archive/below/b", packed(&events(9..12)));
    place.file("archive/.hidden", "no evidence");
    let (out, _) = place.done(&["learn", "page.html", "archive"]);
    assert!(
        out.contains("page.html (deliveries): 5 events")
            && out.contains("        5 Kiln Firing State Change"),
        "{out}"
    );
    assert!(out.contains("added"), "{out}");
    let schema = std::fs::read_dir(place.path("schemas/my.kiln")).unwrap();
    let schema = schema
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_file())
        .unwrap();
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let detail = schema["definitions"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(
        detail["properties"]["CreationTime"]["x-wire-forms"],
        json!(["integer-millis"])
    );
    assert_eq!(detail["required"], json!(["FiringName", "FiringStatus"]));
    assert_eq!(
        place.run(&[]).status.code(),
        Some(0),
        "packages are made of it"
    );

    let kept = place.text(SAMPLES);
    assert!(
        !kept.contains("pot-") && !kept.contains("490816224431") && kept.contains("Cold"),
        "{kept}"
    );
    let (out, _) = place.done(&["learn", "archive"]);
    assert!(out.contains("unchanged 1 event"), "{out}");
    assert_eq!(place.text(SAMPLES), kept);
}

#[test]
fn parts_learned_apart_give_what_the_whole_gives() {
    let (whole, parts) = (Place::new(), Place::new());
    whole.file("all", events(0..60));
    whole.done(&["learn", "all"]);
    parts.file("one", events(30..60));
    parts.file("other", packed(&events(0..35)));
    parts.done(&["learn", "--partial", "one.json", "one"]);
    assert!(
        !parts.path("schemas").exists(),
        "--partial learns nothing yet"
    );
    parts.done(&["learn", "--partial", "both.json", "one.json", "other"]);
    parts.done(&["learn", "--partial", "other.json", "other"]);
    parts.done(&["learn", "one.json", "other.json"]);
    assert_eq!(whole.text(SAMPLES), parts.text(SAMPLES));
    let again = parts.run(&["learn", "both.json", "--format", "json"]);
    let report: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(
        (
            &report["events"][0]["change"],
            &report["evidence"][0]["kind"]
        ),
        (&json!("unchanged"), &json!("shapes"))
    );
    whole.done(&["learn", "--partial", "all.json", "all"]);
    assert_eq!(whole.text("all.json"), parts.text("both.json"));
}

#[test]
fn stdin_and_stdout_take_part() {
    let place = Place::new();
    let output = place.fed(&["learn", "--partial", "-", "-"], &packed(&events(0..3)));
    let (shape, err) = said(&output);
    assert!(err.contains("- (deliveries): 3 events"), "{err}");
    place.file("events", events(0..3));
    place.done(&["learn", "--partial", "shape.json", "events"]);
    assert_eq!(shape, place.text("shape.json"));
    let empty = place.fed(&["learn", "--partial", "-", "-"], b"");
    assert_eq!(empty.status.code(), Some(0));
    let joined = place.fed(
        &["learn", "--partial", "-", "-", "shape.json"],
        &empty.stdout,
    );
    assert_eq!(said(&joined).0, shape);
    let page = place.fed(&["learn", "-"], b"# Kiln\n\nA page.\n");
    assert_eq!(page.status.code(), Some(2));
    assert!(said(&page).1.contains("known by the name of its file"));
}

#[test]
fn the_report_counts_what_arrived() {
    let place = Place::new();
    place.file(
        "log",
        format!("{}broken {{\n{}", events(0..3), events(3..4)),
    );
    let output = place.run(&["learn", "--dry-run", "--format", "json", "log"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema: Value =
        serde_json::from_str(include_str!("../formats/learn-report.schema.json")).unwrap();
    assert!(
        jsonschema::validator_for(&schema)
            .unwrap()
            .is_valid(&report),
        "{report}"
    );
    let evidence = &report["evidence"][0];
    assert_eq!(evidence["kind"], "deliveries");
    assert_eq!(
        evidence["deliveries"]["events"],
        json!([{ "source": "my.kiln", "detail_type": "Kiln Firing State Change", "count": 4 }])
    );
    assert_eq!(evidence["deliveries"]["skipped"], 1);
    let message = report["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains("4:1"), "{message}");
    assert!(!place.path("schemas").exists());
}

#[test]
fn a_cut_archive_is_refused_whole() {
    let place = Place::new();
    let archive = packed(&events(0..500));
    place.file("good", events(0..2));
    place.file("cut", &archive[..archive.len() - 9]);
    let said = place.refused(&["learn", "good", "cut"]);
    assert!(
        said.contains(&format!("byte {}", archive.len() - 9)) && said.contains("cut"),
        "{said}"
    );
    place.refused(&["learn", "--partial", "shape.json", "good", "cut"]);
    assert!(!place.path("shape.json").exists());
}

#[test]
fn what_holds_no_event_is_a_warning_and_an_empty_folder_an_error() {
    let place = Place::new();
    place.file("other.json", "{\"a\": [1, 2]}\n");
    let (_, err) = place.done(&["learn", "other.json"]);
    assert!(
        err.contains("no event stands in this file") && err.contains("detail-type"),
        "{err}"
    );
    place.file("empty.gz", packed(""));
    let (_, err) = place.done(&["learn", "empty.gz"]);
    assert!(err.contains("is empty"), "{err}");
    std::fs::create_dir(place.path("folder")).unwrap();
    assert!(
        place
            .refused(&["learn", "folder"])
            .contains("without any file")
    );
}

#[test]
fn pages_and_documents_are_no_partial_shapes() {
    let place = Place::new();
    place.file(
        "kiln.md",
        format!("# Kiln\n\n```\n{}```\n", event(1, "Hot")),
    );
    let said = place.refused(&["learn", "--partial", "shape.json", "kiln.md"]);
    assert!(
        said.contains("is no delivery") && said.contains("without `--partial`"),
        "{said}"
    );
    place.file(
        "registry.json",
        "{\"kind\":\"registry\",\"name\":\"x\",\"revision\":\"r\",\"shapes\":{}}",
    );
    assert!(
        place
            .refused(&["learn", "--partial", "shape.json", "registry.json"])
            .contains("is no delivery")
    );
    let said = place.refused(&["learn", "--partial", "-", "--format", "json", "kiln.md"]);
    assert!(said.contains("stdout cannot take both"), "{said}");
    assert!(!place.path("shape.json").exists());
}

#[test]
fn shapes_are_read_with_care() {
    let place = Place::new();
    for (shapes, part) in [
        (
            r#"{"kind":"delivery","name":"deliveries","shapes":{"../up":{}}}"#,
            "no event source",
        ),
        (
            r#"{"kind":"delivery","name":"deliveries","shapes":{"a":{"b":{"seen":["odd"]}}}}"#,
            "is not a fact",
        ),
        (r#"{"kind":"delivery","name":"deliveries","#, "EOF"),
        (r#"{"kind":"delivery","what":1}"#, "unknown field `what`"),
    ] {
        place.file("shape.json", shapes);
        let said = place.refused(&["learn", "shape.json"]);
        assert!(said.contains(part) && said.contains("shape.json"), "{said}");
    }
}
