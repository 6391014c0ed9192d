//! What the files give: rules that are ready to match, and those that are left out.

use super::found::Kind;
use crate::transform::TargetInput;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{Node, Repair};
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
    /// Its pattern; what is not known of it stands in as text.
    pub pattern: Pattern,
    /// The pattern as it is written, with the places of its parts in the file; a placeholder is what is not known.
    pub tree: Node,
    /// What is odd about how it is written: keys that stand twice, of which the tree has the first.
    pub repairs: Vec<Repair>,
    /// What it starts, and with what input.
    pub targets: Vec<TargetInput>,
}

/// A rule whose pattern is refused.
#[derive(Debug)]
pub struct Draft {
    /// What it is called.
    pub id: String,
    /// What has the pattern.
    pub kind: Kind,
    /// What it is refused for.
    pub refusal: Diagnostic,
    /// What can be made of it, with the places of its parts in the file.
    pub tree: Option<Node>,
    /// What had to be repaired to read it, with the places in the file.
    pub repairs: Vec<Repair>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    /// The file, as it was named.
    pub path: String,
    /// What stands in it.
    pub text: String,
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
    /// The rules whose patterns are refused.
    pub drafts: Vec<Draft>,
    /// The files with rules, in the order they were read.
    pub sources: Vec<Source>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
}
