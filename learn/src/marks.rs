//! A sample comes in as its page marks it, with what a reader is to replace in backticks, braces or the like; the
//! sample without marks goes out.

use super::shape::MAX_PATH;
use eventbridge_catalog::json::{Member, Node, Value};
use eventbridge_catalog::path;
use std::collections::HashSet;

/// Marks that stand around all of a text.
const MARKS: [(&str, &str); 8] = [
    ("<replaceable>", "</replaceable>"),
    ("{{", "}}"),
    ("${", "}"),
    ("{", "}"),
    ("`", "`"),
    ("**", "**"),
    ("*", "*"),
    ("<", ">"),
];

/// The text between marks that stand around all of it.
pub(super) fn without_marks(text: &str) -> Option<&str> {
    let inner = MARKS.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(close)).then_some(inner.trim())
    })?;
    Some(without_marks(inner).unwrap_or(inner))
}

/// Takes the marks from an event, but for its detail-type, and for a source that is a name of its own only without:
/// `aws.{{service}}` is no source. Returns the paths below its detail of values that had marks: a reader is to replace
/// them, so that they prove nothing.
pub(super) fn unmark_event(event: &mut Node) -> Vec<String> {
    let mut marked = Marked::default();
    let Value::Object(members) = &mut event.value else {
        return marked.paths;
    };
    unmark_keys(members);
    for member in members {
        match (member.key.as_str(), &mut member.node.value) {
            ("detail-type", _) => {}
            ("source", Value::String(source)) => {
                if let Some(plain) = without_marks(source.trim()).filter(|it| it.contains('.')) {
                    *source = plain.to_owned();
                }
            }
            ("detail", _) => unmark(&mut member.node, &mut marked),
            _ => unmark(&mut member.node, &mut Marked::default()),
        }
    }
    marked.paths
}

/// Where values had marks, while a sample is walked through.
#[derive(Default)]
struct Marked {
    /// The path of where the walk stands: one text, which grows and shrinks.
    at: String,
    paths: Vec<String>,
}

/// Takes the marks from keys and values.
fn unmark(node: &mut Node, marked: &mut Marked) {
    let length = marked.at.len();
    match &mut node.value {
        Value::String(text) => {
            if let Some(plain) = plain(text) {
                *text = plain;
                marked
                    .paths
                    .extend((length <= MAX_PATH).then(|| marked.at.clone()));
            }
        }
        _ if length > MAX_PATH => {}
        Value::Array(items) => {
            marked.at.push_str("[]");
            items.iter_mut().for_each(|item| unmark(item, marked));
        }
        Value::Object(members) => {
            unmark_keys(members);
            for member in members {
                path::push_key(&mut marked.at, &member.key);
                unmark(&mut member.node, marked);
                marked.at.truncate(length);
            }
        }
        _ => {}
    }
    marked.at.truncate(length);
}

/// The text without marks, if it has any. What stands for a kind, `{...}`, has none.
fn plain(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let inner = without_marks(trimmed).filter(|inner| inner.contains(char::is_alphanumeric));
    if let Some(inner) = inner {
        return Some(inner.to_owned());
    }
    (text.contains("{{") && text.contains("}}")).then(|| text.replace("{{", "").replace("}}", ""))
}

/// A key without marks is none that the object has already.
fn unmark_keys(members: &mut [Member]) {
    let plain_key = |member: &Member| without_marks(&member.key).map(str::to_owned);
    if !members.iter().any(|member| plain_key(member).is_some()) {
        return;
    }
    let mut keys: HashSet<String> = members.iter().map(|member| member.key.clone()).collect();
    for member in members {
        if let Some(key) = plain_key(member).filter(|key| !key.is_empty())
            && keys.insert(key.clone())
        {
            member.key = key;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use eventbridge_catalog::json;

    #[test]
    fn marks_are_taken_from_keys_and_values() {
        let marked = r#"{"`glaze`": "{{CELADON}}", "cone": "{...}", "arn": "arn:{{kiln-id}}/x",
            "lid": ["*open*", "<replaceable>shut</replaceable>", "$x", "*"], "{{cone}}": 1}"#;
        let mut node = json::read(marked, 0).unwrap().node;
        unmark(&mut node, &mut Marked::default());
        let plain = r#"{"glaze": "CELADON", "cone": "{...}", "arn": "arn:kiln-id/x",
            "lid": ["open", "shut", "$x", "*"], "{{cone}}": 1}"#;
        let plain = json::read_strict(plain).unwrap();
        assert_eq!(json::write(&node), json::write(&plain));
    }
}
