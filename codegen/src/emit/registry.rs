//! A [`Model`] comes in, documents for the EventBridge Schema Registry go out.

use super::File;
use crate::model::Model;

/// The documents, below `registry/`.
pub fn documents(_model: &Model) -> Result<Vec<File>, String> {
    todo!()
}
