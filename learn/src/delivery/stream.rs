//! The bytes of a file of deliveries come in, block by block; each JSON value in it is read once, and what could
//! not be read goes out with its line.
//!
//! Brackets and commas between values are passed over: one event, a list, lines and several values in a row are
//! read alike. An object that is too large to be an event is taken for a wrapping and opened. In a line that is no
//! JSON from its beginning, events are looked for further on: a log has its times before them.

use super::MAX_EVENT;
use super::envelope::Finder;
use super::findings::{Findings, Stop};
use super::pending::Checkpoint;
use super::tally::Tally;
use super::within;
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::Deserializer;
use std::io::{self, Read};

/// How much is read at once.
const BLOCK: usize = 256 << 10;

/// How many wrappings that are too large to be read as one may stand around events.
const MAX_OPEN: usize = 8;

/// How many lists may stand around values.
const MAX_LISTS: usize = 128;

/// So many bytes may be read in vain before it is held against the file.
const VAIN: u64 = 4 << 20;

/// How often JSON is looked for in vain within one line.
const ATTEMPTS: usize = 4;

/// A file of deliveries that is being read.
pub(super) struct Stream<R> {
    source: R,
    buffer: Vec<u8>,
    /// What was read of the buffer.
    at: usize,
    at_end: bool,
    /// Brackets that are open between values.
    open: Vec<u8>,
    /// How many of them the line opened before any object: `[2026-01-02]` opens no list.
    opened: usize,
    /// From 1.
    line: u64,
    /// How many characters of the line were read.
    column: u64,
    /// How many bytes were passed.
    passed: u64,
    /// How many bytes were read of what turned out to be no value.
    in_vain: u64,
    findings: Findings,
}

impl<R: Read> Stream<R> {
    pub(super) fn new(source: R) -> Self {
        Stream {
            source,
            buffer: Vec::new(),
            at: 0,
            at_end: false,
            open: Vec::new(),
            opened: 0,
            line: 1,
            column: 0,
            passed: 0,
            in_vain: 0,
            findings: Findings::default(),
        }
    }

    /// Reads all of it.
    pub(super) fn learn(mut self, tally: &mut Tally) -> Result<Findings, Stop> {
        self.fill(BLOCK)?;
        if self.rest().starts_with(b"\xEF\xBB\xBF") {
            self.at += 3;
        }
        while self.find_value()? {
            self.value(tally)?;
        }
        self.findings.cut = !self.open.is_empty();
        Ok(self.findings)
    }

    fn rest(&self) -> &[u8] {
        let rest = &self.buffer[self.at..];
        &rest[..rest.len().min(MAX_EVENT)]
    }

