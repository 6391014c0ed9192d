//! What is wrong with a document and where comes in; an error that a person can act on goes out: the
//! byte, the path of fields that leads there, what is wrong, and how to go on.

use std::fmt;

use super::foreign::{self, GZIP};
use super::path::path;
use super::raw_error::{ErrorCode, RawError};

/// What kind of error keeps a document from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The document ends within a value: more of it may be on its way.
    CutOff,
    /// Objects and lists stand in one another too deep.
    TooDeep,
    /// A key stands twice in one object, and both cannot be kept.
    KeyTwice,
    /// Its bytes are not UTF-8.
    NotUtf8,
    /// It has 4 GB or more.
    TooLong,
    /// Another value stands where an object has to.
    NotAnObject,
    /// It is JSON that a `serde_json::Value` cannot hold, such as `1e400`.
    BeyondValue,
    /// It is an event of another source or detail-type than the one type that it is read as.
    OtherEvent,
    /// It is an object without a `source` and without a `detail-type`, and thus no event: perhaps a message
    /// with an event in it, which [`Carried`](crate::Carried) opens.
    NotAnEvent,
    /// It is an event without a detail, which its type asks for.
    NoDetail,
    /// It is not JSON.
    NotJson,
}

impl ErrorCode {
    fn kind(self) -> ParseErrorKind {
        match self {
            Self::End => ParseErrorKind::CutOff,
            Self::Deep => ParseErrorKind::TooDeep,
            Self::DuplicateKey => ParseErrorKind::KeyTwice,
            Self::Utf8 | Self::Packed => ParseErrorKind::NotUtf8,
            Self::Long => ParseErrorKind::TooLong,
            Self::Object | Self::NoObjectOfEvent => ParseErrorKind::NotAnObject,
            Self::NotAnEvent => ParseErrorKind::NotAnEvent,
            Self::Tree => ParseErrorKind::BeyondValue,
            Self::OtherEvent => ParseErrorKind::OtherEvent,
            Self::NoDetail => ParseErrorKind::NoDetail,
            _ => ParseErrorKind::NotJson,
        }
    }
}

/// Why a document cannot be read: where, by byte offset and path, and what was expected.
///
/// ```
/// use eventbridge_runtime::{Event, ParseErrorKind, json::Json};
///
/// let cut_off = br#"{"id": "6a7e", "detail": {"doors": [{"name": "fro"#;
/// let error = Event::<Json>::from_slice(cut_off).unwrap_err();
/// assert_eq!(error.offset(), 49);
/// assert_eq!(error.path(), "detail.doors[0].name");
/// assert_eq!(error.kind(), ParseErrorKind::CutOff);
/// assert_eq!(std::io::Error::from(error).kind(), std::io::ErrorKind::UnexpectedEof);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ParseError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    offset: usize,
    path: String,
    code: ErrorCode,
    /// What stands there instead, and how to go on, if that is known.
    advice: Option<String>,
    /// Where the document stands in a message.
    within: String,
}

impl ParseError {
    /// Walks the document again, up to the error.
    pub(crate) fn new(document: &str, error: RawError) -> Self {
        Self(Box::new(Inner {
            offset: error.at(),
            path: path(document, error),
            code: error.code,
            advice: advice(document, error),
            within: String::new(),
        }))
    }

    /// The same of a document that stands at a place in a message.
    pub(crate) fn within(mut self, message_path: &str) -> Self {
        message_path.clone_into(&mut self.0.within);
        self
    }

    /// Bytes that are not UTF-8 from an offset on; a document may also be cut off within a character.
    pub(crate) fn not_utf8(document: &[u8], at: usize) -> Self {
        let (before, rest) = document.split_at_checked(at).unwrap_or_default();
        let is_cut_off = std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
        let code = match is_cut_off {
            _ if document.starts_with(&GZIP) => ErrorCode::Packed,
            true => ErrorCode::End,
            false => ErrorCode::Utf8,
        };
        let error = RawError::new(at, code);
        Self::new(std::str::from_utf8(before).unwrap_or_default(), error)
    }

