//! A type keeps its name: what other events arrive renames nothing, in whatever order; what is new goes out of
//! the way. Without a set, names do not depend on the order of evidence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::model::EventType;
use eventbridge_catalog::{files, schema_set};
use eventbridge_learn::{Evidence, document, reading};
use std::collections::BTreeMap;
use tempfile::TempDir;

fn page(name: &str, events: &[(&str, &str, &str)]) -> Evidence {
    let blocks = events.iter().map(|(source, detail_type, detail)| {
        format!("{detail_type}\n\n{{ \"source\": \"{source}\", \"detail-type\": \"{detail_type}\", \"detail\": {detail} }}\n\n")
    });
    reading::read(name, &blocks.collect::<String>())
        .unwrap()
        .into()
}

/// Learns pages into a set; the names of its events, by source and detail-type, and of their parts by path.
fn learned(set: &TempDir, pages: &[Evidence]) -> BTreeMap<String, String> {
    let learned = eventbridge_learn::learn(set.path(), pages);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    let renamed = |problem: &str| problem.contains("a breaking change");
    assert!(
        !learned
            .diagnostics
            .iter()
            .any(|told| renamed(&told.message)),
        "{:#?}",
        learned.diagnostics
    );
    files::apply(set.path(), &learned.changes).unwrap();
    assert!(eventbridge_learn::learn(set.path(), &[]).changes.is_empty());
    schema_set::load(set.path())
        .unwrap()
        .events
        .iter()
        .flat_map(names)
        .collect()
}

fn names(event: &EventType) -> Vec<(String, String)> {
    let own = format!("{} {}", event.source, event.detail_type);
    let mut names = vec![(own.clone(), event.name.clone())];
    for part in &event.definitions {
        let paths = part.paths.iter();
        names.extend(paths.map(|path| (format!("{own} {path}"), part.name.clone())));
    }
    names
}

/// Learns one after the other: no name of the first changes. Together, their order does not matter.
fn stays(first: &Evidence, second: &Evidence) -> BTreeMap<String, String> {
    let set = TempDir::new().unwrap();
    let before = learned(&set, std::slice::from_ref(first));
    let after = learned(&set, std::slice::from_ref(second));
    for (place, name) in &before {
        assert_eq!(after.get(place), Some(name), "{place}");
    }
    let together = [[first, second], [second, first]].map(|pages| {
        let set = TempDir::new().unwrap();
        learned(&set, &pages.map(Clone::clone))
    });
    assert_eq!(together[0], together[1]);
    after
}

#[test]
fn an_event_keeps_its_name_when_another_is_called_alike() {
    let lit = page("b.txt", &[("my.kiln", "Kiln Lit", "{}")]);
    for other in ["Lit", "lit", "KILN Lit", "Kiln-Lit"] {
        let after = stays(&lit, &page("a.txt", &[("my.kiln", other, "{}")]));
        assert_eq!(after["my.kiln Kiln Lit"], "Lit");
        assert!(!after[&format!("my.kiln {other}")].eq_ignore_ascii_case("Lit"));
    }
}

#[test]
fn an_event_keeps_its_name_when_another_source_has_one_called_alike() {
    let after = stays(
        &page("b.txt", &[("my.lid", "Job Done", "{}")]),
        &page(
            "a.txt",
            &[("my.3d", "Job Done", "{}"), ("my.kiln", "Job done", "{}")],
        ),
    );
    assert_eq!(
        ["my.lid Job Done", "my.3d Job Done", "my.kiln Job done"]
            .map(|event| after[event].as_str()),
        ["JobDone", "X3dJobDone", "KilnJobDone"]
    );
}

#[test]
fn a_part_keeps_its_name_and_its_places() {
    let shelf = r#"{ "upper": { "shelf": { "width": 1, "depth": 2 } } }"#;
    let other =
        r#"{ "lower": { "shelf": { "colour": "red" } }, "upper": { "shelf": { "width": 1 } } }"#;
    let after = stays(
        &page("b.txt", &[("my.kiln", "Kiln Lit", shelf)]),
        &page("a.txt", &[("my.kiln", "Kiln Lit", other)]),
    );
    assert_eq!(after["my.kiln Kiln Lit upper.shelf"], "Shelf");
    assert_eq!(after["my.kiln Kiln Lit lower.shelf"], "LowerShelf");

    // What was one type stays one, though its places are not alike any more.
    let alike = r#"{ "left": { "lid": { "open": true } }, "right": { "lid": { "open": true } } }"#;
    let unlike =
        r#"{ "right": { "lid": { "hinge": "brass", "bolt": 3, "seal": "felt", "open": "no" } } }"#;
    let after = stays(
        &page("b.txt", &[("my.kiln", "Kiln Shut", alike)]),
        &page("a.txt", &[("my.kiln", "Kiln Shut", unlike)]),
    );
    assert_eq!(after["my.kiln Kiln Shut left.lid"], "Lid");
    assert_eq!(after["my.kiln Kiln Shut right.lid"], "Lid");
}

