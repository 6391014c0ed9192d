//! The text of a pattern comes in; a tape of its tokens goes out, or the place where it is malformed.
//!
//! Who walks the tape meets no errors and steps over a whole array or object at once.

use super::error::EventError;
use super::reader::{self, Sink};

const ESCAPED: u32 = 1 << 31;

/// One token: a key, a string, a number, a literal, or the opening of an array or object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Offset of its first byte (a string's is its quote).
    pub(crate) start: u32,
    /// Offset behind a scalar or of a string's closing quote; of an opening, the index of the token
    /// behind its last member.
    end: u32,
}

impl Token {
    /// Offset behind a scalar, of a string's closing quote, or the index of the token behind an opening's members.
    pub(crate) fn end(self) -> usize {
        (self.end & !ESCAPED) as usize
    }

    /// Whether a string has escapes.
    pub(crate) fn is_escaped(self) -> bool {
        self.end & ESCAPED != 0
    }

    /// What a string has between its quotes.
    pub(crate) fn string(self, bytes: &[u8]) -> &[u8] {
        bytes
            .get(self.start as usize + 1..self.end())
            .unwrap_or(&[])
    }

    /// The text of a number or literal.
    pub(crate) fn scalar(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start as usize..self.end()).unwrap_or(&[])
    }

    /// The first byte, which says the token's kind.
    pub(crate) fn first(self, bytes: &[u8]) -> u8 {
        bytes.get(self.start as usize).copied().unwrap_or(0)
    }
}

/// The tokens of one JSON object in the order of the text; the root's opening is the first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tape {
    pub(crate) tokens: Vec<Token>,
    open: Vec<u32>,
}

impl Tape {
    /// Reads the object at the start of the bytes. What follows its closing brace is not looked at.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<(), EventError> {
        self.tokens.clear();
        self.open.clear();
        reader::read(bytes, self)
    }

    /// The token at an index; one of nothing behind the last.
    pub(crate) fn token(&self, index: usize) -> Token {
        let nothing = Token {
            start: u32::MAX,
            end: 0,
        };
        self.tokens.get(index).copied().unwrap_or(nothing)
    }

    /// The index of the token behind the one at `index` and all that is in it.
    pub(crate) fn next(&self, index: usize, bytes: &[u8]) -> usize {
        match self.tokens.get(index) {
            Some(token) if matches!(token.first(bytes), b'{' | b'[') => token.end(),
            _ => index + 1,
        }
    }
}

impl Sink for Tape {
    fn string(&mut self, start: usize, end: usize, is_escaped: bool) {
        let flag = if is_escaped { ESCAPED } else { 0 };
        self.push(start, end as u32 | flag);
    }

    fn scalar(&mut self, start: usize, end: usize) {
        self.push(start, end as u32);
    }

    fn open(&mut self, at: usize) {
        self.open.push(self.tokens.len() as u32);
        self.push(at, 0);
    }

    fn close(&mut self, _: usize) {
        let after = self.tokens.len() as u32;
        let opening = self.open.pop();
        if let Some(token) = opening.and_then(|index| self.tokens.get_mut(index as usize)) {
            token.end = after;
        }
    }
}

impl Tape {
    fn push(&mut self, start: usize, end: u32) {
        self.tokens.push(Token {
            start: start as u32,
            end,
        });
    }
}
