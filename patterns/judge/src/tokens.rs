//! A JSON text, sound or not, comes in; its tokens go out, so that text can be changed where it makes sense.

/// Strings with their quotes, punctuation, runs of white space, and whatever else stands together.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '}' | '[' | ']' | ':' | ',' => 1,
            _ => rest
                .find(|next: char| "\"{}[]:,".contains(next) || is_space(next) != is_space(first))
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

pub(crate) fn is_space(character: char) -> bool {
    " \n\r\t".contains(character)
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// What a string token means.
pub(crate) fn decoded(token: &str) -> Option<String> {
    serde_json::from_str(token).ok()
}

/// For each opening bracket the place of its closing one.
pub(crate) fn brackets(tokens: &[&str]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "{" | "[" => open.push(at),
            "}" | "]" => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_the_text() {
        for text in [r#"{"a\"b": [1,-2.5e3 ,null]}"#, "\"open", "{,é x\"\\", ""] {
            assert_eq!(tokens(text).concat(), text);
        }
        assert_eq!(
            tokens(r#"{"a\\":[1 , tru"#),
            ["{", r#""a\\""#, ":", "[", "1", " ", ",", " ", "tru"]
        );
    }

    #[test]
    fn brackets_pair_up() {
        assert_eq!(brackets(&tokens("{[1]}")), [(1, 3), (0, 4)]);
        assert_eq!(brackets(&tokens("]{")), []);
    }
}
