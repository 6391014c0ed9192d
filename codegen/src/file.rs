//! What an emitter gives: the files of a package before anybody writes them, and what they do not say.

use eventbridge_catalog::model::EventType;

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below `generated/`, with `/`: `rust/src/lib.rs`.
    pub path: String,
    /// What stands in it; ends with a line break.
    pub text: String,
}

/// The stamp of every generated file, without comment marks.
pub const STAMP: &str = eventbridge_catalog::files::GENERATED;

/// What emitters make of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emitted {
    /// The files.
    pub files: Vec<File>,
    /// What they do not say of the model.
    pub unsaid: Vec<Unsaid>,
}

/// Something of one event that a target cannot express. All else is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
    /// Why, and what is done instead, in one sentence.
    pub message: String,
}

impl Unsaid {
    pub(crate) fn of(event: &EventType, message: String) -> Self {
        Unsaid {
            source: event.source.clone(),
            detail_type: event.detail_type.clone(),
            message,
        }
    }
}
