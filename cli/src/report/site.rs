//! A planned site comes in; the JSON of `site --format json` goes out.

use super::diagnostic::DiagnosticReport;
use super::generate::FileReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_site::Planned;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// What `site --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SiteReport {
    /// How many events it shows.
    events: usize,
    /// Files that were written or removed, or, with `--check`, would be.
    files: Vec<FileReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

impl SiteReport {
    /// What was planned below a folder, or why nothing was.
    pub(crate) fn new(to: &Path, planned: &Result<Planned, Vec<Diagnostic>>) -> Self {
        let (events, changes, diagnostics) = match planned {
            Ok(planned) => (planned.events, &planned.changes[..], &planned.warnings[..]),
            Err(problems) => (0, &[][..], &problems[..]),
        };
        let files = changes.iter().map(|change| FileReport::new(to, change));
        SiteReport {
            events,
            files: files.collect(),
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}
