//! `track`: the pages that a set names are fetched as they are now, and learned; what follows for schemas, packages,
//! changelog and version is written, as one proposal that a person only has to approve.

mod fetch;
mod journal;
mod pages;
mod plan;
mod proposal;

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, DiffReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_codegen::generate::apart;
use eventbridge_learn::Losses;
use fetch::Limits;
use pages::{Edition, Pages};
use proposal::Proposed;
use std::path::PathBuf;
use std::time::Duration;

/// What the command is called with.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// Take the page from this file, and fetch nothing: it is the only page of `pages.json`, or that of --page.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Track this page alone.
    #[arg(long, value_name = "NAME")]
    page: Option<String>,

    /// When the pages are what the documentation says; today, when absent.
    #[arg(long, value_name = "DATE", value_parser = super::edition_date::edition_date)]
    date: Option<String>,

    /// Learn pages although they lost what the set knows of them.
    #[arg(long)]
    accept_loss: bool,

    #[command(flatten)]
    breaking: super::breaking::Breaking,

    /// The changelog that gets a line for each fact. None is written where the file is not there.
    #[arg(long, value_name = "FILE", default_value = "CHANGELOG.md")]
    changelog: PathBuf,

    /// How long one answer may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,

    /// The largest page that is taken.
    #[arg(long, value_name = "MB", default_value_t = 16)]
    limit: u64,

    /// Only say what would change.
    #[arg(long)]
    dry_run: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen track                         all pages of schemas/pages.json
  cargo codegen track --from saved.md         a page that was fetched otherwise
  cargo codegen track --dry-run --format json

schemas/pages.json names the pages, each by its English Markdown edition:
  { \"pages\": [{ \"page\": \"kilns.md\", \"url\": \"https://docs.example.com/kilns.md\", \"language\": \"eng\" }] }

Exit status: 0 nothing changed, and nothing was touched; 1 there is a change to
propose, and it was written; 2 refused, and nothing was touched.";

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    match track(common, call) {
        Ok(None) => {
            match common.format {
                Format::Human => say!("Nothing changed."),
                Format::Json => report::print(&DiffReport::default()),
            }
            Outcome::Done
        }
        Ok(Some(proposed)) => {
            show(common, call, &proposed);
            Outcome::Found
        }
        Err(problems) => {
            match common.format {
                Format::Human => {
                    terminal::show(&problems);
                    say!("Nothing was written.");
                }
                Format::Json => report::print(&DiffReport::problems(&problems)),
            }
            Outcome::Wrong
        }
    }
}

fn show(common: &Common, call: &Call, proposed: &Proposed) {
    match common.format {
        Format::Json => report::print(&DiffReport::new(&proposed.diff, &proposed.version)),
        Format::Human => {
            terminal::show(&proposed.told);
            say!("{}", proposal::text(proposed).trim_end());
            if call.dry_run {
                say!("Nothing was written (--dry-run).");
            }
        }
    }
}

/// What is to be proposed, if anything; it is written, unless the call says otherwise.
fn track(common: &Common, call: &Call) -> Result<Option<Proposed>, Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    apart(&common.schemas, &common.out).map_err(one)?;
    let pages = Pages::read(&common.schemas).map_err(one)?;
    let used = if call.dry_run { Use::Read } else { Use::Write };
    let _held = hold(&[(&common.schemas, used), (&common.out, used)]).map_err(one)?;
    if !call.dry_run {
        let places = [&*common.schemas, &*common.out, &*call.changelog];
        journal::finish(&common.schemas, &places).map_err(one)?;
    }
    let editions = editions(common, call, &pages)?;
    let wishes = plan::Wishes {
        losses: match call.accept_loss {
            true => Losses::Accepted,
            false => Losses::Refused,
        },
        breaks: &call.breaking.breaks(),
        changelog: &call.changelog,
        writes: !call.dry_run,
    };
    let proposed = plan::plan((&common.schemas, &common.out), &editions, &wishes)?;
    let Some(proposed) = proposed else {
        return Ok(None);
    };
    if !call.dry_run {
        journal::write(&common.schemas, &proposed.files).map_err(one)?;
    }
    Ok(Some(proposed))
}

/// The editions that pages have now; all of them, or none.
fn editions(common: &Common, call: &Call, pages: &Pages) -> Result<Vec<Edition>, Vec<Diagnostic>> {
    let mut tracked = pages
        .named(call.page.as_deref())
        .map_err(|problem| vec![problem])?;
    let limits = Limits {
        timeout: Duration::from_secs(call.timeout),
        bytes: call.limit << 20,
    };
    let (mut editions, mut problems) = (Vec::new(), Vec::new());
    if let Some(file) = &call.from {
        let page = match &tracked[..] {
            [page] => page.clone(),
            _ => {
                let problem =
                    Diagnostic::error(file.to_string_lossy(), "may be any of several pages");
                return Err(vec![problem.help("say which: --page NAME")]);
            }
        };
        tracked.clear();
        match pages::from_file(&page, file) {
            Ok(edition) => editions.push(edition),
            Err(problem) => problems.push(problem),
        }
    }
    for page in &tracked {
        match pages::fetched(&common.schemas, page, &limits) {
            Ok(edition) => editions.extend(edition),
            Err(problem) => problems.push(problem),
        }
    }
    let date = call.date.clone();
    for edition in &mut editions {
        edition.date(&common.schemas, date.as_deref());
    }
    let sound = |found: &Diagnostic| found.severity != Severity::Error;
    match problems.iter().all(sound) {
        true => Ok(editions),
        false => Err(problems),
    }
}
