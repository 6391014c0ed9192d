//! A sample event and the rows of its fields come in; the sample as lines of JSON goes out, each with the field that it
//! shows; and each row learns its line.

use crate::fields::Row;
use crate::highlight::Token;
use eventbridge_catalog::json::{self, Node, Value};
use serde::Serialize;
use std::collections::HashMap;

/// One line.
#[derive(Serialize)]
pub(crate) struct Line {
    /// From 1.
    number: usize,
    /// The field that it shows, as patterns name it.
    path: String,
    /// The fragment of that field.
    id: String,
    indent: String,
    /// The key in quotes, if it has one.
    key: Option<String>,
    tokens: Vec<Token>,
}

/// The field that a place belongs to.
#[derive(Clone, Default)]
struct Field {
    path: String,
    id: String,
}

/// The lines of a sample.
pub(crate) fn lines(sample: &Node, rows: &mut [Row], envelope: &[(String, String)]) -> Vec<Line> {
    let of_detail = rows.iter().map(|row| (row.path.clone(), row.id.clone()));
    let mut ids = HashMap::new();
    for (path, id) in envelope.iter().cloned().chain(of_detail) {
        ids.entry(path).or_insert(id);
    }
    let mut printer = Printer {
        ids,
        lines: Vec::new(),
    };
    let outside = Field::default();
    printer.value(sample, 0, None, "", "", &outside);
    let mut first: HashMap<&str, usize> = HashMap::new();
    for line in &printer.lines {
        first.entry(line.id.as_str()).or_insert(line.number);
    }
    for row in rows {
        row.line = first.get(row.id.as_str()).copied();
    }
    printer.lines
}

struct Printer {
    /// The fragments of fields, by their paths.
    ids: HashMap<String, String>,
    lines: Vec<Line>,
}

/// So many characters of a list stand on one line.
const WIDTH: usize = 48;

impl Printer {
    /// `path` is what patterns name the place; `field` the field that it, or what it stands in, is of.
    fn value(
        &mut self,
        node: &Node,
        depth: usize,
        key: Option<&str>,
        comma: &'static str,
        path: &str,
        field: &Field,
    ) {
        let (open, close) = match &node.value {
            Value::Object(members) if !members.is_empty() => ("{", "}"),
            Value::Array(items) if !items.is_empty() && !is_short(node) => ("[", "]"),
            _ => {
                let tokens = flat(node).into_iter().chain([Token::plain(comma)]);
                return self.line(depth, key, tokens.collect(), field);
            }
        };
        self.line(depth, key, vec![Token::plain(open)], field);
        let members = node.members();
        for (index, member) in members.iter().enumerate() {
            let comma = if index + 1 < members.len() { "," } else { "" };
            let path = match path {
                "" => member.key.clone(),
                path => format!("{path}.{}", member.key),
            };
            let own = self.ids.get(&path).map(|id| Field {
                path: path.clone(),
                id: id.clone(),
            });
            let field = own.as_ref().unwrap_or(field);
            self.value(
                &member.node,
                depth + 1,
                Some(&member.key),
                comma,
                &path,
                field,
            );
        }
        let items = node.items();
        for (index, item) in items.iter().enumerate() {
            let comma = if index + 1 < items.len() { "," } else { "" };
            self.value(item, depth + 1, None, comma, path, field);
        }
        let tokens = vec![Token::plain(close), Token::plain(comma)];
        self.line(depth, None, tokens, field);
    }

    fn line(&mut self, depth: usize, key: Option<&str>, tokens: Vec<Token>, field: &Field) {
        self.lines.push(Line {
            number: self.lines.len() + 1,
            path: field.path.clone(),
            id: field.id.clone(),
            indent: "  ".repeat(depth),
            key: key.map(json::quote),
            tokens,
        });
    }
}

/// A scalar, or a list of some that fits on a line.
fn flat(node: &Node) -> Vec<Token> {
    let text = json::compact(node);
    match &node.value {
        Value::String(_) => vec![Token::of("s", text)],
        Value::Number(_) | Value::Bool(_) | Value::Null => vec![Token::of("n", text)],
        Value::Array(items) if !items.is_empty() => {
            let mut tokens = vec![Token::plain("[")];
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    tokens.push(Token::plain(", "));
                }
                tokens.extend(flat(item));
            }
            tokens.push(Token::plain("]"));
            tokens
        }
        _ => vec![Token::of("", text)],
    }
}

fn is_short(node: &Node) -> bool {
    let is_scalar = |item: &Node| item.items().is_empty() && item.members().is_empty();
    node.items().iter().all(is_scalar) && json::compact(node).len() <= WIDTH
}
