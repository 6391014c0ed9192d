//! Brackets and what stands between them come in; objects and arrays go out.

use super::brackets::{Bracket, Brackets};
use super::gaps::Gap;
use super::strings::{Quoted, Role, is_quote};
use super::words::is_template;
use super::{MAX_DEPTH, Reader, is_space};
use crate::json::{Member, Node, ReadError, RepairKind, Value};
use std::collections::HashSet;
use std::ops::Range;

/// How a closing bracket relates to what is open.
enum Verdict {
    /// It closes this container.
    Fits,
    /// It closes this container, but is of the other kind.
    Wrong,
    /// This container lacks its closing bracket; the one found is for one further out.
    Missing,
    /// It closes nothing.
    Stray,
}

impl Reader<'_> {
    /// Reads the value that begins here, if one does.
    pub(super) fn value(&mut self) -> Result<Option<Node>, ReadError> {
        match self.peek() {
            Some('{') if self.group_end(self.at).is_none() => match self.template_object() {
                Some(template) => Ok(Some(template)),
                None => self.object().map(Some),
            },
            Some('[') => self.array().map(Some),
            _ => Ok(self.scalar()),
        }
    }

    fn scalar(&mut self) -> Option<Node> {
        let mut node = match self.peek()? {
            c if is_quote(c) => self.quoted_value(),
            '.' | '…' if !self.digit_follows() => self.left_out_value(),
            _ => self.bare()?,
        };
        self.alternatives(&mut node);
        Some(node)
    }

    fn object(&mut self) -> Result<Node, ReadError> {
        let from = self.open(Bracket::Curly)?;
        let members = self.members()?;
        Ok(Node { value: Value::Object(members), span: from..self.last.1, alternatives: Vec::new() })
    }

    fn array(&mut self) -> Result<Node, ReadError> {
        let from = self.open(Bracket::Square)?;
        let (mut items, mut alternatives) = (Vec::new(), Vec::new());
        let mut gap = Gap::new(true);
        loop {
            self.gap(&mut gap);
            alternatives.append(&mut gap.quoted);
            if self.ends(&mut gap) {
                break;
            }
            match self.item(&mut gap)? {
                Item::Node(node) => items.push(node),
                Item::Key if self.lacks_square_bracket(&items) => break,
                Item::Key => {
                    items.push(self.object_in_array()?);
                    break;
                }
                Item::Nothing => continue,
            }
            gap = Gap::new(false);
        }
        Ok(Node { value: Value::Array(items), span: from..self.last.1, alternatives })
    }

    fn open(&mut self, bracket: Bracket) -> Result<usize, ReadError> {
        if self.open.len() == MAX_DEPTH {
            let message = format!("brackets nest deeper than {MAX_DEPTH} levels; no event does");
            return Err(ReadError { at: self.at, message });
        }
        self.open.push(bracket);
        Ok(self.token(self.at + 1))
    }

    /// Whether the innermost container ends here; its closing bracket is consumed.
    fn ends(&mut self, gap: &mut Gap) -> bool {
        let Some(c) = self.peek() else {
            self.missing += 1;
            self.open.pop();
            return true;
        };
        let Some(found) = Bracket::closed_by(c) else { return false };
        if gap.take_trailing_comma() {
            self.log(RepairKind::TrailingComma, self.at, format!("the comma before `{c}` was left out"));
        }
        self.closes(found, c)
    }

    fn closes(&mut self, found: Bracket, c: char) -> bool {
        let verdict = self.verdict(found);
        let wanted = self.open.last().map_or(c, |bracket| bracket.close());
        let (kind, message) = match verdict {
            Verdict::Fits => (None, String::new()),
            Verdict::Wrong => (Some(RepairKind::WrongClose), format!("`{c}` was read as `{wanted}`")),
            Verdict::Missing => (Some(RepairKind::MissingClose), format!("`{wanted}` is missing before `{c}`")),
            Verdict::Stray => (Some(RepairKind::Skipped), format!("`{c}` closes nothing and was left out")),
        };
        if let Some(kind) = kind {
            self.log(kind, self.at, message);
        }
        if !matches!(verdict, Verdict::Missing) {
            self.token(self.at + 1);
        }
        let ends = !matches!(verdict, Verdict::Stray);
        if ends {
            self.open.pop();
        }
        ends
    }

    /// Decides by what the rest of the text still closes.
    fn verdict(&mut self, found: Bracket) -> Verdict {
        if self.open.last() == Some(&found) {
            return Verdict::Fits;
        }
        let (behind, depth) = (self.at + 1, self.open.len());
        let wanted_further_out = self.open.contains(&found);
        let brackets = self.brackets();
        match wanted_further_out {
            true if !brackets.close(behind, depth - 1) => Verdict::Missing,
            false if brackets.close(behind, depth) => Verdict::Stray,
            _ => Verdict::Wrong,
        }
    }

    fn brackets(&mut self) -> &Brackets {
        let (text, start, line) = (self.text, self.start, self.first_line_end);
        self.brackets.get_or_insert_with(|| Brackets::of(text, start, line))
    }

    fn item(&mut self, gap: &mut Gap) -> Result<Item, ReadError> {
        let mark = self.mark();
        if self.is_stray_in_array(gap) {
            self.skip_stray(gap)?;
            return Ok(Item::Nothing);
        }
        let Some(node) = self.value()? else {
            self.skip_stray(gap)?;
            return Ok(Item::Nothing);
        };
        if self.is_key(&node) {
            self.rewind(&mark);
            return Ok(Item::Key);
        }
        self.log_missing_comma(gap, node.span.start);
        Ok(Item::Node(node))
    }

    /// Whether words follow an item on its line, without a comma: prose, not a further item.
    fn is_stray_in_array(&self, gap: &Gap) -> bool {
        let same_line = !self.text[self.last.1..self.at].contains('\n');
        let word = self.peek().is_some_and(char::is_alphabetic);
        gap.is_bare() && same_line && word
    }

    /// Whether what was read as a value turns out to be a key, since a colon follows.
    fn is_key(&self, node: &Node) -> bool {
        matches!(node.value, Value::String(_) | Value::Placeholder(_)) && self.is_colon(self.after_space(self.at))
    }

    /// Whether an array, in which a key was found, ended before it.
    fn lacks_square_bracket(&mut self, items: &[Node]) -> bool {
        let at = self.at;
        let in_object = self.open.iter().rev().nth(1) == Some(&Bracket::Curly);
        if items.is_empty() || !in_object || self.brackets().closer(at) == Some(Bracket::Square) {
            return false;
        }
        self.log(RepairKind::MissingClose, at, "`]` is missing before this key");
        self.open.pop();
        true
    }

    /// Reads the members up to the end of an array as one object.
    fn object_in_array(&mut self) -> Result<Node, ReadError> {
        let from = self.at;
        self.log(RepairKind::ObjectInArray, from, "members stand directly in `[ ]`; read as one object in it");
        let members = self.members()?;
        let end = members.last().map_or(from, |member| member.node.span.end);
        Ok(Node { value: Value::Object(members), span: from..end, alternatives: Vec::new() })
    }

    /// Reads members up to the end of the innermost container.
    fn members(&mut self) -> Result<Vec<Member>, ReadError> {
        let mut members = Vec::new();
        let mut gap = Gap::new(true);
        loop {
            self.gap(&mut gap);
            if self.ends(&mut gap) {
                break;
            }
            match self.member(&gap)? {
                Some(member) => {
                    members.push(member);
                    gap = Gap::new(false);
                }
                None => self.skip_stray(&mut gap)?,
            }
        }
        Ok(self.without_duplicates(members))
    }

    fn member(&mut self, gap: &Gap) -> Result<Option<Member>, ReadError> {
        let mark = self.mark();
        let Some((key, key_span)) = self.key().filter(|_| self.colon()) else {
            self.rewind(&mark);
            return Ok(None);
        };
        self.log_missing_comma(gap, key_span.start);
        let node = self.member_value(&key)?;
        Ok(Some(Member { key, key_span, node }))
    }

    fn key(&mut self) -> Option<(String, Range<usize>)> {
        let from = self.at;
        if self.peek().is_some_and(is_quote) {
            let Quoted { text, span } = self.quoted(Role::Key);
            return Some((text, span));
        }
        if let Some(quote) = self.unopened(Role::Key).filter(|&quote| self.is_colon(self.after_space(quote + 1))) {
            let text = self.unopened_text(quote);
            self.token(quote + 1);
            return Some((text, from..quote + 1));
        }
        let end = self.word_end(from, Role::Key);
        let word = self.text[from..end].to_string();
        let kind = if is_template(&word) { RepairKind::Template } else { RepairKind::BareWord };
        self.log(kind, from, format!("the key `{word}` stands without quotes"));
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
        let rest = &self.text[self.at..];
        let length = match ["：", "=>", "="].into_iter().find(|sign| rest.starts_with(sign)) {
            Some(sign) => {
                self.log(RepairKind::Skipped, self.at, format!("`{sign}` was read as a colon"));
                sign.len()
            }
            None if rest.starts_with(':') => 1,
            None if rest.starts_with(['{', '[']) && self.char_before(self.last.1).is_some_and(is_quote) => {
                self.log(RepairKind::Skipped, self.at, "the colon before this is missing");
                0
            }
            None => return false,
        };
        self.at += length;
        self.last.1 = self.last.1.max(self.at);
        true
    }

    fn member_value(&mut self, key: &str) -> Result<Node, ReadError> {
        let behind_colon = self.at;
        self.trivia();
        let mark = self.mark();
        if let Some(node) = self.value()? {
            if !self.is_key(&node) {
                return Ok(node);
            }
            self.rewind(&mark);
        }
        self.log(RepairKind::Skipped, behind_colon, format!("the key `{key}` has no value; read as an empty placeholder"));
        let value = Value::Placeholder(String::new());
        Ok(Node { value, span: behind_colon..behind_colon, alternatives: Vec::new() })
    }

    /// Reads `...` in the place of a value.
    fn left_out_value(&mut self) -> Node {
        let rest = &self.text[self.at..];
        let end = self.at + (rest.len() - rest.trim_start_matches(['.', '…']).len());
        let text = self.text[self.at..end].to_string();
        let from = self.token(end);
        self.log(RepairKind::Ellipsis, from, format!("`{text}` stands for a value left out; read as a placeholder"));
        Node { value: Value::Placeholder(text), span: from..end, alternatives: Vec::new() }
    }

    fn digit_follows(&self) -> bool {
        self.text[self.at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit())
    }

    fn log_missing_comma(&mut self, gap: &Gap, at: usize) {
        if gap.lacks_comma() {
            self.log(RepairKind::MissingComma, at, "a comma is missing before this; read as if it stood there");
        }
    }

    /// Skips something that is no item here: a value, a quoted text or a word.
    fn skip_stray(&mut self, gap: &mut Gap) -> Result<(), ReadError> {
        if self.begins_next_block() {
            self.text = &self.text[..self.at];
            return Ok(());
        }
        let from = self.at;
        gap.fill();
        match self.peek() {
            Some('{' | '[') => drop(self.value()?),
            Some(c) if is_quote(c) => drop(self.quoted(Role::Value)),
            Some(c) => self.skip_word(c),
            None => {}
        }
        let kind = if is_template(&self.text[from..self.at]) { RepairKind::Template } else { RepairKind::Skipped };
        let message = format!("`{}` fits nowhere here and was left out", self.excerpt(from, self.at));
        self.log(kind, from, message);
        Ok(())
    }

    fn skip_word(&mut self, c: char) {
        let end = self.word_end(self.at, Role::Key).max(self.at + c.len_utf8());
        self.token(end);
    }

    /// Whether an object begins here, no further in than the first one, where a member should stand.
    fn begins_next_block(&self) -> bool {
        let before = self.text[self.start..self.at].trim_end_matches(|c| is_space(c) && c != '\n');
        let column = self.at - self.start - before.len();
        self.peek() == Some('{') && before.ends_with('\n') && column <= self.margin
    }

    /// Drops members whose key an earlier one has.
    fn without_duplicates(&mut self, members: Vec<Member>) -> Vec<Member> {
        let mut keys = HashSet::new();
        let first: Vec<bool> = members.iter().map(|member| keys.insert(member.key.as_str())).collect();
        if first.iter().all(|&first| first) {
            return members;
        }
        let (kept, dropped): (Vec<_>, Vec<_>) = members.into_iter().zip(first).partition(|(_, first)| *first);
        for (Member { key, key_span, .. }, _) in dropped {
            self.log(RepairKind::DuplicateKey, key_span.start, format!("`{key}` stands here a second time; the first was kept"));
        }
        kept.into_iter().map(|(member, _)| member).collect()
    }
}

/// What stands in an array.
enum Item {
    Node(Node),
    /// A key, which is not consumed.
    Key,
    /// Something that was skipped.
    Nothing,
}
