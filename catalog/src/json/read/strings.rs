//! Text between quotes of any kind comes in, closed or not; the string it stands for goes out.
//!
//! First the end is found, on the raw text, then what lies between is unescaped.

use super::signs::{is_foreign_comma, or_length};
use super::{Reader, WINDOW, is_space};
use crate::json::{Node, RepairKind, Value};
use std::ops::Range;

/// How far behind a line break the closing quote of a string may stand.
const BREAK_WINDOW: usize = 500;

/// What a string is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Value,
}

/// A string as it was read, and the bytes it covers, quotes included.
pub(super) struct Quoted {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// Where a string ends.
enum End {
    /// At the closing quote that begins here.
    Quote(usize),
    /// Here, since its closing quote is missing.
    Missing(usize),
}

impl Reader<'_> {
    fn log_missing_quote(&mut self, from: usize, to: usize) {
        let excerpt = self.excerpt(from, to);
        let message = format!("the closing quote is missing; read as `{excerpt}`");
        self.log(RepairKind::MissingQuote, from, message);
    }

    /// Reads a string; a quote begins here.
    pub(super) fn quoted(&mut self, role: Role) -> Quoted {
        let from = self.at;
        let open = self.peek().unwrap_or('"');
        let inside = from + open.len_utf8();
        if open != '"' {
            let message = format!("a string in `{open}` was read as one in `\"`");
            self.log(RepairKind::NonstandardQuote, from, message);
        }
        let (end, after) = match self.string_end(open, inside, role) {
            End::Quote(at) => (at, at + self.char_at(at).map_or(0, char::len_utf8)),
            End::Missing(at) => {
                self.log_missing_quote(from, at);
                (at, at)
            }
        };
        let text = self.unescape(inside..end, open);
        self.token(after);
        Quoted {
            text,
            span: from..after,
        }
    }

    /// Skips the `u` of Python's `u'text'`, so that a quote begins here.
    pub(super) fn string_prefix(&mut self) {
        let mut ahead = self.text[self.at..].chars();
        let prefix = matches!(ahead.next(), Some('u' | 'b' | 'r' | 'U' | 'B' | 'R'));
        let quote = ahead.next();
        // What ends behind the quote is rather a string without its opening one: `b": 1`.
        let ends = |c: char| is_space(c) || matches!(c, ',' | ':' | '}' | ']');
        let begins = matches!(quote, Some('\'' | '"')) && !ahead.next().is_none_or(ends);
        if prefix && begins {
            if quote == Some('"') {
                let message = "the letter before the quote was left out";
                self.log(RepairKind::NonstandardQuote, self.at, message);
            }
            self.at += 1;
        }
    }

    pub(super) fn quoted_value(&mut self) -> Node {
        let Quoted { text, span } = self.quoted(Role::Value);
        Node {
            value: Value::String(text),
            span,
            alternatives: Vec::new(),
        }
    }

    fn string_end(&mut self, open: char, inside: usize, role: Role) -> End {
        let at = self.close_or_line_end(open, inside);
        match self.char_at(at) {
            Some('\n') => self.end_at_break(open, inside, at, role),
            Some('"') if self.word_begins(at + 1) => self.end_before_word(inside, at, role),
            Some(_) => End::Quote(at),
            None => End::Missing(self.cut(inside..at, role)),
        }
    }

    /// A quote stands before a word: it opens the next string, so that the closing one is missing
    /// (`"a, "b"`, `"key: "value"`), or it quotes a word of this one.
    fn end_before_word(&mut self, inside: usize, at: usize, role: Role) -> End {
        let before = self.text[inside..at].trim_end_matches(is_space);
        if before.ends_with(',') || role == Role::Key && before.ends_with(':') {
            return End::Missing(self.cut(inside..at, role));
        }
        match self.end_after_quoted_word(at) {
            Some(end) if role == Role::Value => {
                let message = "a quote inside a string was kept as part of it";
                self.log(RepairKind::Skipped, at, message);
                End::Quote(end)
            }
            _ => End::Quote(at),
        }
    }

    /// The next quote on the line behind which JSON goes on as it does behind a value.
    fn end_after_quoted_word(&self, at: usize) -> Option<usize> {
        if or_length(&self.text[at + 1..]).is_some() {
            return None;
        }
        let line = self.near(at + 1, WINDOW).lines().next()?;
        let mut quotes = line.match_indices('"').map(|(length, _)| at + 1 + length);
        let end = quotes.find(|&quote| self.goes_on_after(quote))?;
        (!self.is_colon(self.after_space(end + 1))).then_some(end)
    }

