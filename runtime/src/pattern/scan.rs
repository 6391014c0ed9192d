//! The bytes of a compact event come in; its outline goes out, 64 bytes at a time.
//!
//! Grammar is checked on bits, one for each byte: what stands next to what decides, but for brackets, whose
//! nesting is followed one by one, and numbers, literals and escapes, which are looked at one by one. The scan
//! never takes what is malformed; where it meets anything out of the ordinary, white space between tokens
//! included, it gives up, and the event is read byte by byte.

use super::block::{self, Masks};
use super::outline::Outline;
use super::reader::{self, MAX_DEPTH, MAX_KEY};

/// Fills the outline if the bytes start with a well-formed compact object.
pub(crate) fn scan(bytes: &[u8], outline: &mut Outline) -> bool {
    bytes.first() == Some(&b'{') && bytes.len() < 1 << 31 && block::run(bytes, outline)
}

/// What goes on from one block to the next: a bit for what the last byte was.
#[derive(Default)]
struct Carry {
    escape: u64,
    in_string: u64,
    key: bool,
    key_close: u64,
    separator: u64,
    open: u64,
    close: u64,
    before_key: u64,
}

/// A scan under way.
pub(crate) struct Scan<'a> {
    bytes: &'a [u8],
    outline: &'a mut Outline,
    carry: Carry,
    in_object: bool,
    has_high: bool,
    string_blocks: usize,
}

/// What a block came to.
enum Outcome {
    GoOn,
    Done(usize),
    GiveUp,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(bytes: &'a [u8], outline: &'a mut Outline) -> Self {
        // The object stands as if behind a colon: as a value.
        let carry = Carry {
            separator: 1,
            ..Carry::default()
        };
        Self {
            bytes,
            carry,
            in_object: false,
            outline,
            has_high: false,
            string_blocks: 0,
        }
    }

    /// Scans all blocks.
    #[inline(always)]
    pub(crate) fn run(mut self, masks: impl Fn(&[u8; 64]) -> Masks) -> bool {
        let (blocks, rest) = self.bytes.as_chunks::<64>();
        for (number, block) in blocks.iter().enumerate() {
            match self.block(number * 64, masks(block)) {
                Outcome::GoOn => {}
                Outcome::Done(end) => return self.is_utf8(end),
                Outcome::GiveUp => return false,
            }
        }
        let mut last = [b' '; 64];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        match self.block(blocks.len() * 64, masks(&last)) {
            Outcome::Done(end) => self.is_utf8(end),
            _ => false,
        }
    }

    fn is_utf8(&self, end: usize) -> bool {
        let text = self.bytes.get(..=end).unwrap_or(&[]);
        !self.has_high || std::str::from_utf8(text).is_ok()
    }

    #[inline(always)]
    fn block(&mut self, start: usize, masks: Masks) -> Outcome {
        let (quote, escaped) = self.quotes(&masks);
        let in_string = prefix_xor(quote) ^ self.carry.in_string;
        self.carry.in_string = ((in_string.cast_signed()) >> 63).cast_unsigned();
        self.outline.quotes.push(quote);
        let opens = masks.open & !in_string;
        let closes = masks.close & !in_string;
        let Some(brackets) = self.brackets(start, opens, closes) else {
            return Outcome::GiveUp;
        };
        let tokens = Tokens {
            quote,
            in_string,
            colon: masks.colon & !in_string,
            comma: masks.comma & !in_string,
            opens,
            closes,
        };
        self.has_high |= masks.high & brackets.valid != 0;
        let is_well = masks.control & brackets.valid == 0
            && self.is_grammatical(start, &tokens, &brackets)
            && (escaped & in_string & brackets.valid == 0
                || self.are_escapes_well(start, escaped & in_string & brackets.valid))
            && self.is_string_short(quote);
        match brackets.end {
            _ if !is_well => Outcome::GiveUp,
            Some(end) => Outcome::Done(end),
            None => Outcome::GoOn,
        }
    }

