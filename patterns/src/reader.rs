//! The bytes of a JSON object come in; its strings, scalars, openings and closings go out one by one, or the
//! place where it is malformed.
//!
//! Everything is checked, also what no pattern asks for. The limits are those of the JSON parser of the
//! service's engine (Jackson's `StreamReadConstraints`).

use super::error::EventError;

/// How deep arrays and objects may nest.
pub(crate) const MAX_DEPTH: usize = 1000;
/// How many digits a number may have.
pub(crate) const MAX_DIGITS: usize = 1000;
/// How long a key may be, in UTF-16 units.
pub(crate) const MAX_KEY: usize = 50_000;
/// How long a text may be, so that an offset and a flag fit in 32 bits.
pub(crate) const MAX_LENGTH: usize = (1 << 31) - 1;

/// What takes the parts of a JSON object as they are met.
pub(crate) trait Sink {
    /// A key or a string, by the offsets of its quotes.
    fn string(&mut self, start: usize, end: usize, is_escaped: bool);
    /// A number or a literal, by the offsets of its first byte and of the byte behind.
    fn scalar(&mut self, start: usize, end: usize);
    /// A comma, or the colon behind a key.
    fn separator(&mut self, _at: usize) {}
    /// The opening of an array or object.
    fn open(&mut self, at: usize);
    /// The closing of what was opened last.
    fn close(&mut self, at: usize);
}

/// Reads the object at the start of the bytes. What follows its closing brace is not looked at.
pub(crate) fn read(bytes: &[u8], sink: &mut impl Sink) -> Result<(), EventError> {
    if bytes.len() > MAX_LENGTH {
        return Err(error("Event is larger than 2 GiB", MAX_LENGTH));
    }
    let mut reader = Reader {
        bytes,
        at: 0,
        nesting: Vec::new(),
        sink,
    };
    let read = reader.document();
    check_utf8(bytes, reader.at, read)
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

struct Reader<'a, S> {
    bytes: &'a [u8],
    at: usize,
    /// The bytes that opened what is open.
    nesting: Vec<u8>,
    sink: &'a mut S,
}

impl<S: Sink> Reader<'_, S> {
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

    fn document(&mut self) -> Result<(), EventError> {
        self.skip_space();
        if self.peek() != b'{' {
            return Err(error("Event must be a JSON object", self.at));
        }
        self.open()?;
        self.at += 1;
        self.skip_space();
        if self.peek() == b'}' {
            self.close();
            return Ok(());
        }
        let mut in_object = true;
        loop {
            if in_object {
                self.key()?;
            }
            if let Some(opened_object) = self.value()? {
                in_object = opened_object;
                continue;
            }
            match self.closings(in_object)? {
                Some(object) => in_object = object,
                None => return Ok(()),
            }
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<(), EventError> {
        if self.peek() != b'"' {
            return self.fail("Expected a double quote to start a key");
        }
        let start = self.at;
        self.string()?;
        if self.at - start > MAX_KEY && self.units(start) > MAX_KEY {
            return Err(error("Key is longer than 50000", start));
        }
        self.skip_space();
        if self.peek() != b':' {
            return self.fail("Expected a colon behind the key");
        }
        self.sink.separator(self.at);
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn units(&self, start: usize) -> usize {
        let key = self.bytes.get(start + 1..self.at - 1).unwrap_or(&[]);
        String::from_utf8_lossy(key).encode_utf16().count()
    }

    /// A value. Says, when it is an opening with members, whether that of an object.
    fn value(&mut self) -> Result<Option<bool>, EventError> {
        match self.peek() {
            b'"' => self.string()?,
            open @ (b'{' | b'[') => return self.opening(open),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.literal(b"true")?,
            b'f' => self.literal(b"false")?,
            b'n' => self.literal(b"null")?,
            _ => return self.fail("Expected a value"),
        }
        Ok(None)
    }

    fn opening(&mut self, open: u8) -> Result<Option<bool>, EventError> {
        self.open()?;
        self.at += 1;
        self.skip_space();
        let close = open + 2;
        if self.peek() == close {
            self.close();
            return Ok(None);
        }
        Ok(Some(open == b'{'))
    }

    /// What stands behind a value: closings, then a comma. Says whether the next value is in an object.
    fn closings(&mut self, mut in_object: bool) -> Result<Option<bool>, EventError> {
        loop {
            self.skip_space();
            match (self.peek(), in_object) {
                (b',', _) => {
                    self.sink.separator(self.at);
                    self.at += 1;
                    self.skip_space();
                    return Ok(Some(in_object));
                }
                (b'}', true) | (b']', false) => {
                    self.close();
                    match self.nesting.last() {
                        Some(&outer) => in_object = outer == b'{',
                        None => return Ok(None),
                    }
                }
                (_, true) => return self.fail("Expected a comma or the object's closing brace"),
                (_, false) => return self.fail("Expected a comma or the array's closing bracket"),
            }
        }
    }

    fn open(&mut self) -> Result<(), EventError> {
        if self.nesting.len() == MAX_DEPTH {
            return Err(error("Nesting is deeper than 1000", self.at));
        }
        self.nesting.push(self.peek());
        self.sink.open(self.at);
        Ok(())
    }

    fn close(&mut self) {
        self.nesting.pop();
        self.sink.close(self.at);
        self.at += 1;
    }

    fn string(&mut self) -> Result<(), EventError> {
        let start = self.at;
        self.at += 1;
        let mut is_escaped = false;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.sink.string(start, self.at, is_escaped);
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    is_escaped = true;
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

    fn number(&mut self) -> Result<(), EventError> {
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
        self.sink.scalar(start, self.at);
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

    fn literal(&mut self, word: &[u8]) -> Result<(), EventError> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word) {
            return self.fail("Expected true, false or null");
        }
        self.sink.scalar(self.at, end);
        self.at = end;
        Ok(())
    }
}

/// Whether bytes start with a number or literal, and behind it with what may end one.
pub(crate) fn is_scalar(bytes: &[u8]) -> bool {
    let length = match bytes.first() {
        Some(b't') if bytes.starts_with(b"true") => 4,
        Some(b'n') if bytes.starts_with(b"null") => 4,
        Some(b'f') if bytes.starts_with(b"false") => 5,
        _ => number_length(bytes).unwrap_or(0),
    };
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
    length > 0 && length <= MAX_DIGITS && bytes.get(length).is_some_and(ends)
}

fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let mut end = digits(start)?;
    if bytes.get(start) == Some(&b'0') && end > start + 1 {
        return None;
    }
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
        end = digits(end + 1 + usize::from(sign))?;
    }
    Some(end)
}

/// Whether bytes behind a backslash make an escape.
pub(crate) fn is_escape(bytes: &[u8]) -> bool {
    match bytes.first() {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
        Some(b'u') => bytes
            .get(1..5)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        _ => false,
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
