//! The description of a field comes in; what it says of the field goes out: the values that it may take, its kind,
//! whether it is required, and when it is there. Labels are known in the languages that AWS translates its pages to.

use super::flat::Flat;
use super::word::is_word;
use crate::kind_word;

/// What a description says of its field.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The kind of value, as [`kind_word::read`] gives it.
    pub(super) kind: Option<String>,
    /// Lists of values.
    pub(super) lists: Vec<Listed>,
    /// Whether a label says that it is required, or is not.
    pub(super) required: Option<bool>,
    /// The field and the value of it on which its presence depends, as they are written.
    pub(super) condition: Option<(String, String)>,
    /// Whether a label of values stands last, so that a list follows.
    pub(super) opens_list: bool,
}

/// A list of values in a description.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The values, each with its byte offset in the page.
    pub(super) values: Vec<(String, usize)>,
    /// Whether a label says that these are values. Otherwise samples have to prove it.
    pub(super) labelled: bool,
}

const VALUES: [&str; 49] = [
    "valid values",
    "valid value",
    "possible values",
    "allowed values",
    "allowed value",
    "accepted values",
    "permitted values",
    "supported values",
    "value is one of",
    "values are",
    "one of the following",
    "is one of",
    "either of",
    "one of",
    "gültige werte",
    "mögliche werte",
    "möglichen werte",
    "zulässige werte",
    "erlaubte werte",
    "valeurs valides",
    "valeurs possibles",
    "valeurs autorisées",
    "valeurs acceptées",
    "valores válidos",
    "valores posibles",
    "valores permitidos",
    "valores aceptados",
    "valores possíveis",
    "valori validi",
    "valori possibili",
    "valori consentiti",
    "有効な値",
    "指定できる値",
    "可能な値",
    "使用できる値",
    "有效值",
    "可能的值",
    "可能值",
    "允许的值",
    "允許的值",
    "유효한 값",
    "유효 값",
    "가능한 값",
    "허용되는 값",
    "nilai yang valid",
    "nilai yang mungkin",
    "nilai yang diizinkan",
    "nilai valid",
    "допустимые значения",
];

const KINDS: [&str; 15] = [
    "type",
    "data type",
    "typ",
    "datentyp",
    "tipo",
    "tipo de datos",
    "tipe",
    "タイプ",
    "型",
    "データ型",
    "类型",
    "類型",
    "유형",
    "형식",
    "тип",
];

const REQUIRED: [&str; 15] = [
    "required",
    "mandatory",
    "erforderlich",
    "obligatoire",
    "obligatorio",
    "requerido",
    "obrigatório",
    "obbligatorio",
    "必須",
    "必需",
    "必填",
    "필수",
    "wajib",
    "diperlukan",
    "обязательно",
];

/// Whether a word is a label, not a name.
pub(super) fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    let known = |labels: &[&str]| labels.contains(&lower.as_str());
    known(&KINDS) && word != lower || known(&REQUIRED) || known(&VALUES)
}

/// Whether a text is a yes or a no.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    let text = text.trim().trim_end_matches(['.', '。']).to_lowercase();
    const YES: [&str; 14] = [
        "yes", "true", "required", "ja", "oui", "sí", "si", "sim", "はい", "是", "예", "ya", "да",
        "✓",
    ];
    const NO: [&str; 13] = [
        "no",
        "false",
        "optional",
        "nein",
        "non",
        "não",
        "いいえ",
        "否",
        "아니요",
        "아니오",
        "tidak",
        "нет",
        "nee",
    ];
    match () {
        () if YES.contains(&text.as_str()) => Some(true),
        () if NO.contains(&text.as_str()) => Some(false),
        () => None,
    }
}

/// Whether the head of a column asks whether its fields are required.
pub(super) fn asks_for_required(text: &str) -> bool {
    let text = text.trim().trim_end_matches('?').to_lowercase();
    REQUIRED.contains(&text.as_str())
}

impl Said {
    /// Adds what a paragraph of the description says.
    pub(super) fn read(&mut self, text: &Flat<'_>) {
        let lower = text.text.to_ascii_lowercase();
        let kind = labelled(&lower, &KINDS)
            .and_then(|from| kind_word::read(&text.text[from..text.sentence_end(from)]));
        let first = || kind_word::read(&text.text[..text.sentence_end(0)]);
        let unit = kind_word::unit(&text.text.to_lowercase()).map(str::to_owned);
        let kind = kind.or_else(first);
        if let Some(kind) = unit.or(kind) {
            self.kind.get_or_insert(kind);
        }
        if let Some(from) = labelled(&lower, &REQUIRED) {
            let answer = yes_or_no(&text.text[from..text.sentence_end(from)]);
            self.required = self.required.or(answer);
        }
        self.condition = self.condition.take().or_else(|| condition(text));
        let label = after_label(&lower, &VALUES);
        self.opens_list = label
            .is_some_and(|from| text.text[from..].trim_end().ends_with([':', '：']))
            || label.is_some_and(|from| text.text[from..].trim().is_empty());
        match label {
            Some(from) => self.lists.extend(after(text, from)),
            None => self.lists.extend(unlabelled(text)),
        }
    }

    /// Whether a label says anything of a field: what a description of something else does not.
    pub(super) fn has_label(&self) -> bool {
        self.required.is_some() || self.lists.iter().any(|list| list.labelled)
    }
}

