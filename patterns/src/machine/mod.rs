//! The bytes of an event come in; they are scanned by what the machine has for blocks of sixty-four bytes.

#[cfg(all(target_arch = "x86_64", not(eventbridge_portable)))]
mod avx2;
#[cfg(all(
    target_arch = "aarch64",
    target_feature = "neon",
    not(eventbridge_portable)
))]
mod neon;
mod portable;
mod task;

use super::block::Machine;
use super::outline::Outline;
use task::{Task, run_with};

/// Checks all of an event with the best that the machine has; false where it gives up.
pub(crate) fn check(bytes: &[u8], outline: &mut Outline) -> bool {
    run(Task::Check, bytes, outline)
}

/// Looks at some more blocks of an event with the best that the machine has.
pub(crate) fn skim(bytes: &[u8], outline: &mut Outline) {
    run(Task::Skim, bytes, outline);
}

fn run(task: Task, bytes: &[u8], outline: &mut Outline) -> bool {
    #[cfg(all(target_arch = "x86_64", not(eventbridge_portable)))]
    if has_avx2() {
        // SAFETY: the features that the function asks for have just been found. It has no other condition:
        // all that it does is safe code, and it reads memory through slices alone.
        #[expect(
            unsafe_code,
            reason = "a function for features found at run time cannot be called otherwise"
        )]
        return unsafe { avx2::run(task, bytes, outline) };
    }
    #[cfg(all(
        target_arch = "aarch64",
        target_feature = "neon",
        not(eventbridge_portable)
    ))]
    {
        // SAFETY: every machine that this is compiled for has the feature that the function asks for, by the same word
        // of the compiler. It has no other condition: it is safe code throughout.
        #[expect(unsafe_code, reason = "the compiler wants it told")]
        return unsafe { neon::run(task, bytes, outline) };
    }
    #[cfg(not(all(
        target_arch = "aarch64",
        target_feature = "neon",
        not(eventbridge_portable)
    )))]
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

#[cfg_attr(target_arch = "aarch64", allow(dead_code))]
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

#[cfg(all(target_arch = "x86_64", not(eventbridge_portable)))]
fn has_avx2() -> bool {
    std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("bmi1")
        && std::is_x86_feature_detected!("lzcnt")
        && std::is_x86_feature_detected!("pclmulqdq")
}

#[cfg(test)]
mod tests {
    use super::super::block::{Plain, Rare, Tokens};
    use super::portable;

    type Found = (Tokens, Rare, Plain, u64);

    fn found_anywhere(block: &[u8; 64]) -> Found {
        let (tokens, rare) = (portable::tokens(block), portable::rare(block));
        (tokens, rare, portable::plain(block), portable::white(block))
    }

    #[cfg(all(
        target_arch = "aarch64",
        target_feature = "neon",
        not(eventbridge_portable)
    ))]
    fn found_by_neon(block: &[u8; 64]) -> Found {
        use super::neon;
        // SAFETY: as in `run`.
        #[expect(unsafe_code, reason = "the compiler wants it told")]
        unsafe {
            let (tokens, rare) = (neon::tokens(block), neon::rare(block));
            (tokens, rare, neon::plain(block), neon::white(block))
        }
    }

    #[test]
    fn bits_stand_where_their_bytes_do() {
        for kind in 0..=255_u8 {
            let mut block = [b'a'; 64];
            let at = usize::from(kind) * 7 % 64;
            block[at] = kind;
            are_right(found_anywhere(&block), kind, at);
            #[cfg(all(
                target_arch = "aarch64",
                target_feature = "neon",
                not(eventbridge_portable)
            ))]
            are_right(found_by_neon(&block), kind, at);
        }
        assert_eq!(portable::odd(0b10_0100), 0b1_1100);
    }

    fn are_right((tokens, rare, plain, white): Found, kind: u8, at: usize) {
        let bit = |is: bool| u64::from(is) << at;
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
        assert_eq!(tokens.has_rare, rare != Rare::default());
        assert_eq!(plain.digit, bit(kind.is_ascii_digit()));
        assert_eq!(plain.zero, bit(kind == b'0'));
        assert_eq!(plain.dot, bit(kind == b'.'));
        assert_eq!(plain.minus, bit(kind == b'-'));
        assert_eq!(white, bit(b" \n\r\t".contains(&kind)));
    }
}
