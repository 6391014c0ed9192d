//! A set gives exactly the ids of the rules that match alone, whatever came and went before.
#![allow(clippy::unwrap_used, clippy::panic)]

mod random;

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use random::Dice;
use std::collections::BTreeMap;

fn compare(
    rules: &RuleSet<usize>,
    alone: &BTreeMap<usize, Pattern>,
    event: &str,
    scratch: &mut Scratch,
) -> usize {
    let mut found: Vec<usize> = rules
        .matching(event.as_bytes(), scratch)
        .unwrap()
        .copied()
        .collect();
    found.sort_unstable();
    let matching = alone
        .iter()
        .filter(|(_, pattern)| pattern.matches(event.as_bytes()).unwrap());
    let expected: Vec<usize> = matching.map(|(id, _)| *id).collect();
    if found != expected {
        let differs = |id: &&usize| found.contains(id) != expected.contains(id);
        let shown: Vec<&str> = alone
            .keys()
            .filter(differs)
            .map(|id| alone[id].as_str())
            .collect();
        panic!("{event}\nis different for {shown:#?}");
    }
    expected.len()
}

fn churn(seed: u64, most: usize, rounds: usize) -> usize {
    let mut dice = Dice(seed);
    let mut rules = RuleSet::new();
    let mut alone = BTreeMap::new();
    let mut scratch = Scratch::default();
    let mut matched = 0;
    for round in 0..rounds {
        for _ in 0..dice.roll(most) {
            let id = dice.roll(most);
            let text = dice.pattern(2);
            let Ok(pattern) = Pattern::parse(&text) else {
                continue;
            };
            assert_eq!(
                rules.insert(id, pattern.clone()),
                alone.insert(id, pattern).is_some()
            );
        }
        for _ in 0..dice.roll(most) {
            let id = dice.roll(most);
            assert_eq!(rules.remove(&id), alone.remove(&id).is_some());
        }
        assert_eq!(rules.len(), alone.len());
        for _ in 0..if round % 5 == 4 { 20 } else { 5 } {
            let event = dice.event(3);
            matched += compare(&rules, &alone, &event, &mut scratch);
        }
    }
    matched
}

#[test]
fn a_set_is_the_union_of_its_rules() {
    let mut matched = 0;
    for seed in 1..=60 {
        matched += churn(seed + 0x9e37_79b9_7f4a_7c15, 60, 10);
    }
    for seed in 1..=4 {
        matched += churn(seed + 0x1234_5678_9abc_def1, 1000, 6);
    }
    println!("{matched} matches");
    assert!(matched > 5_000);
}
