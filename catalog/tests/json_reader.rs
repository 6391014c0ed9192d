//! The JSON reader against what a careful reader found in real pages, and against random damage.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use eventbridge_catalog::json::{Node, Parsed, RepairKind, Value, read};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A block of a page, cut out crudely: the page readers have tests of their own.
struct Block {
    line: usize,
    text: String,
}

fn pages() -> Option<PathBuf> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/pages");
    if !pages.is_dir() {
        eprintln!("skipped: {} is absent", pages.display());
        return None;
    }
    Some(pages)
}

fn pages_with(extension: &str) -> Vec<PathBuf> {
    let folders = pages()
        .into_iter()
        .flat_map(|pages| fs::read_dir(pages).unwrap());
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let mut found: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    // Some pages have nobody's truth yet.
    found.retain(|path| path.with_extension("truth.json").exists());
    found.sort();
    found
}

/// The samples of the truth file beside a page.
fn samples(page: &Path) -> Vec<Json> {
    let truth = fs::read_to_string(page.with_extension("truth.json")).unwrap();
    let truth: Json = serde_json::from_str(&truth).unwrap();
    truth["samples"].as_array().unwrap().clone()
}

/// Fenced blocks, each with the line of its fence.
fn fenced(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.trim_start().starts_with("```")) {
            (None, true) => {
                open = Some(Block {
                    line: index + 1,
                    text: String::new(),
                })
            }
            (Some(_), true) => blocks.extend(open.take()),
            (Some(block), false) => block.text.extend([line, "\n"]),
            (None, false) => {}
        }
    }
    blocks
}

/// Lines that begin an object, as in pages that were flattened to plain text.
fn flattened(page: &str) -> Vec<Block> {
    let lines = page
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with('{'));
    lines
        .map(|(index, line)| Block {
            line: index + 1,
            text: line.to_string(),
        })
        .collect()
}

/// Whether a node is what the truth says; a placeholder may stand for anything.
fn agrees(node: &Node, truth: &Json) -> bool {
    match (&node.value, truth) {
        (Value::Placeholder(_), _) | (Value::Null, Json::Null) => true,
        (Value::Bool(found), Json::Bool(truth)) => found == truth,
        (Value::Number(found), Json::Number(_)) => {
            serde_json::from_str::<Json>(found).unwrap() == *truth
        }
        (Value::String(found), Json::String(truth)) => found == truth,
        (Value::Array(items), Json::Array(truth)) => {
            items.len() == truth.len()
                && items
                    .iter()
                    .zip(truth)
                    .all(|(item, truth)| agrees(item, truth))
        }
        (Value::Object(members), Json::Object(truth)) => {
            let found = |key: &String, truth| node.get(key).is_some_and(|node| agrees(node, truth));
            members.len() == truth.len() && truth.iter().all(|(key, truth)| found(key, truth))
        }
        _ => false,
    }
}

fn paths(node: &Node, prefix: &str, found: &mut BTreeSet<String>) {
    for member in node.members() {
        let path = if prefix.is_empty() {
            member.key.clone()
        } else {
            format!("{prefix}.{}", member.key)
        };
        paths(&member.node, &path, found);
        found.insert(path);
    }
    for item in node.items() {
        paths(item, &format!("{prefix}[]"), found);
    }
}

fn check_content(reading: &Parsed, sample: &Json, place: &str) {
    assert_eq!(
        reading.strict(),
        sample["strict_json"],
        "{place}: {:?}",
        reading.repairs
    );
    if sample["repaired"].is_object() {
        assert!(
            agrees(&reading.node, &sample["repaired"]),
            "{place}: {:#?}",
            reading.node
        );
    }
    if let (Some(truth), Some(detail)) = (
        sample["detail_paths"].as_array(),
        reading.node.get("detail"),
    ) {
        let truth: BTreeSet<String> = truth
            .iter()
            .map(|path| path.as_str().unwrap().to_string())
            .collect();
        let mut found = BTreeSet::new();
        paths(detail, "", &mut found);
        assert_eq!(found, truth, "{place}");
    }
}

/// The kinds and lines of the repairs, both as the truth files count them.
fn repairs(block: &Block, reading: &Parsed) -> Vec<(String, usize)> {
    let line = |at: usize| block.text[..at].matches('\n').count() + 1;
    reading
        .repairs
        .iter()
        .map(|repair| (repair.kind.name().to_string(), line(repair.at)))
        .collect()
}

#[test]
fn fenced_blocks_are_read_as_the_truth_says() {
    for page in pages_with("md") {
        let blocks = fenced(&fs::read_to_string(&page).unwrap());
        for sample in samples(&page) {
            let place = format!("{}:{}", page.display(), sample["line"]);
            let block = blocks
                .iter()
                .find(|block| sample["line"] == block.line)
                .expect(&place);
            let reading = read(&block.text, 0).expect(&place);
            check_content(&reading, &sample, &place);
            check_defects(block, &reading, &sample, &place);
        }
    }
}

/// A truth file stops listing the defects of a block here.
const TRUTH_LISTS_AT_MOST: usize = 20;

/// Every defect of the truth is reported on its line, and nothing else is.
fn check_defects(block: &Block, reading: &Parsed, sample: &Json, place: &str) {
    let mut truth: Vec<(String, usize)> = Vec::new();
    for defect in sample["malformed_at"].as_array().unwrap() {
        let line = usize::try_from(defect["line"].as_u64().unwrap()).unwrap();
        truth.push((defect["kind"].as_str().unwrap().to_string(), line));
    }
    let mut found = repairs(block, reading);
    // The truth files tell a duplicate key where its value ends, if they list it; we tell it at the key.
    truth.retain(|(kind, _)| kind != "duplicate-key");
    let duplicates = found
        .extract_if(.., |(kind, _)| kind == "duplicate-key")
        .count();
    assert_eq!(
        duplicates,
        sample["duplicate_keys"].as_array().unwrap().len(),
        "{place}"
    );
    found.sort();
    truth.sort();
    if truth.len() == TRUTH_LISTS_AT_MOST {
        found.truncate(TRUTH_LISTS_AT_MOST);
    }
    assert_eq!(found, truth, "{place}");
}

