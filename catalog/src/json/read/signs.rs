//! A character or a word comes in; whether it quotes, parts or joins values goes out.

/// Every sign that pages put around strings.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '＂'
    )
}

/// Signs that stand where a comma is meant.
pub(super) fn is_foreign_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '､' | ';' | '；')
}

/// The length of `or` and `and/or` at the start of a text.
pub(super) fn or_length(text: &str) -> Option<usize> {
    let word = ["or", "and/or"].into_iter().find(|word| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    let apart = text[word.len()..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '_');
    apart.then_some(word.len())
}
