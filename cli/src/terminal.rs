//! Diagnostics come in; messages with the line and a caret go to stderr.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
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

/// Prints diagnostics, errors last, so that they stand where a reader looks first.
pub(crate) fn show(diagnostics: &[Diagnostic]) {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    let mut files = HashMap::new();
    let renderer = renderer();
    for diagnostic in sorted {
        // Only a finding with a place shows a line: a file refused for its size is not read after all.
        let text = diagnostic.place.and_then(|_| {
            let read = || std::fs::read_to_string(&diagnostic.path).ok();
            files
                .entry(&diagnostic.path)
                .or_insert_with(read)
                .as_deref()
        });
        eprintln!("{}\n", renderer.render(&[group(diagnostic, text)]));
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

fn group<'d>(diagnostic: &'d Diagnostic, text: Option<&'d str>) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let line = diagnostic
        .place
        .and_then(|place| Some((place, text?.lines().nth(place.line - 1)?)));
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
