//! A diagnostic comes in; what every report says of it goes out.

use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// A finding.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DiagnosticReport {
    severity: Severity,
    /// The file it is about.
    path: String,
    /// Line, from 1; null when the whole file is meant.
    line: Option<usize>,
    /// Column in characters, from 1.
    column: Option<usize>,
    /// What is wrong.
    message: String,
    /// How to go on.
    help: Option<String>,
}

impl DiagnosticReport {
    pub(crate) fn new(diagnostic: &Diagnostic) -> Self {
        DiagnosticReport {
            severity: diagnostic.severity,
            path: diagnostic.path.clone(),
            line: diagnostic.place.map(|place| place.line),
            column: diagnostic.place.map(|place| place.column),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }
}
