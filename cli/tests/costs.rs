//! Cost grows as the input grows, in every reader, for input too that is made to be hard to read.
//!
//! What is measured are seconds of the processor. Whatever else the machine does only adds to them, so the least of
//! several runs counts, and a row that seems to grow too fast is run again, alone, before it is believed. The size at 1× is
//! found by the test: large enough for its cost to show beside that of starting. `COST_ROWS=yaml` takes the rows whose
//! name holds that.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod cost;

use cost::{Ready, Row, rows};
use std::sync::Mutex;
use wait4::Wait4;

/// So many times as many seconds may a doubled input take, beside what the tool takes to read next to nothing: starting
/// would hide growth.
const MOST: f64 = 2.5;

/// So many seconds takes what shows, beside starting; the input at 1× is made so large.
const SHOWS: f64 = 0.08;

/// The input at 1× is made at most so many times the size of its row. What does not show then is cheap.
const LARGEST: usize = 64;

/// So often is a row run beside others, and so often alone if it seems to grow by more than [`MOST`] then.
const ROUNDS: usize = 4;
const ROUNDS_ALONE: usize = 12;

/// So many rounds in a row have to grow as they may by themselves.
const IN_A_ROW: usize = 3;

/// So many bytes of memory may a byte of input take, beside what any run takes.
const BYTES: u64 = 200;
const ANY_RUN: u64 = 48 << 20;

#[test]
fn cost_grows_as_the_input_does() {
    let part = std::env::var("COST_ROWS").unwrap_or_default();
    let mut rows = rows();
    rows.retain(|row| row.name.contains(&part));
    let mut measured = in_parallel(&rows);
    for (row, cost) in &mut measured {
        cost.measure(row, ROUNDS_ALONE);
        println!("{:50} {cost}", row.name);
    }
    let found: Vec<String> = measured
        .iter()
        .filter(|(_, cost)| cost.growth() > MOST || cost.memory > ANY_RUN + BYTES * cost.bytes)
        .map(|(row, cost)| format!("{}: {cost}", row.name))
        .collect();
    assert!(
        found.is_empty(),
        "more than {MOST} times the seconds for twice the input, or more than {BYTES} bytes of memory for a byte:\n{}",
        found.join("\n")
    );
}

/// What a row takes at 1×, 2× and 4× its size, so many times that of its line in the table.
struct Cost {
    unit: usize,
    /// What the least input of its kind takes.
    idle: f64,
    /// Beside that, at each size.
    seconds: [f64; 3],
    /// The most bytes of memory, and the bytes of the input, at 4×.
    memory: u64,
    bytes: u64,
}

impl Cost {
    fn of(row: &Row) -> Cost {
        let seconds = |ready: Ready| (0..3).map(|_| run(&ready).0).fold(f64::INFINITY, f64::min);
        let idle = seconds(row.least());
        let shows = |unit: &usize| seconds(row.ready(*unit, 1)) - idle >= SHOWS;
        let mut units = std::iter::successors(Some(1), |unit| Some(unit * 2));
        let unit = units.find(|unit| *unit >= LARGEST || shows(unit));
        let mut cost = Cost {
            unit: unit.unwrap_or(LARGEST),
            idle,
            seconds: [f64::INFINITY; 3],
            memory: u64::MAX,
            bytes: 0,
        };
        cost.measure(row, ROUNDS);
        cost
    }

    /// Runs the row until it grows as it may, but at most so often: whatever else the machine does only adds to what is
    /// measured, so the least counts. But a machine may be slow for minutes, and was fast when the least size ran: three
    /// rounds one behind the other, each of which grows as it may by itself, count as well.
    fn measure(&mut self, row: &Row, rounds: usize) {
        if self.growth() <= MOST {
            return;
        }
        let ready = [1, 2, 4].map(|times| row.ready(self.unit, times));
        let mut in_a_row = 0;
        for _ in 0..rounds {
            let mut now = [0.0; 3];
            for (now, ready) in now.iter_mut().zip(&ready) {
                let (seconds, memory) = run(ready);
                *now = seconds - self.idle;
                (self.memory, self.bytes) = (memory, ready.bytes);
            }
            for (least, now) in self.seconds.iter_mut().zip(now) {
                *least = least.min(now);
            }
            in_a_row = if growth(now) <= MOST { in_a_row + 1 } else { 0 };
            if in_a_row == IN_A_ROW {
                self.seconds = now;
            }
            if self.growth() <= MOST {
                return;
            }
        }
    }

    fn growth(&self) -> f64 {
        growth(self.seconds)
    }
}

/// The larger of both ratios; what does not show does not grow.
fn growth(seconds: [f64; 3]) -> f64 {
    let [one, two, four] = seconds.map(|seconds| seconds.max(SHOWS));
    match four.is_finite() {
        true => (two / one).max(four / two),
        false => f64::INFINITY,
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [one, two, four] = self.seconds;
        let (growth, idle, unit) = (self.growth(), self.idle, self.unit);
        let (memory, bytes) = (self.memory >> 20, self.bytes >> 10);
        write!(
            f,
            "{growth:.2} ({one:.3}, {two:.3}, {four:.3} s beside {idle:.3}; {memory} MB for {bytes} kB; {unit} times the size)"
        )
    }
}

/// The rows and what they take, as many at a time as there are processors.
fn in_parallel(rows: &[Row]) -> Vec<(&Row, Cost)> {
    let (next, measured) = (Mutex::new(rows.iter()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(row) = { next.lock().unwrap().next() } {
            let cost = Cost::of(row);
            measured.lock().unwrap().push((row, cost));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    measured.into_inner().unwrap()
}

/// The seconds of the processor that a run takes, and the most bytes of memory.
fn run(ready: &Ready) -> (f64, u64) {
    let mut process = ready.call().spawn().unwrap();
    let used = process.wait4().unwrap().rusage;
    ((used.utime + used.stime).as_secs_f64(), used.maxrss)
}
