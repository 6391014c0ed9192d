//! The description of a field comes in; what it says of the field goes out: the values that it may take, its kind,
//! whether it is required, and when it is there. Labels are known in the languages that AWS translates its pages to.

use super::flat::Flat;
use super::label_words::{KINDS, REQUIRED, VALUES, yes_or_no};
use super::listed::{Listed, after, unlabelled};
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
