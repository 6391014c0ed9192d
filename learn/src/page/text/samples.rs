//! The lines of a flattened page come in; which of them hold samples goes out. A sample is one line
//! as a rule; where its brackets stay open, the lines that can only be JSON belong to it too.

use super::Line;
use super::scan::{Token, is_quote, tokens};

/// Lines that hold one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Its first line.
    pub(super) first: usize,
    /// The line after its last one.
    pub(super) end: usize,
    /// Whether the page ends before its brackets are closed.
    pub(super) open: bool,
}

/// Finds all samples, in order.
pub(super) fn samples(lines: &[Line]) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        if begins_sample(lines[index].text) {
            let sample = extent(lines, index);
            index = sample.end;
            samples.push(sample);
        } else {
            index += 1;
        }
    }
    samples
}

/// Whether a line begins a sample: a bracket, and behind it what JSON puts there.
fn begins_sample(line: &str) -> bool {
    let Some(open) = line.chars().next().filter(|open| matches!(open, '{' | '[')) else {
        return false;
    };
    let behind = line[1..].trim_start();
    let Some(next) = behind.chars().next() else {
        return true;
    };
    match next {
        '{' => !is_placeholder(line),
        '[' => open == '[',
        '}' | ']' => behind.len() == 1 || open == '{',
        '.' => open == '{' && (behind.starts_with("...") || behind.starts_with(". . .")),
        '…' => open == '{',
        '\\' => behind.starts_with("\\\""),
        _ => is_quote(next) || is_comment(behind) || open == '{' && is_bare_key(behind),
    }
}

/// `{{name}}` stands in running text for what a reader is to fill in.
fn is_placeholder(line: &str) -> bool {
    line.strip_prefix("{{")
        .is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric()))
}

fn is_comment(text: &str) -> bool {
    ["#", "//", "/*"].iter().any(|mark| text.starts_with(mark))
}

/// A key that lacks its quotes, or the first of them.
fn is_bare_key(text: &str) -> bool {
    after_word(text)
        .is_some_and(|rest| rest.starts_with(is_quote) || rest.trim_start().starts_with([':', '=']))
}

/// What follows a word such as a key consists of.
fn after_word(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_alphanumeric() || "_-$.".contains(c));
    (rest.len() < text.len()).then_some(rest)
}

fn extent(lines: &[Line], first: usize) -> Sample {
    let mut brackets = Vec::new();
    let (mut end, mut from) = (first, 0);
    loop {
        let torn = feed(&mut brackets, &lines[end].text[from..]);
        end += 1;
        let goes_on = if brackets.is_empty() {
            None
        } else if torn && let Some(mended) = mend(lines, end) {
            Some(mended)
        } else {
            lines
                .get(end)
                .filter(|line| continues(line.text, &brackets))
                .map(|_| (end, 0))
        };
        match goes_on {
            Some(next) => (end, from) = next,
            None => {
                let open = !brackets.is_empty() && end == lines.len();
                return Sample { first, end, open };
            }
        }
    }
}

/// Counts the brackets of a line; tells whether the line ends within a string. What follows the
/// closing of the outermost bracket is no more of this sample's business.
fn feed(brackets: &mut Vec<char>, line: &str) -> bool {
    for token in tokens(line) {
        match token {
            Token::Open(bracket) => brackets.push(bracket),
            Token::Close => {
                brackets.pop();
                if brackets.is_empty() {
                    return false;
                }
            }
            Token::Quoted(..) => {}
            Token::Unclosed => return true,
        }
    }
    false
}

/// Where a string that a line break has torn apart is closed: on this line or at the beginning of
/// the next, with JSON going on behind it.
fn mend(lines: &[Line], next: usize) -> Option<(usize, usize)> {
    let here = lines.get(next).and_then(|line| closing_quote(line.text));
    let there = lines
        .get(next + 1)
        .filter(|line| line.text.starts_with('"'));
    match here {
        Some(from) => Some((next, from)),
        None => there
            .and_then(|line| closing_quote(line.text))
            .map(|from| (next + 1, from)),
    }
}

/// The place behind the first quote of a line, if it can close a string.
fn closing_quote(line: &str) -> Option<usize> {
    let (string, rest) = line.split_once('"')?;
    let behind = rest.trim_start();
    let closes = behind.is_empty() || behind.starts_with([',', ':', ']', '}']);
    closes.then_some(string.len() + 1)
}

/// Whether a line can only be the continuation of a sample whose `brackets` are open.
fn continues(line: &str, brackets: &[char]) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    match first {
        '{' | '}' | '[' | ']' => !is_placeholder(line),
        ',' | '"' | '“' | '”' | '\'' | '‘' | '’' => {
            continues_quoted(line.trim_start_matches(',').trim_start(), brackets)
        }
        '-' | '0'..='9' => continues_number(line),
        '.' | '…' => line.trim_matches(['.', '…', ',', ' ']).is_empty(),
        _ => is_comment(line) || line.starts_with("*/") || continues_bare(line),
    }
}

/// In an object a string is a key; in an array an element ends its line or is followed by more.
fn continues_quoted(line: &str, brackets: &[char]) -> bool {
    let in_array = brackets.last() == Some(&'[');
    match tokens(line).next() {
        None => line.is_empty(),
        Some(Token::Quoted(_, rest)) => {
            let rest = rest.trim_start();
            let malformed = || rest.starts_with([':', '"', '=']) || rest.ends_with("\",");
            rest.starts_with([',', ']', '}'])
                || in_array && (rest.is_empty() || is_comment(rest))
                || malformed()
        }
        Some(_) => true,
    }
}

fn continues_number(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || ".eE+-".contains(c));
    let number = &line[..line.len() - rest.len()];
    let rest = rest.trim_start();
    number.ends_with(|c: char| c.is_ascii_digit())
        && (rest.is_empty() || rest.starts_with([',', ']', '}', '"']))
}

/// A bare word that is a value, or a bare key with something that can only be a value.
fn continues_bare(line: &str) -> bool {
    let Some(rest) = after_word(line) else {
        return false;
    };
    let literal = matches!(line, "true" | "false" | "null" | "True" | "False" | "None");
    let value = rest.trim_start_matches(is_quote).trim_start();
    let value = value.strip_prefix(':').map(str::trim_start);
    literal
        || rest == ","
        || value.is_some_and(|value| {
            value.starts_with(|c: char| is_quote(c) || "{[-0123456789".contains(c))
                || value.ends_with(',') && !value.contains(' ')
        })
}
