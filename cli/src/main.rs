//! The tool `eventbridge-codegen`, in the workspace `cargo codegen`: one thin file a command over the
//! library of the same name.

/// Prints a line on stdout, as `println!` does, and ends the program where nobody reads it.
macro_rules! say {
    () => { $crate::terminal::say(format_args!("")) };
    ($($part:tt)*) => { $crate::terminal::say(format_args!($($part)*)) };
}

mod command;
mod hold;
mod progress;
mod report;
mod terminal;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Learns the events that AWS services send to EventBridge from their documentation and from events that
/// arrived, and generates typed packages of them.
///
/// Without a command it does the main job: samples and corrections give the schemas, the schemas give
/// the packages.
#[derive(Parser)]
#[command(name = "eventbridge-codegen", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    common: CommonArguments,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen                                   everything, from the samples at hand
  cargo codegen learn page.md                     the documentation changed: learn the page again
  cargo codegen learn --dry-run page.html         what would change, without writing
  cargo codegen learn archive/                    events that arrived say what pages do not
  cargo codegen generate --check                  are the generated packages fresh?
  cargo codegen explain \"Some Detail Type\" Field  what is known of a field, and who says so?
  cargo codegen match --rules rules/ event.json   which rules match an event?
  cargo codegen register plan --registry NAME     what differs from a Schema Registry?
  cargo codegen site --to public                  pages to look events up, for people
  cargo codegen check template.yaml               which rules can never match?

Exit status: 0 done; 1 a check found something; 2 the call or its input is wrong.";

/// What all commands are told.
#[derive(clap::Args)]
struct CommonArguments {
    /// The schema set: a folder with one folder for each event source.
    #[arg(long, global = true, value_name = "DIR", default_value = "schemas")]
    schemas: PathBuf,

    /// Where the packages go.
    #[arg(long, global = true, value_name = "DIR", default_value = "generated")]
    out: PathBuf,

    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Output::Human)]
    format: Output,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people.
    Human,
    /// For programs: one JSON document on stdout.
    Json,
    /// Of `check` alone: SARIF 2.1.0, as code scanning reads it.
    Sarif,
    /// Of `check` alone: annotations of GitHub Actions.
    Github,
}

/// What all commands share.
struct Common {
    schemas: PathBuf,
    out: PathBuf,
    format: Format,
}

impl From<&CommonArguments> for Common {
    fn from(told: &CommonArguments) -> Self {
        Common {
            schemas: told.schemas.clone(),
            out: told.out.clone(),
            format: match told.format {
                Output::Human => Format::Human,
                _ => Format::Json,
            },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Human,
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Learn evidence: documentation pages, and events that arrived.
    Learn(command::learn::Call),

    /// Generate the packages from the schemas.
    #[command(after_help = "\
Examples:
  cargo codegen generate
  cargo codegen generate --check
  cargo codegen generate --allow-breaking=\"Some Detail Type\"
  cargo codegen generate --schemas my/schemas --out my/generated")]
    Generate {
        /// Write nothing; exit with 1 if a file is not what the schemas give.
        #[arg(long)]
        check: bool,

        #[command(flatten)]
        breaking: command::breaking::Breaking,
    },

    /// Explain what is known of an event or a field, and on what evidence.
    Explain(command::explain::Call),

    /// Show how much of what each kind of evidence names the schemas have, and how much has a description.
    #[command(after_help = "\
Examples:
  cargo codegen coverage
  cargo codegen coverage --overruled
  cargo codegen coverage --undescribed
  cargo codegen coverage --schemas my/schemas --format json

Exit status 1 when a schema lacks a field that its evidence names.")]
    Coverage(command::coverage::Call),

    /// Show what changed between two schema sets, and which versions it asks for.
    Diff(command::diff::Call),

    /// Fetch the pages that the set names, and propose what follows: schemas, packages, changelog and version.
    Track(command::track::Call),

    /// Match events against event patterns and rules, as EventBridge does.
    Match(command::match_events::Call),

    /// Export the documents to the EventBridge Schema Registry, or pull what it holds.
    Register(command::register::Call),
    /// Check rules and patterns: what can never match, and what probably was not meant.
    Check(command::check::Call),

    /// Write a rule that is ready to deploy: pattern, target, permissions, and a queue for what cannot be delivered.
    Rule(command::rule::Call),

    /// Make a catalogue for people: static pages of all events, with evidence, code and a pattern tester.
    Site(command::site::Call),

    /// Print an event for tests: valid, the same each time, and let through by a rule.
    Sample(command::sample::Call),
}

fn main() -> ExitCode {
    let Arguments { command, common } = Arguments::parse();
    let output = common.format;
    let is_check = matches!(command, Some(Command::Check(_)));
    if matches!(output, Output::Sarif | Output::Github) && !is_check {
        let message = "only `check` prints SARIF and annotations";
        Arguments::command()
            .error(clap::error::ErrorKind::ArgumentConflict, message)
            .exit();
    }
    let common = Common::from(&common);
    let outcome = match command {
        None => command::all::run(&common),
        Some(Command::Learn(call)) => command::learn::run(&common, &call),
        Some(Command::Generate { check, breaking }) => {
            command::generate::run(&common, check, &breaking)
        }
        Some(Command::Explain(call)) => command::explain::run(&common, &call),
        Some(Command::Coverage(call)) => command::coverage::run(&common, &call),
        Some(Command::Diff(call)) => command::diff::run(&common, &call),
        Some(Command::Track(call)) => command::track::run(&common, &call),
        Some(Command::Check(call)) => command::check::run(&common, output, &call),
        Some(Command::Rule(call)) => command::rule::run(&common, &call),
        Some(Command::Site(call)) => command::site::run(&common, &call),
        Some(Command::Sample(call)) => command::sample::run(&common, &call),
        Some(Command::Match(call)) => command::match_events::run(&common, &call),
        Some(Command::Register(call)) => command::register::run(&common, &call),
    };
    match outcome {
        command::Outcome::Done => ExitCode::SUCCESS,
        command::Outcome::Found => ExitCode::from(1),
        command::Outcome::Wrong => ExitCode::from(2),
    }
}
