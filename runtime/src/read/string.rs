//! The place of a string in a document comes in; what the string says goes out.

use std::borrow::Cow;
use std::ops::Range;

/// Where the inside of a string stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    start: u32,
    end: u32,
    /// Whether there are escapes in it.
    pub(crate) escaped: bool,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    #[inline]
    pub(super) fn new(range: Range<usize>, escaped: bool) -> Self {
        let (start, end) = (range.start as u32, range.end as u32);
        Self {
            start,
            end,
            escaped,
        }
    }

    /// What the string says.
    pub(crate) fn text(self, document: &str) -> Cow<'_, str> {
        let raw = document.get(self.range()).unwrap_or_default();
        if self.escaped {
            unescaped(raw).into()
        } else {
            raw.into()
        }
    }
}

/// The code unit of `\u0041`.
pub(super) fn hex(escape: &[u8]) -> Option<u32> {
    let [b'\\', b'u', digits @ ..] = escape else {
        return None;
    };
    let digits = digits.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit << 4 | char::from(*digit).to_digit(16)?)
    })
}

/// A string without its escapes, which are sound.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, escape)) = rest.split_once('\\') {
        out += before;
        let mut chars = escape.chars();
        let mut used = 1;
        let c = match chars.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (c, length) = code_point(&rest.as_bytes()[before.len()..]);
                used = length - 1;
                c
            }
            Some(c) => c,
            None => break,
        };
        out.push(c);
        rest = escape.get(used..).unwrap_or_default();
    }
    out + rest
}

/// The character of `\u0041` or of a pair of such, and how long that is.
fn code_point(escape: &[u8]) -> (char, usize) {
    let unit = hex(escape).unwrap_or(0);
    let low = hex(escape.get(6..).unwrap_or_default());
    match (unit, low) {
        (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or_default(), 12)
        }
        _ => (char::from_u32(unit).unwrap_or_default(), 6),
    }
}
