//! Random valid patterns are clean, and random mistakes in them are found.
#![allow(clippy::unwrap_used)]

mod random;

use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Finding, Settings, check, read_text};
use fastrand::Rng;
use random::Schemas;
use std::path::Path;

fn model() -> Model {
    schema_set::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")).unwrap()
}

fn findings(catalogue: &Catalogue<'_>, pattern: &str) -> Vec<Finding> {
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    };
    check(catalogue, &read_text("pattern.json", pattern, &settings))
}

#[test]
fn of_a_thousand_valid_patterns_none_has_a_finding() {
    let (schemas, model) = (Schemas::read(), model());
    let catalogue = Catalogue::new(&model);
    let mut rng = Rng::with_seed(17);
    let mut wrong = Vec::new();
    for _ in 0..rounds(1_000) {
        let pattern = random::pattern(&schemas, &mut rng);
        assert!(random::is_known(&schemas, &pattern), "{pattern}");
        for finding in findings(&catalogue, &pattern.to_string()) {
            wrong.push(format!("{} in {pattern}", finding.message));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
}

#[test]
fn of_random_mistakes_in_valid_patterns_nearly_all_are_found() {
    let (schemas, model) = (Schemas::read(), model());
    let catalogue = Catalogue::new(&model);
    let mut rng = Rng::with_seed(71);
    let (mut count, mut missed) = (0, Vec::new());
    while count < rounds(2_500) {
        let pattern = random::pattern(&schemas, &mut rng);
        let changed = random::mistake(&pattern, &mut rng);
        if changed == pattern || random::is_known(&schemas, &changed) {
            continue;
        }
        count += 1;
        if findings(&catalogue, &changed.to_string()).is_empty() {
            missed.push(format!("{pattern}\n  {changed}"));
        }
    }
    println!("{count} mistakes, {} not found", missed.len());
    for missed in missed.iter().take(20) {
        println!("{missed}");
    }
    assert!(
        missed.len() * 100 < count,
        "{} of {count} are not found",
        missed.len()
    );
}

/// `ROUNDS=10000` makes more of them.
fn rounds(usual: usize) -> usize {
    std::env::var("ROUNDS").map_or(usual, |rounds| rounds.parse().unwrap())
}
