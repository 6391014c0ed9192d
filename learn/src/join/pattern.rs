//! An event pattern that a page documents comes in, with the shape of an event it matches; the values that it lists
//! for fields of the event go out.

use crate::names::words;
use crate::shape::{Shape, ValueKind};
use crate::written_type::{self, WrittenType};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::path;

/// The values that a pattern lists, by the path of their field.
pub(super) fn values(pattern: &Node, detail: &Shape) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    if let Some(rules) = pattern.get("detail") {
        walk(rules, "", detail, &mut found);
    }
    found
}

fn walk(rules: &Node, at: &str, shape: &Shape, found: &mut Vec<(String, Vec<String>)>) {
    let (at, shape) = below_lists(at.to_owned(), shape);
    for member in rules.members() {
        let Some(field) = shape.fields.get(&member.key) else {
            continue;
        };
        let path = path::key(&at, &member.key);
        match &member.node.value {
            Value::Object(_) => walk(&member.node, &path, &field.shape, found),
            Value::Array(items) => {
                let (path, place) = below_lists(path, &field.shape);
                let listed = items.iter().filter_map(Node::as_str);
                let listed = listed.filter(|value| is_value(value)).map(str::to_owned);
                let listed: Vec<String> = listed.collect();
                if !listed.is_empty() && !identifies(&member.key) && holds_text(place) {
                    found.push((path, listed));
                }
            }
            _ => {}
        }
    }
}

/// Patterns see through lists.
fn below_lists(mut path: String, mut shape: &Shape) -> (String, &Shape) {
    while let Some(items) = shape.items.as_deref() {
        path.push_str("[]");
        shape = items;
    }
    (path, shape)
}

fn holds_text(shape: &Shape) -> bool {
    shape.kinds().contains(&ValueKind::Text)
}

const NAMES_OF_THINGS: [&str; 22] = [
    "account",
    "address",
    "arn",
    "bucket",
    "domain",
    "email",
    "host",
    "id",
    "ids",
    "key",
    "name",
    "names",
    "owner",
    "path",
    "prefix",
    "region",
    "repository",
    "tag",
    "uri",
    "url",
    "user",
    "version",
];

/// Whether a key names or addresses a thing: what patterns match there are examples.
fn identifies(key: &str) -> bool {
    let last = words(key).last().map(|word| word.to_ascii_lowercase());
    last.is_none_or(|last| NAMES_OF_THINGS.contains(&last.as_str()))
}

/// Whether a text is a word as programs tell states with, and no example of a name.
fn is_value(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    let lower = text.to_ascii_lowercase();
    let example = ["my-", "my_", "your-", "example"]
        .iter()
        .any(|sign| lower.starts_with(sign))
        || lower.ends_with("example");
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = matches!(written_type::read(text), WrittenType::Names(_));
    plain
        && !example
        && digits <= 2
        && text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(inner)
        && (!text.contains('.') || text == text.to_ascii_uppercase())
}
