//! A schema set comes in; the files of its site, and how a folder differs from them, go out.

use crate::pages::STAMP;
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::{self, Change, Ours};
use eventbridge_catalog::schema_set::{self, editions};
use eventbridge_codegen::generate::resolved;
use std::path::Path;

/// The folders below the root where files stand that no event asks for any more.
const FOLDERS: [&str; 2] = ["assets", "events"];

/// What making a site finds, before anything is written.
#[derive(Clone, Debug)]
pub struct Planned {
    /// How many events it shows.
    pub events: usize,
    /// How many files it has.
    pub files: usize,
    /// What has to change below the folder.
    pub changes: Vec<Change>,
    /// What killed runs left there: see [`files::sweep`].
    pub leftovers: Vec<String>,
    /// What a person should look at: what is no schema.
    pub warnings: Vec<Diagnostic>,
}

/// Whether schemas and pages can stand in these folders without being taken for each other.
///
/// # Errors
///
/// When the pages would be written among the schemas.
pub fn apart(schemas: &Path, to: &Path) -> Result<(), Diagnostic> {
    let (to_whole, set) = (resolved(to), resolved(schemas));
    let holds_set = |folder: &&str| set.starts_with(to_whole.join(folder));
    match to_whole.starts_with(&set) || FOLDERS.iter().any(holds_set) {
        false => Ok(()),
        true => {
            let message = format!(
                "would hold pages among schemas: those stand in {}",
                shown(schemas)
            );
            let help = "name a folder for the pages (--to) beside that of the schemas (--schemas)";
            Err(Diagnostic::error(shown(to), message).help(help))
        }
    }
}

/// Makes the site of the schema set `schemas` and compares it with the folder `to`. Nothing is written: see
/// [`files::apply`].
///
/// # Errors
///
/// Everything that is wrong with the set, with file, line and column; files in the way that are not ours.
pub fn plan(schemas: &Path, to: &Path) -> Result<Planned, Vec<Diagnostic>> {
    let model = schema_set::load(schemas)?;
    let dated = editions::dated_pages(schemas).map_err(|problem| vec![problem])?;
    let wanted = crate::pages(&model, &dated).map_err(|error| {
        let message = format!("no page could be made: {error:#}");
        vec![Diagnostic::error(shown(to), message).help("this is a defect of the tool: report it")]
    })?;
    let ours = Ours {
        folders: &FOLDERS,
        may_be: &|path| {
            [".html", ".js", ".css", ".svg"]
                .iter()
                .any(|end| path.ends_with(end))
        },
        is: &|_, text| files::is_stamped(text, STAMP),
    };
    let compared = files::compare(to, &wanted, &ours)?;
    Ok(Planned {
        events: model.events.len(),
        files: wanted.len(),
        changes: compared.changes,
        leftovers: compared.leftovers,
        warnings: schema_set::strangers(schemas),
    })
}
