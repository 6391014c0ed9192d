//! Keys come in that lead somewhere; whether a key of an event may be one of them goes out, told by its last bytes.
//!
//! The bytes before a key's closing quote are at hand when the colon behind it is found; where the key begins is not.

/// How many bytes are looked at.
const MOST: usize = 7;

/// The last seven bytes of an opening quote and a key, as they stand before its closing quote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    bytes: u64,
    /// How many bytes of them are known.
    length: usize,
}

impl Tail {
    /// That of the empty key.
    pub(crate) const EMPTY: Self = Self {
        bytes: (b'"' as u64) << 56,
        length: 1,
    };

    /// With more bytes behind it.
    pub(crate) fn then(self, more: &[u8]) -> Self {
        let from = more.len().saturating_sub(MOST);
        let last = more.get(from..).unwrap_or(&[]).iter();
        let bytes = last.fold(self.bytes, |bytes, byte| {
            bytes >> 8 | u64::from(*byte) << 56
        });
        Self {
            bytes,
            length: (self.length + more.len()).min(MOST),
        }
    }
}

impl Tail {
    /// Whether a key that ends in some bytes may be this one.
    #[inline(always)]
    pub(crate) fn may_be(self, tail: u64) -> bool {
        (self.bytes ^ tail) >> (64 - 8 * self.length as u32) == 0
    }
}

/// What keys end in, as far as the shortest of them reaches.
#[derive(Clone, Debug)]
pub(crate) struct Tails {
    filter: [u64; 4],
    /// How many bits of a tail are those before the ones that are looked at.
    before: u32,
}

impl Default for Tails {
    fn default() -> Self {
        Self::NONE
    }
}

impl Tails {
    /// Of no keys.
    pub(crate) const NONE: Self = Self {
        filter: [0; 4],
        before: 64 - 8 * MOST as u32,
    };

    /// Adds a key; false if it is shorter than any before, so that from now on less is to be looked at: then it holds this
    /// one alone.
    pub(crate) fn insert(&mut self, tail: Tail) -> bool {
        let before = 64 - 8 * tail.length as u32;
        let is_kept = before <= self.before;
        if !is_kept {
            *self = Self {
                filter: [0; 4],
                before,
            };
        }
        let place = self.place(tail.bytes);
        if let Some(word) = self.filter.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
        is_kept
    }

    /// Whether a key that ends in some bytes may be there.
    #[inline(always)]
    pub(crate) fn may_have(&self, tail: u64) -> bool {
        let place = self.place(tail);
        let word = self.filter.get(place / 64);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    #[inline(always)]
    fn place(&self, tail: u64) -> usize {
        let mixed = (tail >> self.before).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 56) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> u64 {
        let bytes = text.as_bytes();
        u64::from_le_bytes(*bytes.last_chunk().unwrap()) & !0xff
    }

    #[test]
    fn keys_are_told_by_their_ends() {
        let tail = |key: &str| Tail::EMPTY.then(key.as_bytes());
        let mut tails = Tails::default();
        assert!(tails.insert(tail("detail-type")));
        assert!(tails.may_have(read(r#"xx,"detail-type"#)));
        assert!(!tails.may_have(read(r#"xx,"source"#)));
        // A shorter one makes all others forgotten.
        assert!(!tails.insert(tail("id")));
        assert!(tails.insert(tail("detail-type")));
        assert!(tails.may_have(read(r#"0000000,"id"#)) && tails.may_have(read(r#""detail-type"#)));
        assert!(!tails.may_have(read(r#"0000000,"ie"#)));
        let both = [
            tail("detail").then(b".").then(b"status"),
            tail("detail.status"),
        ];
        assert_eq!(both[0].bytes >> 8, both[1].bytes >> 8);
    }
}
