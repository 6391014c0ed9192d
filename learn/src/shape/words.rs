//! The words that events show at a place come in; they are kept while they are few, as those of a status
//! are, and forgotten when they are many, as names are.

use eventbridge_catalog::model::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// The different words of a place: those that events show, and those that documents list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Each word with where it was seen first. Empty when there are many.
    pub seen: BTreeMap<String, BTreeSet<Evidence>>,
    /// Whether there were more than are kept.
    pub many: bool,
}

/// A place with more different words has no list of values.
const MAX_WORDS: usize = 32;

/// How many places of a word are kept.
const MAX_SITES: usize = 2;

/// Longer text is no word.
const MAX_LENGTH: usize = 40;

impl Words {
    /// The text as a word, if it is one: a few letters, `_` or spaces, with one digit at most.
    pub fn of(text: &str, site: &Evidence) -> Words {
        let mut words = Words::default();
        if is_word(text) {
            words
                .seen
                .insert(text.to_owned(), BTreeSet::from([site.clone()]));
        }
        words
    }

    /// A value that a document lists, whatever it looks like.
    pub fn listed(value: &str, site: &Evidence) -> Words {
        Words {
            seen: BTreeMap::from([(value.to_owned(), BTreeSet::from([site.clone()]))]),
            many: false,
        }
    }

    /// The words that events themselves show.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        let by_event =
            |sites: &BTreeSet<Evidence>| sites.iter().any(|site| site.origin.shows_events());
        let shown = self.seen.iter().filter(move |(_, sites)| by_event(sites));
        shown.map(|(word, _)| word.as_str())
    }

    /// Whether this word is among them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.seen.contains_key(word)
    }

    /// Whether a text of the event with this id would add anything, were it a word.
    pub(crate) fn is_new(&self, text: &str, id: &str) -> bool {
        let full = |sites: &BTreeSet<Evidence>| {
            sites.len() >= MAX_SITES && sites.last().is_some_and(|last| *last.name <= *id)
        };
        !self.many && !self.seen.get(text).is_some_and(full)
    }

    /// Adds the words of another part of the evidence.
    pub fn join(&mut self, other: Words) {
        self.many |= other.many;
        for (word, sites) in other.seen {
            let known = self.seen.entry(word).or_default();
            known.extend(sites);
            while known.len() > MAX_SITES {
                known.pop_last();
            }
        }
        self.many |= self.seen.len() > MAX_WORDS;
        if self.many {
            self.seen.clear();
        }
    }
}

/// Whether a text could be a value of a list: what has two digits is rather a name or a number.
fn is_word(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ' ');
    text.len() <= MAX_LENGTH
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(inner)
        && text.chars().filter(char::is_ascii_digit).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(numbers: std::ops::Range<u8>) -> Words {
        let mut words = Words::default();
        for number in numbers {
            let word = format!("Word{}", char::from(b'A' + number));
            words.join(Words::of(
                &word,
                &Evidence::page("a.md", usize::from(number)),
            ));
        }
        words
    }

    #[test]
    fn few_words_are_kept_and_many_forgotten_in_any_order() {
        assert_eq!(words(0..20).seen.len(), 20);
        let mut whole = words(0..20);
        whole.join(words(15..40));
        let mut other = words(15..40);
        other.join(words(0..20));
        assert!(whole.many && whole.seen.is_empty());
        assert_eq!(whole, other);
    }

    #[test]
    fn names_and_numbers_are_no_words() {
        for word in ["Completed", "IN_SERVICE", "S3Prefix", "In progress"] {
            assert!(is_word(word), "{word}");
        }
        for text in ["", "kmeans-1", "2019", "ml.m5.large", "arn:aws:x", "node12"] {
            assert!(!is_word(text), "{text}");
        }
    }
}
