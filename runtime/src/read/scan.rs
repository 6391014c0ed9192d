//! Bytes within a string come in; the place of the next one that is not plain text goes out. Sixteen
//! bytes are looked at in one step.

/// So many bytes are looked at in one step.
const WIDTH: usize = 16;

/// The place from `at` of the next quote, backslash or control character, or the end.
#[inline]
pub(crate) fn plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if has_special(chunk) {
            return at + first_special(chunk);
        }
        at += WIDTH;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let special = rest.iter().position(|byte| is_special(*byte));
    at + special.unwrap_or(rest.len())
}

/// Laid out for the compiler to look at all bytes at once: with one comparison for each, it does.
#[inline]
fn has_special(chunk: &[u8; WIDTH]) -> bool {
    let specials = chunk.iter().map(|byte| is_special(*byte));
    specials.fold(false, |any, is_special| any | is_special)
}

/// The first special byte of some that are not all plain.
#[inline]
fn first_special(chunk: &[u8; WIDTH]) -> usize {
    let marks = chunk.map(|byte| if is_special(byte) { 0xff } else { 0 });
    u128::from_le_bytes(marks).trailing_zeros() as usize / 8
}

/// Whether a byte is a quote, a backslash or a control character, which are those at or below a bound: with
/// its second bit turned, a quote is 0x20 and control characters are less; a backslash turned into 0 and
/// 0x20 added is so, too.
#[inline]
fn is_special(byte: u8) -> bool {
    let quote_or_control = byte ^ (b'"' ^ 0x20);
    let backslash = (byte ^ b'\\').saturating_add(0x20);
    quote_or_control.min(backslash) <= 0x20
}

#[cfg(test)]
mod tests {
    use super::{is_special, plain};

    #[test]
    fn special_are_quotes_backslashes_and_control_characters() {
        for byte in 0..=u8::MAX {
            let expected = byte < b' ' || byte == b'"' || byte == b'\\';
            assert_eq!(is_special(byte), expected, "{byte}");
        }
    }

    #[test]
    fn every_special_byte_is_found_everywhere() {
        for length in 0..70 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'a'; length];
                    bytes[place] = byte;
                    let expected = if is_special(byte) { place } else { length };
                    assert_eq!(plain(&bytes, 0), expected, "{byte} at {place} of {length}");
                    assert_eq!(plain(&bytes, place + 1), length);
                }
            }
        }
    }

    #[test]
    fn the_first_of_several_counts() {
        for first in 0..40 {
            for seed in 0..200 {
                let mut bytes = [b'a'; 40];
                for (place, byte) in bytes.iter_mut().enumerate().skip(first) {
                    *byte = [b'"', b'\\', 0, 0x1f, b'b', 0x7f, 0xff][(seed * 31 + place * 17) % 7];
                }
                let special = bytes.iter().position(|byte| is_special(*byte));
                assert_eq!(plain(&bytes, 0), special.unwrap_or(40));
            }
        }
    }
}
