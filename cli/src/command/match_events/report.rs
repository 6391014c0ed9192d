//! What matched comes in; the JSON of `match --format json` goes out.

use super::rules::Rule;
use crate::report::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use schemars::JsonSchema;
use serde::Serialize;

/// What `match --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MatchReport {
    /// The rules, in the order of the call.
    rules: Vec<RuleReport>,
    /// The events that could be read, in order.
    events: Vec<EventReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct RuleReport {
    /// What the rule is called.
    id: String,
    /// The file it stands in.
    path: String,
    /// The line where its pattern begins, from 1.
    line: usize,
}

/// An event, and the rules that match it.
#[derive(Serialize, JsonSchema)]
pub(super) struct EventReport {
    /// The file it stands in.
    pub(super) path: String,
    /// The line where it begins, from 1.
    pub(super) line: usize,
    /// The ids of the rules that match.
    pub(super) matched: Vec<String>,
    /// With `--why`, a word on every rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) why: Vec<WhyReport>,
}

/// Why a rule matches an event or does not.
#[derive(Serialize, JsonSchema)]
pub(super) struct WhyReport {
    /// The rule's id.
    pub(super) rule: String,
    /// Whether it matches.
    pub(super) matched: bool,
    /// The fields that did not fit, what they needed and what was found.
    pub(super) reason: String,
}

impl MatchReport {
    pub(super) fn new(
        rules: &[Rule],
        events: Vec<EventReport>,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let rule = |rule: &Rule| RuleReport {
            id: rule.id.clone(),
            path: rule.path.clone(),
            line: rule.place.line,
        };
        MatchReport {
            rules: rules.iter().map(rule).collect(),
            events,
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}
