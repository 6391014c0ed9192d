//! What was noticed while reading or writing comes in; one vocabulary for terminals and programs
//! goes out: how grave it is, where it stands, what was expected, how to go on.

use crate::text::{Place, visible};
use serde::Serialize;
use std::fmt::Display;
use std::path::Path;

/// How grave a diagnostic is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The work ended because of it; what was written before is told.
    Error,
    /// The work went on; a person should look.
    Warning,
    /// Told for completeness: a defect of a page that was read all the same.
    Note,
}

/// One finding, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// The file it is about, as the caller named it.
    pub path: String,
    /// Where in that file; `None` when the whole file is meant.
    pub place: Option<Place>,
    /// How many characters the finding covers, at least 1.
    pub width: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How to go on.
    pub help: Option<String>,
    /// What programs call findings of its kind, where there is a name for it; thin, as diagnostics are returned as errors.
    pub code: Option<&'static &'static str>,
}

impl Diagnostic {
    /// A finding about a whole file.
    pub fn new(severity: Severity, path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), cut(message.into()));
        Diagnostic {
            severity,
            path,
            place: None,
            width: 1,
            message,
            help: None,
            code: None,
        }
    }

    /// An error about a whole file.
    pub fn error(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, path, message)
    }

    /// An error about a file or a folder that the system does not let us read.
    pub fn unreadable(path: impl Into<String>, error: impl Display) -> Self {
        Self::error(path, format!("cannot be read: {error}"))
    }

    /// A warning about a whole file.
    pub fn warning(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, path, message)
    }

    /// The same finding at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding, `width` characters wide.
    pub fn wide(mut self, width: usize) -> Self {
        self.width = width.max(1);
        self
    }

    /// The same finding with the name of its kind.
    pub fn coded(mut self, code: &'static &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same finding with a word on how to go on.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A path as messages show it, the same on all systems.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Longer messages are cut: they quote names, which may be as long as the file.
const MAX_MESSAGE: usize = 2_000;

fn cut(mut message: String) -> String {
    if message.len() > MAX_MESSAGE {
        let mut ends = (0..=MAX_MESSAGE).rev();
        let end = ends.find(|end| message.is_char_boundary(*end));
        message.truncate(end.unwrap_or_default());
        message.push('…');
    }
    message
}

/// On one line, whatever its parts hold.
impl Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&visible(&self.path))?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", visible(&self.message))?;
        match &self.help {
            Some(help) => write!(f, " ({})", visible(help)),
            None => Ok(()),
        }
    }
}
