//! The text of a file that is not JSON alone comes in; whether it is a page that documents events or holds events
//! that arrived goes out, or what speaks for either, if that cannot be told.
//!
//! Of a page the samples are kept as they stand, of what arrived no value is. So the name of a file decides nothing,
//! and where its content leaves a doubt, a person is asked.
//!
//! The rule. A text without any event is a page: nothing of it is kept as one. Beside events, lines are counted:
//!
//! - *structure*: headings and code fences of Markdown, headings and code of HTML;
//! - *prose*: lines of words as people write them, each counted once however often it stands there;
//! - *log lines*: lines with a time, a level, or the number of a request, and events that begin within a line, or
//!   whose quotes are escaped;
//! - *titles*: other short lines.
//!
//! It is a page if it has a heading with code or prose, or long prose, and no more log lines than prose; without any
//! log line, code fences, an ellipsis within JSON, or a few sentences do as well. It is deliveries if it has no
//! structure, hardly any prose, and log lines, or hardly anything else beside its events. One event alone that lacks a
//! comma is a page: programs leave out none. Everything between is a doubt.

use super::line_kind::{
    Mention, is_ellipsis, is_escaped, is_heading, is_json, is_log, is_prose, is_sentence, letters,
    mention,
};
use crate::page::{self, Block, Format, Span};
use eventbridge_catalog::json::{self, Repair, RepairKind};
use std::collections::HashSet;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It documents events, or holds none.
    Page,
    /// It holds events that arrived.
    Deliveries,
    /// Either; what was seen, in words.
    Doubt(String),
    /// It holds events in YAML, which deliveries are not read from.
    Yaml,
}

/// So many letters of prose are more than a log has beside its times.
const LONG_PROSE: usize = 200;

/// So many lines of prose, each another, make a page of plain text.
const MANY_LINES: usize = 3;

/// A stream of events has so many of them for each other line.
const STREAM: usize = 4;

/// Tells what a text is.
pub(super) fn judge(text: &str) -> Verdict {
    let mut seen = Seen::default();
    match Format::sniff(text) {
        Format::Html => seen.html(text),
        _ => seen.lines(text, true),
    }
    match seen.verdict() {
        Verdict::Deliveries if seen.events == 1 && seen.log == 0 && lacks_a_comma(text) => {
            Verdict::Page
        }
        verdict => verdict,
    }
}

/// Whether a text was written by hand.
fn lacks_a_comma(text: &str) -> bool {
    let is_missing = |repair: &Repair| repair.kind == RepairKind::MissingComma;
    let read = json::read(text.trim(), 0);
    read.is_ok_and(|reading| !reading.unclosed && reading.repairs.iter().any(is_missing))
}

/// What was seen in a text.
#[derive(Debug, Default)]
struct Seen<'t> {
    events: usize,
    yaml_events: usize,
    headings: usize,
    code: usize,
    prose: HashSet<&'t str>,
    letters: usize,
    sentences: usize,
    ellipses: usize,
    first_prose: Option<usize>,
    log: usize,
    first_log: Option<usize>,
    titles: usize,
    is_html: bool,
    html_prose: usize,
}

impl<'t> Seen<'t> {
    fn verdict(&self) -> Verdict {
        if self.events + self.yaml_events == 0 {
            return Verdict::Page;
        }
        let prose = self.prose.len() + self.html_prose;
        if self.is_page(prose) {
            return Verdict::Page;
        }
        let is_bare = self.headings == 0 && self.code == 0 && prose < MANY_LINES;
        if is_bare && self.events == 0 {
            return Verdict::Yaml;
        }
        let is_log = self.log > 0 && self.log >= prose;
        let is_stream = self.events > STREAM * (prose + self.titles) && !self.is_html;
        if is_bare && (is_log || is_stream) {
            return Verdict::Deliveries;
        }
        Verdict::Doubt(self.told(prose))
    }

