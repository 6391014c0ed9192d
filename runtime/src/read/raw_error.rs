//! What is wrong with a document, and at which byte: small, as it is handed through every reader.

/// What is wrong with a document, at a byte offset; see [`ParseError`](crate::ParseError) for the path.
///
/// [`Detail::read`](crate::Detail::read) hands it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawError {
    /// A document is shorter than 4 GB, and what may fail is returned in a register.
    at: u32,
    pub(super) code: ErrorCode,
}

impl RawError {
    pub(crate) fn new(at: usize, code: ErrorCode) -> Self {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        Self { at, code }
    }

    pub(super) fn at(self) -> usize {
        self.at as usize
    }

    /// The same of a detail that is not there, in an event that ends at an offset.
    pub(crate) fn of_no_detail(self, at: usize) -> Self {
        match self.code {
            ErrorCode::Object => Self::new(at, ErrorCode::NoDetail),
            code => Self::new(at, code),
        }
    }
}

/// What can be wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorCode {
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
    DuplicateKey,
    Utf8,
    Long,
    Tree,
    OtherEvent,
    NoDetail,
    NotAnEvent,
    NoObjectOfEvent,
    Packed,
}

impl ErrorCode {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::End => "the document ends here, within a value; was it cut off?",
            Self::Value => "expected a JSON value",
            Self::Object | Self::NoObjectOfEvent => "expected an object",
            Self::NotAnEvent => {
                "this object is no event: neither a `source` nor a `detail-type` says what it is"
            }
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
            Self::DuplicateKey => "this key stands twice in its object",
            Self::Utf8 => "these bytes are not UTF-8",
            Self::Packed => {
                "these bytes are packed by gzip: unpack them first, and `Carried::open` opens what they are"
            }
            Self::Tree => "`serde_json::Value` cannot hold this; `Json` can",
            Self::OtherEvent => {
                "the event is of another source or detail-type than the type it is read as"
            }
            Self::NoDetail => "the event ends here and has no detail, which its type asks for",
            Self::Long => "a document of 4 GB or more cannot be read",
        }
    }
}
