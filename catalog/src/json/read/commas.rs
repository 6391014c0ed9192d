//! What stands between two items comes in: commas, comments, ellipses; how many of them there were
//! goes out, and what had to be repaired, as a comma that is missing or trails, is logged.

use super::Reader;
use super::signs::is_foreign_comma;
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
        Gap {
            first,
            commas: 0,
            surplus: 0,
            fillers: 0,
            quoted: Vec::new(),
        }
    }

    /// Notes something that stands in the place of an item.
    pub(super) fn fill(&mut self) {
        self.fillers += 1;
    }

    /// Whether nothing but an item stands before it.
    pub(super) fn follows_item(&self) -> bool {
        !self.first && self.fillers == 0
    }

    /// Whether an item that follows here should have had a comma before it.
    pub(super) fn lacks_comma(&self) -> bool {
        self.has_no_comma() && self.fillers == 0
    }

    /// Whether an item stands before it and no comma behind that.
    pub(super) fn has_no_comma(&self) -> bool {
        !self.first && self.commas == 0
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
                Some('.' | '…') if !self.digit_follows() => self.ellipsis(gap),
                Some('#' | '/') if self.comment(&mut gap.quoted) => {}
                _ => return,
            }
        }
    }

    fn comma(&mut self, gap: &mut Gap) {
        let at = self.token(self.at + 1);
        if gap.count_comma() {
            self.log(
                RepairKind::TrailingComma,
                at,
                "a comma too many was left out",
            );
        }
    }

    fn foreign_comma(&mut self, comma: char, gap: &mut Gap) {
        let at = self.token(self.at + comma.len_utf8());
        gap.count_comma();
        self.log(
            RepairKind::Skipped,
            at,
            format!("`{comma}` was read as a comma"),
        );
    }

    pub(super) fn log_missing_comma(&mut self, gap: &Gap, at: usize) {
        if gap.lacks_comma() {
            self.log(
                RepairKind::MissingComma,
                at,
                "a comma is missing before this; read as if it stood there",
            );
        }
    }
}
