//! What is learned from AWS's references, held against what a person read in them, who did not write the reader:
//! `tests/data/truth`. The pages belong to others and stand beside the repository, in `../shared/pages`; without them
//! these tests say so and end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::model::{Body, EventType, Field, Model, Type};
use eventbridge_catalog::{files, schema_set};
use eventbridge_learn::SampleKind;
use eventbridge_learn::input;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each page with what a person read in it.
fn references() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = root.join("../shared/pages/sagemaker");
    if !pages.is_dir() {
        eprintln!("skipped: there are no pages in ../shared/pages");
        return Vec::new();
    }
    let truths = std::fs::read_dir(root.join("tests/data/truth")).unwrap();
    let read = |path: PathBuf| {
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        (pages.join(truth["page"].as_str().unwrap()), truth)
    };
    truths.map(|entry| read(entry.unwrap().path())).collect()
}

fn texts(list: &Value) -> BTreeSet<&str> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| item.as_str().unwrap()).collect()
}

/// What a set knows that has learned the page alone.
fn learned(page: &Path) -> Model {
    let set = tempfile::tempdir().unwrap();
    let reading = input::read_page(page).unwrap_or_else(|problem| panic!("{problem}"));
    let learned = eventbridge_learn::learn(set.path(), &[reading.into()]);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    files::apply(set.path(), &learned.changes).unwrap();
    schema_set::load(set.path()).unwrap()
}

#[test]
fn the_events_are_those_that_the_page_names_and_no_others() {
    for (page, truth) in references() {
        let model = learned(&page);
        let shown = truth["samples"].as_array().unwrap();
        let mut named = texts(&truth["names"]);
        named.extend(
            shown
                .iter()
                .flat_map(|sample| texts(&sample["detail_types"])),
        );
        let known = model.events.iter().map(|event| event.detail_type.as_str());
        assert_eq!(known.collect::<BTreeSet<_>>(), named, "{}", page.display());
        let source = truth["source"].as_str().unwrap();
        assert!(model.events.iter().all(|event| event.source == source));
    }
}

#[test]
fn every_block_is_what_it_is_and_has_its_fields() {
    for (page, truth) in references() {
        let reading = input::read_page(&page).unwrap();
        for sample in truth["samples"].as_array().unwrap() {
            let line = sample["line"].as_u64().unwrap() as usize;
            let place = format!("{}:{line}", page.display());
            // The truth counts from the fence.
            let found = reading.blocks.iter().find(|block| block.line == line + 1);
            let block = found.unwrap_or_else(|| panic!("{place}: no block was found"));
            let kind = match sample["kind"].as_str().unwrap() {
                "event" => SampleKind::Event,
                "rule-pattern" => SampleKind::Pattern,
                _ => SampleKind::Other,
            };
            assert_eq!(block.kind, kind, "{place}");
            let fields = block.fields.iter().map(String::as_str);
            if kind == SampleKind::Event {
                assert_eq!(
                    fields.collect::<BTreeSet<_>>(),
                    texts(&sample["detail_paths"]),
                    "{place}"
                );
            }
        }
    }
}

#[test]
fn every_field_has_the_kind_and_the_values_that_the_page_tells() {
    for (page, truth) in references() {
        let model = learned(&page);
        for (detail_type, fields) in truth["fields"].as_object().unwrap() {
            let mut events = model.events.iter();
            let event = events
                .find(|event| event.detail_type == *detail_type)
                .unwrap();
            for (path, told) in fields.as_object().unwrap() {
                let place = format!("{}: {detail_type}: {path}", page.display());
                check(event, path, told, &place);
            }
        }
    }
}

fn check(event: &EventType, path: &str, told: &Value, place: &str) {
    let all = event.definitions.iter().filter_map(|it| match &it.body {
        Body::Object(fields) => Some(fields),
        Body::Values(_) => None,
    });
    let mut fields = all.flatten().chain(&event.detail);
    let field = fields.find(|field| field.path == path);
    let field = field.unwrap_or_else(|| panic!("{place} is not known"));
    if let Some(kind) = told["kind"].as_str() {
        assert_eq!(kind_of(event, field), kind, "{place}");
    }
    if told["values"].is_array() {
        assert_eq!(values_of(event, field), texts(&told["values"]), "{place}");
    }
    if let Some((when, is)) = told["present_when"]
        .as_str()
        .and_then(|it| it.split_once(" is "))
    {
        let condition = field.condition.as_ref();
        let condition = condition.unwrap_or_else(|| panic!("{place} has no condition"));
        assert_eq!(condition.when.rsplit('.').next(), Some(when), "{place}");
        // The page may spell values as events do not.
        let known = condition.is.iter().map(|value| value.to_lowercase());
        let told = is.split(" or ").map(str::to_lowercase);
        assert_eq!(known.collect::<BTreeSet<_>>(), told.collect(), "{place}");
    }
}

fn kind_of(event: &EventType, field: &Field) -> &'static str {
    match &field.ty {
        Type::String => "string",
        Type::Timestamp(_) => "timestamp",
        Type::Named(name) => match event.definition(name).map(|found| &found.body) {
            Some(Body::Values(_)) => "string",
            _ => "object",
        },
        _ => "something else",
    }
}

fn values_of<'e>(event: &'e EventType, field: &Field) -> BTreeSet<&'e str> {
    let Type::Named(name) = &field.ty else {
        return BTreeSet::new();
    };
    match event.definition(name).map(|found| &found.body) {
        Some(Body::Values(values)) => values.iter().map(|value| value.value.as_str()).collect(),
        _ => BTreeSet::new(),
    }
}
