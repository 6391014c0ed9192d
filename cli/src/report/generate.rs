//! The files that differ come in; the JSON of `generate --format json` goes out.

use super::below;
use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::Change;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// What `generate --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GenerateReport {
    /// Files that were written or removed, or, with `--check`, would be.
    files: Vec<FileReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct FileReport {
    /// The file's path.
    path: String,
    /// What became of it.
    change: FileChange,
    /// The first line that differs.
    line: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum FileChange {
    Added,
    Changed,
    Removed,
}

impl FileReport {
    /// A change below a folder.
    pub(super) fn new(folder: &Path, change: &Change) -> Self {
        FileReport {
            path: below(folder, &change.path),
            change: match (&change.old, &change.new) {
                (None, _) => FileChange::Added,
                (Some(_), Some(_)) => FileChange::Changed,
                (Some(_), None) => FileChange::Removed,
            },
            line: change.first_difference(),
        }
    }
}

impl GenerateReport {
    /// The changes of both folders, each below its folder.
    pub(crate) fn new(
        surface: (&Path, &[Change]),
        packages: (&Path, &[Change]),
        diagnostics: &[Diagnostic],
    ) -> Self {
        GenerateReport {
            files: [surface, packages]
                .into_iter()
                .flat_map(|(folder, changes)| changes.iter().map(move |change| (folder, change)))
                .map(|(folder, change)| FileReport::new(folder, change))
                .collect(),
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}
