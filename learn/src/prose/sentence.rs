//! Running text comes in; the inline code of each sentence, the value of a list item, and whether a
//! paragraph is a title, go out.

use super::super::page::{Block, Prose, Span};
use super::word::{is_bare_word, is_word};

/// The longest heading, in bytes.
const MAX_TITLE: usize = 200;

/// Inline code in running text.
#[derive(Clone, Copy)]
pub(super) struct Word<'p> {
    pub(super) text: &'p str,
    pub(super) at: usize,
    /// The text between the code before it and this.
    pub(super) before: &'p str,
}

/// The inline code of each sentence.
pub(super) fn sentences(prose: &Prose) -> Vec<Vec<Word<'_>>> {
    let mut sentences = vec![Vec::new()];
    let mut before = "";
    for span in &prose.spans {
        match span {
            Span::Text(text) => {
                before = text.trim();
                if ends_sentence(text) {
                    sentences.push(Vec::new());
                }
            }
            Span::Code(text, at) => {
                let before = std::mem::take(&mut before);
                let at = *at;
                if let Some(sentence) = sentences.last_mut() {
                    sentence.push(Word { text, at, before });
                }
            }
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The plain words of running text that may be names.
pub(super) fn plain_words(prose: &Prose) -> impl Iterator<Item = Word<'_>> {
    let part = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let texts = prose.spans.iter().filter_map(|span| match span {
        Span::Text(text) => Some(text.as_str()),
        Span::Code(..) => None,
    });
    let words = texts.flat_map(move |text| text.split(part).filter(|word| !word.is_empty()));
    words.map(|text| Word {
        text,
        at: prose.at,
        before: "",
    })
}

/// Whether values stand in a row: words between them, but for the last two, may be parts of values.
pub(super) fn is_enumeration(values: &[Word<'_>]) -> bool {
    let Some((last, others)) = values.get(1..).and_then(<[_]>::split_last) else {
        return false;
    };
    let joins = |word: &Word<'_>| {
        word.before == last.before || !word.before.contains(char::is_alphanumeric)
    };
    others.iter().all(joins)
}

/// Whether only signs and one word such as "or" part the words of a row.
pub(super) fn is_row(words: &[Word<'_>]) -> bool {
    let parts = |word: &Word<'_>| {
        let mut between = word.before.split(|c: char| !c.is_alphanumeric());
        let said = between.by_ref().filter(|part| !part.is_empty()).count();
        !word.before.is_empty() && said <= 1
    };
    words[1..].iter().all(parts) && is_enumeration(words)
}

/// Whether a paragraph is inline code alone.
pub(super) fn is_alone(prose: &Prose) -> bool {
    matches!(&prose.spans[..], [Span::Code(..)])
}

/// Whether a paragraph introduces what follows it, in any script.
pub(super) fn ends_in_colon(prose: &Prose) -> bool {
    match prose.spans.last() {
        Some(Span::Text(text)) => text.trim_end().ends_with([':', '：']),
        _ => false,
    }
}

/// Whether a sentence ends in a text, in any script.
fn ends_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？', '।'])
        || [". ", "! ", "? "].iter().any(|end| text.contains(end))
}

/// The value that a list item names.
pub(super) fn listed_value(item: &Prose) -> Option<(&str, usize)> {
    let mut spans = item
        .spans
        .iter()
        .filter(|span| !matches!(span, Span::Text(text) if text.trim().is_empty()));
    match (spans.next()?, spans.next()) {
        (Span::Code(value, at), _) if is_word(value) => Some((value, *at)),
        (Span::Text(value), None) if is_bare_word(value.trim()) => Some((value.trim(), item.at)),
        _ => None,
    }
}

/// Whether a paragraph looks like a heading, which plain text cannot mark: no punctuation
/// stands behind it.
pub(super) fn is_title(block: &Block) -> bool {
    let prose = match block {
        Block::Heading(_) => return true,
        Block::Paragraph(prose) => prose,
        _ => return false,
    };
    match prose.spans.as_slice() {
        [Span::Text(text)] => {
            let begins = text.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
            begins && text.len() <= MAX_TITLE && text.ends_with(char::is_alphanumeric)
        }
        _ => false,
    }
}
