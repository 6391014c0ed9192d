//! The bytes of an event come in; where its strings, arrays and objects begin and end goes out, or the place
//! where it is malformed.
//!
//! All of the event is checked. Who goes along the outline afterwards meets no errors, reads only what is
//! wanted, and steps over an array or object at once.

use super::error::EventError;
use super::reader::{self, Sink};
use super::scan;

/// Where things are in one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// A bit for each byte that is the quote of a string.
    pub(super) quotes: Vec<u64>,
    /// The openings of arrays and objects in the order of the event.
    pub(super) openings: Vec<Opening>,
    /// Which of them are open.
    pub(super) open: Vec<u32>,
    /// Whether what is around each of them is an object; the scan's own.
    pub(super) nesting: Vec<bool>,
    pub(super) has_escapes: bool,
}

/// The opening of an array or object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    at: u32,
    pub(crate) close: u32,
    /// The number of the first opening behind it and all in it.
    behind: u32,
}

/// A place in an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    pub(crate) at: usize,
    /// The number of the next opening.
    opening: u32,
}

impl Outline {
    /// Reads the object at the start of the bytes. What follows its closing brace is not looked at.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<(), EventError> {
        self.clear();
        if scan::scan(bytes, self) {
            return Ok(());
        }
        self.read_slowly(bytes)
    }

    /// Reads byte by byte: what is not compact, and what is malformed, to say where.
    pub(super) fn read_slowly(&mut self, bytes: &[u8]) -> Result<(), EventError> {
        self.clear();
        self.quotes.resize(bytes.len() / 64 + 1, 0);
        reader::read(bytes, self)
    }

    fn clear(&mut self) {
        self.quotes.clear();
        self.openings.clear();
        self.open.clear();
        self.nesting.clear();
        self.has_escapes = false;
    }

    /// Notes an opening.
    #[inline]
    pub(super) fn opened(&mut self, at: usize) {
        self.open.push(self.openings.len() as u32);
        self.openings.push(Opening {
            at: at as u32,
            close: 0,
            behind: 0,
        });
    }

    /// Notes the closing of what was opened last.
    #[inline]
    pub(super) fn closed(&mut self, at: usize) {
        let behind = self.openings.len() as u32;
        let number = self.open.pop().map_or(usize::MAX, |number| number as usize);
        if let Some(opening) = self.openings.get_mut(number) {
            opening.close = at as u32;
            opening.behind = behind;
        }
    }

    /// The place inside the root, and its closing.
    pub(crate) fn root(&self) -> (Cursor, usize) {
        let (at, close) = match self.openings.first() {
            Some(root) => (root.at as usize + 1, root.close as usize),
            None => (0, 0),
        };
        (Cursor { at, opening: 1 }, close)
    }

    /// The opening at a place where an array or object begins; the place moves inside.
    pub(crate) fn enter(&self, cursor: &mut Cursor) -> Option<Opening> {
        let opening = self.openings.get(cursor.opening as usize).copied();
        cursor.at += 1;
        cursor.opening += 1;
        opening
    }

    /// The offset of the closing quote of a string.
    #[inline]
    pub(crate) fn string_end(&self, start: usize) -> usize {
        let from = start + 1;
        let mut word = from / 64;
        let mut bits = self
            .quotes
            .get(word)
            .map_or(0, |bits| bits & (!0 << (from % 64)));
        while bits == 0 {
            word += 1;
            match self.quotes.get(word) {
                Some(next) => bits = *next,
                None => return word * 64,
            }
        }
        word * 64 + bits.trailing_zeros() as usize
    }

    /// Moves to the next key or item; false when there is none before the closing.
    #[inline]
    pub(crate) fn find_next(&self, bytes: &[u8], cursor: &mut Cursor, close: usize) -> bool {
        while let Some(b',' | b' ' | b'\n' | b'\r' | b'\t') = bytes.get(cursor.at) {
            cursor.at += 1;
        }
        cursor.at < close
    }

    /// The bytes of the key at a place, which moves to its value.
    #[inline]
    pub(crate) fn key<'a>(&self, bytes: &'a [u8], cursor: &mut Cursor) -> &'a [u8] {
        let end = self.string_end(cursor.at);
        let key = bytes.get(cursor.at + 1..end).unwrap_or(&[]);
        cursor.at = end + 1;
        while let Some(b':' | b' ' | b'\n' | b'\r' | b'\t') = bytes.get(cursor.at) {
            cursor.at += 1;
        }
        key
    }

    /// Moves behind a value; gives the offset where it ends.
    #[inline]
    pub(crate) fn skip(&self, bytes: &[u8], cursor: &mut Cursor) -> usize {
        let end = match bytes.get(cursor.at) {
            Some(b'"') => self.string_end(cursor.at) + 1,
            Some(b'{' | b'[') => match self.openings.get(cursor.opening as usize) {
                Some(opening) => {
                    cursor.opening = opening.behind;
                    opening.close as usize + 1
                }
                None => bytes.len(),
            },
            _ => {
                let rest = bytes.get(cursor.at..).unwrap_or(&[]);
                let in_scalar =
                    |byte: &&u8| !matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
                cursor.at + rest.iter().take_while(in_scalar).count()
            }
        };
        cursor.at = end;
        end
    }

    /// Whether the bytes of a string have escapes.
    #[inline]
    pub(crate) fn is_escaped(&self, raw: &[u8]) -> bool {
        self.has_escapes && raw.contains(&b'\\')
    }
}

impl Sink for Outline {
    fn string(&mut self, start: usize, end: usize, is_escaped: bool) {
        self.has_escapes |= is_escaped;
        for at in [start, end] {
            if let Some(word) = self.quotes.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
    }

    fn scalar(&mut self, _: usize, _: usize) {}

    fn open(&mut self, at: usize) {
        self.opened(at);
    }

    fn close(&mut self, at: usize) {
        self.closed(at);
    }
}
