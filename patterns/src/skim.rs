//! The bytes of an event come in that is taken for well-formed; more of its outline goes out, some blocks at a time.
//!
//! Nothing is checked: where strings end and what stands outside of them is all that is looked for.

use super::block::{Machine, Plain, Rare, Tokens};
use super::outline::{Marks, Outline};
use super::scan::after_backslashes;

/// How many blocks are looked at in one go: first those that an envelope begins in.
const FIRST: usize = 4;
const MORE: usize = 8;

/// Looks at some more blocks with a machine.
#[inline(always)]
pub(crate) fn run<T, R, P, W, X>(
    bytes: &[u8],
    outline: &mut Outline,
    machine: Machine<T, R, P, W, X>,
) where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    W: Fn(&[u8; 64]) -> u64,
    X: Fn(u64) -> u64,
{
    let start = outline.known;
    let batch = if start == 0 { FIRST } else { MORE };
    let end = outline.count.min(start + batch);
    if outline.marks.len() < end {
        outline.marks.resize(end, Marks::default());
    }
    let mut carry = outline.carry;
    let mut rest = bytes.get(start * 64..).unwrap_or(&[]);
    for marks in outline.marks.get_mut(start..end).unwrap_or(&mut []) {
        let mut last = [b' '; 64];
        let block = match rest.split_first_chunk::<64>() {
            Some((block, after)) => {
                rest = after;
                block
            }
            None => {
                last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
                &last
            }
        };
        let tokens = (machine.tokens)(block);
        let mut quote = tokens.quote;
        let mut backslash = 0;
        if tokens.has_rare || carry.escape != 0 {
            backslash = (machine.rare)(block).backslash;
            quote &= !after_backslashes(backslash, &mut carry.escape);
            outline.has_escapes |= backslash != 0;
        }
        let in_string = (machine.odd)(quote) ^ carry.in_string;
        carry.in_string = (in_string.cast_signed() >> 63).cast_unsigned();
        let outside = tokens.mark & !in_string;
        *marks = Marks {
            quote,
            stop: outside & (tokens.bracket | !tokens.later),
            open: outside & tokens.bracket & !tokens.later,
            close: outside & tokens.bracket & tokens.later,
            backslash,
        };
    }
    outline.carry = carry;
    outline.known = end;
}
