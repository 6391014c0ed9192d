//! Running text comes in, inline code and all; one text for it goes out, in which each inline code has its range.

use super::super::page::{Prose, Span};
use std::ops::Range;

/// Running text as one string.
#[derive(Default)]
pub(super) struct Flat<'p> {
    pub(super) text: String,
    /// Each inline code: where it stands in the text, what it says, and its byte offset in the page.
    pub(super) codes: Vec<(Range<usize>, &'p str, usize)>,
    /// The byte offset in the page where it begins.
    pub(super) at: usize,
}

impl<'p> Flat<'p> {
    pub(super) fn new(prose: &'p Prose) -> Flat<'p> {
        let mut flat = Flat {
            at: prose.at,
            ..Flat::default()
        };
        for span in &prose.spans {
            let from = flat.text.len();
            match span {
                Span::Text(text) => flat.text.push_str(text),
                Span::Code(code, at) => {
                    flat.text.push_str(code);
                    flat.codes.push((from..flat.text.len(), code, *at));
                }
            }
        }
        flat
    }

    /// The inline code that begins at a byte.
    pub(super) fn code_at(&self, at: usize) -> Option<&(Range<usize>, &'p str, usize)> {
        let index = self.codes.partition_point(|(range, ..)| range.start < at);
        self.codes
            .get(index)
            .filter(|(range, ..)| range.start == at)
    }

    /// The inline code that begins within a range.
    pub(super) fn codes_in(&self, range: Range<usize>) -> &[(Range<usize>, &'p str, usize)] {
        let first = self
            .codes
            .partition_point(|(code, ..)| code.start < range.start);
        let end = self
            .codes
            .partition_point(|(code, ..)| code.start < range.end);
        &self.codes[first..end.max(first)]
    }

    /// Where the sentence ends in which a byte lies: no stop in inline code counts.
    pub(super) fn sentence_end(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let stops = rest.match_indices(['.', '!', '?', '。', '！', '？', '；', ';']);
        let ends = |at: usize, stop: &str| {
            let behind = self.text[at + stop.len()..].chars().next();
            let wide = !stop.is_ascii();
            let in_code = self.codes.partition_point(|(code, ..)| code.end <= at);
            let in_code = self
                .codes
                .get(in_code)
                .is_some_and(|(code, ..)| code.contains(&at));
            !in_code && (wide || behind.is_none_or(char::is_whitespace))
        };
        let mut stops = stops.map(|(at, stop)| (from + at, stop));
        stops
            .find(|(at, stop)| ends(*at, stop))
            .map_or(self.text.len(), |(at, _)| at)
    }
}
