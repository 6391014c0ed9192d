//! A tree comes in; what it holds goes out: as text, compared with another, the notes about it, or the same at another place.

use eventbridge_catalog::json::{Member, Node, Value};
use std::collections::BTreeMap;

/// A value at the place of another.
pub(super) fn like(node: &Node, value: Value) -> Node {
    Node {
        span: node.span.clone(),
        ..Node::new(value)
    }
}

/// Stands in texts for a part that is known only when it is deployed.
pub(crate) const UNKNOWN: char = '\u{fffc}';

/// Texts of which a part is not known become placeholders.
pub(super) fn with_placeholders(node: &mut Node) {
    match &mut node.value {
        Value::String(text) if text.contains(UNKNOWN) => *node = placeholder(node),
        Value::Array(items) => items.iter_mut().for_each(with_placeholders),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|member| with_placeholders(&mut member.node)),
        _ => {}
    }
}

/// A place for a value that is known only when it is deployed.
pub(super) fn placeholder(node: &Node) -> Node {
    like(node, Value::Placeholder("?".to_owned()))
}

/// The pattern with texts for what is not known: an array where a field needs one.
pub(super) fn known(node: &Node) -> Node {
    match &node.value {
        Value::Object(members) => {
            let members = members.iter().map(|member| Member {
                node: match &member.node.value {
                    Value::Placeholder(_) => Node::array([member.node.clone()]),
                    _ => known(&member.node),
                },
                ..member.clone()
            });
            like(node, Value::Object(members.collect()))
        }
        _ => node.clone(),
    }
}

/// A scalar as CloudFormation puts it into texts.
pub(super) fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The notes about parts of a tree.
pub(super) fn notes_in<'n>(
    node: &Node,
    notes: &'n BTreeMap<usize, String>,
) -> BTreeMap<usize, &'n String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        let keys = node.members().iter().map(|member| member.key_span.start);
        for at in keys.chain([node.span.start]) {
            found.extend(notes.get(&at).map(|note| (at, note)));
        }
        // A merge leaves no key behind; it stands in the object's text.
        let merges = notes
            .range(node.span.clone())
            .filter(|(_, note)| note.starts_with("`<<`"));
        found.extend(merges.map(|(at, note)| (*at, note)));
        waiting.extend(node.items());
        waiting.extend(node.members().iter().map(|member| &member.node));
    }
    found
}

/// Whether two trees hold the same, wherever they stand.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| one.key == other.key && same(&one.node, &other.node))
        }
        (one, other) => one == other,
    }
}

/// JSON text without blanks, as it is deployed.
pub(crate) fn compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number),
        Value::Array(items) => write_array(items, out),
        Value::Object(members) => write_object(members, out),
        Value::String(text) | Value::Placeholder(text) => out.push_str(&quoted(text)),
    }
}

fn write_array(items: &[Node], out: &mut String) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        write(item, out);
    }
    out.push(']');
}

fn write_object(members: &[Member], out: &mut String) {
    out.push('{');
    for (index, member) in members.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(&quoted(&member.key));
        out.push(':');
        write(&member.node, out);
    }
    out.push('}');
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
