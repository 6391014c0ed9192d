//! `generate`: schemas come in, packages are written.

use super::Outcome;
use crate::report::{self, GenerateReport};
use crate::{Common, Format, terminal};
use eventbridge_codegen::diagnostic::Diagnostic;
use eventbridge_codegen::files::{self, Change};
use eventbridge_codegen::model::Model;
use eventbridge_codegen::{catalog, emit};

/// The folders of `generated/` that `generate` owns.
const PACKAGES: [&str; 4] = ["rust/", "typescript/", "python/", "registry/"];

/// What generating finds.
pub(crate) struct Generated {
    pub(crate) model: Model,
    pub(crate) changes: Vec<Change>,
}

/// Derives the packages from the schemas; nothing is written.
pub(crate) fn plan(common: &Common) -> Result<Generated, Vec<Diagnostic>> {
    let model = catalog::load(&common.schemas)?;
    let files = emit::packages(&model)
        .map_err(|message| vec![Diagnostic::error(catalog::shown(&common.schemas), message)])?;
    let wanted = files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    let owns = |path: &str| {
        PACKAGES.iter().any(|folder| path.starts_with(folder)) && !path.ends_with("Cargo.lock")
    };
    let changes = files::compare(&common.out, &wanted, &owns).map_err(|error| {
        vec![Diagnostic::error(
            catalog::shown(&common.out),
            format!("cannot be read: {error}"),
        )]
    })?;
    Ok(Generated { model, changes })
}

/// Makes the packages what the schemas say.
pub(crate) fn write(common: &Common, changes: &[Change]) -> Result<(), Vec<Diagnostic>> {
    files::apply(&common.out, changes).map_err(|error| {
        vec![Diagnostic::error(
            catalog::shown(&common.out),
            format!("cannot be written: {error}"),
        )]
    })
}

pub(crate) fn run(common: &Common, check: bool) -> Outcome {
    let planned = plan(common).and_then(|generated| {
        if !check {
            write(common, &generated.changes)?;
        }
        Ok(generated)
    });
    let (changes, diagnostics) = match planned {
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
        println!(
            "  {what:<8} {}:{}",
            report::below(&common.out, &change.path),
            change.first_difference()
        );
    }
    match (diagnostics.is_empty(), changes.is_empty(), check) {
        (false, ..) => {}
        (_, true, _) => println!("The packages are what the schemas give."),
        (_, false, true) => println!(
            "{} files are stale: run `cargo codegen generate`.",
            changes.len()
        ),
        (_, false, false) => println!("{} files were written.", changes.len()),
    }
}
