//! What stands between `{` and `}` comes in; keys with their values go out.

use super::Reader;
use super::commas::Gap;
use super::signs::is_quote;
use super::strings::{Quoted, Role};
use super::words::is_template;
use crate::json::{Member, Node, ReadError, RepairKind, Value};
use std::collections::HashSet;
use std::ops::Range;

impl Reader<'_> {
    /// Reads members up to the end of the innermost container.
    pub(super) fn members(&mut self) -> Result<Vec<Member>, ReadError> {
        let mut members = Vec::new();
        let mut gap = Gap::new(true);
        loop {
            let before = self.checkpoint();
            let from = self.at;
            self.gap(&mut gap);
            if let Some(last) = members.last_mut().filter(|_| gap.follows_item()) {
                self.alternatives_in_comment(from, last);
            }
            if self.ends(&mut gap) {
                break;
            }
            match self.member(&gap)? {
                Some(member) => {
                    members.push(member);
                    gap = Gap::new(false);
                }
                None if self.offers_alternatives(members.last_mut()) => gap.fill(),
                None if self.lacks_curly_bracket(&members) => {
                    self.leave(&before, '}');
                    break;
                }
                None => self.skip_stray(&mut gap)?,
            }
        }
        members.shrink_to_fit(); // most objects are small, and room for more is as large as they are
        Ok(self.without_duplicates(members))
    }

    /// Reads `(or "FAILED")` behind the comma of the member it belongs to.
    fn offers_alternatives(&mut self, last: Option<&mut Member>) -> bool {
        let Some(last) = last.filter(|_| self.peek() == Some('(')) else {
            return false;
        };
        let found = self.parenthesised(self.at);
        let offers = found.is_some();
        last.node.alternatives.extend(found.into_iter().flatten());
        offers
    }

    /// Adds the values that a comment behind a text, on its line, offers beside it.
    fn alternatives_in_comment(&self, from: usize, last: &mut Member) {
        let Value::String(shown) = &last.node.value else {
            return;
        };
        let behind = self.text[from..self.at].lines().next().unwrap_or_default();
        let marks = ["//", "/*", "#"].into_iter();
        if let Some(mark) = marks.filter_map(|mark| behind.find(mark)).min() {
            let offered = self.offered(from + mark..from + behind.len(), shown);
            last.node.alternatives.extend(offered);
        }
    }

    fn member(&mut self, gap: &Gap) -> Result<Option<Member>, ReadError> {
        let checkpoint = self.checkpoint();
        let Some((key, key_span)) = self.key().filter(|_| self.colon()) else {
            self.rewind(&checkpoint);
            return Ok(None);
        };
        self.log_missing_comma(gap, key_span.start);
        let node = self.member_value(&key)?;
        Ok(Some(Member {
            key,
            key_span,
            node,
        }))
    }

    fn key(&mut self) -> Option<(String, Range<usize>)> {
        let from = self.at;
        self.string_prefix();
        if self.peek().is_some_and(is_quote) {
            let Quoted { text, span } = self.quoted(Role::Key);
            return Some((text, span));
        }
        if let Some(quote) = self
            .unopened(Role::Key)
            .filter(|&quote| self.is_colon(self.after_space(quote + 1)))
        {
            let text = self.unopened_text(quote);
            self.token(quote + 1);
            return Some((text, from..quote + 1));
        }
        self.bare_key(from)
    }

    fn bare_key(&mut self, from: usize) -> Option<(String, Range<usize>)> {
        let end = self.word_end(from, Role::Key);
        let word = self.text[from..end].to_string();
        let kind = if is_template(&word) {
            RepairKind::Template
        } else {
            RepairKind::BareWord
        };
        self.log(
            kind,
            from,
            format!("the key `{word}` stands without quotes"),
        );
        self.token(end);
        (end > from).then_some((word, from..end))
    }

    /// Whether a colon of some kind stands at `at`.
    pub(super) fn is_colon(&self, at: usize) -> bool {
        self.text[at..].starts_with([':', '：'])
    }

    /// Consumes what parts a key from its value, if it follows.
    fn colon(&mut self) -> bool {
        self.space();
        let Some((length, odd)) = self.colon_here() else {
            return false;
        };
        if let Some(message) = odd {
            self.log(RepairKind::Skipped, self.at, message);
        }
        self.at += length;
        self.last.1 = self.last.1.max(self.at);
        true
    }

    /// The length of what stands for a colon here, and what is odd about it.
    fn colon_here(&self) -> Option<(usize, Option<String>)> {
        let rest = &self.text[self.at..];
        let other = ["：", "=>", "="]
            .into_iter()
            .find(|sign| rest.starts_with(sign));
        if let Some(sign) = other {
            return Some((sign.len(), Some(format!("`{sign}` was read as a colon"))));
        }
        if rest.starts_with(':') {
            return Some((1, None));
        }
        let is_missing =
            rest.starts_with(['{', '[']) && self.char_before(self.last.1).is_some_and(is_quote);
        is_missing.then(|| (0, Some("the colon before this is missing".to_owned())))
    }

    fn member_value(&mut self, key: &str) -> Result<Node, ReadError> {
        let after_colon = self.at;
        self.trivia();
        let checkpoint = self.checkpoint();
        if let Some(node) = self.value()? {
            if !self.is_key(&node) {
                return Ok(node);
            }
            self.rewind(&checkpoint);
        }
        self.log(
            RepairKind::Skipped,
            after_colon,
            format!("the key `{key}` has no value; read as an empty placeholder"),
        );
        let value = Value::Placeholder(String::new());
        Ok(Node {
            value,
            span: after_colon..after_colon,
            alternatives: Vec::new(),
        })
    }

    /// Drops members whose key an earlier one has.
    fn without_duplicates(&mut self, members: Vec<Member>) -> Vec<Member> {
        let mut keys = HashSet::new();
        let first: Vec<bool> = members
            .iter()
            .map(|member| keys.insert(member.key.as_str()))
            .collect();
        if first.iter().all(|&first| first) {
            return members;
        }
        let (kept, dropped): (Vec<_>, Vec<_>) = members
            .into_iter()
            .zip(first)
            .partition(|(_, first)| *first);
        for (Member { key, key_span, .. }, _) in dropped {
            self.log(
                RepairKind::DuplicateKey,
                key_span.start,
                format!("`{key}` stands here a second time; the first was kept"),
            );
        }
        kept.into_iter().map(|(member, _)| member).collect()
    }
}
