//! Text without quotes comes in; the number, literal or placeholder it stands for goes out.

use super::signs::{is_foreign_comma, is_quote, or_length};
use super::strings::Role;
use super::{Reader, WINDOW, is_space};
use crate::json::{Node, RepairKind, Value};

/// Brackets within a word, whatever stands between them: `<account id>`, `{{name}}`, `ISODate("…")`.
const GROUPS: [(&str, &str); 5] = [
    ("{{", "}}"),
    ("${", "}"),
    ("<<", ">>"),
    ("<", ">"),
    ("(", ")"),
];

impl Reader<'_> {
    /// Reads a value that stands without quotes.
    pub(super) fn bare(&mut self) -> Option<Node> {
        let from = self.at;
        let end = self.word_end(from, Role::Value);
        let word = &self.text[from..end];
        if word.is_empty() {
            return None;
        }
        let plain = self.char_at(end) != Some('"');
        if let Some(value) = json_word(word).filter(|_| plain) {
            return Some(self.bare_node(end, value));
        }
        if let Some(node) = self.unopened_string() {
            return Some(node);
        }
        let (kind, value, message) = self.odd_word(word);
        let end = match &value {
            Value::Placeholder(phrase) => from + phrase.len(),
            _ => end,
        };
        self.log(kind, from, message);
        Some(self.bare_node(end, value))
    }

    fn bare_node(&mut self, end: usize, value: Value) -> Node {
        let from = self.token(end);
        Node {
            value,
            span: from..end,
            alternatives: Vec::new(),
        }
    }

    /// What a word stands for that is no JSON.
    fn odd_word(&self, word: &str) -> (RepairKind, Value, String) {
        if let Some(value) = literal(word) {
            return (
                RepairKind::BareWord,
                value,
                format!("`{word}` was read as JSON spells it"),
            );
        }
        if has_leading_zero(word) {
            let message =
                format!("`{word}` begins with a zero; read as a string, so that no digit is lost");
            return (
                RepairKind::LeadingZeroNumber,
                Value::String(word.into()),
                message,
            );
        }
        if let Some(number) = respelled(word) {
            let message = format!("`{word}` was read as the number {number}");
            return (RepairKind::BareWord, Value::Number(number), message);
        }
        if is_template(word) {
            let message = format!("`{word}` stands for a value; read as a placeholder");
            return (
                RepairKind::Template,
                Value::Placeholder(word.into()),
                message,
            );
        }
        let phrase = self.phrase(word);
        let message = format!("`{phrase}` stands without quotes; read as a placeholder");
        (RepairKind::BareWord, Value::Placeholder(phrase), message)
    }

    /// A word and those that follow it on the line, up to the next key or punctuation.
    fn phrase(&self, first: &str) -> String {
        let mut end = self.at + first.len();
        while let Some(next) = self.phrase_goes_on(end) {
            end = next;
        }
        self.text[self.at..end].to_string()
    }

    /// Where the next word ends, if it belongs to the words before it.
    pub(super) fn phrase_goes_on(&self, end: usize) -> Option<usize> {
        let from = self.after_blanks(end);
        if from == end || !self.char_at(from).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let next = self.word_end(from, Role::Value);
        let joins = or_length(&self.text[from..next]).is_some();
        let is_key = self.is_colon(self.after_space(next)) || self.closes_key(next);
        (!joins && !is_key).then_some(next)
    }

    /// Whether a quote at `at` ends a key whose opening quote is missing.
    fn closes_key(&self, at: usize) -> bool {
        self.text[at..].starts_with('"') && self.is_colon(self.after_space(at + 1))
    }

    /// Reads `foo",` as the string it was meant to be.
    fn unopened_string(&mut self) -> Option<Node> {
        let quote = self.unopened(Role::Value)?;
        let after = self.after_blanks(quote + 1);
        let ends = self
            .char_at(after)
            .is_none_or(|c| matches!(c, ',' | '}' | ']' | '\n'));
        ends.then(|| {
            let text = self.unopened_text(quote);
            self.bare_node(quote + 1, Value::String(text))
        })
    }

    /// Where the closing quote stands of a string that begins here without its opening one.
    pub(super) fn unopened(&self, role: Role) -> Option<usize> {
        let stops = |c: char| match c {
            '"' | ',' | '{' | '}' | '[' | ']' | '\n' => true,
            ':' => role == Role::Key,
            _ => false,
        };
        let near = self.near(self.at, WINDOW);
        near.find(stops)
            .map(|length| self.at + length)
            .filter(|&at| self.text[at..].starts_with('"'))
    }

    /// The text up to the closing quote at `quote`, logged as lacking its opening one.
    pub(super) fn unopened_text(&mut self, quote: usize) -> String {
        let text = self.text[self.at..quote].to_string();
        self.log(
            RepairKind::MissingQuote,
            self.at,
            format!("the opening quote of `{text}` is missing"),
        );
        text
    }

    /// Where the word ends that begins at `from`.
    pub(super) fn word_end(&self, from: usize, role: Role) -> usize {
        let mut at = from;
        while let Some(c) = self.char_at(at) {
            match self.group_end(at).filter(|_| c != '(' || at > from) {
                Some(end) => at = end,
                None if self.ends_word(at, c, role) => break,
                None => at += c.len_utf8(),
            }
        }
        at
    }

    fn ends_word(&self, at: usize, c: char, role: Role) -> bool {
        let next = self.char_at(at + c.len_utf8());
        match c {
            ',' | '{' | '}' | '[' | ']' | '#' | '|' | '：' => true,
            ':' => {
                role == Role::Key
                    || next.is_none_or(|c| {
                        is_space(c) || is_quote(c) || matches!(c, ',' | '{' | '}' | '[' | ']')
                    })
            }
            '=' => role == Role::Key,
            '/' => matches!(next, Some('/' | '*' | '"')) && !self.text[..at].ends_with(':'),
            '\'' | '’' => {
                !(self.char_before(at).is_some_and(char::is_alphanumeric)
                    && next.is_some_and(char::is_alphanumeric))
            }
            _ => is_space(c) || is_quote(c) || is_foreign_comma(c),
        }
    }

    /// Where a group ends that begins at `at`.
    pub(super) fn group_end(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let (open, close) = GROUPS
            .into_iter()
            .find(|(open, _)| rest.starts_with(open))?;
        let end = self.find_near(at + open.len(), close)?;
        let inside = &self.text[at + open.len()..end];
        let structured = open != "(" && inside.contains(['"', '{', '}', '[', ']', ',']);
        (!inside.is_empty() && !structured).then_some(end + close.len())
    }

    /// Reads `{NAME_OF_AN_OBJECT}` as the empty object it stands for.
    pub(super) fn template_object(&mut self) -> Option<Node> {
        let name_at = self.after_blanks(self.at + 1);
        let close = self.find_near(name_at, "}")?;
        let name = self.text[name_at..close].trim_end();
        let is_name =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '<' | '>' | ' ');
        if !name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '<'))
            || !name.chars().all(is_name)
        {
            return None;
        }
        self.log(
            RepairKind::Template,
            self.at,
            format!("`{{{name}}}` stands for an object; read as an empty one"),
        );
        Some(self.bare_node(close + 1, Value::Object(Vec::new())))
    }
}

