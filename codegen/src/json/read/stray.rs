//! Text that is no item where it stands comes in; a log entry goes out, and the reader behind it.

use super::Reader;
use super::gaps::Gap;
use super::strings::{Role, is_quote};
use super::words::is_template;
use crate::json::{ReadError, RepairKind};

impl Reader<'_> {
    /// Skips something that is no item here: a value, a quoted text or a word.
    pub(super) fn skip_stray(&mut self, gap: &mut Gap) -> Result<(), ReadError> {
        if self.begins_next_block() {
            self.text = &self.text[..self.at];
            return Ok(());
        }
        self.check_repairs()?;
        let from = self.at;
        gap.fill();
        match self.peek() {
            Some('{' | '[') => drop(self.value()?),
            Some(c) if is_quote(c) => drop(self.quoted(Role::Value)),
            Some(c) => self.skip_word(c),
            None => {}
        }
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

    fn skip_word(&mut self, c: char) {
        let end = self
            .word_end(self.at, Role::Key)
            .max(self.at + c.len_utf8());
        self.token(end);
    }
}
