//! What stands between two items comes in: commas, comments, ellipses; how many of them there were
//! goes out, and what had to be repaired is logged.

use super::{Reader, is_space};
use crate::json::RepairKind;

/// What stood between two items so far.
pub(super) struct Gap {
    /// Whether no item stood before it.
    first: bool,
    commas: usize,
    /// Commas that were logged as one too many.
    surplus: usize,
    /// Ellipses and skipped text, each of which may have a comma of its own.
    fillers: usize,
    /// Quoted words of comments.
    pub(super) quoted: Vec<(String, usize)>,
}

impl Gap {
    pub(super) fn new(first: bool) -> Self {
        Gap { first, commas: 0, surplus: 0, fillers: 0, quoted: Vec::new() }
    }

    /// Notes something that stands in the place of an item.
    pub(super) fn fill(&mut self) {
        self.fillers += 1;
    }

    /// Whether an item that follows here should have had a comma before it.
    pub(super) fn lacks_comma(&self) -> bool {
        !self.first && self.commas == 0 && self.fillers == 0
    }

    /// Whether nothing but white space and comments has followed the item so far.
    pub(super) fn is_bare(&self) -> bool {
        self.lacks_comma()
    }

    /// Whether a bracket that follows here closes behind a comma; told once.
    pub(super) fn take_trailing_comma(&mut self) -> bool {
        let trailing = self.commas > self.surplus;
        self.surplus = self.commas;
        trailing
    }

    fn count_comma(&mut self) -> bool {
        self.commas += 1;
        let allowed = self.fillers + usize::from(!self.first);
        let too_many = self.commas - self.surplus > allowed;
        self.surplus += usize::from(too_many);
        too_many
    }
}

impl Reader<'_> {
    /// Consumes everything up to the next item or closing bracket.
    pub(super) fn gap(&mut self, gap: &mut Gap) {
        loop {
            self.space();
            match self.peek() {
                Some(',') => self.comma(gap),
                Some(other) if is_foreign_comma(other) => self.foreign_comma(other, gap),
                Some('.' | '…') => self.ellipsis(gap),
                Some('#' | '/') if self.comment(&mut gap.quoted) => {}
                _ => return,
            }
        }
    }

    fn comma(&mut self, gap: &mut Gap) {
        let at = self.token(self.at + 1);
        if gap.count_comma() {
            self.log(RepairKind::TrailingComma, at, "a comma too many was left out");
        }
    }

    fn foreign_comma(&mut self, comma: char, gap: &mut Gap) {
        let at = self.token(self.at + comma.len_utf8());
        gap.count_comma();
        self.log(RepairKind::Skipped, at, format!("`{comma}` was read as a comma"));
    }

    fn ellipsis(&mut self, gap: &mut Gap) {
        let end = self.left_out_end(self.dots_end());
        let message = format!("`{}` stands for something left out", self.excerpt(self.at, end));
        let at = self.token(end);
        self.log(RepairKind::Ellipsis, at, message);
        gap.fill();
    }

    /// Where a run of dots ends, which may stand on several lines.
    fn dots_end(&self) -> usize {
        let mut end = self.at;
        loop {
            let next = self.after_space(end);
            match self.char_at(next) {
                Some(dot @ ('.' | '…')) => end = next + dot.len_utf8(),
                _ => return end,
            }
        }
    }

    /// Where the words end that say what an ellipsis leaves out: `... more fields ...`.
    fn left_out_end(&self, dots_end: usize) -> usize {
        let stops = |c: char| matches!(c, ',' | '{' | '}' | '[' | ']' | '#' | '/' | '\n') || super::strings::is_quote(c);
        let rest = &self.text[dots_end..];
        let words = rest.find(stops).map_or(rest, |length| &rest[..length]);
        dots_end + words.trim_end_matches(is_space).len()
    }
}

/// Signs that stand where a comma is meant.
pub(super) fn is_foreign_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '､' | ';' | '；')
}
