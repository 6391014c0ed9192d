//! A closing bracket, the end of the text or the beginning of another block comes in; what ends with
//! it goes out.

use super::brackets::{Around, Bracket};
use super::commas::Gap;
use super::{Checkpoint, Reader, is_space};
use crate::json::{Member, Node, RepairKind};

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

impl Verdict {
    /// How text is mended in which `found` stands where `wanted` is due.
    fn repair(&self, found: char, wanted: char) -> Option<(RepairKind, String)> {
        match self {
            Verdict::Fits => None,
            Verdict::Wrong => Some((
                RepairKind::WrongClose,
                format!("`{found}` was read as `{wanted}`"),
            )),
            Verdict::Missing => Some((
                RepairKind::MissingClose,
                format!("`{wanted}` is missing before `{found}`"),
            )),
            Verdict::Stray => Some((
                RepairKind::Skipped,
                format!("`{found}` closes nothing and was left out"),
            )),
        }
    }
}

impl Reader<'_> {
    /// Whether the innermost container ends here; its closing bracket is consumed.
    pub(super) fn ends(&mut self, gap: &mut Gap) -> bool {
        loop {
            let Some(c) = self.peek() else {
                self.missing += 1;
                self.open.pop();
                return true;
            };
            let Some(found) = Bracket::closed_by(c) else {
                return false;
            };
            if gap.take_trailing_comma() {
                let message = format!("the comma before `{c}` was left out");
                self.log(RepairKind::TrailingComma, self.at, message);
            }
            if self.closes(found, c) {
                return true;
            }
            self.gap(gap);
        }
    }

    /// Consumes a closing bracket, unless it is for a container further out, and tells whether the
    /// innermost one ends with it.
    fn closes(&mut self, found: Bracket, c: char) -> bool {
        let verdict = self.verdict(found);
        let wanted = self.open.last().map_or(c, |bracket| bracket.close());
        if let Some((kind, message)) = verdict.repair(c, wanted) {
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
        let (after, depth) = (self.at + 1, self.open.len());
        let wanted_further_out = self.open.contains(&found);
        match wanted_further_out {
            true if !self.is_closed(after, depth - 1) => Verdict::Missing,
            false if self.is_closed(after, depth) => Verdict::Stray,
            _ => Verdict::Wrong,
        }
    }

    fn around(&self) -> Around {
        Around {
            start: self.start,
            line_end: self.first_line_end,
        }
    }

    /// Whether so many levels, open at a place, all get a closing bracket.
    fn is_closed(&mut self, at: usize, levels: usize) -> bool {
        let around = self.around();
        self.shared.borrow_mut().of_text().close(around, at, levels)
    }

    fn closer(&mut self, at: usize) -> Option<Bracket> {
        let around = self.around();
        self.shared.borrow_mut().of_text().closer(around, at)
    }

    /// Whether an array, in which a key was found, ended before it.
    pub(super) fn lacks_square_bracket(&mut self, items: &[Node]) -> bool {
        let at = self.at;
        let in_object = self.open.iter().rev().nth(1) == Some(&Bracket::Curly);
        !items.is_empty() && in_object && self.closer(at) != Some(Bracket::Square)
    }

    /// Whether an object in an array ended before the one that begins where a member should stand.
    pub(super) fn lacks_curly_bracket(&mut self, members: &[Member]) -> bool {
        let (at, depth) = (self.at, self.open.len());
        let in_array = self.open.ends_with(&[Bracket::Square, Bracket::Curly]);
        let object_begins = self.peek() == Some('{') && !self.begins_next_block();
        object_begins && in_array && !members.is_empty() && !self.is_closed(at, depth)
    }

    /// Ends a container behind its last part; the comma and what follows are for the one around it.
    pub(super) fn leave(&mut self, after_last: &Checkpoint, missing: char) {
        let found = self.at;
        self.rewind(after_last);
        self.open.pop();
        let message = format!("`{missing}` is missing before this");
        self.log(RepairKind::MissingClose, found, message);
    }

    /// Whether an object begins here, no further in than the first one, where a member should stand.
    pub(super) fn begins_next_block(&self) -> bool {
        let before = self.text[self.start..self.at].trim_end_matches(|c| is_space(c) && c != '\n');
        let column = self.at - self.start - before.len();
        self.peek() == Some('{') && before.ends_with('\n') && column <= self.margin
    }
}
