//! Small made-up texts come in; what is read from each, and the kinds of repairs, are compared.

mod containers;
mod scalars;

use crate::json::{Node, Parsed, RepairKind, Value, read, write};
use std::fmt::Write;

fn reading(text: &str) -> Parsed {
    read(text, 0).unwrap()
}

/// The node on one line, and the kinds of repairs in the order of the text.
fn told(text: &str) -> (String, Vec<RepairKind>) {
    let Parsed { node, repairs, .. } = reading(text);
    let kinds = repairs.iter().map(|repair| repair.kind).collect();
    (line(&node), kinds)
}

/// JSON on one line, with `?word` for a placeholder and `~[…]` behind what has alternatives.
fn line(node: &Node) -> String {
    let mut out = match &node.value {
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|member| format!("{}:{}", member.key, line(&member.node)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(line).collect::<Vec<_>>().join(","))
        }
        Value::Placeholder(word) => format!("?{word}"),
        _ => write(node).trim_end().to_string(),
    };
    if !node.alternatives.is_empty() {
        let words: Vec<&str> = node
            .alternatives
            .iter()
            .map(|(word, _)| word.as_str())
            .collect();
        write!(out, "~{words:?}").unwrap();
    }
    out
}

#[track_caller]
fn check(text: &str, node: &str, kinds: &[RepairKind]) {
    assert_eq!(told(text), (node.to_string(), kinds.to_vec()), "{text}");
}
