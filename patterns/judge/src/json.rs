//! Generated values come in as trees; their text goes out, spelled in one of the many ways JSON allows.

use fastrand::Rng;
use std::fmt::Write;

/// A value that remembers duplicates and how its numbers are spelled.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    /// A number, `true`, `null`, or something that is no JSON at all.
    Token(String),
    /// A string, not yet escaped.
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    pub(crate) fn token(token: impl Into<String>) -> Json {
        Json::Token(token.into())
    }

    /// An object of one member.
    pub(crate) fn member(key: &str, value: Json) -> Json {
        Json::Object(vec![(key.to_owned(), value)])
    }

    pub(crate) fn spelled(&self, rng: &mut Rng) -> String {
        let mut text = String::new();
        let loose = rng.u8(..10) == 0;
        Spelling { rng, loose }.value(self, &mut text);
        text
    }
}

struct Spelling<'r> {
    rng: &'r mut Rng,
    /// Whether white space and needless escapes are strewn in.
    loose: bool,
}

impl Spelling<'_> {
    fn value(&mut self, value: &Json, text: &mut String) {
        self.space(text);
        match value {
            Json::Token(token) => text.push_str(token),
            Json::Text(string) => self.string(string, text),
            Json::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    self.value(item, text);
                }
                text.push(']');
            }
            Json::Object(members) => self.object(members, text),
        }
        self.space(text);
    }

    fn object(&mut self, members: &[(String, Json)], text: &mut String) {
        text.push('{');
        for (index, (key, value)) in members.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            self.space(text);
            self.string(key, text);
            self.space(text);
            text.push(':');
            self.value(value, text);
        }
        text.push('}');
    }

    fn space(&mut self, text: &mut String) {
        if self.loose && self.rng.u8(..4) == 0 {
            text.push_str([" ", "\n", "\t", "\r\n", "  "][self.rng.usize(..5)]);
        }
    }

    fn string(&mut self, string: &str, text: &mut String) {
        text.push('"');
        for character in string.chars() {
            self.character(character, text);
        }
        text.push('"');
    }

    fn character(&mut self, character: char, text: &mut String) {
        let needless = self.rng.u8(..if self.loose { 3 } else { 250 }) == 0;
        match character {
            '"' | '\\' if !needless => {
                text.push('\\');
                text.push(character);
            }
            '/' if needless => text.push_str("\\/"),
            '\n' if !needless => text.push_str("\\n"),
            '\t' if !needless => text.push_str("\\t"),
            _ if needless || character < ' ' => self.escape(character, text),
            _ => text.push(character),
        }
    }

    fn escape(&mut self, character: char, text: &mut String) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = if self.rng.bool() {
                write!(text, "\\u{unit:04x}")
            } else {
                write!(text, "\\u{unit:04X}")
            };
        }
    }
}
