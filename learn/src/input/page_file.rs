//! The path of a page comes in; its text goes out, and what was read in it.

use super::MAX_PAGE;
use crate::reading::{self, PageReport};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Place;
use std::io;
use std::path::Path;

/// Reads a page from disk.
///
/// # Errors
///
/// A file that is missing, a folder, empty, too large, or not text; a block that is cut off or nested
/// beyond the limits.
pub fn read_page(path: &Path) -> Result<PageReport, Diagnostic> {
    let shown = schema_set::shown(path);
    let bytes = read_bytes(path, &shown)?;
    let text = as_text(&shown, bytes)?;
    reading::read(&shown, &text)
}

pub(super) fn read_bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::error(shown, "there is no such file"),
        _ => Diagnostic::error(shown, format!("cannot be read: {error}")),
    };
    let size = std::fs::metadata(path).map_err(unreadable)?;
    if size.is_dir() {
        return Err(Diagnostic::error(shown, "is a folder; a page is one file")
            .help("name the pages in it: PAGE…"));
    }
    if size.len() > MAX_PAGE as u64 {
        let message = format!(
            "has {} MB; the largest page that is read has {} MB",
            size.len() >> 20,
            MAX_PAGE >> 20
        );
        return Err(Diagnostic::error(shown, message)
            .help("save the documentation page alone, without its surroundings"));
    }
    std::fs::read(path).map_err(unreadable)
}

pub(super) fn as_text(shown: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(not_text(shown, &bytes, at, "a NUL byte"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_text(shown, error.as_bytes(), at, "bytes that are not UTF-8")
    })
}

fn not_text(shown: &str, bytes: &[u8], at: usize, what: &str) -> Diagnostic {
    let before = &bytes[..at];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Diagnostic::error(shown, format!("is no text: it holds {what}"))
        .at(Place { line, column })
        .help("save the page as text, Markdown or HTML in UTF-8")
}