    /// The quotes that are not escaped, and what is escaped.
    #[inline(always)]
    fn quotes(&mut self, masks: &Masks) -> (u64, u64) {
        if masks.backslash == 0 {
            let escaped = std::mem::take(&mut self.carry.escape);
            return (masks.quote & !escaped, escaped);
        }
        self.outline.has_escapes = true;
        let mut escaped = self.carry.escape;
        let mut backslashes = masks.backslash & !escaped;
        self.carry.escape = 0;
        while backslashes != 0 {
            let at = backslashes.trailing_zeros();
            backslashes &= backslashes - 1;
            match at {
                63 => self.carry.escape = 1,
                _ => {
                    escaped |= 2 << at;
                    backslashes &= !(2 << at);
                }
            }
        }
        (masks.quote & !escaped, escaped)
    }

    /// Follows the brackets of a block.
    #[inline(always)]
    fn brackets(&mut self, start: usize, opens: u64, closes: u64) -> Option<Brackets> {
        let mut found = Brackets {
            objects: 0,
            curly: 0,
            valid: !0,
            end: None,
        };
        let mut from = !0u64;
        let mut rest = opens | closes;
        while rest != 0 {
            let bit = rest & rest.wrapping_neg();
            let at = start + rest.trailing_zeros() as usize;
            rest ^= bit;
            if self.in_object {
                found.objects |= from & (bit - 1);
            }
            from = bit.wrapping_neg();
            let byte = self.bytes.get(at).copied()?;
            if opens & bit != 0 {
                if self.outline.nesting.len() == MAX_DEPTH {
                    return None;
                }
                self.outline.opened(at);
                self.outline.nesting.push(self.in_object);
                self.in_object = byte == b'{';
                found.curly |= if self.in_object { bit } else { 0 };
                continue;
            }
            if (byte == b'}') != self.in_object {
                return None;
            }
            self.outline.closed(at);
            self.in_object = self.outline.nesting.pop()?;
            if self.outline.nesting.is_empty() {
                found.valid = bit | (bit - 1);
                found.end = Some(at);
                return Some(found);
            }
        }
        if self.in_object {
            found.objects |= from;
        }
        Some(found)
    }

    /// Whether every token of a block may stand behind the one before.
    ///
    /// A scalar is looked at from its start to the comma or closing that must follow it, so nothing has to be
    /// said here of what is behind one. Behind a string or closing comes a comma, a closing or a colon; a colon
    /// comes behind keys, behind all of them and behind nothing else. Behind what leads to a value comes one;
    /// only behind an opening may a closing come instead. Where a key must be, no other value may.
    #[inline(always)]
    fn is_grammatical(&mut self, start: usize, tokens: &Tokens, brackets: &Brackets) -> bool {
        let Tokens {
            quote,
            in_string,
            colon,
            comma,
            opens,
            closes,
        } = *tokens;
        let carry = &mut self.carry;
        let string_open = quote & in_string;
        let string_close = quote & !in_string;
        let separator = colon | comma;
        let scalar = !(in_string | quote | separator | opens | closes);

        let behind_separator = behind(separator, &mut carry.separator);
        let behind_open = behind(opens, &mut carry.open);
        let behind_close = behind(string_close | closes, &mut carry.close);
        let at_key = behind(
            (comma & brackets.objects) | brackets.curly,
            &mut carry.before_key,
        );

        let (sum, over) = in_string.overflowing_add(string_open & at_key);
        let (sum, over_again) = sum.overflowing_add(u64::from(carry.key));
        carry.key = over | over_again;
        let behind_key = behind(sum & string_close, &mut carry.key_close);

        let value = string_open | opens | scalar;
        let fault = (colon ^ behind_key)
            | (behind_close & !(separator | closes))
            | (behind_separator & !value)
            | (behind_open & !(value | closes))
            | (at_key & !(string_open | closes));
        let scalar_start = scalar & (behind_separator | behind_open);
        fault & brackets.valid == 0 && self.are_scalars_well(start, scalar_start & brackets.valid)
    }

