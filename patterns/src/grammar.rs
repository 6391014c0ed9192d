//! The kinds of an event's bytes come in as bits; where its keys, arrays and objects are goes out, if every token
//! stands where it may.
//!
//! What stands before a token decides, but for brackets, whose nesting is followed one by one.

use super::outline::{Kinds, Marks};

/// Checks some blocks and gives where the root closes.
#[inline(always)]
pub(crate) fn check(kinds: &[Kinds], marks: &mut [Marks]) -> Option<usize> {
    let mut grammar = Grammar {
        carry: Carry::default(),
        open: BOTTOM,
        fault: 0,
        end: None,
    };
    for (number, (kinds, marks)) in kinds.iter().zip(marks).enumerate() {
        let objects = grammar.brackets(number * 64, kinds);
        match kinds.white {
            0 => grammar.block::<false>(kinds, marks, objects),
            _ => grammar.block::<true>(kinds, marks, objects),
        }
        if grammar.end.is_some() {
            break;
        }
    }
    grammar.end.filter(|_| grammar.fault == 0)
}

/// What goes on from one block to the next, in the lowest bit.
#[derive(Default)]
struct Carry {
    in_key: u64,
    key_close: u64,
    open: u64,
    value: u64,
    before_key: u64,
    scalar: u64,
}

/// Below what is open. As what is open has a bit each, sixty-three levels are followed; what is deeper is given up.
const BOTTOM: u64 = 1;

/// A check under way.
struct Grammar {
    carry: Carry,
    /// A bit for each array and object that is open, set for objects; the lowest is the innermost.
    open: u64,
    /// Not zero when something was not well.
    fault: u64,
    end: Option<usize>,
}

impl Grammar {
    /// Follows the brackets of a block: a bit is set where the innermost that is open is an object, from its
    /// opening on.
    #[inline(always)]
    fn brackets(&mut self, start: usize, kinds: &Kinds) -> u64 {
        let mut open = self.open;
        let innermost = |open: u64| 0_u64.wrapping_sub(open & 1);
        let mut objects = innermost(open);
        let mut rest = kinds.outside & kinds.bracket;
        while rest != 0 {
            let bit = rest & rest.wrapping_neg();
            rest ^= bit;
            let is_object = u64::from(kinds.brace & bit != 0);
            if kinds.later & bit == 0 {
                self.fault |= open >> 63;
                open = open << 1 | is_object;
            } else {
                self.fault |= (open ^ is_object) & 1;
                open >>= 1;
                if open <= BOTTOM {
                    self.end = Some(start + bit.trailing_zeros() as usize);
                    break;
                }
            }
            // From here on, what is innermost is another.
            objects ^= (objects ^ innermost(open)) & bit.wrapping_neg();
        }
        self.open = open;
        objects
    }

    /// The tokens of a block that may not stand behind the one before, white space apart.
    ///
    /// Every token stands behind one that is or ends a value, or behind one that leads to a value: separators
    /// and closings behind the first alone, all others behind the second. Closings may come behind openings,
    /// too; only strings and closings where a key must be; and a colon comes behind keys, behind all of them and
    /// behind nothing else.
    #[inline(always)]
    fn block<const SPACED: bool>(&mut self, kinds: &Kinds, marks: &mut Marks, objects: u64) {
        let Kinds {
            quote,
            in_string,
            outside,
            bracket,
            later,
            scalar,
            white,
            ..
        } = *kinds;
        let (brackets, separators) = (outside & bracket, outside & !bracket);
        let (opens, closes) = (brackets & !later, brackets & later);
        let (colon, comma) = (separators & !later, separators & later);
        let (string_open, string_close) = (quote & in_string, quote & !in_string);
        let carry = &mut self.carry;
        let scalar_start = scalar & !next(scalar, &mut carry.scalar);

        let value_end = string_close | closes | scalar;
        let after_value = after::<SPACED>(value_end, white, &mut carry.value);
        let after_open = after::<SPACED>(opens, white, &mut carry.open);
        let before_key = (comma | opens) & objects;
        let at_key = after::<SPACED>(before_key, white, &mut carry.before_key);
        let in_key = add(in_string, string_open & at_key, &mut carry.in_key);
        let key_close = in_key & string_close;
        let after_key = after::<SPACED>(key_close, white, &mut carry.key_close);

        self.fault |= (colon ^ after_key)
            | (separators & !after_value)
            | (closes & !(after_value | after_open))
            | ((string_open | opens | scalar_start) & after_value)
            | (at_key & (opens | scalar));
        marks.quote = quote;
        marks.stop = brackets | colon;
        marks.open = opens;
        marks.close = closes;
    }
}

/// The bits behind some bits; the carry goes on to the next block.
#[inline(always)]
pub(crate) fn next(bits: u64, carry: &mut u64) -> u64 {
    let next = bits << 1 | *carry;
    *carry = bits >> 63;
    next
}

/// The sum; what is carried out of the block comes into the next.
#[inline(always)]
pub(crate) fn add(one: u64, other: u64, carry: &mut u64) -> u64 {
    let (sum, is_over) = one.overflowing_add(other);
    let (sum, is_over_again) = sum.overflowing_add(*carry);
    *carry = u64::from(is_over | is_over_again);
    sum
}

/// The bits behind some bits and the white space that follows them.
#[inline(always)]
fn after<const SPACED: bool>(bits: u64, white: u64, carry: &mut u64) -> u64 {
    let next = next(bits, carry);
    if !SPACED {
        return next;
    }
    let (after_white, is_over) = white.overflowing_add(next & white);
    *carry |= u64::from(is_over);
    (next | after_white) & !white
}
