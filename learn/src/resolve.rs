//! A page and its samples come in; the names of the events that have none of their own go out, and names that the
//! page lists.
//!
//! Where a sample has no name of its own, the text after it may tell: a term `detail-type`, and behind it the names, as
//! code or as a list of code.

use super::page::{Block, Page, Prose, Span};
use super::sample::{Sample, SampleKind};
use super::written_type::{MAX_NAMES, WrittenType, read};
use std::collections::BTreeSet;

/// Names the events of a page that have no name of their own. Those that nothing names are no events to learn;
/// returns where they stand among the samples.
pub(super) fn resolve(page: &Page, samples: &mut [Sample<'_>]) -> Vec<usize> {
    let plain: BTreeSet<String> = samples
        .iter()
        .flat_map(|sample| sample.detail_types.iter().cloned())
        .collect();
    let mut nameless = Vec::new();
    for (index, sample) in samples.iter_mut().enumerate() {
        if sample.kind != SampleKind::Event || !sample.detail_types.is_empty() {
            continue;
        }
        let confirmed = sample.marked.iter().filter(|name| plain.contains(*name));
        sample.detail_types = confirmed.cloned().collect();
        if sample.detail_types.is_empty() {
            sample.detail_types = told_after(page, sample.block);
        }
        if sample.detail_types.is_empty() {
            sample.kind = SampleKind::Other;
            nameless.push(index);
        }
    }
    nameless
}

/// The names that the text after a block tells, in its section.
fn told_after(page: &Page, block: usize) -> Vec<String> {
    let section = page.blocks[block + 1..].iter();
    let mut section = section
        .take_while(|block| !matches!(block, Block::Heading(_)))
        .skip_while(|block| !prose(block).is_some_and(is_term));
    let mut names = section
        .next()
        .and_then(prose)
        .map(codes)
        .unwrap_or_default();
    if names.is_empty() {
        let mut rest = section.peekable();
        if let Some(Block::Paragraph(prose)) = rest.peek() {
            names = codes(prose);
            rest.next();
        }
        let items = rest.map_while(|block| match block {
            Block::Item(prose) if !is_term(prose) => Some(codes(prose)),
            _ => None,
        });
        if names.is_empty() {
            names = items.filter_map(|codes| codes.into_iter().next()).collect();
        }
    }
    names.truncate(MAX_NAMES);
    names
}

fn prose(block: &Block) -> Option<&Prose> {
    match block {
        Block::Paragraph(prose) | Block::Item(prose) => Some(prose),
        Block::Heading(_) | Block::Code(_) => None,
    }
}

/// Whether a text is about the detail-type: it begins with it, as code.
fn is_term(prose: &Prose) -> bool {
    matches!(prose.spans.first(), Some(Span::Code(code, _)) if code == "detail-type")
}

/// The names that stand in a text as code.
fn codes(prose: &Prose) -> Vec<String> {
    let codes = prose.spans.iter().filter_map(|span| match span {
        Span::Code(code, _) if code != "detail-type" => match read(code) {
            WrittenType::Names(names) => Some(names),
            _ => None,
        },
        _ => None,
    });
    codes.flatten().collect()
}

/// The names of events that a page lists: a list that a sentence ends in, of names alone, one of which a sample
/// names as well. Each with the byte where it stands.
pub(super) fn listed(page: &Page, samples: &[Sample<'_>]) -> Vec<(String, usize)> {
    let known: BTreeSet<&str> = samples
        .iter()
        .flat_map(|sample| sample.detail_types.iter().chain(&sample.marked))
        .map(String::as_str)
        .collect();
    let mut found = Vec::new();
    let mut blocks = page.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let introduces = matches!(block, Block::Paragraph(prose) if text(prose).ends_with(':'));
        let mut items = Vec::new();
        while introduces && let Some(Block::Item(prose)) = blocks.peek() {
            items.push((text(prose), prose.at));
            blocks.next();
        }
        let is_list = items.iter().any(|(item, _)| known.contains(item.as_str()))
            && items.len() > 1
            && are_names(&items);
        found.extend(items.into_iter().filter(|_| is_list));
    }
    found
}

/// How many names of events a page lists without a sample that tells whose they are, and where the first stands.
pub(super) fn listed_alone(page: &Page) -> Option<(usize, usize)> {
    const EVENTS: [&str; 12] = [
        "event",
        "ereignis",
        "événement",
        "événements",
        "イベント",
        "事件",
        "이벤트",
        "peristiwa",
        "acara",
        "событи",
        "evenement",
        "事件類型",
    ];
    let mut blocks = page.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let Block::Paragraph(prose) = block else {
            continue;
        };
        let lower = text(prose).to_lowercase();
        let introduces =
            lower.ends_with([':', '：', '。']) && EVENTS.iter().any(|word| lower.contains(word));
        let mut items = Vec::new();
        while introduces && let Some(Block::Item(prose)) = blocks.peek() {
            items.push((text(prose), prose.at));
            blocks.next();
        }
        if items.len() > 1 && are_names(&items) {
            return Some((items.len(), items[0].1));
        }
    }
    None
}

/// Whether all items are names of one service's events: they begin with the same word, and none is a sentence.
fn are_names(items: &[(String, usize)]) -> bool {
    let first = |item: &str| item.split(' ').next().map(str::to_owned);
    let is_name = |item: &str| {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/');
        item.len() <= 128 && item.contains(' ') && item.chars().all(inner)
    };
    let begins = items.first().and_then(|(item, _)| first(item));
    items
        .iter()
        .all(|(item, _)| is_name(item) && first(item) == begins)
}

fn text(prose: &Prose) -> String {
    let spans = prose.spans.iter().map(|span| match span {
        Span::Text(text) | Span::Code(text, _) => text.as_str(),
    });
    spans.collect::<String>().trim().to_owned()
}
