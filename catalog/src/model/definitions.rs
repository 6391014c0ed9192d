//! The definitions of an event come in, in their order; each goes out by its name, however many there are: a detail of
//! thousands of objects refers to each of them.

use super::Definition;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Deref;

/// The definitions of an event, in their order; a slice of them, that knows where each name stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Definition>", into = "Vec<Definition>")]
pub struct Definitions {
    all: Vec<Definition>,
    /// Where each name stands; of names that stand twice the first counts.
    at: HashMap<String, usize>,
}

impl Definitions {
    pub(super) fn named(&self, name: &str) -> Option<&Definition> {
        self.all.get(*self.at.get(name)?)
    }
}

impl From<Vec<Definition>> for Definitions {
    fn from(all: Vec<Definition>) -> Self {
        let mut at = HashMap::with_capacity(all.len());
        for (index, definition) in all.iter().enumerate() {
            at.entry(definition.name.clone()).or_insert(index);
        }
        Definitions { all, at }
    }
}

impl From<Definitions> for Vec<Definition> {
    fn from(definitions: Definitions) -> Self {
        definitions.all
    }
}

impl FromIterator<Definition> for Definitions {
    fn from_iter<I: IntoIterator<Item = Definition>>(all: I) -> Self {
        Vec::from_iter(all).into()
    }
}

impl Deref for Definitions {
    type Target = [Definition];

    fn deref(&self) -> &[Definition] {
        &self.all
    }
}

impl PartialEq for Definitions {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl IntoIterator for Definitions {
    type Item = Definition;
    type IntoIter = std::vec::IntoIter<Definition>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'d> IntoIterator for &'d Definitions {
    type Item = &'d Definition;
    type IntoIter = std::slice::Iter<'d, Definition>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
