//! The code blocks of a page come in; the JSON blocks in them go out, each told apart as an event, an
//! event pattern or other JSON, with its repairs placed in the page.

use super::marks::unmark_event;
use super::page::{Block, Code, Page};
use super::quoted;
use super::shape::MAX_PATH;
use super::written_type::{self, WrittenType};
use eventbridge_catalog::json::{self, Node, Parsed, ReadError, Repair, RepairKind, Value};
use eventbridge_catalog::text::Extract;
use std::sync::Arc;

/// A JSON block of a page.
#[derive(Clone, Debug)]
pub(crate) struct Sample<'p> {
    /// What it is.
    pub kind: SampleKind,
    /// The detail-types it names: some for an event, any number for a pattern.
    pub detail_types: Vec<String>,
    /// The detail-types that it marks as what a reader is to replace: they name no event.
    pub marked: Vec<String>,
    /// The event source, of an event that lacks it, where its page tells elsewhere.
    pub source: Option<String>,
    /// The paths below its detail of values that it marks as what a reader is to replace.
    pub replaced: Vec<String>,
    /// Whether a plain JSON parser would have read it.
    pub strict: bool,
    /// What was repaired.
    pub repairs: Vec<Repair>,
    /// The block, repaired. What is kept of an event is as large as the event: it is shared, not copied.
    pub node: Arc<Node>,
    /// Which of the page's blocks it stands in.
    pub block: usize,
    text: &'p Extract,
}

/// What a JSON block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleKind {
    /// An event as it arrives.
    Event,
    /// An event pattern, as a rule holds it.
    Pattern,
    /// Anything else: a policy, a template, an API response.
    Other,
}

impl SampleKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            SampleKind::Event => "event",
            SampleKind::Pattern => "pattern",
            SampleKind::Other => "other",
        }
    }
}

impl Sample<'_> {
    /// The byte offset in the page of an offset in the block's text.
    pub(crate) fn origin(&self, at: usize) -> usize {
        self.text.origin(at)
    }

    /// Where the block begins in the page.
    pub(crate) fn at(&self) -> usize {
        self.origin(self.node.span.start)
    }
}

/// A block that could not be read, at a byte offset of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Byte offset in the page.
    pub at: usize,
    /// Why, and how to go on.
    pub error: ReadError,
}

/// All JSON blocks of a page, in reading order.
///
/// # Errors
///
/// Blocks beyond the limits, and a block that the page's end cuts off.
pub(crate) fn find(page: &Page) -> Result<Vec<Sample<'_>>, Unreadable> {
    let mut samples = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        if let Block::Code(code) = block {
            find_in_code(code, index, &mut samples)?;
        }
    }
    Ok(samples)
}

fn find_in_code<'p>(
    code: &'p Code,
    block: usize,
    samples: &mut Vec<Sample<'p>>,
) -> Result<(), Unreadable> {
    let text = &code.text.text;
    let values = json::Texts::new(text);
    let mut from = 0;
    while let Some(start) = next_start(text, from) {
        let at = |offset| code.text.origin(offset);
        let reading = values.read(start).map_err(|error| Unreadable {
            at: at(error.at),
            error,
        })?;
        if reading.unclosed && code.open {
            return Err(cut_off(at(start)));
        }
        from = reading.node.span.end.max(start + 1);
        if is_json(&reading.node, &reading.repairs) {
            let found = parts(reading).map(|reading| {
                let strict = reading.strict();
                classify(reading.node, reading.repairs, strict, block, &code.text)
            });
            samples.extend(found);
        }
    }
    find_in_quotes(code, block, samples);
    Ok(())
}

