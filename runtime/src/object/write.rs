//! A part of an event comes in as what it holds; it is written as JSON text, or by any serializer. One
//! walk writes all types.

use std::fmt;

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::data::{Node, View, WriteField, entries, items, viewed};
use crate::read::plain;
use crate::{Json, Unknown};

impl Node<'_> {
    /// Writes the JSON, without space.
    pub(crate) fn write(self, out: &mut String) {
        match self {
            Self::Null => *out += "null",
            Self::Boolean(value) => *out += if value { "true" } else { "false" },
            Self::Integer(value) => *out += &value.to_string(),
            Self::Number(number) => *out += number.as_json(),
            Self::Text(text) | Self::Choice(text, _) => write_string(text, out),
            Self::Timestamp(timestamp) => timestamp.write_json(out),
            Self::Json(json) | Self::Unknown(Unknown { detail: json, .. }) => {
                write_compact(json.as_json(), out);
            }
            Self::Value(value) => *out += &value.to_string(),
            Self::Serde(value) => write_compact(value.to_json().as_json(), out),
            Self::List(list) => {
                out.push('[');
                for (index, item) in items(list).enumerate() {
                    separate(index, out);
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(map) => {
                out.push('{');
                for (index, (key, value)) in entries(map).enumerate() {
                    separate(index, out);
                    write_member(key, value, out);
                }
                out.push('}');
            }
            Self::Object(object) => object.view(&mut |view| write_object(&view, out)),
        }
    }
}

fn write_object(view: &View<'_, '_>, out: &mut String) {
    out.push('{');
    let mut index = 0;
    let Ok(()) = view.each(|key, value| {
        separate(index, out);
        index += 1;
        write_member(key, value, out);
        Ok::<(), std::convert::Infallible>(())
    });
    out.push('}');
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn write_member(key: &str, value: Node<'_>, out: &mut String) {
    write_string(key, out);
    out.push(':');
    value.write(out);
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut start = 0;
    loop {
        let end = plain(text.as_bytes(), start);
        *out += text.get(start..end).unwrap_or_default();
        match text.as_bytes().get(end) {
            None => break,
            Some(b'"') => *out += "\\\"",
            Some(b'\\') => *out += "\\\\",
            Some(b'\n') => *out += "\\n",
            Some(b'\r') => *out += "\\r",
            Some(b'\t') => *out += "\\t",
            Some(byte) => *out += &format!("\\u{byte:04x}"),
        }
        start = end + 1;
    }
    out.push('"');
}

/// Copies JSON without the space between its parts.
fn write_compact(json: &str, out: &mut String) {
    let mut rest = json;
    while let Some(space) = rest.find([' ', '\n', '\r', '\t', '"']) {
        let (before, after) = rest.split_at(space);
        *out += before;
        rest = match after.strip_prefix('"') {
            Some(inside) => {
                let end = string_end(inside);
                *out += after.get(..end + 1).unwrap_or(after);
                inside.get(end..).unwrap_or_default()
            }
            None => after.trim_start(),
        };
    }
    *out += rest;
}

/// The place after the quote that ends a string.
fn string_end(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut at = 0;
    loop {
        at = plain(bytes, at);
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            Some(_) => at += 1,
            None => return bytes.len(),
        }
    }
}

impl fmt::Display for Node<'_> {
    /// As JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        f.write_str(&out)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(value),
            Self::Integer(value) => serializer.serialize_i64(value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) | Self::Choice(text, _) => serializer.serialize_str(text),
            Self::Timestamp(timestamp) => timestamp.serialize(serializer),
            Self::Json(json) | Self::Unknown(Unknown { detail: json, .. }) => {
                json.serialize(serializer)
            }
            Self::Value(value) => Json::from(value).serialize(serializer),
            Self::Serde(value) => value.to_json().serialize(serializer),
            Self::List(list) => {
                let mut seq = serializer.serialize_seq(Some(items(list).count()))?;
                for item in items(list) {
                    seq.serialize_element(&item)?;
                }
                seq.end()
            }
            Self::Map(map) => serializer.collect_map(entries(map)),
            Self::Object(object) => {
                let mut serializer = Some(serializer);
                let done = viewed(object, |view| {
                    serializer
                        .take()
                        .map(|serializer| members(&view, serializer))
                });
                done.flatten()
                    .unwrap_or_else(|| Err(S::Error::custom("an object did not show its fields")))
            }
        }
    }
}

fn members<S: Serializer>(view: &View<'_, '_>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut count = 0;
    let Ok(()) = view.each(|_, _| {
        count += 1;
        Ok::<(), std::convert::Infallible>(())
    });
    let mut map = serializer.serialize_map(Some(count))?;
    view.each(|key, node| map.serialize_entry(key, &node))?;
    map.end()
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
pub fn serialize<S: Serializer>(part: &dyn WriteField, serializer: S) -> Result<S::Ok, S::Error> {
    match part.node() {
        Some(node) => node.serialize(serializer),
        None => serializer.serialize_unit(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_between_parts_goes_and_that_in_strings_stays() {
        let json: Json = "{ \"a b\" : [ 1 ,\n\t2.50 ], \"\\\" \\\\\" : \" \" }"
            .parse()
            .unwrap();
        assert_eq!(
            Node::Json(&json).to_string(),
            r#"{"a b":[1,2.50],"\" \\":" "}"#
        );
    }

    #[test]
    fn strings_are_escaped() {
        let text = "a\"\\\n\r\t\u{1}\u{7f} ☃ and so on, for more than a few bytes\u{8}";
        let written = Node::Text(text).to_string();
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