#[test]
fn a_list_of_values_keeps_its_name() {
    let listed = |name: &str, field: &str, values: &[&str]| {
        let document = serde_json::json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "x-amazon-events-detail-type": "Kiln Lit", "x-amazon-events-source": "my.kiln",
            "properties": { "detail": { "type": "object", "properties": { field: { "type": "string", "enum": values } } } }
        });
        let read = document::read(name, &document.to_string())
            .unwrap()
            .unwrap();
        read.pieces.into_iter().next().unwrap()
    };
    let set = TempDir::new().unwrap();
    let before = learned(&set, &[listed("b.json", "lidStatus", &["open", "shut"])]);
    assert_eq!(before["my.kiln Kiln Lit lidStatus"], "LidStatus");
    let after = learned(&set, &[listed("a.json", "doorStatus", &["open", "shut"])]);
    assert_eq!(after["my.kiln Kiln Lit lidStatus"], "LidStatus");
    let later = learned(&set, &[listed("c.json", "doorStatus", &["locked"])]);
    for (place, name) in &after {
        assert_eq!(later.get(place), Some(name), "{place}");
    }
}

#[test]
fn keys_that_read_as_paths_are_places_of_their_own() {
    let detail = r#"{ "a.b": { "cone": 1 }, "a": { "b": { "glaze": "x" } }, "a[]": { "lid": true }, "*": { "shelf": 2 } }"#;
    let set = TempDir::new().unwrap();
    let names = learned(&set, &[page("a.txt", &[("my.kiln", "Kiln Lit", detail)])]);
    let at = |path: &str| names[&format!("my.kiln Kiln Lit {path}")].as_str();
    let parts = [r#"["a.b"]"#, "a", "a.b", r#"["a[]"]"#, r#"["*"]"#].map(at);
    let mut distinct = parts.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 5, "{parts:?}");
    let model = schema_set::load(set.path()).unwrap();
    for (path, key) in [
        (r#"["a.b"].cone"#, "cone"),
        ("a.b.glaze", "glaze"),
        (r#"["a[]"].lid"#, "lid"),
    ] {
        let found = eventbridge_catalog::explain::fields(&model.events[0], Some(path)).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].path.ends_with(key));
    }
}

#[test]
fn what_a_registry_calls_an_event_stays_with_it() {
    let called = |set: &TempDir, detail_type: &str| {
        let model = schema_set::load(set.path()).unwrap();
        let names = model.package.registry.names;
        names.name("my.kiln", detail_type).map(str::to_owned)
    };
    let set = TempDir::new().unwrap();
    let lit = page("b.txt", &[("my.kiln", "Kiln lit", "{}")]);
    learned(&set, &[lit]);
    learned(&set, &[page("a.txt", &[("my.kiln", "Kiln Lit", "{}")])]);
    let first = called(&set, "Kiln lit");
    assert_eq!(first.as_deref(), Some("my.kiln@KilnLit"));
    assert_eq!(
        called(&set, "Kiln Lit").as_deref(),
        Some("my.kiln@KilnLit2")
    );
    // A registry may hold an event that no page shows any more.
    learned(&set, &[page("b.txt", &[("my.kiln", "Kiln-Lit", "{}")])]);
    assert_eq!(called(&set, "Kiln lit"), first);
    assert_eq!(
        called(&set, "Kiln-Lit").as_deref(),
        Some("my.kiln@KilnLit3")
    );
}

#[test]
fn names_that_somebody_wrote_into_the_file_are_kept_and_a_file_of_others_stays() {
    let set = TempDir::new().unwrap();
    let file = set.path().join("registry-names.json");
    let lit = || page("a.txt", &[("my.kiln", "Kiln Lit", "{}")]);
    learned(&set, &[lit()]);
    let own = std::fs::read_to_string(&file)
        .unwrap()
        .replace("@KilnLit", "@Lit");
    std::fs::write(&file, &own).unwrap();
    learned(&set, &[lit()]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), own);

    let theirs = "{ \"my.kiln\": {} }";
    std::fs::write(&file, theirs).unwrap();
    assert!(!eventbridge_learn::learn(set.path(), &[]).is_sound());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
}
