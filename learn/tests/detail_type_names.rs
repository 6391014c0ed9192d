//! What a page writes for a detail-type invents no event and renames none: marks, kinds and alternatives are read as
//! what they stand for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::{files, json};
use eventbridge_learn::{LearnedEvent, SchemaChange, reading};
use std::collections::BTreeSet;
use tempfile::TempDir;

fn page(blocks: &str) -> String {
    format!("# Door events\n\n{blocks}\n")
}

fn event(detail_type: &str) -> String {
    let detail_type = json::write(&json::Node::string(detail_type));
    format!(
        "```\n{{\n  \"detail-type\": {},\n  \"source\": \"my.door\",\n  \"detail\": {{ \"leaf\": \"l-1\" }}\n}}\n```\n",
        detail_type.trim()
    )
}

fn pattern(detail_type: &str) -> String {
    format!(
        "```\n{{\n  \"source\": [\"my.door\"],\n  \"detail-type\": [\"{detail_type}\"]\n}}\n```\n"
    )
}

fn learn_page(set: &TempDir, name: &str, text: &str) -> (Vec<LearnedEvent>, String) {
    let reading = reading::read(name, text).unwrap();
    let said = reading.diagnostics.iter().map(ToString::to_string);
    let said: String = said.collect();
    let learned = eventbridge_learn::learn(set.path(), &[reading.into()]);
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    files::apply(set.path(), &learned.changes).unwrap();
    (learned.events, said)
}

fn names(events: &[LearnedEvent]) -> BTreeSet<&str> {
    events
        .iter()
        .map(|event| event.detail_type.as_str())
        .collect()
}

const MARKS: [&str; 5] = [
    "`Door Shut`",
    "{{Door Shut}}",
    "*Door Shut*",
    "<replaceable>Door Shut</replaceable>",
    "<Door Shut>",
];

#[test]
fn a_marked_name_confirms_an_event_and_renames_none() {
    for mark in MARKS {
        let set = TempDir::new().unwrap();
        learn_page(&set, "event.md", &page(&event("Door Shut")));
        let (events, _) = learn_page(&set, "rule.md", &page(&pattern(mark)));
        let [event] = &events[..] else {
            panic!("{mark}: {events:?}");
        };
        assert_eq!(
            (event.schema.as_str(), event.change),
            ("my.door/Shut.json", SchemaChange::Changed)
        );
        let schema = std::fs::read_to_string(set.path().join(&event.schema)).unwrap();
        assert!(
            schema.contains("rule.md:3: pattern") || schema.contains("rule.md:4: pattern"),
            "{schema}"
        );
    }
}

#[test]
fn a_marked_name_alone_names_no_event_in_any_order() {
    for mark in MARKS {
        let set = TempDir::new().unwrap();
        let (events, _) = learn_page(&set, "rule.md", &page(&pattern(mark)));
        assert_eq!(names(&events), BTreeSet::new(), "{mark}");
        learn_page(&set, "event.md", &page(&event("Door Shut")));
        let other = TempDir::new().unwrap();
        learn_page(&other, "event.md", &page(&event("Door Shut")));
        learn_page(&other, "rule.md", &page(&pattern(mark)));
        let schema =
            |set: &TempDir| std::fs::read_to_string(set.path().join("my.door/Shut.json")).unwrap();
        assert_eq!(schema(&set), schema(&other));
    }
}

#[test]
fn a_list_of_names_with_one_that_a_sample_names_is_known() {
    let set = TempDir::new().unwrap();
    let list = "Door sends these events:\n\n- Door Shut\n- Door Ajar\n- Door Left Open\n\nTo match one:\n\n";
    let (events, _) = learn_page(
        &set,
        "names.md",
        &page(&format!("{list}{}", pattern("`Door Shut`"))),
    );
    assert_eq!(
        names(&events),
        BTreeSet::from(["Door Ajar", "Door Left Open", "Door Shut"])
    );
    let (again, _) = learn_page(
        &set,
        "names.md",
        &page(&format!("{list}{}", pattern("`Door Shut`"))),
    );
    assert!(
        again
            .iter()
            .all(|event| event.change == SchemaChange::Unchanged)
    );
    for other in [
        "Topics:\n\n- Door Shut\n- How to open it\n\n",
        "Door Shut\n\n- Door Ajar\n- Door Left Open\n\n",
    ] {
        let set = TempDir::new().unwrap();
        let (events, _) = learn_page(
            &set,
            "other.md",
            &page(&format!("{other}{}", event("Door Shut"))),
        );
        assert_eq!(names(&events), BTreeSet::from(["Door Shut"]), "{other}");
    }
}

#[test]
fn alternatives_are_an_event_each() {
    let set = TempDir::new().unwrap();
    let (events, _) = learn_page(&set, "a.md", &page(&event("Door Leaf shut|ajar|stuck")));
    assert_eq!(
        names(&events),
        BTreeSet::from(["Door Leaf ajar", "Door Leaf shut", "Door Leaf stuck"])
    );
    let schema = std::fs::read_to_string(set.path().join("my.door/LeafAjar.json")).unwrap();
    assert!(schema.contains("\"leaf\""), "{schema}");
}

#[test]
fn a_placeholder_is_named_by_the_text_after_it_or_passed_over_with_a_warning() {
    let either =
        "`detail-type`\n\nFor this event, this value is either `Door Shut` or `Door Ajar`.\n";
    let list =
        "`detail-type`\n\nThis value is one of the following:\n\n- `Door Shut`\n- `Door Ajar`\n";
    for placeholder in [
        "string",
        "String",
        "Door `state`",
        "Door {{state}}",
        "{{string}}",
        "<detail-type>",
    ] {
        for told in [either, list] {
            let set = TempDir::new().unwrap();
            let text = page(&format!("{}\n{told}", event(placeholder)));
            let (events, said) = learn_page(&set, "a.md", &text);
            assert_eq!(
                names(&events),
                BTreeSet::from(["Door Ajar", "Door Shut"]),
                "{placeholder}: {said}"
            );
        }
        let set = TempDir::new().unwrap();
        let text = page(&format!("{}\n# Others\n\n{either}", event(placeholder)));
        let (events, said) = learn_page(&set, "a.md", &text);
        assert_eq!(names(&events), BTreeSet::new(), "{placeholder}");
        assert!(
            said.contains("a.md:4:1: the `detail-type` of this event stands for other names"),
            "{said}"
        );
    }
}
