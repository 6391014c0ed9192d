//! Diagnostics come in; messages with the line and a caret go to stderr.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::text::{Place, visible, visible_lines};
use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::ops::Range;

/// Prints lines on stdout, and nothing in them that is not seen. Whoever closes it early has seen enough; where
/// it cannot be written, that is told.
pub(crate) fn say(lines: std::fmt::Arguments<'_>) {
    let lines = lines.to_string();
    let mut stdout = std::io::stdout().lock();
    let written = stdout
        .write_all(visible_lines(&lines).as_bytes())
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

/// The first few of many names.
pub(crate) fn in_short(names: &[String]) -> String {
    const FEW: usize = 5;
    let (shown, others) = names.split_at(names.len().min(FEW));
    match others.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Prints a diagnostic at once, without the line it is about: what comes from a stream cannot be read again.
pub(crate) fn tell(diagnostic: &Diagnostic) {
    eprintln!("{}\n", renderer().render(&[group(diagnostic, None)]));
}

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
        std::fs::read_to_string(path).ok().map(Text::of)
    }

    fn of(text: String) -> Text {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Text { text, starts }
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

/// A finding as it is shown: nothing in it that is not seen.
fn group<'d>(diagnostic: &'d Diagnostic, text: Option<&'d Text>) -> Group<'d> {
    let level = level(diagnostic.severity);
    let line = diagnostic
        .place
        .and_then(|place| Some((place, text?.line(place.line)?)));
    let (path, message) = (visible(&diagnostic.path), visible(&diagnostic.message));
    let group = match line {
        Some((place, line)) => {
            let (line, span) = shown(line, place.column.saturating_sub(1), diagnostic.width);
            let snippet = Snippet::source(line).line_start(place.line);
            // The snippet may be a part of the line, so it is not asked where it stands.
            let origin = Origin::path(path).line(place.line);
            level
                .primary_title(message)
                .element(origin.char_column(place.column))
                .element(snippet.annotation(AnnotationKind::Primary.span(span)))
        }
        None => {
            let at = |Place { line, column }| format!(":{line}:{column}");
            let place = diagnostic.place.map(at).unwrap_or_default();
            Group::with_title(level.primary_title(format!("{path}{place}: {message}")))
        }
    };
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
        None => group,
    }
}

/// So many characters of a line around its place are drawn: more than a terminal shows.
const AROUND: usize = 200;

/// A line as it is shown around its place, and where in that so many characters from the `first` on stand. Tabs stay:
/// they are drawn as spaces.
fn shown(line: &str, first: usize, width: usize) -> (String, Range<usize>) {
    let (mut out, mut span) = (String::new(), None);
    let mut end = 0;
    let around = line.chars().enumerate().take(first.saturating_add(AROUND));
    for (index, c) in around.skip(first.saturating_sub(AROUND)) {
        if index == first {
            span = Some(out.len());
        }
        match c {
            '\t' => out.push(c),
            c => out.push_str(&visible(c.encode_utf8(&mut [0; 4]))),
        }
        if index < first.saturating_add(width) {
            end = out.len();
        }
    }
    let start = span.unwrap_or(out.len());
    (out, start..end.max(start))
}

/// `3 events`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_what_is_not_seen_and_the_caret_stays_at_its_place() {
        let (line, span) = shown("\ta\u{1b}[31m\u{202e}: b", 8, 1);
        assert_eq!(line, "\ta\\u{1b}[31m\\u{202e}: b");
        assert_eq!(&line[span], ":");
        assert_eq!(shown("ab", 9, 2), ("ab".to_owned(), 2..2));
        assert_eq!(shown("ä\u{200b}b", 1, 1).1, 2..10);
    }

    #[test]
    fn of_a_long_line_what_stands_around_the_place_is_drawn_and_the_column_stays() {
        let long = "a".repeat(9_000) + "!" + &"b".repeat(9_000);
        let place = Place {
            line: 1,
            column: 9_001,
        };
        let finding = Diagnostic::error("a.json", "odd").at(place);
        let text = Text::of(long);
        let drawn = Renderer::plain().render(&[group(&finding, Some(&text))]);
        assert!(drawn.contains("--> a.json:1:9001\n"), "{drawn}");
        assert!(drawn.contains("aaa!bbb"), "{drawn}");
        assert!(drawn.len() < 1_000, "{drawn}");
    }

    #[test]
    fn a_finding_is_drawn_without_what_its_input_hides() {
        let finding =
            Diagnostic::error("a\u{1b}[2J.md", "odd \u{202e}key\nnote: x").help("\u{200b}");
        let place = Place { line: 1, column: 3 };
        let drawn = Renderer::plain().render(&[group(
            &finding.at(place),
            Some(&Text::of("{ \u{9b}31m\u{2066}: \r }".to_owned())),
        )]);
        let hidden = |c: char| c != '\n' && eventbridge_catalog::text::is_unseen(c);
        assert!(!drawn.contains(hidden), "{drawn:?}");
        assert!(drawn.contains("\\u{9b}31m\\u{2066}: \\r"), "{drawn}");
    }
}
