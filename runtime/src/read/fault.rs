//! What is wrong with a document and where comes in; an error that a person can act on goes out: the
//! byte, the path of fields that leads there, and what is wrong.

use std::fmt;

use super::Span;
use super::cursor::Cursor;

/// What is wrong with a document, at a byte offset; see [`ParseError`] for the path.
///
/// [`Detail::read`](crate::Detail::read) hands it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A document is shorter than 4 GB, and what may fail is returned in a register.
    at: u32,
    problem: Problem,
}

impl Fault {
    pub(crate) fn new(at: usize, problem: Problem) -> Self {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        Self { at, problem }
    }

    /// The same in a document that has so many bytes more before it.
    pub(crate) fn after(self, before: usize) -> Self {
        Self::new(self.at() + before, self.problem)
    }

    fn at(self) -> usize {
        self.at as usize
    }
}

/// What can be wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    End,
    Value,
    Object,
    Key,
    Colon,
    Member,
    Item,
    Number,
    Escape,
    Control,
    Surrogate,
    Trailing,
    Deep,
    Twice,
    Utf8,
    Long,
    Tree,
    OtherEvent,
    NoDetail,
}

impl Problem {
    fn text(self) -> &'static str {
        match self {
            Self::End => "the document ends here, within a value; was it cut off?",
            Self::Value => "expected a JSON value",
            Self::Object => "expected an object",
            Self::Key => "expected a key in quotes",
            Self::Colon => "expected `:`",
            Self::Member => "expected `,` or `}`",
            Self::Item => "expected `,` or `]`",
            Self::Number => "this is no number of JSON",
            Self::Escape => "this is no escape of JSON",
            Self::Control => "a control character in a string must be written as an escape",
            Self::Surrogate => "half a surrogate pair is no character",
            Self::Trailing => "the document goes on after its value",
            Self::Deep => "objects and lists stand in one another more than 128 deep",
            Self::Twice => "this key stands twice in its object",
            Self::Utf8 => "these bytes are not UTF-8",
            Self::Tree => "`serde_json::Value` cannot hold this; `Json` can",
            Self::OtherEvent => {
                "the event is of another source or detail-type than the type it is read as"
            }
            Self::NoDetail => "the event ends here and has no detail, which its type asks for",
            Self::Long => "a document of 4 GB or more cannot be read",
        }
    }
}

/// Why a document cannot be read: where, by byte offset and path, and what was expected.
///
/// ```
/// use eventbridge_runtime::{Event, Json};
///
/// let cut_off = br#"{"id": "6a7e", "detail": {"doors": [{"name": "fro"#;
/// let error = Event::<Json>::from_slice(cut_off).unwrap_err();
/// assert_eq!(error.offset(), 49);
/// assert_eq!(error.path(), "detail.doors[0].name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    offset: usize,
    path: String,
    problem: Problem,
}

impl ParseError {
    /// Walks the document again, up to the fault.
    pub(crate) fn new(document: &str, fault: Fault) -> Self {
        Self(Box::new(Inner {
            offset: fault.at(),
            path: path(document, fault),
            problem: fault.problem,
        }))
    }

    /// Bytes that are not UTF-8 from an offset on.
    pub(crate) fn not_utf8(document: &[u8], at: usize) -> Self {
        let before = document.get(..at).unwrap_or_default();
        let fault = Fault::new(at, Problem::Utf8);
        Self::new(std::str::from_utf8(before).unwrap_or_default(), fault)
    }

    /// The byte, from 0, at which the document is not what was expected.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The fields that lead there, `detail.Tags[2].Key`, or nothing for the document itself. A long path
    /// is cut in the middle.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            offset,
            path,
            problem,
        } = &*self.0;
        write!(f, "byte {offset}")?;
        if !path.is_empty() {
            write!(f, ", at {path}")?;
        }
        write!(f, ": {}", problem.text())
    }
}

impl std::error::Error for ParseError {}

/// Where a fault stands in a document that is sound up to there.
fn path(document: &str, fault: Fault) -> String {
    let mut steps = steps(document.get(..fault.at()).unwrap_or_default());
    if let (Some(Step::Member(key @ None)), Problem::Twice) = (steps.last_mut(), fault.problem) {
        let mut cursor = Cursor::new(document);
        cursor.at = fault.at();
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
                path += if path.is_empty() { "" } else { "." };
                path += &key.text(document);
            }
            Step::Item(index) => path += &format!("[{index}]"),
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