    /// The byte, from 0, at which the document is not what was expected.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ParseErrorKind {
        self.0.code.kind()
    }

    /// The fields that lead there, `detail.Tags[2].Key`, or nothing for the document itself. A long path
    /// is cut in the middle.
    ///
    /// A key that is not plain stands in brackets, as JSON has it: `detail["a.b"]`. Not plain are keys
    /// that are empty, and those with a `.`, `[`, `]`, `"`, `\\` or a character that cannot be printed.
    /// Thus a path is one line, whoever wrote the document, and tells of one place.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            offset,
            path,
            code,
            advice,
            within,
        } = &*self.0;
        write!(f, "byte {offset}")?;
        if !within.is_empty() {
            write!(f, " of {within}")?;
        }
        if !path.is_empty() {
            write!(f, ", at {path}")?;
        }
        write!(f, ": {}", code.text())?;
        match advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

/// In words, as it is shown: a `main` that ends with an error prints this.
impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParseError({self})")
    }
}

impl std::error::Error for ParseError {}

impl From<ParseError> for std::io::Error {
    /// `UnexpectedEof` of a document that is cut off, else `InvalidData`.
    fn from(error: ParseError) -> Self {
        let kind = match error.kind() {
            ParseErrorKind::CutOff => std::io::ErrorKind::UnexpectedEof,
            _ => std::io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// What stands in a document where something else should.
fn advice(document: &str, error: RawError) -> Option<String> {
    let value = || document.get(error.at()..);
    match error.code {
        ErrorCode::NotAnEvent | ErrorCode::NoObjectOfEvent => foreign::advice_on(value()?),
        ErrorCode::Object => {
            foreign::object_in_string(value()?).map(|_| foreign::IN_STRING.to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, Json};

    fn error(document: &str) -> ParseError {
        Event::<Json>::from_slice(document.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_path_is_one_line_and_tells_of_one_place() {
        for (key, path) in [
            (r"a\nFATAL: forged", r#"detail["a\nFATAL: forged"].x"#),
            ("a.b", r#"detail["a.b"].x"#),
            ("b[0]", r#"detail["b[0]"].x"#),
            ("", r#"detail[""].x"#),
            (r#"\"]"#, r#"detail["\"]"].x"#),
            (r"\\n", r#"detail["\\n"].x"#),
            (
                "\u{202e}\u{2028}\u{e0001}\\t\\u0001",
                r#"detail["\u202e\u2028\udb40\udc01\t\u0001"].x"#,
            ),
            ("it's ☃-a_1 e\u{301}", "detail.it's ☃-a_1 e\u{301}.x"),
        ] {
            let broken = format!(r#"{{"detail": {{"{key}": {{"x": !}}}}}}"#);
            assert_eq!(error(&broken).path(), path);
        }
        let first = error(r#"{"a.b": !}"#).to_string();
        assert_eq!(first, r#"byte 8, at ["a.b"]: expected a JSON value"#);
    }

    #[test]
    fn what_is_wrong_has_a_kind() {
        use ParseErrorKind::*;
        let deep = format!(r#"{{"detail": {}"#, "[".repeat(200));
        for (document, kind) in [
            (r#"{"id": "6a"#, CutOff),
            ("", CutOff),
            (r#"{"id": 1, "detail": tru"#, CutOff),
            (&deep, TooDeep),
            (r#"{"id": "1", "id": "2"}"#, KeyTwice),
            ("[]", NotAnObject),
            (r#"{"id": 01}"#, NotJson),
            ("{} {}", NotJson),
            ("{}", NotAnEvent),
            (r#"{"source": null, "detail-type": ""}"#, NotAnEvent),
            (
                r#"{"detail-type": 7, "detail": {"source": "s"}}"#,
                NotAnEvent,
            ),
        ] {
            assert_eq!(error(document).kind(), kind, "{document}");
        }
        let tree = r#"{"source": "s", "detail": 1e400}"#.parse::<Event<serde_json::Value>>();
        assert_eq!(tree.unwrap_err().kind(), BeyondValue);
    }

    #[test]
    fn bytes_that_end_within_a_character_are_cut_off() {
        let [within, wrong] = [&b"{\"id\": \"\xe2\x98"[..], b"{\"id\": \"\xff\"}"]
            .map(|document| Event::<Json>::from_slice(document).unwrap_err());
        assert_eq!(
            (within.kind(), within.offset()),
            (ParseErrorKind::CutOff, 8)
        );
        assert_eq!((wrong.kind(), wrong.offset()), (ParseErrorKind::NotUtf8, 8));
        assert_eq!(wrong.path(), "id");
        let wrong = std::io::Error::from(wrong);
        assert_eq!(wrong.kind(), std::io::ErrorKind::InvalidData);
        assert!(wrong.to_string().contains("not UTF-8"));
    }
}
