//! A detail-type as a page spells it comes in; the names that it stands for go out.
//!
//! Pages mark what a reader is to replace (`{{…}}`, `*…*`, backticks, `<…>`), write a kind instead of a name
//! (`string`), or several names at once (`Lid opened|closed`). What is marked names no event: it only confirms one
//! that is named without a mark.

use super::marks::without_marks;
use std::collections::BTreeSet;

/// What a detail-type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WrittenType {
    /// These names.
    Names(Vec<String>),
    /// A name in marks.
    Marked(String),
    /// Any name.
    Placeholder,
}

/// A list of names has no more than this.
pub(super) const MAX_NAMES: usize = 64;

/// Reads a detail-type as a page spells it.
pub(super) fn read(text: &str) -> WrittenType {
    let text = text.trim();
    if let Some(inner) = without_marks(text) {
        return WrittenType::Marked(inner.to_owned());
    }
    let has_marks = ["`", "{{", "${", "*", "<"]
        .iter()
        .any(|mark| text.contains(mark));
    if has_marks || is_kind(text) {
        return WrittenType::Placeholder;
    }
    WrittenType::Names(alternatives(text))
}

/// Whether a word stands for any text.
fn is_kind(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "string",
        "text",
        "str",
        "detail-type",
        "detail type",
        "value",
        "...",
        ". . .",
        "…",
    ]
    .contains(&lower.as_str())
}

/// `Lid opened|closed` → `Lid opened`, `Lid closed`; `Lid opened | Lid closed` are two names.
fn alternatives(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    if parts.len() < 2 || parts.len() > MAX_NAMES || parts.iter().any(|part| part.is_empty()) {
        return vec![text.to_owned()];
    }
    let is_word = |part: &&str| !part.contains(' ');
    let before = parts[0].rsplit_once(' ').map(|(before, _)| before);
    let names: Vec<String> = match before.filter(|_| parts[1..].iter().all(is_word)) {
        Some(before) => std::iter::once(parts[0].to_owned())
            .chain(parts[1..].iter().map(|part| format!("{before} {part}")))
            .collect(),
        None => parts.iter().map(|part| (*part).to_owned()).collect(),
    };
    let mut known = BTreeSet::new();
    names
        .into_iter()
        .filter(|name| known.insert(name.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_kinds_and_alternatives_are_no_names() {
        for text in [
            "`Kiln Lit`",
            "{{Kiln Lit}}",
            "*Kiln Lit*",
            "**Kiln Lit**",
            "${Kiln Lit}",
            "<Kiln Lit>",
            "<replaceable>Kiln Lit</replaceable>",
            "*`Kiln Lit`*",
        ] {
            assert_eq!(
                read(text),
                WrittenType::Marked("Kiln Lit".to_owned()),
                "{text}"
            );
        }
        for text in [
            "string",
            "String",
            "Kiln Vent `status`",
            "Kiln {{status}}",
            "Kiln <state>",
            "…",
        ] {
            assert_eq!(read(text), WrittenType::Placeholder, "{text}");
        }
        let names = |names: &[&str]| {
            WrittenType::Names(names.iter().map(|name| (*name).to_owned()).collect())
        };
        assert_eq!(read("Kiln Lit"), names(&["Kiln Lit"]));
        assert_eq!(
            read("Kiln Lid opened|closed|jammed"),
            names(&["Kiln Lid opened", "Kiln Lid closed", "Kiln Lid jammed"])
        );
        assert_eq!(
            read("Kiln Lit | Kiln Cooled"),
            names(&["Kiln Lit", "Kiln Cooled"])
        );
    }
}
