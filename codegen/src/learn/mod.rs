//! Evidence comes in (documentation pages, deliveries, registry documents, the API model), schemas go out.
//!
//! The stages, in the order data flows: [`input`] → [`page`] → [`sample`] and [`prose`] → [`reading`] → [`evidence`]
//! (kept in `samples/`) → [`shape`] → [`join`] with [`corrections`] → [`settle`] → `parts` → [`schema`]. Evidence
//! that is no page arrives as [`told`]: shapes, kept in `samples/` as well. A [`document`] is one of a
//! [`registry`], or an [`api_model`], which is applied to what all others know.

pub mod api_model;
pub mod corrections;
pub mod coverage;
pub mod delivery;
pub mod detail_types;
pub mod document;
pub mod evidence;
pub mod input;
mod instant;
pub mod join;
mod known;
mod names;
pub mod page;
mod parts;
pub mod prose;
pub mod reading;
pub mod registry;
mod revision;
pub mod sample;
pub mod schema;
mod set;
pub mod settle;
pub mod shape;
mod strangers;
pub mod told;

use crate::diagnostic::{Diagnostic, Severity};
use crate::files::Change;
use api_model::ApiModel;
use reading::Reading;
use std::path::Path;
use told::Told;

/// A piece of evidence, as read.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A documentation page.
    Page(Reading),
    /// Deliveries, or a registry document.
    Told(Told),
    /// The model of a service's API.
    Api(ApiModel),
}

impl From<Told> for Piece {
    fn from(told: Told) -> Self {
        Piece::Told(told)
    }
}

impl From<ApiModel> for Piece {
    fn from(model: ApiModel) -> Self {
        Piece::Api(model)
    }
}

impl From<Reading> for Piece {
    fn from(reading: Reading) -> Self {
        Piece::Page(reading)
    }
}

/// What learning makes of a schema set, before anything is written.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// Every event of the sources learned, sorted.
    pub events: Vec<LearnedEvent>,
    /// What a person should look at. With an error among them, nothing is to be written.
    pub diagnostics: Vec<Diagnostic>,
    /// What has to change below the schema folder.
    pub changes: Vec<Change>,
    /// What killed runs left there: see [`files::sweep`](crate::files::sweep).
    pub leftovers: Vec<String>,
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

/// Learns evidence into a schema set. A page, a document or a model replaces what the set holds of the same name,
/// deliveries add to what arrived before; all evidence with the corrections gives the schemas. Without any,
/// the set is derived anew from the evidence it holds. Nothing is written: see
/// [`files::apply`](crate::files::apply).
pub fn learn(schemas: &Path, pieces: &[Piece]) -> Learned {
    let mut learned = Learned::default();
    let mut evidence = match set::kept_evidence(schemas) {
        Ok(evidence) => evidence,
        Err(problems) => {
            learned.diagnostics = problems;
            return learned;
        }
    };
    learned
        .diagnostics
        .extend(set::add_pieces(schemas, &mut evidence, pieces));
    for (source, evidence) in evidence {
        set::learn_source(schemas, &source, &evidence, &mut learned);
    }
    learned.events.sort();
    learned
}
