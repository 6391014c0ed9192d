//! What matched comes in; the JSON of `match --format json` goes out.

use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_rules::{Kind, LeftOut, Reading, Rule};
use schemars::JsonSchema;
use serde::Serialize;

/// What `match --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MatchReport {
    /// The rules, in the order of the call.
    rules: Vec<RuleReport>,
    /// The rules that were not tried, as their patterns are not known; nothing is said of what they match.
    left_out: Vec<LeftOutReport>,
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
    /// What has the pattern.
    kind: Kind,
    /// Whether it is switched off: what it would match is told apart.
    disabled: bool,
}

/// A rule that was not tried.
#[derive(Serialize, JsonSchema)]
struct LeftOutReport {
    /// What the rule is called.
    id: String,
    /// The file it stands in.
    path: String,
    /// The line of what is not known, from 1.
    line: usize,
    /// Its column in characters, from 1.
    column: usize,
    /// What has the pattern.
    kind: Kind,
    /// Why its pattern is not known.
    reason: String,
    /// How to go on.
    help: Option<String>,
}

/// An event, and the rules that match it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct EventReport {
    /// The file it stands in.
    pub(crate) path: String,
    /// The line where it begins, from 1.
    pub(crate) line: usize,
    /// The column in characters where it begins, from 1.
    pub(crate) column: usize,
    /// The ids of the rules that match.
    pub(crate) matched: Vec<String>,
    /// The ids of rules that would match, but are disabled.
    pub(crate) disabled: Vec<String>,
    /// With `--target`, what the targets of rules that match receive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) received: Vec<ReceivedReport>,
    /// With `--why`, a word on every rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) why: Vec<WhyReport>,
}

/// What a target receives.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReceivedReport {
    /// The rule's id.
    pub(crate) rule: String,
    /// The target's id.
    pub(crate) target: String,
    /// Its input, as text.
    pub(crate) input: String,
}

/// Why a rule matches an event or does not.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WhyReport {
    /// The rule's id.
    pub(crate) rule: String,
    /// Whether it matches.
    pub(crate) matched: bool,
    /// The fields that did not fit, what they needed and what was found.
    pub(crate) reason: String,
}

impl MatchReport {
    pub(crate) fn new(
        reading: &Reading,
        events: Vec<EventReport>,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let rule = |rule: &Rule| RuleReport {
            id: rule.id.clone(),
            path: rule.path.clone(),
            line: rule.place.line,
            kind: rule.kind,
            disabled: rule.is_disabled,
        };
        let left_out = |rule: &LeftOut| LeftOutReport {
            id: rule.id.clone(),
            path: rule.path.clone(),
            line: rule.place.line,
            column: rule.place.column,
            kind: rule.kind,
            reason: rule.reason.clone(),
            help: rule.help.clone(),
        };
        MatchReport {
            rules: reading.rules.iter().map(rule).collect(),
            left_out: reading.left_out.iter().map(left_out).collect(),
            events,
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}
