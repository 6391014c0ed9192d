//! The bytes of a file of events come in, as they arrive; each JSON value in it goes out as soon as it ends, and what
//! is none as soon as that is known.
//!
//! Brackets and commas between values are passed over: one event, a list, lines and several values in a row are read
//! alike. An object that is too large to be an event is taken for a wrapping and opened. Memory is bounded by the
//! largest value.

use super::structure::{Step, Structure};
use std::io::{BufRead, Result};

/// The largest value that is read at once, in bytes; EventBridge takes events of a megabyte at most.
pub(super) const MAX_VALUE: usize = 16 << 20;

/// How many wrappings that are too large to be read at once may stand around events.
const MAX_OPENED: usize = 8;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A JSON object or string, whole.
    Value,
    /// What begins as JSON and is none: up to the end of the line where that is known, or of the file.
    Broken,
    /// A line that does not begin as JSON.
    Line,
    /// The beginning of more than is read at once.
    TooLarge,
    /// The file ends inside a list or a wrapping.
    Unended,
}

/// A part of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'b> {
    pub(super) kind: Kind,
    /// The line where it begins, from 1.
    pub(super) line: usize,
    /// The column in characters where it begins, from 1.
    pub(super) column: usize,
    pub(super) bytes: &'b [u8],
    /// Whether it stands in a wrapping that was opened, where keys and other values are of no interest.
    pub(super) is_inner: bool,
}

/// Shows each part of a source to `visit`, until it returns false.
pub(super) fn each(mut source: impl BufRead, visit: impl FnMut(&Part<'_>) -> bool) -> Result<()> {
    let mut reader = Reader::new(visit);
    loop {
        let block = source.fill_buf()?;
        if block.is_empty() {
            break;
        }
        let length = block.len();
        reader.take(block);
        source.consume(length);
        if reader.is_over {
            return Ok(());
        }
    }
    reader.end();
    Ok(())
}

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between values.
    Between,
    /// In a value.
    Value,
    /// In a line that does not begin as JSON.
    Line,
    /// Behind what is no JSON, up to the end of its line; the flag says whether what it held is kept.
    Rest(bool),
    /// At the beginning of a line behind what is no JSON: lines that belong to it are passed over.
    Behind,
}

struct Reader<V> {
    visit: V,
    is_over: bool,
    state: State,
    structure: Structure,
    /// What is read of a value or a line.
    held: Vec<u8>,
    line: usize,
    column: usize,
    /// How far the line that is read is indented, if only blanks were read of it.
    indent: Option<usize>,
    /// Where what is held begins, and how far its line is indented.
    start: (usize, usize, usize),
    lists: usize,
    opened: usize,
}

