//! Diagnostics come in; messages with the line and a caret go to stderr.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use eventbridge_codegen::diagnostic::{Diagnostic, Severity};
use std::collections::HashMap;
use std::io::{IsTerminal, Write};

/// Prints a line on stdout. Whoever closes it early has seen enough; where it cannot be written, that is told.
pub(crate) fn say(line: std::fmt::Arguments<'_>) {
    let mut stdout = std::io::stdout().lock();
    let written = stdout
        .write_fmt(line)
        .and_then(|()| stdout.write_all(b"\n"))
        .and_then(|()| stdout.flush());
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            eprintln!("error: stdout cannot be written: {error}");
            std::process::exit(2);
        }
    }
}

/// So many findings of each severity are shown; a file may be made of nothing else.
const SHOWN: usize = 100;

/// Prints diagnostics, errors last, so that they stand where a reader looks first.
pub(crate) fn show(diagnostics: &[Diagnostic]) {
    let mut files = HashMap::new();
    let renderer = renderer();
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let found = || diagnostics.iter().filter(|it| it.severity == severity);
        for diagnostic in found().take(SHOWN) {
            // Only a finding with a place shows a line: a file refused for its size is not read after all.
            let text = diagnostic.place.and_then(|_| {
                let read = || Text::read(&diagnostic.path);
                files.entry(&diagnostic.path).or_insert_with(read).as_ref()
            });
            eprintln!("{}\n", renderer.render(&[group(diagnostic, text)]));
        }
        let more = found().count().saturating_sub(SHOWN);
        if more > 0 {
            let title = format!("{more} more of this kind; `--format json` tells them all");
            let group = Group::with_title(level(severity).primary_title(title));
            eprintln!("{}\n", renderer.render(&[group]));
        }
    }
}

/// A file that findings stand in, and where its lines begin.
struct Text {
    text: String,
    starts: Vec<usize>,
}

/// Longer lines are not shown: nobody would find the place in them.
const MAX_LINE: usize = 20_000;

impl Text {
    fn read(path: &str) -> Option<Text> {
        let text = std::fs::read_to_string(path).ok()?;
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Some(Text { text, starts })
    }

    /// A line, counted from 1.
    fn line(&self, number: usize) -> Option<&str> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let line = self.text[start..].lines().next()?;
        (line.len() <= MAX_LINE).then_some(line)
    }
}

fn renderer() -> Renderer {
    let styled = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.term_width(120)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn group<'d>(diagnostic: &'d Diagnostic, text: Option<&'d Text>) -> Group<'d> {
    let level = level(diagnostic.severity);
    let line = diagnostic
        .place
        .and_then(|place| Some((place, text?.line(place.line)?)));
    let group = match line {
        Some((place, line)) => {
            let offset = |column: usize| {
                line.char_indices()
                    .nth(column)
                    .map_or(line.len(), |(at, _)| at)
            };
            let span = offset(place.column - 1)..offset(place.column - 1 + diagnostic.width);
            let snippet = Snippet::source(line)
                .path(&diagnostic.path)
                .line_start(place.line);
            level
                .primary_title(&diagnostic.message)
                .element(snippet.annotation(AnnotationKind::Primary.span(span)))
        }
        None => {
            let place = diagnostic
                .place
                .map(|place| format!(":{}:{}", place.line, place.column));
            let title = format!(
                "{}{}: {}",
                diagnostic.path,
                place.unwrap_or_default(),
                diagnostic.message
            );
            Group::with_title(level.primary_title(title))
        }
    };
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}
