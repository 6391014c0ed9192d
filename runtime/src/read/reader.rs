//! A document comes in; an event's fields read themselves from it, each from where it stands.

use std::sync::Arc;

use super::cursor::Cursor;
use super::fault::{Fault, ParseError, Problem};
use super::string::Span;
use crate::detail::NO_OBJECT;
use crate::foreign::{IN_STRING, object_in_string};
use crate::object::Object;
use crate::open_enum::place;
use crate::{Json, Reason, Text, Unknown};

/// A place in a document that is being read.
///
/// What it hands out shares the document's buffer. Each method either reads a value of its kind, or says
/// that a value of another kind stands here and stays where it is, or finds that the document is broken.
#[derive(Debug)]
pub struct Reader<'d> {
    pub(crate) buffer: &'d Arc<str>,
    pub(crate) cursor: Cursor<'d>,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(buffer: &'d Arc<str>) -> Self {
        Self::at(buffer, 0)
    }

    /// A reader of what stands at an offset of a document.
    pub(crate) fn at(buffer: &'d Arc<str>, at: usize) -> Self {
        let cursor = Cursor {
            at,
            ..Cursor::new(buffer)
        };
        Self { buffer, cursor }
    }

    /// Reads whatever stands here, as it is spelled.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn json(&mut self) -> Result<Json, Fault> {
        let range = self.cursor.skip()?;
        Ok(Json::of(Text::slice(self.buffer, range)))
    }

    /// Reads a detail of a type that is not known.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn unknown(&mut self) -> Result<Unknown, Fault> {
        self.json().map(Unknown::new)
    }

    /// Reads the detail of a known type into an object that is there. What stands here instead of an object
    /// comes back.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn detail(&mut self, object: &mut dyn Object) -> Result<Option<Unknown>, Fault> {
        if self.fill(object)? {
            return Ok(None);
        }
        let detail = self.json()?;
        let reason = match object_in_string(detail.as_json()) {
            Some(_) => format!("{NO_OBJECT}; {IN_STRING}"),
            None => NO_OBJECT.to_owned(),
        };
        let reason = Reason::Unfit(reason);
        Ok(Some(Unknown { detail, reason }))
    }

    /// Reads an object into one that is there. False: no object stands here.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    #[inline]
    pub fn fill(&mut self, object: &mut dyn Object) -> Result<bool, Fault> {
        match self.cursor.peek() {
            b'{' => object.read(self).map(|()| true),
            _ => Ok(false),
        }
    }

    /// What a string says. One that has escapes gets a buffer of its own.
    pub(crate) fn text(&self, span: Span) -> Text {
        match span.escaped {
            false => Text::slice(self.buffer, span.range()),
            true => span.text(self.buffer).into(),
        }
    }

    /// Reads a string.
    pub(crate) fn text_into(&mut self, text: &mut Text) -> Result<bool, Fault> {
        if self.cursor.peek() != b'"' {
            return Ok(false);
        }
        match self.cursor.plain_string() {
            Some(inside) => text.set(self.buffer, inside),
            None => *text = self.escaped()?,
        }
        Ok(true)
    }

    #[inline(never)]
    fn escaped(&mut self) -> Result<Text, Fault> {
        let span = self.cursor.string()?;
        Ok(self.text(span))
    }

    /// Passes `null`, if it stands here.
    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        match self.cursor.peek() {
            b'n' => self.cursor.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Reads a string of which some spellings are known.
    pub(crate) fn choice(&mut self, spellings: &[&str]) -> Result<Choice, Fault> {
        if self.cursor.peek() != b'"' {
            return Ok(Choice::None);
        }
        let document = self.cursor.document;
        let Some(inside) = self.cursor.plain_string() else {
            let text = self.escaped()?;
            return Ok(place(spellings, &text).map_or(Choice::Other(text), Choice::Known));
        };
        let spelling = document.get(inside.clone()).unwrap_or_default();
        Ok(match place(spellings, spelling) {
            Some(index) => Choice::Known(index),
            None => Choice::Other(Text::slice(self.buffer, inside)),
        })
    }

    /// Reads a string as it is spelled, with its quotes.
    pub(crate) fn quoted_into(&mut self, text: &mut Text) -> Result<bool, Fault> {
        if self.cursor.peek() != b'"' {
            return Ok(false);
        }
        let start = self.cursor.at;
        self.cursor.string()?;
        text.set(self.buffer, start..self.cursor.at);
        Ok(true)
    }

    /// Reads a number as it is spelled.
    pub(crate) fn number_into(&mut self, text: &mut Text) -> Result<bool, Fault> {
        if !self.is_number() {
            return Ok(false);
        }
        let range = self.cursor.number()?;
        text.set(self.buffer, range);
        Ok(true)
    }

    /// Reads a number that is looked at and not kept.
    pub(crate) fn number(&mut self) -> Result<Option<&'d str>, Fault> {
        if !self.is_number() {
            return Ok(None);
        }
        let range = self.cursor.number()?;
        Ok(self.cursor.document.get(range))
    }

    #[inline]
    fn is_number(&mut self) -> bool {
        matches!(self.cursor.peek(), b'-' | b'0'..=b'9')
    }

    pub(crate) fn boolean(&mut self) -> Result<Option<bool>, Fault> {
        match self.cursor.peek() {
            b't' => self.cursor.word("true").map(|()| Some(true)),
            b'f' => self.cursor.word("false").map(|()| Some(false)),
            _ => Ok(None),
        }
    }

    /// Reads the members of an object through a function of a key and its offset. False: it is no object,
    /// or the function says that a value is of another kind.
    pub(crate) fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, usize, Text) -> Result<bool, Fault>,
    ) -> Result<bool, Fault> {
        if self.cursor.peek() != b'{' {
            return Ok(false);
        }
        let mut more = self.cursor.begin(b'}')?;
        while more {
            self.cursor.peek();
            let at = self.cursor.at;
            let key = self.key()?;
            if !member(self, at, key)? {
                return Ok(false);
            }
            more = self.cursor.next(b'}')?;
        }
        Ok(true)
    }

    /// Reads a key and its colon.
    pub(crate) fn key(&mut self) -> Result<Text, Fault> {
        let span = self.cursor.key()?;
        Ok(self.text(span))
    }

    /// Reads the items of a list through a function.
    #[inline]
    pub(crate) fn items(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<bool, Fault>,
    ) -> Result<bool, Fault> {
        if self.cursor.peek() != b'[' {
            return Ok(false);
        }
        let mut more = self.cursor.begin(b']')?;
        while more {
            if !item(self)? {
                return Ok(false);
            }
            more = self.cursor.next(b']')?;
        }
        Ok(true)
    }

    /// Nothing but space may follow.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        self.cursor.peek();
        match self.cursor.at < self.buffer.len() {
            true => Err(self.cursor.fault(Problem::Trailing)),
            false => Ok(()),
        }
    }
}

/// A string that was read where some are known.
pub(crate) enum Choice {
    /// Something else stands here.
    None,
    /// The known one of this index.
    Known(usize),
    /// Another one.
    Other(Text),
}

/// The text of a document, if it is UTF-8.
pub(crate) fn checked(document: &[u8]) -> Result<&str, ParseError> {
    std::str::from_utf8(document)
        .map_err(|error| ParseError::not_utf8(document, error.valid_up_to()))
}

/// Places in a document are held in 32 bits.
pub(crate) fn measured(document: &str) -> Result<(), ParseError> {
    match document.len() < u32::MAX as usize {
        true => Ok(()),
        false => Err(ParseError::new(
            "",
            Fault::new(u32::MAX as usize, Problem::Long),
        )),
    }
}

/// Reads the whole of a document through a function, and tells the path of what is wrong with it.
pub(crate) fn document<T>(
    buffer: &Arc<str>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
) -> Result<T, ParseError> {
    measured(buffer)?;
    let mut reader = Reader::new(buffer);
    let value = read(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|fault| ParseError::new(buffer, fault))
}
