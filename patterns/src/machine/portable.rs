//! Blocks in plain Rust, laid out for the compiler to use what vectors there are.

use super::super::block::{Plain, Rare, Tokens};

#[inline]
pub(super) fn tokens(block: &[u8; 64]) -> Tokens {
    Tokens {
        quote: bits(block, |byte| byte == b'"'),
        mark: bits(block, |byte| {
            matches!(byte | 0x20, b'{' | b'}' | b':' | b',')
        }),
        bracket: bits(block, |byte| byte & 1 != 0),
        later: bits(block, |byte| byte & 4 != 0),
        brace: bits(block, |byte| byte & 0x20 != 0),
        has_rare: block.iter().fold(false, |rare, &byte| {
            rare | (byte.cast_signed() < 0x20) | (byte == b'\\')
        }),
    }
}

#[inline]
pub(super) fn rare(block: &[u8; 64]) -> Rare {
    Rare {
        backslash: bits(block, |byte| byte == b'\\'),
        control: bits(block, |byte| byte < 0x20),
        high: bits(block, |byte| byte >= 0x80),
    }
}

#[inline]
pub(super) fn plain(block: &[u8; 64]) -> Plain {
    Plain {
        digit: bits(block, |byte| byte.wrapping_sub(b'0') < 10),
        zero: bits(block, |byte| byte == b'0'),
        dot: bits(block, |byte| byte == b'.'),
        minus: bits(block, |byte| byte == b'-'),
    }
}

#[inline]
pub(super) fn white(block: &[u8; 64]) -> u64 {
    bits(block, |byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
}

#[inline]
pub(super) fn odd(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Eight bytes of zero or one, times this, have their bits in the highest byte.
const GATHER: u64 = 0x0102_0408_1020_4080;

#[inline(always)]
fn bits(block: &[u8; 64], is: impl Fn(u8) -> bool) -> u64 {
    let ones = block.map(|byte| u8::from(is(byte)));
    let (words, _) = ones.as_chunks::<8>();
    let bytes = words
        .iter()
        .enumerate()
        .map(|(index, word)| u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56 << (8 * index));
    bytes.fold(0, |bits, byte| bits | byte)
}
