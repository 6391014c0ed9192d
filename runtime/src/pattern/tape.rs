//! The bytes of a JSON object come in; a tape of its tokens goes out, or the place where it is malformed.
//!
//! Everything is checked here, once, also what no pattern asks for: who walks the tape afterwards meets
//! no errors and steps over a whole array or object at once. The limits are those of the JSON parser of the
//! service's engine (Jackson's `StreamReadConstraints`).

use super::error::EventError;

/// How deep arrays and objects may nest.
const MAX_DEPTH: usize = 1000;
/// How many digits a number may have.
const MAX_DIGITS: usize = 1000;
/// How long a key may be, in UTF-16 units.
const MAX_KEY: usize = 50_000;
/// How long a text may be, so that an offset and a flag fit in 32 bits.
const MAX_LENGTH: usize = (1 << 31) - 1;

const ESCAPED: u32 = 1 << 31;

/// One token: a key, a string, a number, a literal, or the opening of an array or object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Offset of its first byte (a string's is its quote).
    pub(crate) start: u32,
    /// Offset behind a scalar or of a string's closing quote; of an opening, the index of the token
    /// behind its last member.
    end: u32,
}

impl Token {
    /// Offset behind a scalar, of a string's closing quote, or the index of the token behind an opening's members.
    pub(crate) fn end(self) -> usize {
        (self.end & !ESCAPED) as usize
    }

    /// Whether a string has escapes.
    pub(crate) fn is_escaped(self) -> bool {
        self.end & ESCAPED != 0
    }

    /// What a string has between its quotes.
    pub(crate) fn string(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start as usize + 1..self.end()).unwrap_or(&[])
    }

    /// The text of a number or literal.
    pub(crate) fn scalar(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start as usize..self.end()).unwrap_or(&[])
    }

    /// The first byte, which says the token's kind.
    pub(crate) fn first(self, bytes: &[u8]) -> u8 {
        bytes.get(self.start as usize).copied().unwrap_or(0)
    }
}

/// The tokens of one JSON object in the order of the text; the root's opening is the first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tape {
    pub(crate) tokens: Vec<Token>,
    open: Vec<u32>,
}

impl Tape {
    /// Reads the object at the start of the bytes. What follows its closing brace is not looked at.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<(), EventError> {
        self.tokens.clear();
        self.open.clear();
        if bytes.len() > MAX_LENGTH {
            return Err(error("Event is larger than 2 GiB", MAX_LENGTH));
        }
        let mut reader = Reader { bytes, at: 0 };
        let read = reader.document(self);
        check_utf8(bytes, reader.at, read)
    }

    /// The token at an index; one of nothing behind the last.
    pub(crate) fn token(&self, index: usize) -> Token {
        let nothing = Token {
            start: u32::MAX,
            end: 0,
        };
        self.tokens.get(index).copied().unwrap_or(nothing)
    }

    /// The index of the token behind the one at `index` and all that is in it.
    pub(crate) fn next(&self, index: usize, bytes: &[u8]) -> usize {
        match self.tokens.get(index) {
            Some(token) if matches!(token.first(bytes), b'{' | b'[') => token.end(),
            _ => index + 1,
        }
    }

    fn push(&mut self, start: usize, end: u32) {
        self.tokens.push(Token {
            start: start as u32,
            end,
        });
    }

    fn open(&mut self, at: usize) -> Result<(), EventError> {
        if self.open.len() == MAX_DEPTH {
            return Err(error("Nesting is deeper than 1000", at));
        }
        self.open.push(self.tokens.len() as u32);
        self.push(at, 0);
        Ok(())
    }

    fn close(&mut self) {
        let behind = self.tokens.len() as u32;
        if let Some(token) = self
            .open
            .pop()
            .and_then(|index| self.tokens.get_mut(index as usize))
        {
            token.end = behind;
        }
    }
}

fn error(message: &'static str, offset: usize) -> EventError {
    EventError { message, offset }
}

