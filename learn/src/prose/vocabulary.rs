//! The samples of a page come in; what they call things goes out: fields, values, and how keys end.

use super::super::sample::{Sample, SampleKind, walk};
use super::word::{Style, is_compound, is_word, last_hump, style};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, BTreeSet};

/// What the samples of a page call things.
pub(super) struct Words {
    /// Of each detail-type, what its samples have below `detail`.
    types: BTreeMap<String, Paths>,
    /// Every string value that is one word.
    pub(super) values: BTreeSet<String>,
    /// The last word of every key: `Reason` of `FailureReason`.
    pub(super) endings: BTreeSet<String>,
    /// The keys under which objects stand, or lists of them.
    pub(super) objects: BTreeSet<String>,
    /// All keys.
    keys: BTreeSet<String>,
}

/// The paths below `detail` in the samples of an event, found by how they begin, how they end, and what is shown
/// there.
#[derive(Default)]
pub(super) struct Paths {
    /// Each path with what was seen there, in order.
    seen: Vec<(String, Seen)>,
    /// Paths, as their places in `seen`, by their text from its end, without marks of lists there: those that end
    /// in the same key stand together.
    by_end: BTreeMap<String, Vec<usize>>,
    /// The paths that show a text, in order.
    by_text: BTreeMap<String, Vec<usize>>,
    /// Paths by the last word of their key, in lower case.
    by_last_word: BTreeMap<String, Vec<usize>>,
    /// How the keys at the top are written.
    pub(super) style: Option<Style>,
}

/// What stands at a path in the samples of a page.
#[derive(Default)]
pub(super) struct Seen {
    /// The first [`MAX_TEXTS`] different ones.
    pub(super) strings: BTreeSet<String>,
    pub(super) is_object: bool,
}

/// How many texts of a path are looked at: prose lists fewer values.
const MAX_TEXTS: usize = 200;

/// A word that names more places than this names none of them: what is said of it is said of no field.
const MAX_PLACES: usize = 16;

/// How many paths with the same last word are looked at.
const MAX_SAME_WORD: usize = 64;

impl Words {
    pub(super) fn of(samples: &[Sample<'_>]) -> Words {
        let mut words = Words {
            types: BTreeMap::new(),
            values: BTreeSet::new(),
            endings: BTreeSet::new(),
            objects: BTreeSet::new(),
            keys: BTreeSet::new(),
        };
        let mut seen: BTreeMap<&str, BTreeMap<String, Seen>> = BTreeMap::new();
        for sample in samples
            .iter()
            .filter(|sample| sample.kind == SampleKind::Event)
        {
            let paths = seen.entry(&sample.detail_types[0]).or_default();
            let Some(detail) = sample.node.get("detail") else {
                continue;
            };
            walk(detail, "", &mut |path, member| {
                words
                    .endings
                    .extend(last_hump(&member.key).map(str::to_owned));
                if !words.keys.contains(&member.key) {
                    words.keys.insert(member.key.clone());
                }
                if holds_objects(&member.node) {
                    words.objects.insert(member.key.clone());
                }
                note_values(path, &member.node, paths, &mut words.values);
            });
        }
        let types = seen.into_iter();
        words.types = types
            .map(|(detail_type, seen)| (detail_type.to_owned(), Paths::of(seen)))
            .collect();
        words
    }

    pub(super) fn paths(&self, detail_type: &str) -> &Paths {
        static NONE: Paths = Paths {
            seen: Vec::new(),
            by_end: BTreeMap::new(),
            by_text: BTreeMap::new(),
            by_last_word: BTreeMap::new(),
            style: None,
        };
        self.types.get(detail_type).unwrap_or(&NONE)
    }

    /// The paths that end in a key, in order; none where they are too many to tell which is meant.
    pub(super) fn paths_of_key(&self, detail_type: &str, key: &str) -> Vec<(&str, &Seen)> {
        let paths = self.paths(detail_type);
        let mut found: Vec<usize> = paths.ending_in(key).take(MAX_PLACES + 1).collect();
        if found.len() > MAX_PLACES {
            return Vec::new();
        }
        found.sort_unstable();
        let seen = found.into_iter().map(|at| &paths.seen[at]);
        seen.map(|(path, seen)| (path.as_str(), seen)).collect()
    }

    /// Whether any event has a field of this name.
    pub(super) fn is_field_somewhere(&self, word: &str) -> bool {
        self.keys.contains(word)
    }

    pub(super) fn is_field(&self, detail_type: &str, word: &str) -> bool {
        self.paths(detail_type).ending_in(word).next().is_some()
    }
}

impl Paths {
    fn of(seen: BTreeMap<String, Seen>) -> Paths {
        let mut paths = Paths {
            style: key_style(seen.keys()),
            seen: seen.into_iter().collect(),
            ..Paths::default()
        };
        for (at, (path, seen)) in paths.seen.iter().enumerate() {
            let end = reversed(path.trim_end_matches("[]"));
            paths.by_end.entry(end).or_default().push(at);
            if let Some(word) = last_hump(&path::last_key(path)) {
                let same = paths.by_last_word.entry(word.to_lowercase());
                same.or_default().push(at);
            }
            for text in &seen.strings {
                paths.by_text.entry(text.clone()).or_default().push(at);
            }
        }
        paths
    }

