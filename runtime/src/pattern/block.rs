//! Sixty-four bytes come in; a bit for each byte of a kind goes out. The only place with `unsafe`.

use super::outline::Outline;
use super::scan::Scan;

/// A bit for each byte that is of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    pub(crate) quote: u64,
    pub(crate) backslash: u64,
    /// Control characters.
    pub(crate) control: u64,
    /// What is not ASCII.
    pub(crate) high: u64,
    /// Opening brackets and braces, and the closing ones.
    pub(crate) open: u64,
    pub(crate) close: u64,
    pub(crate) colon: u64,
    pub(crate) comma: u64,
}

/// Scans with what the machine has; false where it has nothing that is faster than reading byte by byte.
#[cfg(target_arch = "x86_64")]
pub(crate) fn run(bytes: &[u8], outline: &mut Outline) -> bool {
    if !std::is_x86_feature_detected!("avx2") || !std::is_x86_feature_detected!("bmi1") {
        return false;
    }
    // SAFETY: the features that the function asks for have just been found. It has no other condition: all
    // that it does is safe code, and it reads memory through slices alone.
    #[expect(
        unsafe_code,
        reason = "a function for features found at run time cannot be called otherwise"
    )]
    unsafe {
        avx2::run(bytes, outline)
    }
}

#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn run(_: &[u8], _: &mut Outline) -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Masks, Outline, Scan};
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_max_epu8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set_epi64x, _mm256_set1_epi8,
    };

    #[target_feature(enable = "avx2,bmi1")]
    pub(super) fn run(bytes: &[u8], outline: &mut Outline) -> bool {
        Scan::new(bytes, outline).run(|block| masks(block))
    }

    #[target_feature(enable = "avx2,bmi1")]
    #[inline]
    pub(super) fn masks(block: &[u8; 64]) -> Masks {
        let [a, b, c, d, e, f, g, h] = words(block);
        let low = half(_mm256_set_epi64x(d, c, b, a));
        let high = half(_mm256_set_epi64x(h, g, f, e));
        let join = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        Masks {
            quote: join(low.quote, high.quote),
            backslash: join(low.backslash, high.backslash),
            control: !join(low.printable, high.printable),
            high: join(low.high, high.high),
            open: join(low.open, high.open),
            close: join(low.close, high.close),
            colon: join(low.colon, high.colon),
            comma: join(low.comma, high.comma),
        }
    }

    fn words(block: &[u8; 64]) -> [i64; 8] {
        let (words, _) = block.as_chunks::<8>();
        let mut out = [0; 8];
        for (out, word) in out.iter_mut().zip(words) {
            *out = i64::from_le_bytes(*word);
        }
        out
    }

    struct Half {
        quote: u32,
        backslash: u32,
        printable: u32,
        high: u32,
        open: u32,
        close: u32,
        colon: u32,
        comma: u32,
    }

    #[target_feature(enable = "avx2,bmi1")]
    #[inline]
    fn half(bytes: __m256i) -> Half {
        let bits = |bytes: __m256i| _mm256_movemask_epi8(bytes).cast_unsigned();
        let is = |bytes: __m256i, byte: u8| {
            bits(_mm256_cmpeq_epi8(
                bytes,
                _mm256_set1_epi8(byte.cast_signed()),
            ))
        };
        let space = _mm256_set1_epi8(0x20);
        let curly = _mm256_or_si256(bytes, space);
        Half {
            quote: is(bytes, b'"'),
            backslash: is(bytes, b'\\'),
            printable: bits(_mm256_cmpeq_epi8(_mm256_max_epu8(bytes, space), bytes)),
            high: bits(bytes),
            open: is(curly, b'{'),
            close: is(curly, b'}'),
            colon: is(bytes, b':'),
            comma: is(bytes, b','),
        }
    }
}
