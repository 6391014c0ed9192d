//! Text comes in, a [`Node`] with the spans of its parts and a log of repairs goes out.
//!
//! One pass from left to right: each part of the reader either consumes what it understands or
//! leaves it to its caller, and whatever nobody understands is skipped and logged. Every look ahead
//! is bounded or computed once, so that no text takes more than linear time.

mod alternatives;
mod brackets;
mod closing;
mod commas;
mod comments;
mod containers;
mod ellipses;
#[cfg(test)]
mod limits;
mod members;
mod signs;
mod stray_text;
mod strings;
#[cfg(test)]
mod tests;
mod words;

use super::{Node, Parsed, ReadError, Repair, RepairKind};
use brackets::{Bracket, Brackets};
use std::cell::RefCell;
use std::ops::Range;

/// How deep brackets may nest.
pub const MAX_DEPTH: usize = 128;

/// How many defects a text may have that is still taken for JSON.
const MAX_REPAIRS: usize = 10_000;

/// How many bytes a look ahead for the other end of something short may cover.
const WINDOW: usize = 200;

/// Reads one JSON value of a documentation page, whatever its defects; `text[start..]` begins with it.
pub fn read(text: &str, start: usize) -> Result<Parsed, ReadError> {
    Texts::new(text).read(start)
}

/// Reads a whole text that must be JSON.
pub fn read_strict(text: &str) -> Result<Node, ReadError> {
    read_plain(text, MAX_DEPTH)
}

/// Reads what has just been written here: it nests as deep as it nests.
pub(super) fn read_written(text: &str) -> Result<Node, ReadError> {
    read_plain(text, usize::MAX)
}

fn read_plain(text: &str, max_depth: usize) -> Result<Node, ReadError> {
    let texts = Texts::new(text);
    let mut reader = Reader::new(&texts, 0);
    reader.max_depth = max_depth;
    let node = reader.root()?;
    reader.space();
    let (end, after) = (reader.at, reader.peek());
    let Parsed { node, repairs, .. } = reader.finish(node);
    match (repairs.into_iter().next(), after) {
        (Some(repair), _) => Err(not_plain(repair)),
        (None, Some(_)) => Err(expected("the end of the text", end, after)),
        (None, None) => Ok(node),
    }
}

fn not_plain(Repair { at, message, .. }: Repair) -> ReadError {
    ReadError {
        at,
        message: format!("this is not plain JSON: {message}"),
    }
}

fn expected(what: &str, at: usize, found: Option<char>) -> ReadError {
    let found = found.map_or("the end of the text".into(), |found| format!("`{found}`"));
    ReadError {
        at,
        message: format!("expected {what}, found {found}"),
    }
}

/// Where the reader stands, and what it has noticed so far.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Where the value begins, how far into its line, and where that line ends.
    start: usize,
    margin: usize,
    first_line_end: usize,
    /// The brackets open here, outermost first.
    open: Vec<Bracket>,
    /// How many may be.
    max_depth: usize,
    /// Brackets still open where the text ended.
    missing: usize,
    repairs: Vec<Repair>,
    /// Where one repair too many was found.
    too_many_at: Option<usize>,
    /// Where the last token begins and ends.
    last: (usize, usize),
    /// The first space that JSON does not know as one.
    odd_space: Option<usize>,
    /// Whether a comment of the first line ends before the line does; decided at the first one.
    flattened: Option<bool>,
    /// For kinds of quotes, where none stands up to the end of the line.
    quoteless: Vec<(char, Range<usize>)>,
    /// What all readings of the text share.
    shared: &'t RefCell<Lazy<'t>>,
}

/// A text that holds any number of values, between other text.
pub struct Texts<'t> {
    text: &'t str,
    shared: RefCell<Lazy<'t>>,
}

/// What all readings of one text share, once one needs it.
struct Lazy<'t> {
    text: &'t str,
    /// All its brackets; made when the first one does not fit.
    brackets: Option<Brackets<'t>>,
    /// The line in which the last value began.
    line: Range<usize>,
}

impl<'t> Lazy<'t> {
    /// The line that holds a place.
    fn line(&mut self, at: usize) -> Range<usize> {
        if !self.line.contains(&at) {
            let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = self.text[at..].find('\n');
            self.line = start..end.map_or(self.text.len(), |length| at + length);
        }
        self.line.clone()
    }

    fn of_text(&mut self) -> &mut Brackets<'t> {
        self.brackets.get_or_insert_with(|| Brackets::of(self.text))
    }
}

impl<'t> Texts<'t> {
    /// Nothing is read yet.
    pub fn new(text: &'t str) -> Self {
        let shared = Lazy {
            text,
            brackets: None,
            line: 0..0,
        };
        Texts {
            text,
            shared: RefCell::new(shared),
        }
    }

    /// Reads one JSON value of a documentation page, whatever its defects; `text[start..]` begins with it.
    ///
    /// # Errors
    ///
    /// Text that is no JSON, and what is nested too deep.
    pub fn read(&'t self, start: usize) -> Result<Parsed, ReadError> {
        let mut reader = Reader::new(self, start);
        match reader.peek() {
            Some('{' | '[') => {}
            found => return Err(expected("`{` or `[`", reader.at, found)),
        }
        let node = reader.root()?;
        Ok(reader.finish(node))
    }
}

