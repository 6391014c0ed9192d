//! The names of all events come in; groups of them go out, each a feature of the crate, so that who reads
//! a few types compiles a few.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase;

use crate::model::Model;

/// The feature of each event.
#[derive(Default)]
pub(super) struct Features(BTreeMap<String, String>);

/// So many groups at most: crates.io takes 300 features of a crate.
const MOST: usize = 200;

/// Features that are there already.
const TAKEN: [&str; 5] = ["chrono", "default", "jiff", "patterns", "time"];

/// Where events go whose group is too small to be one.
const OTHER: &str = "other";

impl Features {
    /// Events whose names begin with the same word make a group. Where these are too many, those of a
    /// single event become one.
    pub(super) fn of(model: &Model) -> Self {
        let names = model.events.iter().map(|event| &event.name);
        let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for name in names {
            groups.entry(group(name)).or_default().push(name);
        }
        if groups.len() > MOST {
            let (few, mut many): (BTreeMap<_, _>, BTreeMap<_, _>) =
                groups.into_iter().partition(|(_, names)| names.len() == 1);
            many.entry(OTHER.to_owned())
                .or_default()
                .extend(few.into_values().flatten());
            groups = many;
        }
        let features = groups
            .iter()
            .flat_map(|(group, names)| names.iter().map(|name| ((*name).clone(), group.clone())));
        Self(features.collect())
    }

    /// All features.
    pub(super) fn all(&self) -> BTreeSet<&str> {
        self.0.values().map(String::as_str).collect()
    }

    /// The feature of an event, if there are features.
    pub(super) fn get(&self, event: &str) -> Option<&str> {
        self.0.get(event).map(String::as_str)
    }

    /// What makes an item of an event depend on its feature.
    pub(super) fn cfg(&self, event: &str) -> String {
        let feature = self.get(event);
        feature.map_or(String::new(), |name| {
            format!("#[cfg(feature = \"{name}\")]\n")
        })
    }
}

/// The first word of a name. One that cannot be a feature's name gets another.
fn group(name: &str) -> String {
    let words = name.to_kebab_case();
    let word: String = words
        .split('-')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    match word.as_str() {
        "" => OTHER.to_owned(),
        word if TAKEN.contains(&word) => format!("{word}-events"),
        word if word.starts_with(|c: char| c.is_ascii_digit()) => format!("events-{word}"),
        word => word.to_owned(),
    }
}
