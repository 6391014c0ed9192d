//! A detail-type as a page spells it comes in; the names that it stands for go out.
//!
//! Pages mark what a reader is to replace (`{{…}}`, `*…*`, backticks, `<…>`), write a kind instead of a name
//! (`string`), or several names at once (`Lid opened|closed`). What is marked names no event: it only confirms one
//! that is named without a mark. Where a sample has no name of its own, the text after it may tell: a term
//! `detail-type`, and behind it the names, as code or as a list of code.

use super::page::{Block, Page, Prose, Span};
use super::sample::{Kind, Sample};
use std::collections::BTreeSet;

/// What a detail-type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// These names.
    Names(Vec<String>),
    /// A name in marks.
    Marked(String),
    /// Any name.
    Placeholder,
}

/// A list of names has no more than this.
const MAX_NAMES: usize = 64;

/// Reads a detail-type as a page spells it.
pub(super) fn read(text: &str) -> Naming {
    let text = text.trim();
    if let Some(inner) = without_marks(text) {
        return Naming::Marked(inner.to_owned());
    }
    let has_marks = ["`", "{{", "${", "*", "<"]
        .iter()
        .any(|mark| text.contains(mark));
    if has_marks || is_kind(text) {
        return Naming::Placeholder;
    }
    Naming::Names(alternatives(text))
}

/// The text between marks that stand around all of it.
fn without_marks(text: &str) -> Option<&str> {
    const MARKS: [(&str, &str); 8] = [
        ("<replaceable>", "</replaceable>"),
        ("{{", "}}"),
        ("${", "}"),
        ("{", "}"),
        ("`", "`"),
        ("**", "**"),
        ("*", "*"),
        ("<", ">"),
    ];
    let inner = MARKS.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(close)).then_some(inner.trim())
    })?;
    Some(without_marks(inner).unwrap_or(inner))
}

/// Whether a word stands for any text.
fn is_kind(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "string",
        "text",
        "str",
        "detail-type",
        "detail type",
        "value",
        "...",
        ". . .",
        "…",
    ]
    .contains(&lower.as_str())
}

/// `Lid opened|closed` → `Lid opened`, `Lid closed`; `Lid opened | Lid closed` are two names.
fn alternatives(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    if parts.len() < 2 || parts.len() > MAX_NAMES || parts.iter().any(|part| part.is_empty()) {
        return vec![text.to_owned()];
    }
    let is_word = |part: &&str| !part.contains(' ');
    let before = parts[0].rsplit_once(' ').map(|(before, _)| before);
    let names: Vec<String> = match before.filter(|_| parts[1..].iter().all(is_word)) {
        Some(before) => std::iter::once(parts[0].to_owned())
            .chain(parts[1..].iter().map(|part| format!("{before} {part}")))
            .collect(),
        None => parts.iter().map(|part| (*part).to_owned()).collect(),
    };
    let mut known = BTreeSet::new();
    names
        .into_iter()
        .filter(|name| known.insert(name.clone()))
        .collect()
}

/// Names the events of a page that have no name of their own. Those that nothing names are no events to learn;
/// returns where they stand among the samples.
pub(super) fn resolve(page: &Page, samples: &mut [Sample<'_>]) -> Vec<usize> {
    let plain: BTreeSet<String> = samples
        .iter()
        .flat_map(|sample| sample.detail_types.iter().cloned())
        .collect();
    let mut nameless = Vec::new();
    for (index, sample) in samples.iter_mut().enumerate() {
        if sample.kind != Kind::Event || !sample.detail_types.is_empty() {
            continue;
        }
        let confirmed = sample.marked.iter().filter(|name| plain.contains(*name));
        sample.detail_types = confirmed.cloned().collect();
        if sample.detail_types.is_empty() {
            sample.detail_types = told_after(page, sample.block);
        }
        if sample.detail_types.is_empty() {
            sample.kind = Kind::Other;
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
            Naming::Names(names) => Some(names),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_kinds_and_alternatives_are_no_names() {
        for text in [
            "`Kiln Lit`",
            "{{Kiln Lit}}",
            "*Kiln Lit*",
            "**Kiln Lit**",
            "${Kiln Lit}",
            "<Kiln Lit>",
            "<replaceable>Kiln Lit</replaceable>",
            "*`Kiln Lit`*",
        ] {
            assert_eq!(read(text), Naming::Marked("Kiln Lit".to_owned()), "{text}");
        }
        for text in [
            "string",
            "String",
            "Kiln Vent `status`",
            "Kiln {{status}}",
            "Kiln <state>",
            "…",
        ] {
            assert_eq!(read(text), Naming::Placeholder, "{text}");
        }
        let names =
            |names: &[&str]| Naming::Names(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(read("Kiln Lit"), names(&["Kiln Lit"]));
        assert_eq!(
            read("Kiln Lid opened|closed|jammed"),
            names(&["Kiln Lid opened", "Kiln Lid closed", "Kiln Lid jammed"])
        );
        assert_eq!(
            read("Kiln Lit | Kiln Cooled"),
            names(&["Kiln Lit", "Kiln Cooled"])
        );
    }
}
