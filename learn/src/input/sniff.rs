//! The first bytes of a file come in; what kind of evidence it looks like goes out.

use serde_json::{Deserializer, Value};

/// What a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Blanks alone.
    Empty,
    /// Text for people, or what is nothing else.
    Page,
    /// JSON alone, or hardly anything else.
    Deliveries,
    /// What `learn --partial` saves, and `samples/` holds of all that is no page.
    Shapes,
}

/// A file that does not begin as JSON has so many more values than other lines, if it holds deliveries.
const MANY: usize = 20;

/// Looks at the head of a file; `whole` if there is no more of it.
pub(super) fn sniff(head: &[u8], whole: bool) -> Content {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let head = head.trim_ascii_start();
    if head.is_empty() && whole {
        return Content::Empty;
    }
    if is_shapes(head) {
        return Content::Shapes;
    }
    let begins = matches!(head.first(), Some(b'{' | b'[' | b'"'));
    match count(head, whole) {
        Some((values, others)) if begins && values > others => Content::Deliveries,
        Some((values, others)) if values > MANY * others && values > 0 => Content::Deliveries,
        None if begins => Content::Deliveries,
        _ => Content::Page,
    }
}

/// `{ "kind": "delivery"`
fn is_shapes(head: &[u8]) -> bool {
    let mut rest = head;
    for token in ["{", "\"kind\"", ":"] {
        let Some(after) = rest.strip_prefix(token.as_bytes()) else {
            return false;
        };
        rest = after.trim_ascii_start();
    }
    [&b"\"delivery\""[..], b"\"registry\""]
        .iter()
        .any(|kind| rest.starts_with(kind))
}

/// How many JSON objects there are, and how many lines that are no JSON. Nothing if all of it is the beginning
/// of one value.
fn count(head: &[u8], whole: bool) -> Option<(usize, usize)> {
    let (mut values, mut others) = (0, 0);
    let mut rest = head;
    loop {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || b",[]".contains(byte);
        let start = rest.iter().position(|byte| !is_between(byte));
        let Some(start) = start else {
            return Some((values, others));
        };
        rest = &rest[start..];
        let mut stream = Deserializer::from_slice(rest).into_iter::<Value>();
        let length = match stream.next() {
            Some(Ok(value)) => {
                values += usize::from(holds_object(&value));
                stream.byte_offset()
            }
            Some(Err(error)) if error.is_eof() && !whole => {
                return (values + others > 0).then_some((values, others));
            }
            _ => {
                others += 1;
                let end = rest.iter().position(|&byte| byte == b'\n');
                end.unwrap_or(rest.len())
            }
        };
        rest = &rest[length..];
    }
}

fn holds_object(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::String(text) => text.trim_start().starts_with('{'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> Content {
        sniff(text.as_bytes(), true)
    }

    #[test]
    fn events_in_any_arrangement_are_deliveries() {
        for text in [
            "{\"source\":\"a\"}",
            "[\n{\"a\": 1},\n{\"a\": 2}]",
            "{\"a\": 1}\n{\"a\": 2}\n",
            "\u{feff}\n{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}",
            "{\"a\":1}\nno JSON\n{\"a\":2}",
            "{\"a\" 1}\n{\"a\":1}\n{\"a\":2}",
            "\"{\\\"source\\\": 1}\"",
        ] {
            assert_eq!(looks(text), Content::Deliveries, "{text}");
        }
        assert_eq!(sniff(b"{\"logEvents\": [", false), Content::Deliveries);
    }

    #[test]
    fn text_with_samples_is_a_page() {
        for text in [
            "# Kiln\n\n```\n{\"a\": 1}\n```\n",
            "Kiln\n{\"a\": 1}\n",
            "Kiln\n{\"a\": 1}\n{\"a\": 2}\n",
            "{\"source\": \"a\" \"detail\": {} }",
            "{\"a\": 1}\nThe kiln is hot.\nThe kiln is cold.\n",
            "<html>",
            "[1]: a list",
        ] {
            assert_eq!(looks(text), Content::Page, "{text}");
        }
        assert_eq!(
            sniff("{\"a\":".repeat(10_000).as_bytes(), false),
            Content::Page
        );
    }

    #[test]
    fn saved_shapes_and_blanks_are_known() {
        assert_eq!(looks("{\n  \"kind\": \"delivery\",\n"), Content::Shapes);
        assert_eq!(looks("{\"kind\":\"event\"}"), Content::Deliveries);
        assert_eq!(looks(" \n\n"), Content::Empty);
    }
}
