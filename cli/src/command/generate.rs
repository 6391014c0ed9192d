//! `generate`: schemas come in, packages are written.

use super::Outcome;
use super::breaking::Breaking;
use crate::hold::{Use, hold};
use crate::report::{self, GenerateReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Change};
use eventbridge_catalog::surface::SURFACE;
use eventbridge_codegen::generate::{self, Breaks, Generated};
use std::path::Path;

/// Makes the packages what the schemas say; with `check`, only looks. Both folders are held.
pub(crate) fn packages(
    common: &Common,
    check: bool,
    breaks: &Breaks,
) -> Result<Generated, Vec<Diagnostic>> {
    let generated = generate::plan_with(&common.schemas, &common.out, breaks)?;
    if !check {
        // What is kept first: whatever comes between, the packages can be derived from it.
        files::sweep(
            &common.schemas,
            &files::left_beside(&common.schemas, SURFACE),
        );
        files::apply(&common.schemas, &generated.surface)
            .map_err(|unfinished| vec![unfinished.problem()])?;
        files::sweep(&common.out, &generated.leftovers);
        files::apply(&common.out, &generated.changes)
            .map_err(|unfinished| vec![unfinished.problem()])?;
    }
    Ok(generated)
}

fn held(common: &Common, check: bool, breaks: &Breaks) -> Result<Generated, Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    generate::apart(&common.schemas, &common.out).map_err(one)?;
    let used = if check { Use::Read } else { Use::Write };
    if !common.schemas.is_dir() {
        return packages(common, check, breaks); // which tells that it is not there
    }
    let _held = hold(&[(&common.schemas, used), (&common.out, used)]).map_err(one)?;
    packages(common, check, breaks)
}

pub(crate) fn run(common: &Common, check: bool, breaking: &Breaking) -> Outcome {
    let generated = held(common, check, &breaking.breaks());
    let sound = generated.is_ok();
    let (changes, surface, diagnostics) = match generated {
        Ok(generated) => (generated.changes, generated.surface, generated.warnings),
        Err(problems) => (Vec::new(), Vec::new(), problems),
    };
    let stale = !changes.is_empty() || !surface.is_empty();
    match common.format {
        Format::Json => report::print(&GenerateReport::new(
            (&common.schemas, &surface),
            (&common.out, &changes),
            &diagnostics,
        )),
        Format::Human => {
            terminal::show(&diagnostics);
            if sound {
                show((&common.schemas, &surface), (&common.out, &changes), check);
            }
        }
    }
    match (sound, check && stale) {
        (false, _) => Outcome::Wrong,
        (true, true) => Outcome::Found,
        (true, false) => Outcome::Done,
    }
}

fn show(surface: (&Path, &[Change]), packages: (&Path, &[Change]), check: bool) {
    let all = [surface, packages];
    let each = all
        .iter()
        .flat_map(|(folder, changes)| changes.iter().map(move |it| (folder, it)));
    let count = each.clone().count();
    for (folder, change) in each {
        let what = match (&change.old, &change.new) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        };
        say!(
            "  {what:<8} {}:{}",
            report::below(folder, &change.path),
            change.first_difference()
        );
    }
    match (count == 0, check) {
        (true, _) => say!("The packages are what the schemas give."),
        (false, true) => say!("Stale: {count} of them; `cargo codegen generate` writes them."),
        (false, false) => say!("{} changed.", terminal::counted(count, "file")),
    }
}
