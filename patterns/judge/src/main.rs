//! `eventbridge-judge`: random patterns and events through the engine inside EventBridge and through ours.

use clap::Parser;
use eventbridge_judge::{DifferenceKind, Engine, pairs, round, transcript};
use std::io::{IsTerminal, Result, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Judges random patterns and events by the engine inside EventBridge and by ours; prints each
/// disagreement as small as it gets. Needs Java and Maven.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  cargo run --release -p eventbridge-judge -- --pairs 1000000 --seed 7
  cargo run --release -p eventbridge-judge -- --transcript conformance.jsonl.gz
  cargo run -p eventbridge-judge -- --print --pairs 20 --seed 7

Exit status: 0 they agree; 1 they do not; 2 the engine cannot be run.")]
struct Arguments {
    /// How many pairs.
    #[arg(long, default_value_t = 10_000)]
    pairs: u64,

    /// Where the random numbers start: the same seed gives the same pairs.
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Recorded verdicts (gzip, one JSON object a line) instead of random pairs.
    #[arg(long, value_name = "FILE")]
    transcript: Vec<PathBuf>,

    /// Only print the pairs.
    #[arg(long)]
    print: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("the engine cannot be run: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool> {
    if arguments.print {
        let mut out = std::io::stdout().lock();
        for pair in pairs(arguments.seed, arguments.pairs) {
            writeln!(out, "{}", serde_json::to_string(&pair)?)?;
        }
        return Ok(true);
    }
    let mut engine = Engine::start(&target_folder()?)?;
    if arguments.transcript.is_empty() {
        let report = round(&mut engine, arguments.seed, arguments.pairs, show_progress)?;
        println!("{report}");
        return Ok(report.agrees());
    }
    let mut agrees = true;
    for path in &arguments.transcript {
        agrees &= replay(&mut engine, path)?;
    }
    Ok(agrees)
}

fn show_progress(done: u64) {
    if std::io::stderr().is_terminal() {
        eprint!("\r{done}");
    }
}

fn replay(engine: &mut Engine, path: &Path) -> Result<bool> {
    let rows = transcript::rows(path)?;
    let stale = transcript::stale(engine, &rows)?;
    let missed = transcript::missed(&rows);
    println!(
        "{}: {} rows, {} on which the live engine differs, {} on which we differ",
        path.display(),
        rows.len(),
        stale.len(),
        missed.len()
    );
    show_rows("live engine", &stale);
    show_rows("ours", &missed);
    Ok(stale.is_empty() && missed.is_empty())
}

fn show_rows(who: &str, rows: &[(&transcript::Row, DifferenceKind)]) {
    for (row, kind) in rows {
        println!(
            "{who} {kind:?} {}: {} {}",
            row.name,
            row.pattern,
            row.event.as_deref().unwrap_or("-")
        );
    }
}

/// Where Cargo builds: the Java side is built there too.
fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).unwrap_or(&program).to_path_buf())
}
