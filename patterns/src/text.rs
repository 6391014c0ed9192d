//! What stands between a JSON string's quotes comes in; the bytes that it means go out.
//!
//! A surrogate without its other half, which JSON can write and UTF-8 cannot, becomes the three bytes
//! that UTF-8 would give it, so that it equals itself and nothing else.

use super::tape::Token;

/// What a string means.
pub(crate) fn meaning(token: Token, bytes: &[u8]) -> Vec<u8> {
    let raw = token.string(bytes);
    if !token.is_escaped() {
        return raw.to_vec();
    }
    unescaped(raw)
}

/// What an escaped string means.
pub(crate) fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    unescape(raw, &mut out);
    out
}

/// Appends the meaning of an escaped string whose syntax has been checked.
pub(crate) fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (plain, escaped) = rest.split_at(at);
        out.extend_from_slice(plain);
        let escaped = escaped.get(1..).unwrap_or(&[]);
        let length = escape(escaped, out);
        rest = escaped.get(length..).unwrap_or(&[]);
    }
    out.extend_from_slice(rest);
}

/// Appends one escape's meaning; says how many bytes it took behind the backslash.
fn escape(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let plain = match rest.first() {
        Some(b'u') => return unicode(rest, out),
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(&other) => other,
        None => return 0,
    };
    out.push(plain);
    1
}

fn unicode(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let high = hex(rest.get(1..5));
    let low = match rest.get(5..7) {
        Some(b"\\u") if (0xd800..0xdc00).contains(&high) => hex(rest.get(7..11)),
        _ => 0,
    };
    if (0xdc00..0xe000).contains(&low) {
        push_code(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), out);
        return 11;
    }
    push_code(high, out);
    5
}

fn hex(digits: Option<&[u8]>) -> u32 {
    let digits = digits.unwrap_or(&[]).iter();
    digits.fold(0, |code, &digit| {
        code << 4 | (digit as char).to_digit(16).unwrap_or(0)
    })
}

fn push_code(code: u32, out: &mut Vec<u8>) {
    match char::from_u32(code) {
        Some(char) => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        None => {
            let tail = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
            out.extend_from_slice(&[0xe0 | (code >> 12) as u8, tail(6), tail(0)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(raw: &str) -> Vec<u8> {
        let mut out = Vec::new();
        unescape(raw.as_bytes(), &mut out);
        out
    }

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(
            meaning(r#"a\n\"\\\/é\u00e9\b"#),
            "a\n\"\\/éé\u{8}".as_bytes()
        );
        assert_eq!(meaning(r"\ud83d\ude00"), "😀".as_bytes());
    }

    #[test]
    fn half_surrogates_equal_themselves_alone() {
        assert_eq!(meaning(r"\ud800x"), b"\xed\xa0\x80x");
        assert_eq!(
            meaning(r"\ud800\ud83d\ude00"),
            "\u{fffd}😀"
                .as_bytes()
                .iter()
                .copied()
                .enumerate()
                .map(|(i, b)| [0xed, 0xa0, 0x80].get(i).copied().unwrap_or(b))
                .collect::<Vec<_>>()
        );
        assert_eq!(meaning(r"\udc00"), b"\xed\xb0\x80");
    }
}
