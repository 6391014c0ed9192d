//! The bytes of an event come in; its outline goes out, 64 bytes at a time.
//!
//! Grammar is checked on bits, one for each byte: what stands before what decides, but for brackets, whose
//! nesting is followed one by one, and literals, powers and escapes, which are looked at one by one. The scan
//! never takes what is malformed; where it meets anything out of the ordinary it gives up, and the event is
//! read byte by byte.

use super::block::{self, Machine, Plain, Rare, Tokens};
use super::outline::{NONE, NOTED, Opening, Outline};
use super::reader::{self, MAX_DEPTH, MAX_KEY};

/// Fills the outline if the bytes start with a well-formed object.
pub(crate) fn scan(bytes: &[u8], outline: &mut Outline) -> bool {
    bytes.first() == Some(&b'{') && bytes.len() < 1 << 31 && block::run(bytes, outline)
}

/// Scans all blocks.
#[inline(always)]
pub(crate) fn run<T, R, P, X>(
    bytes: &[u8],
    outline: &mut Outline,
    machine: Machine<T, R, P, X>,
) -> bool
where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    X: Fn(u64) -> u64,
{
    outline.clear();
    let mut marks = std::mem::take(&mut outline.marks);
    let mut scan = Scan {
        bytes,
        outline,
        machine,
        carry: Carry::default(),
        innermost: NONE,
        in_object: 0,
        has_high: false,
    };
    let end = scan.blocks(&mut marks);
    let has_high = scan.has_high;
    outline.marks = marks;
    let text = end.and_then(|end| bytes.get(..=end));
    text.is_some_and(|text| {
        (!has_high || std::str::from_utf8(text).is_ok())
            && (text.len() <= MAX_KEY || !has_long_string(&outline.marks))
            && (outline.openings.len() <= MAX_DEPTH || depth(&outline.openings) <= MAX_DEPTH)
    })
}

/// Whether there are strings that could be keys too long to take.
fn has_long_string(marks: &[u64]) -> bool {
    let mut runs = marks.split(|word| *word != 0);
    runs.any(|empty| empty.len() >= MAX_KEY / 64 - 1)
}

/// How deep arrays and objects nest.
fn depth(openings: &[Opening]) -> usize {
    let mut open: Vec<Opening> = Vec::new();
    let mut deepest = 0;
    for opening in openings {
        while open.last().is_some_and(|around| around.close < opening.at) {
            open.pop();
        }
        open.push(*opening);
        deepest = deepest.max(open.len());
    }
    deepest
}

/// What goes on from one block to the next. All but `in_string` are in the lowest bit.
#[derive(Default)]
struct Carry {
    escape: u64,
    /// All bits.
    in_string: u64,
    /// The block before: where strings began.
    string_open: u64,
    in_key: u64,
    key_close: u64,
    open: u64,
    value: u64,
    before_key: u64,
    scalar: u64,
    numbers: Numbers,
}

/// What goes on inside a number.
#[derive(Default)]
struct Numbers {
    digit: u64,
    dot: u64,
    minus: u64,
    leading_zero: u64,
    fraction: u64,
}

/// A scan under way.
struct Scan<'a, T, R, P, X> {
    bytes: &'a [u8],
    outline: &'a mut Outline,
    machine: Machine<T, R, P, X>,
    carry: Carry,
    /// The number of the innermost opening.
    innermost: u32,
    /// All bits if that is an object's.
    in_object: u64,
    has_high: bool,
}

/// What a block came to.
enum Outcome {
    GoOn,
    Done(usize),
    GiveUp,
}

