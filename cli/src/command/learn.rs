//! `learn`: evidence comes in, samples and schemas are written; with `--partial`, the shapes of deliveries.

mod gathered;
mod summary;

use super::{Outcome, save};
use crate::hold::{Use, hold};
use crate::terminal::counted;
use crate::{Common, Format, report, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Unfinished};
use eventbridge_catalog::text::visible;
use eventbridge_learn::input::{As, Input, STDIN};
use eventbridge_learn::{Learned, Losses, SchemaChange};
use gathered::Gathered;
use std::path::{Path, PathBuf};
use summary::summary;

/// What the command is called with.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// Evidence, told apart by looking at it: saved documentation pages (text, Markdown or HTML, in any language);
    /// events that arrived (JSON, one or many to a file, packed with gzip or not, bare or inside the messages of
    /// logs, queues and topics); documents of a schema registry (OpenAPI 3, JSON Schema Draft 4); the model of the
    /// service's API (botocore's service-2.json); shapes that `--partial` saved; or folders of these. `-` is stdin.
    #[arg(required = true, value_name = "EVIDENCE")]
    evidence: Vec<PathBuf>,

    /// Say what the evidence is, where its content leaves that open: documentation pages, of which the samples are
    /// kept as they stand, or deliveries, of which no value is.
    #[arg(long = "as", value_name = "WHAT", value_enum)]
    treat_as: Option<What>,

    /// Take what pages and the API model say in words, for fields of which `descriptions.json` says nothing. It stays
    /// until it is taken again.
    #[arg(long, conflicts_with = "partial")]
    descriptions: bool,

    /// When the pages were what the documentation said: a day, a month, or an instant. Editions of a page that have
    /// dates are joined in any order; what only older ones say stays, marked as no longer documented.
    #[arg(long, value_name = "DATE", value_parser = super::edition_date::edition_date, conflicts_with = "partial")]
    date: Option<String>,

    /// By which name the page is known, if not by that of its file. Of one page.
    #[arg(long, value_name = "NAME", conflicts_with = "partial")]
    page: Option<String>,

    /// Learn a page although it lost what the set knows of it: events, a source, its language, many fields. What it no
    /// longer says stays, marked as no longer documented.
    #[arg(long, conflicts_with = "partial")]
    accept_loss: bool,

    /// Only say what would change.
    #[arg(long)]
    dry_run: bool,

    /// Save what the deliveries show to this file, and learn nothing yet: parts of an archive can be read on many
    /// machines, and what they save be learned together. `-` is stdout.
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    partial: Option<PathBuf>,
}

/// What the caller says that evidence is.
#[derive(Clone, Copy, clap::ValueEnum)]
enum What {
    /// Documentation.
    Page,
    /// Events that arrived.
    Deliveries,
}

