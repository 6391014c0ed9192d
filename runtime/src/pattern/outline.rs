//! The bytes of an event come in; where its strings, arrays and objects begin and end goes out, or the place
//! where it is malformed.
//!
//! All of the event is checked. Who goes along the outline afterwards meets no errors, reads only what is
//! wanted, and steps over an array or object at once.

use super::error::EventError;
use super::grammar::Kinds;
use super::reader::{self, Sink};
use super::scan;

/// How far apart the quotes of the strings are whose places are noted: those that may be the key that rules are
/// told apart by.
pub(super) const NOTED: usize = b"\"detail-type".len();

/// Where things are in one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// A bit for each byte that is the quote of a string or, outside of strings, a bracket, colon or comma. So
    /// the first mark behind an opening quote is the closing one.
    pub(super) marks: Vec<u64>,
    /// The openings of arrays and objects in the order of the event.
    pub(super) openings: Vec<Opening>,
    /// Where strings of one length begin: all keys, and maybe others, also behind the end.
    pub(super) noted: Vec<u32>,
    pub(super) has_escapes: bool,
    /// What the scan works with.
    pub(super) kinds: Vec<Kinds>,
}

/// The opening of an array or object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(super) at: u32,
    /// Where it closes. While it is open, the number of the one around it.
    pub(crate) close: u32,
    /// The number of the first opening behind it and all in it.
    pub(super) behind: u32,
}

/// What the root has for the number of the opening around it.
pub(super) const NONE: u32 = u32::MAX;

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
        if scan::scan(bytes, self) {
            return Ok(());
        }
        self.read_slowly(bytes)
    }

    /// Reads byte by byte: what is malformed, to say where, and what is out of the ordinary.
    pub(super) fn read_slowly(&mut self, bytes: &[u8]) -> Result<(), EventError> {
        self.clear();
        self.marks.clear();
        self.marks.resize(bytes.len() / 64 + 1, 0);
        let mut builder = Builder {
            outline: self,
            innermost: NONE,
        };
        reader::read(bytes, &mut builder)
    }

    /// Forgets the last event, but for its marks.
    pub(super) fn clear(&mut self) {
        self.openings.clear();
        self.noted.clear();
        self.has_escapes = false;
    }

    /// The place inside the root, and its closing.
    pub(crate) fn root(&self) -> (Cursor, usize) {
        let (at, close) = match self.openings.first() {
            Some(root) => (root.at as usize + 1, root.close as usize),
            None => (0, 0),
        };
        (Cursor { at, opening: 1 }, close)
    }

    /// If a string that was noted is a key of the root with that text: the place of its value.
    pub(crate) fn root_value(&self, bytes: &[u8], at: u32, text: &[u8]) -> Option<Cursor> {
        let start = at as usize;
        if bytes.get(start + 1..start + NOTED)? != text {
            return None;
        }
        if self.openings.first()?.close < at {
            return None;
        }
        let mut opening = 1;
        while let Some(inner) = self.openings.get(opening as usize)
            && inner.at < at
        {
            if at < inner.close {
                return None;
            }
            opening = inner.behind;
        }
        let colon = behind(bytes, start + NOTED + 1, b' ');
        let at = behind(bytes, colon, b':');
        (bytes.get(colon) == Some(&b':')).then_some(Cursor { at, opening })
    }

    /// The opening at a place where an array or object begins; the place moves inside.
    pub(crate) fn enter(&self, cursor: &mut Cursor) -> Option<Opening> {
        let opening = self.openings.get(cursor.opening as usize).copied();
        cursor.at += 1;
        cursor.opening += 1;
        opening
    }

    /// The first mark from a place on.
    #[inline(always)]
    fn next_mark(&self, from: usize) -> usize {
        let mut word = from / 64;
        let first = self.marks.get(word);
        let mut bits = first.map_or(0, |bits| bits & (!0 << (from % 64)));
        while bits == 0 {
            word += 1;
            match self.marks.get(word) {
                Some(next) => bits = *next,
                None => return word * 64,
            }
        }
        word * 64 + bits.trailing_zeros() as usize
    }

    /// Moves to the next key or item; false when there is none before the closing.
    #[inline(always)]
    pub(crate) fn find_next(&self, bytes: &[u8], cursor: &mut Cursor, close: usize) -> bool {
        if bytes.get(cursor.at) == Some(&b',') {
            cursor.at += 1;
        }
        if bytes.get(cursor.at).is_some_and(|byte| *byte <= b' ') {
            cursor.at = behind(bytes, cursor.at, b',');
        }
        cursor.at < close
    }

    /// Where the key at a place starts and ends between its quotes; the place moves to its value.
    #[inline(always)]
    pub(crate) fn key(&self, bytes: &[u8], cursor: &mut Cursor) -> (usize, usize) {
        let start = cursor.at + 1;
        let end = self.next_mark(start);
        let is_colon = bytes.get(end + 1) == Some(&b':');
        cursor.at = match bytes.get(end + 2) {
            Some(byte) if is_colon && *byte > b' ' => end + 2,
            _ => behind(bytes, end + 1, b':'),
        };
        (start, end)
    }

    /// Moves behind a value; gives the offset where it ends.
    #[inline(always)]
    pub(crate) fn skip(&self, bytes: &[u8], cursor: &mut Cursor) -> usize {
        let end = match bytes.get(cursor.at) {
            Some(b'"') => self.next_mark(cursor.at + 1) + 1,
            Some(b'{' | b'[') => match self.openings.get(cursor.opening as usize) {
                Some(opening) => {
                    cursor.opening = opening.behind;
                    opening.close as usize + 1
                }
                None => bytes.len(),
            },
            _ => {
                let end = self.next_mark(cursor.at);
                let text = bytes.get(cursor.at..end).unwrap_or(&[]);
                match text.last() {
                    Some(b' ' | b'\n' | b'\r' | b'\t') => cursor.at + text.trim_ascii_end().len(),
                    _ => end,
                }
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

/// The place behind white space and some other byte.
fn behind(bytes: &[u8], mut at: usize, other: u8) -> usize {
    while let Some(byte) = bytes.get(at)
        && (matches!(byte, b' ' | b'\n' | b'\r' | b'\t') || *byte == other)
    {
        at += 1;
    }
    at
}

/// Notes what is opened and closed.
pub(super) struct Builder<'a> {
    pub(super) outline: &'a mut Outline,
    /// The number of the opening that is open and innermost.
    pub(super) innermost: u32,
}

impl Builder<'_> {
    fn mark(&mut self, at: usize) {
        if let Some(word) = self.outline.marks.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
}

impl Sink for Builder<'_> {
    fn string(&mut self, start: usize, end: usize, is_escaped: bool) {
        self.outline.has_escapes |= is_escaped;
        self.mark(start);
        self.mark(end);
        if end - start == NOTED {
            self.outline.noted.push(start as u32);
        }
    }

    fn separator(&mut self, at: usize) {
        self.mark(at);
    }

    fn scalar(&mut self, _: usize, _: usize) {}

    fn open(&mut self, at: usize) {
        self.mark(at);
        let number = self.outline.openings.len() as u32;
        self.outline.openings.push(Opening {
            at: at as u32,
            close: self.innermost,
            behind: 0,
        });
        self.innermost = number;
    }

    fn close(&mut self, at: usize) {
        self.mark(at);
        let behind = self.outline.openings.len() as u32;
        if let Some(opening) = self.outline.openings.get_mut(self.innermost as usize) {
            self.innermost = opening.close;
            opening.close = at as u32;
            opening.behind = behind;
        }
    }
}
