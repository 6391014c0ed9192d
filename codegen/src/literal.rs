//! Text comes in, a string literal as TypeScript and Python both read it, in the quotes that their
//! formatters prefer, goes out.

/// Double quotes, unless single ones save escapes.
pub(super) fn quoted(text: &str) -> String {
    let doubles = text.matches('"').count();
    let singles = text.matches('\'').count();
    let quote = if doubles > singles { '\'' } else { '"' };
    let body: String = text.chars().map(|c| escaped(c, quote)).collect();
    format!("{quote}{body}{quote}")
}

fn escaped(c: char, quote: char) -> String {
    match c {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if c == quote => format!("\\{c}"),
        _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
            format!("\\u{:04x}", u32::from(c))
        }
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_are_chosen_and_the_rest_escaped() {
        assert_eq!(quoted("a b"), "\"a b\"");
        assert_eq!(quoted("say \"x\""), "'say \"x\"'");
        assert_eq!(quoted("it's \"x"), "\"it's \\\"x\"");
        assert_eq!(
            quoted("\\ \n \u{1} \u{2028} ü"),
            "\"\\\\ \\n \\u0001 \\u2028 ü\""
        );
    }
}
