//! Steps from the detail of an event to a value in it come in; one text for them goes out, and back. No two
//! paths have the same text, whatever the keys are.
//!
//! `Steps[].Name` is the key `Name` of each item under the key `Steps`, `Tags.*` each value of a map. A key that
//! would read as something else, or that is not seen, stands in brackets as JSON writes it: `["a.b"]`,
//! `Steps["*"]`. The detail itself is the empty text.

use crate::json;
use crate::text::is_unseen;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To what stands under a key.
    Key(String),
    /// To each item of a list.
    Items,
    /// To each value of a map.
    Values,
}

/// The path of a key of the object at `path`.
pub fn key(path: &str, key: &str) -> String {
    let mut text = path.to_owned();
    push_key(&mut text, key);
    text
}

/// The path of the items of the list at `path`.
pub fn items(path: &str) -> String {
    format!("{path}[]")
}

/// The path of the values of the map at `path`.
pub fn values(path: &str) -> String {
    match path {
        "" => "*".to_owned(),
        path => format!("{path}.*"),
    }
}

/// What a step to a key adds to a path that has steps.
pub fn below(key: &str) -> String {
    self::key("x", key)[1..].to_owned()
}

/// The path of these steps.
pub fn text(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Key(key) => push_key(&mut text, key),
            Step::Items => text.push_str("[]"),
            Step::Values => text = values(&text),
        }
    }
    text
}

/// Adds a step to a key.
pub fn push_key(path: &mut String, key: &str) {
    if reads_otherwise(key) {
        path.push('[');
        path.push_str(&json::quote(key));
        path.push(']');
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

fn reads_otherwise(key: &str) -> bool {
    key.is_empty()
        || key == "*"
        || key.contains(|c| matches!(c, '.' | '[' | ']' | '"') || is_unseen(c))
}

/// The steps of a path, as people write it too: brackets may stand around any key. Nothing where it is none.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (step, after) = first(rest, steps.is_empty())?;
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

/// The first step, and what stands behind it.
fn first(path: &str, is_first: bool) -> Option<(Step, &str)> {
    if let Some(rest) = path.strip_prefix("[]") {
        return Some((Step::Items, rest));
    }
    if let Some(rest) = path.strip_prefix('[') {
        let end = quoted_end(rest)?;
        let key = serde_json::from_str(&rest[..end]).ok()?;
        return Some((Step::Key(key), rest[end..].strip_prefix(']')?));
    }
    let path = if is_first {
        path
    } else {
        path.strip_prefix('.')?
    };
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (key, rest) = path.split_at(end);
    match key {
        "" => None,
        "*" => Some((Step::Values, rest)),
        key => Some((Step::Key(key.to_owned()), rest)),
    }
}

/// Where a string of JSON ends.
fn quoted_end(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            '"' if !escaped => return Some(at + 2),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// The key that a path ends with, whatever lists it stands in.
pub fn last_key(path: &str) -> String {
    let steps = steps(path).unwrap_or_default();
    let keys = steps.into_iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Items | Step::Values => None,
    });
    keys.unwrap_or_default()
}

/// The paths around a path, the nearest first, the detail itself last.
pub fn around(path: &str) -> Vec<String> {
    let steps = steps(path).unwrap_or_default();
    (0..steps.len())
        .rev()
        .map(|end| text(&steps[..end]))
        .collect()
}

/// Whether a path leads further than another that is no detail.
pub fn is_below(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Step {
        Step::Key(text.to_owned())
    }

    #[test]
    fn every_path_is_read_back_and_no_two_are_alike() {
        use Step::{Items, Values};
        let keys = [
            "a", "a.b", "a[]", "*", "", "a.*", "\"", "\\", "[\"x\"]", "\u{202e}", "a b", "]", "名",
        ];
        let mut all: Vec<Vec<Step>> = Vec::new();
        for first in keys {
            all.push(vec![key(first)]);
            for second in keys {
                all.push(vec![key(first), key(second)]);
                all.push(vec![key(first), Items, key(second)]);
                all.push(vec![key(first), Values, key(second), Items]);
            }
        }
        let mut texts = std::collections::BTreeSet::new();
        for path in &all {
            let text = text(path);
            assert_eq!(steps(&text).as_ref(), Some(path), "{text}");
            assert!(texts.insert(text));
        }
    }

    #[test]
    fn plain_keys_stand_as_they_are() {
        for path in [
            "Steps[].Name",
            "Tags.*",
            "detail-type",
            "a b.c/d",
            "A[][].B",
        ] {
            assert_eq!(text(&steps(path).unwrap()), path);
        }
        assert_eq!(super::key("a", "b.c"), "a[\"b.c\"]");
        assert_eq!(super::key("", "b.c"), "[\"b.c\"]");
        assert_eq!(below("b"), ".b");
        assert_eq!(last_key("A[].B[][]"), "B");
        assert_eq!(around("A[].B"), ["A[]", "A", ""]);
        for path in ["a..b", "a[", "a[x]", ".a", "a[\"b]"] {
            assert_eq!(steps(path), None, "{path}");
        }
        assert_eq!(steps("a[\"b\"]"), steps("a.b"));
    }
}
