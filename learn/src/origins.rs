//! A page and its samples come in; the event sources of the events that lack one go out, if the text or the patterns
//! beside them tell: a term `source` with a source behind it, or a pattern or event of one source alone.

use super::names::is_source;
use super::page::{Block, Page, Prose, Span};
use super::sample::{Sample, SampleKind};
use eventbridge_catalog::json::Node;
use std::collections::BTreeSet;

/// Gives the events that lack a source theirs. Those for which nothing tells are no events to learn; returns where
/// they stand among the samples.
pub(super) fn find(page: &Page, samples: &mut [Sample<'_>]) -> Vec<usize> {
    let lacks = |sample: &Sample<'_>| {
        sample.kind == SampleKind::Event && sample.node.get("source").is_none()
    };
    if !samples.iter().any(lacks) {
        return Vec::new();
    }
    let told = told(page, samples);
    let headings: Vec<usize> = (0..page.blocks.len())
        .filter(|&at| matches!(page.blocks[at], Block::Heading(_)))
        .collect();
    let mut unknown = Vec::new();
    for (index, sample) in samples
        .iter_mut()
        .enumerate()
        .filter(|(_, sample)| lacks(sample))
    {
        let section = headings.partition_point(|&heading| heading < sample.block);
        let from = section.checked_sub(1).map_or(0, |last| headings[last]);
        let end = headings.get(section).copied().unwrap_or(usize::MAX);
        let near = told.partition_point(|(block, _)| *block < from)
            ..told.partition_point(|(block, _)| *block < end);
        sample.source = only(&told[near]).or_else(|| only(&told));
        if sample.source.is_none() {
            sample.kind = SampleKind::Other;
            unknown.push(index);
        }
    }
    unknown
}

/// The source, if there is one alone.
fn only(told: &[(usize, String)]) -> Option<String> {
    let (_, first) = told.first()?;
    told.iter()
        .all(|(_, source)| source == first)
        .then(|| first.clone())
}

/// The sources that a page tells, with their blocks, in reading order.
fn told(page: &Page, samples: &[Sample<'_>]) -> Vec<(usize, String)> {
    let mut told = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        if let Block::Paragraph(prose) | Block::Item(prose) = block {
            let described = || {
                let behind = page.blocks[index + 1..].iter().take(MAX_DESCRIPTION);
                let behind = behind.map_while(|block| match block {
                    Block::Paragraph(prose) => Some(prose),
                    _ => None,
                });
                is_term(prose)
                    .then(|| behind.filter_map(|prose| only_source(words(prose))).next())?
            };
            let source = in_prose(prose).or_else(described);
            told.extend(source.map(|source| (index, source)));
        }
    }
    for sample in samples {
        told.extend(
            sources(sample)
                .into_iter()
                .map(|source| (sample.block, source)),
        );
    }
    told.sort();
    told
}

/// "`source` - This is always `aws.kiln`": the only source behind the term.
fn in_prose(prose: &Prose) -> Option<String> {
    let words = words(prose);
    (words.first() == Some(&"source")).then(|| only_source(words))?
}

/// How many paragraphs may describe a term.
const MAX_DESCRIPTION: usize = 3;

/// Whether a text is the term `source` alone.
fn is_term(prose: &Prose) -> bool {
    words(prose) == ["source"]
}

fn words(prose: &Prose) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for span in &prose.spans {
        match span {
            Span::Code(code, _) => words.push(code),
            Span::Text(text) => {
                words.extend(text.split(|c: char| c.is_whitespace() || "\"'`:,;()".contains(c)))
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn only_source(words: Vec<&str>) -> Option<String> {
    let named: BTreeSet<&str> = words
        .into_iter()
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| {
            word.contains('.')
                && word.starts_with(|c: char| c.is_ascii_lowercase())
                && is_source(word)
        })
        .collect();
    match &Vec::from_iter(named)[..] {
        [source] => Some((*source).to_owned()),
        _ => None,
    }
}

/// The event sources of a block.
pub(super) fn sources(sample: &Sample<'_>) -> Vec<String> {
    let Some(source) = sample.node.get("source") else {
        return sample.source.iter().cloned().collect();
    };
    match sample.kind {
        SampleKind::Event => source.as_str().map(str::to_owned).into_iter().collect(),
        SampleKind::Pattern => {
            let texts = source.items().iter().filter_map(Node::as_str);
            texts.map(str::to_owned).collect()
        }
        SampleKind::Other => Vec::new(),
    }
}
