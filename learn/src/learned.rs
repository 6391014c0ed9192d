//! What is learned: pieces of evidence as read, and what becomes of a schema set.

use super::api_model::ApiModel;
use super::evidence::shapes::ShapeEvidence;
use super::reading::PageReport;
use super::texts::Texts;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::files::Change;

/// A piece of evidence, as read.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// A documentation page.
    Page(PageReport),
    /// Deliveries, or a registry document.
    Shapes(ShapeEvidence),
    /// The model of a service's API.
    ApiModel(ApiModel),
    /// What a page or a model says in words: no evidence, but descriptions for fields that nobody describes.
    Texts(Texts),
}

impl From<Texts> for Evidence {
    fn from(texts: Texts) -> Self {
        Evidence::Texts(texts)
    }
}

impl From<ShapeEvidence> for Evidence {
    fn from(shapes: ShapeEvidence) -> Self {
        Evidence::Shapes(shapes)
    }
}

impl From<ApiModel> for Evidence {
    fn from(model: ApiModel) -> Self {
        Evidence::ApiModel(model)
    }
}

impl From<PageReport> for Evidence {
    fn from(reading: PageReport) -> Self {
        Evidence::Page(reading)
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
    /// What killed runs left there: see [`files::sweep`](eventbridge_catalog::files::sweep).
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
