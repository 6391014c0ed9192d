//! The rest of a line comes in that is no JSON from its beginning; where JSON may stand within it goes out: after a
//! time or a level, as a text in quotes, as the cell of a table in CSV, or in the entities of HTML.

use std::borrow::Cow;

/// JSON that may stand in a line.
pub(super) struct Candidate<'l> {
    /// Its text, without what CSV or HTML adds to it. Of JSON as it stands, all that follows.
    pub(super) text: Cow<'l, [u8]>,
    /// Where what follows it begins; none if its own end tells.
    pub(super) end: Option<usize>,
    /// Where it begins.
    pub(super) start: usize,
}

/// The first place at or after `from` where JSON may begin. `rest` goes on beyond the line, which ends at `line`.
pub(super) fn next(rest: &[u8], from: usize, line: usize) -> Option<Candidate<'_>> {
    let brace = from
        + rest
            .get(from..line)?
            .iter()
            .position(|&byte| byte == b'{')?;
    let before = &rest[..brace];
    let cell = before
        .strip_suffix(b"\"")
        .or_else(|| before.strip_suffix(b"\"["));
    let after = &rest[brace + 1..];
    if let Some(quote) = cell
        && quote.len() >= from
    {
        let blanks = after.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blanks = blanks.count();
        let after = &after[blanks..];
        if after.starts_with(b"\"\"") {
            return cell_of_csv(rest, quote.len() + 1);
        }
        if after.starts_with(b"\\\"") {
            return Some(as_it_stands(rest, quote.len()));
        }
    }
    if after.trim_ascii_start().starts_with(b"&quot;") {
        return Some(entities(rest, brace, line));
    }
    Some(as_it_stands(rest, brace))
}

fn as_it_stands(rest: &[u8], start: usize) -> Candidate<'_> {
    Candidate {
        text: Cow::Borrowed(&rest[start..]),
        end: None,
        start,
    }
}

/// A cell whose quotes are doubled; it may hold line ends. None if it does not end in what is at hand.
fn cell_of_csv(rest: &[u8], start: usize) -> Option<Candidate<'_>> {
    let mut text = Vec::new();
    let mut at = start;
    loop {
        let quote = at + rest[at..].iter().position(|&byte| byte == b'"')?;
        text.extend_from_slice(&rest[at..quote]);
        if rest.get(quote + 1) != Some(&b'"') {
            return Some(Candidate {
                text: Cow::Owned(text),
                end: Some(quote + 1),
                start,
            });
        }
        text.push(b'"');
        at = quote + 2;
    }
}

fn entities(rest: &[u8], start: usize, line: usize) -> Candidate<'_> {
    let text = String::from_utf8_lossy(&rest[start..line]);
    Candidate {
        text: Cow::Owned(htmlize::unescape(text).into_owned().into_bytes()),
        end: Some(line),
        start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str) -> String {
        let found = next(line.as_bytes(), 0, line.len()).unwrap();
        String::from_utf8_lossy(&found.text).into_owned()
    }

    #[test]
    fn json_is_found_within_a_line() {
        assert_eq!(first("2026 INFO {\"a\": 1}"), "{\"a\": 1}");
        assert_eq!(first("x=\"{\\\"a\\\": 1}\""), "\"{\\\"a\\\": 1}\"");
        assert_eq!(first("7,\"{\"\"a\"\": \"\"b\"\"}\",x"), "{\"a\": \"b\"}");
        assert_eq!(first("\"[{\"\"a\"\": 1}]\""), "[{\"a\": 1}]");
        assert_eq!(first("<p>{&quot;a&quot;: 1}"), "{\"a\": 1}");
        assert!(next(b"nothing\n{", 0, 7).is_none());
    }
}
