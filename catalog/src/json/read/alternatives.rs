//! What follows a value comes in: `(or "FAILED")`, `| "B"`, `or "B"`; the values that prose offers
//! beside the first one go out.

use super::signs::{is_quote, or_length};
use super::strings::{Quoted, Role};
use super::{Reader, is_space};
use crate::json::{Node, RepairKind};
use std::ops::Range;

/// What may stand before the first word of a comment.
const OPENS: [char; 6] = ['(', '/', '#', '*', '[', '`'];

/// How long a word between two quoted values may be: `or`, `oder`, `または`.
const WORD: usize = 16;

impl Reader<'_> {
    /// Adds the alternatives that follow a scalar to it.
    pub(super) fn alternatives(&mut self, node: &mut Node) {
        while let Some(found) = self.alternative() {
            node.alternatives.extend(found);
        }
    }

    fn alternative(&mut self) -> Option<Vec<(String, usize)>> {
        let begin = self.after_blanks(self.at);
        match self.char_at(begin)? {
            '(' => self.parenthesised(begin),
            ',' | '}' | ']' | '\n' | ':' | '#' => None,
            _ => self.connected(begin),
        }
    }

    /// `(or "FAILED")`: all quoted words in it, or else the bare ones behind an `or`.
    pub(super) fn parenthesised(&mut self, begin: usize) -> Option<Vec<(String, usize)>> {
        let inside = begin + 1;
        let end = self.find_near(inside, ")")?;
        let mut values = self.documented_values(inside..end);
        if values.is_empty() {
            values = self.bare_alternatives(inside..end);
        }
        if values.is_empty() {
            return None;
        }
        self.at = begin;
        self.log_alternative(begin, end + 1);
        self.token(end + 1);
        Some(values)
    }

    /// `or FAILED, STOPPED`
    fn bare_alternatives(&self, range: Range<usize>) -> Vec<(String, usize)> {
        let text = &self.text[range.clone()];
        if or_length(text.trim_start()).is_none() {
            return Vec::new();
        }
        let base = text.as_ptr() as usize;
        let words = text
            .split([' ', ',', '|', '/'])
            .filter(|word| !word.is_empty() && or_length(word).is_none());
        words
            .map(|word| {
                (
                    word.to_string(),
                    range.start + (word.as_ptr() as usize - base),
                )
            })
            .collect()
    }

    /// What a comment offers beside the text shown: `// (or "B" or "C")`, `// "A" | "B"`, `// A | B`, `// A, B or C`.
    pub(super) fn offered(&self, comment: Range<usize>, shown: &str) -> Vec<(String, usize)> {
        let text = &self.text[comment.clone()];
        let joins = text.contains('|')
            || text
                .split(' ')
                .any(|word| or_length(word.trim_start_matches(OPENS)).is_some());
        let quoted = self.documented_values(comment.clone());
        let lists = joins || quoted.len() > 1 || quoted.iter().any(|(word, _)| word == shown);
        let words = match quoted.is_empty() {
            false if lists => quoted,
            true if joins || text.contains(',') => self.bare_list(comment, shown),
            _ => Vec::new(),
        };
        words
            .into_iter()
            .filter(|(word, _)| word != shown)
            .collect()
    }

    /// Words of a comment that are all of it, behind a colon if there is one. Without bars the text shown is among
    /// them, as other comments are words as well.
    fn bare_list(&self, comment: Range<usize>, shown: &str) -> Vec<(String, usize)> {
        let from = self.text[comment.clone()]
            .rfind(':')
            .map_or(0, |colon| colon + 1);
        let text = &self.text[comment.start + from..comment.end];
        let base = text.as_ptr() as usize;
        let parts = parts(text);
        let are_words = parts.iter().all(|part| !part.contains(char::is_whitespace));
        let known = text.contains('|') || parts.contains(&shown);
        let place = |part: &&str| {
            let at = comment.start + from + (part.as_ptr() as usize - base);
            ((*part).to_owned(), at)
        };
        match are_words && known && parts.len() > 1 {
            true => parts.iter().map(place).collect(),
            false => Vec::new(),
        }
    }

    /// A text here, and where it ends.
    fn quoted_or_word(&mut self) -> Option<(String, usize)> {
        if self.peek().is_some_and(is_quote) {
            let Quoted { text, span } = self.quoted(Role::Value);
            return Some((text, span.end));
        }
        self.peek()?;
        let end = self.word_end(self.at, Role::Value);
        Some((self.text[self.at..end].to_string(), end))
    }

    /// `| "B"`, `/ "B"`, `or "B"`, and `or B`.
    fn connected(&mut self, begin: usize) -> Option<Vec<(String, usize)>> {
        let connective = self.connective(begin)?;
        let from = self.after_blanks(begin + connective);
        let checkpoint = self.checkpoint();
        self.at = from;
        let (text, end) = self.quoted_or_word()?;
        // A key is the next member, not an alternative.
        if text.is_empty() || self.is_colon(self.after_space(end)) {
            self.rewind(&checkpoint);
            return None;
        }
        self.log_alternative(begin, end);
        self.token(end);
        Some(vec![(text, from)])
    }

    /// The length of what joins two alternatives.
    fn connective(&self, begin: usize) -> Option<usize> {
        let rest = self.near(begin, 4 * WORD);
        match rest.as_bytes() {
            [b'|', b'|', ..] => Some(2),
            [b'|', ..] => Some(1),
            [b'/', next, ..] if !matches!(next, b'/' | b'*') => Some(1),
            _ => or_length(rest).or_else(|| self.joining_word(rest)),
        }
    }

    /// Any word that stands between two quoted values on one line, in whatever language.
    fn joining_word(&self, rest: &str) -> Option<usize> {
        let length = rest.find(|c: char| !c.is_alphabetic())?;
        let apart = rest[length..].trim_start_matches(|c| is_space(c) && c != '\n');
        let between_quotes =
            self.char_before(self.at).is_some_and(is_quote) && apart.starts_with(is_quote);
        let short = rest[..length].chars().count() <= WORD;
        (length > 0 && short && between_quotes).then_some(length)
    }

    fn log_alternative(&mut self, from: usize, end: usize) {
        let message = format!(
            "`{}` offers a further value; the first one was kept",
            self.excerpt(from, end)
        );
        self.log(RepairKind::Alternative, from, message);
    }
}

/// What bars, commas and `or` part, without what stands around it.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(['|', ',']).flat_map(|part| part.split(" or "));
    let parts =
        parts.map(|part| part.trim_matches(|c: char| c.is_whitespace() || OPENS.contains(&c)));
    let parts = parts.map(|part| {
        part.strip_prefix("or ")
            .unwrap_or(part)
            .trim_end_matches(['.', ')'])
    });
    parts.filter(|part| !part.is_empty()).collect()
}
