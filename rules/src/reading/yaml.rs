//! YAML text comes in; the same trees as of JSON go out, one a document, with CloudFormation's short tags (`!Ref x`)
//! spelled out (`{"Ref": "x"}`), aliases and merges written out, and plain scalars read as CloudFormation reads them,
//! which goes by YAML 1.1: `NO` is false, `0123` is octal. What JSON and YAML 1.2 would read otherwise is noted.

use super::scalar::{self, Version};
use eventbridge_catalog::json::{MAX_DEPTH, Member, Node, Value};
use eventbridge_catalog::text::Place;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many nodes a document may have, what aliases repeat counted each time.
const MAX_NODES: usize = 1_000_000;

/// So many bytes of text count as one value more.
const LONG: usize = 32;

/// Text that is no YAML, or too much of it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    pub(crate) message: String,
}

/// A text of YAML.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    /// The trees of the documents that hold something.
    pub(crate) documents: Vec<Node>,
    /// What is odd about a scalar or a key, by where it begins in the text.
    pub(crate) notes: BTreeMap<usize, String>,
}

/// The documents of a text.
pub(crate) fn read(text: &str, version: Version) -> Result<Stream, Problem> {
    let mut tree = Tree::of(text, version);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan_problem(&error))?;
        if matches!(event, Event::DocumentEnd) {
            tree.end_document();
        } else {
            tree.take(event, span)?;
        }
    }
    Ok(tree.stream)
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
    /// What is merged into an object, once its own members are known.
    merged: Vec<Node>,
}

#[derive(Default)]
struct Tree {
    /// The byte offset of each character, where they differ.
    offsets: Vec<usize>,
    is_ascii: bool,
    end: usize,
    version: Version,
    open: Vec<Open>,
    /// Nodes that aliases repeat, with their sizes.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
    stream: Stream,
}

