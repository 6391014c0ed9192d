//! What the committed schemas say, and that they follow from all kinds of evidence in any order. Pages and
//! registry documents stand beside the repository, in `../shared`; without them a test says so and ends. An
//! API model is read from where `SAGEMAKER_API_MODEL` says, and is else the committed extract of one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::model::{Body, EventType, Field, Type};
use eventbridge_catalog::schema_set::WRITTEN;
use eventbridge_catalog::{files, schema_set};
use eventbridge_learn::api_model::ApiModel;
use eventbridge_learn::{Deliveries, Evidence, document, input};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const SOURCE: &str = "schemas/aws.sagemaker";

/// The page that lists the names of all events.
const REFERENCE: &str = "events-reference-2026.md";

fn events() -> Vec<EventType> {
    let model = schema_set::load(Path::new("schemas")).expect("sound schemas");
    model.events
}

/// The fields of an event, at all depths.
fn fields(event: &EventType) -> Vec<&Field> {
    let objects = event
        .definitions
        .iter()
        .filter_map(|part| match &part.body {
            Body::Object(fields) => Some(fields),
            Body::Values(_) => None,
        });
    event.detail.iter().chain(objects.flatten()).collect()
}

/// Status fields whose values nobody names: no page lists them, the registry has no lists at all, and the API
/// model has no such member, or one of any text.
const UNLISTED: [&str; 4] = [
    "GroundTruthLabelingJobTaskStatusChange State",
    "HyperPodClusterEvent EventDetails.EventDetails.EventMetadata.Instance.LcsExecutionState",
    "HyperPodClusterNodeHealthEvent HealthSummary.HealthStatus",
    "ModelPackageStateChange ModelLifeCycle.StageStatus", // text of the user's own
];

#[test]
fn every_status_has_known_values() {
    let mut without = BTreeSet::new();
    let mut with = 0;
    for event in events() {
        let is_enum = |name: &String| {
            let part = event.definition(name).map(|part| &part.body);
            matches!(part, Some(Body::Values(values)) if !values.is_empty())
        };
        for field in fields(&event) {
            let is_status = ["status", "state"]
                .iter()
                .any(|end| field.key.to_ascii_lowercase().ends_with(end));
            match &field.ty {
                Type::Named(name) if is_status && is_enum(name) => with += 1,
                Type::String | Type::Any | Type::OneOf(_) if is_status => {
                    without.insert(format!("{} {}", event.name, field.path));
                }
                _ => {}
            }
        }
    }
    assert_eq!(without, UNLISTED.map(str::to_owned).into());
    assert!(with >= 26, "{with}");
}

#[test]
fn every_known_value_says_who_names_it() {
    for event in events() {
        for part in &event.definitions {
            let Body::Values(values) = &part.body else {
                continue;
            };
            assert!(values.len() <= 32, "{} {}", event.name, part.name);
            for known in values {
                assert!(!known.evidence.is_empty(), "{} {}", event.name, known.value);
            }
        }
    }
}

