//! What must not happen: values of deliveries kept, evidence overwritten, a reader that stops reading answered
//! with a panic, success told where nothing was written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn event(detail: Value) -> String {
    let event = json!({
        "version": "0", "id": "77", "detail-type": "Kiln Firing State Change", "source": "my.kiln",
        "account": "987650001234", "detail": detail
    });
    event.to_string()
}

struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn learn(&self, name: &str, content: &str) -> Output {
        std::fs::write(self.path(name), content).unwrap();
        self.run(&["learn", name])
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command.args(arguments).current_dir(self.0.path());
        command
    }

    fn schema(&self) -> Value {
        let file = self.path("schemas/my.kiln/FiringStateChange.json");
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    }
}

/// All that stands below a folder, as one text.
fn written(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = entries.map(|entry| {
        if entry.path().is_dir() {
            written(&entry.path())
        } else {
            std::fs::read_to_string(entry.path()).unwrap()
        }
    });
    texts.collect()
}

#[test]
fn data_that_begins_oddly_is_no_page() {
    let good = event(json!({"FiringName": "zebra", "FiringStatus": "Hot"}));
    let odd = [
        ("first.ndjson", format!("garbage line\n{good}\n{good}\n")),
        ("comma.json", good.replacen("\"zebra\"", "\"zebra\",", 1)),
        ("comment.json", format!("// my event\n{good}")),
        (
            "lambda.log",
            format!("START 1\n{}\nEND 1\n", good.replace('"', "'")),
        ),
    ];
    for (name, content) in odd {
        let place = Place::new();
        let output = place.learn(name, &content);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(name), "{said}");
        let kept = written(&place.path("schemas"));
        for value in ["zebra", "987650001234"] {
            assert!(!kept.contains(value), "{name}: {value} in {kept}");
        }
    }
}

#[test]
fn keys_that_are_data_are_not_kept() {
    let place = Place::new();
    let counts =
        json!({"987650001234": 1, "arn:aws:s3:::zebra": 2, "a@zebra.example": 3, "sum": 6});
    let output = place.learn("a.ndjson", &event(json!({"Counts": counts})));
    assert!(output.status.success(), "{output:?}");
    let kept = written(&place.path("schemas"));
    assert!(
        !kept.contains("zebra") && !kept.contains("987650001234"),
        "{kept}"
    );
    let counts = &place.schema()["definitions"]["FiringStateChange"]["properties"]["Counts"];
    assert_eq!(counts["additionalProperties"], json!({"type": "integer"}));
}

#[test]
fn a_schema_takes_the_nulls_it_was_learned_from() {
    let place = Place::new();
    let detail = json!({"Cones": ["c6", null], "Shelves": [{"n": 1}, null], "Grid": [[null, 1]]});
    let sent = event(detail);
    assert!(place.learn("a.ndjson", &sent).status.success());
    let sent: Value = serde_json::from_str(&sent).unwrap();
    if let Err(error) = jsonschema::validate(&place.schema(), &sent) {
        panic!("{error}");
    }
}

#[test]
fn evidence_of_one_kind_does_not_take_the_place_of_another() {
    let place = Place::new();
    let page = format!(
        "# Kiln\n\n```\n{}\n```\n",
        event(json!({"FiringStatus": "Hot"}))
    );
    assert!(place.learn("deliveries", &page).status.success());
    let before = written(&place.path("schemas"));
    let output = place.learn("a.ndjson", &event(json!({"FiringStatus": "Cold"})));
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("samples/deliveries.json"), "{said}");
    assert_eq!(written(&place.path("schemas")), before);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Nothing was written."));
}

#[test]
fn a_reader_that_stops_ends_the_program_quietly() {
    let place = Place::new();
    assert!(
        place
            .learn("a.ndjson", &event(json!({"FiringStatus": "Hot"})))
            .status
            .success()
    );
    for arguments in [&["explain", "Kiln Firing State Change"][..], &["coverage"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = place
            .command(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.is_empty(), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed_and_each_file_is_read_once() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    let inner = place.path("archive/deep");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(inner.join("one.json"), event(json!({"lid": 1}))).unwrap();
    std::fs::write(place.path("secret.json"), event(json!({"other": 1}))).unwrap();
    symlink("..", inner.join("up")).unwrap();
    symlink(place.path("secret.json"), inner.join("out.json")).unwrap();
    symlink("one.json", inner.join("again.json")).unwrap();

    let twice = [
        "learn",
        "--format",
        "json",
        "archive",
        "archive/deep/one.json",
    ];
    let output = place.run(&twice);
    assert!(output.status.success(), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let read = report["evidence"].as_array().unwrap();
    let paths: Vec<&str> = read.iter().filter_map(|one| one["path"].as_str()).collect();
    assert_eq!(paths, ["archive/deep/one.json"]);

    std::fs::remove_file(inner.join("one.json")).unwrap();
    let output = place.run(&["learn", "archive"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("links in it are not followed"), "{said}");
}

#[test]
fn a_page_of_nothing_but_findings_is_told_in_short() {
    let place = Place::new();
    let block =
        "```\n{\"source\": \"my..kiln\", \"detail-type\": \"Kiln\", \"detail\": {}}\n```\n\n";
    let output = place.learn("kilns.md", &block.repeat(300));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.matches("is no event source").count(), 100);
    assert!(
        said.contains("more of this kind; `--format json` tells them all"),
        "{said}"
    );
}
