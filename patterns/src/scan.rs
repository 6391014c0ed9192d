//! The bytes of an event come in; its outline goes out, 64 bytes at a time.
//!
//! First each block is read into bits, one for each byte of a kind, and strings and numbers are checked; then the
//! grammar is, on these bits alone. The scan never takes what is malformed. Where it meets anything out of the
//! ordinary it gives up, and the event is read byte by byte.

use super::block::{Machine, Plain, Rare, Tokens};
use super::grammar::{self, add, next};
use super::outline::{Kinds, Marks, Outline};
use super::reader::{self, MAX_KEY};

/// Scans with a machine.
#[inline(always)]
pub(crate) fn run<T, R, P, W, X>(
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
    outline.begin(bytes.len(), false);
    let mut scan = Scan {
        bytes,
        machine,
        carry: Carry::default(),
        fault: 0,
        has_high: false,
        has_escapes: false,
    };
    let count = outline.count;
    // What another event left is written over.
    let length = count.max(outline.marks.len());
    outline.kinds.resize(length, Kinds::default());
    outline.marks.resize(length, Marks::default());
    let kinds = outline.kinds.get_mut(..count).unwrap_or(&mut []);
    let marks = outline.marks.get_mut(..count).unwrap_or(&mut []);
    scan.blocks(kinds, marks);
    outline.has_escapes = scan.has_escapes;
    let end = grammar::check(kinds, marks).filter(|_| scan.fault == 0);
    let Some(text) = end.and_then(|end| bytes.get(..=end)) else {
        return false;
    };
    outline.count = text.len().div_ceil(64);
    outline.known = outline.count;
    (!scan.has_high || std::str::from_utf8(text).is_ok())
        && (text.len() <= MAX_KEY || !has_long_string(kinds))
}

/// Whether there are strings that could be keys too long to take.
fn has_long_string(kinds: &[Kinds]) -> bool {
    let mut runs = kinds.split(|kinds| kinds.in_string != !0);
    runs.any(|strings| strings.len() >= MAX_KEY / 64 - 1)
}

/// What goes on from one block to the next. All but `in_string` are in the lowest bit.
#[derive(Default)]
struct Carry {
    escape: u64,
    /// All bits.
    in_string: u64,
    scalar: u64,
    digit: u64,
    dot: u64,
    minus: u64,
    leading_zero: u64,
    fraction: u64,
}

/// A scan under way.
struct Scan<'a, T, R, P, W, X> {
    bytes: &'a [u8],
    machine: Machine<T, R, P, W, X>,
    carry: Carry,
    /// Not zero when something was not well.
    fault: u64,
    has_high: bool,
    has_escapes: bool,
}

