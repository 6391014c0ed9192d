//! Workloads and engines come in; one table of their figures goes out, with how many times faster ours is.

use crate::measure::Figures;
use crate::peer::Peer;
use crate::workload::Files;
use std::io::{Result, Write};
use std::path::Path;

/// Measures every workload by every engine, in turns, `rounds` times; of each the median counts.
pub fn print(
    workloads: &[String],
    peers: &[Peer],
    rounds: usize,
    folder: &Path,
    out: &mut impl Write,
) -> Result<()> {
    writeln!(
        out,
        "{:<24} {:<14} {:>12} {:>10} {:>10} {:>9} {:>8} {:>9}",
        "workload", "engine", "kev/CPU-s", "build s", "MB", "matches", "refused", "ours is"
    )?;
    for workload in workloads {
        let files = Files::write(workload, folder)?;
        let measured = measure(peers, &files, rounds);
        let of_ours = peers
            .iter()
            .zip(&measured)
            .find(|(peer, _)| peer.name == "ours");
        let ours =
            of_ours.and_then(|(_, figures)| figures.as_ref().ok().map(|figures| figures.rate));
        for (peer, figures) in peers.iter().zip(measured) {
            match figures {
                Ok(figures) => row(out, workload, &peer.name, &figures, ours)?,
                Err(error) => writeln!(out, "{workload:<24} {:<14} {error}", peer.name)?,
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
    runs.into_iter().map(|runs| runs.map(median)).collect()
}

fn median(mut runs: Vec<Figures>) -> Figures {
    runs.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    runs.swap_remove(runs.len() / 2)
}

fn row(
    out: &mut impl Write,
    workload: &str,
    engine: &str,
    figures: &Figures,
    ours: Option<f64>,
) -> Result<()> {
    let times = ours.map_or(String::new(), |ours| {
        format!("{:.2} x", ours / figures.rate)
    });
    writeln!(
        out,
        "{workload:<24} {engine:<14} {:>12.1} {:>10.3} {:>10.1} {:>9} {:>8} {times:>9}",
        figures.rate / 1_000.0,
        figures.build,
        figures.memory,
        figures.matches,
        figures.refused,
    )
}