    #[inline(always)]
    fn are_scalars_well(&self, start: usize, mut scalars: u64) -> bool {
        while scalars != 0 {
            let at = start + scalars.trailing_zeros() as usize;
            scalars &= scalars - 1;
            if !reader::is_scalar(self.bytes.get(at..).unwrap_or(&[])) {
                return false;
            }
        }
        true
    }

    fn are_escapes_well(&self, start: usize, mut escapes: u64) -> bool {
        while escapes != 0 {
            let at = start + escapes.trailing_zeros() as usize;
            escapes &= escapes - 1;
            if !reader::is_escape(self.bytes.get(at..).unwrap_or(&[])) {
                return false;
            }
        }
        true
    }

    /// Strings that could be keys too long to take are left to the slow reader.
    #[inline(always)]
    fn is_string_short(&mut self, quote: u64) -> bool {
        self.string_blocks = if quote == 0 {
            self.string_blocks + 1
        } else {
            0
        };
        self.string_blocks < MAX_KEY / 64 - 1
    }
}

/// The tokens of a block but for scalars.
struct Tokens {
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
    /// Where the innermost thing open is an object.
    objects: u64,
    /// Openings of objects.
    curly: u64,
    /// What is not behind the end of the event.
    valid: u64,
    end: Option<usize>,
}

/// The bits behind some bits; the carry goes on to the next block.
#[inline(always)]
fn behind(bits: u64, carry: &mut u64) -> u64 {
    let behind = bits << 1 | *carry;
    *carry = bits >> 63;
    behind
}

/// A bit is set when an odd number of bits up to it are.
#[inline(always)]
fn prefix_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: [&str; 7] = [
        r#"{}"#,
        r#"{"a":1,"b":[true,null,{"c":"d\"\\"},[],{}],"e":{"f":-1.5e+3}} x"#,
        r#"{"version":"0","detail-type":"Door Opened","detail":{"doors":[{"name":"front","at":[1,2,3]},{"name":"b\u00e9"}],"é":"ü"}}"#,
        r#"{"a":[[[[1,[2],"x"]]],"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"b":false}"#,
        r#"{"k":"\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\","l":"\"","m":[0,-0,1e5,"",""]}"#,
        r#"{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":{"b":1}}"#,
        r#"{"a":"b","c":{"d":"e","f":{"g":"h","i":["j","k","l"]}},"m":"n","o":12345,"p":{"q":true,"r":false},"s":null}"#,
    ];

    /// What is taken is well-formed, and has the outline that the slow reader finds.
    fn agrees(bytes: &[u8]) -> bool {
        let (mut fast, mut slow) = (Outline::default(), Outline::default());
        let is_taken = scan(bytes, &mut fast);
        let read = slow.read_slowly(bytes);
        if is_taken {
            assert_eq!(read, Ok(()), "{}", String::from_utf8_lossy(bytes));
            let places = |outline: &Outline| -> Vec<String> {
                outline
                    .openings
                    .iter()
                    .map(|opening| format!("{opening:?}"))
                    .collect()
            };
            assert_eq!(places(&fast), places(&slow));
            let end = slow.root().1;
            let inside = |outline: &Outline| {
                (0..end)
                    .map(|at| outline.quotes[at / 64] >> (at % 64) & 1 == 1)
                    .collect::<Vec<_>>()
            };
            assert_eq!(inside(&fast), inside(&slow));
        }
        is_taken
    }

    #[test]
    fn compact_events_are_taken() {
        let is_fast = block::run(b"{}", &mut Outline::default());
        for sample in SAMPLES {
            for length in 0..70 {
                let padded = sample.replacen('{', &format!("{{\"{}\":0,", "p".repeat(length)), 1);
                let text = if sample == "{}" { sample } else { &padded };
                assert_eq!(agrees(text.as_bytes()), is_fast, "{text}");
            }
        }
    }

    #[test]
    fn what_is_malformed_is_never_taken() {
        const BYTES: &[u8] = b"{}[]:,\"\\ 1tx-.e\x00\x0c\x1f\xff\xc3\xa9u\n";
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for round in 0..200_000 {
            let mut bytes = SAMPLES[round % SAMPLES.len()].as_bytes().to_vec();
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
            agrees(&bytes);
        }
    }
}
