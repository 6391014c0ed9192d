//! What a document has for an instant comes in; it is kept in place, so that a timestamp can be copied.

use std::num::NonZeroU8;

/// A string or number of at most [`LONGEST`] bytes.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    /// The length, and whether it is a string. That it is never zero leaves room for an absent timestamp.
    length: NonZeroU8,
    bytes: [u8; LONGEST],
}

/// `2020-06-17T18:39:52.123456789+02:00`
const LONGEST: usize = 35;

/// The bit of a string.
const TEXT: u8 = 1 << 7;

impl Spelling {
    #[inline]
    pub(super) fn new(text: &str, is_text: bool) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        let flag = if is_text { TEXT } else { 0 };
        let length = NonZeroU8::new(text.len() as u8 | flag)?;
        Some(Self { length, bytes })
    }

    pub(super) fn is_text(&self) -> bool {
        self.length.get() & TEXT != 0
    }

    pub(super) fn as_str(&self) -> &str {
        let length = usize::from(self.length.get() & !TEXT);
        let bytes = self.bytes.get(..length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Default for Spelling {
    /// The number `0`.
    #[inline]
    fn default() -> Self {
        let mut bytes = [0; LONGEST];
        bytes[0] = b'0';
        Self {
            length: NonZeroU8::MIN,
            bytes,
        }
    }
}
