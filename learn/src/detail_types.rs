//! `detail-types.json` of an event source comes in: a list of its detail-types that says nothing of their
//! details. Each becomes an event that is known at least by name.

use super::join::event::EventKnowledge;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::text::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Detail-types that are listed somewhere, `schemas/<source>/detail-types.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailTypesFile {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the list is called: it stands in the evidence of each event.
    pub listed: String,
    /// The detail-types.
    pub detail_types: Vec<String>,
}

impl DetailTypesFile {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub fn read(path: &str, text: &str) -> Result<DetailTypesFile, Diagnostic> {
        let file: DetailTypesFile = serde_json::from_str(text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Diagnostic::error(path, error.to_string()).at(place)
        })?;
        if file.listed.is_empty() || file.listed.contains(": ") {
            let message = "`listed` must name the list, without a colon and a space";
            return Err(Diagnostic::error(path, message));
        }
        Ok(file)
    }

    /// Adds the events that are listed.
    pub fn apply(&self, events: &mut BTreeMap<String, EventKnowledge>) {
        let site = Evidence::named(Origin::List, &self.listed);
        for detail_type in &self.detail_types {
            let event = events.entry(detail_type.clone()).or_default();
            event.documented.insert((site.clone(), "name"));
        }
    }
}