impl<T, R, P, W, X> Scan<'_, T, R, P, W, X>
where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    W: Fn(&[u8; 64]) -> u64,
    X: Fn(u64) -> u64,
{
    /// Reads block after block.
    #[inline(always)]
    fn blocks(&mut self, kinds: &mut [Kinds], marks: &mut [Marks]) {
        let (blocks, rest) = self.bytes.as_chunks::<64>();
        let mut outs = kinds.iter_mut().zip(marks);
        let mut start = 0;
        let mut last = [b' '; 64];
        let mut part = blocks;
        let mut is_last = false;
        loop {
            for (block, (kinds, marks)) in part.iter().zip(&mut outs) {
                (*kinds, marks.backslash) = self.block(start, block);
                start += 64;
            }
            if is_last {
                return;
            }
            is_last = true;
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            part = std::slice::from_ref(&last);
        }
    }

    #[inline(always)]
    fn block(&mut self, start: usize, block: &[u8; 64]) -> (Kinds, u64) {
        let tokens = (self.machine.tokens)(block);
        let rare = if tokens.has_rare || self.carry.escape != 0 {
            (self.machine.rare)(block)
        } else {
            Rare::default()
        };
        let mut quote = tokens.quote;
        let mut escaped = 0;
        if rare.backslash | self.carry.escape != 0 {
            escaped = after_backslashes(rare.backslash, &mut self.carry.escape);
            quote &= !escaped;
        }
        let in_string = (self.machine.odd)(quote) ^ self.carry.in_string;
        self.carry.in_string = (in_string.cast_signed() >> 63).cast_unsigned();
        if tokens.has_rare || escaped != 0 {
            self.has_high |= rare.high != 0;
            self.has_escapes |= rare.backslash != 0;
            // Some control characters look like marks.
            self.fault |= rare.control & (in_string | tokens.mark);
            self.fault |= escape_fault(self.bytes, start, escaped & in_string);
        }
        let outside = tokens.mark & !in_string;
        let mut kinds = Kinds {
            quote,
            in_string,
            outside,
            bracket: tokens.bracket,
            later: tokens.later,
            brace: tokens.brace,
            scalar: 0,
            white: 0,
        };
        let others = !(in_string | quote | outside);
        if others | self.carry.scalar != 0 {
            let plain = (self.machine.plain)(block);
            let mut odd = others & !(plain.digit | plain.dot | plain.minus);
            if odd != 0 {
                kinds.white = (self.machine.white)(block) & others;
                odd &= !kinds.white;
            }
            kinds.scalar = others & !kinds.white;
            self.fault |= self.scalar_fault(start, &plain, kinds.scalar, odd);
            self.carry.scalar = kinds.scalar >> 63;
        }
        (kinds, rare.backslash)
    }

    /// What is wrong in the numbers and literals of a block.
    ///
    /// Of a number, digits, a dot and a minus are looked at all at once. A block with any odd character, of
    /// literals and powers, is looked at scalar by scalar.
    #[inline(always)]
    fn scalar_fault(&mut self, start: usize, plain: &Plain, scalar: u64, odd: u64) -> u64 {
        let carry = &mut self.carry;
        let (digit, dot) = (plain.digit & scalar, plain.dot & scalar);
        let minus = plain.minus & scalar;
        let after_digit = next(digit, &mut carry.digit);
        let after_dot = next(dot, &mut carry.dot);
        let after_minus = next(minus, &mut carry.minus);
        let scalar_start = scalar & !(after_digit | after_dot | after_minus);
        let first_digit = digit & !after_digit & !after_dot;
        let leading_zero = next(first_digit & plain.zero, &mut carry.leading_zero);
        let after_fraction = add(digit, digit & after_dot, &mut carry.fraction) & !digit;
        let cut = (after_minus | after_dot) & !digit;
        if odd != 0 {
            let is_well = are_scalars_well(self.bytes, start, scalar);
            return if is_well { cut & !scalar } else { !0 };
        }
        // A number as long as this may be too long.
        let is_long = if scalar == !0 { !0 } else { 0 };
        is_long
            | cut
            | (minus & !scalar_start)
            | (dot & (!after_digit | after_fraction))
            | (leading_zero & digit)
    }
}

/// What stands behind a backslash that does not itself.
#[inline(always)]
pub(crate) fn after_backslashes(mut backslashes: u64, carry: &mut u64) -> u64 {
    let mut escaped = std::mem::take(carry);
    backslashes &= !escaped;
    while backslashes != 0 {
        let bit = backslashes & backslashes.wrapping_neg();
        backslashes &= !(bit | bit << 1);
        escaped |= bit << 1;
        *carry = bit >> 63;
    }
    escaped
}

/// Whether the numbers and literals are well that a block has a part of.
fn are_scalars_well(bytes: &[u8], start: usize, scalar: u64) -> bool {
    let in_scalar =
        |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'A'..=b'Z' | b'a'..=b'z');
    let before = bytes.get(..start).unwrap_or(&[]).iter().rev();
    let begun = match scalar & 1 {
        1 => before.take_while(|byte| in_scalar(byte)).count(),
        _ => 0,
    };
    let is_well = |at: usize| reader::is_scalar(bytes.get(at..).unwrap_or(&[]));
    let mut starts = scalar & !(scalar << 1);
    while starts != 0 {
        let at = start + starts.trailing_zeros() as usize;
        starts &= starts - 1;
        if !is_well(if at == start { at - begun } else { at }) {
            return false;
        }
    }
    true
}

/// Not zero if some of the escapes are malformed that a block has the second character of.
fn escape_fault(bytes: &[u8], start: usize, mut escapes: u64) -> u64 {
    while escapes != 0 {
        let at = start + escapes.trailing_zeros() as usize;
        if !reader::is_escape(bytes.get(at..).unwrap_or(&[])) {
            return escapes;
        }
        escapes &= escapes - 1;
    }
    0
}