#[test]
fn flattened_blocks_are_read_as_the_truth_says() {
    for page in pages_with("txt") {
        let blocks = flattened(&fs::read_to_string(&page).unwrap());
        let samples = samples(&page);
        assert_eq!(blocks.len(), samples.len(), "{}", page.display());
        for (block, sample) in blocks.iter().zip(&samples) {
            let place = format!("{}:{}", page.display(), block.line);
            let reading = read(&block.text, 0).expect(&place);
            check_content(&reading, sample, &place);
            for kind in syntax_defects(sample) {
                let told = reading
                    .repairs
                    .iter()
                    .any(|repair| repair.kind.name() == kind);
                assert!(told, "{place}: {kind} in {:?}", reading.repairs);
            }
        }
    }
}

fn syntax_defects(sample: &Json) -> Vec<&str> {
    let not_syntax = [
        "rule-pattern-not-event",
        "wrong-key-case",
        "space-before-colon",
        "enum-in-comment",
    ];
    let defects = sample["defects"].as_array().into_iter().flatten();
    let kinds = defects
        .map(|defect| defect["kind"].as_str().unwrap())
        .filter(|kind| !not_syntax.contains(kind));
    kinds
        .map(|kind| {
            if kind == "hash-comment-inside-array" {
                "comment"
            } else {
                kind
            }
        })
        .collect()
}

const SAMPLES: [&str; 6] = [
    "{ \"version\": \"0\", \"resources\": [ \"arn:a\", \"b\" ], \"detail\": { \"n\": -1.5e3, \"t\": true, \"x\": null } }",
    "{\n  \"id\": 0123,\n  'state': \"A\" (or \"B\"),\n  \"list\": [ \"x\" # or \"y\"\n    // z\n  ],\n  ...\n}\n",
    "{ \"list\": [ \"x\" # others are # \"y\", \"z\" ] \"time\": Timestamp, \"m\": { \"k\": <id>, } ",
    "[ { \"a\": \"un\\u00e9 \\\"q\\\" \\ud83d\\ude00\" }, [ [ ], { } ], {FINDING_OBJECT}, “é”, ${A::B} ]",
    "{ \"s\": [ \"start\": 0, \"end\": 5 }, source\": \"a\",\n \"message\": \"two\n   lines\", \"open: 1,\n /* c */ }",
    "{ key: 'it\\'s', \"a\"： 1， \"b\": {{name}}, \"c\": ., \u{a0}\"d\": [1, 2, , 3,], \"a\": 2 ] } }",
];

/// A linear congruential generator: the same numbers on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// Deletes, inserts or duplicates a few characters.
    fn damage(&mut self, text: &str) -> String {
        const SIGNS: &[char] = &[
            '{', '}', '[', ']', '"', '\'', ',', ':', '#', '/', '*', '\\', '\n', ' ', '.', '0', 'a',
            '(', '<', '$', '|', '“', '\u{a0}', '：', '\r', 'u',
        ];
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(6) {
            let at = self.below(chars.len() + 1);
            let end = (at + 1 + self.below(8)).min(chars.len());
            match self.below(3) {
                0 => drop(chars.drain(at..end)),
                1 => chars.insert(at, SIGNS[self.below(SIGNS.len())]),
                _ => chars.splice(at..at, chars[at..end].to_vec()).for_each(drop),
            }
        }
        chars.into_iter().collect()
    }
}

/// Spans stand in their text, on character boundaries, each within the one around it, in order.
fn check_spans(node: &Node, text: &str) {
    assert!(
        text.get(node.span.clone()).is_some(),
        "{:?} in {text}",
        node.span
    );
    let keyed = node
        .members()
        .iter()
        .map(|member| (&member.node, member.key_span.start));
    let plain = node.items().iter().map(|item| (item, item.span.start));
    let mut end = node.span.start;
    for (child, start) in keyed.chain(plain) {
        let in_order = end <= start && start <= child.span.start && child.span.end <= node.span.end;
        assert!(
            in_order,
            "{:?} in {:?} after {end} in {text}",
            child.span, node.span
        );
        end = child.span.end;
        check_spans(child, text);
    }
    for (_, at) in &node.alternatives {
        assert!(text.is_char_boundary(*at));
    }
}

fn check_any(text: &str) {
    let Ok(reading) = read(text, 0) else { return };
    check_spans(&reading.node, text);
    assert!(reading.repairs.is_sorted_by_key(|repair| repair.at));
    assert!(
        reading
            .repairs
            .iter()
            .all(|repair| text.is_char_boundary(repair.at))
    );
    assert!(
        !reading.unclosed
            || reading
                .repairs
                .iter()
                .any(|repair| repair.kind == RepairKind::MissingClose)
    );
    let block = &text[..reading.node.span.end];
    let plain = serde_json::from_str::<Json>(block).is_ok();
    assert_eq!(reading.strict(), plain, "{block} {:?}", reading.repairs);
}

#[test]
fn random_damage_is_read_without_harm() {
    let rounds = std::env::var("JSON_FUZZ_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(2_000);
    let mut chance = Chance(42);
    for round in 0..rounds {
        let sample = SAMPLES[round % SAMPLES.len()];
        check_any(&chance.damage(sample));
    }
}
