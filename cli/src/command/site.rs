//! `site`: schemas come in, a catalogue of static pages is written.

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, SiteReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files;
use eventbridge_site::Planned;
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// The folder that the pages are written to.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,

    /// Write nothing; exit with 1 if a page is not what the schemas give.
    #[arg(long)]
    check: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen site --to public                        then open public/index.html
  cargo codegen site --to public --check                are the pages fresh?
  cargo codegen site --schemas my/schemas --to public   of events of your own

The pages need no server: they work from a folder, below any address, and without a
network. What the folder holds beside them stays.";

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    let planned = held(common, call);
    match (&planned, common.format) {
        (_, Format::Json) => report::print(&SiteReport::new(&call.to, &planned)),
        (Ok(planned), Format::Human) => show(planned, call),
        (Err(problems), Format::Human) => terminal::show(problems),
    }
    match planned {
        Err(_) => Outcome::Wrong,
        Ok(planned) if call.check && !planned.changes.is_empty() => Outcome::Found,
        Ok(_) => Outcome::Done,
    }
}

fn held(common: &Common, call: &Call) -> Result<Planned, Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    eventbridge_site::apart(&common.schemas, &call.to).map_err(one)?;
    let used = if call.check { Use::Read } else { Use::Write };
    let folders = [(&*common.schemas, Use::Read), (&*call.to, used)];
    let folders = match common.schemas.is_dir() {
        true => &folders[..],
        false => &[], // which is told by who reads it
    };
    let _held = hold(folders).map_err(one)?;
    let planned = eventbridge_site::plan(&common.schemas, &call.to)?;
    if !call.check {
        files::sweep(&call.to, &planned.leftovers);
        files::apply(&call.to, &planned.changes)
            .map_err(|unfinished| vec![unfinished.problem()])?;
    }
    Ok(planned)
}

fn show(planned: &Planned, call: &Call) {
    terminal::show(&planned.warnings);
    let Planned { events, files, .. } = planned;
    let first = eventbridge_catalog::diagnostic::shown(&call.to.join("index.html"));
    match (planned.changes.len(), call.check) {
        (0, _) => say!("The pages of {events} events are what the schemas give: {first}"),
        (count, true) => {
            planned.changes.iter().for_each(|it| say!("  {}", it.path));
            let to = call.to.display();
            say!("Stale: {count} of {files} files; `cargo codegen site --to {to}` writes them.");
        }
        (count, false) => {
            say!("{events} events in {files} files, {count} of them written: open {first}")
        }
    }
}
