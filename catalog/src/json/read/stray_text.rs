//! Text that is no item where it stands comes in; a log entry goes out, and the reader behind it.

use super::Reader;
use super::commas::Gap;
use super::signs::{is_quote, or_length};
use super::strings::Role;
use super::words::is_template;
use crate::json::{ReadError, RepairKind};

impl Reader<'_> {
    fn pass_by(&mut self) -> Result<(), ReadError> {
        self.string_prefix();
        match self.peek() {
            Some('{' | '[') => drop(self.value()?),
            Some(c) if is_quote(c) => drop(self.quoted(Role::Value)),
            Some(c) => self.skip_words(c),
            None => {}
        }
        Ok(())
    }

    /// Skips something that is no item here: a value, a quoted text or words.
    pub(super) fn skip_stray(&mut self, gap: &mut Gap) -> Result<(), ReadError> {
        if self.begins_next_block() {
            self.text = &self.text[..self.at];
            return Ok(());
        }
        self.check_repairs()?;
        let from = self.at;
        gap.fill();
        self.pass_by()?;
        let kind = if is_template(&self.text[from..self.at]) {
            RepairKind::Template
        } else {
            RepairKind::Skipped
        };
        let message = format!(
            "`{}` fits nowhere here and was left out",
            self.excerpt(from, self.at)
        );
        self.log(kind, from, message);
        Ok(())
    }

    /// Skips words up to punctuation or a key; behind an `or` follows a value.
    fn skip_words(&mut self, first: char) {
        let word_end = self.word_end(self.at, Role::Key);
        let mut end = word_end.max(self.at + first.len_utf8());
        if or_length(&self.text[self.at..]).is_none() {
            while let Some(next) = self.phrase_goes_on(end) {
                end = next;
            }
        }
        self.token(end);
    }
}
