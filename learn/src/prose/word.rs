//! A word of inline code comes in; how it is written, and so what it may be, goes out.

use super::super::instant::names_a_time;
use super::super::names::words;

/// One word in any script, as translated lists hold them.
pub(super) fn is_bare_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 60
        && !text.contains(char::is_whitespace)
        && !text.contains("://")
}

/// One word as a program would write a value.
pub(super) fn is_word(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 100
        && text.chars().all(inner)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Upper,
    Lower,
}

pub(super) fn style(word: &str) -> Style {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        Style::Upper
    } else {
        Style::Lower
    }
}

/// Two words at least, written as one: `failureReason`.
pub(super) fn is_compound(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

const VERBS: [&str; 34] = [
    "add",
    "associate",
    "attach",
    "batch",
    "cancel",
    "copy",
    "create",
    "delete",
    "deregister",
    "describe",
    "detach",
    "disable",
    "disassociate",
    "enable",
    "export",
    "get",
    "import",
    "invoke",
    "list",
    "modify",
    "publish",
    "put",
    "query",
    "register",
    "remove",
    "reset",
    "restore",
    "send",
    "submit",
    "tag",
    "terminate",
    "untag",
    "update",
    "upload",
];
const NOUNS_TOO: [&str; 6] = ["request", "restart", "run", "set", "start", "stop"];

/// Whether a name is one of an API operation: a verb and what it is done to. Fields may begin with
/// some of them, but then one word follows: `stopCode`.
pub(super) fn is_operation(word: &str) -> bool {
    let humps = words(word);
    let first = humps.first().map(|hump| hump.to_ascii_lowercase());
    let begins = |verbs: &[&str]| first.as_deref().is_some_and(|first| verbs.contains(&first));
    let verb = begins(&VERBS) || begins(&NOUNS_TOO) && humps.len() > 2;
    verb && !names_a_time(word)
}

/// `Reason` of `FailureReason`.
pub(super) fn last_hump(word: &str) -> Option<&str> {
    let start = word.rfind(|c: char| c.is_ascii_uppercase())?;
    (start + 1 < word.len()).then(|| &word[start..])
}
