//! Dots where something was left out come in; a filled gap or a placeholder goes out.

use super::commas::Gap;
use super::signs::is_quote;
use super::{Reader, is_space};
use crate::json::{Node, RepairKind, Value};

impl Reader<'_> {
    pub(super) fn ellipsis(&mut self, gap: &mut Gap) {
        let end = self.left_out_end(self.dots_end());
        let message = format!(
            "`{}` stands for something left out",
            self.excerpt(self.at, end)
        );
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
        let stops =
            |c: char| matches!(c, ',' | '{' | '}' | '[' | ']' | '#' | '/' | '\n') || is_quote(c);
        let rest = &self.text[dots_end..];
        let words = rest.find(stops).map_or(rest, |length| &rest[..length]);
        dots_end + words.trim_end_matches(is_space).len()
    }
    /// Reads `...` in the place of a value.
    pub(super) fn left_out_value(&mut self) -> Node {
        let rest = &self.text[self.at..];
        let end = self.at + (rest.len() - rest.trim_start_matches(['.', '…']).len());
        let text = self.text[self.at..end].to_string();
        let from = self.token(end);
        self.log(
            RepairKind::Ellipsis,
            from,
            format!("`{text}` stands for a value left out; read as a placeholder"),
        );
        Node {
            value: Value::Placeholder(text),
            span: from..end,
            alternatives: Vec::new(),
        }
    }

    pub(super) fn digit_follows(&self) -> bool {
        self.text[self.at..]
            .chars()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
    }
}
