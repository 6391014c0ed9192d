//! What is known of an event comes in; when the field at some paths is there goes out, as a schema says it.

use super::super::join::event::EventKnowledge;
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::Condition;
use std::collections::{BTreeMap, BTreeSet};

/// `{"field": "lid", "is": "opened"}`, where the same holds of a field at all paths that share its definition.
pub(super) fn of(event: &EventKnowledge, paths: &[String]) -> Option<Node> {
    let mut conditions = paths.iter().map(|path| event.conditions.get(path));
    let first = conditions.next()??;
    let same = conditions.all(|condition| condition == Some(first));
    same.then(|| {
        Node::object([
            ("field", Node::string(&first.when)),
            ("is", one_or_more(&as_known(event, first))),
        ])
    })
}

/// One value alone, or a list.
fn one_or_more(values: &BTreeSet<String>) -> Node {
    match values.first() {
        Some(value) if values.len() == 1 => Node::string(value),
        _ => Node::array(values.iter().map(Node::string)),
    }
}

/// The values as the deciding field has them: pages write `failed` where events have `Failed`.
fn as_known(event: &EventKnowledge, condition: &Condition) -> BTreeSet<String> {
    let known: BTreeSet<&str> = match event.values.get(&condition.when) {
        Some(values) => values.names().collect(),
        None => BTreeSet::new(),
    };
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for value in &known {
        alike
            .entry(value.to_ascii_lowercase())
            .or_default()
            .push(value);
    }
    let spelled = |value: &String| match alike.get(&value.to_ascii_lowercase()).map(Vec::as_slice) {
        Some([alone]) if !known.contains(value.as_str()) => (*alone).to_owned(),
        _ => value.clone(),
    };
    condition.is.iter().map(spelled).collect()
}
