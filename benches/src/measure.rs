//! An engine and a workload come in; its figures go out.
//!
//! Events are measured some at a time, over and over, and of each such part the least time counts: what else the machine
//! does meanwhile makes no part faster.

use crate::engine::Engine;
use crate::workload::Workload;
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// What an engine did with a workload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// How many rules it refused.
    pub refused: usize,
    /// Seconds of processor time to take all rules.
    pub build: f64,
    /// What it holds in memory after that, in MB.
    pub memory: f64,
    /// Events in a second.
    pub rate: f64,
    /// Matches over all events.
    pub matches: usize,
}

/// How long is measured, after all events went through once.
const MEASURED: Duration = Duration::from_millis(1_000);

/// How often at least.
const PASSES: usize = 5;

/// How many events are measured at a time.
const PART: usize = 50;

/// Builds, warms up, and measures.
pub fn measure(engine: &mut dyn Engine, workload: &Workload) -> Figures {
    let before = resident();
    let start = ProcessTime::now();
    let refused = add(engine, workload);
    // An engine may build when it is first asked.
    pass(engine, &workload.events[..1]);
    let build = start.elapsed().as_secs_f64();
    let memory = (resident().saturating_sub(before)) as f64 / 1e6;
    let matches = pass(engine, &workload.events);
    Figures {
        refused,
        build,
        memory,
        rate: rate(engine, &workload.events),
        matches,
    }
}

/// Builds, and sends all events through so many times; for tools that count instructions.
pub fn passes(engine: &mut dyn Engine, workload: &Workload, count: usize) -> usize {
    add(engine, workload);
    (0..count).map(|_| pass(engine, &workload.events)).sum()
}

fn add(engine: &mut dyn Engine, workload: &Workload) -> usize {
    let rules = workload.rules.iter().enumerate();
    rules.filter(|(id, rule)| !engine.add(*id, rule)).count()
}

fn pass(engine: &mut dyn Engine, events: &[String]) -> usize {
    events
        .iter()
        .map(|event| engine.matches(event.as_bytes()))
        .sum()
}

fn rate(engine: &mut dyn Engine, events: &[String]) -> f64 {
    let start = Instant::now();
    let mut least = vec![Duration::MAX; events.len().div_ceil(PART)];
    let mut done = 0;
    while done < PASSES || start.elapsed() < MEASURED {
        for (part, least) in events.chunks(PART).zip(&mut least) {
            let begun = Instant::now();
            std::hint::black_box(pass(engine, part));
            *least = begun.elapsed().min(*least);
        }
        done += 1;
    }
    events.len() as f64 / least.iter().sum::<Duration>().as_secs_f64()
}

fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |usage| usage.physical_mem)
}
