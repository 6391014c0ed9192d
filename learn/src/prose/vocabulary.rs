//! The samples of a page come in; what they call things goes out: fields, values, and how keys end.

use super::super::sample::{Kind, Sample, walk};
use super::word::{is_word, last_hump};
use crate::json::{Node, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What the samples of a page call things.
pub(super) struct Words {
    /// Of each detail-type, the paths of `detail` and the strings seen there.
    pub(super) types: BTreeMap<String, BTreeMap<String, Seen>>,
    /// Every string value that is one word.
    pub(super) values: BTreeSet<String>,
    /// The last word of every key: `Reason` of `FailureReason`.
    pub(super) endings: BTreeSet<String>,
}

/// What stands at a path in the samples of a page.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) strings: BTreeSet<String>,
    pub(super) is_object: bool,
}

impl Words {
    pub(super) fn of(samples: &[Sample<'_>]) -> Words {
        let mut words = Words {
            types: BTreeMap::new(),
            values: BTreeSet::new(),
            endings: BTreeSet::new(),
        };
        for sample in samples.iter().filter(|sample| sample.kind == Kind::Event) {
            let paths = words
                .types
                .entry(sample.detail_types[0].clone())
                .or_default();
            let Some(detail) = sample.node.get("detail") else {
                continue;
            };
            walk(detail, "", &mut |path, member| {
                words
                    .endings
                    .extend(last_hump(&member.key).map(str::to_owned));
                note_values(path, &member.node, paths, &mut words.values);
            });
        }
        words
    }

    pub(super) fn paths(&self, detail_type: &str) -> &BTreeMap<String, Seen> {
        static NONE: BTreeMap<String, Seen> = BTreeMap::new();
        self.types.get(detail_type).unwrap_or(&NONE)
    }

    pub(super) fn paths_of_key<'w>(
        &'w self,
        detail_type: &str,
        key: &'w str,
    ) -> impl Iterator<Item = (&'w String, &'w Seen)> {
        let is_key = move |path: &str| {
            path == key
                || path
                    .strip_suffix(key)
                    .is_some_and(|rest| rest.ends_with('.'))
        };
        self.paths(detail_type)
            .iter()
            .filter(move |(path, _)| is_key(path.trim_end_matches("[]")))
    }

    pub(super) fn is_field(&self, detail_type: &str, word: &str) -> bool {
        self.paths_of_key(detail_type, word).next().is_some()
    }
}

fn note_values(
    path: &str,
    node: &Node,
    paths: &mut BTreeMap<String, Seen>,
    values: &mut BTreeSet<String>,
) {
    let seen = paths.entry(path.to_owned()).or_default();
    match &node.value {
        Value::String(text) => {
            seen.strings.insert(text.clone());
            if is_word(text) {
                values.insert(text.clone());
            }
        }
        Value::Object(_) => seen.is_object = true,
        Value::Array(items) => {
            let path = format!("{path}[]");
            items
                .iter()
                .for_each(|item| note_values(&path, item, paths, values));
        }
        _ => {}
    }
}
