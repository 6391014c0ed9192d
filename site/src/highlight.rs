//! Code comes in; its words go out, each with what it is to a reader: a comment, text, a number, a key or a word of the
//! language. It knows no grammar, and need not: whatever it takes for what, all characters go out as they came.

use serde::Serialize;

/// A piece of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Token {
    /// `c` a comment, `s` text, `n` a number or constant, `k` a key, `w` a word of the language; nothing for all else.
    class: &'static str,
    text: String,
}

impl Token {
    pub(crate) fn of(class: &'static str, text: impl Into<String>) -> Token {
        let text = text.into();
        Token { class, text }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Token {
        Token::of("", text)
    }
}

/// How a language looks.
pub(crate) struct Look {
    comment: &'static str,
    quotes: &'static str,
    /// Words of the language, with spaces between.
    words: &'static str,
    /// Whether what stands before a colon is a key.
    keys: bool,
}

pub(crate) const JSON: Look = Look {
    comment: "\u{0}",
    quotes: "\"",
    words: "",
    keys: true,
};

pub(crate) const YAML: Look = Look {
    comment: "#",
    quotes: "\"'",
    words: "",
    keys: true,
};

pub(crate) const TERRAFORM: Look = Look {
    comment: "#",
    quotes: "\"",
    words: "resource data variable output provider terraform locals module for in",
    keys: false,
};

pub(crate) const RUST: Look = Look {
    comment: "//",
    quotes: "\"",
    words: "use fn let match pub mod impl for in if else return struct enum mut ref self",
    keys: false,
};

pub(crate) const TYPESCRIPT: Look = Look {
    comment: "//",
    quotes: "\"'`",
    words: "import export from function return if else const let new class extends constructor super this async await \
            switch case default break type",
    keys: false,
};

pub(crate) const PYTHON: Look = Look {
    comment: "#",
    quotes: "\"'",
    words: "from import def return if else elif class self for in not and or is pass with as lambda",
    keys: false,
};

/// Constants of one language or another.
const CONSTANTS: [&str; 6] = ["true", "false", "null", "None", "True", "False"];

/// The words of a text.
pub(crate) fn tokens(text: &str, look: &Look) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let (class, length) = next(rest, first, before, look);
        let (token, after) = rest.split_at(length);
        before = token.chars().next_back().unwrap_or(' ');
        match tokens.last_mut() {
            Some(last) if last.class == class => last.text.push_str(token),
            _ => tokens.push(Token::of(class, token)),
        }
        rest = after;
    }
    tokens
}

/// What the next piece is, and how many bytes of the rest it takes.
fn next(rest: &str, first: char, before: char, look: &Look) -> (&'static str, usize) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if rest.starts_with(look.comment) {
        return ("c", rest.find('\n').unwrap_or(rest.len()));
    }
    if look.quotes.contains(first) && !is_word(before) {
        return match quoted(rest, first) {
            Some(length) => (key_or(rest, length, look, "s"), length),
            None => ("", first.len_utf8()),
        };
    }
    if is_word(first) {
        // Names with hyphens are keys where there are keys.
        let is_inside = |c: char| is_word(c) || (look.keys && c == '-');
        let length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or(rest);
        let class = match word {
            _ if CONSTANTS.contains(&word) => "n",
            _ if first.is_ascii_digit() && !is_word(before) => "n",
            _ if look.words.split_whitespace().any(|known| known == word) => "w",
            _ => "",
        };
        return (key_or(rest, length, look, class), length);
    }
    ("", first.len_utf8())
}

/// A key, if a colon follows and keys look so.
fn key_or(rest: &str, length: usize, look: &Look, class: &'static str) -> &'static str {
    let follows = rest
        .get(length..)
        .is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(":\n"));
    if look.keys && follows { "k" } else { class }
}

/// The length of text in quotes, if it ends on its line.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => break,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, look: &Look) -> String {
        let tokens = tokens(text, look);
        let all: String = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(all, text);
        let words = tokens.iter().filter(|token| !token.class.is_empty());
        let words: Vec<_> = words
            .map(|it| format!("{}:{}", it.class, it.text))
            .collect();
        words.join(" ")
    }

    #[test]
    fn words_are_told_apart() {
        let json = shown("{\n  \"a\": \"b: \\\"\", \"c\": [1, null]\n}", &JSON);
        assert_eq!(json, "k:\"a\" s:\"b: \\\"\" k:\"c\" n:1 n:null");
        let yaml = shown("Detail-Type: it's # no\n  - 3\n", &YAML);
        assert_eq!(yaml, "k:Detail-Type c:# no n:3");
        let rust = shown("use a2::b; // \"c\"\nlet d = \"e", &RUST);
        assert_eq!(rust, "w:use c:// \"c\" w:let");
    }
}
