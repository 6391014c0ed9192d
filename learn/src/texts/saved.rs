//! What was taken for the events of one source comes in, a file for `samples/` goes out, and back.

use super::SourceTexts;
use eventbridge_catalog::json;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the file calls itself, and its name.
pub(crate) const KIND: &str = "texts";

impl SourceTexts {
    /// The file's text.
    pub(crate) fn write(&self) -> String {
        json::write(&json::of(&Saved {
            kind: KIND.to_owned(),
            pages: self.pages.clone(),
            members: self.members.clone(),
        }))
    }

    /// Reads a file back.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub(crate) fn read(text: &str) -> Result<SourceTexts, serde_json::Error> {
        let saved: Saved = serde_json::from_str(text)?;
        Ok(SourceTexts {
            pages: saved.pages,
            members: saved.members,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    kind: String,
    pages: BTreeMap<String, super::EventTexts>,
    members: BTreeMap<String, String>,
}