    fn is_page(&self, prose: usize) -> bool {
        let is_long = self.letters >= LONG_PROSE && prose >= MANY_LINES;
        let is_framed = self.headings > 0 && (self.code > 0 || prose > 0);
        let is_spoken = prose >= MANY_LINES && self.sentences >= 2 && self.events <= prose;
        let is_shown = self.ellipses > 0 || self.code > 0 && !self.is_html;
        match self.log {
            0 => is_long || is_framed || is_spoken || is_shown,
            log => (is_long || is_framed) && log <= prose,
        }
    }

    /// What was seen, in words, without any of it.
    fn told(&self, prose: usize) -> String {
        let line = |first: Option<usize>| match first {
            Some(line) if !self.is_html => format!(" (the first is line {line})"),
            _ => String::new(),
        };
        format!(
            "{}; beside {}: {}, {}, {}{}, {}{}, {}",
            counted(self.events + self.yaml_events, "event"),
            if self.events + self.yaml_events == 1 {
                "it"
            } else {
                "them"
            },
            counted(self.headings, "heading"),
            counted(self.code, "block of code"),
            counted(prose, "line of prose"),
            line(self.first_prose),
            counted(self.log, "line as logs have them"),
            line(self.first_log),
            counted(self.titles, "other line"),
        )
    }

    /// Looks at the lines of a text; `marks` if it may hold Markdown.
    fn lines(&mut self, text: &'t str, marks: bool) {
        let mut fences: usize = 0;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if marks && (line.starts_with("```") || line.starts_with("~~~")) {
                fences += 1;
            } else if marks && fences.is_multiple_of(2) && is_heading(line) {
                self.headings += 1;
            } else {
                self.line(line, number);
            }
        }
        self.code += fences.div_ceil(2);
    }

    fn line(&mut self, line: &'t str, number: usize) {
        let mention = mention(line);
        match mention {
            Some(Mention::Quoted) => self.events += 1,
            Some(Mention::Plain) => self.yaml_events += 1,
            None => {}
        }
        self.ellipses += usize::from(is_ellipsis(line));
        let before = line.find('{').map_or("", |start| line[..start].trim());
        let beside = match (mention, is_json(line)) {
            (None, false) => line,
            (None, true) => "",
            (Some(_), _) => before,
        };
        let is_within = mention == Some(Mention::Quoted) && !before.is_empty() && !is_json(before);
        if is_within || is_escaped(line) || is_log(beside) {
            self.log += 1;
            self.first_log.get_or_insert(number);
        } else if mention.is_none() && is_prose(beside) {
            self.first_prose.get_or_insert(number);
            if self.prose.insert(line) {
                self.letters += letters(line);
                self.sentences += usize::from(is_sentence(line));
            }
        } else if mention.is_none() && beside.contains(char::is_alphanumeric) {
            self.titles += 1;
        }
    }

    /// Looks at the blocks of an HTML page.
    fn html(&mut self, text: &str) {
        self.is_html = true;
        let mut known = HashSet::new();
        for block in page::read(text).blocks {
            let text = block_text(&block);
            let mut inner = Seen::default();
            inner.lines(&text, false);
            self.events += inner.events;
            self.log += inner.log;
            self.titles += inner.titles;
            self.ellipses += inner.ellipses;
            match block {
                Block::Heading(_) => self.headings += 1,
                Block::Code(_) => self.code += 1,
                Block::Paragraph(_) | Block::Item(_) => {
                    for line in inner.prose {
                        if known.insert(line.to_owned()) {
                            self.html_prose += 1;
                            self.letters += letters(line);
                            self.sentences += usize::from(is_sentence(line));
                        }
                    }
                }
            }
        }
        // The page of a console has its data in such blocks as well: alone they make no page.
        if self.headings == 0 && self.html_prose == 0 {
            self.code = 0;
        }
    }
}

