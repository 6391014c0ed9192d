//! Running text comes in; a sentence or a few on one line go out, with inline code between backticks, as
//! descriptions are.

use crate::page::{Prose, Span};
use eventbridge_catalog::text::is_unseen;

/// Longer text is cut, at the end of a sentence if there is one.
const MAX_TEXT: usize = 300;

/// What separates a term from what is said of it.
const SEPARATORS: &[char] = &[':', '：', '-', '–', '—', '=', ' '];

/// The text of these spans, if it says anything.
pub(super) fn of_spans(spans: &[Span]) -> Option<String> {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Text(words) => text.push_str(&words.replace('`', "'")),
            Span::Code(code, _) => {
                text.extend(["`", &code.replace('`', "'"), "`"]);
            }
        }
    }
    shortened(text.trim_start_matches(SEPARATORS))
}

/// The text of a paragraph.
pub(super) fn of_prose(prose: &Prose) -> Option<String> {
    of_spans(&prose.spans)
}

fn shortened(text: &str) -> Option<String> {
    let seen: String = text
        .chars()
        .map(|c| if is_unseen(c) { ' ' } else { c })
        .collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.contains(char::is_alphanumeric) {
        return None;
    }
    let Some((end, _)) = line.char_indices().nth(MAX_TEXT) else {
        return Some(line);
    };
    let start = &line[..end];
    let sentences = [". ", "! ", "? ", "。", "！", "？"];
    let ends = sentences
        .iter()
        .filter_map(|mark| Some(start.rfind(mark)? + mark.trim_end().len()));
    match ends.filter(|end| balanced(&start[..*end])).max() {
        Some(end) => Some(start[..end].to_owned()),
        None => Some(cut(start)),
    }
}

/// The text up to its last word, and not within code.
fn cut(start: &str) -> String {
    let mut end = start.rfind(' ').unwrap_or(start.len());
    if !balanced(&start[..end]) {
        end = start[..end].rfind('`').unwrap_or(end);
    }
    format!("{}…", start[..end].trim_end())
}

fn balanced(text: &str) -> bool {
    text.matches('`').count().is_multiple_of(2)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        of_spans(&[Span::Text(text.to_owned())])
    }

    #[test]
    fn text_is_one_line_that_shows_what_it_is() {
        assert_eq!(
            text(" – How hot\n it is,\u{202e} in `degrees`. ").unwrap(),
            "How hot it is, in 'degrees'."
        );
        assert_eq!(text(" -- : "), None);
        let spans = [Span::Code("a`b".into(), 0), Span::Text(" is lit".into())];
        assert_eq!(of_spans(&spans).unwrap(), "`a'b` is lit");
    }

    #[test]
    fn long_text_ends_with_a_sentence_or_a_word() {
        let long = format!("The kiln is lit. {}", "and so on ".repeat(60));
        assert_eq!(text(&long).unwrap(), "The kiln is lit.");
        let endless = "so on and ".repeat(60);
        let cut = text(&endless).unwrap();
        assert!(
            cut.ends_with("…") && cut.chars().count() <= MAX_TEXT,
            "{cut}"
        );
        let code = [Span::Text("is ".into()), Span::Code("x ".repeat(400), 0)];
        assert_eq!(of_spans(&code).unwrap(), "is…");
    }
}
