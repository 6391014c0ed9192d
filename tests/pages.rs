//! What `learn` finds in real pages, held against what a careful reader found. The pages belong to others
//! and stand beside the repository, in `../shared/pages`; without them these tests say so and end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::json::{self, Node, Value};
use eventbridge_learn::Evidence;
use eventbridge_learn::PageReport;
use eventbridge_learn::SampleKind;
use eventbridge_learn::input;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn pages() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    if !folder.is_dir() {
        eprintln!("skipped: there are no pages in ../shared/pages");
        return None;
    }
    Some(folder)
}

fn read(page: &Path) -> PageReport {
    input::read_page(page).unwrap_or_else(|problem| panic!("{problem}"))
}

fn truth(page: &Path) -> serde_json::Value {
    let file = page.with_extension("truth.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn strings(value: &serde_json::Value) -> BTreeSet<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect()
}

/// Every page with a truth beside it, in all its formats.
fn all_pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for group in ["sagemaker", "other"] {
        for entry in std::fs::read_dir(folder.join(group)).unwrap() {
            let path = entry.unwrap().path();
            let has_truth = path.with_extension("truth.json").is_file();
            if has_truth && path.extension().is_some_and(|end| end != "json") {
                pages.push(path);
            }
        }
    }
    assert!(pages.len() >= 12);
    pages
}

#[test]
fn every_block_is_found_and_told_apart_and_has_its_fields() {
    let Some(folder) = pages() else { return };
    for page in all_pages(&folder) {
        let (reading, truth) = (read(&page), truth(&page));
        let samples = truth["samples"].as_array().unwrap();
        let name = page.display();
        assert_eq!(reading.blocks.len(), samples.len(), "{name}");
        for (block, sample) in reading.blocks.iter().zip(samples) {
            let place = format!("{name}:{}", block.line);
            let kind = match sample["kind"].as_str().unwrap() {
                "event" => SampleKind::Event,
                "rule-pattern" => SampleKind::Pattern,
                _ => SampleKind::Other,
            };
            assert_eq!(block.kind, kind, "{place}");
            assert_eq!(
                block.strict,
                sample["strict_json"].as_bool().unwrap(),
                "{place}"
            );
            assert_eq!(
                block
                    .detail_types
                    .iter()
                    .map(String::as_str)
                    .collect::<BTreeSet<_>>(),
                strings(&sample["detail_types"])
            );
            if kind == SampleKind::Event {
                assert_eq!(
                    block
                        .fields
                        .iter()
                        .map(String::as_str)
                        .collect::<BTreeSet<_>>(),
                    strings(&sample["detail_paths"]),
                    "{place}"
                );
            }
        }
    }
}

#[test]
fn the_indonesian_page_has_its_known_defects() {
    let Some(folder) = pages() else { return };
    let page = folder.join("sagemaker/id-2025.txt");
    let (reading, truth) = (read(&page), truth(&page));
    let count = |kind| {
        reading
            .blocks
            .iter()
            .filter(|block| block.kind == kind)
            .count()
    };
    assert_eq!(
        (
            count(SampleKind::Event),
            count(SampleKind::Pattern),
            reading.blocks.len()
        ),
        (14, 1, 15)
    );
    assert_eq!(
        reading.blocks.iter().filter(|block| !block.strict).count(),
        4
    );
    let syntax = [
        "missing-comma",
        "trailing-comma",
        "duplicate-key",
        "hash-comment-inside-array",
        "bare-word",
        "missing-close",
    ];
    let mut met = 0;
    for (block, sample) in reading
        .blocks
        .iter()
        .zip(truth["samples"].as_array().unwrap())
    {
        for defect in sample["defects"].as_array().unwrap() {
            let kind = defect["kind"].as_str().unwrap();
            if syntax.contains(&kind) {
                let ours = if kind.contains("comment") {
                    "comment"
                } else {
                    kind
                };
                let reported = block.repairs.iter().any(|repair| {
                    repair.kind.name() == ours && repair.place.line == sample["line"]
                });
                assert!(reported, "line {}: {kind} is not reported", sample["line"]);
                met += 1;
            }
        }
        for repair in &block.repairs {
            assert_eq!(
                repair.place.line, block.line,
                "each block of this page is one line"
            );
        }
    }
    assert_eq!(met, 9);
    let resources = reading
        .diagnostics
        .iter()
        .any(|found| found.message.contains("`Resources`") && found.place.unwrap().line == 21);
    assert!(resources, "the capital R of the pattern is told");
}

