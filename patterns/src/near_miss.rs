//! A field that did not fit and the event come in; what is nearly right about it goes out, as a sentence: the field
//! under another spelling or at another place, the value in another case or of another kind.

use super::operator::{Operator, Value};
use super::wildcard::Wildcard;
use serde_json::Value as Json;

/// How many values of an event are looked at for a key that stands elsewhere.
const MAX_VALUES: usize = 100_000;

/// How many operators of a field are compared with how many of its values.
const MAX_OPERATORS: usize = 200;
const MAX_FOUND: usize = 50;

/// What is nearly right about a field that the event does not have.
pub(super) fn of_missing(event: &Json, field: &str) -> Option<String> {
    let steps: Vec<&str> = field.split('.').collect();
    let mut here = vec![event];
    for (index, step) in steps.iter().enumerate() {
        let next: Vec<&Json> = elements(&here)
            .into_iter()
            .filter_map(|value| value.get(step))
            .collect();
        if next.is_empty() {
            let (before, _) = steps.split_at(index);
            return at_step(event, &here, before, step, steps.last()?);
        }
        here = next;
    }
    no_leaf(&here)
}

/// Why there is no leaf at a place that is there.
fn no_leaf(here: &[&Json]) -> Option<String> {
    let elements = elements(here);
    let Some(Json::Object(members)) = elements.iter().find(|value| value.is_object()) else {
        return elements
            .is_empty()
            .then(|| "it is an empty array, which has no value".to_owned());
    };
    Some(match members.keys().next() {
        Some(key) => format!("it is an object: name a field of it, such as `{key}`"),
        None => "it is an empty object, which has no value".to_owned(),
    })
}

/// What stands where a step leads nowhere.
fn at_step(
    event: &Json,
    here: &[&Json],
    before: &[&str],
    step: &str,
    last: &str,
) -> Option<String> {
    let is_index = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    if is_index && here.iter().any(|value| value.is_array()) {
        return Some(format!(
            "arrays are looked into by themselves: leave out the key `{step}`"
        ));
    }
    let elements = elements(here);
    let objects = || elements.iter().filter_map(|value| value.as_object());
    if objects().next().is_none() {
        return no_object(&elements, &before.join("."));
    }
    let path = |key: &str| {
        let steps: Vec<&str> = before.iter().copied().chain([key]).collect();
        steps.join(".")
    };
    let mut keys = objects().flat_map(|object| object.keys());
    if let Some(key) = keys.clone().find(|key| folded(key) == folded(step)) {
        return Some(format!("the event spells it `{}`", path(key)));
    }
    if let Some(key) = keys.find(|key| is_near(key, step)) {
        return Some(format!("the event has `{}`: is that meant?", path(key)));
    }
    let elsewhere = find(event, last)?;
    Some(format!("the event has `{elsewhere}`: is that meant?"))
}

/// What stands instead of an object.
fn no_object(elements: &[&Json], place: &str) -> Option<String> {
    Some(match elements.first()? {
        Json::String(text) if text.trim_start().starts_with('{') => {
            format!("`{place}` is a string that holds JSON, which is not looked into")
        }
        Json::String(_) => format!("`{place}` is a string, not an object"),
        Json::Number(_) => format!("`{place}` is a number, not an object"),
        _ => format!("`{place}` is no object"),
    })
}

/// The values, with those of arrays instead of the arrays.
fn elements<'j>(values: &[&'j Json]) -> Vec<&'j Json> {
    let mut elements = Vec::new();
    let mut waiting: Vec<&Json> = values.iter().rev().copied().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Json::Array(items) => waiting.extend(items.iter().rev()),
            other => elements.push(other),
        }
    }
    elements
}

/// The path of a key that stands anywhere.
fn find(event: &Json, key: &str) -> Option<String> {
    let mut waiting = vec![(event, String::new())];
    let mut seen = 0;
    while let Some((value, path)) = waiting.pop() {
        seen += 1;
        if seen > MAX_VALUES {
            return None;
        }
        match value {
            Json::Array(items) => waiting.extend(items.iter().map(|item| (item, path.clone()))),
            Json::Object(members) => {
                for (name, value) in members {
                    let path = match path.as_str() {
                        "" => name.clone(),
                        path => format!("{path}.{name}"),
                    };
                    if name == key {
                        return Some(path);
                    }
                    waiting.push((value, path));
                }
            }
            _ => {}
        }
    }
    None
}

