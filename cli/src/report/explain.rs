//! What is known of an event comes in; the JSON of `explain --format json` goes out.

use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::explain::Explanation;
use eventbridge_catalog::model::EventType;
use schemars::JsonSchema;
use serde::Serialize;

/// What `explain --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ExplainReport {
    /// The event source; null when no event was found.
    source: Option<String>,
    /// The detail-type.
    detail_type: Option<String>,
    /// When the event is sent, where its schema says so.
    description: Option<String>,
    /// The address of the page that documents it.
    documentation: Option<String>,
    /// Where the event is documented.
    evidence: Vec<String>,
    /// The fields asked for, or all.
    fields: Vec<Explanation>,
    /// What is wrong with the call or the schemas.
    diagnostics: Vec<DiagnosticReport>,
}

impl ExplainReport {
    pub(crate) fn new(found: &Result<(EventType, Vec<Explanation>), Vec<Diagnostic>>) -> Self {
        let event = found.as_ref().ok().map(|(event, _)| event);
        let sites = event.map(|event| event.evidence.iter().map(ToString::to_string));
        let fields = found.as_ref().ok().map(|(_, fields)| fields.clone());
        let problems = found.as_ref().err().into_iter().flatten();
        ExplainReport {
            source: event.map(|event| event.source.clone()),
            detail_type: event.map(|event| event.detail_type.clone()),
            description: event.and_then(|event| event.description.clone()),
            documentation: event.and_then(|event| event.documentation.clone()),
            evidence: sites.map(Iterator::collect).unwrap_or_default(),
            fields: fields.unwrap_or_default(),
            diagnostics: problems.map(DiagnosticReport::new).collect(),
        }
    }
}
