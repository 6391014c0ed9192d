//! A page flattened to plain text comes in, one line for each block, with a line end after every
//! inline code; its blocks go out, the torn paragraphs whole again.

mod endings;
mod samples;
mod scan;
mod tables;
mod vocabulary;

use std::ops::Range;

use super::builder::{BlockKind, Builder, push_lines};
use super::{Format, Page};
use endings::{Ending, Next};
use eventbridge_catalog::text::Extract;
use samples::{Sample, samples};
use vocabulary::Vocabulary;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'p> {
    /// Byte offset of its first character that is no space.
    pub(super) at: usize,
    /// Its text without surrounding space.
    pub(super) text: &'p str,
    /// How many bytes of space stand before its text.
    pub(super) indentation: usize,
    /// Whether a blank line stands before it.
    pub(super) apart: bool,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The lines of a page that are not blank.
pub(super) fn lines(page: &str) -> Vec<Line<'_>> {
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut lines = Vec::new();
    let (mut start, mut apart) = (0, true);
    for raw in page.split_inclusive('\n') {
        let text = raw.trim_start_matches(is_space);
        let indentation = raw.len() - text.len();
        let text = text.trim_end_matches(is_space);
        if !text.is_empty() {
            lines.push(Line {
                at: start + indentation,
                text,
                indentation,
                apart,
            });
        }
        apart = text.is_empty();
        start += raw.len();
    }
    lines
}

/// A line of running text, or the first line of a sample.
pub(super) enum Part<'l, 'p> {
    Prose(&'l Line<'p>),
    Sample(&'l Line<'p>),
}

/// The lines, each sample standing for all of its own.
pub(super) fn parts<'l, 'p>(lines: &'l [Line<'p>]) -> Vec<Part<'l, 'p>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for sample in samples(lines) {
        parts.extend(lines[from..sample.first].iter().map(Part::Prose));
        parts.push(Part::Sample(&lines[sample.first]));
        from = sample.end;
    }
    parts.extend(lines[from..].iter().map(Part::Prose));
    parts
}

pub(super) fn read(page: &str) -> Page {
    let lines = lines(page);
    let samples = samples(&lines);
    let vocabulary = Vocabulary::new(&lines, &samples);
    let builder = Builder::default();
    let mut reader = Reader {
        page,
        lines: &lines,
        vocabulary,
        builder,
        item: false,
        torn: None,
        terms: false,
    };
    let mut from = 0;
    for (index, sample) in samples.iter().enumerate() {
        reader.prose(from..sample.first, index);
        reader.sample(*sample);
        from = sample.end;
    }
    reader.prose(from..lines.len(), samples.len());
    reader.builder.finish(Format::Text)
}

struct Reader<'p, 'l> {
    page: &'p str,
    lines: &'l [Line<'p>],
    vocabulary: Vocabulary<'p>,
    builder: Builder,
    /// Whether a bullet stood alone on the line before.
    item: bool,
    /// How the line before ended, if in inline code.
    torn: Option<Ending>,
    /// Whether terms with descriptions stand since the last sample or bullet.
    terms: bool,
}