impl<V: FnMut(&Part<'_>) -> bool> Reader<V> {
    fn new(visit: V) -> Self {
        Reader {
            visit,
            is_over: false,
            state: State::Between,
            structure: Structure::default(),
            held: Vec::new(),
            line: 1,
            column: 1,
            indent: Some(0),
            start: (1, 1, 0),
            lists: 0,
            opened: 0,
        }
    }

    fn take(&mut self, block: &[u8]) {
        let mut rest = block;
        while let (Some((&byte, behind)), false) = (rest.split_first(), self.is_over) {
            rest = match self.run(rest) {
                0 => {
                    self.byte(byte);
                    behind
                }
                run => rest.get(run..).unwrap_or(&[]),
            };
        }
    }

    /// Takes what goes on inside of a string all at once, and says how much that is.
    fn run(&mut self, rest: &[u8]) -> usize {
        if self.state != State::Value || !self.structure.is_in_text() {
            return 0;
        }
        let room = MAX_VALUE.saturating_sub(self.held.len());
        let rest = rest.get(..room).unwrap_or(rest);
        let tells = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let end = rest.iter().position(tells).unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or(&[]);
        self.held.extend_from_slice(run);
        self.column += run.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        end
    }

    fn byte(&mut self, byte: u8) {
        match self.state {
            State::Between => self.between(byte),
            State::Value => self.in_value(byte),
            State::Line => self.in_line(byte),
            State::Rest(keeps) => self.rest(byte, keeps),
            State::Behind => self.behind(byte),
        }
        self.pass(byte);
    }

    /// The byte is read.
    fn pass(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.line += 1;
                self.column = 1;
                self.indent = Some(0);
            }
            b' ' | b'\t' => {
                self.column += 1;
                self.indent = self.indent.map(|indent| indent + 1);
            }
            _ => {
                self.column += usize::from(byte & 0xC0 != 0x80);
                self.indent = None;
            }
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
            b'[' => self.lists += 1,
            b']' => self.lists = self.lists.saturating_sub(1),
            b'}' if self.opened > 0 => self.opened -= 1,
            _ if self.opened > 0 && !matches!(byte, b'{' | b'"') => {}
            b'{' | b'"' => {
                self.begin(State::Value);
                self.structure = Structure::default();
                self.in_value(byte);
            }
            _ => {
                self.begin(State::Line);
                self.held.push(byte);
            }
        }
    }

    fn begin(&mut self, state: State) {
        self.state = state;
        self.held.clear();
        let indent = self.indent.unwrap_or(self.start.2);
        self.start = (self.line, self.column, indent);
    }

    fn in_value(&mut self, byte: u8) {
        match self.structure.take(byte) {
            Step::More => {
                self.held.push(byte);
                if self.held.len() > MAX_VALUE {
                    self.too_large();
                }
            }
            Step::Done => {
                self.held.push(byte);
                self.show(Kind::Value);
                self.state = State::Between;
            }
            Step::Wrong => self.wrong(byte),
        }
    }

    /// What was read becomes no value. If another begins where it goes wrong, as with a line that was cut off, that
    /// one is read.
    fn wrong(&mut self, byte: u8) {
        let begins = byte == b'{' && self.indent.is_some_and(|indent| indent <= self.start.2);
        if begins {
            self.show(Kind::Broken);
            self.state = State::Between;
            return self.between(byte);
        }
        // The rest of the line is lost, and with it perhaps the end of a list.
        self.lists = 0;
        self.state = State::Rest(true);
        self.rest(byte, true);
    }

    fn rest(&mut self, byte: u8, keeps: bool) {
        if byte == b'\n' {
            if keeps {
                self.show(Kind::Broken);
            }
            self.state = State::Behind;
        } else if keeps && self.held.len() < MAX_VALUE {
            self.held.push(byte);
        }
    }

    fn behind(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'}' | b']' => self.state = State::Rest(false),
            _ if self.indent.is_some_and(|indent| indent > self.start.2) => {
                self.state = State::Rest(false);
            }
            _ => {
                self.state = State::Between;
                self.between(byte);
            }
        }
    }

    fn in_line(&mut self, byte: u8) {
        if byte == b'\n' {
            self.show(Kind::Line);
            self.state = State::Between;
        } else if self.held.len() < MAX_VALUE {
            self.held.push(byte);
        } else {
            self.show(Kind::TooLarge);
            self.state = State::Rest(false);
        }
    }

    /// More than an event can be: a wrapping is opened, anything else is passed over to the end of its line.
    fn too_large(&mut self) {
        let is_wrapping = self.held.first() == Some(&b'{') && self.opened < MAX_OPENED;
        if !is_wrapping || self.structure.depth() < 2 && !self.held.contains(&b',') {
            self.show(Kind::TooLarge);
            self.state = State::Rest(false);
            return;
        }
        let held = std::mem::take(&mut self.held);
        let now = (self.line, self.column, self.indent);
        (self.line, self.column, _) = self.start;
        self.opened += 1;
        self.state = State::Between;
        self.pass(b'{');
        self.take(held.get(1..).unwrap_or(&[]));
        // What was read before is read again, but for the byte that is being read.
        (self.line, self.column, self.indent) = now;
    }

    fn show(&mut self, kind: Kind) {
        let (line, column, _) = self.start;
        let part = Part {
            kind,
            line,
            column,
            bytes: &self.held,
            is_inner: self.opened > 0,
        };
        self.is_over |= !(self.visit)(&part);
    }

    fn end(&mut self) {
        match self.state {
            State::Value | State::Rest(true) => self.show(Kind::Broken),
            State::Line => self.show(Kind::Line),
            _ if self.lists + self.opened > 0 => {
                self.begin(State::Between);
                self.show(Kind::Unended);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(Kind, usize, usize, String)> {
        let mut parts = Vec::new();
        let done = each(text.as_bytes(), |part| {
            let text = String::from_utf8_lossy(part.bytes).into_owned();
            parts.push((part.kind, part.line, part.column, text));
            true
        });
        assert!(done.is_ok());
        parts
    }

    fn value(line: usize, column: usize, text: &str) -> (Kind, usize, usize, String) {
        (Kind::Value, line, column, text.to_owned())
    }

    #[test]
    fn values_in_any_arrangement_are_read_alike() {
        let (one, two) = ("{\"a\":\n 1}", "{\"b\":2}");
        let expected = [value(1, 1, one), value(3, 1, two)];
        assert_eq!(parts(&format!("{one}\n{two}\n")), expected);
        let listed = parts(&format!("[{one},{two}]"));
        assert_eq!(listed, [value(1, 2, one), value(2, 5, two)]);
        assert_eq!(
            parts("\n\n \"{}\" {}"),
            [value(3, 2, "\"{}\""), value(3, 7, "{}")]
        );
        assert_eq!(parts(" \n"), []);
    }

    #[test]
    fn what_is_broken_does_not_take_what_follows_with_it() {
        let found = parts("{\"a\n{\"b\": 1\n{\"c\": 2}\n{\"d\": (}\n{\"e\": 5}");
        let kinds: Vec<(Kind, usize)> = found.iter().map(|part| (part.0, part.1)).collect();
        assert_eq!(
            kinds,
            [
                (Kind::Broken, 1),
                (Kind::Broken, 2),
                (Kind::Value, 3),
                (Kind::Broken, 4),
                (Kind::Value, 5)
            ]
        );
        let pretty = "{\n  \"a\": (,\n  \"b\": {\n  }\n}\n{\n  \"c\": 1\n}\nno JSON\n{";
        let found = parts(pretty);
        assert_eq!(found[0].3, "{\n  \"a\": (,");
        assert_eq!(found[1], value(6, 1, "{\n  \"c\": 1\n}"));
        assert_eq!(
            (found[2].0, found[2].1, found[3].0),
            (Kind::Line, 9, Kind::Broken)
        );
        assert_eq!(parts("[{}")[1].0, Kind::Unended);
    }

    #[test]
    fn a_line_without_end_is_passed_over_and_a_large_wrapping_opened() {
        let long = "x".repeat(MAX_VALUE + 10);
        for text in [
            format!("{long}\n{{}}"),
            format!("{{\"{long}\n{{}}"),
            format!("\"{long}\n{{}}"),
        ] {
            let kinds: Vec<Kind> = parts(&text).iter().map(|part| part.0).collect();
            assert_eq!(kinds, [Kind::TooLarge, Kind::Value]);
        }
        let half = "y".repeat(MAX_VALUE / 2);
        let wrapped = format!(
            "{{\"next\": 1, \"all\": [{{\"a\":\"{half}\"}},\n{{\"b\":\"{half}\"}}, {{}}], \"c\": true}}\n{{}}"
        );
        let objects: Vec<(usize, usize)> = parts(&wrapped)
            .iter()
            .filter(|part| part.3.starts_with('{'))
            .map(|part| (part.1, part.2))
            .collect();
        assert_eq!(objects[..2], [(1, 21), (2, 1)]);
        assert_eq!(objects.len(), 4);
        assert_eq!(objects[3].0, 3);
    }
}
