//! `eventbridge-benches`: one command, one table of our engine and its peers on the same events and rules.

use clap::{Parser, Subcommand};
use eventbridge_benches::workload::{self, Files};
use eventbridge_benches::{deliveries, engine, measure, parsing, pauses, peer, table};
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measures matching engines on the same events and rules, and learning from deliveries.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  cargo run --release -p eventbridge-benches -- table
  cargo run --release -p eventbridge-benches -- table --engines ours,ours-trusted,quamina --rounds 1 mixed-1000 lots-exact
  cargo run --release -p eventbridge-benches -- pauses 100000 1000000
  cargo run --release -p eventbridge-benches -- parse
  cargo run --release -p eventbridge-benches -- write mixed-1000 FOLDER
  cargo run --release -p eventbridge-benches -- deliveries --size 1GB

Times are nanoseconds an event, of parts of fifty events the least; Java's and Go's are processor time. The Java engine needs Java and Maven, the Go engine Go;
an engine that cannot be built is left out with a message.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the table.
    Table {
        /// Workloads; without any, all.
        workloads: Vec<String>,
        /// Engines: ours, ours-trusted, quamina, java, go; and what reading alone costs: serde-ignored, memchr.
        #[arg(long, value_delimiter = ',', default_values = ["ours", "ours-trusted", "quamina", "java", "go"])]
        engines: Vec<String>,
        /// How often each is measured, in turns; the best counts.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// Count instructions, too, by valgrind: takes a while.
        #[arg(long)]
        instructions: bool,
    },
    /// Print the longest times that single changes of large sets take, how evenly events are matched, and what two threads
    /// are worth.
    Pauses {
        /// How many rules.
        #[arg(default_values_t = [100_000])]
        rules: Vec<usize>,
    },
    /// Print how fast events are read into types, by us and by others.
    Parse {
        /// How often each way is measured; the median counts.
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// Write a workload's events and rules, one a line.
    Write {
        /// The workload.
        workload: String,
        /// Where to.
        folder: PathBuf,
    },
    /// Measure one engine on written files and print its figures as JSON.
    Measure {
        /// ours, ours-trusted, quamina, serde-ignored or memchr.
        engine: String,
        /// Only match all events so many times and print the matches, for tools that count instructions.
        #[arg(long)]
        passes: Option<usize>,
        /// One event a line.
        events: PathBuf,
        /// One rule a line.
        rules: PathBuf,
    },
    /// Learn from deliveries of a size and a tenth of it, beside parsing them.
    Deliveries {
        /// How much: 100MB, 1GB.
        #[arg(long, default_value = "1GB", value_parser = deliveries::size)]
        size: u64,
        /// How often each is measured; the median ratio counts.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// Where the deliveries are written for the time being.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Do one work on written deliveries and print its cost as JSON.
    MeasureDeliveries {
        /// What to do.
        work: deliveries::Work,
        /// One event a line.
        events: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Write { workload, folder } => Files::write(&workload, &folder).map(drop),
        Command::Measure {
            engine,
            passes,
            events,
            rules,
        } => measure(&engine, passes, &Files { events, rules }),
        Command::MeasureDeliveries { work, events } => {
            println!(
                "{}",
                serde_json::to_string(&deliveries::measure(work, &events)?)?
            );
            Ok(())
        }
        Command::Deliveries {
            size,
            rounds,
            folder,
        } => {
            let own = format!("eventbridge-deliveries-{}", std::process::id());
            let folder = folder.unwrap_or_else(std::env::temp_dir).join(own);
            deliveries::print(size, rounds, &folder, &mut std::io::stdout().lock())
        }
        Command::Pauses { rules } => rules
            .iter()
            .try_for_each(|count| pauses::print(*count, &mut std::io::stdout().lock())),
        Command::Parse { rounds } => parsing::table(rounds.max(1), &mut std::io::stdout().lock()),
        Command::Table {
            workloads,
            engines,
            rounds,
            instructions,
        } => table(&workloads, &engines, (rounds.max(1), instructions)),
    }
}

/// Measures one engine.
fn measure(name: &str, passes: Option<usize>, files: &Files) -> Result<()> {
    let mut engine =
        engine::engine(name).ok_or_else(|| Error::other(format!("no engine is called {name}")))?;
    let workload = files.read()?;
    if let Some(passes) = passes {
        println!("{}", measure::passes(engine.as_mut(), &workload, passes));
        return Ok(());
    }
    let figures = measure::measure(engine.as_mut(), &workload);
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

fn ready_peers(engines: &[String], target: &Path) -> Vec<peer::Peer> {
    let mut peers = Vec::new();
    for name in engines {
        match peer::Peer::ready(name, target) {
            Ok(peer) => peers.push(peer),
            Err(error) => eprintln!("{name} is left out: {error}"),
        }
    }
    peers
}

/// Measures all engines that can be built.
fn table(workloads: &[String], engines: &[String], how: (usize, bool)) -> Result<()> {
    let all = workload::names();
    let workloads = if workloads.is_empty() {
        &all
    } else {
        workloads
    };
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).unwrap_or(&program);
    let peers = ready_peers(engines, target);
    let folder = target.join(format!("bench-files-{}", std::process::id()));
    table::print(
        workloads,
        &peers,
        how,
        &folder,
        &mut std::io::stdout().lock(),
    )
}
