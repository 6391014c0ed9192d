//! What the files give: rules that are ready to match, and those that are left out.

use super::found::Kind;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::text::Place;
use eventbridge_patterns::Pattern;

/// A rule, ready to match.
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) is_disabled: bool,
    /// The file it stands in.
    pub(crate) path: String,
    /// Where its pattern begins.
    pub(crate) place: Place,
    pub(crate) pattern: Pattern,
}

/// A rule whose pattern is not known.
pub(crate) struct LeftOut {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) place: Place,
    pub(crate) reason: String,
    pub(crate) help: Option<String>,
}

/// What the files give.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) rules: Vec<Rule>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}