    /// Reads until so many bytes are at hand, or the end is reached.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let missing = wanted.saturating_sub(self.buffer.len());
        let more = (&mut self.source)
            .take(missing as u64)
            .read_to_end(&mut self.buffer)?;
        self.findings.bytes += more as u64;
        self.at_end = more < missing;
        Ok(())
    }

    /// Has more of a value that does not end in what is at hand; false if there is no more, or it is too long.
    fn grow(&mut self) -> io::Result<bool> {
        let known = self.buffer.len() - self.at;
        if self.at_end || known >= MAX_EVENT {
            return Ok(false);
        }
        self.fill((known * 2).clamp(BLOCK, MAX_EVENT))?;
        Ok(self.buffer.len() > known)
    }

    /// Goes to where the next value begins; false at the end.
    fn find_value(&mut self) -> io::Result<bool> {
        loop {
            let mut passed = 0;
            while let Some(&byte) = self.buffer.get(self.at + passed)
                && self.is_between(byte)
            {
                passed += 1;
            }
            self.pass(passed);
            if self.at < self.buffer.len() {
                return Ok(true);
            }
            if self.at_end {
                return Ok(false);
            }
            self.fill(BLOCK)?;
        }
    }

    /// Whether a byte stands between values, as things are.
    fn is_between(&mut self, byte: u8) -> bool {
        match byte {
            b'\n' => {
                self.opened = 0;
                true
            }
            b' ' | b'\t' | b'\r' | b',' => true,
            b'[' if self.open.len() < MAX_LISTS => {
                self.open.push(byte);
                self.opened += 1;
                true
            }
            b']' => {
                self.opened = self.opened.saturating_sub(1);
                self.open.pop_if(|open| *open == b'[').is_some()
            }
            b'}' => self.open.pop_if(|open| *open == b'{').is_some(),
            b':' => self.open.last() == Some(&b'{'),
            _ => false,
        }
    }

    /// Reads a value, and lets it count if it is whole.
    fn value(&mut self, tally: &mut Tally) -> Result<(), Stop> {
        loop {
            if self.rest().starts_with(b"\"{\"\"") && self.within(tally)? {
                return Ok(());
            }
            let mut odd = None;
            let (read, length) = look(self.rest(), tally, &mut odd);
            let Err(error) = read else {
                let counted = tally.count();
                counted.map_err(|full| Stop::Full(full, self.line))?;
                self.note(odd);
                if self.rest().starts_with(b"{") {
                    self.opened = 0;
                }
                self.pass(length);
                return Ok(());
            };
            tally.forget(Checkpoint::default());
            if !error.is_eof() {
                if !self.rest().starts_with(b"{") && self.within(tally)? {
                    return Ok(());
                }
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                self.tell(error.line(), error.column(), message);
                return Ok(self.skip(length)?);
            }
            if !self.grow()? {
                return Ok(self.unended()?);
            }
        }
    }

    /// Reads the events that stand within the line at hand; whether there are any.
    fn within(&mut self, tally: &mut Tally) -> Result<bool, Stop> {
        let Some(line) = self.line_at_hand()? else {
            return Ok(false);
        };
        let (mut from, mut events) = (0, 0);
        let mut attempts = 0;
        while attempts < ATTEMPTS && self.in_vain <= VAIN + 4 * self.passed {
            let rest = self.rest();
            let Some(found) = within::next(rest, from, line) else {
                break;
            };
            let mut odd = None;
            let (read, length) = look(&found.text, tally, &mut odd);
            let (start, end) = (found.start, found.end);
            if read.is_ok() {
                let counted = tally.count();
                events += counted.map_err(|full| Stop::Full(full, self.line))?;
                events += usize::from(odd.is_some());
                self.note(odd);
                from = end.unwrap_or(start + length);
            } else {
                tally.forget(Checkpoint::default());
                let is_cut = end.is_none() && read.is_err_and(|error| error.is_eof());
                if is_cut && self.grow()? {
                    continue;
                }
                self.in_vain += length as u64;
                attempts += 1;
                from = start + 1;
            }
        }
        if events == 0 {
            return Ok(false);
        }
        self.pass(from);
        self.skip(0)?;
        Ok(true)
    }

    /// How long the rest of the line is; none if it is longer than any event.
    fn line_at_hand(&mut self) -> io::Result<Option<usize>> {
        loop {
            let end = self.rest().iter().position(|&byte| byte == b'\n');
            if end.is_some() {
                return Ok(end);
            }
            if !self.grow()? {
                let rest = self.rest().len();
                return Ok((rest < MAX_EVENT).then_some(rest));
            }
        }
    }

    /// Something odd about the value at hand.
    fn note(&mut self, odd: Option<String>) {
        if let Some(odd) = odd {
            self.findings.odd(self.line, &odd);
        }
        if !self.open.is_empty() && self.rest().starts_with(b"\"detail-type\"") {
            self.findings.large += u64::from(self.open.last() == Some(&b'{'));
        }
    }

    /// A value that does not end in what can be read at once: a large wrapping, or the file ends in it.
    fn unended(&mut self) -> io::Result<()> {
        let is_large = self.rest().len() == MAX_EVENT;
        let opened = self.open.iter().filter(|open| **open == b'{').count();
        if is_large && self.rest().starts_with(b"{") && opened < MAX_OPEN {
            self.open.push(b'{');
            self.pass(1);
            return Ok(());
        }
        let message = match is_large {
            true => "a value of more than 4 MB",
            false => "the file ends inside this value",
        };
        self.tell(1, 1, message);
        self.skip(self.rest().len())
    }

    /// Tells why a line is passed over: `line` and `column` count from the value, from 1.
    fn tell(&mut self, line: usize, column: usize, message: &str) {
        let line = line.max(1) as u64 - 1;
        let before = if line == 0 { self.column } else { 0 };
        let (line, column) = (self.line + line, before + column.max(1) as u64);
        self.findings.skip(line, column, message);
    }

    /// Passes over the rest of the line, after so many bytes were read in vain. Lines that are made so that much
    /// is read in vain from each are passed over together.
    fn skip(&mut self, length: usize) -> io::Result<()> {
        self.in_vain += length as u64;
        self.open
            .truncate(self.open.len() - self.opened.min(self.open.len()));
        self.opened = 0;
        if self.in_vain > VAIN + 4 * self.passed {
            self.pass(length);
        }
        loop {
            let rest = &self.buffer[self.at..];
            if let Some(length) = rest.iter().position(|&byte| byte == b'\n') {
                self.pass(length + 1);
                return Ok(());
            }
            self.pass(rest.len());
            if self.at_end {
                return Ok(());
            }
            self.fill(BLOCK)?;
        }
    }

    /// These bytes are read.
    fn pass(&mut self, length: usize) {
        let passed = &self.buffer[self.at..self.at + length];
        let lines = passed.iter().filter(|&&byte| byte == b'\n').count();
        self.line += lines as u64;
        let mut tail = passed;
        if lines > 0 {
            let last = passed.iter().rposition(|&byte| byte == b'\n');
            tail = &passed[last.map_or(0, |last| last + 1)..];
            self.column = 0;
        }
        self.column += tail.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u64;
        self.at += length;
        self.passed += length as u64;
    }
}

/// Looks for events in the value that text begins with; returns how much of it was read.
fn look(
    text: &[u8],
    tally: &mut Tally,
    odd: &mut Option<String>,
) -> (Result<(), serde_json::Error>, usize) {
    let mut json = Deserializer::from_slice(text);
    let look = Finder {
        tally,
        odd,
        nesting: 0,
    };
    let read = look.deserialize(&mut json);
    (read, json.into_iter::<IgnoredAny>().byte_offset())
}
