//! Workloads and engines come in; one table of their figures goes out, with how many times faster ours are, and what each
//! engine checks of an event.

use crate::instructions;
use crate::measure::Figures;
use crate::peer::Peer;
use crate::workload::Files;
use std::io::{Result, Write};
use std::path::Path;

/// Ours, which others are compared with.
const OURS: [&str; 2] = ["ours", "ours-trusted"];

/// What an engine checks of an event.
fn checks(engine: &str) -> &'static str {
    match engine {
        "ours" => "all: JSON, UTF-8, limits, duplicates seen",
        "ours-trusted" => "nothing",
        "quamina" | "go" => "JSON as far as it reads, no duplicates, no UTF-8",
        "java" => "JSON, as far as the closing brace",
        "serde-ignored" => "JSON",
        _ => "",
    }
}

fn write_head(out: &mut impl Write) -> Result<()> {
    writeln!(
        out,
        "{:<22} {:<13} {:>9} {:>9} {:>8} {:>7} {:>9} {:>7} {:>6} {:>8}  checks",
        "workload",
        "engine",
        "ns",
        "instr",
        "build s",
        "MB",
        "matches",
        "refused",
        "ours",
        "trusted"
    )
}

fn rates_of_ours(peers: &[Peer], measured: &[Result<Figures>]) -> [Option<f64>; 2] {
    OURS.map(|name| {
        let mut pairs = peers.iter().zip(measured);
        let (_, figures) = pairs.find(|(peer, _)| peer.name == name)?;
        Some(figures.as_ref().ok()?.rate)
    })
}

/// Measures every workload by every engine, in turns, `rounds` times; of each the best counts.
pub fn print(
    workloads: &[String],
    peers: &[Peer],
    (rounds, counts_instructions): (usize, bool),
    folder: &Path,
    out: &mut impl Write,
) -> Result<()> {
    write_head(out)?;
    for workload in workloads {
        let files = Files::write(workload, folder)?;
        let measured = measure(peers, &files, rounds);
        let ours = rates_of_ours(peers, &measured);
        for (peer, figures) in peers.iter().zip(measured) {
            match figures {
                Ok(figures) => {
                    let counted = counts_instructions.then(|| instructions::count(peer, &files));
                    row(out, (workload, peer), &figures, counted.flatten(), ours)?;
                }
                Err(error) => writeln!(out, "{workload:<22} {:<13} {error}", peer.name)?,
            }
        }
        std::fs::remove_file(files.events)?;
        std::fs::remove_file(files.rules)?;
        out.flush()?;
    }
    std::fs::remove_dir_all(folder)
}

fn measure(peers: &[Peer], files: &Files, rounds: usize) -> Vec<Result<Figures>> {
    let mut runs: Vec<Result<Vec<Figures>>> = peers.iter().map(|_| Ok(Vec::new())).collect();
    for _ in 0..rounds {
        for (peer, runs) in peers.iter().zip(&mut runs) {
            if let Ok(done) = runs {
                match peer.measure(files) {
                    Ok(figures) => done.push(figures),
                    Err(error) => *runs = Err(error),
                }
            }
        }
    }
    runs.into_iter().map(|runs| runs.map(best)).collect()
}

fn best(mut runs: Vec<Figures>) -> Figures {
    runs.sort_by(|one, other| other.rate.total_cmp(&one.rate));
    runs.swap_remove(0)
}

fn row(
    out: &mut impl Write,
    (workload, peer): (&str, &Peer),
    figures: &Figures,
    counted: Option<u64>,
    ours: [Option<f64>; 2],
) -> Result<()> {
    let [checked, trusted] =
        ours.map(|ours| ours.map_or(String::new(), |ours| format!("{:.2}", ours / figures.rate)));
    writeln!(
        out,
        "{workload:<22} {:<13} {:>9.1} {:>9} {:>8.3} {:>7.1} {:>9} {:>7} {checked:>6} {trusted:>8}  {}",
        peer.name,
        1e9 / figures.rate,
        counted.map_or(String::new(), |count| count.to_string()),
        figures.build,
        figures.memory,
        figures.matches,
        figures.refused,
        checks(&peer.name),
    )
}
