//! What a check found: how grave it is, where it stands, what it is called, what to write instead.

use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::text::{Lines, Place};
use serde::Serialize;
use std::fmt::{self, Display};
use std::ops::Range;

/// What kind of finding it is. The names stay as they are from version to version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file cannot be read, or is no file with rules.
    Unreadable,
    /// The text is no JSON: a comma is missing, a bracket, a quote.
    Syntax,
    /// EventBridge refuses the pattern.
    InvalidPattern,
    /// A value stands where an array of values is needed.
    NotAnArray,
    /// No event has the key beside `source` and `detail`.
    UnknownEnvelopeKey,
    /// It is nearly a known event source.
    MisspeltSource,
    /// It is nearly a known detail-type.
    MisspeltDetailType,
    /// The source is known, and no such detail-type of it.
    UnknownDetailType,
    /// No event that the rule lets through has the field.
    UnknownField,
    /// Of the detail-types that the rule lists some do not have the field.
    PartialField,
    /// A key that is the number of an item: arrays are looked into by themselves.
    ArrayIndex,
    /// A key that is written as a path: keys nest instead.
    PathKey,
    /// A field of something that has none.
    NotAnObject,
    /// A value for a field that is an object, whose fields alone have values.
    ObjectField,
    /// A value that is none of those that are known.
    UnknownValue,
    /// A known value, spelt as elsewhere.
    ValueSpelling,
    /// A string where events have a number, a boolean or nothing else.
    StringForOther,
    /// A number where events have a string.
    NumberForString,
    /// A value of a kind that the field never has.
    WrongType,
    /// An operator that takes no value of the kind that the field has.
    OperatorType,
    /// `null` where events always have a value.
    NeverNull,
    /// `exists` on an object: it is asked of values alone.
    ExistsOnObject,
    /// Tags as a map where they are a list of pairs, or the reverse.
    TagsForm,
    /// A star in a plain string.
    LiteralStar,
    /// A field of the event as the key of a map.
    MisplacedKey,
    /// A key that stands twice.
    DuplicateKey,
    /// A value of the envelope that no event has.
    EnvelopeValue,
    /// What EventBridge refuses beyond the grammar: too long, too many combinations, too complex.
    ServiceLimit,
    /// Nearly too long.
    NearLimit,
    /// What filters of pipes and event source mappings do not know.
    FilterOperator,
    /// What is accepted and was probably not meant.
    OddPattern,
    /// How a value is written in the template is read in an unexpected way.
    OddValue,
    /// The rule is switched off.
    DisabledRule,
    /// A path of an input transformer that no event has.
    UnknownPath,
    /// A variable of an input template that is not given.
    UnknownVariable,
    /// What is not checked, and why.
    NotChecked,
}

impl Code {
    /// All codes.
    pub const ALL: [Code; 36] = [
        Code::Unreadable,
        Code::Syntax,
        Code::InvalidPattern,
        Code::NotAnArray,
        Code::UnknownEnvelopeKey,
        Code::MisspeltSource,
        Code::MisspeltDetailType,
        Code::UnknownDetailType,
        Code::UnknownField,
        Code::PartialField,
        Code::ArrayIndex,
        Code::PathKey,
        Code::NotAnObject,
        Code::ObjectField,
        Code::UnknownValue,
        Code::ValueSpelling,
        Code::StringForOther,
        Code::NumberForString,
        Code::WrongType,
        Code::OperatorType,
        Code::NeverNull,
        Code::ExistsOnObject,
        Code::TagsForm,
        Code::LiteralStar,
        Code::MisplacedKey,
        Code::DuplicateKey,
        Code::EnvelopeValue,
        Code::ServiceLimit,
        Code::NearLimit,
        Code::FilterOperator,
        Code::OddPattern,
        Code::OddValue,
        Code::DisabledRule,
        Code::UnknownPath,
        Code::UnknownVariable,
        Code::NotChecked,
    ];

    /// What programs call it: `unknown-field`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

/// Bytes of a file, and what to write in their place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Where, in bytes of the file.
    pub start: usize,
    /// Where what is replaced ends.
    pub end: usize,
    /// What to write.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file, as it was named.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// How many characters it covers.
    pub width: usize,
    /// How grave it is.
    pub severity: Severity,
    /// What kind it is.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead, where that is certain.
    pub suggestion: Option<String>,
    /// How to write that into the file, where the place allows it; all of them or none.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// What is wrong and what to write instead, in one line.
    pub fn sentence(&self) -> String {
        match &self.suggestion {
            Some(suggestion) => format!("{} (write {suggestion})", self.message),
            None => self.message.clone(),
        }
    }

