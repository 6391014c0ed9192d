//! Evidence comes in (documentation pages), schemas go out.
//!
//! The stages, in the order data flows: [`input`] → [`page`] → [`sample`] and [`prose`] → [`reading`] → [`evidence`]
//! (kept in `samples/`) → [`shape`] → [`join`] with [`corrections`] → `parts` → [`schema`].

pub mod corrections;
pub mod evidence;
pub mod input;
mod instant;
pub mod join;
mod names;
pub mod page;
mod parts;
pub mod prose;
pub mod reading;
pub mod sample;
pub mod schema;
mod set;
pub mod shape;

use crate::diagnostic::{Diagnostic, Severity};
use crate::files::Change;
use reading::Reading;
use std::path::Path;

/// What learning makes of a schema set, before anything is written.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// Every event of the sources learned, sorted.
    pub events: Vec<LearnedEvent>,
    /// What a person should look at. With an error among them, nothing is to be written.
    pub diagnostics: Vec<Diagnostic>,
    /// What has to change below the schema folder.
    pub changes: Vec<Change>,
}

/// An event, and what became of its schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LearnedEvent {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
    /// The schema's path below the schema folder.
    pub schema: String,
    /// What became of it.
    pub change: SchemaChange,
}

/// What became of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaChange {
    /// It is new.
    Added,
    /// It differs.
    Changed,
    /// It is as it was.
    Unchanged,
    /// No evidence speaks of it any more.
    Removed,
}

impl SchemaChange {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            SchemaChange::Added => "added",
            SchemaChange::Changed => "changed",
            SchemaChange::Unchanged => "unchanged",
            SchemaChange::Removed => "removed",
        }
    }
}

impl Learned {
    /// Whether nothing speaks against writing.
    pub fn is_sound(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// Learns pages into a schema set: their evidence joins, or replaces, what the set holds of pages of the
/// same name; samples and corrections give the schemas. Without pages, the set is derived anew from the
/// evidence it holds. Nothing is written: see [`files::apply`](crate::files::apply).
pub fn learn(schemas: &Path, readings: &[Reading]) -> Learned {
    let mut learned = Learned::default();
    let mut pages = match set::kept_evidence(schemas) {
        Ok(pages) => pages,
        Err(problems) => {
            learned.diagnostics = problems;
            return learned;
        }
    };
    learned
        .diagnostics
        .extend(set::add_readings(&mut pages, readings));
    for (source, pages) in pages {
        set::learn_source(
            schemas,
            &source,
            pages.into_values().collect(),
            &mut learned,
        );
    }
    learned.events.sort();
    learned
}
