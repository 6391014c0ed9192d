//! Text that was cut out of a file comes in; the place in that file where each part of it stands
//! goes out. And text of anybody's, as people may see it.

use std::borrow::Cow;
use std::ops::Range;

/// A place in a file, as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// A place as a parser tells it, which may count the beginning as 0.
    pub fn reported(line: usize, column: usize) -> Self {
        Place {
            line: line.max(1),
            column: column.max(1),
        }
    }
}

/// Text that shows what it is, on one line: each character that is not seen as itself stands as an escape.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '\n' | '\r' | '\t' => c.escape_default().to_string(),
        c => c.escape_unicode().to_string(),
    })
}

/// The same for text that may have several lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '\n' => "\n".to_owned(),
        c => visible(c.encode_utf8(&mut [0; 4])).into_owned(),
    })
}

/// A document of JSON that shows what it is: what is not seen stands in strings alone, and stays the same there.
pub fn visible_json(document: &str) -> Cow<'_, str> {
    escaped(document, |c| match c {
        '\n' => "\n".to_owned(),
        c => json_escape(c),
    })
}

/// A character as strings of JSON and JavaScript escape any.
pub fn json_escape(c: char) -> String {
    let units = c.encode_utf16(&mut [0; 2]).to_vec();
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// The text with another for each character that is not seen as itself.
pub fn escaped(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unseen(c) {
            out.push_str(&escape(c))
        } else {
            out.push(c)
        }
    }
    Cow::Owned(out)
}

/// Whether a character is not seen as itself: it is a control character or breaks lines, changes the direction
/// of others, or is drawn as nothing, as Unicode's `Default_Ignorable_Code_Point` are.
pub fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a text is the address of a page, and nothing in it is taken for markup or an end by any target.
pub fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#&=+%,;".contains(c);
    rest.is_some_and(|rest| {
        let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        begins && text.len() <= MAX_ADDRESS && rest.chars().all(is_plain)
    })
}

/// The longest address, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// Finds lines and columns for byte offsets of one text.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The characters before each [`STRIDE`] of bytes: a page may be one long line.
    counts: Vec<usize>,
}

const STRIDE: usize = 1024;

impl<'t> Lines<'t> {
    /// Indexes the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut counts = vec![0];
        for stride in text.as_bytes().chunks(STRIDE) {
            counts.push(counts[counts.len() - 1] + characters(stride));
        }
        Lines {
            text,
            starts,
            counts,
        }
    }

    /// How many characters begin before a byte offset.
    fn count(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..offset];
        self.counts[stride] + characters(rest)
    }

    /// The place of a byte offset; an offset past the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.count(offset) - self.count(start) + 1;
        Place { line, column }
    }
}

/// How many characters begin in bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Text taken out of a page, piece by piece, each with the byte offset it came from.
///
/// Readers strip indentation, markup and entities from a code block; diagnostics must still point
/// at the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The text as a reader of the rendered page sees it.
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    at: usize,
    origin: usize,
    verbatim: bool,
}

impl Extract {
    /// Appends text that stands in the page exactly so, from byte `origin` on.
    pub fn push(&mut self, text: &str, origin: usize) {
        self.append(text, origin, true);
    }

    /// Appends text that the page spells otherwise (an entity) at byte `origin`.
    pub fn push_decoded(&mut self, text: &str, origin: usize) {
        self.append(text, origin, false);
    }

    fn append(&mut self, text: &str, origin: usize, verbatim: bool) {
        if !text.is_empty() {
            let at = self.text.len();
            self.pieces.push(Piece {
                at,
                origin,
                verbatim,
            });
            self.text.push_str(text);
        }
    }

    /// Appends a part of another text.
    pub fn push_part(&mut self, other: &Extract, part: Range<usize>) {
        let first = other.pieces.partition_point(|piece| piece.at <= part.start);
        let pieces = other.pieces[first.saturating_sub(1)..].iter();
        for piece in pieces.take_while(|piece| piece.at < part.end) {
            let next = other.pieces.partition_point(|other| other.at <= piece.at);
            let end = other
                .pieces
                .get(next)
                .map_or(other.text.len(), |next| next.at);
            let (from, end) = (piece.at.max(part.start), end.min(part.end));
            self.append(&other.text[from..end], other.origin(from), piece.verbatim);
        }
    }

    /// The byte offset in the page of a byte offset in this text.
    pub fn origin(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.at <= offset);
        match after.checked_sub(1).map(|index| &self.pieces[index]) {
            Some(piece) if piece.verbatim => piece.origin + (offset - piece.at),
            Some(piece) => piece.origin,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let lines = Lines::new("a\nähm {\n");
        assert_eq!(lines.place(0), Place { line: 1, column: 1 });
        assert_eq!(lines.place(7), Place { line: 2, column: 5 });
        assert_eq!(lines.place(99), Place { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_one_long_line_are_counted_in_characters() {
        let text = "ä{".repeat(STRIDE * 2);
        let lines = Lines::new(&text);
        for count in [0, 1, STRIDE / 3, STRIDE - 1, STRIDE, STRIDE * 2] {
            assert_eq!(lines.place(count * 3).column, count * 2 + 1);
        }
    }

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert!(matches!(visible("größe 名 😀"), Cow::Borrowed(_)));
        assert_eq!(
            visible("a\nb\u{1b}[31m\u{202e}\u{200b}\u{e0041}"),
            "a\\nb\\u{1b}[31m\\u{202e}\\u{200b}\\u{e0041}"
        );
        assert_eq!(visible_lines("a\nb\r\u{2028}"), "a\nb\\r\\u{2028}");
        assert_eq!(
            visible_json("{\"a\": \"\u{7f}\u{e0041}\"}"),
            "{\"a\": \"\\u007f\\udb40\\udc41\"}"
        );
    }

    #[test]
    fn an_address_holds_nothing_that_ends_or_marks_anything() {
        for address in [
            "https://example.org/a/b.html#kiln-lit",
            "http://a.b/?x=%20&y=1",
        ] {
            assert!(is_address(address), "{address}");
        }
        for text in [
            "",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "https://a b",
            "https://a*/b",
            "https://a\"",
            "https://a>",
            "https://a)",
            "https://{@link}",
            "https://ä.example",
            "https://a\u{202e}b",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn an_extract_points_back_through_entities() {
        let mut extract = Extract::default();
        extract.push("{ ", 10);
        extract.push_decoded("\"", 12);
        extract.push("a", 18);
        assert_eq!(extract.text, "{ \"a");
        assert_eq!(
            [0, 1, 2, 3, 4].map(|at| extract.origin(at)),
            [10, 11, 12, 18, 19]
        );
    }
}
