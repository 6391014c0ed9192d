//! A document and a place in it come in; the place after the next value goes out, with where its parts
//! stand. A value is either looked at closely, so that it can be written again, or skipped unchecked.

use std::ops::Range;

use super::raw_error::{ErrorCode, RawError};
use super::string::{Span, hex};
use super::{DEPTH, plain};

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'d> {
    pub(crate) document: &'d str,
    pub(crate) at: usize,
    /// So many objects and lists are open.
    pub(crate) depth: u32,
}

impl<'d> Cursor<'d> {
    pub(crate) fn new(document: &'d str) -> Self {
        Self {
            document,
            at: 0,
            depth: 0,
        }
    }

    #[inline]
    fn byte(&self) -> u8 {
        self.document.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is not space, or 0 at the end.
    #[inline]
    pub(crate) fn peek(&mut self) -> u8 {
        match self.byte() {
            byte if byte > b' ' => byte,
            _ => self.after_space(),
        }
    }

    #[inline(never)]
    fn after_space(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Takes the next byte that is not space if it is this one.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// What is wrong here: that the document ends, or this.
    #[cold]
    pub(crate) fn error(&self, code: ErrorCode) -> RawError {
        let at_end = self.at >= self.document.len();
        RawError::new(self.at, if at_end { ErrorCode::End } else { code })
    }

    #[inline]
    pub(crate) fn colon(&mut self) -> Result<(), RawError> {
        if self.take(b':') {
            Ok(())
        } else {
            Err(self.error(ErrorCode::Colon))
        }
    }

    /// Goes into the object or list that begins here: whether anything stands in it. If not, the closing
    /// bracket is passed.
    #[inline]
    pub(crate) fn begin(&mut self, end: u8) -> Result<bool, RawError> {
        if self.depth >= DEPTH {
            return Err(self.error(ErrorCode::Deep));
        }
        self.at += 1;
        if self.take(end) {
            return Ok(false);
        }
        self.depth += 1;
        Ok(true)
    }

    /// Whether another member or item follows the one before; if not, the closing bracket is passed.
    #[inline]
    pub(crate) fn next(&mut self, end: u8) -> Result<bool, RawError> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Ok(true)
            }
            byte if byte == end => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            _ if end == b'}' => Err(self.error(ErrorCode::Member)),
            _ => Err(self.error(ErrorCode::Item)),
        }
    }

    /// That nothing more stands where the value of a member has ended.
    pub(crate) fn ends_member(&mut self) -> Result<(), RawError> {
        match self.peek() {
            b',' | b'}' => Ok(()),
            _ => Err(self.error(ErrorCode::Member)),
        }
    }

    /// Passes a key and its colon, if it is this one, which has no escapes, and stands as in most documents.
    #[inline]
    pub(crate) fn take_key(&mut self, key: &str) -> bool {
        let end = self.at + key.len() + 3;
        let bytes = self.document.as_bytes();
        let inside = self.at + 1..end - 2;
        let is_key = bytes.get(end - 2..end) == Some(b"\":")
            && bytes.get(self.at) == Some(&b'"')
            && bytes
                .get(inside)
                .is_some_and(|inside| same(inside, key.as_bytes()));
        if is_key {
            self.at = end;
        }
        is_key
    }

    /// Passes a key and its colon.
    pub(crate) fn key(&mut self) -> Result<Span, RawError> {
        if self.peek() != b'"' {
            return Err(self.error(ErrorCode::Key));
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    /// Passes a string, which begins here.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Span, RawError> {
        match self.plain_string() {
            Some(inside) => Ok(Span::new(inside, false)),
            None => self.escaped_string(),
        }
    }

    /// Passes a string, which begins here, if there is no escape in it. What it says is what stands there.
    #[inline(always)]
    pub(crate) fn plain_string(&mut self) -> Option<Range<usize>> {
        let bytes = self.document.as_bytes();
        let start = self.at + 1;
        let end = plain(bytes, start);
        let is_plain = bytes.get(end) == Some(&b'"');
        is_plain.then(|| {
            self.at = end + 1;
            start..end
        })
    }

    #[inline(never)]
    fn escaped_string(&mut self) -> Result<Span, RawError> {
        let start = self.at + 1;
        self.at = plain(self.document.as_bytes(), start);
        loop {
            match self.byte() {
                b'"' if self.at < self.document.len() => {
                    self.at += 1;
                    return Ok(Span::new(start..self.at - 1, true));
                }
                b'\\' => self.escape()?,
                _ => return Err(self.error(ErrorCode::Control)),
            }
            self.at = plain(self.document.as_bytes(), self.at);
        }
    }

    /// Passes an escape.
    fn escape(&mut self) -> Result<(), RawError> {
        let escape = self.document.as_bytes().get(self.at..).unwrap_or_default();
        let unit = match escape.get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                return Ok(());
            }
            Some(b'u') => hex(escape),
            _ => None,
        };
        match unit {
            Some(0xd800..=0xdbff) => {
                let low = escape.get(6..).unwrap_or_default();
                if !matches!(hex(low), Some(0xdc00..=0xdfff)) {
                    return Err(self.no_escape(low, ErrorCode::Surrogate));
                }
                self.at += 12;
            }
            Some(0xdc00..=0xdfff) => return Err(self.error(ErrorCode::Surrogate)),
            Some(_) => self.at += 6,
            None => return Err(self.no_escape(escape, ErrorCode::Escape)),
        }
        Ok(())
    }

    /// What is wrong where an escape had to stand: that the document ends within it, or this.
    fn no_escape(&mut self, rest: &[u8], code: ErrorCode) -> RawError {
        let digits = rest.get(2..).unwrap_or_default();
        let is_begun = b"\\u".starts_with(rest) || rest.starts_with(b"\\u");
        if is_begun && rest.len() < 6 && digits.iter().all(u8::is_ascii_hexdigit) {
            self.at = self.document.len();
        }
        self.error(code)
    }

    /// Passes a number, which begins here.
    pub(crate) fn number(&mut self) -> Result<Range<usize>, RawError> {
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        match self.byte() {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(start..self.at)
    }

    fn digits(&mut self) -> Result<(), RawError> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start {
            Ok(())
        } else {
            Err(self.error(ErrorCode::Number))
        }
    }

    /// Passes one of the words of JSON.
    pub(crate) fn word(&mut self, word: &str) -> Result<(), RawError> {
        let rest = self.document.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        if word.as_bytes().starts_with(rest) {
            self.at = self.document.len();
        }
        Err(self.error(ErrorCode::Value))
    }

    /// Passes a value, looking at all of it.
    pub(crate) fn skip(&mut self) -> Result<Range<usize>, RawError> {
        self.peek();
        let start = self.at;
        let outside = self.depth;
        // A bit for each open bracket: whether it is a list's.
        let mut lists = 0_u128;
        loop {
            match self.peek() {
                b'{' if self.begin(b'}')? => {
                    lists <<= 1;
                    self.key()?;
                    continue;
                }
                b'[' if self.begin(b']')? => {
                    lists = lists << 1 | 1;
                    continue;
                }
                b'{' | b'[' => {}
                first => self.scalar(first)?,
            }
            // What is closed here, and where the next value begins.
            loop {
                if self.depth == outside {
                    return Ok(start..self.at);
                }
                let is_list = lists & 1 == 1;
                if self.next(if is_list { b']' } else { b'}' })? {
                    if !is_list {
                        self.key()?;
                    }
                    break;
                }
                lists >>= 1;
            }
        }
    }

    #[inline]
    fn scalar(&mut self, first: u8) -> Result<(), RawError> {
        match first {
            b'"' => self.string().map(drop),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => Err(self.error(ErrorCode::Value)),
        }
    }

    /// Passes a value, looking for its end alone: what stands within is not checked.
    pub(crate) fn skip_unchecked(&mut self) -> Result<Range<usize>, RawError> {
        let opening = self.peek();
        let start = self.at;
        match opening {
            b'"' => self.skip_string_unchecked()?,
            b'{' | b'[' => self.skip_brackets_unchecked()?,
            _ => {
                let rest = self.document.as_bytes().get(self.at..).unwrap_or_default();
                let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | ..=b' ');
                self.at += rest.iter().position(is_end).unwrap_or(rest.len());
                if self.at == start {
                    return Err(self.error(ErrorCode::Value));
                }
            }
        }
        Ok(start..self.at)
    }

    fn skip_brackets_unchecked(&mut self) -> Result<(), RawError> {
        let bytes = self.document.as_bytes();
        let mut open = 0_usize;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.skip_string_unchecked()?;
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Ok(());
            }
        }
        Err(self.error(ErrorCode::End))
    }

    fn skip_string_unchecked(&mut self) -> Result<(), RawError> {
        let bytes = self.document.as_bytes();
        let mut at = self.at + 1;
        loop {
            at = plain(bytes, at);
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
                None => {
                    self.at = bytes.len();
                    return Err(self.error(ErrorCode::End));
                }
            }
        }
        self.at = at + 1;
        Ok(())
    }
}

