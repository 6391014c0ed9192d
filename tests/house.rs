//! The house stands as ARCHITECTURE.md draws it: crates name those below them and no others, files of a crate import
//! each other in no circle, functions and files are short enough to be read, and links of documents lead somewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "house/circles.rs"]
mod circles;
#[path = "house/links.rs"]
mod links;
#[path = "house/modules.rs"]
mod modules;

use modules::Crate;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The crates that people write, by their folder.
const ROOMS: [&str; 12] = [
    "benches",
    "catalog",
    "cli",
    "codegen",
    "learn",
    "patterns",
    "patterns/judge",
    "registry",
    "registry/aws",
    "rules",
    "runtime",
    "site",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn crates() -> Vec<Crate> {
    let read = |room: &&str| Crate::read(root(), &Path::new(room).join("src"));
    ROOMS.iter().map(read).collect()
}

/// Which crates of the workspace each names outside of its tests, as cargo sees it.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    let named = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let built = dependencies.filter(|dependency| dependency["kind"] != "dev");
        built.map(name).filter(|name| ours.contains(name)).collect()
    };
    packages
        .iter()
        .map(|package| (name(package), named(package)))
        .collect()
}

/// The picture of the crates: lines of `crate → crate crate`, in the block behind its heading.
fn drawn() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, part) = text.split_once("## Crates").expect("a heading `Crates`");
    let part = part.split("\n## ").next().unwrap();
    let arrows = part
        .lines()
        .filter_map(|line| line.trim().split_once(" → "));
    let names = |below: &str| below.split_whitespace().map(str::to_owned).collect();
    arrows
        .map(|(above, below)| (above.trim().to_owned(), names(below)))
        .collect()
}

#[test]
fn crates_name_those_that_the_picture_shows() {
    let mut arrows = arrows();
    arrows.retain(|_, below| !below.is_empty());
    assert_eq!(
        drawn(),
        arrows,
        "ARCHITECTURE.md, `Crates`, against `cargo metadata`"
    );
}

#[test]
fn the_halves_never_meet() {
    let arrows = arrows();
    let reach = |from: &str| {
        let mut found = BTreeSet::new();
        let mut next = vec![from.to_owned()];
        while let Some(name) = next.pop() {
            for below in arrows.get(&name).into_iter().flatten() {
                if found.insert(below.clone()) {
                    next.push(below.clone());
                }
            }
        }
        found
    };
    for (from, never) in [
        ("eventbridge-learn", "eventbridge-codegen"),
        ("eventbridge-codegen", "eventbridge-learn"),
        ("eventbridge-catalog", "eventbridge-learn"),
        ("eventbridge-registry", "eventbridge-codegen"),
        ("eventbridge-codegen-cli", "eventbridge-registry-aws"),
        ("eventbridge-catalog", "eventbridge-codegen"),
        ("eventbridge-patterns", "eventbridge-runtime"),
        ("eventbridge-rules", "eventbridge-codegen"),
        ("eventbridge-rules", "eventbridge-learn"),
        ("sagemaker-events", "eventbridge-catalog"),
    ] {
        assert!(
            !reach(from).contains(never),
            "{from} must not reach {never}"
        );
    }
}

#[test]
fn files_of_a_crate_import_each_other_in_no_circle() {
    let found: Vec<String> = crates().iter().flat_map(circles::circles_of).collect();
    assert!(found.is_empty(), "circles of files:\n{}", found.join("\n"));
}

/// Files that may be longer, each with its reason.
const LONG_FILES: [(&str, &str); 0] = [];

#[test]
fn functions_and_files_can_be_read_at_a_glance() {
    let crates = crates();
    let mut lengths: Vec<(usize, String)> = crates.iter().flat_map(Crate::functions).collect();
    lengths.sort();
    let at = |share: usize| lengths[lengths.len() * share / 100].0;
    println!(
        "{} functions: median {}, p90 {}",
        lengths.len(),
        at(50),
        at(90)
    );
    assert!(
        at(50) <= 8 && at(90) <= 22,
        "median {}, p90 {}",
        at(50),
        at(90)
    );
    let long: Vec<_> = lengths.iter().filter(|(length, _)| *length > 60).collect();
    assert!(long.is_empty(), "functions of more than 60 lines: {long:?}");

    let files = crates.iter().flat_map(Crate::file_lengths);
    let long: Vec<_> = files
        .filter(|(file, length)| {
            *length > 400 && !LONG_FILES.iter().any(|(named, _)| file.ends_with(named))
        })
        .collect();
    assert!(
        long.is_empty(),
        "files of more than 400 lines, tests apart: {long:?}"
    );
}

#[test]
fn links_of_documents_lead_somewhere() {
    let documents = links::documents(root());
    assert!(documents.len() > 10, "{documents:?}");
    let dead: Vec<String> = documents.iter().flat_map(|it| links::dead(it)).collect();
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}
