//! The description of a field comes in; what it says of the field goes out: the values that it may take, its kind,
//! whether it is required, and when it is there. Labels are known in the languages that AWS translates its pages to.

use super::condition::{self, ToldCondition};
use super::flat::Flat;
use super::label_words::{KINDS, REQUIRED, VALUES, yes_or_no};
use super::listed::{Listed, after, unlabelled};
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
    /// On what its presence depends.
    pub(super) condition: Option<ToldCondition>,
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
        self.condition = self.condition.take().or_else(|| condition::told(text));
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
    fn kinds_and_requirements_are_read() {
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
    }
}
