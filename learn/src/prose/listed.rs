//! The description of a field comes in; the lists of values in it go out: all code of a sentence behind a label, code in
//! a row, or words in a row.

use super::flat::Flat;
use super::word::is_word;
use crate::kind_word;

/// A list of values in a description.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The values, each with its byte offset in the page.
    pub(super) values: Vec<(String, usize)>,
    /// Whether a label says that these are values. Otherwise samples have to prove it.
    pub(super) labelled: bool,
}

/// The values behind a label: all code of the sentence, or words in a row.
pub(super) fn after(text: &Flat<'_>, from: usize) -> Option<Listed> {
    let end = text.sentence_end(from);
    let codes = text.codes_in(from..end).iter();
    let values: Vec<(String, usize)> = codes
        .filter(|(_, code, _)| is_value(code))
        .map(|(_, code, at)| ((*code).to_owned(), *at))
        .collect();
    let values = match values.is_empty() {
        false => values,
        true => words_in_row(text, after_link(text, from)),
    };
    (!values.is_empty()).then_some(Listed {
        values,
        labelled: true,
    })
}

/// Where the list begins behind a label: behind a colon, or the word that links them.
fn after_link(text: &Flat<'_>, from: usize) -> usize {
    let end = text.sentence_end(from);
    let rest = &text.text[from..end];
    if let Some(colon) = rest.find([':', '：']) {
        let length = rest[colon..].chars().next().map_or(1, char::len_utf8);
        return from + colon + length;
    }
    const LINKS: [&str; 15] = [
        "are", "is", "include", "sind", "sont", "son", "são", "sono", "は", "是", "为", "為",
        "adalah", "has", "to be",
    ];
    let first = rest.len() - rest.trim_start().len();
    let link = LINKS.iter().filter_map(|link| {
        let within = rest.find(&format!(" {link} ")).map(|at| at + 1);
        let at = within.or_else(|| rest[first..].starts_with(link).then_some(first))?;
        Some(from + at + link.len())
    });
    link.min().unwrap_or(from)
}

/// Values that no label names: code in a row, or words in a row behind a colon or a bracket.
pub(super) fn unlabelled(text: &Flat<'_>) -> Vec<Listed> {
    let codes = codes_in_row(text).into_iter();
    let words = text
        .text
        .match_indices([':', '：', '(', '（'])
        .take(MAX_ROWS);
    let words = words.map(|(at, sign)| at + sign.len());
    let plain = |from: &usize| text.codes_in(*from..text.sentence_end(*from)).is_empty();
    let words = words.filter(plain).map(|from| words_in_row(text, from));
    let rows = codes.chain(words).filter(|values| values.len() > 1);
    rows.map(|values| Listed {
        values,
        labelled: false,
    })
    .collect()
}

/// How many rows of words are looked for in a paragraph.
const MAX_ROWS: usize = 8;

/// Code that only signs and words such as `or` part.
fn codes_in_row(text: &Flat<'_>) -> Vec<Vec<(String, usize)>> {
    let mut rows: Vec<Vec<(String, usize)>> = Vec::new();
    let mut end = 0;
    for (range, code, at) in &text.codes {
        let between = &text.text[end..range.start];
        let goes_on = end > 0 && joins(between);
        end = range.end;
        if !is_value(code) {
            end = 0;
            continue;
        }
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => row.push(((*code).to_owned(), *at)),
            None => rows.push(vec![((*code).to_owned(), *at)]),
        }
    }
    rows
}

/// Words in a row from a byte on, up to the end of the sentence or the bracket: each is a single word.
fn words_in_row(text: &Flat<'_>, from: usize) -> Vec<(String, usize)> {
    let end = text.sentence_end(from);
    let rest = &text.text[from..end];
    let rest = rest.split([')', '）']).next().unwrap_or(rest);
    if rest.len() > MAX_ROW {
        return Vec::new();
    }
    let base = text.text.as_ptr() as usize;
    let mut values = Vec::new();
    for part in rest.split(['|', ',', '、', '，', '/']) {
        for word in parted(part) {
            let word = word
                .trim()
                .trim_matches(['"', '\'', '“', '”', '「', '」', '\u{a0}']);
            let at = word.as_ptr() as usize - base;
            match is_value(word) {
                true => values.push((
                    word.to_owned(),
                    text.code_at(at).map_or(text.at, |(_, _, at)| *at),
                )),
                false if word.is_empty() => {}
                false => return Vec::new(),
            }
        }
    }
    values
}

/// The longest row of words, in bytes.
const MAX_ROW: usize = 4_000;

const CONJUNCTIONS: [&str; 22] = [
    "or",
    "and",
    "und",
    "oder",
    "y",
    "o",
    "u",
    "et",
    "ou",
    "e",
    "dan",
    "atau",
    "または",
    "及び",
    "および",
    "或",
    "或者",
    "和",
    "및",
    "또는",
    "и",
    "или",
];

/// What stands between the conjunctions of a part.
fn parted(part: &str) -> Vec<&str> {
    let mut words = vec![part];
    let trimmed = part.trim();
    let leading = CONJUNCTIONS
        .iter()
        .filter(|word| trimmed.starts_with(**word));
    let leading = leading.max_by_key(|word| word.len());
    if let Some(rest) = leading.and_then(|word| trimmed.strip_prefix(word))
        && (rest.starts_with(' ') || !rest.is_ascii())
    {
        words = vec![rest];
    }
    for conjunction in CONJUNCTIONS {
        let parted = words.iter().flat_map(|part| {
            part.split(&format!(" {conjunction} ")[..])
                .collect::<Vec<_>>()
        });
        words = parted.collect();
    }
    words
}

/// Whether a text only parts what is listed.
fn joins(between: &str) -> bool {
    let signs = |c: char| c.is_whitespace() || "|,、，/()（）\"'“”".contains(c);
    let words = between.split(signs).filter(|word| !word.is_empty());
    words.clone().count() <= 2
        && { words }.all(|word| CONJUNCTIONS.contains(&word))
        && !between.is_empty()
}

/// One word as a program writes a value, and no conjunction.
fn is_value(word: &str) -> bool {
    is_word(word)
        && !CONJUNCTIONS.contains(&word)
        && kind_word::read(word)
            .is_none_or(|kind| kind == "string" && word != "String" && word != "string")
}