/// Whether a word marks a gap to be filled in.
pub(super) fn is_template(word: &str) -> bool {
    let marked =
        |open: &str, close: &str| word.find(open).is_some_and(|at| word[at..].contains(close));
    word.starts_with('$') || marked("<", ">") || marked("{{", "}}") || marked("${", "}")
}

/// A literal or number of JSON.
fn json_word(word: &str) -> Option<Value> {
    if is_number(word) {
        return Some(Value::Number(word.into()));
    }
    literal(word).filter(|_| matches!(word, "null" | "true" | "false"))
}

/// A literal as JSON, Python or SQL spells it.
pub(super) fn literal(word: &str) -> Option<Value> {
    match word {
        "null" | "None" | "NULL" | "Null" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole_fits = whole == "0" || (all_digits(whole) && !whole.starts_with('0'));
    whole_fits && fraction.is_none_or(all_digits) && exponent.is_none_or(all_digits)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_leading_zero(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() > 1 && whole.starts_with('0') && all_digits(whole) && all_digits(fraction)
}

/// A number that JSON spells otherwise: `+1`, `1.`, `.5`.
fn respelled(word: &str) -> Option<String> {
    let word = word.strip_prefix('+').unwrap_or(word);
    let (sign, digits) = word
        .strip_prefix('-')
        .map_or(("", word), |digits| ("-", digits));
    let zero_before = if digits.starts_with('.') { "0" } else { "" };
    let zero_after = if digits.ends_with('.') { "0" } else { "" };
    let number = format!("{sign}{zero_before}{digits}{zero_after}");
    is_number(&number).then_some(number)
}
