//! Text comes in, a string literal of TypeScript or of Python, in the quotes that their formatters prefer, or
//! of TOML, goes out.

use eventbridge_catalog::{json, text};

/// Double quotes, unless single ones save escapes.
pub(super) fn typescript(text: &str) -> String {
    quoted(text, text::json_escape)
}

/// As [`typescript`]; beyond the first plane of Unicode, the two escape otherwise.
pub(super) fn python(text: &str) -> String {
    quoted(text, |c| match u32::from(c) {
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    })
}

/// A string of TOML; what is not seen stands as it is shown.
pub(super) fn toml(text: &str) -> String {
    json::quote(&text::visible(text))
}

fn quoted(text: &str, unseen: fn(char) -> String) -> String {
    let doubles = text.matches('"').count();
    let singles = text.matches('\'').count();
    let quote = if doubles > singles { '\'' } else { '"' };
    let body: String = text.chars().map(|c| escaped(c, quote, unseen)).collect();
    format!("{quote}{body}{quote}")
}

fn escaped(c: char, quote: char, unseen: fn(char) -> String) -> String {
    match c {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if c == quote => format!("\\{c}"),
        _ if text::is_unseen(c) => unseen(c),
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{python, typescript};

    #[test]
    fn quotes_are_chosen_and_the_rest_escaped() {
        for quoted in [python, typescript] {
            assert_eq!(quoted("a b"), "\"a b\"");
            assert_eq!(quoted("say \"x\""), "'say \"x\"'");
            assert_eq!(quoted("it's \"x"), "\"it's \\\"x\"");
            assert_eq!(
                quoted("\\ \n \u{1} \u{2028}\u{200b} ü"),
                "\"\\\\ \\n \\u0001 \\u2028\\u200b ü\""
            );
        }
        assert_eq!(typescript("\u{e0041}"), "\"\\udb40\\udc41\"");
        assert_eq!(python("\u{e0041}"), "\"\\U000e0041\"");
    }
}
