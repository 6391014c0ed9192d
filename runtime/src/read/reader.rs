//! A document comes in; an event's fields read themselves from it, each from where it stands.

use std::borrow::Cow;
use std::sync::Arc;

use super::cursor::Cursor;
use super::parse_error::ParseError;
use super::raw_error::{ErrorCode, RawError};
use super::string::Span;
use crate::Text;
use crate::open_enum::place;

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

    /// What a string says. One that has escapes gets a buffer of its own.
    pub(crate) fn text(&self, span: Span) -> Text {
        if span.escaped {
            span.text(self.buffer).into()
        } else {
            Text::slice(self.buffer, span.range())
        }
    }

    /// Reads a string.
    pub(crate) fn text_into(&mut self, text: &mut Text) -> Result<bool, RawError> {
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
    fn escaped(&mut self) -> Result<Text, RawError> {
        let span = self.cursor.string()?;
        Ok(self.text(span))
    }

    /// Passes `null`, if it stands here.
    pub(crate) fn null(&mut self) -> Result<bool, RawError> {
        match self.cursor.peek() {
            b'n' => self.cursor.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Reads a string of which some spellings are known.
    pub(crate) fn choice(&mut self, spellings: &[&str]) -> Result<Choice, RawError> {
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

    /// Reads a string that is looked at and not kept.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Option<Cow<'d, str>>, RawError> {
        if self.cursor.peek() != b'"' {
            return Ok(None);
        }
        let document = self.cursor.document;
        if let Some(inside) = self.cursor.plain_string() {
            return Ok(document.get(inside).map(Cow::Borrowed));
        }
        let span = self.cursor.string()?;
        Ok(Some(span.text(document)))
    }

    /// Reads a number as it is spelled.
    pub(crate) fn number_into(&mut self, text: &mut Text) -> Result<bool, RawError> {
        if !self.is_number() {
            return Ok(false);
        }
        let range = self.cursor.number()?;
        text.set(self.buffer, range);
        Ok(true)
    }

    /// Reads a number that is looked at and not kept.
    pub(crate) fn number(&mut self) -> Result<Option<&'d str>, RawError> {
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

    pub(crate) fn boolean(&mut self) -> Result<Option<bool>, RawError> {
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
        member: &mut dyn FnMut(&mut Self, usize, Text) -> Result<bool, RawError>,
    ) -> Result<bool, RawError> {
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
    pub(crate) fn key(&mut self) -> Result<Text, RawError> {
        let span = self.cursor.key()?;
        Ok(self.text(span))
    }

    /// Reads the items of a list through a function.
    pub(crate) fn items(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<bool, RawError>,
    ) -> Result<bool, RawError> {
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
    pub(crate) fn end(&mut self) -> Result<(), RawError> {
        self.cursor.peek();
        if self.cursor.at < self.buffer.len() {
            Err(self.cursor.error(ErrorCode::Trailing))
        } else {
            Ok(())
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
            RawError::new(u32::MAX as usize, ErrorCode::Long),
        )),
    }
}

/// Reads the whole of a document through a function, and tells the path of what is wrong with it.
pub(crate) fn document<T>(
    buffer: &Arc<str>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, RawError>,
) -> Result<T, ParseError> {
    measured(buffer)?;
    let mut reader = Reader::new(buffer);
    let value = read(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| ParseError::new(buffer, error))
}
