//! A cursor over an event's outline: the next key, the end of a string, the end of an array or object.
//!
//! Who goes along meets no errors. An event that is no JSON, taken for well-formed, ends somewhere; each step goes
//! forward, so that it does end.

use super::machine;
use super::outline::{Marks, Outline};

/// A place in an event.
pub(crate) struct Cursor<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) outline: &'a mut Outline,
    block: usize,
    /// The stops of the block that have not been met.
    stops: u64,
    /// Behind what was met last, where items of an array are looked for.
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    /// At the start of an event.
    pub(crate) fn new(bytes: &'a [u8], outline: &'a mut Outline) -> Self {
        let mut cursor = Self {
            bytes,
            outline,
            block: 0,
            stops: 0,
            at: 0,
        };
        cursor.stops = cursor.stops_of(0).unwrap_or(0);
        cursor
    }

    /// Goes into the root; none if it is no object.
    pub(crate) fn enter(&mut self) -> Option<()> {
        let at = self.after_white(0);
        (self.byte(at) == b'{').then_some(())?;
        self.take(at)
    }

    /// The byte at a place, 0 behind the last.
    #[inline(always)]
    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The stops of a block.
    #[inline(always)]
    fn stops_of(&mut self, block: usize) -> Option<u64> {
        match self.outline.marks_of(block) {
            Some(marks) => Some(marks.stop),
            None => self.more(block).map(|marks| marks.stop),
        }
    }

    /// Looks at more of the event.
    #[cold]
    fn more(&mut self, block: usize) -> Option<Marks> {
        while self.outline.known <= block {
            if self.outline.known >= self.outline.count {
                return None;
            }
            machine::skim(self.bytes, self.outline);
        }
        self.outline.marks_of(block).copied()
    }

    /// The next colon, opening or closing, and where it stands.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<(usize, u8)> {
        while self.stops == 0 {
            self.block += 1;
            self.stops = self.stops_of(self.block)?;
        }
        let at = self.block * 64 + self.stops.trailing_zeros() as usize;
        self.stops &= self.stops - 1;
        Some((at, *self.bytes.get(at)?))
    }

    /// Takes the next stop, which stands at a place; none if it does not.
    #[inline(always)]
    pub(crate) fn take(&mut self, at: usize) -> Option<()> {
        let (met, _) = self.next()?;
        self.at = at + 1;
        (met == at).then_some(())
    }

    /// Goes behind the closing of the array or object that is open here.
    pub(crate) fn leave(&mut self) -> Option<()> {
        let mut inside = 0_u64;
        loop {
            let marks = self.outline.marks_of(self.block)?;
            let (mut brackets, close) = (self.stops & (marks.open | marks.close), marks.close);
            while brackets != 0 {
                let bit = brackets & brackets.wrapping_neg();
                brackets ^= bit;
                if close & bit == 0 {
                    inside += 1;
                } else if inside > 0 {
                    inside -= 1;
                } else {
                    self.stops &= !(bit | (bit - 1));
                    self.at = self.block * 64 + bit.trailing_zeros() as usize + 1;
                    return Some(());
                }
            }
            self.block += 1;
            self.stops = self.stops_of(self.block)?;
        }
    }

    /// What is behind what was met last.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// Where the key before a colon closes, and the last seven bytes before that; none if they may not be what the key
    /// ends in.
    #[inline(always)]
    pub(crate) fn key_end(&self, colon: usize) -> (usize, Option<u64>) {
        let before = self.bytes.get(colon.wrapping_sub(8)..colon);
        let before = before.and_then(<[u8]>::first_chunk::<8>);
        let before = before.map_or(0, |bytes| u64::from_le_bytes(*bytes));
        if before >> 56 == u64::from(b'"') && !self.outline.has_escapes {
            return (colon - 1, Some(before << 8));
        }
        self.odd_key_end(colon, before)
    }

    /// The same where white space stands before the colon or escapes in the event.
    #[inline(never)]
    fn odd_key_end(&self, colon: usize, before: u64) -> (usize, Option<u64>) {
        if before >> 56 != u64::from(b'"') {
            return (before_white(self.bytes, colon), None);
        }
        let is_sure = !self.outline.is_near_escape(colon - 1);
        (colon - 1, is_sure.then_some(before << 8))
    }

    /// What a key has between its quotes, the closing one of which stands at a place.
    #[inline]
    pub(crate) fn key(&self, close: usize) -> Option<&'a [u8]> {
        let mut block = close / 64;
        let here = self.outline.marks_of(block)?.quote;
        if here >> (close % 64) & 1 == 0 {
            return None;
        }
        let mut before = here & ((1 << (close % 64)) - 1);
        while before == 0 {
            block = block.checked_sub(1)?;
            before = self.outline.marks_of(block)?.quote;
        }
        let start = block * 64 + 64 - before.leading_zeros() as usize;
        self.bytes.get(start..close)
    }

    /// Where the value behind a colon begins.
    #[inline(always)]
    pub(crate) fn value(&self, colon: usize) -> usize {
        match self.byte(colon + 1) {
            0..=b' ' => self.after_white(colon + 1),
            _ => colon + 1,
        }
    }

    /// Where a string closes that opens at a place.
    #[inline(always)]
    pub(crate) fn string_close(&mut self, open: usize) -> Option<usize> {
        let mut block = (open + 1) / 64;
        let mut quotes = self.quotes_of(block)? & (!0 << ((open + 1) % 64));
        while quotes == 0 {
            block += 1;
            quotes = self.quotes_of(block)?;
        }
        Some(block * 64 + quotes.trailing_zeros() as usize)
    }

    #[inline(always)]
    fn quotes_of(&mut self, block: usize) -> Option<u64> {
        match self.outline.marks_of(block) {
            Some(marks) => Some(marks.quote),
            None => self.more(block).map(|marks| marks.quote),
        }
    }

    /// Where a number or literal ends; where it is none, before anything that leads on, so that no byte is in two.
    #[inline]
    pub(crate) fn scalar_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        let ends = |byte: &u8| {
            matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')
                || matches!(byte, b'"' | b':' | b'{' | b'[')
        };
        at + rest.iter().position(ends).unwrap_or(rest.len())
    }

    /// The place of the next item of an array, or of its closing.
    #[inline]
    pub(crate) fn item(&self) -> usize {
        let mut at = self.at;
        while matches!(self.byte(at), b',' | b' ' | b'\n' | b'\r' | b'\t') {
            at += 1;
        }
        at
    }

    fn after_white(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\n' | b'\r' | b'\t') {
            at += 1;
        }
        at
    }

    /// Whether bytes of the event have escapes.
    #[inline]
    pub(crate) fn is_escaped(&self, raw: &[u8]) -> bool {
        self.outline.has_escapes && raw.contains(&b'\\')
    }
}

/// The place before white space.
#[cold]
fn before_white(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or(&[]).iter().rev();
    let white = before.take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    end.wrapping_sub(white.count() + 1)
}