/// A place to come back to when a reading turns out to be wrong.
struct Checkpoint {
    at: usize,
    repairs: usize,
    last: (usize, usize),
}

impl<'t> Reader<'t> {
    /// A reader that stands at the first thing behind `start` that is not white space.
    fn new(texts: &'t Texts<'t>, start: usize) -> Self {
        let text = texts.text;
        // A start inside a character or behind the end leaves nothing to read.
        let at = if text.is_char_boundary(start) {
            start
        } else {
            text.len()
        };
        let mut reader = Reader {
            text,
            at,
            start: at,
            margin: 0,
            first_line_end: 0,
            open: Vec::new(),
            max_depth: MAX_DEPTH,
            missing: 0,
            repairs: Vec::new(),
            too_many_at: None,
            last: (at, at),
            odd_space: None,
            flattened: None,
            quoteless: Vec::new(),
            shared: &texts.shared,
        };
        reader.space();
        reader.start = reader.at;
        let line = texts.shared.borrow_mut().line(reader.at);
        reader.margin = reader.at - line.start;
        reader.first_line_end = line.end;
        reader
    }

    fn root(&mut self) -> Result<Node, ReadError> {
        let found = self.peek();
        let node = self.value()?;
        self.check_repairs()?;
        node.ok_or_else(|| expected("a JSON value", self.at, found))
    }

    /// Gives up on a text with more defects than content, before its log fills the memory.
    fn check_repairs(&self) -> Result<(), ReadError> {
        match self.too_many_at {
            Some(at) => {
                let message =
                    format!("more than {MAX_REPAIRS} defects up to here; this is no JSON");
                Err(ReadError { at, message })
            }
            None => Ok(()),
        }
    }

    fn finish(mut self, node: Node) -> Parsed {
        if let Some(at) = self.odd_space {
            self.log(
                RepairKind::Skipped,
                at,
                "a space that JSON does not know was read as a plain one",
            );
        }
        if self.missing > 0 {
            let message = match self.missing {
                1 => "the closing bracket is missing; read as if it stood behind this".into(),
                missing => format!(
                    "{missing} closing brackets are missing; read as if they stood behind this"
                ),
            };
            self.log(RepairKind::MissingClose, self.last.0, message);
        }
        self.repairs.sort_by_key(|repair| repair.at);
        Parsed {
            node,
            repairs: self.repairs,
            unclosed: self.missing > 0,
        }
    }

    fn log(&mut self, kind: RepairKind, at: usize, message: impl Into<String>) {
        if self.repairs.len() == MAX_REPAIRS {
            self.too_many_at.get_or_insert(at);
            return;
        }
        let message = message.into();
        self.repairs.push(Repair { kind, at, message });
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            at: self.at,
            repairs: self.repairs.len(),
            last: self.last,
        }
    }

    fn rewind(&mut self, checkpoint: &Checkpoint) {
        self.at = checkpoint.at;
        self.repairs.truncate(checkpoint.repairs);
        self.last = checkpoint.last;
    }

    fn peek(&self) -> Option<char> {
        self.char_at(self.at)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Consumes a token that ends at `end`, and gives where it began.
    fn token(&mut self, end: usize) -> usize {
        let from = self.at;
        self.last = (from, end);
        self.at = end;
        from
    }

    /// Consumes white space.
    fn space(&mut self) {
        while let Some(c) = self.peek().filter(|&c| is_space(c)) {
            if !is_json_space(c) {
                self.odd_space.get_or_insert(self.at);
            }
            self.at += c.len_utf8();
        }
    }

    /// Consumes white space and comments.
    fn trivia(&mut self) {
        self.space();
        while self.comment(&mut Vec::new()) {
            self.space();
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |length| at + length)
    }

    /// Where the white space from `at` on ends.
    fn after_space(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + (rest.len() - rest.trim_start_matches(is_space).len())
    }

    /// Where the white space from `at` on ends, on the same line.
    fn after_blanks(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + (rest.len() - rest.trim_start_matches(|c| is_space(c) && c != '\n').len())
    }

    /// Where `what` next stands in the window from `at` on, on the same line.
    fn find_near(&self, at: usize, what: &str) -> Option<usize> {
        let near = self.near(at, WINDOW);
        near.lines().next()?.find(what).map(|found| at + found)
    }

    /// At most `length` bytes of the text from `at` on.
    fn near(&self, at: usize, length: usize) -> &'t str {
        let mut end = self.text.len().min(at + length);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[at..end]
    }

    /// A short piece of the text for a message.
    fn excerpt(&self, from: usize, end: usize) -> String {
        const LENGTH: usize = 40;
        let mut short: String = self.text[from..end].chars().take(LENGTH).collect();
        if short.len() < end - from {
            short.push('…');
        }
        short.replace(char::is_control, " ")
    }
}

fn is_json_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// White space as people see it: with no-break spaces, zero-width ones and byte order marks.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
