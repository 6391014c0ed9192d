//! What was found, and what the reading tells, come in; findings go out, each in its file and in the order of their places.

use crate::finding::{Code, Finding, Found};
use crate::reading::{LEFT_OUT, LeftOut, NOTED, REFUSED, Reading, SUM, WARNED};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::json::Node;
use eventbridge_catalog::text::{Lines, Place};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn of_left_out(rule: &LeftOut) -> Finding {
    Finding {
        path: rule.path.clone(),
        place: rule.place,
        width: 1,
        severity: Severity::Note,
        code: Code::NotChecked,
        message: format!("rule {} is not checked: {}", rule.id, rule.reason),
        suggestion: None,
        edits: Vec::new(),
    }
}

/// Sorts findings by file and place; what anchors repeat, and is found with each rule, is told once.
pub(super) fn sort(findings: &mut Vec<Finding>, reading: &Reading) {
    let order: BTreeMap<&str, usize> = reading
        .sources
        .iter()
        .enumerate()
        .map(|(number, source)| (source.path.as_str(), number))
        .collect();
    findings.sort_by_key(|finding| {
        let file = order.get(finding.path.as_str()).copied();
        (file, finding.place, finding.code)
    });
    let same = |one: &mut Finding, other: &mut Finding| {
        (&one.path, one.place, one.code, &one.message)
            == (&other.path, other.place, other.code, &other.message)
    };
    findings.dedup_by(same);
}

/// Whether a diagnostic of the reading is told as it is.
pub(super) fn is_own(diagnostic: &Diagnostic) -> bool {
    !matches!(diagnostic.code.copied(), Some(LEFT_OUT | REFUSED | SUM))
}

pub(super) fn of_diagnostic(diagnostic: &Diagnostic) -> Finding {
    let (severity, code) = kind(diagnostic);
    let message = match &diagnostic.help {
        Some(help) => format!("{} ({help})", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    Finding {
        path: diagnostic.path.clone(),
        place: diagnostic.place.unwrap_or(Place { line: 1, column: 1 }),
        width: diagnostic.width,
        severity,
        code,
        message,
        suggestion: None,
        edits: Vec::new(),
    }
}

/// What kind of finding a sentence of the engine is.
fn of_engine(message: &str) -> (Severity, Code) {
    if message.contains("EventBridge refuses") {
        (Severity::Error, Code::ServiceLimit)
    } else if message.contains("in rules alone") {
        (Severity::Warning, Code::FilterOperator)
    } else {
        (Severity::Warning, Code::OddPattern)
    }
}

/// The texts of the files, with their lines.
pub(super) struct Files<'r> {
    by_path: BTreeMap<&'r str, (&'r str, Lines<'r>)>,
}

impl<'r> Files<'r> {
    pub(super) fn new(reading: &'r Reading) -> Self {
        let rules = reading.rules.iter().map(|rule| rule.path.as_str());
        let drafts = reading.drafts.iter();
        let drafts = drafts.map(|draft| draft.refusal.path.as_str());
        let used: BTreeSet<&str> = rules.chain(drafts).collect();
        let sources = reading
            .sources
            .iter()
            .filter(|source| used.contains(source.path.as_str()));
        Files {
            by_path: sources
                .map(|source| {
                    let text = source.text.as_str();
                    (source.path.as_str(), (text, Lines::new(text)))
                })
                .collect(),
        }
    }

    pub(super) fn place(&mut self, path: &str, found: Vec<Found>, findings: &mut Vec<Finding>) {
        let Some((text, lines)) = self.by_path.get(path) else {
            return;
        };
        findings.extend(
            found
                .into_iter()
                .map(|found| found.placed(path, text, lines)),
        );
    }

    /// How strings are quoted in a pattern, which may itself stand in a string.
    pub(super) fn quote(&self, path: &str, tree: &Node) -> &'static str {
        let slice = self
            .by_path
            .get(path)
            .and_then(|(text, _)| text.get(tree.span.clone()));
        if slice.is_some_and(|slice| slice.contains("\\\"")) {
            "\\\""
        } else {
            "\""
        }
    }
}

/// How grave a diagnostic is as a finding, and what it is called.
fn kind(diagnostic: &Diagnostic) -> (Severity, Code) {
    match (diagnostic.code.copied(), diagnostic.severity) {
        (Some(REFUSED), _) => (Severity::Error, Code::InvalidPattern),
        (Some(NOTED), _) => (Severity::Warning, Code::OddValue),
        (Some(WARNED), _) => of_engine(&diagnostic.message),
        (_, Severity::Error) if diagnostic.message.contains("there is no rule") => {
            (Severity::Note, Code::NotChecked)
        }
        (_, Severity::Error) => (Severity::Error, Code::Unreadable),
        _ => (Severity::Note, Code::NotChecked),
    }
}
