//! A table for people: what every reader takes, in seconds of the processor and in memory, at 1, 2 and 4 times a size.
//!
//! `cargo bench -p eventbridge-codegen-cli --bench cost` prints all rows, with a word behind `--` those whose names hold
//! it. `COST_UNIT` says how large 1× is (64 unless told), `COST_TOOL` names another build to measure.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../cli/tests/cost/mod.rs"]
mod cost;

use cost::{Ready, rows};
use wait4::Wait4;

fn main() {
    let unit = std::env::var("COST_UNIT").ok();
    let unit = unit.map_or(64, |unit| unit.parse().expect("COST_UNIT is a number"));
    let part = std::env::args()
        .skip(1)
        .find(|word| !word.starts_with("--"));
    let part = part.unwrap_or_default();
    println!(
        "{:50} {:>8} {:>24} {:>21} {:>10}  bytes/byte",
        "", "kB at 4×", "seconds at 1× 2× 4×", "MB at 1× 2× 4×", "growth"
    );
    for row in rows().iter().filter(|row| row.name.contains(&part)) {
        let ready = [1, 2, 4].map(|times| row.ready(unit, times));
        let [one, two, four] = [0, 1, 2].map(|at| measured(&ready[at]));
        let growth = |small: f64, large: f64| large / small.max(0.01);
        println!(
            "{:50} {:>8} {:>7.2} {:>7.2} {:>8.2} {:>6} {:>6} {:>7} {:>5.1} {:>4.1}  {:>6.0}",
            row.name,
            ready[2].bytes / 1000,
            one.0,
            two.0,
            four.0,
            one.1 >> 20,
            two.1 >> 20,
            four.1 >> 20,
            growth(one.0, two.0),
            growth(two.0, four.0),
            four.1.saturating_sub(12 << 20) as f64 / ready[2].bytes.max(1) as f64,
        );
    }
}

/// Seconds of the processor, and the most bytes of memory.
fn measured(ready: &Ready) -> (f64, u64) {
    let used = ready.call().spawn().unwrap().wait4().unwrap().rusage;
    ((used.utime + used.stime).as_secs_f64(), used.maxrss)
}