/// Whether two pieces of text are the same. Most are short and are the same, or differ at their ends:
/// no loop over bytes, and no call.
#[inline]
fn same(one: &[u8], other: &[u8]) -> bool {
    let (ones, others) = (one.as_chunks::<8>().0, other.as_chunks::<8>().0);
    let words_are = || ones.iter().zip(others).all(|(one, other)| one == other);
    one.len() == other.len()
        && match one.len() {
            8.. => one.last_chunk::<8>() == other.last_chunk() && words_are(),
            4.. => {
                one.first_chunk::<4>() == other.first_chunk()
                    && one.last_chunk::<4>() == other.last_chunk()
            }
            _ => one == other,
        }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn skipped(text: &str) -> Result<&str, RawError> {
        let mut cursor = Cursor::new(text);
        cursor.skip().map(|range| &text[range])
    }

    #[test]
    fn what_serde_json_takes_is_passed() {
        for text in [
            "1",
            "-0",
            "0.5e-10",
            "\"\"",
            "true",
            "null",
            "[]",
            "{}",
            "[[], {}, [1]]",
            r#"{"a": {"b": [1, 2, {"c": null}]}, "d": "\u0041\ud83d\ude00\n"}"#,
            " [ 1 , 2 ] ",
        ] {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
            assert_eq!(skipped(text), Ok(text.trim()), "{text}");
            let mut cursor = Cursor::new(text);
            assert_eq!(
                cursor.skip_unchecked().map(|range| &text[range]),
                Ok(text.trim())
            );
        }
    }

    #[test]
    fn what_serde_json_refuses_is_a_fault() {
        for text in [
            "",
            "-",
            "01",
            "1.",
            "1e",
            ".5",
            "\"",
            "\"\n\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\u12\"",
            "tru",
            "nul",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "{1:1}",
            "{\"a\" 1}",
            "[}",
            "{]",
            "[1}",
            "\"\\",
            "+1",
            "'a'",
            "\u{feff}1",
            "{a:1}",
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
            let passed = skipped(text);
            assert!(passed.is_err() || passed != Ok(text), "{text}: {passed:?}");
        }
    }

    #[test]
    fn strings_say_what_serde_json_reads() {
        for text in [
            r#""plain""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u00e9 \ud83d\ude00 ☃ \u2028x""#,
            r#""\\u0041""#,
            r#""a\u0000b""#,
        ] {
            let mut cursor = Cursor::new(text);
            let said = cursor.string().unwrap().text(text);
            assert_eq!(said, serde_json::from_str::<String>(text).unwrap());
            assert_eq!(cursor.at, text.len());
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(skipped(&deep(128)).is_ok());
        assert_eq!(
            skipped(&deep(129)),
            Err(RawError::new(128, ErrorCode::Deep))
        );
        assert_eq!(
            skipped(&"[".repeat(100_000)),
            Err(RawError::new(128, ErrorCode::Deep))
        );
    }
}
