//! Brackets and what stands between them come in; objects and arrays go out.

use super::brackets::Bracket;
use super::commas::Gap;
use super::signs::{is_quote, or_length};
use super::strings::Role;
use super::words::literal;
use super::{MAX_DEPTH, Reader};
use crate::json::{Node, ReadError, RepairKind, Value};

impl Reader<'_> {
    /// Reads the value that begins here, if one does.
    pub(super) fn value(&mut self) -> Result<Option<Node>, ReadError> {
        self.check_repairs()?;
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
        self.string_prefix();
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
        Ok(Node {
            value: Value::Object(members),
            span: from..self.last.1,
            alternatives: Vec::new(),
        })
    }

    fn array(&mut self) -> Result<Node, ReadError> {
        let from = self.open(Bracket::Square)?;
        let (mut items, mut alternatives) = (Vec::new(), Vec::new());
        let mut gap = Gap::new(true);
        loop {
            let before = self.checkpoint();
            self.gap(&mut gap);
            let ended = self.ends(&mut gap);
            alternatives.append(&mut gap.quoted);
            if ended {
                break;
            }
            match self.item(&mut gap)? {
                Item::Node(node) => items.push(node),
                Item::Key if self.lacks_square_bracket(&items) => {
                    self.leave(&before, ']');
                    break;
                }
                Item::Key => {
                    items.push(self.object_in_array()?);
                    break;
                }
                Item::Nothing => continue,
            }
            gap = Gap::new(false);
        }
        items.shrink_to_fit();
        Ok(Node {
            value: Value::Array(items),
            span: from..self.last.1,
            alternatives,
        })
    }

    fn open(&mut self, bracket: Bracket) -> Result<usize, ReadError> {
        if self.open.len() == self.max_depth {
            let message = format!("brackets nest deeper than {MAX_DEPTH} levels; no event does");
            return Err(ReadError {
                at: self.at,
                message,
            });
        }
        self.open.push(bracket);
        Ok(self.token(self.at + 1))
    }

    fn item(&mut self, gap: &mut Gap) -> Result<Item, ReadError> {
        let checkpoint = self.checkpoint();
        if self.is_stray_in_array(gap) {
            self.skip_stray(gap)?;
            return Ok(Item::Nothing);
        }
        let Some(node) = self.value()? else {
            self.skip_stray(gap)?;
            return Ok(Item::Nothing);
        };
        if self.is_key(&node) {
            self.rewind(&checkpoint);
            return Ok(Item::Key);
        }
        self.log_missing_comma(gap, node.span.start);
        Ok(Item::Node(node))
    }

    /// Whether words follow an item on its line, without a comma: prose, not a further item.
    /// So is the `or` of `"A", "B", or "C"`.
    fn is_stray_in_array(&self, gap: &Gap) -> bool {
        let same_line = !self.text[self.last.1..self.at].contains('\n');
        let word = &self.text[self.at..self.word_end(self.at, Role::Value)];
        let prose = word.starts_with(char::is_alphabetic) && literal(word).is_none();
        (gap.has_no_comma() && same_line && prose) || or_length(word).is_some()
    }

    /// Whether what was read as a value turns out to be a key, since a colon follows. A bare word with
    /// colons within is no key.
    pub(super) fn is_key(&self, node: &Node) -> bool {
        let may_be = match &node.value {
            Value::String(_) => true,
            Value::Placeholder(word) => !word.contains(':'),
            _ => false,
        };
        may_be && self.is_colon(self.after_space(self.at))
    }

    /// Reads the members up to the end of an array as one object.
    fn object_in_array(&mut self) -> Result<Node, ReadError> {
        let from = self.at;
        self.log(
            RepairKind::ObjectInArray,
            from,
            "members stand directly in `[ ]`; read as one object in it",
        );
        let members = self.members()?;
        let end = members.last().map_or(from, |member| member.node.span.end);
        Ok(Node {
            value: Value::Object(members),
            span: from..end,
            alternatives: Vec::new(),
        })
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
