//! The script of the pages: what is committed is what its modules give, their tools find nothing in them, and the check in
//! the page says what `eventbridge-rules` says.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../codegen/tests/tools/mod.rs"]
mod tools;

#[path = "../../rules/tests/random/mod.rs"]
mod random;

mod made;

use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Code, Finding, Settings, check, read_text};
use fastrand::Rng;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_committed_script_is_what_its_modules_give() {
    let Some(node) = tools::site_script() else {
        return;
    };
    let script = made::script(node, "site-script-built");
    let built = script.join("built");
    tools::run(
        Command::new("node")
            .arg("build.mjs")
            .arg(&built)
            .current_dir(&script),
    );
    let mut names = Vec::new();
    for entry in fs::read_dir(&built).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let committed = made::root().join("site/assets").join(&name);
        let is_fresh = fs::read(&path).unwrap() == fs::read(&committed).unwrap_or_default();
        assert!(
            is_fresh,
            "site/assets/{name} is stale: run `npm ci && npm run build` in site/script"
        );
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["site.js", "theme.js", "try.js"]);
}

#[test]
fn the_script_is_checked() {
    let Some(node) = tools::site_script() else {
        return;
    };
    let script = made::script(node, "site-script-checked");
    for call in [
        &["node_modules/typescript/bin/tsc"][..],
        &["node_modules/eslint/bin/eslint.js", "."],
        &["node_modules/prettier/bin/prettier.cjs", "--check", "."],
    ] {
        tools::run(Command::new("node").args(call).current_dir(&script));
    }
}

/// What is no part of one pattern, and what the engine of the tool alone warns of.
const LEFT_OUT: [Code; 9] = [
    Code::Unreadable,
    Code::ServiceLimit,
    Code::FilterOperator,
    Code::OddPattern,
    Code::OddValue,
    Code::DisabledRule,
    Code::UnknownPath,
    Code::UnknownVariable,
    Code::NotChecked,
];

/// Patterns with what is written wrongly in each code's way.
const MISTAKES: &str = include_str!("script/mistakes.txt");

#[test]
fn the_page_finds_what_the_tool_finds() {
    let Some(node) = tools::site_script() else {
        return;
    };
    let script = made::script(node, "site-script-check");
    let site = made::site("site-script-check-pages");
    let model = schema_set::load(&made::root().join("schemas")).unwrap();
    let catalogue = Catalogue::new(&model);
    let mut rows = String::new();
    let mut codes = BTreeSet::new();
    for pattern in patterns() {
        let found = findings(&catalogue, &pattern);
        codes.extend(found.iter().map(|finding| finding.code));
        let found: Vec<Value> = found.iter().map(row).collect();
        rows += &format!("{}\n", json!({ "pattern": pattern, "findings": found }));
    }
    for code in Code::ALL {
        let is_tried = codes.contains(&code) || LEFT_OUT.contains(&code);
        assert!(is_tried, "script/mistakes.txt has no pattern for {code}");
    }
    let path = script.join("rows.ndjson");
    fs::write(&path, rows).unwrap();
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/script/check.mjs");
    fs::copy(program, script.join("check.mjs")).unwrap();
    let mut command = Command::new("node");
    command
        .arg("check.mjs")
        .arg(&site)
        .arg(&path)
        .current_dir(&script);
    println!("{}", tools::run(&mut command));
}

/// Those of the file, and two thousand that are made by dice: half of them with mistakes.
fn patterns() -> Vec<String> {
    let schemas = random::Schemas::read();
    let mut rng = Rng::with_seed(19);
    let mut patterns: Vec<String> = MISTAKES.split("\n\n").map(str::to_owned).collect();
    for _ in 0..1_000 {
        let pattern = random::pattern(&schemas, &mut rng);
        let changed = random::mistake(&pattern, &mut rng);
        patterns.push(pattern.to_string());
        patterns.push(serde_json::to_string_pretty(&changed).unwrap());
    }
    patterns
}

fn findings(catalogue: &Catalogue<'_>, pattern: &str) -> Vec<Finding> {
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    };
    check(catalogue, &read_text("pattern.json", pattern, &settings))
}

fn row(finding: &Finding) -> Value {
    json!({
        "line": finding.place.line,
        "column": finding.place.column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "suggestion": finding.suggestion,
    })
}
