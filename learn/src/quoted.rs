//! The text of a code block comes in; where JSON stands in it in quotes, as commands are given it, goes out:
//! `--event-pattern '{"source": ["aws.kiln"]}'`, `--event-pattern "{\"source\":[\"aws.kiln\"]}"`.

use std::ops::Range;

/// JSON in quotes, as it is without them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// As long as the whole text, each byte in its place, blank around what stands in quotes.
    pub(crate) text: String,
    /// Where each value begins, and the quote behind it stands.
    pub(crate) values: Vec<Range<usize>>,
}

/// Finds JSON objects in quotes. None, if there are none.
pub(crate) fn find(text: &str) -> Option<Quoted> {
    let mut quoted = Quoted {
        text: String::new(),
        values: Vec::new(),
    };
    let mut from = 0;
    while let Some(at) = text[from..].find("{").map(|at| from + at) {
        from = at + 1;
        let Some((end, inside)) = value_at(text, at) else {
            continue;
        };
        let blank = at - quoted.text.len();
        quoted.text.extend(std::iter::repeat_n(' ', blank));
        quoted.text.push_str(&inside);
        quoted.values.push(at..end);
        from = end;
    }
    (!quoted.values.is_empty()).then_some(quoted)
}

/// What stands in the quotes that open before a bracket, and where they close. It is as long as it was.
fn value_at(text: &str, at: usize) -> Option<(usize, String)> {
    let mut before = text[..at].chars().rev();
    let quote = before.next()?;
    let is_argument = before
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '=' | ':' | '('));
    let rest = &text[at..];
    match quote {
        '\'' if is_argument => {
            let length = rest.find('\'')?;
            Some((at + length, rest[..length].to_owned()))
        }
        '"' if is_argument && rest[1..].trim_start().starts_with("\\\"") => {
            let length = unescaped_quote(rest)?;
            Some((at + length, unescaped(&rest[..length])?))
        }
        _ => None,
    }
}

fn unescaped_quote(text: &str) -> Option<usize> {
    let quotes = text.match_indices('"').map(|(at, _)| at);
    let mut alone = quotes.filter(|&at| !text[..at].ends_with('\\'));
    alone.next()
}

/// The blank that an escape leaves stands outside the string: before the quote that opens it, behind the one that
/// closes it. None, where something else is escaped.
fn unescaped(text: &str) -> Option<String> {
    let mut whole = String::with_capacity(text.len());
    let mut parts = text.split("\\\"");
    whole.push_str(parts.next()?);
    for (index, part) in parts.enumerate() {
        whole.push_str(if index % 2 == 0 { " \"" } else { "\" " });
        whole.push_str(part);
    }
    (!whole.contains('\\')).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_quotes_keeps_its_place() {
        let text = r#"aws put --pattern '{"a": ["é"]}' --other "{\"b\":[\"c d\"]}" --no "{b}" x'{"#;
        let quoted = find(text).unwrap();
        let values = quoted.values.iter();
        let values: Vec<&str> = values.map(|at| &quoted.text[at.clone()]).collect();
        assert_eq!(values, [r#"{"a": ["é"]}"#, r#"{ "b" :[ "c d" ]}"#]);
        assert_eq!(&text[quoted.values[0].clone()], values[0]);
    }

    #[test]
    fn what_is_escaped_twice_is_left() {
        for text in [
            r#"x "{\"a\": \"\\\"b\"}""#,
            "x '{",
            "{\"a\": 1}",
            r#"it's{"a": 1}'"#,
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
