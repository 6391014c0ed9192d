//! An engine and a workload come in; its figures go out. Time is the processor's, not the wall's.

use crate::engine::Engine;
use crate::workload::Workload;
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What an engine did with a workload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// How many rules it refused.
    pub refused: usize,
    /// Seconds to take all rules.
    pub build: f64,
    /// What it holds in memory after that, in MB.
    pub memory: f64,
    /// Events in a second.
    pub rate: f64,
    /// Matches over all events.
    pub matches: usize,
}

/// How long is measured, after all events went through once.
const MEASURED: Duration = Duration::from_millis(1_200);

/// Builds, warms up, and measures.
pub fn measure(engine: &mut dyn Engine, workload: &Workload) -> Figures {
    let before = resident();
    let start = ProcessTime::now();
    let refused = workload
        .rules
        .iter()
        .enumerate()
        .filter(|(id, rule)| !engine.add(*id, rule))
        .count();
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

fn pass(engine: &mut dyn Engine, events: &[String]) -> usize {
    events
        .iter()
        .map(|event| engine.matches(event.as_bytes()))
        .sum()
}

fn rate(engine: &mut dyn Engine, events: &[String]) -> f64 {
    let start = ProcessTime::now();
    let mut done = 0;
    while start.elapsed() < MEASURED {
        std::hint::black_box(pass(engine, events));
        done += events.len();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |usage| usage.physical_mem)
}
