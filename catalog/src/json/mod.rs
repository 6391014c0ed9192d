//! JSON that remembers where it stood: text comes in, a tree with the span of every node goes out,
//! together with a log of what had to be repaired on the way.
//!
//! The same reader serves documentation pages, where samples are often not JSON
//! ([`read`]), and this project's own files, where a repair is an error ([`read_strict`]).

mod of;
mod read;
mod write;

pub use of::of;
pub use read::{MAX_DEPTH, Texts, read, read_strict};
pub use write::{compact, quote, write, write_within};

use std::ops::Range;

/// A value, and the bytes it covers in the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Byte range in the text read; empty for a node that was built.
    pub span: Range<usize>,
    /// Values that the page says may stand here as well: `"COMPLETED" (or "FAILED")`, or the quoted
    /// words of a comment inside an array. Each with its byte offset.
    pub alternatives: Vec<(String, usize)>,
}

/// What a [`Node`] holds. Numbers keep their spelling, objects their order and their duplicates.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as it is spelled: `1.0`.
    Number(String),
    /// Text, unescaped.
    String(String),
    /// `[…]`
    Array(Vec<Node>),
    /// `{…}`
    Object(Vec<Member>),
    /// A word where a value should stand, `Timestamp`: the page names a type or leaves a gap.
    Placeholder(String),
}

/// One `key: value` of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// Byte range of the key, quotes included.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

/// What was read at one place, and where it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The value, with its repairs made: of duplicate keys only the first is left.
    pub node: Node,
    /// Everything that had to be repaired, in the order of the text.
    pub repairs: Vec<Repair>,
    /// Whether a closing bracket was missing at the end of the text.
    pub unclosed: bool,
}

impl Parsed {
    /// Whether a plain JSON parser would have read the text too. Duplicate keys are legal JSON.
    pub fn strict(&self) -> bool {
        self.repairs
            .iter()
            .all(|repair| repair.kind == RepairKind::DuplicateKey)
    }
}

/// One thing that was not JSON, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What kind of defect.
    pub kind: RepairKind,
    /// Byte offset in the text read.
    pub at: usize,
    /// What was found and how it was read, in one sentence.
    pub message: String,
}

/// The kinds of malformation found in published samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// Two values without a comma between them.
    MissingComma,
    /// A comma before a closing bracket, or one too many.
    TrailingComma,
    /// A key that stands twice in one object; the first is kept.
    DuplicateKey,
    /// `# …`, `// …` or `/* … */`.
    Comment,
    /// A word without quotes: `Timestamp`, `True`, `12345678-1234-…`.
    BareWord,
    /// A bracket that is never closed.
    MissingClose,
    /// `}` where `]` is meant, or the other way round.
    WrongClose,
    /// Single or typographic quotes.
    NonstandardQuote,
    /// A string whose opening or closing quote is missing.
    MissingQuote,
    /// A line break inside a string.
    LineBreakInString,
    /// `012345678901`: kept as a string, so that no digit is lost.
    LeadingZeroNumber,
    /// `...` or `…` where the page leaves something out.
    Ellipsis,
    /// `"COMPLETED" (or "FAILED")`.
    Alternative,
    /// `{NAME_OF_AN_OBJECT}`, `<account-id>`, `${Name}`, `{{name}}` without quotes.
    Template,
    /// Members of an object directly inside `[ ]`.
    ObjectInArray,
    /// A key without a value, or other text that had to be skipped.
    Skipped,
}

impl RepairKind {
    /// The name in reports: `missing-comma`.
    pub fn name(self) -> &'static str {
        match self {
            RepairKind::MissingComma => "missing-comma",
            RepairKind::TrailingComma => "trailing-comma",
            RepairKind::DuplicateKey => "duplicate-key",
            RepairKind::Comment => "comment",
            RepairKind::BareWord => "bare-word",
            RepairKind::MissingClose => "missing-close",
            RepairKind::WrongClose => "wrong-close",
            RepairKind::NonstandardQuote => "nonstandard-quote",
            RepairKind::MissingQuote => "missing-quote",
            RepairKind::LineBreakInString => "line-break-in-string",
            RepairKind::LeadingZeroNumber => "leading-zero-number",
            RepairKind::Ellipsis => "ellipsis",
            RepairKind::Alternative => "alternative",
            RepairKind::Template => "template",
            RepairKind::ObjectInArray => "object-in-array",
            RepairKind::Skipped => "skipped",
        }
    }
}

/// Text that could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Byte offset in the text.
    pub at: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Node {
    /// A node that was built rather than read.
    pub fn new(value: Value) -> Self {
        Node {
            value,
            span: 0..0,
            alternatives: Vec::new(),
        }
    }

    /// A string node.
    pub fn string(text: impl Into<String>) -> Self {
        Node::new(Value::String(text.into()))
    }

    /// An array node.
    pub fn array(items: impl IntoIterator<Item = Node>) -> Self {
        Node::new(Value::Array(items.into_iter().collect()))
    }

    /// An object node, its members in the order given.
    pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Node)>) -> Self {
        let members = members.into_iter().map(|(key, node)| Member {
            key: key.into(),
            key_span: 0..0,
            node,
        });
        Node::new(Value::Object(members.collect()))
    }

    /// The members of an object; none for anything else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of an array; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members()
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.node)
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Node::string(text)
    }
}

impl From<bool> for Node {
    fn from(truth: bool) -> Self {
        Node::new(Value::Bool(truth))
    }
}

impl From<usize> for Node {
    fn from(number: usize) -> Self {
        Node::new(Value::Number(number.to_string()))
    }
}
