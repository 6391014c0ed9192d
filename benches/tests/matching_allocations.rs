//! Once a scratch has seen events of a kind, matching more of them allocates nothing, and finds as many both ways.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use allocation_counter::measure;
use eventbridge_benches::workload::{self, Workload};
use eventbridge_patterns::{Pattern, RuleSet, Scratch};

#[test]
fn no_workload_allocates_for_each_event() {
    for name in workload::names() {
        if name == "mixed-100000" {
            continue;
        }
        let Workload { events, rules } = workload::workload(&name).unwrap();
        let mut set = RuleSet::new();
        for (id, rule) in rules.iter().enumerate() {
            set.insert(id, Pattern::parse(rule).unwrap());
        }
        let mut scratch = Scratch::default();
        let mut checked = || -> usize {
            let counts = events.iter().map(|event| {
                let matches = set.matching(event.as_bytes(), &mut scratch).unwrap();
                matches.count()
            });
            counts.sum()
        };
        let first = allocates_nothing(&name, &mut checked);
        let mut trusted = || -> usize {
            let counts = events.iter().map(|event| {
                let matches = set.matching_trusted(event.as_bytes(), &mut scratch);
                matches.count()
            });
            counts.sum()
        };
        assert_eq!(allocates_nothing(&name, &mut trusted), first, "{name}");
    }
}

/// Once more, after one time; gives what is counted.
fn allocates_nothing(name: &str, pass: &mut impl FnMut() -> usize) -> usize {
    let first = pass();
    let mut again = 0;
    let counted = measure(|| again = pass());
    assert_eq!((counted.count_total, again), (0, first), "{name}");
    first
}

#[test]
fn allocations_are_counted() {
    let counted = measure(|| drop(std::hint::black_box(vec![1; 9])));
    assert_eq!(counted.count_total, 1);
}
