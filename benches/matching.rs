//! Divan's view of the same workloads: what a thousand events cost, and what building a set costs.

use divan::{Bencher, counter::ItemsCount};
use eventbridge_benches::engine::{Engine, engine};
use eventbridge_benches::workload::{Workload, workload};

/// Counts allocations, so that each benchmark tells them.
#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

/// Peers beside ours.
const ENGINES: [&str; 2] = ["ours", "quamina"];

const WORKLOADS: [&str; 5] = [
    "mixed-1",
    "mixed-100",
    "mixed-1000",
    "mixed-10000",
    "lots-exact",
];

/// So many events a turn.
const EVENTS: usize = 1_000;

fn main() {
    divan::main();
}

fn built(name: &str, rules: &[String]) -> Box<dyn Engine> {
    let mut engine = engine(name).unwrap_or_else(|| unreachable!("{name} is one of ours"));
    for (id, rule) in rules.iter().enumerate() {
        engine.add(id, rule);
    }
    engine
}

fn matching(bencher: Bencher<'_, '_>, name: &str, of: &str) {
    let Ok(Workload { events, rules }) = workload(of) else {
        return;
    };
    let mut engine = built(name, &rules);
    let events = &events[..EVENTS];
    bencher.counter(ItemsCount::new(EVENTS)).bench_local(|| {
        events
            .iter()
            .map(|event| engine.matches(event.as_bytes()))
            .sum::<usize>()
    });
}

#[divan::bench(args = WORKLOADS)]
fn ours(bencher: Bencher<'_, '_>, of: &str) {
    matching(bencher, ENGINES[0], of);
}

#[divan::bench(args = WORKLOADS)]
fn quamina(bencher: Bencher<'_, '_>, of: &str) {
    matching(bencher, ENGINES[1], of);
}

#[divan::bench(args = ENGINES)]
fn build_1000_rules(bencher: Bencher<'_, '_>, name: &str) {
    let Ok(Workload { rules, .. }) = workload("mixed-1000") else {
        return;
    };
    bencher
        .counter(ItemsCount::new(rules.len()))
        .bench_local(|| built(name, &rules));
}
