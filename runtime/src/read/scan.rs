//! Bytes within a string come in; the place of the next one that is not plain text goes out. Eight
//! bytes are looked at in one step.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The place from `at` of the next quote, backslash or control character, or the end.
pub(crate) fn plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))
        .unwrap_or(rest.len())
}

/// Marks bytes that are special. The lowest mark is exact, those above it need not be.
#[inline]
fn special(word: u64) -> u64 {
    let below_space = word.wrapping_sub(ONES * 0x20) & !word;
    (zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\'))) | below_space)
        & HIGHS
}

#[inline]
fn zero(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

/// Where all special bytes of a document are: a bit for each byte. Made for all strings at once, it costs
/// less than to look through each.
pub(crate) fn marks(document: &[u8], marks: &mut [u64]) {
    let (blocks, rest) = document.as_chunks::<64>();
    let mut marks = marks.iter_mut();
    for (block, mark) in blocks.iter().zip(&mut marks) {
        *mark = block_marks(block);
    }
    let mut last = [b' '; 64];
    for (place, byte) in last.iter_mut().zip(rest) {
        *place = *byte;
    }
    if let Some(mark) = marks.next() {
        *mark = block_marks(&last);
    }
}

/// So many words of marks a document needs.
pub(crate) fn words(document: &[u8]) -> usize {
    document.len() / 64 + 1
}

/// The place from `at` of the next mark, or the end.
#[inline]
pub(crate) fn marked(marks: &[u64], at: usize, end: usize) -> usize {
    let mut index = at / 64;
    let mut word = marks
        .get(index)
        .map_or(0, |word| word >> (at % 64) << (at % 64));
    while word == 0 {
        index += 1;
        match marks.get(index) {
            Some(next) => word = *next,
            None => return end,
        }
    }
    index * 64 + word.trailing_zeros() as usize
}

fn block_marks(block: &[u8; 64]) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, byte) in flags.iter_mut().zip(block) {
        *flag = u8::from((*byte == b'"') | (*byte == b'\\') | (*byte < b' '));
    }
    let (words, _) = flags.as_chunks::<8>();
    let eighths = words.iter().enumerate();
    eighths.fold(0, |marks, (index, flags)| {
        // Moves the lowest bit of each byte into the highest byte.
        let gathered = u64::from_le_bytes(*flags).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks | gathered << (8 * index)
    })
}

#[cfg(test)]
mod tests {
    use super::{marked, marks, plain};

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
                    let mut words = [0; 2];
                    marks(&bytes, &mut words);
                    assert_eq!(
                        marked(&words, 0, length),
                        expected,
                        "{byte} at {place} of {length}"
                    );
                    assert_eq!(marked(&words, place + 1, length), length);
                }
            }
        }
    }
}
