//! The editions that a page had, one after the other as it was followed, and in any other order: what each brings is told
//! fact by fact, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::diagnostic::Severity;
use eventbridge_catalog::diff::{self, Diff, What};
use eventbridge_catalog::{files, schema_set};
use eventbridge_learn::{Evidence, reading};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

const DATES: [&str; 4] = ["2020-08", "2021-06", "2023-02", "2026-07"];

/// The editions beside the repository, if they are there.
fn editions() -> Option<Vec<Evidence>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages/sagemaker");
    let read = |date: &&str| {
        let path = folder.join(format!("en-{date}.md"));
        let text = std::fs::read_to_string(&path).ok()?;
        let page = reading::read("automating.md", &text).unwrap();
        Some(page.dated(date).into())
    };
    let editions: Option<Vec<Evidence>> = DATES.iter().map(read).collect();
    if editions.is_none() {
        eprintln!(
            "{} is absent: its editions were not replayed",
            folder.display()
        );
    }
    editions
}

/// A set in which the slip of the first edition ends as soon as a later one mended it.
fn set() -> TempDir {
    let set = TempDir::new().unwrap();
    std::fs::create_dir(set.path().join("aws.sagemaker")).unwrap();
    let retired = r#"{ "corrections": [{ "fix": "retired", "event": "SageMakerEndpointStateChange", "last": "2020-08", "reason": "Blanks were missing." }] }"#;
    std::fs::write(set.path().join("aws.sagemaker/corrections.json"), retired).unwrap();
    set
}

fn learn_into(set: &Path, edition: &Evidence) {
    let learned = eventbridge_learn::learn(set, std::slice::from_ref(edition));
    let errors = learned
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "{:?}", learned.diagnostics);
    files::apply(set, &learned.changes).unwrap();
}

fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(files_of(&path)),
            false => {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(
                    format!("{}/{name}", folder.file_name().unwrap().display()),
                    std::fs::read_to_string(&path).unwrap(),
                );
            }
        }
    }
    files
}

fn count(diff: &Diff, is_it: impl Fn(&What) -> bool) -> usize {
    let events = diff.findings.iter().filter(|finding| !finding.is_field());
    events.filter(|finding| is_it(&finding.what)).count()
}

#[test]
fn each_edition_is_told_as_what_it_brought() {
    let Some(editions) = editions() else { return };
    let set = set();
    learn_into(set.path(), &editions[0]);
    let mut old = schema_set::load(set.path()).unwrap();
    assert_eq!(old.events.len(), 4);
    for (edition, (added, renamed, fields)) in
        editions[1..].iter().zip([(4, 1, 3), (4, 0, 0), (6, 0, 3)])
    {
        learn_into(set.path(), edition);
        let new = schema_set::load(set.path()).unwrap();
        let found = diff::diff(&old, &new);
        let told: Vec<String> = found.findings.iter().map(diff::line).collect();
        assert_eq!(
            count(&found, |what| matches!(what, What::Added { .. })),
            added,
            "{told:#?}"
        );
        assert_eq!(
            count(&found, |what| matches!(what, What::Renamed { .. })),
            renamed,
            "{told:#?}"
        );
        let others = found.findings.iter().filter(|finding| finding.is_field());
        assert_eq!(others.count(), fields, "{told:#?}");
        let lost = found
            .findings
            .iter()
            .filter(|finding| finding.what == What::Removed);
        assert_eq!(lost.count(), 0, "{told:#?}");
        let mass = found
            .findings
            .iter()
            .filter(|finding| matches!(finding.what, What::WireForms { .. }));
        let places: Vec<usize> = mass.map(|finding| finding.places.len()).collect();
        assert_eq!(
            places,
            if renamed == 1 { vec![6] } else { vec![] },
            "the mass edit is one: {told:#?}"
        );
        old = new;
    }
    assert_eq!(old.events.len(), 18);
}

#[test]
fn editions_in_any_order_give_the_same_set() {
    let Some(editions) = editions() else { return };
    let whole = set();
    editions
        .iter()
        .for_each(|edition| learn_into(whole.path(), edition));
    let expected: Vec<String> = files_of(whole.path()).into_values().collect();
    let mut dice = Dice(0x2020);
    for round in 0..4 {
        let mut order: Vec<usize> = (0..editions.len()).collect();
        (1..order.len())
            .rev()
            .for_each(|at| order.swap(at, dice.roll(at + 1)));
        if round == 0 {
            order = vec![3, 2, 1, 0];
        }
        let set = set();
        order
            .iter()
            .for_each(|at| learn_into(set.path(), &editions[*at]));
        let found: Vec<String> = files_of(set.path()).into_values().collect();
        assert!(found == expected, "{order:?} gives another set");
    }
}
