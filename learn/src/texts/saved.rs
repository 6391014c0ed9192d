//! What was taken for the events of one source comes in, a file for `samples/` goes out, and back.

use super::SourceTexts;
use eventbridge_catalog::json::{self, Node};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the file calls itself, and its name.
pub(crate) const KIND: &str = "texts";

impl SourceTexts {
    /// The file's text.
    pub(crate) fn write(&self) -> String {
        let strings = |said: &BTreeMap<String, String>| {
            let said = said.iter();
            Node::object(said.map(|(name, text)| (name.as_str(), Node::string(text))))
        };
        let pages = self.pages.iter().map(|(page, events)| {
            let events = events.iter();
            let events = events.map(|(event, fields)| (event.as_str(), strings(fields)));
            (page.as_str(), Node::object(events))
        });
        json::write(&Node::object([
            ("kind", Node::string(KIND)),
            ("pages", Node::object(pages)),
            ("members", strings(&self.members)),
        ]))
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    #[serde(rename = "kind")]
    _kind: String,
    pages: BTreeMap<String, super::EventTexts>,
    members: BTreeMap<String, String>,
}