impl<'p> Reader<'p, '_> {
    fn sample(&mut self, sample: Sample) {
        let (first, last) = (&self.lines[sample.first], &self.lines[sample.end - 1]);
        let mut text = Extract::default();
        push_lines(&mut text, &self.page[first.at..last.end()], first.at);
        self.builder.code(text, sample.open);
        self.item = false;
        self.torn = None;
        self.terms = false;
    }

    /// Reads the lines of running text before a sample.
    fn prose(&mut self, range: Range<usize>, sample: usize) {
        let (mut bare, mut table) = (range.start, range.start);
        for index in range.clone() {
            let line = self.lines[index];
            let after = &self.lines[index + 1..range.end];
            if index >= table {
                table = index + self.table(&self.lines[index..range.end]);
            }
            if index < table {
                continue;
            }
            if index >= bare {
                bare = index + self.bare_items(&self.lines[index..range.end]);
            }
            if index < bare {
                self.bullet(line, line.text, &[], sample);
                continue;
            }
            if let Some(text) = self.item_before_bullet(&line) {
                self.line(Line { text, ..line }, after, sample);
                self.builder.begin(BlockKind::Item);
                self.item = true;
                continue;
            }
            match bullet(line.text) {
                Some(rest) => self.bullet(line, rest, after, sample),
                None => self.line(line, after, sample),
            }
        }
    }

    /// Reads the table that these lines begin with, if they do, and says how many lines it takes.
    fn table(&mut self, lines: &[Line<'p>]) -> usize {
        let Some(table) = tables::table(lines) else {
            return 0;
        };
        self.builder.begin_table();
        for row in table.rows {
            self.builder.begin_row();
            for (column, (at, cell)) in row.into_iter().enumerate() {
                self.builder.begin_cell(column == 0);
                self.words(cell, at);
                self.builder.end();
            }
        }
        self.builder.end_table();
        (self.item, self.torn, self.terms) = (false, None, false);
        table.lines
    }

    /// How many of these lines are the items of a list that has lost its bullets: words behind a colon, one of which
    /// samples show.
    fn bare_items(&self, lines: &[Line<'p>]) -> usize {
        let behind_colon = !self.item && self.builder.last_character().is_some_and(is_colon);
        if !behind_colon {
            return 0;
        }
        let is_word = |line: &&Line<'p>| {
            let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            line.text.len() <= 60
                && line.text.starts_with(|c: char| c.is_ascii_alphabetic())
                && line.text.chars().all(inner)
        };
        let words: Vec<&Line<'p>> = lines.iter().take_while(is_word).collect();
        let shown = words.iter().any(|line| self.vocabulary.is_value(line.text));
        match shown && words.len() > 1 {
            true => words.len(),
            false => 0,
        }
    }

    /// An item whose line ends in the bullet of the next one.
    fn item_before_bullet(&self, line: &Line<'p>) -> Option<&'p str> {
        let text = line.text.strip_suffix(['-', '•']).filter(|_| self.item)?;
        let item = text.trim_end();
        (item.len() < text.len() && !item.is_empty()).then_some(item)
    }

    fn bullet(&mut self, line: Line<'p>, rest: &'p str, after: &[Line], sample: usize) {
        self.builder.begin(BlockKind::Item);
        self.item = true;
        self.torn = None;
        self.terms = false;
        if !rest.is_empty() {
            let at = line.end() - rest.len();
            let line = Line {
                at,
                text: rest,
                ..line
            };
            self.line(line, after, sample);
        }
    }

    fn line(&mut self, line: Line<'p>, after: &[Line], sample: usize) {
        let goes_on = self.goes_on(&line);
        let ending = self.ending(&line, Next::of(after, &self.vocabulary), goes_on, sample);
        if !goes_on {
            let term = !self.item && matches!(ending, Some(ending) if ending.term);
            self.builder.begin(if self.item || term {
                BlockKind::Item
            } else {
                BlockKind::Paragraph
            });
        }
        self.write(&line, ending);
        self.item = false;
        self.terms |= matches!(ending, Some(ending) if ending.term);
        self.torn = ending.filter(|ending| !ending.term);
    }

    /// Where inline code begins that ends the line. A word that is all of an item stays a word
    /// unless punctuation goes on behind it: lists of values are lists of words in every format.
    fn ending(&self, line: &Line, next: Next, goes_on: bool, sample: usize) -> Option<Ending> {
        let known = self.vocabulary.ending(line.text, next, goes_on, sample);
        let ending = known.or_else(|| self.term(line, next).filter(|_| !goes_on))?;
        let alone = self.item && ending.at == 0 && !ending.quoted;
        let followed = matches!(next, Next::Punctuation | Next::Lowercase);
        (!alone || followed).then_some(Ending {
            term: ending.term && !self.item && !goes_on,
            ..ending
        })
    }

    /// A word in one case alone on its line, with its description on the next: no label stands so
    /// behind other terms, or behind a colon.
    fn term(&self, line: &Line, next: Next) -> Option<Ending> {
        let lower = |c: char| c.is_ascii_lowercase() || "_-".contains(c);
        let upper = |c: char| c.is_ascii_uppercase() || "_-".contains(c);
        let plain = line.text.chars().all(lower) || line.text.chars().all(upper);
        let expected = self.terms || self.builder.last_character().is_some_and(is_colon);
        (expected && plain && next == Next::Fresh).then_some(Ending {
            term: true,
            ..Ending::at(0)
        })
    }

    /// Whether a line goes on with the paragraph before it.
    fn goes_on(&self, line: &Line) -> bool {
        if self.item || !self.builder.has_prose() {
            return false;
        }
        let message = line.text.starts_with('"') && line.text.ends_with('"');
        match Next::of_text(line.text) {
            Next::Punctuation => true,
            _ if line.apart => false,
            Next::Fresh if message => self.builder.last_character().is_some_and(is_colon),
            Next::Fresh => self.torn.is_some_and(|ending| !ending.quoted),
            Next::Lowercase | Next::Caseless | Next::None => self.torn.is_some(),
        }
    }

    fn write(&mut self, line: &Line, ending: Option<Ending>) {
        if self.torn.is_some() && line.text.starts_with(needs_space) {
            self.builder.space();
        }
        let cut = ending.map_or(line.text.len(), |ending| ending.at);
        let (words, code) = line.text.split_at(cut);
        self.words(words, line.at);
        if words.ends_with(needs_space) || words.ends_with([',', ';', ':']) {
            self.builder.space();
        }
        match ending {
            Some(ending) if ending.doubtful => self.builder.text(code, line.at + cut),
            _ => self
                .builder
                .inline_code(code.trim_matches('`'), line.at + cut),
        }
    }

    /// Writes words, of which some may be marked as inline code after all.
    fn words(&mut self, words: &str, at: usize) {
        let (mut from, mut rest) = (at, words);
        while let Some((before, code, after)) = marked(rest) {
            self.builder.text(before, from);
            self.builder.inline_code(code, from + before.len() + 1);
            from += rest.len() - after.len();
            rest = after;
        }
        self.builder.text(rest, from);
    }
}

/// Inline code in backticks within a line, with what stands before and behind it.
fn marked(text: &str) -> Option<(&str, &str, &str)> {
    let (before, behind) = text.split_once('`')?;
    let (code, after) = behind.split_once('`')?;
    (!code.is_empty()).then_some((before, code, after))
}

/// What follows the bullet that a line begins with, if anything.
fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '•', '*', '+', '·', '‣', '◦', '▪', '○', '●'])?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Words of scripts with cases stand apart from inline code; Chinese and Japanese ones do not.
fn needs_space(character: char) -> bool {
    character.is_lowercase() || character.is_uppercase() || character.is_ascii_digit()
}

fn is_colon(character: char) -> bool {
    matches!(character, ':' | '：')
}

#[cfg(test)]
mod tests;
