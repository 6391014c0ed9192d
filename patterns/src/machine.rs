//! The bytes of an event come in; they are scanned by what the machine has for blocks of sixty-four bytes.

use super::block::{Machine, Plain, Rare, Tokens};
use super::outline::Outline;
use super::{scan, skim};

/// What is done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// All is checked.
    Check,
    /// Some more blocks are looked at.
    Skim,
}

/// Checks all of an event with the best that the machine has; false where it gives up.
pub(crate) fn check(bytes: &[u8], outline: &mut Outline) -> bool {
    run(Task::Check, bytes, outline)
}

/// Looks at some more blocks of an event with the best that the machine has.
pub(crate) fn skim(bytes: &[u8], outline: &mut Outline) {
    run(Task::Skim, bytes, outline);
}

fn run(task: Task, bytes: &[u8], outline: &mut Outline) -> bool {
    #[cfg(target_arch = "x86_64")]
    if has_avx2() {
        // SAFETY: the features that the function asks for have just been found. It has no other condition:
        // all that it does is safe code, and it reads memory through slices alone.
        #[expect(
            unsafe_code,
            reason = "a function for features found at run time cannot be called otherwise"
        )]
        return unsafe { avx2::run(task, bytes, outline) };
    }
    run_anywhere(task, bytes, outline)
}

/// Checks with what every machine has.
#[cfg(test)]
pub(crate) fn check_anywhere(bytes: &[u8], outline: &mut Outline) -> bool {
    run_anywhere(Task::Check, bytes, outline)
}

/// Looks at some more blocks with what every machine has.
#[cfg(test)]
pub(crate) fn skim_anywhere(bytes: &[u8], outline: &mut Outline) {
    run_anywhere(Task::Skim, bytes, outline);
}

fn run_anywhere(task: Task, bytes: &[u8], outline: &mut Outline) -> bool {
    let machine = Machine {
        tokens: portable::tokens,
        rare: portable::rare,
        plain: portable::plain,
        white: portable::white,
        odd: portable::odd,
    };
    run_with(task, bytes, outline, machine)
}

#[inline(always)]
fn run_with<T, R, P, W, X>(
    task: Task,
    bytes: &[u8],
    outline: &mut Outline,
    machine: Machine<T, R, P, W, X>,
) -> bool
where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    W: Fn(&[u8; 64]) -> u64,
    X: Fn(u64) -> u64,
{
    match task {
        Task::Check => scan::run(bytes, outline, machine),
        Task::Skim => {
            skim::run(bytes, outline, machine);
            true
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("bmi1")
        && std::is_x86_feature_detected!("lzcnt")
        && std::is_x86_feature_detected!("pclmulqdq")
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Machine, Outline, Plain, Rare, Task, Tokens, run_with};
    use std::arch::x86_64::{
        __m256i, _mm_clmulepi64_si128, _mm_cvtsi128_si64, _mm_set_epi64x, _mm_set1_epi8,
        _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_max_epu8, _mm256_min_epu8,
        _mm256_movemask_epi8, _mm256_or_si256, _mm256_set_epi64x, _mm256_set1_epi8,
        _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_sub_epi8,
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
}

/// The same in plain Rust, laid out for the compiler to use what vectors there are.
mod portable {
    use super::{Plain, Rare, Tokens};

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
        let bytes = words.iter().enumerate().map(|(index, word)| {
            u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56 << (8 * index)
        });
        bytes.fold(0, |bits, byte| bits | byte)
    }
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn bits_stand_where_their_bytes_do() {
        for kind in 0..=255_u8 {
            let mut block = [b'a'; 64];
            let at = usize::from(kind) * 7 % 64;
            block[at] = kind;
            let bit = |is: bool| u64::from(is) << at;
            let (tokens, rare, plain) = (
                portable::tokens(&block),
                portable::rare(&block),
                portable::plain(&block),
            );
            assert_eq!(tokens.quote, bit(kind == b'"'));
            assert_eq!(tokens.mark, bit(b"{}[]:,\x1a\x0c".contains(&kind)));
            if tokens.mark != 0 {
                let [bracket, later, brace] =
                    [tokens.bracket, tokens.later, tokens.brace].map(|bits| bits & tokens.mark);
                assert_eq!(bracket, bit(b"{}[]".contains(&kind)));
                assert_eq!(later, bit(b"}],\x0c".contains(&kind)));
                assert_eq!(brace, bit(b"{}:,".contains(&kind)));
            }
            assert_eq!(rare.backslash, bit(kind == b'\\'));
            assert_eq!(rare.control, bit(kind < 0x20));
            assert_eq!(rare.high, bit(kind > 0x7f));
            assert_eq!(tokens.has_rare, rare != super::Rare::default());
            assert_eq!(plain.digit, bit(kind.is_ascii_digit()));
            assert_eq!(plain.zero, bit(kind == b'0'));
            assert_eq!(plain.dot, bit(kind == b'.'));
            assert_eq!(plain.minus, bit(kind == b'-'));
            assert_eq!(portable::white(&block), bit(b" \n\r\t".contains(&kind)));
        }
        assert_eq!(portable::odd(0b10_0100), 0b1_1100);
    }
}
