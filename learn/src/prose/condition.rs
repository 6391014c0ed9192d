//! The description of a field comes in; what it says of when the field is there goes out: the words for another field,
//! and the values of it. "Present when `state` is `opened` or `ajar`", in the languages that AWS translates its pages to.

use super::super::names::words;
use super::flat::Flat;
use super::word::is_word;
use std::ops::Range;

/// When a description says that its field is there, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldCondition {
    /// What decides: the name of a field, or words for it: `the state of the lid`.
    pub(super) subject: String,
    /// Its values, in the order of the page.
    pub(super) is: Vec<String>,
    /// Whether the page marks the values as such. What is not marked may be any words.
    pub(super) marked: bool,
}

/// Words that begin a condition by themselves.
const WHEN: [&str; 11] = [
    "wenn",
    "falls",
    "cuando",
    "si",
    "lorsque",
    "se",
    "quando",
    "jika",
    "ketika",
    "если",
    "когда",
];

/// The same where words stand together: before a space, or before code.
const WHEN_JOINED: [&str; 4] = ["当", "當", "如果", "若"];

/// Words that begin a condition of presence behind one of [`PRESENT`].
const WHEN_PRESENT: [&str; 2] = ["when", "if"];

const PRESENT: [&str; 20] = [
    "present",
    "only",
    "included",
    "returned",
    "provided",
    "available",
    "set",
    "sent",
    "given",
    "shown",
    "exists",
    "exist",
    "appears",
    "populated",
    "specified",
    "applicable",
    "applies",
    "contained",
    "there",
    "filled",
];

/// Words that end a condition, in languages that put it before them.
const CASE: [&str; 4] = ["場合", "とき", "경우", "때"];

/// What stands between a field and its value.
const IS: [&str; 16] = [
    "is", "=", "==", "equals", "equal", "to", "set", "ist", "est", "es", "é", "è", "are", "adalah",
    "это", "has",
];

/// What parts the values of which each will do.
const OR: [&str; 10] = [
    "or",
    "oder",
    "ou",
    "o",
    "u",
    "または",
    "或",
    "或者",
    "atau",
    "или",
];

/// What says the opposite when it stands before.
const NOT: [&str; 7] = ["not", "never", "nicht", "no", "ne", "pas", "absent"];

/// How many words before a word for "when" are looked at for one that says the opposite.
const NEAR: usize = 4;

/// The condition that a description tells, if it tells one.
pub(super) fn told(text: &Flat<'_>) -> Option<ToldCondition> {
    before_case(text).or_else(|| behind_when(text))
}

/// "`state` が `opened` または `ajar` の場合".
fn before_case(text: &Flat<'_>) -> Option<ToldCondition> {
    let at = CASE.iter().filter_map(|case| text.text.find(case)).min()?;
    let from = text.text[..at].rfind(['。', '.', '！']).unwrap_or(0);
    let [(_, subject, _), values @ ..] = text.codes_in(from..at) else {
        return None;
    };
    row(text, values, (*subject).to_owned())
}

/// "present when `state` is `opened` or `ajar`", "only if the state of the lid is `opened`", "(present when state is
/// opened)".
fn behind_when(text: &Flat<'_>) -> Option<ToldCondition> {
    let from = when(&text.text).or_else(|| when_joined(text))?;
    let end = text.sentence_end(from);
    let end = text.text[from..end]
        .find([')', '）'])
        .map_or(end, |length| from + length);
    match text.codes_in(from..end) {
        [] => in_words(&text.text[from..end]),
        [(first, subject, _), values @ ..] => {
            let before = text.text[from..first.start].trim();
            match values {
                [(second, ..), ..] if !is_said(before) => {
                    let near = text.text[first.end..second.start].split_whitespace();
                    (near.count() <= 3).then(|| row(text, values, (*subject).to_owned()))?
                }
                _ if is_said(before) => {
                    row(text, text.codes_in(first.start..end), subject_of(before))
                }
                _ => {
                    let (_, value) = parted(&text.text[first.end..end])?;
                    one_row(value, (*subject).to_owned())
                }
            }
        }
    }
}

/// Where a text goes on behind the first words that begin a condition of presence.
fn when(text: &str) -> Option<usize> {
    let mut before: Vec<&str> = Vec::new();
    for range in word_ranges(text) {
        let word = &text[range.clone()];
        let lower = word.to_lowercase();
        let near = &before[before.len().saturating_sub(NEAR)..];
        let says = |words: &[&str]| {
            near.iter()
                .any(|word| words.contains(&word.to_lowercase().as_str()))
        };
        let begins = WHEN.contains(&lower.as_str())
            || WHEN_PRESENT.contains(&lower.as_str()) && (says(&PRESENT) || before.is_empty());
        if begins {
            return (!says(&NOT)).then_some(range.end);
        }
        before.push(word);
    }
    None
}

fn when_joined(text: &Flat<'_>) -> Option<usize> {
    let found = WHEN_JOINED
        .iter()
        .flat_map(|when| text.text.match_indices(when));
    let ends = found.map(|(at, when)| at + when.len());
    let begins = |end: &usize| {
        text.text[*end..].starts_with(char::is_whitespace) || text.code_at(*end).is_some()
    };
    ends.filter(begins).min()
}

fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start = text.as_ptr() as usize;
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(move |word| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    })
}

