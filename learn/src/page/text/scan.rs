//! Text of a sample that is often not JSON comes in; its brackets and quoted strings go out. What
//! is malformed is stepped over here: this only finds out how far a sample reaches and what words
//! it knows.

/// What a scan finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open(char),
    Close,
    /// A string without its quotes, and what follows it on the line.
    Quoted(&'t str, &'t str),
    /// A string that its line does not close.
    Unclosed,
}

/// Reads tokens off one line at a time.
pub(super) fn tokens(line: &str) -> Tokens<'_> {
    Tokens {
        rest: line,
        before: None,
        significant: None,
    }
}

pub(super) struct Tokens<'t> {
    rest: &'t str,
    /// The character before `rest`, and the last one that is not a space.
    before: Option<char>,
    significant: Option<char>,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        while let Some(character) = self.rest.chars().next() {
            let opens = self.opens_string(character);
            self.step(character);
            match character {
                _ if opens => return Some(self.string(character)),
                '{' | '[' => return Some(Token::Open(character)),
                '}' | ']' => return Some(Token::Close),
                _ => {}
            }
        }
        None
    }
}

impl<'t> Tokens<'t> {
    fn step(&mut self, character: char) {
        self.rest = &self.rest[character.len_utf8()..];
        self.before = Some(character);
        if !character.is_whitespace() {
            self.significant = Some(character);
        }
    }

    /// A quote after a letter closes a string whose opening quote is missing; a single quote
    /// within words is an apostrophe.
    fn opens_string(&self, character: char) -> bool {
        match character {
            '\'' | '‘' | '’' => self
                .significant
                .is_none_or(|before| "{[(,:".contains(before)),
            _ => is_quote(character) && !self.before.is_some_and(char::is_alphanumeric),
        }
    }

    fn string(&mut self, quote: char) -> Token<'t> {
        let text = self.rest;
        let mut escaped = false;
        while let Some(character) = self.rest.chars().next() {
            let at = text.len() - self.rest.len();
            self.step(character);
            if !escaped && closes(quote, character) {
                return Token::Quoted(&text[..at], self.rest);
            }
            escaped = !escaped && character == '\\';
        }
        Token::Unclosed
    }
}

/// Whether a character may open a string.
pub(super) fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '«' | '»' | '＂' | '「'
    )
}

fn closes(open: char, character: char) -> bool {
    match open {
        '"' | '\'' | '＂' => character == open,
        '‘' | '’' => matches!(character, '‘' | '’'),
        '«' | '»' => matches!(character, '«' | '»'),
        '「' => character == '」',
        _ => matches!(character, '“' | '”' | '„' | '‟' | '"'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(line: &str) -> Vec<&str> {
        let quoted = tokens(line).filter_map(|token| match token {
            Token::Quoted(text, _) => Some(text),
            _ => None,
        });
        quoted.collect()
    }

    #[test]
    fn strings_of_every_quote_are_found() {
        assert_eq!(
            strings(r#"{ "a\"b": 'c', “d”: "e" }"#),
            ["a\\\"b", "c", "d", "e"]
        );
        assert_eq!(strings("[ 'x' # don't\n 'y' ]"), ["x"]);
        assert_eq!(strings(r#"{ source": "x" }"#), ["x"]);
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        let found: Vec<_> = tokens("{ \"{[\": [\"").collect();
        assert!(matches!(
            found[..],
            [
                Token::Open('{'),
                Token::Quoted("{[", _),
                Token::Open('['),
                Token::Unclosed
            ]
        ));
    }
}
