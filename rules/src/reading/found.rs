//! What is found in one document: rules with their patterns as trees, and what is odd about it.

use crate::transform::TargetInput;
use eventbridge_catalog::json::Node;
use std::collections::BTreeMap;

/// What has a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A rule of a bus, or a pattern by itself.
    Rule,
    /// An archive of a bus.
    Archive,
    /// A filter of a pipe.
    Pipe,
    /// A filter between a queue or a stream and a function.
    EventSourceMapping,
}

impl Kind {
    /// Whether it filters records of queues and streams, not events of a bus.
    pub fn is_filter(self) -> bool {
        matches!(self, Kind::Pipe | Kind::EventSourceMapping)
    }
}

/// A rule as found in a document.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) is_disabled: bool,
    /// Where its pattern begins.
    pub(super) at: usize,
    pub(super) pattern: Result<Node, Unknown>,
    /// What it starts, and with what input.
    pub(super) targets: Vec<TargetInput>,
}

impl Found {
    /// A rule that is switched on, of whose targets nothing is known.
    pub(super) fn new(name: String, kind: Kind, at: usize, pattern: Result<Node, Unknown>) -> Self {
        Found {
            name,
            kind,
            is_disabled: false,
            at,
            pattern,
            targets: Vec::new(),
        }
    }
}

/// Why a pattern is not known.
#[derive(Clone, Debug)]
pub(super) struct Unknown {
    pub(super) at: usize,
    pub(super) reason: String,
    pub(super) help: Option<String>,
}

impl Unknown {
    pub(super) fn new(at: usize, reason: impl Into<String>) -> Self {
        Unknown {
            at,
            reason: reason.into(),
            help: None,
        }
    }

    /// With a word on how to go on, if there is none yet.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }
}

/// What one of several filters is called; the only one has the name of what it belongs to.
pub(super) fn numbered(name: &str, number: usize, all: usize) -> String {
    match all {
        1 => name.to_owned(),
        _ => format!("{name}/{number}"),
    }
}

/// What was found in a document.
#[derive(Debug, Default)]
pub(super) struct Finds {
    pub(super) rules: Vec<Found>,
    /// What is odd, by its place: told where it stands in a pattern, or in any case.
    pub(super) notes: BTreeMap<usize, String>,
    pub(super) told: Vec<(usize, String)>,
    /// Why something was not read to its end.
    pub(super) refused: Vec<(usize, String)>,
    /// How many values loops have written out.
    pub(super) looped: usize,
}

impl Finds {
    /// Something a person should know in any case.
    pub(super) fn note(&mut self, at: usize, message: &str) {
        self.told.push((at, message.to_owned()));
    }

    /// Something that is not read to its end.
    pub(super) fn refuse(&mut self, at: usize, message: &str) {
        self.refused.push((at, message.to_owned()));
    }
}