#[test]
fn every_listed_event_is_there_and_two_more() {
    let text = std::fs::read_to_string(format!("{SOURCE}/samples/{REFERENCE}.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let listed = file["names"].as_array().unwrap();
    let listed = listed.iter().map(|name| name[0].as_str().unwrap());
    let mut listed: BTreeSet<&str> = listed.collect();
    assert_eq!(listed.len(), 58);
    listed.extend(["SageMaker Job State Change", "AWS API Call via CloudTrail"]);
    let events = events();
    let known: BTreeSet<&str> = events
        .iter()
        .map(|event| event.detail_type.as_str())
        .collect();
    assert_eq!(known, listed);
    for event in events
        .iter()
        .filter(|event| listed.contains(event.detail_type.as_str()))
    {
        let confirmed = event.evidence.iter().any(|site| site.name == REFERENCE);
        let other = event.detail_type == "SageMaker Job State Change";
        assert!(confirmed || other, "{}: the list confirms it", event.name);
    }
    let typed = events.iter().filter(|event| !event.detail.is_empty());
    assert_eq!(
        typed.count(),
        28,
        "18 of the newest page, 6 of the registry alone, 2 of pages of their own, 2 of the API model by their mirrors"
    );
}

#[test]
fn every_correction_gives_its_reason() {
    let text = std::fs::read_to_string(format!("{SOURCE}/corrections.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    for correction in file["corrections"].as_array().unwrap() {
        let reason = correction["reason"].as_str().unwrap();
        assert!(reason.split_whitespace().count() >= 8, "{correction}");
    }
}

/// The editions of the page that the committed schemas are learned from, under the name of the newest.
const EDITIONS: [&str; 4] = ["2020-08", "2021-06", "2023-02", "2026-07"];
const NEWEST: &str = "en-2026-07.md";

/// The other pages that the committed schemas are learned from.
const PAGES: [&str; 5] = [
    "id-2025.txt",
    REFERENCE,
    "hyperpod-cluster-events-reference-2026.md",
    "a2i-cloudwatch-events.md",
    "sms-monitor-cloud-watch.md",
];

/// All evidence of the committed schemas, read anew.
fn evidence() -> Option<Vec<Evidence>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (pages, documents) = (
        shared.join("pages/sagemaker"),
        shared.join("evidence/registry"),
    );
    if !pages.is_dir() || !documents.is_dir() {
        eprintln!("skipped: there are no pages and registry documents in ../shared");
        return None;
    }
    let mut pieces: Vec<Evidence> = PAGES
        .map(|name| input::read_page(&pages.join(name)).unwrap().into())
        .into();
    pieces.extend(EDITIONS.map(|date| {
        let page = input::read_page(&pages.join(format!("en-{date}.md"))).unwrap();
        page.named(NEWEST).dated(date).into()
    }));
    let arrived = shared.join("evidence/deliveries/sagemaker-observed.ndjson");
    let mut deliveries = Deliveries::default();
    let file = std::fs::File::open(arrived).unwrap();
    deliveries.read("arrived", file).unwrap();
    pieces.push(Evidence::Shapes(deliveries.shapes()));
    let documents = input::files(&documents).unwrap();
    assert_eq!(documents.len(), 14);
    for path in documents {
        let found = document::read_file(&path).unwrap().unwrap();
        assert_eq!((found.pieces.len(), found.diagnostics.len()), (1, 0));
        pieces.extend(found.pieces);
    }
    pieces.push(api_model());
    pieces.push(kept_model("api@SageMaker_A2I_Runtime.json"));
    Some(pieces)
}

/// The committed extract of an API model.
fn kept_model(name: &str) -> Evidence {
    let path = format!("{SOURCE}/samples/{name}");
    let text = std::fs::read_to_string(&path).unwrap();
    ApiModel::restore(&path, &text).unwrap().into()
}

fn api_model() -> Evidence {
    let Some(path) = std::env::var_os("SAGEMAKER_API_MODEL") else {
        eprintln!("SAGEMAKER_API_MODEL names no API model: the committed extract of one is taken");
        return kept_model("api.json");
    };
    let found = document::read_file(Path::new(&path)).unwrap().unwrap();
    found.pieces.into_iter().next().unwrap()
}

/// The files of the committed source, by path below the schemas.
fn committed() -> BTreeMap<String, String> {
    let samples = format!("{SOURCE}/samples");
    let mut files = BTreeMap::new();
    for folder in [SOURCE, &samples] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path
                    .strip_prefix("schemas")
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn all_evidence_in_any_order_and_split_gives_the_committed_schemas() {
    let Some(pieces) = evidence() else { return };
    let committed = committed();
    let mut dice = Dice(0x5eed);
    for round in 0..4 {
        let set = tempfile::tempdir().unwrap();
        std::fs::create_dir(set.path().join("aws.sagemaker")).unwrap();
        for name in WRITTEN {
            let name = format!("aws.sagemaker/{name}");
            if let Some(text) = committed.get(&name) {
                std::fs::write(set.path().join(&name), text).unwrap();
            }
        }
        let mut left = pieces.clone();
        while !left.is_empty() {
            let count = 1 + dice.roll(left.len());
            let some: Vec<Evidence> = (0..count)
                .map(|_| left.swap_remove(dice.roll(left.len())))
                .collect();
            // On the way mirrors and corrections complain of what is not there yet.
            let learned = eventbridge_learn::learn(set.path(), &some);
            files::apply(set.path(), &learned.changes).unwrap();
        }
        // A type keeps the name that it had on the way; what the evidence says is told by a set that is named anew.
        for schema in schema_set::schema_files(&set.path().join("aws.sagemaker")).unwrap() {
            std::fs::remove_file(schema).unwrap();
        }
        let named = eventbridge_learn::learn(set.path(), &[]);
        files::apply(set.path(), &named.changes).unwrap();
        let again = eventbridge_learn::learn(set.path(), &pieces[dice.roll(pieces.len())..]);
        assert!(
            again.is_sound() && again.changes.is_empty(),
            "round {round}"
        );
        for (name, text) in &committed {
            let learned = std::fs::read_to_string(set.path().join(name)).unwrap_or_default();
            let differs = text
                .lines()
                .zip(learned.lines())
                .find(|(one, other)| one != other);
            assert!(
                &learned == text,
                "round {round}: {name} differs: {differs:?}"
            );
        }
    }
}