impl<T, R, P, X> Scan<'_, T, R, P, X>
where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    X: Fn(u64) -> u64,
{
    /// Scans block after block; gives where the root closes, if all is well.
    #[inline(always)]
    fn blocks(&mut self, marks: &mut Vec<u64>) -> Option<usize> {
        let (blocks, rest) = self.bytes.as_chunks::<64>();
        marks.resize(blocks.len() + 1, 0);
        let mut marks = marks.iter_mut();
        let mut start = 0;
        let mut last = [b' '; 64];
        let mut part = blocks;
        loop {
            for (block, marks) in part.iter().zip(&mut marks) {
                match self.block(start, block, marks) {
                    Outcome::GoOn => start += 64,
                    Outcome::Done(end) => return Some(end),
                    Outcome::GiveUp => return None,
                }
            }
            if start > self.bytes.len() {
                return None;
            }
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            part = std::slice::from_ref(&last);
        }
    }

    #[inline(always)]
    fn block(&mut self, start: usize, block: &[u8; 64], marks: &mut u64) -> Outcome {
        let tokens = (self.machine.tokens)(block);
        let mut quote = tokens.quote;
        let mut inside = 0;
        let mut control = 0;
        if tokens.has_rare || self.carry.escape != 0 {
            let rare = (self.machine.rare)(block);
            inside = behind_backslashes(rare.backslash, &mut self.carry.escape);
            self.outline.has_escapes |= rare.backslash != 0;
            self.has_high |= rare.high != 0;
            quote &= !inside;
            control = rare.control;
        }
        let in_string = (self.machine.odd)(quote) ^ self.carry.in_string;
        self.carry.in_string = (in_string.cast_signed() >> 63).cast_unsigned();
        if (inside | control) & in_string != 0
            && (control & in_string != 0 || !are_escapes_well(self.bytes, start, inside & in_string))
        {
            return Outcome::GiveUp;
        }
        let found = Found {
            quote,
            in_string,
            colon: tokens.colon & !in_string,
            comma: tokens.comma & !in_string,
            opens: tokens.open & !in_string,
            closes: tokens.close & !in_string,
        };
        *marks = quote | found.colon | found.comma | found.opens | found.closes;
        let Some(brackets) = self.brackets(start, &found, tokens.brace) else {
            return Outcome::GiveUp;
        };
        let others = !(in_string | *marks);
        let fault = if others == 0 && self.carry.scalar == 0 {
            self.fault::<false>(start, &found, &brackets, 0, 0)
        } else {
            let plain = (self.machine.plain)(block);
            let white = plain.white & others;
            let scalar = others & !white;
            let fault = if white == 0 {
                self.fault::<false>(start, &found, &brackets, 0, scalar)
            } else {
                self.fault::<true>(start, &found, &brackets, white, scalar)
            };
            fault | self.scalar_fault(start, &plain, scalar)
        };
        match brackets.end {
            _ if fault != 0 => Outcome::GiveUp,
            Some(end) => Outcome::Done(end),
            None => Outcome::GoOn,
        }
    }

    /// Follows the brackets of a block.
    #[inline(always)]
    fn brackets(&mut self, start: usize, found: &Found, brace: u64) -> Option<Brackets> {
        let mut brackets = Brackets {
            objects: self.in_object,
            end: None,
        };
        let mut rest = found.opens | found.closes;
        while rest != 0 {
            let at = rest.trailing_zeros();
            let bit = rest & rest.wrapping_neg();
            rest &= rest - 1;
            let is_object = 0u64.wrapping_sub(brace >> at & 1);
            let at = start as u32 + at;
            if found.opens & bit != 0 {
                let number = self.outline.openings.len() as u32;
                self.outline.openings.push(Opening {
                    at,
                    close: self.innermost,
                    behind: (self.in_object & 1) as u32,
                });
                self.innermost = number;
                self.in_object = is_object;
            } else {
                let behind = self.outline.openings.len() as u32;
                let opening = self.outline.openings.get_mut(self.innermost as usize)?;
                if is_object != self.in_object {
                    return None;
                }
                self.innermost = opening.close;
                self.in_object = 0u64.wrapping_sub(u64::from(opening.behind));
                opening.close = at;
                opening.behind = behind;
                if self.innermost == NONE {
                    brackets.end = Some(at as usize);
                    return Some(brackets);
                }
            }
            // From here on, what is innermost is another.
            brackets.objects ^= (brackets.objects ^ self.in_object) & bit.wrapping_neg();
        }
        Some(brackets)
    }

    /// The tokens of a block that may not stand behind the one before, white space apart.
    ///
    /// Every token stands behind one that is or ends a value, or behind one that leads to a value: separators
    /// and closings behind the first alone, all others behind the second. Closings may come behind openings,
    /// too; only strings and closings where a key must be; and a colon comes behind keys, behind all of them and
    /// behind nothing else.
    #[inline(always)]
    fn fault<const SPACED: bool>(
        &mut self,
        start: usize,
        found: &Found,
        brackets: &Brackets,
        white: u64,
        scalar: u64,
    ) -> u64 {
        let Found {
            quote,
            in_string,
            colon,
            comma,
            opens,
            closes,
        } = *found;
        let carry = &mut self.carry;
        let string_open = quote & in_string;
        let string_close = quote & !in_string;
        let scalar_start = scalar & !next(scalar, &mut carry.scalar);

        let behind_value = behind::<SPACED>(string_close | closes | scalar, white, &mut carry.value);
        let behind_open = behind::<SPACED>(opens, white, &mut carry.open);
        let before_key = (comma | opens) & brackets.objects;
        let at_key = behind::<SPACED>(before_key, white, &mut carry.before_key);
        let in_key = add(in_string, string_open & at_key, &mut carry.in_key);
        let key_close = in_key & string_close;
        let behind_key = behind::<SPACED>(key_close, white, &mut carry.key_close);

        let here = string_open & key_close >> NOTED;
        let before = carry.string_open & key_close << (64 - NOTED);
        if here | before != 0 {
            note(&mut self.outline.noted, start, before, here);
        }
        carry.string_open = string_open;

        (colon ^ behind_key)
            | ((colon | comma) & !behind_value)
            | (closes & !(behind_value | behind_open))
            | ((string_open | opens | scalar_start) & behind_value)
            | (at_key & (opens | scalar))
    }

    /// What is wrong in the numbers and literals of a block.
    ///
    /// Of a number, digits, a dot and a minus are looked at all at once. A block with any other character is
    /// looked at scalar by scalar.
    #[inline(always)]
    fn scalar_fault(&mut self, start: usize, plain: &Plain, scalar: u64) -> u64 {
        let carry = &mut self.carry.numbers;
        let (digit, dot) = (plain.digit & scalar, plain.dot & scalar);
        let minus = plain.minus & scalar;
        let behind_digit = next(digit, &mut carry.digit);
        let behind_dot = next(dot, &mut carry.dot);
        let behind_minus = next(minus, &mut carry.minus);
        let scalar_start = scalar & !(behind_digit | behind_dot | behind_minus);
        let first_digit = digit & !behind_digit & !behind_dot;
        let leading_zero = next(first_digit & plain.zero, &mut carry.leading_zero);
        let behind_fraction = add(digit, digit & behind_dot, &mut carry.fraction) & !digit;
        let cut = (behind_minus | behind_dot) & !digit;
        if scalar & !(digit | dot | minus) != 0 {
            let is_well = are_scalars_well(self.bytes, start, scalar);
            return if is_well { cut & !scalar } else { !0 };
        }
        // A number as long as this may be too long.
        let is_long = if scalar == !0 { !0 } else { 0 };
        is_long
            | (minus & !scalar_start)
            | cut
            | (dot & (!behind_digit | behind_fraction))
            | (leading_zero & digit)
    }
}

