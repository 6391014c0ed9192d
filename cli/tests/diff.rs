//! `diff` between folders and revisions of git, for people, for a changelog and for programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn page(events: &[(&str, &str)]) -> String {
    let blocks = events.iter().map(|(detail_type, detail)| {
        format!("## {detail_type}\n\n```json\n{{ \"source\": \"my.lid\", \"detail-type\": \"{detail_type}\", \"detail\": {detail} }}\n```\n\n")
    });
    format!("# Lids\n\n{}", blocks.collect::<String>())
}

const OLD: [(&str, &str); 2] = [
    (
        "LidShut",
        r#"{ "LidName": "oak", "LidStatus": "SHUT", "Weight": 3 }"#,
    ),
    (
        "Lid Lost",
        r#"{ "LidName": "oak", "Time": "2020-01-01T00:00:00Z", "LitTime": "2020-01-01T00:00:00Z", "EndTime": "2020-01-01T00:00:00Z" }"#,
    ),
];

const NEW: [(&str, &str); 3] = [
    (
        "Lid Shut",
        r#"{ "LidName": "oak", "LidStatus": "SHUT", "Weight": 3, "Glaze": "red" }"#,
    ),
    (
        "Lid Lost",
        r#"{ "LidName": "oak", "Time": "1583831889050", "LitTime": "1583831889050", "EndTime": "1583831889050" }"#,
    ),
    ("Lid Found", r#"{ "LidName": "oak" }"#),
];

struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap()
    }

    fn learn(&self, set: &str, events: &[(&str, &str)], date: &str) {
        std::fs::write(self.path().join("lids.md"), page(events)).unwrap();
        let output = self.run(&["learn", "lids.md", "--schemas", set, "--date", date]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Lid", "-c", "user.email=lid@example.com"])
            .args(arguments);
        let output = git.current_dir(self.path()).output().unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn in_two_folders() -> Place {
    let place = Place::new();
    place.learn("old", &OLD, "2020-01");
    place.learn("new", &OLD, "2020-01");
    place.learn("new", &NEW, "2021-01");
    place
}

#[test]
fn each_fact_is_told_with_what_it_does_and_a_mass_edit_once() {
    let place = in_two_folders();
    let output = place.run(&["diff", "old", "new"]);
    let said = text(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("Rename event (the old name stays, deprecated) `LidShut` to `Lid Shut`"),
        "{said}"
    );
    assert!(said.contains("Add event `Lid Found`"), "{said}");
    assert!(
        said.contains("additive  Add field `Glaze` of `Lid Shut`"),
        "{said}"
    );
    let mass: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("string-millis"))
        .collect();
    assert!(mass.len() == 1 && mass[0].contains("3 fields"), "{said}");
    assert!(
        said.contains("Next version after 0.1.0: rust patch → 0.1.1"),
        "{said}"
    );
}

#[test]
fn nothing_is_told_of_what_is_the_same_and_evidence_is_counted() {
    let place = in_two_folders();
    assert_eq!(
        text(&place.run(&["diff", "new", "new"])),
        "Next version after 0.1.0: rust nothing to release, typescript nothing to release, python nothing to release.\n"
    );
    let mut moved = NEW;
    moved.reverse();
    place.learn("moved", &NEW, "2021-01");
    place.learn("moved", &moved, "2021-02");
    place.learn("still", &NEW, "2021-01");
    let said = text(&place.run(&["diff", "still", "moved"]));
    assert!(
        said.starts_with("Changed: ") && said.lines().count() == 2,
        "{said}"
    );
}

#[test]
fn revisions_of_git_are_compared_without_touching_the_tree() {
    let place = Place::new();
    place.git(&["init", "--quiet"]);
    place.learn("schemas", &OLD, "2020-01");
    place.git(&["add", "schemas"]);
    place.git(&["commit", "--quiet", "-m", "old"]);
    place.git(&["tag", "v0.1.0"]);
    place.learn("schemas", &NEW, "2021-01");
    let uncommitted = text(&place.run(&["diff", "HEAD"]));
    assert!(
        uncommitted.contains("Add event `Lid Found`"),
        "{uncommitted}"
    );
    place.git(&["add", "schemas"]);
    place.git(&["commit", "--quiet", "-m", "new"]);
    assert_eq!(text(&place.run(&["diff", "v0.1.0", "HEAD"])), uncommitted);
    let status = Command::new("git")
        .args(["status", "--short", "schemas"])
        .current_dir(place.path())
        .output()
        .unwrap();
    assert_eq!(
        text(&status),
        "",
        "neither the index nor the tree is touched"
    );
    for odd in ["no-such-thing", "HEAD:schemas"] {
        let output = place.run(&["diff", odd]);
        assert_eq!(output.status.code(), Some(2), "{odd}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("neither a folder nor a revision"), "{told}");
    }
}

#[test]
fn programs_and_changelogs_get_the_same() {
    let place = in_two_folders();
    let output = place.run(&["diff", "old", "new", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema = include_str!("../formats/diff-report.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert!(
        jsonschema::validator_for(&schema)
            .unwrap()
            .is_valid(&report),
        "{report:#}"
    );
    let findings = report["findings"].as_array().unwrap();
    let kinds: Vec<&str> = findings
        .iter()
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "event-added").count(),
        1,
        "{kinds:?}"
    );
    let renamed = findings
        .iter()
        .find(|it| it["what"] == "event-renamed")
        .unwrap();
    assert_eq!(renamed["from"], json!("LidShut"));
    assert_eq!(report["packages"][0]["package"], json!("rust"));
    let markdown = text(&place.run(&["diff", "old", "new", "--markdown"]));
    assert!(
        markdown.contains("### Added and deprecated\n\n")
            && markdown.contains("- Add field `Glaze` of `Lid Shut`\n"),
        "{markdown}"
    );
}

#[test]
fn what_is_denied_and_rules_that_no_longer_match_are_found() {
    let place = in_two_folders();
    assert_eq!(
        place
            .run(&["diff", "new", "new", "--deny", "additive"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        place
            .run(&["diff", "old", "new", "--deny", "additive"])
            .status
            .code(),
        Some(1)
    );
    std::fs::create_dir(place.path().join("infra")).unwrap();
    let rule = "{\n  \"source\": [\"my.lid\"],\n  \"detail-type\": [\"LidShut\"]\n}\n";
    std::fs::write(place.path().join("infra/rule.json"), rule).unwrap();
    let output = place.run(&["diff", "old", "new", "--rules", "infra"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("infra/rule.json:3:19") && told.contains("`LidShut` to `Lid Shut`"),
        "{told}"
    );
    std::fs::write(
        place.path().join("infra/rule.json"),
        rule.replace("LidShut", "Lid Lost"),
    )
    .unwrap();
    assert_eq!(
        place
            .run(&["diff", "old", "new", "--rules", "infra"])
            .status
            .code(),
        Some(0)
    );
}
