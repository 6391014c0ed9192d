//! What the prose of a page says, as its file in `samples/` keeps it: lists of values, and fields that are named.

use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::Condition;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Values that a page lists for fields.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseField {
    /// The event it belongs to.
    pub detail_type: String,
    /// Its path below `detail`.
    pub field: String,
    /// The line that names it.
    pub line: usize,
    /// When the event has it.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// The kind of value, as one word for all spellings: `string`, `list of string`, `integer-seconds`.
    #[serde(default)]
    pub kind: Option<String>,
    /// Whether it is said to be required, or not to be.
    #[serde(default)]
    pub required: Option<bool>,
}

impl ValueList {
    pub(super) fn to_node(&self) -> Node {
        let value =
            |(value, line): &(String, usize)| Node::array([Node::string(value), Node::from(*line)]);
        Node::object([
            ("detail_type", Node::string(&self.detail_type)),
            ("fields", Node::array(self.fields.iter().map(Node::string))),
            ("values", Node::array(self.values.iter().map(value))),
        ])
    }
}

impl ProseField {
    pub(super) fn to_node(&self) -> Node {
        let mut members = vec![
            ("detail_type", Node::string(&self.detail_type)),
            ("field", Node::string(&self.field)),
            ("line", Node::from(self.line)),
        ];
        if let Some(Condition { when, is }) = &self.condition {
            let is = ("is", one_or_more(is));
            members.push((
                "condition",
                Node::object([("when", Node::string(when)), is]),
            ));
        }
        members.extend(self.kind.as_ref().map(|kind| ("kind", Node::string(kind))));
        members.extend(
            self.required
                .map(|required| ("required", Node::from(required))),
        );
        Node::object(members)
    }
}

/// One value alone, or a list.
pub(crate) fn one_or_more(values: &BTreeSet<String>) -> Node {
    match values.first() {
        Some(value) if values.len() == 1 => Node::string(value),
        _ => Node::array(values.iter().map(Node::string)),
    }
}