/// The tokens of a block but for scalars.
#[derive(Clone, Copy)]
struct Found {
    quote: u64,
    /// From the opening quotes on, without the closing ones.
    in_string: u64,
    colon: u64,
    comma: u64,
    opens: u64,
    closes: u64,
}

/// What the brackets of a block tell.
struct Brackets {
    /// Where the innermost thing open is an object, from its opening on.
    objects: u64,
    /// Where the root closes.
    end: Option<usize>,
}

/// The bits behind some bits; the carry goes on to the next block.
#[inline(always)]
fn next(bits: u64, carry: &mut u64) -> u64 {
    let next = bits << 1 | *carry;
    *carry = bits >> 63;
    next
}

/// The bits behind some bits and the white space that follows them.
#[inline(always)]
fn behind<const SPACED: bool>(bits: u64, white: u64, carry: &mut u64) -> u64 {
    let next = next(bits, carry);
    if !SPACED {
        return next;
    }
    let (behind_white, is_over) = white.overflowing_add(next & white);
    *carry |= u64::from(is_over);
    (next | behind_white) & !white
}

/// The sum; what is carried out of the block comes into the next.
#[inline(always)]
fn add(one: u64, other: u64, carry: &mut u64) -> u64 {
    let (sum, is_over) = one.overflowing_add(other);
    let (sum, is_over_again) = sum.overflowing_add(*carry);
    *carry = u64::from(is_over | is_over_again);
    sum
}

