//! `diff`: two schema sets come in, as folders or as revisions of git; what changed for those who use the packages, and
//! which versions come next, goes out.

mod revision;

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, DiffReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::diff::{self, Diff, Effect, Package};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::surface;
use eventbridge_rules::Settings;
use std::path::{Path, PathBuf};

/// What the command is called with.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// The schemas as they were: a folder, or a revision of git, whose schemas stand in the folder of --schemas.
    old: String,

    /// The schemas as they are, likewise; those in the folder of --schemas when absent.
    new: Option<String>,

    /// Tell which rules name an event, a field or a value that went or moved: event patterns, templates, Terraform, or a
    /// folder of these.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    rules: Vec<PathBuf>,

    /// Print Markdown for a changelog.
    #[arg(long)]
    markdown: bool,

    /// Exit with 1 where the change is as grave as this, or more so.
    #[arg(long, value_name = "EFFECT", value_enum)]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Deny {
    /// Something that was written no longer compiles.
    Breaking,
    /// Packages change.
    Additive,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen diff HEAD                      what is not committed yet
  cargo codegen diff v0.3.0 HEAD               between two revisions
  cargo codegen diff old/schemas new/schemas   between two folders
  cargo codegen diff v0.3.0 --markdown         lines for a changelog
  cargo codegen diff v0.3.0 --deny breaking    may this be a patch?
  cargo codegen diff v0.3.0 --rules infra/     which rules no longer match?

Changes of evidence, order and descriptions alone are counted. An edit that
changed many fields alike is told once. Exit status 1 where a rule is told, or
what is denied.";

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    let (old, new) = match models(common, call) {
        Ok(models) => models,
        Err(problems) => {
            match common.format {
                Format::Human => terminal::show(&problems),
                Format::Json => report::print(&DiffReport::problems(&problems)),
            }
            return Outcome::Wrong;
        }
    };
    let found = diff::diff(&old, &new);
    let version = &old.package.version;
    let moved = moved(&old, &found, &call.rules);
    match common.format {
        Format::Json => report::print(&DiffReport::new(&found, version).with(&moved)),
        Format::Human if call.markdown => say!("{}", diff::markdown(&found, version).trim_end()),
        Format::Human => say!("{}", diff::human(&found, version).trim_end()),
    }
    if common.format == Format::Human {
        terminal::show(&moved);
    }
    if moved.iter().any(|it| it.severity == Severity::Error) {
        return Outcome::Wrong;
    }
    match !moved.is_empty() || call.deny.is_some_and(|deny| is_denied(&found, deny)) {
        true => Outcome::Found,
        false => Outcome::Done,
    }
}

/// The rules that name what went or moved, and what of them cannot be read.
fn moved(old: &Model, found: &Diff, rules: &[PathBuf]) -> Vec<Diagnostic> {
    if rules.is_empty() {
        return Vec::new();
    }
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    };
    let reading = eventbridge_rules::read(rules, &[], &settings);
    let unread = reading
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let moved = eventbridge_rules::moved(old, found, &reading);
    moved.into_iter().chain(unread.cloned()).collect()
}

fn is_denied(found: &Diff, deny: Deny) -> bool {
    let limit = match deny {
        Deny::Breaking => Effect::Breaking,
        Deny::Additive => Effect::Additive,
    };
    Package::ALL
        .into_iter()
        .any(|package| found.effect(package) >= limit)
}

fn models(common: &Common, call: &Call) -> Result<(Model, Model), Vec<Diagnostic>> {
    let old = model(common, &call.old)?;
    let new = match &call.new {
        Some(new) => model(common, new)?,
        None => load(&common.schemas)?,
    };
    Ok((old, new))
}

/// The schemas of a folder or a revision. A folder with that name is meant before a revision.
fn model(common: &Common, named: &str) -> Result<Model, Vec<Diagnostic>> {
    if Path::new(named).is_dir() {
        return load(Path::new(named));
    }
    let set = revision::checked_out(&common.schemas, named).map_err(|problem| vec![problem])?;
    surface::exposed(set.path())
}

fn load(folder: &Path) -> Result<Model, Vec<Diagnostic>> {
    let _held = hold(&[(folder, Use::Read)]).map_err(|problem| vec![problem])?;
    surface::exposed(folder)
}
