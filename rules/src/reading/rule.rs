//! What the files give: rules that are ready to match, and those that are left out.

use super::found::Kind;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::text::Place;
use eventbridge_patterns::Pattern;

/// A rule, ready to match.
pub struct Rule {
    /// What it is called: unique in the reading.
    pub id: String,
    /// What has the pattern.
    pub kind: Kind,
    /// Whether it is switched off.
    pub is_disabled: bool,
    /// The file it stands in.
    pub path: String,
    /// Where its pattern begins.
    pub place: Place,
    /// Its pattern.
    pub pattern: Pattern,
}

/// A rule whose pattern is not known.
pub struct LeftOut {
    /// What it is called: unique in the reading.
    pub id: String,
    /// What has the pattern.
    pub kind: Kind,
    /// The file it stands in.
    pub path: String,
    /// Where stands what is not known.
    pub place: Place,
    /// Why its pattern is not known.
    pub reason: String,
    /// How to go on.
    pub help: Option<String>,
}

/// What the files give.
#[derive(Default)]
pub struct Reading {
    /// The rules whose patterns are known.
    pub rules: Vec<Rule>,
    /// The rules whose patterns are not.
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
}