#[test]
fn defects_of_markdown_pages_are_reported_at_their_lines() {
    let Some(folder) = pages() else { return };
    for page in all_pages(&folder)
        .into_iter()
        .filter(|page| page.extension().is_some_and(|end| end == "md"))
    {
        let (reading, truth) = (read(&page), truth(&page));
        for (block, sample) in reading
            .blocks
            .iter()
            .zip(truth["samples"].as_array().unwrap())
        {
            for defect in sample["malformed_at"].as_array().into_iter().flatten() {
                let kind = defect["kind"].as_str().unwrap();
                // The truth counts from the fence, and places a repeated key at the end of its value.
                let line =
                    (sample["line"].as_u64().unwrap() + defect["line"].as_u64().unwrap()) as usize;
                let near = |found: usize| {
                    found == line || (kind == "duplicate-key" && (line - 2..=line).contains(&found))
                };
                let reported = block
                    .repairs
                    .iter()
                    .any(|repair| repair.kind.name() == kind && near(repair.place.line));
                assert!(
                    reported,
                    "{}:{line}: {kind} is not reported",
                    page.display()
                );
            }
        }
    }
}

/// The schemas that pages alone give, with the project's corrections, by file; without their evidence.
fn schemas_of(pages: &[PathBuf]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("aws.sagemaker");
    std::fs::create_dir(&source).unwrap();
    std::fs::copy(
        "schemas/aws.sagemaker/corrections.json",
        source.join("corrections.json"),
    )
    .unwrap();
    let readings: Vec<Evidence> = pages.iter().map(|page| read(page).into()).collect();
    let learned = eventbridge_learn::learn(folder.path(), &readings);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    let schemas = learned
        .changes
        .into_iter()
        .filter(|change| change.path.contains('/') && !change.path.contains("/samples/"));
    schemas
        .map(|change| (change.path, without_evidence(&change.new.unwrap())))
        .collect()
}

/// The schema's text without evidence: the order of its keys counts too.
fn without_evidence(schema: &str) -> String {
    fn strip(node: &Node) -> Node {
        let value = match &node.value {
            Value::Object(members) => {
                let evidence = ["x-evidence", "x-overruled"];
                let kept = members
                    .iter()
                    .filter(|member| !evidence.contains(&member.key.as_str()));
                return Node::object(kept.map(|member| (member.key.clone(), strip(&member.node))));
            }
            Value::Array(items) => Value::Array(items.iter().map(strip).collect()),
            other => other.clone(),
        };
        Node::new(value)
    }
    json::write(&strip(&json::read_strict(schema).unwrap()))
}

#[test]
fn both_languages_give_the_same_schemas() {
    let Some(folder) = pages() else { return };
    let indonesian = schemas_of(&[folder.join("sagemaker/id-2025.txt")]);
    let english = schemas_of(&[folder.join("sagemaker/en-2026-07.md")]);
    assert_eq!((indonesian.len(), english.len()), (14, 18));
    for (name, schema) in &indonesian {
        assert_eq!(schema, &english[name], "{name}");
    }
}

#[test]
fn the_formats_of_one_edition_give_the_same_schemas() {
    let Some(folder) = pages() else { return };
    for (one, other) in [
        ("en-2026-07.md", "en-2026-07.html"),
        ("en-2023-02.md", "en-2023-02.txt"),
    ] {
        let give = |name: &str| schemas_of(&[folder.join("sagemaker").join(name)]);
        assert_eq!(give(one), give(other), "{one} and {other}");
    }
}

#[test]
fn the_order_of_pages_does_not_matter() {
    let Some(folder) = pages() else { return };
    let page = |name: &str| read(&folder.join("sagemaker").join(name));
    let names = [
        "id-2025.txt",
        "en-2026-07.md",
        "en-2020-08.md",
        "en-2023-02.txt",
    ];
    let learn = |order: &[usize]| {
        let empty = tempfile::tempdir().unwrap();
        let readings: Vec<Evidence> = order
            .iter()
            .map(|&index| page(names[index]).into())
            .collect();
        eventbridge_learn::learn(empty.path(), &readings).changes
    };
    let first = learn(&[0, 1, 2, 3]);
    assert_eq!(first, learn(&[3, 1, 0, 2]));
    assert_eq!(first, learn(&[2, 3, 1, 0, 0, 2]));
}

#[test]
fn the_two_editions_give_the_committed_schemas() {
    let Some(folder) = pages() else { return };
    let readings = ["id-2025.txt", "en-2026-07.md"]
        .map(|name| read(&folder.join("sagemaker").join(name)).into());
    let learned = eventbridge_learn::learn(Path::new("schemas"), &readings);
    assert!(learned.is_sound());
    let changes: Vec<&str> = learned
        .changes
        .iter()
        .map(|change| change.path.as_str())
        .collect();
    assert!(changes.is_empty(), "learn both pages again: {changes:?}");
}
