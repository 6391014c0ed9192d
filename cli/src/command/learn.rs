//! `learn`: evidence comes in, samples and schemas are written; with `--partial`, the shapes of deliveries.

mod summary;

use super::{Outcome, save};
use crate::hold::{Use, hold};
use crate::progress::Progress;
use crate::report::{self, LearnReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::files::{self, Unfinished};
use eventbridge_catalog::model;
use eventbridge_catalog::text::visible;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::input::{self, As, Input, STDIN};
use eventbridge_learn::{Evidence, Learned, Losses, SchemaChange, ShapeEvidence};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use summary::{counted, summary};

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
    let mut learned = Learned::default();
    let mut touched = false;
    if gathered.is_sound() {
        match held(common, call, &gathered) {
            Ok(done) => learned = done,
            Err(unfinished) => {
                touched = !unfinished.is_untouched();
                gathered.diagnostics.push(unfinished.problem());
            }
        }
        gathered.diagnostics.append(&mut learned.diagnostics);
    }
    let sound = gathered.is_sound();
    if !sound {
        learned.events.clear(); // nothing became of them
    }
    match common.format {
        Format::Json => report::print(&LearnReport::new(
            &common.schemas,
            &gathered.inputs,
            &learned,
            &gathered.diagnostics,
        )),
        Format::Human => {
            terminal::show(&gathered.diagnostics);
            for input in &gathered.inputs {
                say!("{}", summary(input).trim_end());
            }
            match sound {
                true => show(common, &learned, call.dry_run),
                false if touched => {}
                false => say!("Nothing was written."),
            }
        }
    }
    if sound { Outcome::Done } else { Outcome::Wrong }
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
    let mut pieces = gathered.pieces();
    pieces.extend(gathered.texts().filter(|_| call.descriptions));
    let losses = match call.accept_loss {
        true => Losses::Accepted,
        false => Losses::Refused,
    };
    let learned = eventbridge_learn::learn_with(&common.schemas, &pieces, losses);
    if learned.is_sound() && !call.dry_run {
        files::sweep(&common.schemas, &learned.leftovers);
        files::apply(&common.schemas, &learned.changes)?;
    }
    Ok(learned)
}

/// Each file once, however often and by whatever path it is named.
fn each_once(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    let is_new = |path: &PathBuf| path.canonicalize().map_or(true, |file| known.insert(file));
    paths.into_iter().filter(is_new).collect()
}

/// What was read of all the evidence.
#[derive(Default)]
struct Gathered {
    inputs: Vec<Input>,
    deliveries: Deliveries,
    diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    fn of(evidence: &[PathBuf], said: Option<As>) -> Gathered {
        let mut gathered = Gathered::default();
        let paths = gathered.files(evidence);
        gathered.read(&paths, said);
        gathered
    }

    /// The files that the call names.
    fn files(&mut self, evidence: &[PathBuf]) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        for path in evidence {
            match input::files(path) {
                Ok(files) => paths.extend(files),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
        each_once(paths)
    }

    fn read(&mut self, paths: &[PathBuf], said: Option<As>) {
        let progress = Progress::over(paths);
        for path in paths {
            let passed = progress.begin(path);
            match input::read_as(path, said, &mut self.deliveries, &passed) {
                Ok(input) => self.add(input),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
    }

    fn add(&mut self, input: Input) {
        match &input {
            Input::Page(reading) => self.diagnostics.extend(reading.diagnostics.iter().cloned()),
            Input::Deliveries(read) => self.diagnostics.extend(read.diagnostics.iter().cloned()),
            Input::Document(_, read) => self.diagnostics.extend(read.diagnostics.iter().cloned()),
            Input::Shapes(..) => {}
        }
        self.inputs.push(input);
    }

    /// Gives pages the name and the date that the call says.
    fn as_editions(&mut self, call: &Call) {
        let is_page = |input: &&Input| matches!(input, Input::Page(_));
        if let Some(name) = &call.page
            && self.inputs.iter().filter(is_page).count() > 1
        {
            let problem =
                Diagnostic::error(name, "is the name of one page, and several are learned");
            self.diagnostics
                .push(problem.help("learn one after the other"));
        }
        for input in &mut self.inputs {
            if let Input::Page(reading) = input {
                let named = call
                    .page
                    .iter()
                    .fold(reading.clone(), |page, name| page.named(name));
                *reading = call.date.iter().fold(named, |page, date| page.dated(date));
            }
        }
    }

    /// What has the name of a page that the set knows, and holds no event, is that page served wrong.
    fn as_known(&mut self, schemas: &Path, call: &Call) {
        for input in &self.inputs {
            let Input::Deliveries(read) = input else {
                continue;
            };
            let file = Path::new(&read.path)
                .file_name()
                .map(|name| name.to_string_lossy());
            let name = call.page.as_deref().or(file.as_deref()).unwrap_or_default();
            if read.total() == 0 && eventbridge_learn::knows_page(schemas, name) {
                let message = format!(
                    "`{name}` is known as a page, and this is not believed: no event stands in it"
                );
                let problem = Diagnostic::error(&read.path, message);
                self.diagnostics.push(problem.help("fetch the page again"));
            }
        }
    }

    fn is_sound(&self) -> bool {
        let mut found = self.diagnostics.iter();
        found.all(|diagnostic| diagnostic.severity != Severity::Error)
    }

    fn pieces(&self) -> Vec<Evidence> {
        let inputs = self.inputs.iter().flat_map(|input| match input {
            Input::Page(reading) => vec![Evidence::Page(reading.clone())],
            Input::Shapes(_, shapes) => vec![Evidence::Shapes(shapes.clone())],
            Input::Document(_, documents) => documents.pieces.clone(),
            Input::Deliveries(_) => Vec::new(),
        });
        inputs
            .chain([Evidence::Shapes(self.deliveries.shapes())])
            .collect()
    }

    /// What pages and models say in words.
    fn texts(&self) -> impl Iterator<Item = Evidence> {
        self.inputs.iter().filter_map(|input| match input {
            Input::Page(reading) => Some(reading.texts().into()),
            Input::Document(_, documents) => Some(documents.texts()?.into()),
            Input::Deliveries(_) | Input::Shapes(..) => None,
        })
    }

    /// All deliveries, as one; what else there is is told.
    fn delivered(&mut self) -> ShapeEvidence {
        let mut all = self.deliveries.shapes();
        for input in &self.inputs {
            let path = match input {
                Input::Deliveries(_) => continue,
                Input::Shapes(_, told) if told.origin == model::Origin::Delivery => {
                    all.join(told.clone());
                    continue;
                }
                Input::Shapes(path, _) | Input::Document(path, _) => path,
                Input::Page(reading) => &reading.path,
            };
            let problem =
                Diagnostic::error(path, "is no delivery; `--partial` saves deliveries alone");
            let help = "learn it without `--partial`, where the schemas are";
            self.diagnostics.push(problem.help(help));
        }
        all
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
        let told = gathered.delivered();
        if gathered.is_sound() {
            gathered
                .diagnostics
                .extend(save::save(path, &told.write()).err());
        }
    }
    match common.format {
        Format::Json if !to_stdout => report::print(&LearnReport::new(
            &common.schemas,
            &gathered.inputs,
            &Learned::default(),
            &gathered.diagnostics,
        )),
        _ => {
            terminal::show(&gathered.diagnostics);
            let said: String = gathered.inputs.iter().map(summary).collect();
            match to_stdout {
                true => eprint!("{said}"),
                false if said.is_empty() => {}
                false => say!("{}", said.trim_end()),
            }
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