/// Where a text goes on behind a label with a colon, at its beginning or behind a sentence.
fn labelled(lower: &str, labels: &[&str]) -> Option<usize> {
    let found = labels.iter().flat_map(|label| {
        let places = lower.match_indices(label);
        places.map(|(at, label)| (at, at + label.len()))
    });
    let begins = |at: usize| {
        let before = lower[..at].trim_end();
        before.is_empty() || before.ends_with(['.', '。', ';', '(', '|'])
    };
    let colon = |end: usize| {
        let rest = lower[end..].trim_start();
        let behind = rest.strip_prefix([':', '：'])?;
        Some(lower.len() - behind.len())
    };
    found
        .filter(|(at, _)| begins(*at))
        .filter_map(|(at, end)| Some((at, colon(end)?)))
        .min()
        .map(|(_, end)| end)
}

/// Where a text goes on behind the first label, whatever stands around it.
fn after_label(lower: &str, labels: &[&str]) -> Option<usize> {
    let found = labels.iter().filter_map(|label| {
        let at = lower.find(label)?;
        Some((at, std::cmp::Reverse(at + label.len())))
    });
    found.min().map(|(_, end)| end.0)
}

/// The values behind a label: all code of the sentence, or words in a row.
fn after(text: &Flat<'_>, from: usize) -> Option<Listed> {
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
fn unlabelled(text: &Flat<'_>) -> Vec<Listed> {
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

/// "`state` が `opened` の場合": in languages that put it behind.
fn condition_before(text: &Flat<'_>) -> Option<(String, String)> {
    let behind = ["場合", "とき", "경우", "때"];
    let at = behind
        .iter()
        .filter_map(|when| text.text.find(when))
        .min()?;
    let before = &text.text[..at];
    let from = before.rfind(['。', '.', '！']).unwrap_or(0);
    match text.codes_in(from..at) {
        [(_, field, _), (_, value, _)] => Some(((*field).to_owned(), (*value).to_owned())),
        _ => None,
    }
}

/// "present when `state` is `opened`": the field and the value.
fn condition(text: &Flat<'_>) -> Option<(String, String)> {
    const WHEN: [&str; 15] = [
        "present when",
        "present only when",
        "only when",
        "included when",
        "present if",
        "only if",
        "included if",
        "returned when",
        "returned if",
        "nur wenn",
        "wenn",
        "cuando",
        "lorsque",
        "si ",
        "当",
    ];
    if let Some(condition) = condition_before(text) {
        return Some(condition);
    }
    let lower = text.text.to_ascii_lowercase();
    let at = WHEN
        .iter()
        .filter_map(|when| Some(lower.find(when)? + when.len()))
        .min()?;
    let end = text.sentence_end(at);
    if let [(when, field, _), (is, value, _), rest @ ..] = text.codes_in(at..end) {
        let near = text.text[when.end..is.start].split_whitespace().count() <= 3;
        return (near && rest.is_empty()).then(|| ((*field).to_owned(), (*value).to_owned()));
    }
    let said = text.text[at..end].split([')', '）', ',']).next()?;
    match said.split_whitespace().collect::<Vec<_>>()[..] {
        [field, "is" | "=" | "equals", value] if is_word(field) && is_word(value) => {
            Some((field.to_owned(), value.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::page::{Prose, Span};
    use super::*;

    fn said(marked: &str) -> Said {
        let spans = marked
            .split('`')
            .enumerate()
            .map(|(index, part)| match index % 2 {
                0 => Span::Text(part.to_owned()),
                _ => Span::Code(part.to_owned(), 0),
            });
        let prose = Prose {
            spans: spans.collect(),
            ..Prose::default()
        };
        let mut said = Said::default();
        said.read(&Flat::new(&prose));
        said
    }

    fn listed(marked: &str) -> Vec<(Vec<String>, bool)> {
        let lists = said(marked).lists.into_iter();
        lists
            .map(|list| {
                (
                    list.values.into_iter().map(|(value, _)| value).collect(),
                    list.labelled,
                )
            })
            .collect()
    }

    #[test]
    fn lists_are_read_in_every_rendering() {
        for text in [
            "Valid values: `RAKU` | `CELADON`",
            "The glaze. Valid values: RAKU, CELADON",
            "Possible values are `RAKU` and `CELADON`.",
            "Value is one of RAKU or CELADON.",
            "Gültige Werte: RAKU und CELADON",
            "釉薬。有効な値: `RAKU`、または `CELADON`",
            "Valores posibles: RAKU y CELADON.",
        ] {
            assert_eq!(
                listed(text),
                [(vec!["RAKU".to_owned(), "CELADON".to_owned()], true)],
                "{text}"
            );
        }
        for text in [
            "Scope of the event: Cluster, Group, or Instance.",
            "The scope (`Cluster`, `Group` or `Instance`).",
        ] {
            let scopes = ["Cluster", "Group", "Instance"].map(str::to_owned).to_vec();
            assert_eq!(listed(text), [(scopes, false)], "{text}");
        }
        for text in [
            "The kiln.",
            "Note: see the glaze, and the cone.",
            "`a` of the `b`.",
        ] {
            assert_eq!(listed(text), [], "{text}");
        }
    }

    #[test]
    fn kinds_and_conditions_are_read() {
        assert_eq!(
            said("The cone. Type: Integer").kind.as_deref(),
            Some("integer")
        );
        assert_eq!(
            said("When it cooled (epoch seconds).").kind.as_deref(),
            Some("integer-seconds")
        );
        assert_eq!(said("The type: a story").kind, None);
        assert_eq!(said("Required: No").required, Some(false));
        assert_eq!(said("必須: はい").required, Some(true));
        let condition = Some(("lid".to_owned(), "OPENED".to_owned()));
        assert_eq!(
            said("The cone (present when lid is OPENED).").condition,
            condition
        );
        assert_eq!(said("Only when `lid` is `OPENED`.").condition, condition);
    }
}
