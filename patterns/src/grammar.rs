//! The kinds of an event's bytes come in as bits; where its arrays and objects open and close goes out, if every
//! token stands where it may.
//!
//! What stands before a token decides, but for brackets, whose nesting is followed one by one.

use super::outline::{Kinds, NONE, NOTED, Opening, Outline};

/// Checks some blocks and gives where the root closes.
#[inline(always)]
pub(crate) fn check(blocks: usize, outline: &mut Outline) -> Option<usize> {
    let mut grammar = Grammar {
        openings: &mut outline.openings,
        noted: &mut outline.noted,
        carry: Carry::default(),
        innermost: NONE,
        in_object: 0,
        end: None,
    };
    let mut fault = 0;
    for (kinds, number) in outline.kinds.iter().take(blocks).zip(0u32..) {
        let objects = grammar.brackets(number * 64, kinds)?;
        fault |= match kinds.white {
            0 => grammar.fault::<false>(number * 64, kinds, objects),
            _ => grammar.fault::<true>(number * 64, kinds, objects),
        };
        if grammar.end.is_some() {
            break;
        }
    }
    grammar.end.filter(|_| fault == 0)
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
    /// Where strings opened in the block before.
    string_open: u64,
}

/// A check under way.
struct Grammar<'a> {
    openings: &'a mut Vec<Opening>,
    noted: &'a mut Vec<u32>,
    carry: Carry,
    /// The number of the innermost opening.
    innermost: u32,
    /// All bits if that is an object's.
    in_object: u64,
    end: Option<usize>,
}

impl Grammar<'_> {
    /// Follows the brackets of a block: a bit is set where the innermost that is open is an object, from its
    /// opening on.
    #[inline(always)]
    fn brackets(&mut self, start: u32, kinds: &Kinds) -> Option<u64> {
        let mut objects = self.in_object;
        let mut rest = kinds.outside & kinds.bracket;
        while rest != 0 {
            let bit = rest & rest.wrapping_neg();
            let at = start + rest.trailing_zeros();
            rest &= rest - 1;
            let is_object = if kinds.brace & bit != 0 { !0 } else { 0 };
            if kinds.later & bit == 0 {
                self.open(at, is_object);
            } else {
                if is_object != self.in_object {
                    return None;
                }
                self.close(at)?;
                if self.innermost == NONE {
                    self.end = Some(at as usize);
                    return Some(objects);
                }
            }
            // From here on, what is innermost is another.
            objects ^= (objects ^ self.in_object) & bit.wrapping_neg();
        }
        Some(objects)
    }

    #[inline(always)]
    fn open(&mut self, at: u32, is_object: u64) {
        let number = self.openings.len() as u32;
        self.openings.push(Opening {
            at,
            close: self.innermost,
            after: (self.in_object & 1) as u32,
        });
        self.innermost = number;
        self.in_object = is_object;
    }

    #[inline(always)]
    fn close(&mut self, at: u32) -> Option<()> {
        let after = self.openings.len() as u32;
        let opening = self.openings.get_mut(self.innermost as usize)?;
        self.innermost = opening.close;
        self.in_object = 0u64.wrapping_sub(u64::from(opening.after));
        opening.close = at;
        opening.after = after;
        Some(())
    }

    /// The tokens of a block that may not stand behind the one before, white space apart.
    ///
    /// Every token stands behind one that is or ends a value, or behind one that leads to a value: separators
    /// and closings behind the first alone, all others behind the second. Closings may come behind openings,
    /// too; only strings and closings where a key must be; and a colon comes behind keys, behind all of them and
    /// behind nothing else.
    #[inline(always)]
    fn fault<const SPACED: bool>(&mut self, start: u32, kinds: &Kinds, objects: u64) -> u64 {
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

        let here = string_open & key_close >> NOTED;
        let before = carry.string_open & key_close << (64 - NOTED);
        if here | before != 0 {
            note(self.noted, start, before, here);
        }
        carry.string_open = string_open;

        (colon ^ after_key)
            | (separators & !after_value)
            | (closes & !(after_value | after_open))
            | ((string_open | opens | scalar_start) & after_value)
            | (at_key & (opens | scalar))
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

/// Notes where strings begin, in the block before and in this one.
#[cold]
fn note(noted: &mut Vec<u32>, start: u32, before: u64, here: u64) {
    for (start, mut bits) in [(start.wrapping_sub(64), before), (start, here)] {
        while bits != 0 {
            noted.push(start.wrapping_add(bits.trailing_zeros()));
            bits &= bits - 1;
        }
    }
}
