//! Blocks by the vectors that every arm64 machine has.

use super::super::block::{Machine, Plain, Rare, Tokens};
use super::super::outline::Outline;
use super::portable;
use super::task::{Task, run_with};
use std::arch::aarch64::{
    uint8x16_t, vandq_u8, vceqq_u8, vcgeq_u8, vcltq_s8, vcltq_u8, vcombine_u64, vcreate_u64,
    vdupq_n_s8, vdupq_n_u8, vgetq_lane_u64, vmaxvq_u8, vorrq_u8, vpaddq_u8, vqtbl1q_u8,
    vreinterpretq_s8_u8, vreinterpretq_u8_u64, vreinterpretq_u64_u8, vsubq_u8, vtstq_u8,
};

#[target_feature(enable = "neon")]
pub(super) fn run(task: Task, bytes: &[u8], outline: &mut Outline) -> bool {
    let machine = Machine {
        tokens: |block: &[u8; 64]| tokens(block),
        rare: |block: &[u8; 64]| rare(block),
        plain: |block: &[u8; 64]| plain(block),
        white: |block: &[u8; 64]| white(block),
        // An exclusive or with a shifted operand is one instruction here: six of them.
        odd: portable::odd,
    };
    run_with(task, bytes, outline, machine)
}

#[target_feature(enable = "neon")]
#[inline]
pub(super) fn tokens(block: &[u8; 64]) -> Tokens {
    let quarters = quarters(block);
    let table = vector(0, u64::from_le_bytes(*b"\0\0:{,}\0\0"));
    let is_rare = |quarter| {
        // Signed, what is not ASCII is less than a space, too.
        let odd = vcltq_s8(vreinterpretq_s8_u8(quarter), vdupq_n_s8(0x20));
        vorrq_u8(odd, is(quarter, b'\\'))
    };
    let [a, b, c, d] = quarters.map(is_rare);
    let rare = vorrq_u8(vorrq_u8(a, b), vorrq_u8(c, d));
    Tokens {
        quote: bits(quarters, |quarter| is(quarter, b'"')),
        // By its lower half, each byte is told which it would have to be: `:`, `{`, `,` or `}`.
        mark: bits(quarters, |quarter| {
            let wanted = vqtbl1q_u8(table, vandq_u8(quarter, vdupq_n_u8(0x0f)));
            vceqq_u8(vorrq_u8(quarter, vdupq_n_u8(b' ')), wanted)
        }),
        bracket: bits(quarters, |quarter| has(quarter, 1)),
        later: bits(quarters, |quarter| has(quarter, 4)),
        brace: bits(quarters, |quarter| has(quarter, 0x20)),
        has_rare: vmaxvq_u8(rare) != 0,
    }
}

#[target_feature(enable = "neon")]
#[inline]
pub(super) fn rare(block: &[u8; 64]) -> Rare {
    let quarters = quarters(block);
    Rare {
        backslash: bits(quarters, |quarter| is(quarter, b'\\')),
        control: bits(quarters, |quarter| vcltq_u8(quarter, vdupq_n_u8(0x20))),
        high: bits(quarters, |quarter| vcgeq_u8(quarter, vdupq_n_u8(0x80))),
    }
}

#[target_feature(enable = "neon")]
#[inline]
pub(super) fn plain(block: &[u8; 64]) -> Plain {
    let quarters = quarters(block);
    Plain {
        digit: bits(quarters, |quarter| {
            let value = vsubq_u8(quarter, vdupq_n_u8(b'0'));
            vcltq_u8(value, vdupq_n_u8(10))
        }),
        zero: bits(quarters, |quarter| is(quarter, b'0')),
        dot: bits(quarters, |quarter| is(quarter, b'.')),
        minus: bits(quarters, |quarter| is(quarter, b'-')),
    }
}

#[target_feature(enable = "neon")]
#[inline]
pub(super) fn white(block: &[u8; 64]) -> u64 {
    bits(quarters(block), |quarter| {
        let line = vorrq_u8(is(quarter, b'\n'), is(quarter, b'\r'));
        let blank = vorrq_u8(is(quarter, b' '), is(quarter, b'\t'));
        vorrq_u8(line, blank)
    })
}

/// Loads without pointers, which the compiler makes one of.
#[target_feature(enable = "neon")]
#[inline]
fn quarters(block: &[u8; 64]) -> [uint8x16_t; 4] {
    let (words, _) = block.as_chunks::<8>();
    let word = |index: usize| words.get(index).map_or(0, |word| u64::from_le_bytes(*word));
    [0, 2, 4, 6].map(|first| vector(word(first), word(first + 1)))
}

#[target_feature(enable = "neon")]
#[inline]
fn vector(low: u64, high: u64) -> uint8x16_t {
    vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(low), vcreate_u64(high)))
}

#[target_feature(enable = "neon")]
#[inline]
fn is(bytes: uint8x16_t, byte: u8) -> uint8x16_t {
    vceqq_u8(bytes, vdupq_n_u8(byte))
}

#[target_feature(enable = "neon")]
#[inline]
fn has(bytes: uint8x16_t, bits: u8) -> uint8x16_t {
    vtstq_u8(bytes, vdupq_n_u8(bits))
}

/// A bit for each byte of a kind: of every eight one each, added up.
#[target_feature(enable = "neon")]
#[inline]
fn bits(quarters: [uint8x16_t; 4], kind: impl Fn(uint8x16_t) -> uint8x16_t) -> u64 {
    let each = u64::from_le_bytes([1, 2, 4, 8, 16, 32, 64, 128]);
    let each = vector(each, each);
    let [a, b, c, d] = quarters.map(|quarter| vandq_u8(kind(quarter), each));
    let sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
    vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)))
}
