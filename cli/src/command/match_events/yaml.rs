//! YAML text comes in; the same tree as of JSON goes out, with CloudFormation's short tags (`!Ref x`) spelled
//! out (`{"Ref": "x"}`) and plain scalars read as JSON reads them.

use eventbridge_catalog::json::{MAX_DEPTH, Member, Node, Value};
use eventbridge_catalog::text::Place;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// How many nodes a document may have, what aliases repeat counted each time.
const MAX_NODES: usize = 1_000_000;

/// Text that is no YAML, or too much of it.
pub(super) struct Problem {
    pub(super) place: Place,
    pub(super) message: String,
}

/// The first document of a text.
pub(super) fn read(text: &str) -> Result<Node, Problem> {
    let mut tree = Tree {
        offsets: text.char_indices().map(|(at, _)| at).collect(),
        end: text.len(),
        ..Tree::default()
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan_problem(&error))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        tree.take(event, span)?;
    }
    Ok(tree.root.unwrap_or_else(|| Node::new(Value::Null)))
}

fn scan_problem(error: &ScanError) -> Problem {
    let marker = error.marker();
    Problem {
        place: Place {
            line: marker.line(),
            column: marker.col() + 1,
        },
        message: format!("this is no YAML: {}", error.info()),
    }
}

/// A container that is not closed yet.
struct Open {
    node: Node,
    anchor: usize,
    tag: Option<String>,
    /// The key whose value comes next.
    key: Option<Node>,
}

#[derive(Default)]
struct Tree {
    /// The byte offset of each character.
    offsets: Vec<usize>,
    end: usize,
    open: Vec<Open>,
    /// Nodes that aliases repeat, with their sizes.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        let start = self.offset(span.start.index());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = short_tag(tag);
                let value = if tag.is_none() {
                    scalar(&text, style)
                } else {
                    Value::String(text.into_owned())
                };
                let node = self.node(value, start, self.offset(span.end.index()));
                self.finish(tagged(node, tag), anchor, 1, span)
            }
            Event::SequenceStart(anchor, tag) => self.push(
                Value::Array(Vec::new()),
                start,
                anchor,
                short_tag(tag),
                span,
            ),
            Event::MappingStart(anchor, tag) => self.push(
                Value::Object(Vec::new()),
                start,
                anchor,
                short_tag(tag),
                span,
            ),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(mut open) = self.open.pop() else {
                    return Ok(());
                };
                open.node.span.end = self.offset(span.end.index());
                let size = size(&open.node);
                self.finish(tagged(open.node, open.tag), open.anchor, size, span)
            }
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor).cloned();
                let (node, size) =
                    known.ok_or_else(|| problem(span, "this alias has no anchor"))?;
                self.finish(node, 0, size, span)
            }
            _ => Ok(()),
        }
    }

    fn offset(&self, character: usize) -> usize {
        self.offsets.get(character).copied().unwrap_or(self.end)
    }

    fn node(&self, value: Value, start: usize, end: usize) -> Node {
        Node {
            span: start..end.max(start),
            ..Node::new(value)
        }
    }

    fn push(
        &mut self,
        value: Value,
        start: usize,
        anchor: usize,
        tag: Option<String>,
        span: Span,
    ) -> Result<(), Problem> {
        if self.open.len() == MAX_DEPTH {
            return Err(problem(
                span,
                &format!("this nests deeper than {MAX_DEPTH}"),
            ));
        }
        let node = self.node(value, start, start);
        self.open.push(Open {
            node,
            anchor,
            tag,
            key: None,
        });
        Ok(())
    }

    /// Puts a complete node where it belongs.
    fn finish(
        &mut self,
        node: Node,
        anchor: usize,
        size: usize,
        span: Span,
    ) -> Result<(), Problem> {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return Err(problem(
                span,
                &format!("this document has more than {MAX_NODES} values"),
            ));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut parent.node.value, parent.key.take()) {
            (Value::Array(items), _) => items.push(node),
            (Value::Object(members), Some(key)) => {
                let name = match key.value {
                    Value::String(name) | Value::Number(name) => name,
                    Value::Bool(flag) => flag.to_string(),
                    Value::Null => "null".to_owned(),
                    _ => return Err(problem(span, "a key must be a scalar")),
                };
                members.push(Member {
                    key: name,
                    key_span: key.span,
                    node,
                });
            }
            (_, None) => parent.key = Some(node),
            (_, Some(_)) => {}
        }
        Ok(())
    }
}

fn problem(span: Span, message: &str) -> Problem {
    Problem {
        place: Place {
            line: span.start.line(),
            column: span.start.col() + 1,
        },
        message: message.to_owned(),
    }
}

fn size(node: &Node) -> usize {
    1 + node.items().iter().map(size).sum::<usize>()
        + node
            .members()
            .iter()
            .map(|member| size(&member.node))
            .sum::<usize>()
}

/// `Ref` for `!Ref`, `Fn::Sub` for `!Sub`.
fn short_tag(tag: Option<Cow<'_, Tag>>) -> Option<String> {
    let tag = tag.filter(|tag| tag.handle == "!")?;
    Some(match tag.suffix.as_str() {
        "Ref" | "Condition" => tag.suffix.clone(),
        function => format!("Fn::{function}"),
    })
}

fn tagged(node: Node, tag: Option<String>) -> Node {
    match tag {
        Some(tag) => {
            let span = node.span.clone();
            Node {
                span,
                ..Node::object([(tag, node)])
            }
        }
        None => node,
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    match text {
        _ if style != ScalarStyle::Plain => Value::String(text.to_owned()),
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if serde_json::from_str::<serde_json::Number>(text).is_ok() => {
            Value::Number(text.to_owned())
        }
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::json::write;

    fn json(text: &str) -> String {
        match read(text) {
            Ok(node) => write(&node).split_whitespace().collect(),
            Err(problem) => format!(
                "{}:{} {}",
                problem.place.line, problem.place.column, problem.message
            ),
        }
    }

    #[test]
    fn yaml_is_read_as_json() {
        assert_eq!(
            json("a: [1, 3.0e2, '3', true, ~, 08, x]"),
            r#"{"a":[1,3.0e2,"3",true,null,"08","x"]}"#
        );
        assert_eq!(json("a: &x [b]\nc: *x"), r#"{"a":["b"],"c":["b"]}"#);
        assert_eq!(
            json("a: !Sub '${x}'\nb: !GetAtt [c, d]"),
            r#"{"a":{"Fn::Sub":"${x}"},"b":{"Fn::GetAtt":["c","d"]}}"#
        );
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "é: x\nkey: [ü, v]\n";
        let tree = read(text).unwrap_or_else(|_| Node::new(Value::Null));
        let value = &tree.get("key").unwrap().items()[1];
        assert_eq!(&text[value.span.clone()], "v");
    }

    #[test]
    fn what_is_no_yaml_is_refused_with_its_place() {
        assert!(
            json("a: [1\nb: }").starts_with("2:"),
            "{}",
            json("a: [1\nb: }")
        );
        let deep = json(&format!("{}{}", "[".repeat(200), "]".repeat(200)));
        assert!(deep.contains("deeper than 128"), "{deep}");
        let mut laughs = "a: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            laughs += &format!(
                "b{level}: &a{level} [{}]\n",
                vec![format!("*a{}", level - 1); 8].join(", ")
            );
        }
        assert!(json(&laughs).contains("more than 1000000 values"));
    }
}
