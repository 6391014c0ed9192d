//! A size comes in; what learning from so many bytes of deliveries costs goes out, beside what it costs to parse
//! the same lines into `serde_json::Value` and drop them.

use crate::workload;
use cpu_time::ProcessTime;
use eventbridge_learn::delivery::Deliveries;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Error, Result, Write};
use std::path::Path;
use std::process::Command;

/// What is measured, each in a process of its own.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Work {
    /// Learn all events of the file.
    Learn,
    /// Parse each line into a `serde_json::Value`.
    Parse,
}

/// What it cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// Events.
    pub events: u64,
    /// Millions of bytes in a second of processor time.
    pub rate: f64,
    /// The most memory that the process held, in MB.
    pub memory: f64,
}

/// Writes deliveries of so many bytes, one a line: made of the committed samples, with ids, times, statuses and
/// nulls of their own.
pub fn write(path: &Path, bytes: u64) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for event in workload::deliveries()? {
        if written >= bytes {
            break;
        }
        writeln!(file, "{event}")?;
        written += event.len() as u64 + 1;
    }
    file.flush()
}

/// Does the work on a file, in this process.
pub fn measure(work: Work, path: &Path) -> Result<Cost> {
    let bytes = std::fs::metadata(path)?.len();
    let start = ProcessTime::now();
    let events = match work {
        Work::Learn => learn(path)?,
        Work::Parse => parse(path)?,
    };
    let seconds = start.elapsed().as_secs_f64();
    Ok(Cost {
        events,
        rate: bytes as f64 / 1e6 / seconds,
        memory: peak_memory(),
    })
}

fn learn(path: &Path) -> Result<u64> {
    let mut deliveries = Deliveries::default();
    let delivered = deliveries.read("deliveries", File::open(path)?);
    let delivered = delivered.map_err(|problem| Error::other(problem.to_string()))?;
    std::hint::black_box(deliveries.shapes().write());
    Ok(delivered.total())
}

fn parse(path: &Path) -> Result<u64> {
    let mut file = BufReader::with_capacity(256 << 10, File::open(path)?);
    let (mut line, mut events) = (Vec::new(), 0);
    while file.read_until(b'\n', &mut line)? > 0 {
        std::hint::black_box(serde_json::from_slice::<serde_json::Value>(&line)?);
        line.clear();
        events += 1;
    }
    Ok(events)
}

/// Linux remembers the most; elsewhere it is what is held at the end.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<f64>().ok());
    let held = || memory_stats::memory_stats().map_or(0.0, |now| now.physical_mem as f64 / 1e6);
    kilobytes.map_or_else(held, |kilobytes| kilobytes / 1e3)
}

/// Measures both on a tenth of the size and on all of it.
pub fn print(size: u64, rounds: usize, folder: &Path, out: &mut impl Write) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join("deliveries.ndjson");
    writeln!(
        out,
        "{:>8} {:>10} {:>16} {:>16} {:>8} {:>12} {:>12}",
        "MB", "events", "learn MB/CPU-s", "parse MB/CPU-s", "ratio", "learn MB", "parse MB"
    )?;
    for bytes in [size / 10, size] {
        write(&file, bytes)?;
        let (learn, parse) = median(&file, rounds)?;
        if learn.events != parse.events {
            return Err(Error::other(format!(
                "{} events were learned of {}",
                learn.events, parse.events
            )));
        }
        let ratio = learn.rate / parse.rate;
        writeln!(
            out,
            "{:>8} {:>10} {:>16.0} {:>16.0} {ratio:>8.2} {:>12.1} {:>12.1}",
            bytes / 1_000_000,
            learn.events,
            learn.rate,
            parse.rate,
            learn.memory,
            parse.memory
        )?;
    }
    std::fs::remove_dir_all(folder)
}

/// The costs of learning and of parsing, of the round whose ratio is the median.
fn median(file: &Path, rounds: usize) -> Result<(Cost, Cost)> {
    let mut runs = Vec::new();
    for _ in 0..rounds.max(1) {
        runs.push((apart("learn", file)?, apart("parse", file)?));
    }
    runs.sort_by(|one, other| (one.0.rate / one.1.rate).total_cmp(&(other.0.rate / other.1.rate)));
    Ok(runs[runs.len() / 2])
}

fn apart(work: &str, file: &Path) -> Result<Cost> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command
        .args(["measure-deliveries", work])
        .arg(file)
        .output()?;
    if !output.status.success() {
        return Err(Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// `100MB`, `1GB`.
///
/// # Errors
///
/// What is no size.
pub fn size(text: &str) -> std::result::Result<u64, String> {
    let (digits, unit) = match (text.strip_suffix("MB"), text.strip_suffix("GB")) {
        (Some(digits), _) => (digits, 1_000_000),
        (_, Some(digits)) => (digits, 1_000_000_000),
        _ => return Err("a size is such as 100MB or 1GB".to_owned()),
    };
    let number: u64 = digits
        .trim()
        .parse()
        .map_err(|error| format!("{digits}: {error}"))?;
    Ok(number * unit)
}
