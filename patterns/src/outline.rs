//! The outline of an event: where its strings, arrays and objects begin and end.
//!
//! All of the event has been checked when it is there. Who goes along it meets no errors, reads only what is
//! wanted, and steps over an array or object at once.

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

/// A bit for each byte of a block that is of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kinds {
    pub(crate) quote: u64,
    /// From the opening quotes on, without the closing ones.
    pub(crate) in_string: u64,
    /// Brackets, braces, colons and commas outside of strings. Of the three below, only what they say of these
    /// counts.
    pub(crate) outside: u64,
    /// Brackets and braces.
    pub(crate) bracket: u64,
    /// Commas, and what closes.
    pub(crate) later: u64,
    /// Braces.
    pub(crate) brace: u64,
    /// Numbers and literals.
    pub(crate) scalar: u64,
    pub(crate) white: u64,
}

/// The opening of an array or object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(super) at: u32,
    /// Where it closes. While it is open, the number of the one around it.
    pub(crate) close: u32,
    /// The number of the first opening behind it and all in it.
    pub(super) after: u32,
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
            opening = inner.after;
        }
        let colon = after(bytes, start + NOTED + 1, b' ');
        let at = after(bytes, colon, b':');
        (bytes.get(colon) == Some(&b':')).then_some(Cursor { at, opening })
    }

    /// The opening at a place where an array or object begins; the place moves inside.
    pub(crate) fn take_opening(&self, cursor: &mut Cursor) -> Option<Opening> {
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
            cursor.at = after(bytes, cursor.at, b',');
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
            _ => after(bytes, end + 1, b':'),
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
                    cursor.opening = opening.after;
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
fn after(bytes: &[u8], mut at: usize, other: u8) -> usize {
    while let Some(byte) = bytes.get(at)
        && (matches!(byte, b' ' | b'\n' | b'\r' | b'\t') || *byte == other)
    {
        at += 1;
    }
    at
}
