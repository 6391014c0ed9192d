//! A comment comes in, which JSON does not have; where it ends and the words it quotes go out.
//!
//! A comment ends with its line. A page that was flattened to plain text has lost the line breaks of
//! its blocks, so there it ends where JSON goes on.

use super::signs::is_quote;
use super::strings::closes;
use super::{Reader, WINDOW};
use crate::json::RepairKind;
use crate::json::read::brackets::Bracket;
use std::ops::Range;

/// How many bytes a `/* … */` may cover.
const BLOCK_WINDOW: usize = 2_000;

impl Reader<'_> {
    /// Consumes a comment, if one begins here, and adds the words it quotes to `quoted`.
    pub(super) fn comment(&mut self, quoted: &mut Vec<(String, usize)>) -> bool {
        let Some(marker) = self.comment_marker() else {
            return false;
        };
        let end = self.comment_end(marker);
        let trimmed = self.at + self.text[self.at..end].trim_end().len();
        let message = format!(
            "the comment `{}` was left out",
            self.excerpt(self.at, trimmed)
        );
        self.log(RepairKind::Comment, self.at, message);
        quoted.extend(self.documented_values(self.at..end));
        self.at = end;
        true
    }

    /// The length of the sign that begins a comment here.
    fn comment_marker(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        match rest.as_bytes() {
            [b'#', ..] => Some(rest.len() - rest.trim_start_matches('#').len()),
            [b'/', b'/' | b'*', ..] => Some(2),
            _ => None,
        }
    }

    fn comment_end(&mut self, marker: usize) -> usize {
        if self.text[self.at..].starts_with("/*") {
            let near = self.near(self.at + marker, BLOCK_WINDOW);
            if let Some(length) = near.find("*/") {
                return self.at + marker + length + 2;
            }
        }
        if self.is_flattened() {
            return self.structure_resumes(marker);
        }
        self.line_end(self.at)
    }

    /// Whether line breaks were lost: the comment stands on the line the value begins on, and that
    /// line is the last one or closes everything that is open.
    fn is_flattened(&mut self) -> bool {
        let line = self.at..self.first_line_end;
        if line.is_empty() {
            return false;
        }
        if let Some(known) = self.flattened {
            return known;
        }
        let last = self.text[self.first_line_end..].trim_start().is_empty();
        let flattened = last || closes_all(&self.text[line], self.open.len());
        *self.flattened.insert(flattened)
    }

    /// Where JSON goes on behind a comment that no line break ends: at a bracket, at a key, at the next
    /// comment, or behind the second sign of `### … ###`.
    fn structure_resumes(&self, marker: usize) -> usize {
        let sign = &self.text[self.at..self.at + marker];
        let end = self.first_line_end;
        let mut at = self.at + marker;
        while at < end {
            let c = self.char_at(at).unwrap_or(' ');
            if marker > 1 && c == '#' && self.text[at..].starts_with(sign) {
                return at + marker;
            }
            if matches!(c, '{' | '}' | '[' | ']') || self.comment_follows(at, sign) {
                return at;
            }
            match self.quoted_end(at) {
                Some(close)
                    if self.open.last() == Some(&Bracket::Curly)
                        && self.is_colon(self.after_space(close)) =>
                {
                    return at;
                }
                Some(close) => at = close,
                None => at += c.len_utf8(),
            }
        }
        end
    }

    /// Whether a further comment begins at `at`: `# one # two`, but not the end of `### one ###`.
    fn comment_follows(&self, at: usize, sign: &str) -> bool {
        let apart = |c: Option<char>| c == Some(' ');
        let after = at + sign.len();
        matches!(sign, "#" | "//")
            && self.text[at..].starts_with(sign)
            && apart(self.char_before(at))
            && apart(self.char_at(after))
    }

    /// The end of a quoted word that begins at `at`, on the same line.
    fn quoted_end(&self, at: usize) -> Option<usize> {
        let open = self.char_at(at).filter(|&c| is_quote(c))?;
        // An apostrophe is no quote.
        if self.char_before(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let inside = at + open.len_utf8();
        let near = self.near(inside, WINDOW).lines().next()?;
        let (length, close) = near.char_indices().find(|&(_, c)| closes(open, c))?;
        Some(inside + length + close.len_utf8())
    }

    /// The words quoted in a range, but for keys; none when it holds JSON that was commented out.
    pub(super) fn documented_values(&self, range: Range<usize>) -> Vec<(String, usize)> {
        let mut words = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match (
                self.quoted_end(at).filter(|&close| close <= range.end),
                self.char_at(at),
            ) {
                (Some(close), _) if self.is_colon(self.after_space(close)) => return Vec::new(),
                (Some(close), _) => {
                    words.push((self.unquoted(at..close), at));
                    at = close;
                }
                (None, Some('{' | '}' | '[' | ']')) => return Vec::new(),
                (None, c) => at += c.map_or(1, char::len_utf8),
            }
        }
        words
    }

    fn unquoted(&self, quoted: Range<usize>) -> String {
        let inside = &self.text[quoted];
        let mut inside = inside.chars();
        inside.next();
        inside.next_back();
        inside.as_str().to_string()
    }
}

/// Whether a line closes so many open brackets.
fn closes_all(line: &str, depth: usize) -> bool {
    let mut open = depth;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => open += 1,
            '}' | ']' if !quoted => open -= 1,
            _ => {}
        }
        if open == 0 {
            return true;
        }
    }
    false
}
