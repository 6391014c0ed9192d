//! What the prose of a page says, as its file in `samples/` keeps it: lists of values, and fields that are named.

use eventbridge_catalog::model::Condition;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values that a page lists for fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueList {
    /// The event they belong to.
    pub detail_type: String,
    /// Paths below `detail`: `VariantStatus[].Status`.
    pub fields: Vec<String>,
    /// The values as the page spells them, each with its line.
    pub values: Vec<(String, usize)>,
}

/// The lists of values of pages, by the name of the page.
pub type ValueLists = BTreeMap<String, Vec<ValueList>>;

/// A field that prose names, and when it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseField {
    /// The event it belongs to.
    pub detail_type: String,
    /// Its path below `detail`.
    pub field: String,
    /// The line that names it.
    pub line: usize,
    /// When the event has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The kind of value, as one word for all spellings: `string`, `list of string`, `integer-seconds`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it is said to be required, or not to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}