/// Text that is no UTF-8 is malformed too; of two faults the first is told.
fn check_utf8(
    bytes: &[u8],
    read_to: usize,
    read: Result<(), EventError>,
) -> Result<(), EventError> {
    let upto = match &read {
        Ok(()) => read_to,
        Err(error) => error.offset,
    };
    let text = bytes.get(..upto).unwrap_or(bytes);
    match std::str::from_utf8(text) {
        Err(fault) if read.is_ok() || fault.error_len().is_some() => {
            Err(error("Invalid UTF-8", fault.valid_up_to()))
        }
        _ => read,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn fail<T>(&self, message: &'static str) -> Result<T, EventError> {
        if self.at >= self.bytes.len() {
            return Err(error("Unexpected end-of-input", self.bytes.len()));
        }
        Err(error(message, self.at))
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn document(&mut self, tape: &mut Tape) -> Result<(), EventError> {
        self.skip_space();
        if self.peek() != b'{' {
            return Err(error("Event must be a JSON object", self.at));
        }
        tape.open(self.at)?;
        self.at += 1;
        self.skip_space();
        if self.peek() == b'}' {
            self.at += 1;
            tape.close();
            return Ok(());
        }
        let mut in_object = true;
        loop {
            if in_object {
                self.key(tape)?;
            }
            if let Some(opened_object) = self.value(tape)? {
                in_object = opened_object;
                continue;
            }
            match self.closings(tape, in_object)? {
                Some(object) => in_object = object,
                None => return Ok(()),
            }
        }
    }

    /// A key and its colon.
    fn key(&mut self, tape: &mut Tape) -> Result<(), EventError> {
        if self.peek() != b'"' {
            return self.fail("Expected a double quote to start a key");
        }
        let start = self.at;
        self.string(tape)?;
        if self.at - start > MAX_KEY && self.units(start) > MAX_KEY {
            return Err(error("Key is longer than 50000", start));
        }
        self.skip_space();
        if self.peek() != b':' {
            return self.fail("Expected a colon behind the key");
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn units(&self, start: usize) -> usize {
        let key = self.bytes.get(start + 1..self.at - 1).unwrap_or(&[]);
        String::from_utf8_lossy(key).encode_utf16().count()
    }

    /// A value. Says, when it is an opening with members, whether that of an object.
    fn value(&mut self, tape: &mut Tape) -> Result<Option<bool>, EventError> {
        match self.peek() {
            b'"' => self.string(tape)?,
            open @ (b'{' | b'[') => return self.opening(tape, open),
            b'-' | b'0'..=b'9' => self.number(tape)?,
            b't' => self.literal(tape, b"true")?,
            b'f' => self.literal(tape, b"false")?,
            b'n' => self.literal(tape, b"null")?,
            _ => return self.fail("Expected a value"),
        }
        Ok(None)
    }

    fn opening(&mut self, tape: &mut Tape, open: u8) -> Result<Option<bool>, EventError> {
        tape.open(self.at)?;
        self.at += 1;
        self.skip_space();
        let close = open + 2;
        if self.peek() == close {
            self.at += 1;
            tape.close();
            return Ok(None);
        }
        Ok(Some(open == b'{'))
    }

    /// What stands behind a value: closings, then a comma. Says whether the next value is in an object.
    fn closings(
        &mut self,
        tape: &mut Tape,
        mut in_object: bool,
    ) -> Result<Option<bool>, EventError> {
        loop {
            self.skip_space();
            match (self.peek(), in_object) {
                (b',', _) => {
                    self.at += 1;
                    self.skip_space();
                    return Ok(Some(in_object));
                }
                (b'}', true) | (b']', false) => {
                    self.at += 1;
                    tape.close();
                    match tape.open.last() {
                        Some(&outer) => in_object = self.is_object(tape, outer),
                        None => return Ok(None),
                    }
                }
                (_, true) => return self.fail("Expected a comma or the object's closing brace"),
                (_, false) => return self.fail("Expected a comma or the array's closing bracket"),
            }
        }
    }

    fn is_object(&self, tape: &Tape, index: u32) -> bool {
        let token = tape.tokens.get(index as usize);
        token.is_some_and(|token| token.first(self.bytes) == b'{')
    }

    fn string(&mut self, tape: &mut Tape) -> Result<(), EventError> {
        let start = self.at;
        self.at += 1;
        let mut flag = 0;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    tape.push(start, self.at as u32 | flag);
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    flag = ESCAPED;
                    self.escape()?;
                }
                _ => return self.fail("Control character in a string"),
            }
        }
    }

    fn escape(&mut self) -> Result<(), EventError> {
        self.at += 1;
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_ascii_hexdigit() {
                        return self.fail("Expected a hex digit");
                    }
                    self.at += 1;
                }
            }
            _ => return self.fail("Unrecognized character escape"),
        }
        Ok(())
    }

    fn number(&mut self, tape: &mut Tape) -> Result<(), EventError> {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        let leading_zero = self.peek() == b'0';
        let mut digits = self.digits()?;
        if leading_zero && digits > 1 {
            return Err(error("Leading zeroes not allowed", self.at - digits));
        }
        if self.peek() == b'.' {
            self.at += 1;
            digits += self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            digits += self.digits()?;
        }
        if digits > MAX_DIGITS {
            return Err(error("Number has more than 1000 digits", start));
        }
        tape.push(start, self.at as u32);
        Ok(())
    }

    fn digits(&mut self) -> Result<usize, EventError> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            return self.fail("Expected a digit");
        }
        Ok(self.at - start)
    }

    fn literal(&mut self, tape: &mut Tape, word: &[u8]) -> Result<(), EventError> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word) {
            return self.fail("Expected true, false or null");
        }
        tape.push(self.at, end as u32);
        self.at = end;
        Ok(())
    }
}

/// Where the run of characters that stand for themselves ends: at a quote, a backslash, a control
/// character, or the end. Eight bytes at a time.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    let plain = |&byte: &u8| byte != b'"' && byte != b'\\' && byte >= 0x20;
    at + rest.iter().take_while(|byte| plain(byte)).count()
}

/// A word whose lowest set high bit marks the first quote, backslash or control character.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let zero_in = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero_in(word ^ (ONES * b'"' as u64));
    let backslash = zero_in(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control) & HIGHS
}
