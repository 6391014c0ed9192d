//! A sample event of a page comes in; the shape of its detail goes out.

use super::{Field, MAX_KEYS, MAX_PATH, Position, Shape, ValueKind, Words};
use crate::evidence::page::{EventSample, count_keys};
use crate::instant;
use eventbridge_catalog::json::{Member, Node, Value};
use eventbridge_catalog::model::Evidence;
use eventbridge_catalog::path;
use std::collections::{BTreeSet, HashSet};

/// Longer values say nothing to a reader.
const MAX_VALUE: usize = 80;

impl Shape {
    /// The shape of the detail of one sample event of `page`.
    pub fn of_detail(page: &str, sample: &EventSample) -> Shape {
        let mut observer = Observer {
            page,
            sample,
            placeholders: sample.placeholders.iter().map(String::as_str).collect(),
            key: 0,
        };
        let mut shape = Shape::default();
        for member in sample.event.members() {
            let line = observer.next_line();
            if member.key == "detail" {
                shape.join(observer.value(&member.node, "detail", "", line));
            } else {
                observer.key += count_keys(&member.node);
            }
        }
        shape
    }
}

/// Walks a sample in the order of its text, so that each key gets its line.
struct Observer<'s> {
    page: &'s str,
    sample: &'s EventSample,
    placeholders: HashSet<&'s str>,
    key: usize,
}

impl Observer<'_> {
    fn next_line(&mut self) -> usize {
        let line = self
            .sample
            .lines
            .get(self.key)
            .copied()
            .unwrap_or(self.sample.line);
        self.key += 1;
        line
    }

    fn value(&mut self, node: &Node, key: &str, path: &str, line: usize) -> Shape {
        let kind = self.kind(node, key, path);
        let site = Evidence::page(self.page, line);
        let words = match (&kind, node.as_str()) {
            (ValueKind::Text, Some(text)) => Words::of(text, &site),
            _ => Words::default(),
        };
        let mut shape = Shape {
            words,
            ..Shape::one(kind, site, short_value(node))
        };
        match &node.value {
            _ if path.len() > MAX_PATH => self.key += count_keys(node),
            Value::Object(members) => self.fields(members, path, &mut shape),
            Value::Array(items) => {
                let path = format!("{path}[]");
                for item in items {
                    let seen = self.value(item, key, &path, line);
                    shape.items.get_or_insert_default().join(seen);
                }
            }
            _ => {}
        }
        shape
    }

    fn fields(&mut self, members: &[Member], path: &str, shape: &mut Shape) {
        for member in members {
            let line = self.next_line();
            // Those that come to nothing are not looked into: a crowd of keys costs what is kept of it.
            let last = shape.fields.last_key_value().map(|(last, _)| last);
            if shape.fields.len() == MAX_KEYS && last.is_some_and(|last| member.key > *last) {
                shape.keys_overflow = true;
                self.key += count_keys(&member.node);
                continue;
            }
            let start = Evidence::page(self.page, self.sample.line);
            let first = Position::Sample(start, self.key);
            let path = path::key(path, &member.key);
            let seen = self.value(&member.node, &member.key, &path, line);
            shape.fields.insert(
                member.key.clone(),
                Box::new(Field {
                    shape: seen,
                    missing: BTreeSet::new(),
                    first,
                }),
            );
            if shape.fields.len() > MAX_KEYS {
                shape.keys_overflow = true;
                shape.fields.pop_last();
            }
        }
    }

    fn kind(&self, node: &Node, key: &str, path: &str) -> ValueKind {
        match &node.value {
            Value::Null => ValueKind::Null,
            Value::Bool(_) => ValueKind::Boolean,
            Value::Array(_) => ValueKind::List,
            Value::Object(_) => ValueKind::Object,
            Value::Placeholder(word) => ValueKind::Word(word.clone()),
            Value::String(word) if self.placeholders.contains(path) => {
                ValueKind::Word(word.clone())
            }
            Value::String(text) => {
                instant::in_text(key, text).map_or(ValueKind::Text, ValueKind::Instant)
            }
            Value::Number(number) => match instant::in_number(key, number) {
                Some(form) => ValueKind::Instant(form),
                None if number.contains(['.', 'e', 'E']) => ValueKind::Number,
                None => ValueKind::Integer,
            },
        }
    }
}

/// The value as text, if a reader would want to see it.
fn short_value(node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(text) | Value::String(text) | Value::Placeholder(text) => text.clone(),
        _ => return None,
    };
    (text.len() <= MAX_VALUE && !text.contains(char::is_control)).then_some(text)
}