    /// What was seen at a path.
    pub(super) fn get(&self, path: &str) -> Option<&Seen> {
        let found = self.seen.binary_search_by(|(known, _)| (**known).cmp(path));
        Some(&self.seen[found.ok()?].1)
    }

    /// The first paths whose key ends in a word, as `lidState` does in `state`, and what was seen there.
    pub(super) fn with_last_word(&self, word: &str) -> impl Iterator<Item = (&str, &Seen)> {
        let found = self.by_last_word.get(&word.to_lowercase()).into_iter();
        let found = found
            .flatten()
            .take(MAX_SAME_WORD)
            .map(|&at| &self.seen[at]);
        found.map(|(path, seen)| (path.as_str(), seen))
    }

    /// The paths that are a key, or end in it behind others.
    fn ending_in(&self, key: &str) -> impl Iterator<Item = usize> {
        let whole = reversed(key);
        let behind = reversed(&path::below(key));
        let others = self.by_end.range(behind.clone()..);
        let others = others.take_while(move |(end, _)| end.starts_with(&behind));
        let whole = self.by_end.get(&whole).into_iter().flatten();
        whole.chain(others.flat_map(|(_, paths)| paths)).copied()
    }

    /// The paths that show one of some texts.
    pub(super) fn that_show<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
    ) -> impl Iterator<Item = &str> {
        let shown = texts.filter_map(|text| self.by_text.get(text));
        shown.flatten().map(|&at| self.seen[at].0.as_str())
    }

    /// The first path inside the object at a path that shows one of some texts.
    pub(super) fn part_that_shows<'t>(
        &self,
        object: &str,
        texts: impl Iterator<Item = &'t str>,
    ) -> Option<&str> {
        let starts = ['.', '['].map(|step| {
            let prefix = format!("{object}{step}");
            self.seen.partition_point(|(path, _)| *path < prefix)
        });
        let shown = texts.flat_map(|text| {
            let paths = self.by_text.get(text).map_or(&[][..], Vec::as_slice);
            starts.map(|start| paths.get(paths.partition_point(|&at| at < start)).copied())
        });
        let below = |at: &usize| path::is_below(&self.seen[*at].0, object);
        let first = shown.flatten().filter(below).min()?;
        Some(&self.seen[first].0)
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// How an event writes its keys, when it writes all of them alike and some are compound.
fn key_style<'p>(paths: impl Iterator<Item = &'p String>) -> Option<Style> {
    let keys: Vec<&String> = paths.filter(|path| !path.contains(['.', '['])).collect();
    let first = style(keys.first()?);
    let alike = keys
        .iter()
        .all(|key| style(key) == first && key.chars().all(|c| c.is_ascii_alphanumeric()));
    (alike && keys.iter().any(|key| is_compound(key))).then_some(first)
}

fn holds_objects(node: &Node) -> bool {
    match &node.value {
        Value::Object(_) => true,
        Value::Array(items) => items.first().is_some_and(holds_objects),
        _ => false,
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
            if seen.strings.len() < MAX_TEXTS {
                seen.strings.insert(text.clone());
            }
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
