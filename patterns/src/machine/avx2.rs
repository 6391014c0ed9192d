//! Blocks by the vectors of x86 machines of the last ten years.

use super::super::block::{Machine, Plain, Rare, Tokens};
use super::super::outline::Outline;
use super::task::{Task, run_with};
use std::arch::x86_64::{
    __m256i, _mm_clmulepi64_si128, _mm_cvtsi128_si64, _mm_set_epi64x, _mm_set1_epi8,
    _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_max_epu8, _mm256_min_epu8, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set_epi64x, _mm256_set1_epi8, _mm256_shuffle_epi8, _mm256_slli_epi16,
    _mm256_sub_epi8,
};

#[target_feature(enable = "avx2,bmi1,lzcnt,pclmulqdq")]
pub(super) fn run(task: Task, bytes: &[u8], outline: &mut Outline) -> bool {
    let machine = Machine {
        tokens: |block: &[u8; 64]| tokens(block),
        rare: |block: &[u8; 64]| rare(block),
        plain: |block: &[u8; 64]| plain(block),
        white: |block: &[u8; 64]| white(block),
        odd: |bits: u64| odd(bits),
    };
    run_with(task, bytes, outline, machine)
}

#[target_feature(enable = "avx2")]
#[inline]
fn tokens(block: &[u8; 64]) -> Tokens {
    let bytes = halves(block);
    let rare = |half| {
        // Signed, what is not ASCII is less than a space, too.
        let odd = _mm256_cmpgt_epi8(all(b' '), half);
        _mm256_or_si256(odd, is(half, b'\\'))
    };
    let rare = _mm256_or_si256(rare(bytes[0]), rare(bytes[1]));
    Tokens {
        quote: bits(bytes, |half| is(half, b'"')),
        // By its lower half, each byte is told which it would have to be: `:`, `{`, `,` or `}`.
        mark: bits(bytes, |half| {
            let wanted = _mm256_shuffle_epi8(marks(), half);
            _mm256_cmpeq_epi8(_mm256_or_si256(half, all(b' ')), wanted)
        }),
        bracket: bits(bytes, |half| _mm256_slli_epi16::<7>(half)),
        later: bits(bytes, |half| _mm256_slli_epi16::<5>(half)),
        brace: bits(bytes, |half| _mm256_slli_epi16::<2>(half)),
        has_rare: _mm256_movemask_epi8(rare) != 0,
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn marks() -> __m256i {
    let half = i64::from_le_bytes(*b"\0\0:{,}\0\0");
    _mm256_set_epi64x(half, 0, half, 0)
}

#[target_feature(enable = "avx2")]
#[inline]
fn rare(block: &[u8; 64]) -> Rare {
    let bytes = halves(block);
    Rare {
        backslash: bits(bytes, |half| is(half, b'\\')),
        control: !bits(bytes, |half| {
            _mm256_cmpeq_epi8(_mm256_max_epu8(half, all(b' ')), half)
        }),
        high: bits(bytes, |half| half),
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn plain(block: &[u8; 64]) -> Plain {
    let bytes = halves(block);
    Plain {
        digit: bits(bytes, |half| {
            let value = _mm256_sub_epi8(half, all(b'0'));
            _mm256_cmpeq_epi8(_mm256_min_epu8(value, all(9)), value)
        }),
        zero: bits(bytes, |half| is(half, b'0')),
        dot: bits(bytes, |half| is(half, b'.')),
        minus: bits(bytes, |half| is(half, b'-')),
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn white(block: &[u8; 64]) -> u64 {
    bits(halves(block), |half| {
        let line = _mm256_or_si256(is(half, b'\n'), is(half, b'\r'));
        let blank = _mm256_or_si256(is(half, b' '), is(half, b'\t'));
        _mm256_or_si256(line, blank)
    })
}

#[target_feature(enable = "avx2,pclmulqdq")]
#[inline]
fn odd(bits: u64) -> u64 {
    let bits = _mm_set_epi64x(0, bits.cast_signed());
    let product = _mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1));
    _mm_cvtsi128_si64(product).cast_unsigned()
}

#[target_feature(enable = "avx2")]
#[inline]
fn halves(block: &[u8; 64]) -> [__m256i; 2] {
    let [a, b, c, d, e, f, g, h] = words(block);
    [_mm256_set_epi64x(d, c, b, a), _mm256_set_epi64x(h, g, f, e)]
}

fn words(block: &[u8; 64]) -> [i64; 8] {
    let (words, _) = block.as_chunks::<8>();
    let mut out = [0; 8];
    for (out, word) in out.iter_mut().zip(words) {
        *out = i64::from_le_bytes(*word);
    }
    out
}

#[target_feature(enable = "avx2")]
#[inline]
fn all(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}

#[target_feature(enable = "avx2")]
#[inline]
fn is(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, all(byte))
}

#[target_feature(enable = "avx2")]
#[inline]
fn bits([low, high]: [__m256i; 2], kind: impl Fn(__m256i) -> __m256i) -> u64 {
    let low = _mm256_movemask_epi8(kind(low)).cast_unsigned();
    let high = _mm256_movemask_epi8(kind(high)).cast_unsigned();
    u64::from(low) | u64::from(high) << 32
}