    /// The finding as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("{} [{}]", self.message, self.code);
        let diagnostic = Diagnostic::new(self.severity, &self.path, message)
            .at(self.place)
            .wide(self.width);
        match &self.suggestion {
            Some(suggestion) => diagnostic.help(format!("write {suggestion}")),
            None => diagnostic,
        }
    }
}

/// A finding without its file: what the parts of the check tell.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) severity: Severity,
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) fix: Option<Fix>,
}

/// A correction that is certain.
#[derive(Clone, Debug)]
pub(crate) enum Fix {
    /// The word at the place is another.
    Word { from: String, to: String },
    /// The scalar at the place is written otherwise, quotes and all.
    Scalar { from: String, to: String },
    /// The value at the place stands in an array.
    Bracketed,
    /// What is missing at the place.
    Insert(&'static str),
}

impl Found {
    pub(crate) fn error(span: Range<usize>, code: Code, message: impl Into<String>) -> Self {
        Found {
            span,
            severity: Severity::Error,
            code,
            message: message.into(),
            fix: None,
        }
    }

    pub(crate) fn warning(span: Range<usize>, code: Code, message: impl Into<String>) -> Self {
        Found {
            severity: Severity::Warning,
            ..Self::error(span, code, message)
        }
    }

    /// With a word more.
    pub(crate) fn more(mut self, more: &str) -> Self {
        self.message.push_str(": ");
        self.message.push_str(more);
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The finding in its file.
    pub(crate) fn placed(mut self, path: &str, text: &str, lines: &Lines<'_>) -> Finding {
        // What YAML's reader takes for a scalar may have blanks behind it.
        let slice = text.get(self.span.clone()).unwrap_or_default().trim_end();
        self.span.end = self.span.start + slice.len();
        let width = slice.lines().next().unwrap_or_default().chars().count();
        let (suggestion, edits) = match &self.fix {
            Some(fix) => (Some(fix.suggestion(slice)), fix.edits(&self.span, text)),
            None => (None, Vec::new()),
        };
        Finding {
            path: path.to_owned(),
            place: lines.place(self.span.start),
            width: width.max(1),
            severity: self.severity,
            code: self.code,
            message: self.message,
            suggestion,
            edits,
        }
    }
}

impl Fix {
    fn suggestion(&self, slice: &str) -> String {
        match self {
            Fix::Word { to, .. } | Fix::Scalar { to, .. } => to.clone(),
            Fix::Bracketed => format!("[{slice}]"),
            Fix::Insert(text) => (*text).to_owned(),
        }
    }

    fn edits(&self, span: &Range<usize>, text: &str) -> Vec<Edit> {
        let slice = text.get(span.clone()).unwrap_or_default();
        let edit = |start: usize, end: usize, text: &str| Edit {
            start: span.start + start,
            end: span.start + end,
            text: text.to_owned(),
        };
        match self {
            Fix::Word { from, to } if is_plain(from) && is_plain(to) => {
                let start = word_start(slice, from).into_iter();
                start.map(|at| edit(at, at + from.len(), to)).collect()
            }
            Fix::Scalar { from, to } if slice.trim_matches(['"', '\'', '\\']) == from => {
                vec![edit(0, slice.len(), to)]
            }
            Fix::Bracketed if !slice.is_empty() && !slice.contains('\n') => {
                vec![edit(0, 0, "["), edit(slice.len(), slice.len(), "]")]
            }
            Fix::Insert(inserted) => vec![behind_last_word(text, span.start, inserted)],
            _ => Vec::new(),
        }
    }
}

/// Whether a text is spelled alike wherever it stands in a file.
fn is_plain(text: &str) -> bool {
    !text.contains(['"', '\'', '\\', '\n', '$', '%', '{', '}'])
}

/// Where a word begins in a slice that holds it alone, or in quotes.
fn word_start(slice: &str, word: &str) -> Option<usize> {
    let (before, after) = slice.split_once(word)?;
    let is_quote = matches!(before, "" | "\"" | "'" | "\\\"");
    (is_quote && before == after).then_some(before.len())
}

/// Puts something behind the last word before a place.
fn behind_last_word(text: &str, place: usize, inserted: &str) -> Edit {
    let before = text.get(..place).unwrap_or_default().trim_end();
    Edit {
        start: before.len(),
        end: before.len(),
        text: inserted.to_owned(),
    }
}
