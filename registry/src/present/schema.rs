//! A schema as a registry has it.

use crate::api::Schema;

/// A schema as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PresentSchema {
    /// The newest version's content.
    pub content: String,
    /// The newest version.
    pub version: String,
    /// `OpenApi3` or `JSONSchemaDraft4`.
    pub kind: String,
    /// How many versions there are, where that is known.
    pub versions: Option<usize>,
}

impl PresentSchema {
    /// A schema as answered.
    pub fn answered(schema: Schema, versions: Option<usize>) -> PresentSchema {
        PresentSchema {
            content: schema.content.unwrap_or_default(),
            version: schema.schema_version.unwrap_or_default(),
            kind: schema.kind.unwrap_or_default(),
            versions,
        }
    }
}