impl Tree {
    /// The tree of a text, of which nothing is read yet.
    fn of(text: &str, version: Version) -> Self {
        let is_ascii = text.is_ascii();
        Tree {
            offsets: if is_ascii {
                Vec::new()
            } else {
                text.char_indices().map(|(at, _)| at).collect()
            },
            is_ascii,
            end: text.len(),
            version,
            ..Tree::default()
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        let start = self.offset(span.start.index());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let (known, tag) = (core_tag(tag.as_deref()), short_tag(tag));
                let value = match (known, &tag) {
                    (Some(known), _) => scalar::tagged(&known, &text),
                    (None, None) if style == ScalarStyle::Plain => self.plain(&text, start),
                    _ => Value::String(text.into_owned()),
                };
                let node = self.node(value, start, self.offset(span.end.index()));
                let size = size(&node);
                self.finish(tagged(node, tag), anchor, size, span)
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
                self.merge(&mut open, span)?;
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
        if self.is_ascii {
            character.min(self.end)
        } else {
            self.offsets.get(character).copied().unwrap_or(self.end)
        }
    }

    fn end_document(&mut self) {
        let root = self.root.take();
        let holds = |root: &Node| !matches!(root.value, Value::Null);
        self.stream.documents.extend(root.filter(holds));
        self.anchors.clear();
    }

    /// A scalar without quotes. A key stays as it is written.
    fn plain(&mut self, text: &str, start: usize) -> Value {
        let value = scalar::plain(text, self.version);
        let note = scalar::note(text, &value, self.version);
        let is_key =
            |open: &Open| open.key.is_none() && matches!(open.node.value, Value::Object(_));
        if self.open.last().is_some_and(is_key) {
            if note.is_some() {
                let note =
                    format!("the key `{text}` may be read as a boolean or a number: quote it");
                self.stream.notes.insert(start, note);
            }
            return Value::String(text.to_owned());
        }
        if let Some(note) = note {
            self.stream.notes.insert(start, note);
        }
        value
    }

    /// Writes merged members behind an object's own, which win; of merged ones the first does.
    fn merge(&mut self, open: &mut Open, span: Span) -> Result<(), Problem> {
        if let (Value::Object(members), false) = (&mut open.node.value, open.merged.is_empty()) {
            let mut known: HashSet<String> =
                members.iter().map(|member| member.key.clone()).collect();
            for node in std::mem::take(&mut open.merged) {
                let Value::Object(merged) = node.value else {
                    return Err(problem(span, "`<<` merges objects, or a list of them"));
                };
                members.extend(
                    merged
                        .into_iter()
                        .filter(|one| known.insert(one.key.clone())),
                );
            }
        }
        Ok(())
    }

    fn node(&self, value: Value, start: usize, end: usize) -> Node {
        Node {
            span: start..end.max(start),
            ..Node::new(value)
        }
    }

    fn refuse_depth(&self, span: Span) -> Result<(), Problem> {
        if self.open.len() < MAX_DEPTH {
            return Ok(());
        }
        let message = format!("this nests deeper than {MAX_DEPTH}");
        Err(problem(span, &message))
    }

    fn push(
        &mut self,
        value: Value,
        start: usize,
        anchor: usize,
        tag: Option<String>,
        span: Span,
    ) -> Result<(), Problem> {
        self.refuse_depth(span)?;
        let node = self.node(value, start, start);
        self.open.push(Open {
            node,
            anchor,
            tag,
            key: None,
            merged: Vec::new(),
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
        self.count(size, span)?;
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        if let Some(merge) = parent.take(node, span)? {
            self.stream.notes.insert(merge, MERGE.to_owned());
        }
        Ok(())
    }

    fn count(&mut self, size: usize, span: Span) -> Result<(), Problem> {
        self.nodes += size;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let message = format!("this document has more than {MAX_NODES} values");
        Err(problem(span, &message))
    }
}

impl Open {
    /// Takes a complete node: an item, a key, or the value of the key before; of a merge it says where that stands.
    fn take(&mut self, node: Node, span: Span) -> Result<Option<usize>, Problem> {
        match (&mut self.node.value, self.key.take()) {
            (Value::Array(items), _) => items.push(node),
            (Value::Object(_), Some(key)) if is_merge(&key) => {
                self.take_merged(node);
                return Ok(Some(key.span.start));
            }
            (Value::Object(members), Some(key)) => members.push(Member {
                key_span: key.span.clone(),
                key: key_text(key).ok_or_else(|| problem(span, "a key must be a scalar"))?,
                node,
            }),
            (_, None) => self.key = Some(node),
            (_, Some(_)) => {}
        }
        Ok(None)
    }

    fn take_merged(&mut self, node: Node) {
        match node.value {
            Value::Array(items) => self.merged.extend(items),
            _ => self.merged.push(node),
        }
    }
}

/// A key as text, if it is a scalar.
fn key_text(key: Node) -> Option<String> {
    match key.value {
        Value::String(name) | Value::Number(name) => Some(name),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some("null".to_owned()),
        _ => None,
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

/// How many values a node has; a long text counts as many.
fn size(node: &Node) -> usize {
    let text = node.as_str().map_or(0, |text| text.len() / LONG);
    1 + text
        + node.items().iter().map(size).sum::<usize>()
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

/// What CloudFormation's documentation says of merges.
const MERGE: &str =
    "`<<` is merged; CloudFormation itself takes no merges, only tools that write them out before";

fn is_merge(key: &Node) -> bool {
    key.as_str() == Some("<<")
}

/// `str` for `!!str`.
fn core_tag(tag: Option<&Tag>) -> Option<String> {
    let tag = tag.filter(|tag| tag.is_yaml_core_schema())?;
    Some(tag.suffix.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::json::write;

    fn json(text: &str) -> String {
        match read(text, Version::V1_1) {
            Ok(stream) => {
                let documents = stream.documents.iter().map(write);
                documents.collect::<String>().split_whitespace().collect()
            }
            Err(problem) => format!(
                "{}:{} {}",
                problem.place.line, problem.place.column, problem.message
            ),
        }
    }

    #[test]
    fn yaml_is_read_as_cloudformation_reads_it() {
        assert_eq!(
            json("a: [1, 3.0e2, '3', true, ~, 08, x]"),
            r#"{"a":[1,3.0e2,"3",true,null,"08","x"]}"#
        );
        assert_eq!(json("a: &x [b]\nc: *x"), r#"{"a":["b"],"c":["b"]}"#);
        assert_eq!(
            json("a: !Sub '${x}'\nb: !GetAtt [c, d]"),
            r#"{"a":{"Fn::Sub":"${x}"},"b":{"Fn::GetAtt":["c","d"]}}"#
        );
        assert_eq!(
            json("a: [NO, !!str NO, 'NO']"),
            r#"{"a":[false,"NO","NO"]}"#
        );
        assert_eq!(json("on: 1\n2: 3"), r#"{"on":1,"2":3}"#);
        assert_eq!(json("a: 1\n---\n---\nb: 2"), r#"{"a":1}{"b":2}"#);
    }

    #[test]
    fn merges_are_written_out_and_noted() {
        let text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {b: 3, <<: [*x, *y]}";
        assert!(
            json(text).ends_with(r#""z":{"b":3,"a":1,"c":2}}"#),
            "{}",
            json(text)
        );
        let notes = read(text, Version::V1_1).unwrap().notes;
        assert_eq!(
            notes.keys().copied().collect::<Vec<_>>(),
            [text.find("<<").unwrap()]
        );
        assert!(json("a: {<<: 1}").contains("merges objects"));
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "é: x\nkey: [ü, v]\n";
        let tree = read(text, Version::V1_1).unwrap().documents.remove(0);
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
