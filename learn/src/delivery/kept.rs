//! The words and keys of deliveries come in as they are counted; what was kept of them, for reports, goes out.

use std::collections::BTreeSet;

/// What was kept of the values of deliveries, and how much was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The words of states and kinds.
    pub words: BTreeSet<String>,
    /// How many texts under keys that tell a state were no such words, and were not kept.
    pub other_texts: u64,
    /// How many keys of objects were data, and were not kept.
    pub data_keys: u64,
    /// How many objects and lists stood too deep, or behind too long a path, to be looked into.
    pub too_far: u64,
}

impl Kept {
    pub(super) fn word(&mut self, word: &str) {
        if !self.words.contains(word) {
            self.words.insert(word.to_owned());
        }
    }
}
