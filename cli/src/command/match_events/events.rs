//! Paths come in; events go out, one after the other and as they come, however they are arranged, packed or wrapped;
//! and a diagnostic at once for what is none.

use super::stream::{self, Kind, MAX_VALUE, Part};
use super::unwrap::{self, Unwrapped};
use crate::terminal;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity, shown};
use eventbridge_catalog::text::{Lines, Place};
use eventbridge_learn::input;
use eventbridge_patterns::EventError;
use eventbridge_rules::bytes::{self, STDIN};
use std::path::{Path, PathBuf};

/// How files end that may hold events; of a folder others are left out.
const EXTENSIONS: [&str; 8] = [
    "json", "jsonl", "ndjson", "log", "txt", "gz", "event", "events",
];

/// How many places in a line of a log may be where JSON begins.
const MAX_BEGINNINGS: usize = 8;

/// An event as it stands in its file.
pub(super) struct Event<'b> {
    /// The file, as the caller named it.
    pub(super) path: &'b str,
    /// Where the event begins.
    pub(super) place: Place,
    pub(super) bytes: &'b [u8],
    /// The record of a queue around it, as filters see it.
    pub(super) record: Option<&'b [u8]>,
    /// Whether what is read is what stands in the file, so that places in it can be told.
    is_verbatim: bool,
}

impl Event<'_> {
    /// The error, with its place in the file.
    pub(super) fn diagnostic(&self, error: &EventError) -> Diagnostic {
        let message = format!("this event cannot be read: {}", error.message());
        let problem = Diagnostic::error(self.path, message);
        if !self.is_verbatim {
            return problem.at(self.place);
        }
        let text = String::from_utf8_lossy(self.bytes);
        problem.at(behind(self.place, Lines::new(&text).place(error.offset())))
    }
}

/// A place in a part of a file that begins at a place.
fn behind(start: Place, inner: Place) -> Place {
    let before = if inner.line == 1 { start.column - 1 } else { 0 };
    Place {
        line: start.line + inner.line - 1,
        column: before + inner.column,
    }
}

/// What is done with events and with what is none; each says whether anybody listens still.
pub(super) trait Visit {
    fn event(&mut self, event: &Event<'_>) -> bool;
    fn problem(&mut self, problem: Diagnostic) -> bool;
}

/// Shows each event of each file to `visit`, until it wants no more.
pub(super) fn every(paths: &[PathBuf], visit: &mut impl Visit) {
    let stdin = [PathBuf::from(STDIN)];
    let paths = if paths.is_empty() { &stdin } else { paths };
    for path in paths {
        let goes_on = match input::files(path) {
            Ok(files) if path.is_dir() => folder(path, &files, visit),
            Ok(files) => files.iter().all(|path| file(path, visit)),
            Err(problem) => visit.problem(problem),
        };
        if !goes_on {
            return;
        }
    }
}

fn folder(path: &Path, files: &[PathBuf], visit: &mut impl Visit) -> bool {
    let may_hold = |path: &&PathBuf| match path.extension() {
        None => true,
        Some(end) => EXTENSIONS
            .iter()
            .any(|known| end.eq_ignore_ascii_case(known)),
    };
    let (events, others): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(may_hold);
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|path| shown(path)).collect();
        let message = format!(
            "not read as events, by their names: {}",
            terminal::in_short(&names)
        );
        let note = Diagnostic::new(Severity::Note, shown(path), message);
        if !visit.problem(note) {
            return false;
        }
    }
    events.into_iter().all(|path| file(path, visit))
}

fn file(path: &Path, visit: &mut impl Visit) -> bool {
    let shown = shown(path);
    let (mut goes_on, mut is_empty) = (true, true);
    let read = bytes::open(path).and_then(|source| {
        stream::each(source, |part| {
            is_empty = false;
            goes_on = show(&shown, part, visit);
            goes_on
        })
    });
    match read {
        Err(error) => visit.problem(Diagnostic::error(shown, bytes::problem(&error))),
        Ok(()) if is_empty && goes_on => {
            visit.problem(Diagnostic::warning(shown, "there is no event in it"))
        }
        Ok(()) => goes_on,
    }
}

fn show(path: &str, part: &Part<'_>, visit: &mut impl Visit) -> bool {
    let place = Place {
        line: part.line,
        column: part.column,
    };
    let error = |message: &str| Diagnostic::error(path, message).at(place);
    let told = match part.kind {
        Kind::Value => return value(path, place, part, visit),
        Kind::Broken if part.bytes.starts_with(b"{") => {
            return visit.event(&Event {
                path,
                place,
                bytes: part.bytes,
                record: None,
                is_verbatim: true,
            });
        }
        Kind::Broken => error("this string does not end on its line"),
        Kind::Line => return line(path, place, part.bytes, visit),
        Kind::TooLarge => error(&format!(
            "this is no event: a value of more than {} MB, passed over to the end of its line",
            MAX_VALUE >> 20
        ))
        .help("EventBridge takes events of a megabyte at most: is it another file?"),
        Kind::Unended => error("the file ends inside a list or an object: was it cut off?"),
    };
    visit.problem(told)
}

fn value(path: &str, place: Place, part: &Part<'_>, visit: &mut impl Visit) -> bool {
    let contents = unwrap::events(part.bytes);
    if !contents.is_found && part.bytes.starts_with(b"\"") {
        let problem = Diagnostic::error(path, "this string holds no event").at(place);
        return part.is_inner || visit.problem(problem);
    }
    all(path, place, part.bytes, &contents.events, visit)
}

fn all(
    path: &str,
    place: Place,
    value: &[u8],
    events: &[Unwrapped<'_>],
    visit: &mut impl Visit,
) -> bool {
    let mut from = (0, place);
    events.iter().all(|event| {
        let (at, start) = from;
        let between = value.get(at..event.offset).unwrap_or(&[]);
        let end = Lines::new(&String::from_utf8_lossy(between)).place(usize::MAX);
        let place = behind(start, end);
        from = (at.max(event.offset), place);
        visit.event(&Event {
            path,
            place,
            bytes: &event.bytes,
            record: event.record.as_deref(),
            is_verbatim: value[event.offset..].starts_with(&event.bytes),
        })
    })
}

/// A line that does not begin as JSON: one of a log may have an event in it.
fn line(path: &str, place: Place, bytes: &[u8], visit: &mut impl Visit) -> bool {
    let beginnings = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'{');
    for (at, _) in beginnings.take(MAX_BEGINNINGS) {
        let rest = bytes[at..].trim_ascii_end();
        let contents = unwrap::events(rest);
        if contents.is_found {
            let before = String::from_utf8_lossy(&bytes[..at]);
            let place = behind(place, Lines::new(&before).place(usize::MAX));
            return all(path, place, rest, &contents.events, visit);
        }
    }
    let problem = Diagnostic::error(path, "this line is no event: expected a JSON object");
    visit.problem(problem.at(place))
}
