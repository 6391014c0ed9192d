//! Lines `{"pattern":"…","event":"…"}` come in; a line `{"valid":…,"match":…,"error":…}` goes out for each.

use super::Outcome;
use crate::terminal;
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::text::Place;
use eventbridge_patterns::{Pattern, Scratch};
use eventbridge_rules::bytes;
use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{BufRead, Error, ErrorKind, Read, Result, Write};
use std::path::Path;

/// How long a line may be, in bytes.
const MAX_LINE: u64 = 64 << 20;

#[derive(Deserialize)]
struct Pair {
    pattern: Text,
    event: Option<Text>,
}

/// Text that may hold half a character, as `\ud83d` in JSON is one: that half becomes `?`, as in the engine.
struct Text(String);

#[derive(Serialize)]
struct Verdict {
    valid: bool,
    #[serde(rename = "match")]
    matched: Option<bool>,
    error: Option<String>,
}

impl Verdict {
    fn invalid(error: String) -> Verdict {
        Verdict {
            valid: false,
            matched: None,
            error: Some(error),
        }
    }
}

pub(super) fn run(path: &Path) -> Outcome {
    // By lines, so that each is answered as it comes.
    let mut out = std::io::stdout().lock();
    let mut diagnostics = Vec::new();
    let done = bytes::open(path).and_then(|source| {
        judge(source, &mut out, |problem, place| {
            diagnostics.push(Diagnostic::error(shown(path), problem).at(place));
        })
    });
    if let Err(error) = done.and_then(|()| out.flush()) {
        diagnostics.push(Diagnostic::error(
            shown(path),
            format!("cannot be read to its end: {error}"),
        ));
    }
    terminal::show(&diagnostics);
    if diagnostics.is_empty() {
        Outcome::Done
    } else {
        Outcome::Wrong
    }
}

/// Whether there was another line.
fn read_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    if source.by_ref().take(MAX_LINE).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.len() as u64 == MAX_LINE {
        let message = format!("a line has more than {} MB", MAX_LINE >> 20);
        return Err(Error::new(ErrorKind::InvalidData, message));
    }
    Ok(true)
}

fn judge(
    mut source: impl BufRead,
    out: &mut impl Write,
    mut tell: impl FnMut(String, Place),
) -> Result<()> {
    let mut scratch = Scratch::default();
    let mut line = Vec::new();
    for number in 1.. {
        if !read_line(&mut source, &mut line)? {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let verdict = match serde_json::from_slice(&line) {
            Ok(pair) => verdict(&pair, &mut scratch),
            Err(error) => {
                let problem = format!("expected {{\"pattern\":\"…\",\"event\":\"…\"}}: {error}");
                let column = error.column().max(1);
                let line = number;
                tell(problem.clone(), Place { line, column });
                Verdict::invalid(problem)
            }
        };
        serde_json::to_writer(&mut *out, &verdict)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn verdict(pair: &Pair, scratch: &mut Scratch) -> Verdict {
    let pattern = match Pattern::parse(&pair.pattern.0) {
        Ok(pattern) => pattern,
        Err(error) => return Verdict::invalid(error.to_string()),
    };
    let matched = pair
        .event
        .as_ref()
        .map(|event| pattern.matches_with(event.0.as_bytes(), scratch));
    match matched.transpose() {
        Ok(matched) => Verdict {
            valid: true,
            matched,
            error: None,
        },
        Err(error) => Verdict {
            valid: true,
            matched: None,
            error: Some(error.to_string()),
        },
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> std::result::Result<Text, E> {
        let mut text = String::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            // Half a character is spelled with three bytes, of which this is the first.
            if chunk.invalid() == [0xed] {
                text.push('?');
            }
        }
        Ok(Text(text))
    }
}
