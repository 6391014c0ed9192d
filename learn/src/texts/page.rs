//! A page comes in with its samples; what its definition lists, tables and bullets say of the fields that the samples
//! show goes out.

use super::sentence::{of_prose, of_spans};
use super::{EventTexts, PageTexts};
use crate::page::{Block, Page, Prose, Span};
use crate::sample::{Sample, SampleKind, walk};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How far from an event its fields are described, in events on either side.
const NEAR: usize = 8;

/// How many paragraphs behind a term may say what it means: cells of a table, of which some hold a kind alone.
const CELLS: usize = 4;

/// A description has so many words; fewer are a kind, or `Yes`.
const WORDS: usize = 3;

/// What a page says of the fields of its events.
pub(crate) fn texts(name: String, page: &Page, samples: &[Sample<'_>]) -> PageTexts {
    let terms = page.blocks.iter().filter_map(term);
    let keys: HashSet<String> = terms.map(|(term, _)| path::last_key(term)).collect();
    let events = samples.iter();
    let events: Vec<Event<'_>> = events.filter_map(|it| Event::of(it, &keys)).collect();
    let mut texts = PageTexts {
        page: name,
        sources: BTreeMap::new(),
    };
    let mut object = String::new();
    for (index, block) in page.blocks.iter().enumerate() {
        if matches!(block, Block::Heading(_)) {
            object.clear();
        }
        let Some((term, rest)) = term(block) else {
            continue;
        };
        let Some((event, path)) = meant(&events, index, &object, term) else {
            continue;
        };
        object = path::around(&path).into_iter().next().unwrap_or_default();
        let behind = &page.blocks[index + 1..];
        if let Some(text) = said(rest).or_else(|| said_behind(behind, &events, index)) {
            event.note(path, &text, &mut texts.sources);
        }
    }
    texts
}

/// A sample of an event, and the paths of its fields that end in a key which a term of the page has.
struct Event<'s> {
    block: usize,
    source: &'s str,
    detail_types: &'s [String],
    /// The shortest path that ends in a key; none where two are as short.
    by_key: HashMap<&'s str, Option<String>>,
    paths: HashSet<String>,
}

impl<'s> Event<'s> {
    fn of(sample: &'s Sample<'_>, keys: &HashSet<String>) -> Option<Event<'s>> {
        if sample.kind != SampleKind::Event {
            return None;
        }
        let mut event = Event {
            block: sample.block,
            source: sample.node.get("source")?.as_str()?,
            detail_types: &sample.detail_types,
            by_key: HashMap::new(),
            paths: HashSet::new(),
        };
        walk(sample.node.get("detail")?, "", &mut |path, member| {
            if !keys.contains(&member.key) {
                return;
            }
            let depth = |path: &str| path.matches(['.', '[']).count();
            let known = event.by_key.entry(&member.key);
            let known = known.or_insert_with(|| Some(path.to_owned()));
            match known.as_ref().map(|other| depth(path).cmp(&depth(other))) {
                Some(std::cmp::Ordering::Less) => *known = Some(path.to_owned()),
                Some(std::cmp::Ordering::Equal) if known.as_deref() != Some(path) => *known = None,
                _ => {}
            }
            event.paths.insert(path.to_owned());
        });
        Some(event)
    }

    /// The path of the field that a term means, where the one before it stands in an object.
    fn path(&self, object: &str, term: &str) -> Option<String> {
        let beside = path::key(object, term);
        let term = term.strip_prefix("detail.").unwrap_or(term);
        match [beside.as_str(), term].map(|path| self.paths.contains(path)) {
            [true, _] => Some(beside),
            [_, true] => Some(term.to_owned()),
            _ => self.by_key.get(term).cloned().flatten(),
        }
    }

    fn note(&self, path: String, text: &str, sources: &mut BTreeMap<String, EventTexts>) {
        let events = sources.entry(self.source.to_owned()).or_default();
        for detail_type in self.detail_types {
            let fields = events.entry(detail_type.clone()).or_default();
            fields
                .entry(path.clone())
                .or_insert_with(|| text.to_owned());
        }
    }
}

/// The event that has a field of this name: the nearest before, else the nearest after.
fn meant<'e, 's>(
    events: &'e [Event<'s>],
    index: usize,
    object: &str,
    term: &str,
) -> Option<(&'e Event<'s>, String)> {
    let split = events.partition_point(|event| event.block < index);
    let before = events[..split].iter().rev().take(NEAR);
    let mut near = before.chain(events[split..].iter().take(NEAR));
    near.find_map(|event| Some((event, event.path(object, term)?)))
}

/// The term that a block begins with, and what follows it there: inline code, or a single word.
fn term(block: &Block) -> Option<(&str, &[Span])> {
    let (Block::Item(prose) | Block::Paragraph(prose)) = block else {
        return None;
    };
    match (block, prose.spans.split_first()?) {
        (Block::Item(_), (Span::Code(term, _), rest)) => Some((term, rest)),
        (_, (Span::Code(term, _), [])) => Some((term, &[])),
        (_, (Span::Text(text), [])) if is_name(text) => Some((text.trim(), &[])),
        _ => None,
    }
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    let inner = |c: char| c.is_alphanumeric() || "_-.[]".contains(c);
    !text.is_empty() && text.chars().all(inner)
}

/// What stands behind a term in its own block.
fn said(rest: &[Span]) -> Option<String> {
    of_spans(rest).filter(|text| text.split(' ').count() >= WORDS)
}

/// What the paragraphs behind a term say, up to the next.
fn said_behind(behind: &[Block], events: &[Event<'_>], index: usize) -> Option<String> {
    let cells = behind.iter().take(CELLS).map_while(|block| match block {
        Block::Paragraph(prose) => Some((block, prose)),
        _ => None,
    });
    let is_term = |block: &Block| {
        let term = term(block);
        term.is_some_and(|(term, _)| meant(events, index, "", term).is_some())
    };
    let cells = cells.take_while(|(block, _)| !is_term(block));
    let texts = cells.filter_map(|(_, prose): (_, &Prose)| of_prose(prose));
    let texts: Vec<String> = texts
        .filter(|text| text.split(' ').count() >= WORDS)
        .collect();
    // A kind may have as many words as a description; a sentence it is not.
    let sentence = texts.iter().find(|text| text.ends_with(['.', '。']));
    let longest = || texts.iter().max_by_key(|text| text.len());
    sentence.or_else(longest).cloned()
}
