//! A sample in which words stand for values comes in, bare or as a text (`"string"`, `"opened|closed"`); where they
//! stand, and the sample with texts in their place, goes out.

use crate::kind_word;
use crate::sample::walk;
use eventbridge_catalog::json::{Member, Node, Value};
use eventbridge_catalog::path;

/// The paths below `detail` where a word stands for a value.
pub(super) fn placeholders(event: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(detail) = event.get("detail") {
        walk(detail, "", &mut |path, member| {
            note_placeholder(path, &member.node, &mut paths)
        });
    }
    paths.sort();
    paths.dedup();
    paths
}

fn note_placeholder(path: &str, node: &Node, paths: &mut Vec<String>) {
    match &node.value {
        Value::Placeholder(_) => paths.push(path.to_owned()),
        Value::String(text) if kind_word::stands_for_values(&path::last_key(path), text) => {
            paths.push(path.to_owned());
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| note_placeholder(&format!("{path}[]"), item, paths)),
        _ => {}
    }
}

pub(super) fn has_placeholder(node: &Node) -> bool {
    let members = node.members().iter().map(|member| &member.node);
    matches!(node.value, Value::Placeholder(_))
        || node.items().iter().chain(members).any(has_placeholder)
}

/// The same JSON with a string for each placeholder.
pub(super) fn without_placeholders(node: &Node) -> Node {
    let value = match &node.value {
        Value::Placeholder(word) => Value::String(word.clone()),
        Value::Array(items) => Value::Array(items.iter().map(without_placeholders).collect()),
        Value::Object(members) => {
            let plain = |member: &Member| Member {
                node: without_placeholders(&member.node),
                ..member.clone()
            };
            Value::Object(members.iter().map(plain).collect())
        }
        other => other.clone(),
    };
    Node::new(value)
}