/// Adds the events and patterns that commands are given in quotes, where they stand.
fn find_in_quotes<'p>(code: &'p Code, block: usize, samples: &mut Vec<Sample<'p>>) {
    let Some(quoted) = quoted::find(&code.text.text) else {
        return;
    };
    let first = samples.partition_point(|sample| sample.block < block);
    let taken = |at: usize| {
        let found = &samples[first..];
        let behind = found.partition_point(|sample| sample.node.span.start <= at);
        let around = found[..behind].last();
        around.is_some_and(|it| it.kind != SampleKind::Other && it.node.span.contains(&at))
    };
    let free: Vec<_> = quoted.values.iter().filter(|at| !taken(at.start)).collect();
    let values = json::Texts::new(&quoted.text);
    for at in free {
        let Ok(reading) = values.read(at.start) else {
            continue;
        };
        let whole =
            reading.strict() && quoted.text[reading.node.span.end..at.end].trim().is_empty();
        let sample = classify(reading.node, reading.repairs, true, block, &code.text);
        if whole && sample.kind != SampleKind::Other {
            samples.push(sample);
        }
    }
    samples[first..].sort_by_key(|sample| sample.node.span.start);
}

/// The blocks that a reading makes: each event of an array of events is one of its own.
fn parts(mut reading: Parsed) -> impl Iterator<Item = Parsed> {
    let events = !reading.node.items().is_empty() && reading.node.items().iter().all(is_event);
    let nodes = match reading.node.value {
        Value::Array(items) if events => items,
        value => vec![Node {
            value,
            ..reading.node
        }],
    };
    let last = nodes.len() - 1;
    nodes.into_iter().enumerate().map(move |(index, node)| {
        let ends = |repair: &Repair| index == last || repair.at < node.span.end;
        let count = reading.repairs.iter().take_while(|it| ends(it)).count();
        Parsed {
            repairs: reading.repairs.drain(..count).collect(),
            unclosed: reading.unclosed,
            node,
        }
    })
}

fn cut_off(at: usize) -> Unreadable {
    let message = "the page ends inside the block that begins here; \
                   is the file complete? fetch it again, or close the block";
    Unreadable {
        at,
        error: ReadError {
            at,
            message: message.to_owned(),
        },
    }
}

/// The next line that begins with a bracket, as a JSON block does. Brackets inside lines belong to
/// commands, templates and programs.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut line_start = from;
    loop {
        let line = text.get(line_start..)?;
        let trimmed = line.trim_start_matches([' ', '\t', '\u{a0}']);
        if opens_json(trimmed) {
            return Some(line_start + (line.len() - trimmed.len()));
        }
        line_start += line.find('\n')? + 1;
    }
}

fn opens_json(line: &str) -> bool {
    let mut after = line
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(_, c)| c);
    match (after.next(), after.next()) {
        (Some('{'), Some(next)) => next != '%' && next != '{',
        (Some('['), Some(next)) => {
            matches!(next, '{' | '"' | '[' | ']' | '\'') || next.is_ascii_digit()
        }
        (Some('{' | '['), None) => true,
        _ => false,
    }
}

/// Whether a block is JSON at all, not a program or a template that happens to begin with a bracket:
/// most of its text could be read.
fn is_json(node: &Node, repairs: &[Repair]) -> bool {
    let skipped = repairs
        .iter()
        .filter(|repair| repair.kind == RepairKind::Skipped)
        .count();
    skipped <= node.members().len() + node.items().len()
}

fn classify(
    mut node: Node,
    repairs: Vec<Repair>,
    strict: bool,
    block: usize,
    text: &Extract,
) -> Sample<'_> {
    let kind = match () {
        () if is_event(&node) || lacks_source(&node) => SampleKind::Event,
        () if is_pattern(&node) => SampleKind::Pattern,
        () => SampleKind::Other,
    };
    let (detail_types, marked) = match kind {
        SampleKind::Other => Default::default(),
        SampleKind::Event | SampleKind::Pattern => named(&node),
    };
    let replaced = match kind {
        SampleKind::Event => unmark_event(&mut node),
        _ => Vec::new(),
    };
    Sample {
        kind,
        detail_types,
        marked,
        source: None,
        replaced,
        strict,
        repairs,
        node: Arc::new(node),
        block,
        text,
    }
}

