//! Bytes within a string come in; the place of the next one that is not plain text goes out. Sixteen
//! bytes are looked at in one step.

/// So many bytes are looked at in one step.
const WIDTH: usize = 16;

/// The place from `at` of the next quote, backslash or control character, or the end.
#[inline]
pub(crate) fn plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        // A branch, not a sum: what comes next is guessed before it is known.
        if let Some(first) = first_special(chunk) {
            return at + first;
        }
        at += WIDTH;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let special = rest.iter().position(|byte| is_special(*byte));
    at + special.unwrap_or(rest.len())
}

#[inline]
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

#[cfg(not(target_arch = "x86_64"))]
use portable::first_special;

/// The first special byte of some.
#[cfg(target_arch = "x86_64")]
#[inline]
fn first_special(chunk: &[u8; WIDTH]) -> Option<usize> {
    // SAFETY: the function asks for SSE2, which every x86-64 machine has, and for nothing else. All that it
    // does is safe code on values: it reads no memory.
    #[expect(
        unsafe_code,
        reason = "what every machine of the kind has must be promised all the same"
    )]
    let marks = unsafe { sse2::marks(u128::from_le_bytes(*chunk)) };
    (marks != 0).then_some(marks.trailing_zeros() as usize)
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8,
    };

    /// A bit for each special byte.
    #[target_feature(enable = "sse2")]
    #[inline]
    pub(super) fn marks(chunk: u128) -> u32 {
        let bytes = _mm_set_epi64x((chunk >> 64) as i64, chunk as i64);
        let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte.cast_signed()));
        let is_control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        let found = _mm_or_si128(_mm_or_si128(is(b'"'), is(b'\\')), is_control);
        _mm_movemask_epi8(found).cast_unsigned()
    }
}

/// The same in plain Rust, laid out for the compiler to use what vectors there are.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    use super::{WIDTH, is_special};

    #[inline]
    pub(super) fn first_special(chunk: &[u8; WIDTH]) -> Option<usize> {
        let marks = chunk.map(|byte| if is_special(byte) { 0xff } else { 0 });
        let marks = u128::from_le_bytes(marks);
        (marks != 0).then_some(marks.trailing_zeros() as usize / 8)
    }
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, first_special, plain, portable};

    #[test]
    fn every_special_byte_is_found_everywhere() {
        for length in 0..70 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'a'; length];
                    bytes[place] = byte;
                    let special = byte < b' ' || byte == b'"' || byte == b'\\';
                    let expected = if special { place } else { length };
                    assert_eq!(plain(&bytes, 0), expected, "{byte} at {place} of {length}");
                    assert_eq!(plain(&bytes, place + 1), length);
                }
            }
        }
    }

    #[test]
    fn every_machine_finds_the_first_of_several() {
        for first in 0..=WIDTH {
            for seed in 0..200 {
                let mut chunk = [b'a'; WIDTH];
                for (place, byte) in chunk.iter_mut().enumerate().skip(first) {
                    *byte = [b'"', b'\\', 0, 0x1f, b'b', 0x7f, 0xff][(seed * 31 + place * 17) % 7];
                }
                assert_eq!(first_special(&chunk), portable::first_special(&chunk));
            }
        }
    }
}