/// The text of a block of a page.
pub(super) fn block_text(block: &Block) -> String {
    match block {
        Block::Code(code) => code.text.text.clone(),
        Block::Heading(prose) | Block::Paragraph(prose) | Block::Item(prose) => {
            let spans = prose.spans.iter().map(|span| match span {
                Span::Text(text) | Span::Code(text, _) => text.as_str(),
            });
            spans.collect()
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    let (one, rest) = what.split_once(' ').unwrap_or((what, ""));
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {}", format!("{one}{plural} {rest}").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"version":"0","id":"1","detail-type":"Kiln Lit","source":"my.kiln","account":"123456789012","detail":{"a":1}}"#;

    fn all(texts: &[String]) -> Vec<Verdict> {
        texts.iter().map(|text| judge(text)).collect()
    }

    #[test]
    fn what_documents_events_is_a_page() {
        let pretty = EVENT.replace(",\"", ",\n  \"");
        for text in [
            "# Kiln\n\nNo event at all.\n".to_owned(),
            format!("# Kiln\n\n```\n{EVENT}\n```\n"),
            format!("```\n{pretty}\n```\n"),
            format!(
                "Kiln events\n\nThe kiln sends this event.\n{pretty}\nWhen you light the kiln, it heats.\nWhen you close the lid, it cools.\n"
            ),
            "Kiln\n{\n  . . .,\n  \"detail-type\": \"Kiln Lit\"\n}\n".to_owned(),
            format!("<html><body><h1>Kiln</h1><pre>{pretty}</pre></body></html>"),
            format!(
                "<p>The kiln sends this event when it is lit:</p><pre>{pretty}</pre><h2>More</h2>"
            ),
            EVENT.replacen("\"1\",", "\"1\"", 1),
        ] {
            assert_eq!(judge(&text), Verdict::Page, "{text}");
        }
    }

    #[test]
    fn what_holds_events_that_arrived_is_deliveries() {
        let csv = EVENT.replace('"', "\"\"");
        let escaped = EVENT.replace('"', "\\\"");
        for text in [
            format!("START RequestId: 8f507cfc-aaaa-4697-b07a-ac58fc914c95 Version: 1\n{EVENT}\n"),
            format!("2026-01-02T03:04:05Z INFO the handler was called with {EVENT}\n"),
            format!("Received event: {EVENT}\n"),
            format!(
                "[INFO] 2026-01-02T03:04:05Z\n{EVENT}\nThe handler has done its work for today\n"
            ),
            format!("timestamp,message\n1772461112345,\"{csv}\"\n"),
            format!("message=\"{escaped}\"\n"),
            format!("| 2026-01-02 03:04:05.000 | {EVENT} |\n"),
            EVENT[..EVENT.len() - 10].to_owned(),
            EVENT.replace('"', "'"),
            format!("{EVENT}\n")
                .repeat(3)
                .replacen("\"1\",", "\"1\"", 1),
            format!(
                "<html><body><table><tr><td>2026-01-02T03:04:05Z</td><td>{EVENT}</td></tr></table></body></html>"
            ),
        ] {
            assert_eq!(judge(&text), Verdict::Deliveries, "{text}");
        }
    }

    #[test]
    fn what_may_be_either_is_a_doubt_and_none_of_it_is_told() {
        for text in [
            format!("Kiln\n{EVENT}\n"),
            format!("The handler has got an event:\n{EVENT}\n"),
            format!(
                "# Monday\n\n```\nSTART RequestId: 8f507cfc-aaaa-4697-b07a-ac58fc914c95\n{EVENT}\n```\n"
            ),
            format!("<html><body><pre>{EVENT}</pre></body></html>"),
        ] {
            let Verdict::Doubt(seen) = judge(&text) else {
                panic!("{text}: {:?}", judge(&text));
            };
            assert!(seen.starts_with("1 event; beside it: "), "{seen}");
            assert!(!seen.contains("Kiln") && !seen.contains("8f507"), "{seen}");
        }
    }

    #[test]
    fn events_in_yaml_are_told_apart() {
        let texts = [
            "detail-type: Kiln Lit\nsource: my.kiln\ndetail:\n  a: 1\n",
            "- id: 1\n  detail-type: Kiln Lit\n  source: my.kiln\n",
        ];
        assert_eq!(
            all(&texts.map(str::to_owned)),
            [Verdict::Yaml, Verdict::Yaml]
        );
        let rule = "EventPattern:\n  source:\n    - my.kiln\n  detail-type:\n    - Kiln Lit\n";
        assert_eq!(judge(rule), Verdict::Page);
    }
}