    fn word_begins(&self, at: usize) -> bool {
        self.char_at(at)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '@'))
    }

    /// A string reaches the end of its line: either the line break is part of it, and what follows
    /// the next quote goes on as JSON does behind a string, or its closing quote is missing.
    fn end_at_break(&self, open: char, inside: usize, at: usize, role: Role) -> End {
        let near = at + self.near(at, BREAK_WINDOW).len();
        match self
            .find_close(open, at..near, false)
            .filter(|&close| self.goes_on_after(close))
        {
            Some(close) => End::Quote(close),
            None => End::Missing(self.cut(inside..at, role)),
        }
    }

    /// Whether what follows a quote at `close` is what follows a string.
    fn goes_on_after(&self, close: usize) -> bool {
        let after = close + self.char_at(close).map_or(0, char::len_utf8);
        match self.char_at(self.after_space(after)) {
            Some(c) => matches!(c, ',' | '}' | ']' | ':' | '：') || is_foreign_comma(c),
            None => true,
        }
    }

    /// Where the next quote stands that closes `open`, or else where the line ends. A line that has no
    /// such quote is searched once.
    fn close_or_line_end(&mut self, open: char, from: usize) -> usize {
        let known = self
            .quoteless
            .iter()
            .find(|(quote, range)| *quote == open && range.contains(&from));
        if let Some((_, range)) = known {
            return range.end;
        }
        let at = self
            .find_close(open, from..self.text.len(), true)
            .unwrap_or(self.text.len());
        if self.char_at(at).is_none_or(|c| c == '\n') {
            self.quoteless.retain(|(quote, _)| *quote != open);
            self.quoteless.push((open, from..at));
        }
        at
    }

    /// The next quote in `range` that closes `open`, or line break if asked for.
    fn find_close(&self, open: char, range: Range<usize>, or_break: bool) -> Option<usize> {
        let mut chars = self.text[range.clone()].char_indices().peekable();
        while let Some((length, c)) = chars.next() {
            let at = range.start + length;
            if (c == '\n' && or_break) || (closes(open, c) && !self.is_apostrophe(at, c)) {
                return Some(at);
            }
            if c == '\\' {
                chars.next_if(|&(_, escaped)| escaped != '\n');
            }
        }
        None
    }

    /// Whether a single quote at `at` stands inside a word: `it’s`.
    fn is_apostrophe(&self, at: usize, c: char) -> bool {
        let single = matches!(c, '\'' | '’' | '‘');
        single
            && self
                .char_at(at + c.len_utf8())
                .is_some_and(char::is_alphanumeric)
    }

    /// Where a string without a closing quote ends: before the punctuation that must have followed.
    fn cut(&self, raw: Range<usize>, role: Role) -> usize {
        let text = &self.text[raw.clone()];
        let text = match text.find(':').filter(|_| role == Role::Key) {
            Some(colon) => &text[..colon],
            None => text,
        };
        raw.start + without_punctuation(text).len()
    }

    fn unescape(&mut self, raw: Range<usize>, open: char) -> String {
        let text = self.text;
        let mut out = String::with_capacity(raw.len());
        let mut at = raw.start;
        let special = |c: char| c == '\\' || c < ' ';
        while let Some(length) = text[at..raw.end].find(special) {
            out.push_str(&text[at..at + length]);
            at += length;
            at = match text.as_bytes()[at] {
                b'\\' => self.escape(at, raw.end, open, &mut out),
                b'\n' => self.line_break(at, raw.end, &mut out),
                b'\r' if text[at..].starts_with("\r\n") => at + 1,
                control => self.control(at, char::from(control), &mut out),
            };
        }
        out.push_str(&text[at..raw.end]);
        out
    }

    fn line_break(&mut self, at: usize, end: usize, out: &mut String) -> usize {
        self.log(
            RepairKind::LineBreakInString,
            at,
            "the string goes on behind a line break; read as a space",
        );
        out.truncate(out.trim_end_matches(is_space).len());
        out.push(' ');
        self.after_space(at).min(end)
    }

    fn control(&mut self, at: usize, control: char, out: &mut String) -> usize {
        let message = format!(
            "a control character in a string was kept as `\\u{:04x}`",
            u32::from(control)
        );
        self.log(RepairKind::Skipped, at, message);
        out.push(control);
        at + 1
    }

    /// Reads an escape at `at`, and gives where it ends.
    fn escape(&mut self, at: usize, end: usize, open: char, out: &mut String) -> usize {
        let escaped = self.text[at + 1..end].chars().next();
        let plain = match escaped {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode_escape(at, end, out),
            Some(c) if closes(open, c) => c,
            _ => return self.bad_escape(at, out),
        };
        out.push(plain);
        at + 1 + escaped.map_or(0, char::len_utf8)
    }

    fn bad_escape(&mut self, at: usize, out: &mut String) -> usize {
        self.log(
            RepairKind::Skipped,
            at,
            "a backslash that escapes nothing JSON knows was kept as it stands",
        );
        out.push('\\');
        at + 1
    }

    fn unicode_escape(&mut self, at: usize, end: usize, out: &mut String) -> usize {
        let text = &self.text[..end];
        let Some(unit) = code_unit(text, at) else {
            return self.bad_escape(at, out);
        };
        let pair = code_unit(text, at + 6).map(|low| [unit, low]);
        if let Some(c) = char::from_u32(u32::from(unit)) {
            out.push(c);
            return at + 6;
        }
        if let Some(c) = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok()) {
            out.push(c);
            return at + 12;
        }
        self.log(
            RepairKind::Skipped,
            at,
            "half of a surrogate pair was read as a replacement character",
        );
        out.push(char::REPLACEMENT_CHARACTER);
        at + 6
    }
}

/// The number that `\uXXXX` at `at` spells.
fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

/// Text up to the comma, the closing brackets it does not open and the quote of another kind behind it.
fn without_punctuation(text: &str) -> &str {
    let closer = |close: char, open: char| if text.contains(open) { ',' } else { close };
    let (curly, square) = (closer('}', '{'), closer(']', '['));
    text.trim_end_matches(|c| is_space(c) || [',', '”', '’', '»', curly, square].contains(&c))
}

/// Whether `c` closes what `open` opened. Each sign closes itself as well, since pages mix them up.
pub(super) fn closes(open: char, c: char) -> bool {
    match open {
        '“' | '”' | '„' | '‟' => matches!(c, '“' | '”' | '„' | '‟' | '"'),
        '‘' | '’' | '‚' | '`' | '´' => matches!(c, '‘' | '’' | '‚' | '`' | '´' | '\''),
        '«' | '»' => matches!(c, '«' | '»'),
        '‹' | '›' => matches!(c, '‹' | '›'),
        '＂' => matches!(c, '＂' | '"'),
        _ => c == open,
    }
}
