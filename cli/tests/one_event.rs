//! One event costs one event: what a target cannot express of one is told with its place, and everything else is
//! generated. What is printed hides nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Map, Value, json};
use std::process::{Command, Output};
use tempfile::TempDir;

fn run(place: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
        .args(arguments)
        .current_dir(place.path())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn event(source: &str, detail_type: &str, detail: Value) -> Value {
    json!({ "source": source, "detail-type": detail_type, "id": "1", "time": "2026-01-02T03:04:05Z", "detail": detail })
}

/// Learns events that arrived.
fn learned(events: &[Value]) -> (TempDir, Output) {
    let place = TempDir::new().unwrap();
    let lines = events.iter().map(|event| format!("{event}\n"));
    let file = place.path().join("kilns.ndjson");
    std::fs::write(file, lines.collect::<String>()).unwrap();
    let output = run(&place, &["learn", "kilns.ndjson"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    (place, output)
}

fn big() -> Value {
    let members = |shelf: usize| {
        let members = (0..500).map(|at| (format!("shelf{shelf}Place{at}Temperature"), json!(1)));
        Value::Object(members.collect::<Map<_, _>>())
    };
    json!({ "upper": members(1), "lower": members(2), "middle": members(3) })
}

#[test]
fn what_a_target_cannot_express_is_told_and_all_else_is_generated() {
    let (place, _) = learned(&[
        event("my.kiln", "Kiln Lit", json!({ "lid": 1 })),
        event("my.kiln", "Kiln Crowded", big()),
        event("my.kiln", "Kiln Nameless", json!({ "": 1, "lid": 1 })),
    ]);
    let output = run(&place, &["generate"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("schemas/my.kiln/Crowded.json:9:31"), "{told}");
    assert!(
        told.contains("schemas/my.kiln/Nameless.json:9:31"),
        "{told}"
    );
    let file = |path: &str| place.path().join("generated").join(path).is_file();
    for path in [
        "rust/src/crowded.rs",
        "typescript/src/crowded.d.ts",
        "python/src/kiln_events/nameless.py",
        "registry/openapi3/my.kiln@KilnNameless.json",
        "registry/openapi3/my.kiln@KilnLit.json",
    ] {
        assert!(file(path), "{path}");
    }
    assert!(!file("registry/openapi3/my.kiln@KilnCrowded.json"));

    let output = run(&place, &["generate", "--check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = report["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 3, "{report}");
    assert!(
        found
            .iter()
            .all(|told| told["severity"] == "warning" && told["line"] == 9)
    );

    // The main job says the same.
    let output = run(&place, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("Crowded.json:9:31"));
}

#[test]
fn sources_that_no_folder_can_have_everywhere_are_left_out() {
    let (place, output) = learned(&[
        event("my.kiln", "Kiln Lit", json!({})),
        event("my.Kiln", "Kiln Shut", json!({})),
        event("con", "Kiln Sold", json!({})),
    ]);
    let told = text(&output.stderr);
    assert!(
        told.contains("`my.Kiln` differs from `my.kiln` in case alone"),
        "{told}"
    );
    assert!(
        told.contains("its `source` is no event source that a folder could be named after"),
        "{told}"
    );
    let entries = std::fs::read_dir(place.path().join("schemas")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["my.kiln", "registry-names.json"]);
    assert_eq!(run(&place, &["generate"]).status.code(), Some(0));
}

#[test]
fn two_schemas_of_one_event_are_an_error() {
    let (place, _) = learned(&[event("my.kiln", "Kiln Lit", json!({}))]);
    let folder = place.path().join("schemas/my.kiln");
    std::fs::copy(folder.join("Lit.json"), folder.join("Lit2.json")).unwrap();
    let output = run(&place, &["generate"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(
        told.contains("`Kiln Lit` has a schema in schemas/my.kiln/Lit.json already"),
        "{told}"
    );
}

#[test]
fn what_no_registry_of_packages_takes_is_refused_with_its_place() {
    let (place, _) = learned(&[event("my.kiln", "Kiln Lit", json!({}))]);
    for (package, at, what) in [
        ("{ \"version\": \"1.2\" }", "1:14", "version"),
        ("{\n  \"name\": \"a\\\"b\"\n}", "2:11", "name"),
        ("{ \"description\": \"a\\u202eb\" }", "1:18", "description"),
        ("{ \"repository\": \"javascript:x\" }", "1:17", "repository"),
        ("{ \"runtime\": { \"path\": \"\" } }", "1:24", "path"),
        ("{ \"runtime\": {} }", "1:14", "runtime"),
        ("{ \"versoin\": \"1.2.3\" }", "1:3", "versoin"),
        ("[]", "1:1", "object"),
        ("{", "1:", ""),
    ] {
        std::fs::write(place.path().join("schemas/package.json"), package).unwrap();
        let output = run(&place, &["generate"]);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{package}: {told}");
        assert!(
            told.contains(&format!("schemas/package.json:{at}")),
            "{package}: {told}"
        );
        assert!(told.contains(what), "{package}: {told}");
    }
}

#[test]
fn the_manifest_names_the_runtime_by_version_and_a_path_where_asked() {
    let (place, _) = learned(&[event("my.kiln", "Kiln Lit", json!({}))]);
    let manifest =
        || std::fs::read_to_string(place.path().join("generated/rust/Cargo.toml")).unwrap();
    run(&place, &["generate"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(manifest().contains(&format!("\neventbridge-runtime = \"{version}\"\n")));
    let package = "{ \"runtime\": { \"path\": \"../../my runtime\" } }";
    std::fs::write(place.path().join("schemas/package.json"), package).unwrap();
    run(&place, &["generate"]);
    let line = format!(
        "\neventbridge-runtime = {{ path = \"../../my runtime\", version = \"{version}\" }}\n"
    );
    assert!(manifest().contains(&line));
}

#[test]
fn nothing_that_is_printed_hides_anything() {
    let hidden = "\u{1b}[31m\u{202e}\u{200b}";
    let place = TempDir::new().unwrap();
    let page = format!(
        "# Kilns\n\n```\n{{ \"source\": \"my.kiln\" \"detail-type\": \"Kiln {hidden}Lit\",\t\"detail\": {{ \"{hidden}lid\": \"{hidden}\" }} }}\n```\n"
    );
    std::fs::write(place.path().join("kilns.md"), page).unwrap();
    let calls: [&[&str]; 7] = [
        &["learn", "kilns.md"],
        &["learn", "--format", "json", "kilns.md"],
        &[],
        &["generate"],
        &["coverage", "--overruled"],
        &["explain", &format!("Kiln {hidden}Lit")],
        &["explain", "--format", "json", &format!("Kiln {hidden}Lit")],
    ];
    for call in calls {
        let output = run(&place, call);
        for said in [text(&output.stdout), text(&output.stderr)] {
            let seen = said.replace(['\n', '\r'], "");
            assert!(
                !seen.contains(eventbridge_catalog::text::is_unseen),
                "{call:?}: {said:?}"
            );
        }
        if call.contains(&"json") {
            serde_json::from_slice::<Value>(&output.stdout).unwrap();
        }
    }
}
