//! What is known of one event: the shape of its detail, the values of its fields, and who says so.

use crate::shape::Shape;
use eventbridge_catalog::model::{Condition, Evidence, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventKnowledge {
    /// The shape of its detail. Without fields: documented by name alone.
    pub detail: Shape,
    /// Where it is documented, and by what: `event`, `pattern`.
    pub documented: BTreeSet<(Evidence, &'static str)>,
    /// When pages that have dates documented it: the first and the last of them are told.
    pub dates: BTreeSet<String>,
    /// The known values at each path.
    pub values: BTreeMap<String, Values>,
    /// When the field at a path is there.
    pub conditions: BTreeMap<String, Condition>,
    /// Paths where an object is a map, and the type of its values; set when corrections are applied.
    pub maps: BTreeMap<String, Option<String>>,
}

impl EventKnowledge {
    /// Whether former editions of pages alone have it.
    pub fn is_former(&self) -> bool {
        let mut sites = self.documented.iter();
        !self.documented.is_empty() && sites.all(|(site, _)| !site.origin.is_present())
    }
}

/// The known values of a field: those that pages and documents list, in the order of the first list, then
/// those that the API alone lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    documented: BTreeMap<String, BTreeSet<(Evidence, usize)>>,
    derived: BTreeMap<String, Derived>,
}

/// A value that the API lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// As events spell it.
    pub value: String,
    /// Its place in the list of the API.
    pub rank: usize,
    /// Who says so, and how the API spells it if otherwise.
    pub facts: BTreeSet<(Evidence, Option<String>)>,
}

impl Values {
    /// Adds a value that a page or a document lists.
    pub(super) fn add(&mut self, value: &str, site: Evidence, ordinal: usize) {
        self.documented
            .entry(value.to_owned())
            .or_default()
            .insert((site, ordinal));
    }

    /// Adds a value that the API lists.
    pub fn derive(&mut self, value: Derived) {
        self.derived.insert(value.value.clone(), value);
    }

    /// Ends a value that former editions alone list.
    pub fn retire(&mut self, value: &str) -> bool {
        let former = self.documented.get(value).is_some_and(|sites| {
            sites
                .iter()
                .all(|(site, _)| site.origin == Origin::Formerly)
        });
        former && self.documented.remove(value).is_some()
    }

    /// The values, whoever lists them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documented()
            .chain(self.derived.keys().map(String::as_str))
    }

    /// The values that pages and documents list.
    pub fn documented(&self) -> impl Iterator<Item = &str> {
        self.documented.keys().map(String::as_str)
    }

    /// The values in order, each with what is said of it: `value Completed`.
    pub fn ordered(&self) -> Vec<(&str, BTreeSet<(Evidence, String)>)> {
        let mut documented: Vec<_> = self.documented.iter().collect();
        documented.sort_by_key(|(value, places)| (places.first(), *value));
        let documented = documented.into_iter().map(|(value, _)| value.as_str());
        let alone = |value: &&Derived| !self.documented.contains_key(&value.value);
        let mut derived: Vec<_> = self.derived.values().filter(alone).collect();
        derived.sort_by_key(|value| (value.rank, &value.value));
        let derived = derived.into_iter().map(|value| value.value.as_str());
        let all = documented.chain(derived);
        all.map(|value| (value, self.facts(value))).collect()
    }

    fn facts(&self, value: &str) -> BTreeSet<(Evidence, String)> {
        let listed = self.documented.get(value).into_iter().flatten();
        let listed = listed.map(|(site, _)| (site.clone(), format!("value {value}")));
        let derived = self.derived.get(value).into_iter();
        let derived = derived.flat_map(|derived| &derived.facts);
        let derived = derived.map(|(site, other)| match other {
            Some(other) => (site.clone(), format!("value {value} (as {other})")),
            None => (site.clone(), format!("value {value}")),
        });
        listed.chain(derived).collect()
    }
}
