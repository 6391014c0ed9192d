//! A [`Node`] comes in, JSON text as a person would lay it out goes out.

use super::{Node, Value};

/// The longest line a container may stand on.
const WIDTH: usize = 100;

/// Writes a value: what fits on a line stands on one, but for the outermost object, whose members
/// always have lines of their own. A placeholder becomes a string. Ends with a line break.
pub fn write(node: &Node) -> String {
    let mut writer = Writer { out: String::new() };
    match &node.value {
        Value::Object(members) if !members.is_empty() => writer.broken(node, 0),
        _ => writer.value(node, 0, 0),
    }
    writer.out.push('\n');
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    /// Writes a value behind what stands on its line up to `column`.
    fn value(&mut self, node: &Node, indent: usize, column: usize) {
        match inline(node, WIDTH.saturating_sub(column)) {
            Some(line) => self.out.push_str(&line),
            None => self.broken(node, indent),
        }
    }

    fn broken(&mut self, node: &Node, indent: usize) {
        let (open, close, length) = match &node.value {
            Value::Object(members) => ('{', '}', members.len()),
            Value::Array(items) => ('[', ']', items.len()),
            scalar => return self.out.push_str(&self::scalar(scalar)),
        };
        self.out.push(open);
        for index in 0..length {
            self.line(indent + 2);
            self.part(node, index, indent + 2);
            if index + 1 < length {
                self.out.push(',');
            }
        }
        self.line(indent);
        self.out.push(close);
    }

    /// Writes a member or an item on a line of its own.
    fn part(&mut self, node: &Node, index: usize, indent: usize) {
        // One column is for the comma.
        match &node.value {
            Value::Object(members) => {
                let key = format!("{}: ", quote(&members[index].key));
                self.out.push_str(&key);
                self.value(&members[index].node, indent, indent + key.chars().count() + 1);
            }
            _ => self.value(&node.items()[index], indent, indent + 1),
        }
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// A value on one line, if it takes no more than `room` characters or cannot be broken.
fn inline(node: &Node, room: usize) -> Option<String> {
    let (open, close, parts) = match &node.value {
        Value::Object(members) if members.is_empty() => return Some("{}".into()),
        Value::Array(items) if items.is_empty() => return Some("[]".into()),
        _ if node.members().len().max(node.items().len()) > room => return None,
        Value::Object(members) => {
            let parts = members.iter().map(|member| (format!("{}: ", quote(&member.key)), &member.node));
            ("{ ", " }", parts.collect::<Vec<_>>())
        }
        Value::Array(items) => ("[", "]", items.iter().map(|item| (String::new(), item)).collect()),
        scalar => return Some(self::scalar(scalar)),
    };
    joined(open, close, &parts, room)
}

fn joined(open: &str, close: &str, parts: &[(String, &Node)], room: usize) -> Option<String> {
    let mut line = open.to_string();
    let mut left = room.checked_sub(open.len() + close.len())?;
    for (index, (key, node)) in parts.iter().enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        left = left.checked_sub(separator.len() + key.chars().count())?;
        let value = inline(node, left)?;
        left = left.checked_sub(value.chars().count())?;
        line.extend([separator, key, &value]);
    }
    line.push_str(close);
    Some(line)
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.clone(),
        Value::String(text) | Value::Placeholder(text) => quote(text),
        Value::Null | Value::Array(_) | Value::Object(_) => "null".into(),
    }
}

/// Text in quotes, with no escape it does not need.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