/// What stands behind a backslash that does not itself.
#[inline(always)]
fn behind_backslashes(mut backslashes: u64, carry: &mut u64) -> u64 {
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

/// Notes where strings begin, in the block before and in this one.
fn note(noted: &mut Vec<u32>, start: usize, before: u64, here: u64) {
    let block_before = start.wrapping_sub(64);
    for (start, mut bits) in [(block_before, before), (start, here)] {
        while bits != 0 {
            noted.push(start.wrapping_add(bits.trailing_zeros() as usize) as u32);
            bits &= bits - 1;
        }
    }
}

/// Whether the numbers and literals are well that a block has a part of.
fn are_scalars_well(bytes: &[u8], start: usize, scalar: u64) -> bool {
    let in_scalar = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'A'..=b'Z' | b'a'..=b'z');
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

fn are_escapes_well(bytes: &[u8], start: usize, mut escapes: u64) -> bool {
    while escapes != 0 {
        let at = start + escapes.trailing_zeros() as usize;
        escapes &= escapes - 1;
        if !reader::is_escape(bytes.get(at..).unwrap_or(&[])) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: [&str; 8] = [
        r#"{}"#,
        r#"{"a":1,"b":[true,null,{"c":"d\"\\"},[],{}],"e":{"f":-1.5e+3}} "#,
        r#"{"version":"0","detail-type":"Door Opened","detail":{"doors":[{"name":"front","at":[1,2,3]},{"name":"b\u00e9"}],"é":"ü"}}"#,
        r#"{"a":[[[[1,[2],"x"]]],"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"b":false}"#,
        r#"{"k":"\\\\\\\\\\\\\\\\\\\\\\\\\\","l":"\"","m":[0,-0,1e5,"",""]}"#,
        r#"{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":{"b":1}}"#,
        r#"{"a":"b","c":{"d":"e","f":{"g":"h","i":["j","k","l"]}},"m":"n","o":12345,"p":{"q":true,"r":false},"s":null}"#,
        r#"{"x":-122.48817971358439,"y":[37.70340554392037,0.5,-0.0,100,10.01,-7],"detail-type":[{"detail-type":0}]}"#,
    ];

    type Way = fn(&[u8], &mut Outline) -> bool;
    const WAYS: [Way; 2] = [block::run, block::run_anywhere];

    /// What is taken is well-formed, and has the outline that the slow reader finds.
    fn is_taken_rightly(bytes: &[u8], way: Way) -> bool {
        let (mut fast, mut slow) = (Outline::default(), Outline::default());
        let is_taken = bytes.first() == Some(&b'{') && way(bytes, &mut fast);
        let read = slow.read_slowly(bytes);
        if is_taken {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(read, Ok(()), "{text}");
            assert_eq!(fast.openings, slow.openings, "{text}");
            let marks = |outline: &Outline| -> Vec<bool> {
                let is_marked = |at| outline.marks[at / 64] >> (at % 64) & 1 == 1;
                (0..slow.root().1).map(is_marked).collect()
            };
            assert_eq!(marks(&fast), marks(&slow), "{text}");
            assert!(fast.has_escapes || !slow.has_escapes, "{text}");
            let key = b"detail-type";
            let told = |outline: &Outline| -> Vec<usize> {
                let noted = outline.noted.iter();
                let values = noted.filter_map(|at| outline.root_value(bytes, *at, key));
                values.map(|value| value.at).collect()
            };
            assert_eq!(told(&fast), told(&slow), "{text}");
        }
        is_taken
    }

    fn is_taken(bytes: &[u8]) -> bool {
        let [one, other] = WAYS.map(|way| is_taken_rightly(bytes, way));
        assert_eq!(one, other, "{}", String::from_utf8_lossy(bytes));
        one
    }

    #[test]
    fn well_formed_events_are_taken() {
        for sample in SAMPLES {
            for length in 0..70 {
                let padded = sample.replacen('{', &format!("{{\"{}\":0,", "p".repeat(length)), 1);
                let text = if sample == "{}" { sample } else { &padded };
                assert!(is_taken(text.as_bytes()), "{text}");
                let value: serde_json::Value =
                    serde_json::from_str(text).unwrap();
                let pretty = serde_json::to_string_pretty(&value).unwrap();
                assert!(is_taken(pretty.as_bytes()), "{pretty}");
                let wide = pretty.replace('\n', &"\r\n\t ".repeat(length));
                assert!(is_taken(wide.as_bytes()), "{wide}");
            }
        }
    }

    #[test]
    fn what_is_malformed_is_never_taken() {
        const BYTES: &[u8] = b"{}[]:,\"\\ 10tx-.e\x00\x0c\x1f\xff\xc3\xa9u\n";
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut taken = 0;
        for round in 0..200_000 {
            let sample = SAMPLES[round % SAMPLES.len()];
            let mut bytes = match round % 3 {
                0 => sample.replace(',', " ,\n ").replace(':', ": ").into_bytes(),
                _ => sample.as_bytes().to_vec(),
            };
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                match random(4) {
                    0 => bytes.insert(at, BYTES[random(BYTES.len())]),
                    1 if bytes.len() > 1 => drop(bytes.remove(at)),
                    2 => bytes[at] = BYTES[random(BYTES.len())],
                    _ => {
                        let from = random(bytes.len());
                        let part = bytes[from..bytes.len().min(from + 9)].to_vec();
                        bytes.splice(at..at, part);
                    }
                }
            }
            taken += usize::from(is_taken(&bytes));
        }
        assert!(taken > 20_000, "{taken}");
    }
}