/// The detail-types of an event or a pattern: those it names, and those it marks.
fn named(node: &Node) -> (Vec<String>, Vec<String>) {
    let (mut names, mut marked) = (Vec::new(), Vec::new());
    let Some(detail_type) = node.get("detail-type") else {
        return (names, marked);
    };
    let nodes = || detail_type.items().iter().chain([detail_type]);
    let beside = nodes().flat_map(|node| node.alternatives.iter().map(|(text, _)| text.as_str()));
    for text in nodes().filter_map(Node::as_str).chain(beside) {
        match written_type::read(text) {
            WrittenType::Names(found) => names.extend(found),
            WrittenType::Marked(name) => marked.push(name),
            WrittenType::Placeholder => {}
        }
    }
    (names, marked)
}

fn is_event(node: &Node) -> bool {
    let is_text = |key| node.get(key).is_some_and(|text| text.as_str().is_some());
    is_text("source") && is_text("detail-type")
}

/// Whether all but the source of an event is there.
fn lacks_source(node: &Node) -> bool {
    let is_text = |key| node.get(key).is_some_and(|text| text.as_str().is_some());
    let has_detail = node
        .get("detail")
        .is_some_and(|detail| matches!(detail.value, Value::Object(_)));
    node.get("source").is_none() && is_text("detail-type") && has_detail
}

/// The keys of the envelope, which are also the top-level keys of a pattern.
const ENVELOPE: [&str; 10] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    "replay-name",
];

/// A pattern has the envelope's keys, but arrays (or objects of arrays) where an event has values.
/// Pages misspell the case of keys.
fn is_pattern(node: &Node) -> bool {
    let members = node.members();
    !members.is_empty()
        && members.iter().all(|member| {
            let key = member.key.to_ascii_lowercase();
            (key == "$or" || ENVELOPE.contains(&key.as_str())) && is_rule(&member.node)
        })
}

fn is_rule(node: &Node) -> bool {
    match &node.value {
        Value::Array(_) => true,
        Value::Object(members) => members.iter().all(|member| is_rule(&member.node)),
        _ => false,
    }
}

/// One dotted path for each key under `detail`, sorted: `InputDataConfig[].ChannelName`.
pub(crate) fn detail_paths(event: &Node) -> Vec<String> {
    let mut paths = std::collections::BTreeSet::new();
    if let Some(detail) = event.get("detail") {
        walk(detail, "", &mut |path, _| {
            paths.insert(path.to_owned());
        });
    }
    paths.into_iter().collect()
}

/// Calls `visit` with the path and the member of every key below `node`, in the order of the text, but for keys that
/// lie behind a path of more than [`MAX_PATH`] bytes.
pub(crate) fn walk<'n>(node: &'n Node, path: &str, visit: &mut dyn FnMut(&str, &'n json::Member)) {
    walk_on(node, &mut path.to_owned(), visit);
}

/// The path of where the walk stands is one text, which grows and shrinks.
fn walk_on<'n>(node: &'n Node, path: &mut String, visit: &mut dyn FnMut(&str, &'n json::Member)) {
    let length = path.len();
    match &node.value {
        _ if length > MAX_PATH => {}
        Value::Object(members) => {
            for member in members {
                eventbridge_catalog::path::push_key(path, &member.key);
                visit(path, member);
                walk_on(&member.node, path, visit);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            path.push_str("[]");
            items.iter().for_each(|item| walk_on(item, path, visit));
            path.truncate(length);
        }
        _ => {}
    }
}

/// Calls `visit` with the member of every key below `node`, at all depths, in the order of the text.
pub(crate) fn each_member<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n json::Member)) {
    for member in node.members() {
        visit(member);
        each_member(&member.node, visit);
    }
    node.items()
        .iter()
        .for_each(|item| each_member(item, visit));
}