impl From<What> for As {
    fn from(what: What) -> As {
        match what {
            What::Page => As::Page,
            What::Deliveries => As::Deliveries,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen learn docs/automating-sagemaker.md
  cargo codegen learn --dry-run --format json page.html
  cargo codegen learn --page automating.md --date 2023-02 old/automating.md
  cargo codegen learn --schemas my/schemas ecs_events.md ec2_events.md
  cargo codegen learn archive/2026/                       events that arrived
  cargo codegen learn registry/ service-2.json.gz         what AWS says elsewhere
  cargo codegen learn --as deliveries notes.md            no page, whatever it looks like
  aws logs filter-log-events --log-group-name events | cargo codegen learn -
  cargo codegen learn --partial monday.json monday.ndjson.gz
  cargo codegen learn monday.json tuesday.json            what was saved

A page is known by its file name: learning it again replaces what it said
before, and what it no longer says stays, marked so. One that lost events or
much else is refused. Deliveries add up. Of them are kept: sources, detail-types, keys that
can be names of fields, kinds of values, ids of a few events, and of fields that
tell a status or a type the words that stand in a list of such words. No other
value is, and no key that is data, as those of tags. What is kept is told. A
file that may be a page or hold deliveries is read as neither: say which.";

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    if let Some(path) = &call.partial {
        return partial(common, path, call);
    }
    let mut gathered = Gathered::of(&call.evidence, call.treat_as.map(As::from));
    gathered.as_editions(call);
    gathered.as_known(&common.schemas, call);
    let (learned, touched) = learned(common, call, &mut gathered);
    let sound = gathered.is_sound();
    match common.format {
        Format::Json => gathered.report(common, &learned),
        Format::Human => {
            gathered.show();
            match sound {
                true => show(common, &learned, call.dry_run),
                false if touched => {}
                false => say!("Nothing was written."),
            }
        }
    }
    if sound { Outcome::Done } else { Outcome::Wrong }
}

/// What was learned if all was sound, and whether any file was touched if not.
fn learned(common: &Common, call: &Call, gathered: &mut Gathered) -> (Learned, bool) {
    let mut learned = Learned::default();
    let mut touched = false;
    if gathered.is_sound() {
        match held(common, call, gathered) {
            Ok(done) => learned = done,
            Err(unfinished) => {
                touched = !unfinished.is_untouched();
                gathered.diagnostics.push(unfinished.problem());
            }
        }
        gathered.diagnostics.append(&mut learned.diagnostics);
    }
    if !gathered.is_sound() {
        learned.events.clear(); // nothing became of them
    }
    (learned, touched)
}

/// Learns while no other run writes to the schemas, and writes if nothing speaks against it.
fn held(common: &Common, call: &Call, gathered: &Gathered) -> Result<Learned, Unfinished> {
    let wanted = if call.dry_run { Use::Read } else { Use::Write };
    let _held = match hold(&[(&common.schemas, wanted)]) {
        Ok(held) => held,
        Err(problem) => {
            return Ok(Learned {
                diagnostics: vec![problem],
                ..Learned::default()
            });
        }
    };
    let learned = learn(common, call, gathered);
    if learned.is_sound() && !call.dry_run {
        files::sweep(&common.schemas, &learned.leftovers);
        files::apply(&common.schemas, &learned.changes)?;
    }
    Ok(learned)
}

fn learn(common: &Common, call: &Call, gathered: &Gathered) -> Learned {
    let mut pieces = gathered.pieces();
    pieces.extend(gathered.texts().filter(|_| call.descriptions));
    let losses = match call.accept_loss {
        true => Losses::Accepted,
        false => Losses::Refused,
    };
    eventbridge_learn::learn_with(&common.schemas, &pieces, losses)
}

fn show_inputs(inputs: &[Input], to_stderr: bool) {
    let said: String = inputs.iter().map(summary).collect();
    match to_stderr {
        true => eprint!("{said}"),
        false if said.is_empty() => {}
        false => say!("{}", said.trim_end()),
    }
}

/// Saves the shapes of deliveries. What there is to say goes to stderr when they go to stdout.
fn partial(common: &Common, path: &Path, call: &Call) -> Outcome {
    let mut gathered = Gathered::default();
    let paths = gathered.files(&call.evidence);
    let to_stdout = save::is_stdout(path);
    if to_stdout && common.format == Format::Json {
        let problem = Diagnostic::error(STDIN, "stdout cannot take both the shapes and the report");
        gathered
            .diagnostics
            .push(problem.help("save the shapes to a file, or leave out `--format json`"));
    }
    gathered
        .diagnostics
        .extend(save::refused(path, &paths, &common.schemas));
    if gathered.is_sound() {
        gathered.read(&paths, call.treat_as.map(As::from));
        gathered.save(path);
    }
    match common.format {
        Format::Json if !to_stdout => gathered.report(common, &Learned::default()),
        _ => {
            terminal::show(&gathered.diagnostics);
            show_inputs(&gathered.inputs, to_stdout);
        }
    }
    if gathered.is_sound() {
        Outcome::Done
    } else {
        Outcome::Wrong
    }
}

fn show(common: &Common, learned: &Learned, dry_run: bool) {
    let (unchanged, touched): (Vec<_>, Vec<_>) = learned
        .events
        .iter()
        .partition(|event| event.change == SchemaChange::Unchanged);
    for event in touched {
        let schema = report::below(&common.schemas, &event.schema);
        say!(
            "  {:<9} {} ({schema})",
            event.change.name(),
            visible(&event.detail_type)
        );
    }
    if !unchanged.is_empty() {
        say!("  unchanged {}", counted(unchanged.len(), "event"));
    }
    if dry_run {
        say!("Nothing was written (--dry-run).");
    }
}
