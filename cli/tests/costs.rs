//! Cost grows as the input grows, in every reader, for input too that is made to be hard to read.
//!
//! Seconds of the processor are taken first. Where they are in doubt steps are counted, which whatever else the machine
//! does cannot change: valgrind's cachegrind says how many instructions a run took. Where it is not installed, that is
//! said. `COST_UNIT=8` makes all inputs eight times as large, which shows more and takes longer; `COST_ROWS=yaml` takes
//! the rows whose name holds that, `COST_STEPS=1` counts the steps of all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod cost;

use cost::{Ready, Row, rows};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use wait4::Wait4;

/// So many times as many steps may a doubled input take, beside what the tool takes to read next to nothing: starting
/// would hide growth.
const MOST: f64 = 2.5;

/// A row whose smallest input takes less than this share of what reading next to nothing takes shows nothing.
const LEAST: f64 = 0.2;

/// So many bytes of memory may a byte of input take, beside what any run takes.
const BYTES: u64 = 200;
const ANY_RUN: u64 = 48 << 20;

fn unit() -> usize {
    let unit = std::env::var("COST_UNIT").ok();
    unit.map_or(1, |unit| unit.parse().expect("COST_UNIT is a number"))
}

fn wanted() -> Vec<Row> {
    let part = std::env::var("COST_ROWS").unwrap_or_default();
    let mut rows = rows();
    rows.retain(|row| row.name.contains(&part));
    rows
}

/// Seconds that grow less are in no doubt; others are counted in steps.
const SURELY: f64 = 2.1;

/// The least seconds of so many runs count.
const RUNS: usize = 3;

#[test]
#[ignore = "takes minutes: cargo test -p eventbridge-codegen-cli --test costs -- --ignored"]
fn steps_grow_as_the_input_does() {
    let valgrind = valgrind();
    let found = in_parallel(&wanted(), |row| {
        let all = std::env::var_os("COST_STEPS").is_some();
        let ran = Growth::of(row, |ready| {
            let runs = (0..RUNS).map(|_| seconds(&ready()));
            runs.fold(f64::INFINITY, f64::min)
        });
        if !all && ran.most() <= SURELY {
            return None;
        }
        let Some(valgrind) = &valgrind else {
            println!(
                "{}: {ran}; valgrind, which would tell, is not installed",
                row.name
            );
            return None;
        };
        let counted = Growth::of(row, |ready| steps(valgrind, &ready()));
        println!("{:50} {ran} {counted}", row.name);
        let fails = counted.one < LEAST * counted.idle || counted.most() > MOST;
        fails.then(|| format!("{}: {counted}", row.name))
    });
    assert!(
        found.is_empty(),
        "more than {MOST} times the steps for twice the input, or too few to tell:\n{}",
        found.join("\n")
    );
}

/// What a row takes at 1×, 2× and 4×, beside what the least input of its kind takes.
struct Growth {
    idle: f64,
    one: f64,
    two: f64,
    four: f64,
}

impl Growth {
    fn of(row: &Row, cost: impl Fn(&dyn Fn() -> Ready) -> f64) -> Growth {
        let idle = cost(&|| row.least());
        let [one, two, four] = [1, 2, 4].map(|times| cost(&|| row.ready(unit(), times)) - idle);
        Growth {
            idle,
            one,
            two,
            four,
        }
    }

    fn most(&self) -> f64 {
        let grows = |less: f64, more: f64| match less > 0.0 {
            true => more / less,
            false => f64::INFINITY,
        };
        grows(self.one, self.two).max(grows(self.two, self.four))
    }
}

impl std::fmt::Display for Growth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Growth { one, two, four, .. } = self;
        write!(f, "{:.2} ({one:.3}, {two:.3}, {four:.3})", self.most())
    }
}

#[test]
fn memory_is_bounded_by_the_input() {
    let found = in_parallel(&wanted(), |row| {
        let ready = row.ready(unit(), 4);
        let memory = memory(&ready);
        let most = ANY_RUN + BYTES * ready.bytes;
        (memory > most).then(|| {
            let per_byte = memory / ready.bytes.max(1);
            format!(
                "{}: {} MB, {per_byte} for each byte",
                row.name,
                memory >> 20
            )
        })
    });
    assert!(
        found.is_empty(),
        "more than {BYTES} bytes of memory for a byte of input:\n{}",
        found.join("\n")
    );
}

/// What is said of each row, as many at a time as there are processors.
fn in_parallel(rows: &[Row], say: impl Fn(&Row) -> Option<String> + Sync) -> Vec<String> {
    let (next, found) = (Mutex::new(rows.iter()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(row) = { next.lock().unwrap().next() } {
            let said = say(row);
            found.lock().unwrap().extend(said);
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    found.into_inner().unwrap()
}

fn valgrind() -> Option<PathBuf> {
    let version = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    version
        .is_ok_and(|status| status.success())
        .then(|| PathBuf::from("valgrind"))
}

/// The same call, run by another program.
fn under(program: &Path, options: &[&str], call: &Command) -> Command {
    let mut command = Command::new(program);
    command
        .args(options)
        .arg(call.get_program())
        .args(call.get_args());
    command.current_dir(call.get_current_dir().unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// How many instructions a run takes.
fn steps(valgrind: &Path, ready: &Ready) -> f64 {
    let options = [
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
    ];
    let output = under(valgrind, &options, &ready.call())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said
        .lines()
        .find(|line| line.contains("I   refs:") || line.contains("I refs:"));
    let number = line
        .and_then(|line| line.split(':').nth(1))
        .unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no count of instructions: {said}"))
}

/// How many seconds of the processor a run takes.
fn seconds(ready: &Ready) -> f64 {
    let mut process = ready.call().spawn().unwrap();
    let used = process.wait4().unwrap().rusage;
    (used.utime + used.stime).as_secs_f64()
}

/// The most memory that a run takes, in bytes.
fn memory(ready: &Ready) -> u64 {
    let mut process = ready.call().spawn().unwrap();
    process.wait4().unwrap().rusage.maxrss
}
