//! A document and the byte of an error come in; the fields that lead there go out, in one line.

use super::cursor::Cursor;
use super::raw_error::{ErrorCode, RawError};
use super::string::Span;

/// Where an error stands in a document that is sound up to there.
pub(super) fn path(document: &str, error: RawError) -> String {
    let mut steps = steps(document.get(..error.at()).unwrap_or_default());
    if let (Some(Step::Member(key @ None)), ErrorCode::DuplicateKey) =
        (steps.last_mut(), error.code)
    {
        let mut cursor = Cursor::new(document);
        cursor.at = error.at();
        *key = cursor.string().ok();
    }
    written(document, &steps)
}

/// A step from a value to one within.
#[derive(Clone, Copy)]
enum Step {
    Member(Option<Span>),
    Item(usize),
}

/// The objects and lists that are open at the end of a document that breaks off.
fn steps(before: &str) -> Vec<Step> {
    let mut cursor = Cursor::new(before);
    let mut steps = Vec::new();
    loop {
        match cursor.peek() {
            b'"' => {
                let Ok(string) = cursor.string() else { break };
                if let Some(Step::Member(key @ None)) = steps.last_mut() {
                    *key = Some(string);
                }
                continue;
            }
            b'{' => steps.push(Step::Member(None)),
            b'[' => steps.push(Step::Item(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Member(key)) => *key = None,
                Some(Step::Item(index)) => *index += 1,
                None => {}
            },
            _ if cursor.at >= before.len() => break,
            _ => {}
        }
        cursor.at += 1;
    }
    steps
}

/// So many characters of a path are told at its ends.
const TOLD: usize = 120;

fn written(document: &str, steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Member(None) => {}
            Step::Member(Some(key)) => {
                step_to_member(&mut path, &key.text(document));
            }
            Step::Item(index) => step_to_item(&mut path, *index),
        }
    }
    let length = path.chars().count();
    if length <= 2 * TOLD {
        return path;
    }
    let front: String = path.chars().take(TOLD).collect();
    let back: String = path.chars().skip(length - TOLD).collect();
    format!("{front} … {back}")
}

/// Makes a path lead on to an item of a list.
pub(crate) fn step_to_item(path: &mut String, index: usize) {
    *path += &format!("[{index}]");
}

/// Makes a path lead on to a member of an object: `.key`, or `["a\nb"]` if the key is not plain. Keys are
/// data, and must neither break the line of a log nor pass for a path of several steps.
pub(crate) fn step_to_member(path: &mut String, key: &str) {
    if is_plain(key) {
        *path += if path.is_empty() { "" } else { "." };
        *path += key;
        return;
    }
    *path += "[\"";
    key.chars().for_each(|c| push_escaped(path, c));
    *path += "\"]";
}

fn is_plain(key: &str) -> bool {
    // Rust's own notion of what can be printed; it also escapes `'`, which need not be.
    let is_printable = key
        .split('\'')
        .all(|part| part.escape_debug().eq(part.chars()));
    is_printable && !key.is_empty() && !key.contains(['.', '[', ']'])
}

/// Adds a character as a string of JSON has it, by an escape if it cannot be printed.
fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => *out += "\\\"",
        '\\' => *out += "\\\\",
        '\n' => *out += "\\n",
        '\r' => *out += "\\r",
        '\t' => *out += "\\t",
        '\'' => out.push(c),
        c if c.escape_debug().len() == 1 => out.push(c),
        c => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                *out += &format!("\\u{unit:04x}");
            }
        }
    }
}
