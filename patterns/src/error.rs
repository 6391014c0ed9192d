//! What went wrong in a text comes in; errors that name the place and what to write instead go out.

use std::fmt;

/// Why a text is no event pattern: what the service would say, where, and what to write instead.
///
/// ```
/// use eventbridge_patterns::Pattern;
///
/// let error = Pattern::parse(r#"{"detail": {"state": "failed"}}"#).unwrap_err();
/// assert_eq!((error.line(), error.column(), error.offset()), (1, 22, 21));
/// assert_eq!(error.path(), "detail.state");
/// assert!(!error.help().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    pub(crate) message: String,
    pub(crate) offset: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) path: String,
    pub(crate) help: String,
}

impl PatternError {
    /// The reason, worded as the service's engine words it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where in the pattern, in bytes from its start.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The line of that place, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of that place in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The field that the place belongs to, its steps joined by dots; empty at the top.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What to write instead; empty when the reason says it all.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {}, column {}",
            self.message, self.line, self.column
        )?;
        if !self.path.is_empty() {
            write!(f, ", in field `{}`", self.path)?;
        }
        if !self.help.is_empty() {
            write!(f, ": {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for PatternError {}

/// Why bytes are no event: they are not a JSON object, or it is malformed.
///
/// ```
/// use eventbridge_patterns::Pattern;
///
/// let pattern = Pattern::parse(r#"{"source": ["my.kiln"]}"#)?;
/// let error = pattern.matches(br#"{"source": "my.kiln", "detail": }"#).unwrap_err();
/// assert_eq!(error.offset(), 32);
/// # Ok::<(), eventbridge_patterns::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError {
    pub(crate) message: &'static str,
    pub(crate) offset: usize,
}

impl EventError {
    /// What was wrong or missing.
    pub fn message(&self) -> &str {
        self.message
    }

    /// Where in the event, in bytes from its start.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for EventError {}

/// What is wrong at a byte of a pattern, before anybody has counted lines.
#[derive(Debug)]
pub(crate) struct RawError {
    message: String,
    help: &'static str,
    offset: usize,
    pub(crate) path: Option<String>,
}

impl RawError {
    pub(crate) fn new(message: impl Into<String>, help: &'static str, offset: usize) -> Self {
        Self {
            message: message.into(),
            help,
            offset,
            path: None,
        }
    }

    /// The error with its line and column in the text of the pattern.
    pub(crate) fn placed_in(self, text: &str) -> PatternError {
        let (line, column) = place(text, self.offset);
        PatternError {
            message: self.message,
            offset: self.offset,
            line,
            column,
            path: self.path.unwrap_or_default(),
            help: self.help.to_owned(),
        }
    }
}

impl From<EventError> for RawError {
    fn from(error: EventError) -> Self {
        if error.message == "Event must be a JSON object" {
            return Self::new(
                "Filter is not an object",
                "write a JSON object such as {\"source\": [\"aws.sagemaker\"]}",
                error.offset,
            );
        }
        Self::new(error.message, "", error.offset)
    }
}

/// The line and column, both from 1, of a byte offset.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
