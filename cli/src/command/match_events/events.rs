//! Paths come in; events go out, one after the other: a file is one event, or has one event a line.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Lines;
use eventbridge_patterns::EventError;
use serde::de::IgnoredAny;
use std::io::{BufRead, BufReader, Result};
use std::path::{Path, PathBuf};

/// An event as it stands in its file.
pub(super) struct Event<'b> {
    /// The file, as the caller named it.
    pub(super) path: &'b str,
    /// The line where the event begins, from 1.
    pub(super) line: usize,
    pub(super) bytes: &'b [u8],
}

impl Event<'_> {
    /// The error, with its place in the file.
    pub(super) fn diagnostic(&self, error: &EventError) -> Diagnostic {
        let text = String::from_utf8_lossy(self.bytes);
        let mut place = Lines::new(&text).place(error.offset());
        place.line += self.line - 1;
        Diagnostic::error(
            self.path,
            format!("this event cannot be read: {}", error.message()),
        )
        .at(place)
    }
}

/// Shows each event of each file to `visit`, until it returns false.
pub(super) fn every(
    paths: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
    mut visit: impl FnMut(&Event<'_>, &mut Vec<Diagnostic>) -> bool,
) {
    let stdin = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &stdin } else { paths };
    for path in paths {
        let shown = schema_set::shown(path);
        let done = open(path).and_then(|source| {
            each(source, |line, bytes| {
                visit(
                    &Event {
                        path: &shown,
                        line,
                        bytes,
                    },
                    diagnostics,
                )
            })
        });
        if let Err(error) = done {
            diagnostics.push(Diagnostic::error(shown, format!("cannot be read: {error}")));
        }
    }
}

/// A file, or stdin as `-`.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(std::fs::File::open(path)?)))
}

/// If the first line is complete JSON, every line is an event, else all lines are one.
fn each(mut source: impl BufRead, mut visit: impl FnMut(usize, &[u8]) -> bool) -> Result<()> {
    let (mut text, mut line, mut by_line) = (Vec::new(), 0, false);
    loop {
        text.clear();
        line += 1;
        if source.read_until(b'\n', &mut text)? == 0 {
            return Ok(());
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        by_line |= serde_json::from_slice::<IgnoredAny>(&text).is_ok();
        if !by_line {
            source.read_to_end(&mut text)?;
        }
        if !visit(line, text.trim_ascii_end()) {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<(usize, String)> {
        let mut events = Vec::new();
        let done = each(text.as_bytes(), |line, bytes| {
            events.push((line, String::from_utf8_lossy(bytes).into_owned()));
            true
        });
        assert!(done.is_ok());
        events
    }

    #[test]
    fn lines_are_events_if_the_first_is() {
        assert_eq!(
            events("\n{\"a\":1}\n\n{\"a\n{}"),
            [
                (2, "{\"a\":1}".into()),
                (4, "{\"a".into()),
                (5, "{}".into())
            ]
        );
    }

    #[test]
    fn else_the_file_is_one_event() {
        assert_eq!(
            events("\n{\n \"a\": 1\n}\n"),
            [(2, "{\n \"a\": 1\n}".into())]
        );
        assert_eq!(events(" \n"), []);
    }
}
