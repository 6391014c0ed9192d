//! The text of a wildcard comes in; what matches the strings that it describes goes out.
//!
//! `*` stands for any bytes, also none; `\*` and `\\` are the characters themselves. Matching takes the
//! first place for every piece, so it never goes back: time grows with the value's length alone.

use memchr::memmem;

/// A text with stars in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Wildcard {
    /// The pieces between the stars; one piece is a text without stars.
    pub(crate) pieces: Box<[Box<[u8]>]>,
}

impl Wildcard {
    /// Reads a wildcard; an error is worded as the engine's, whose positions count the opening quote.
    pub(crate) fn read(text: &[u8]) -> Result<Self, String> {
        let mut pieces = vec![Vec::new()];
        let mut bytes = text.iter().enumerate().peekable();
        while let Some((at, &byte)) = bytes.next() {
            let next = bytes.peek().map(|(_, next)| **next);
            match (byte, next) {
                (b'*', Some(b'*')) => {
                    return Err(format!("Consecutive wildcard characters at pos {}", at + 1));
                }
                (b'*', _) => pieces.push(Vec::new()),
                (b'\\', Some(escaped @ (b'*' | b'\\'))) => {
                    bytes.next();
                    push(&mut pieces, escaped);
                }
                (b'\\', _) => return Err(format!("Invalid escape character at pos {}", at + 1)),
                (plain, _) => push(&mut pieces, plain),
            }
        }
        let pieces = pieces.into_iter().map(Vec::into_boxed_slice).collect();
        Ok(Self { pieces })
    }

    /// The wildcard as it is written, without escapes.
    pub(crate) fn text(&self) -> Vec<u8> {
        self.pieces.join(&b'*')
    }

    /// Whether a value is one of those described.
    pub(crate) fn matches(&self, value: &[u8]) -> bool {
        let (first, middle, last) = match &*self.pieces {
            [] => return value.is_empty(),
            [only] => return **only == *value,
            [first, middle @ .., last] => (first, middle, last),
        };
        let inner = value.strip_prefix(&**first);
        let Some(mut inner) = inner.and_then(|rest| rest.strip_suffix(&**last)) else {
            return false;
        };
        for piece in middle {
            match memmem::find(inner, piece) {
                Some(at) => inner = inner.get(at + piece.len()..).unwrap_or(&[]),
                None => return false,
            }
        }
        true
    }
}

fn push(pieces: &mut [Vec<u8>], byte: u8) {
    if let Some(piece) = pieces.last_mut() {
        piece.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, value: &str) -> bool {
        let wildcard = Wildcard::read(pattern.as_bytes()).unwrap();
        wildcard.matches(value.as_bytes())
    }

    #[test]
    fn stars_are_any_bytes() {
        assert!(matches("*", "") && matches("*", "abc"));
        assert!(matches("a*", "a") && matches("*c", "abc") && matches("a*c", "ac"));
        assert!(!matches("ab*ba", "aba") && matches("ab*ba", "abba"));
        assert!(matches("*a*b*", "xaxbx") && !matches("*a*b*", "ba"));
        assert!(matches(r"a\*b\\*", r"a*b\c") && matches("", "") && !matches("", "a"));
    }

    #[test]
    fn faults_count_the_opening_quote() {
        let fault = |text: &str| Wildcard::read(text.as_bytes()).unwrap_err();
        assert_eq!(fault("a**"), "Consecutive wildcard characters at pos 2");
        assert_eq!(fault(r"\a"), "Invalid escape character at pos 1");
        assert_eq!(fault(r"ab\"), "Invalid escape character at pos 3");
    }

    #[test]
    fn many_stars_take_linear_time() {
        let pattern = "*a".repeat(5000) + "*b";
        let value = "a".repeat(1_000_000);
        assert!(!matches(&pattern, &value));
    }
}
