//! `generate`: schemas come in, packages are written.

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, GenerateReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Change};
use eventbridge_codegen::generate::{self, Generated};

/// Makes the packages what the schemas say; with `check`, only looks. Both folders are held.
pub(crate) fn packages(common: &Common, check: bool) -> Result<Generated, Vec<Diagnostic>> {
    let generated = generate::plan(&common.schemas, &common.out)?;
    if !check {
        files::sweep(&common.out, &generated.leftovers);
        files::apply(&common.out, &generated.changes)
            .map_err(|unfinished| vec![unfinished.problem()])?;
    }
    Ok(generated)
}

fn held(common: &Common, check: bool) -> Result<Generated, Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    generate::apart(&common.schemas, &common.out).map_err(one)?;
    let out = if check { Use::Read } else { Use::Write };
    let _held = hold(&[(&common.schemas, Use::Read), (&common.out, out)]).map_err(one)?;
    packages(common, check)
}

pub(crate) fn run(common: &Common, check: bool) -> Outcome {
    let generated = held(common, check);
    let sound = generated.is_ok();
    let (changes, diagnostics) = match generated {
        Ok(generated) => (generated.changes, generated.warnings),
        Err(problems) => (Vec::new(), problems),
    };
    match common.format {
        Format::Json => report::print(&GenerateReport::new(&common.out, &changes, &diagnostics)),
        Format::Human => {
            terminal::show(&diagnostics);
            if sound {
                show(common, &changes, check);
            }
        }
    }
    match (sound, check && !changes.is_empty()) {
        (false, _) => Outcome::Wrong,
        (true, true) => Outcome::Found,
        (true, false) => Outcome::Done,
    }
}

fn show(common: &Common, changes: &[Change], check: bool) {
    for change in changes {
        let what = match (&change.old, &change.new) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        };
        say!(
            "  {what:<8} {}:{}",
            report::below(&common.out, &change.path),
            change.first_difference()
        );
    }
    match (changes.is_empty(), check) {
        (true, _) => say!("The packages are what the schemas give."),
        (false, true) => say!(
            "{} files are stale: run `cargo codegen generate`.",
            changes.len()
        ),
        (false, false) => say!("{} files were written.", changes.len()),
    }
}
