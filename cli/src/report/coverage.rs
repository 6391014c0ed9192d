//! What the schemas have of what evidence names comes in; the JSON of `coverage --format json` goes out.

use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_learn::coverage::{Coverage, Share};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `coverage --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CoverageReport {
    /// Every event of the set.
    events: Vec<EventCoverage>,
    /// What is wrong with the set.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct EventCoverage {
    /// The event source.
    source: String,
    /// The detail-type.
    detail_type: String,
    /// By kind of evidence (`delivery`, `page`, `registry`): of the fields that it names, how many the
    /// schema has. `api`: of the fields that pages name, how many the API model knows; absent for an event
    /// that mirrors none of its shapes.
    shares: BTreeMap<&'static str, ShareReport>,
    /// Fields that evidence names and the schema lacks.
    lacking: Vec<LackingField>,
    /// What evidence says, and better evidence overrules: `CreationTime: registry:…: string`.
    overruled: Vec<String>,
    /// Of the event and its fields, how many have a description: none of an event that is known by name alone.
    described: ShareReport,
    /// The fields without a description, by path. The event itself is the empty path.
    undescribed: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct ShareReport {
    /// So many are there.
    had: usize,
    /// Of so many.
    of: usize,
}

#[derive(Serialize, JsonSchema)]
struct LackingField {
    /// The field.
    path: String,
    /// The kind of evidence that names it.
    named_by: &'static str,
}

impl CoverageReport {
    pub(crate) fn new(covered: &Result<Vec<Coverage>, Vec<Diagnostic>>) -> Self {
        let events = covered.iter().flatten().map(EventCoverage::new);
        let problems = covered.as_ref().err().into_iter().flatten();
        CoverageReport {
            events: events.collect(),
            diagnostics: problems.map(DiagnosticReport::new).collect(),
        }
    }
}

impl EventCoverage {
    fn new(event: &Coverage) -> Self {
        let shares = event.shares.iter();
        let lacking = event.lacking.iter();
        EventCoverage {
            source: event.source.clone(),
            detail_type: event.detail_type.clone(),
            shares: shares
                .map(|(origin, Share { had, of })| {
                    (origin.name(), ShareReport { had: *had, of: *of })
                })
                .collect(),
            lacking: lacking
                .map(|(path, origin)| LackingField {
                    path: path.clone(),
                    named_by: origin.name(),
                })
                .collect(),
            overruled: event.overruled.clone(),
            described: ShareReport {
                had: event.described.had,
                of: event.described.of,
            },
            undescribed: event.undescribed.clone(),
        }
    }
}