/// What is nearly right about values that no operator takes.
pub(super) fn of_values<'v, V: Iterator<Item = Value<'v>>>(
    operators: &[Operator],
    found: impl Fn() -> V,
) -> Option<String> {
    let of_operator = |operator| {
        found()
            .take(MAX_FOUND)
            .find_map(|value| nearly(operator, value))
    };
    operators.iter().take(MAX_OPERATORS).find_map(of_operator)
}

fn nearly(operator: &Operator, value: Value<'_>) -> Option<String> {
    match (operator, value) {
        (Operator::Exact(text), Value::String(found)) => nearly_text(text, found),
        (Operator::Exact(text), Value::Number(found, _)) if **text == *found => {
            Some("the event has a number, the pattern a string".to_owned())
        }
        (Operator::Exact(text), Value::Word(found)) if text.eq_ignore_ascii_case(found) => Some(
            format!("the event has {value} without quotes, the pattern a string"),
        ),
        (Operator::Number(number), Value::String(found))
            if number.to_string().as_bytes() == found =>
        {
            Some("the event has a string, the pattern a number".to_owned())
        }
        (Operator::Numeric(_), Value::String(found)) if is_number(found) => {
            Some("the event has a string, and `numeric` takes numbers alone".to_owned())
        }
        (Operator::Word(word), Value::String(found)) if word.eq_ignore_ascii_case(found) => {
            Some("the event has a string, the pattern a word without quotes".to_owned())
        }
        (Operator::Prefix(text), Value::String(found)) => {
            let start = found.get(..text.len());
            nearly_end("prefix", "starts", text, start, found)
        }
        (Operator::Suffix(text), Value::String(found)) => {
            let end = found
                .len()
                .checked_sub(text.len())
                .and_then(|at| found.get(at..));
            nearly_end("suffix", "ends", text, end, found)
        }
        (Operator::Wildcard(wildcard), Value::String(found)) => {
            let lower = Wildcard {
                pieces: wildcard
                    .pieces
                    .iter()
                    .map(|piece| piece.to_ascii_lowercase().into())
                    .collect(),
            };
            let hint = "only the case differs, which `wildcard` knows no way around";
            lower
                .matches(&found.to_ascii_lowercase())
                .then(|| hint.to_owned())
        }
        _ => None,
    }
}

fn nearly_text(text: &[u8], found: &[u8]) -> Option<String> {
    let (wanted, seen) = (
        String::from_utf8_lossy(text),
        String::from_utf8_lossy(found),
    );
    if wanted.to_lowercase() == seen.to_lowercase() {
        return Some("only the case differs: `equals-ignore-case` takes both".to_owned());
    }
    if wanted.trim() == seen.trim() {
        return Some("only blanks around it differ".to_owned());
    }
    let is_like = |wildcard: Wildcard| wildcard.pieces.len() > 1 && wildcard.matches(found);
    if Wildcard::read(text).is_ok_and(is_like) {
        return Some(
            "`*` in a plain string is a star: `wildcard` takes any characters for it".to_owned(),
        );
    }
    is_near(&wanted, &seen).then(|| "they differ in few letters".to_owned())
}

fn nearly_end(
    operator: &str,
    verb: &str,
    text: &[u8],
    end: Option<&[u8]>,
    found: &[u8],
) -> Option<String> {
    if end.is_some_and(|end| text.eq_ignore_ascii_case(end)) {
        return Some(format!(
            "only the case differs: {{\"{operator}\":{{\"equals-ignore-case\":…}}}} takes both"
        ));
    }
    let wildcard = match operator {
        "prefix" => [text.strip_suffix(b"*").unwrap_or(text), b"*"].concat(),
        _ => [b"*", text.strip_prefix(b"*").unwrap_or(text)].concat(),
    };
    let is_like = |wildcard: Wildcard| wildcard.matches(found);
    Wildcard::read(&wildcard)
        .is_ok_and(is_like)
        .then(|| format!("`{operator}` takes `*` for a star: `wildcard` takes what {verb} like it"))
}

fn is_number(text: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Number>(text).is_ok()
}

/// A name as people compare it: without case, and without what separates its words.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether two words differ in few of their letters.
fn is_near(one: &str, other: &str) -> bool {
    const LONG: usize = 100;
    let length = one.chars().count().min(other.chars().count());
    let allowed = (length / 4).min(2);
    one.len() < LONG
        && other.len() < LONG
        && allowed > 0
        && strsim::damerau_levenshtein(&folded(one), &folded(other)) <= allowed
}
