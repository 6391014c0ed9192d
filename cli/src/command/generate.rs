//! `generate`: schemas come in, packages are written.

use super::Outcome;
use crate::report::{self, GenerateReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Change};
use eventbridge_catalog::schema_set;
use eventbridge_codegen::generate::{self, Generated};

/// Makes the packages what the schemas say; with `check`, only looks.
pub(crate) fn packages(common: &Common, check: bool) -> Result<Generated, Vec<Diagnostic>> {
    let generated = generate::plan(&common.schemas, &common.out)?;
    if !check {
        files::apply(&common.out, &generated.changes).map_err(|error| {
            vec![Diagnostic::error(
                schema_set::shown(&common.out),
                format!("cannot be written: {error}"),
            )]
        })?;
    }
    Ok(generated)
}

pub(crate) fn run(common: &Common, check: bool) -> Outcome {
    let (changes, diagnostics) = match packages(common, check) {
        Ok(generated) => (generated.changes, Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    match common.format {
        Format::Json => report::print(&GenerateReport::new(&common.out, &changes, &diagnostics)),
        Format::Human => show(common, &changes, &diagnostics, check),
    }
    match (diagnostics.is_empty(), check && !changes.is_empty()) {
        (false, _) => Outcome::Wrong,
        (true, true) => Outcome::Found,
        (true, false) => Outcome::Done,
    }
}

fn show(common: &Common, changes: &[Change], diagnostics: &[Diagnostic], check: bool) {
    terminal::show(diagnostics);
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
    match (diagnostics.is_empty(), changes.is_empty(), check) {
        (false, ..) => {}
        (_, true, _) => say!("The packages are what the schemas give."),
        (_, false, true) => say!(
            "{} files are stale: run `cargo codegen generate`.",
            changes.len()
        ),
        (_, false, false) => say!("{} files were written.", changes.len()),
    }
}
