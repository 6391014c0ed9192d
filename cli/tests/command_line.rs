//! What a person or a program meets at the command line: what is printed, what is written, and that bad
//! input is refused with its place, exit code 2 and nothing written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const EVENT: &str = r#"{ "version": "0", "id": "1", "detail-type": "Kiln Firing State Change", "source": "my.kiln", "account": "123456789012", "time": "2026-01-02T03:04:05Z", "region": "eu-north-1", "resources": [], "detail": { "FiringName": "glaze", "FiringStatus": "Hot", "Cones": [ { "Name": "c6" } ] } }"#;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Place {
            folder: TempDir::new().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn page(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        name.to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    /// Runs `learn` on a page that must be refused, and returns what was said.
    fn refused(&self, page: &str) -> String {
        let output = self.run(&["learn", page]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(page), "the message names the file: {said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(!self.path("schemas").exists(), "nothing is written");
        said
    }
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {} {}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

#[test]
fn a_page_becomes_samples_schemas_and_packages() {
    let place = Place::new();
    let page = place.page("kiln.md", format!("# Kiln\n\n```\n{EVENT}\n```\n"));
    let learned = place.run(&["learn", &page]);
    assert_eq!(
        learned.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&learned.stderr)
    );
    assert!(
        place
            .path("schemas/my.kiln/KilnFiringStateChange.json")
            .is_file()
            || place
                .path("schemas/my.kiln/FiringStateChange.json")
                .is_file()
    );
    assert!(place.path("schemas/my.kiln/samples/kiln.md.json").is_file());
    let everything = place.run(&[]);
    assert_eq!(everything.status.code(), Some(0));
    let table = String::from_utf8(everything.stdout).unwrap();
    assert!(
        table.contains("Kiln Firing State Change")
            && table.contains("1 event types in four packages"),
        "{table}"
    );
    for file in [
        "rust/src/lib.rs",
        "typescript/package.json",
        "python/pyproject.toml",
        "registry/openapi3/my.kiln@KilnFiringStateChange.json",
    ] {
        assert!(place.path("generated").join(file).is_file(), "{file}");
    }
    assert_eq!(place.run(&["generate", "--check"]).status.code(), Some(0));
}

#[test]
fn a_second_run_changes_nothing_and_a_stale_package_is_found() {
    let place = Place::new();
    let page = place.page("kiln.md", format!("```\n{EVENT}\n```\n"));
    place.run(&["learn", &page]);
    place.run(&[]);
    let again = json(&place.run(&["learn", "--format", "json", &page]));
    assert_eq!(again["events"][0]["change"], "unchanged");
    assert_eq!(
        json(&place.run(&["generate", "--format", "json"]))["files"],
        Value::Array(Vec::new())
    );

    let file = place.path("generated/rust/src/lib.rs");
    let library = std::fs::read_to_string(&file).unwrap();
    let edited = format!("{library}// edited by hand\n");
    std::fs::write(&file, &edited).unwrap();
    std::fs::write(place.path("generated/rust/src/extra.rs"), &library).unwrap();
    let check = place.run(&["generate", "--check", "--format", "json"]);
    assert_eq!(check.status.code(), Some(1));
    let files = json(&check);
    let changes: Vec<(&str, &str)> = files["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            (
                file["path"].as_str().unwrap(),
                file["change"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("generated/rust/src/lib.rs", "changed"),
            ("generated/rust/src/extra.rs", "removed")
        ]
    );
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        edited,
        "--check writes nothing"
    );
    place.run(&["generate"]);
    assert!(!place.path("generated/rust/src/extra.rs").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    let page = place.page("kiln.txt", EVENT);
    let report = json(&place.run(&["learn", "--dry-run", "--format", "json", &page]));
    assert_eq!(report["events"][0]["change"], "added");
    assert!(!place.path("schemas").exists());
}

#[test]
fn the_report_is_what_its_schema_says() {
    let place = Place::new();
    let defective = EVENT
        .replace("\"Hot\",", "\"Hot\"")
        .replace("} ] } }", "} ], } }");
    let page = place.page("kiln.txt", &defective);
    let report = json(&place.run(&["learn", "--dry-run", "--format", "json", &page]));
    let schema: Value =
        serde_json::from_str(include_str!("../formats/learn-report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let block = &report["evidence"][0]["blocks"][0];
    assert_eq!(
        (&block["kind"], &block["strict"], &block["line"]),
        (&"event".into(), &false.into(), &1.into())
    );
    assert_eq!(
        block["fields"],
        serde_json::json!(["Cones", "Cones[].Name", "FiringName", "FiringStatus"])
    );
    let kinds: Vec<&str> = block["repairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|repair| repair["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["missing-comma", "trailing-comma"]);
}

#[test]
fn a_repair_is_shown_at_its_line_with_a_caret() {
    let place = Place::new();
    let page = place.page("kiln.md", "# Kiln\n\n```\n{\n  \"source\": \"my.kiln\"\n  \"detail-type\": \"Kiln Hot\",\n  \"detail\": {}\n}\n```\n");
    let output = place.run(&["learn", "--dry-run", &page]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("kiln.md:6:3"), "{said}");
    assert!(
        said.contains("6 |   \"detail-type\": \"Kiln Hot\",") && said.contains('^'),
        "{said}"
    );
}

#[test]
fn an_empty_page_is_refused() {
    let place = Place::new();
    assert!(
        place
            .refused(&place.page("empty.md", ""))
            .contains("is empty")
    );
    assert!(
        place
            .refused(&place.page("blank.md", " \n\n"))
            .contains("is empty")
    );
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    let place = Place::new();
    let said = place.refused(&place.page("image.png", b"\x89PNG\r\n\x1a\n\0\0\0"));
    assert!(
        said.contains("no text") && said.contains("image.png:3:1"),
        "{said}"
    );
    let said = place.refused(&place.page("latin.txt", b"caf\xe9 au lait"));
    assert!(
        said.contains("UTF-8") && said.contains("latin.txt:1:4"),
        "{said}"
    );
}

#[test]
fn a_page_without_samples_is_a_warning() {
    let place = Place::new();
    let page = place.page("prose.md", "# A page\n\nWith words only.\n");
    let output = place.run(&["learn", &page]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("warning") && said.contains("no event"),
        "{said}"
    );
    assert!(!place.path("schemas").exists());
}

#[test]
fn a_block_that_the_end_of_the_page_cuts_off_is_refused() {
    let place = Place::new();
    for (name, page) in [
        ("cut.md", format!("# Kiln\n\n```\n{}\n", &EVENT[..200])),
        ("cut.txt", format!("Kiln\n{}", &EVENT[..200])),
        (
            "cut.html",
            format!("<html><body><pre><code>{}", &EVENT[..200]),
        ),
        (
            "closing.txt",
            format!("Kiln\n{}\n", &EVENT[..EVENT.len() - 2]),
        ),
    ] {
        let said = place.refused(&place.page(name, page));
        assert!(
            said.contains("the page ends inside the block"),
            "{name}: {said}"
        );
    }
}

#[test]
fn brackets_beyond_the_limit_are_refused() {
    let place = Place::new();
    for (name, open, close) in [
        ("deep.txt", "[", ""),
        ("deep.md", "```\n", "\n```\n"),
        ("deeper.txt", "{\"a\":", ""),
    ] {
        let opening = if name == "deep.md" { "[" } else { open };
        let start = if name == "deep.md" { open } else { "" };
        let page = place.page(name, format!("{start}{}{close}", opening.repeat(100_000)));
        let said = place.refused(&page);
        assert!(said.contains("128"), "the limit is named: {said}");
    }
}

#[test]
fn a_page_beyond_the_limit_is_refused_unread() {
    let place = Place::new();
    let said = place.refused(&place.page("huge.md", vec![b'a'; 50 << 20]));
    assert!(said.contains("50 MB") && said.contains("4 MB"), "{said}");
}

#[test]
fn a_folder_and_a_missing_file_are_refused() {
    let place = Place::new();
    std::fs::create_dir(place.path("pages")).unwrap();
    assert!(place.refused("pages").contains("is a folder"));
    assert!(place.refused("nowhere.md").contains("no such file"));
}

#[test]
fn one_bad_page_keeps_the_good_ones_from_being_written() {
    let place = Place::new();
    let good = place.page("good.txt", EVENT);
    let output = place.run(&["learn", &good, "nowhere.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!place.path("schemas").exists());
}

#[test]
fn a_source_cannot_lead_out_of_the_schemas() {
    let place = Place::new();
    let page = place.page("evil.txt", EVENT.replace("my.kiln", "../../evil"));
    let output = place.run(&["learn", &page]);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("no event source")
    );
    assert!(!place.path("schemas").exists() && !Path::new("../../evil").exists());
}

#[test]
fn a_correction_that_no_longer_applies_is_an_error_with_its_place() {
    let place = Place::new();
    let page = place.page("kiln.txt", EVENT);
    std::fs::create_dir_all(place.path("schemas/my.kiln")).unwrap();
    let corrections = "{\n  \"corrections\": [\n    { \"fix\": \"map\", \"field\": \"Labels\", \"reason\": \"keys are data\" }\n  ]\n}\n";
    std::fs::write(place.path("schemas/my.kiln/corrections.json"), corrections).unwrap();
    let output = place.run(&["learn", &page]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("never applied") && said.contains("schemas/my.kiln/corrections.json:3:30"),
        "{said}"
    );
    assert!(!place.path("schemas/my.kiln/samples").exists());
}

#[test]
fn a_schema_that_no_package_could_say_is_refused_with_its_place() {
    let place = Place::new();
    place.run(&["learn", &place.page("kiln.txt", EVENT)]);
    let file = std::fs::read_dir(place.path("schemas/my.kiln"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_file())
        .unwrap();
    let schema = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        schema.replace("#/definitions/Cone\"", "#/definitions/Nowhere\""),
    )
    .unwrap();
    let output = place.run(&["generate"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("no such definition") && said.contains(".json:"),
        "{said}"
    );
    assert!(!place.path("generated").exists());
}
