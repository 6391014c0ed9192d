//! A pattern that is text within a file comes in (in a string of JSON, a block of YAML, a here-document); its tree goes
//! out, with the places of its parts in the file itself.

use super::tree::{UNKNOWN, with_placeholders};
use eventbridge_catalog::json::{self, Member, Node, Repair, Value};
use std::ops::Range;

/// The tree of a text, and what had to be repaired to read it; places are those of the file.
pub(super) struct Embedded {
    pub(super) tree: Node,
    pub(super) repairs: Vec<Repair>,
}

/// Reads a text that stands somehow at `span` of a file.
pub(super) fn read(text: &str, file: &str, span: &Range<usize>) -> Option<Embedded> {
    let parsed = json::read(text, leading(text)).ok()?;
    let raw = file.get(span.clone()).unwrap_or_default();
    let origins = origins(text, raw);
    let at = |offset: usize| match &origins {
        Some(origins) => span.start + origins.get(offset).copied().unwrap_or(raw.len()),
        None => span.start,
    };
    let mut tree = parsed.node;
    place(&mut tree, &at);
    with_placeholders(&mut tree);
    let repairs = parsed.repairs.into_iter().map(|repair| Repair {
        at: at(repair.at),
        ..repair
    });
    Some(Embedded {
        tree,
        repairs: repairs.collect(),
    })
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn place(node: &mut Node, at: &impl Fn(usize) -> usize) {
    node.span = at(node.span.start)..at(node.span.end);
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| place(item, at)),
        Value::Object(members) => {
            members
                .iter_mut()
                .for_each(|Member { key_span, node, .. }| {
                    *key_span = at(key_span.start)..at(key_span.end);
                    place(node, at);
                })
        }
        _ => {}
    }
}

/// Where each byte of a text stands in what was written for it; none where the two cannot be laid side by side.
///
/// What is written may have quotes and a heading around it, escapes, and other blanks.
fn origins(text: &str, raw: &str) -> Option<Vec<usize>> {
    let first = text.chars().find(|c| !c.is_whitespace())?;
    let mut at = raw.find(first)?;
    let has_escapes = raw.starts_with('"');
    let mut origins = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        let (start, next) = written(c, raw, at, has_escapes)?;
        origins.extend(std::iter::repeat_n(start, c.len_utf8()));
        at = next;
    }
    origins.push(at);
    Some(origins)
}

/// Where a character stands from a place on, and where the next may.
fn written(c: char, raw: &str, mut at: usize, has_escapes: bool) -> Option<(usize, usize)> {
    loop {
        let rest = raw.get(at..)?;
        let Some(found) = rest.chars().next() else {
            return c.is_whitespace().then_some((at, at));
        };
        if c == UNKNOWN && rest.starts_with("${") {
            return Some((at, at + variable(rest)?));
        }
        if has_escapes && found == '\\' {
            let (meant, length) = escape(rest)?;
            if meant == Some(c) {
                return Some((at, at + length));
            }
            if meant.is_none_or(char::is_whitespace) {
                at += length;
                continue;
            }
            return c.is_whitespace().then_some((at, at));
        }
        if found == c {
            return Some((at, at + found.len_utf8()));
        }
        if c.is_whitespace() {
            return Some((at, at));
        }
        // A quote in single quotes stands twice; what is left of it is passed over.
        if !found.is_whitespace() && found != '\'' {
            return None;
        }
        at += found.len_utf8();
    }
}

/// How long a variable is: `${…}`, with whatever braces are in it.
fn variable(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at + 1),
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// What an escape means, and how long it is; nothing where a line goes on behind it.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let kind = rest.chars().nth(1)?;
    let coded = |length: usize| {
        let code = u32::from_str_radix(rest.get(2..2 + length)?, 16).ok()?;
        Some((Some(char::from_u32(code)?), 2 + length))
    };
    match kind {
        'n' => Some((Some('\n'), 2)),
        't' => Some((Some('\t'), 2)),
        'r' => Some((Some('\r'), 2)),
        'x' => coded(2),
        'u' => coded(4),
        '\n' => Some((None, 2)),
        other => Some((Some(other), 1 + other.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(file: &str, text: &str) -> String {
        let read = read(text, file, &(0..file.len())).unwrap();
        let span = read.tree.members()[0].key_span.clone();
        file[span].to_owned()
    }

    #[test]
    fn keys_are_found_in_whatever_the_text_stands_in() {
        let text = r#"{"a": ["b"]}"#;
        assert_eq!(key(r#""{\"a\": [\"b\"]}""#, text), r#"\"a\""#);
        assert_eq!(key("'{\"a\": [\"b\"]}'", text), "\"a\"");
        assert_eq!(key("|\n    {\n      \"a\":\n    [\"b\"]}\n", text), "\"a\"");
        assert_eq!(key("<<-EOT\n  {\"a\": [\"b\"]}\n  EOT", text), "\"a\"");
        assert_eq!(key("something else", text), "");
    }
}