/// Whether a text ends in what stands between a field and its value.
fn is_said(text: &str) -> bool {
    let last = text.split_whitespace().next_back();
    last.is_some_and(|word| IS.contains(&word.to_lowercase().as_str()))
}

/// The words before what stands between a field and its value.
fn subject_of(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words
        .last()
        .is_some_and(|word| IS.contains(&word.to_lowercase().as_str()))
    {
        words.pop();
    }
    words.join(" ")
}

/// Values that the page marks, which stand in a row.
fn row(
    text: &Flat<'_>,
    values: &[(Range<usize>, &str, usize)],
    subject: String,
) -> Option<ToldCondition> {
    let mut gaps = values
        .windows(2)
        .map(|pair| &text.text[pair[0].0.end..pair[1].0.start]);
    let joined = gaps.all(|gap| {
        let mut words = gap
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.all(|word| OR.contains(&word.to_lowercase().as_str()))
    });
    let is = values.iter().map(|(_, value, _)| (*value).to_owned());
    (joined && !values.is_empty()).then(|| ToldCondition {
        subject,
        is: is.collect(),
        marked: true,
    })
}

/// "state is opened or ajar": before and behind what stands between a field and its value.
fn parted(text: &str) -> Option<(String, &str)> {
    let start = text.as_ptr() as usize;
    let mut words = text
        .split_whitespace()
        .skip_while(|word| !IS.contains(word));
    let mut last = words.next()?;
    let first = last.as_ptr() as usize - start;
    for word in words {
        if !IS.contains(&word) {
            break;
        }
        last = word;
    }
    let behind = last.as_ptr() as usize - start + last.len();
    Some((text[..first].trim().to_owned(), &text[behind..]))
}

fn in_words(text: &str) -> Option<ToldCondition> {
    let (subject, values) = parted(text)?;
    (!subject.is_empty()).then(|| one_row(values, subject))?
}

/// Values that are words in a row: `opened, ajar or closed`.
fn one_row(text: &str, subject: String) -> Option<ToldCondition> {
    let parts = text.split_whitespace().flat_map(|word| {
        let alone = word.trim_end_matches([',', '、']);
        [alone, &word[alone.len()..]]
    });
    let mut is = Vec::new();
    let mut may_follow = true;
    for part in parts.filter(|part| !part.is_empty()) {
        match OR.contains(&part) || part.starts_with([',', '、']) {
            true => may_follow = true,
            false if may_follow && is_word(part) => {
                is.push(part.to_owned());
                may_follow = false;
            }
            false => return None,
        }
    }
    (!is.is_empty()).then_some(ToldCondition {
        subject,
        is,
        marked: false,
    })
}

/// Whether words say a key: all of its words stand among them, in order: `the human review loop status` says
/// `humanLoopStatus`. One word alone says too little.
pub(super) fn says_key(said: &str, key: &str) -> bool {
    let mut said = said
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    let key = words(key);
    key.len() > 1
        && key
            .iter()
            .all(|word| said.any(|said| said == word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::super::page::{Prose, Span};
    use super::*;

    fn read(marked: &str) -> Option<(String, Vec<String>)> {
        let parts = marked.split('`').enumerate();
        let spans = parts.map(|(index, part)| match index % 2 {
            0 => Span::Text(part.to_owned()),
            _ => Span::Code(part.to_owned(), 0),
        });
        let prose = Prose {
            spans: spans.collect(),
            ..Prose::default()
        };
        told(&Flat::new(&prose)).map(|told| (told.subject, told.is))
    }

    #[test]
    fn a_condition_is_read_however_it_is_put() {
        for text in [
            "What broke (present when lid is opened or ajar).",
            "Only when `lid` is `opened` or `ajar`.",
            "Returned only if the value of `lid` is `opened`, or `ajar`.",
            "Nur vorhanden, wenn `lid` `opened` oder `ajar` ist.",
            "Presente solo cuando `lid` es `opened` o `ajar`.",
            "Présent uniquement si `lid` est `opened` ou `ajar`.",
            "`lid` が `opened` または `ajar` の場合にのみ含まれます。",
            "仅当 `lid` 为 `opened` 或 `ajar` 时存在。",
            "Hanya ada jika `lid` adalah `opened` atau `ajar`.",
            "It is set if lid equals opened, or ajar.",
        ] {
            let told = (
                "lid".to_owned(),
                vec!["opened".to_owned(), "ajar".to_owned()],
            );
            assert_eq!(read(text), Some(told), "{text}");
        }
    }

    #[test]
    fn what_decides_may_stand_in_words() {
        let told = |subject: &str| Some((subject.to_owned(), vec!["opened".to_owned()]));
        assert_eq!(
            read("It is only returned when the state of the lid is `opened`."),
            told("the state of the lid")
        );
        assert_eq!(
            read("Present when the lid state is opened."),
            told("the lid state")
        );
        assert!(says_key("the kiln's upper lid state", "kilnLidState"));
        assert!(!says_key("the state of the lid", "lidState"));
        assert!(!says_key("the state", "state"));
    }

    #[test]
    fn other_sentences_are_no_conditions() {
        for text in [
            "The time when `lid` was changed from `opened` to `ajar` by somebody.",
            "Not present when `lid` is `opened`.",
            "Present when the kiln is warm enough to be used.",
            "When it cooled (epoch seconds).",
            "Whether the lid is opened.",
            "Present when `lid` is `opened` and `door` is `ajar`.",
            "Versi lama.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
