//! Patterns come in under ids, and events; the ids of the patterns that match an event go out.

use super::cursor::Cursor;
use super::dispatch::Dispatch;
use super::error::EventError;
use super::partition::{Leftovers, Partition};
use super::pattern::Pattern;
use super::reader::MAX_LENGTH;
use super::scratch::Scratch;
use super::shelf::Need;
use super::work::Work;
use super::{path, read_event};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::hash::{BuildHasher, Hash};

/// Many patterns, each under an id, asked all at once.
///
/// An event is read once. Rules that name detail-types are asked only for events of those; each rule then
/// stands under its most telling field, so that an event calls few rules whatever their number. Rules may
/// come and go at any time; the cost of a removal is that of an insertion, taken over many.
///
/// Matching takes `&self` and works in a [`Scratch`], so that threads can share one set, each with a scratch
/// of its own.
///
/// ```
/// use eventbridge_patterns::{Pattern, RuleSet, Scratch};
///
/// let mut rules = RuleSet::new();
/// rules.insert(1, Pattern::parse(r#"{"source": ["my.kiln"]}"#)?);
/// rules.insert(2, Pattern::parse(r#"{"source": [{"prefix": "your."}]}"#)?);
/// let mut scratch = Scratch::default();
/// let matched: Vec<_> = rules.matching(br#"{"source": "your.kiln"}"#, &mut scratch)?.collect();
/// assert_eq!(matched, [&2]);
/// assert!(rules.remove(&2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Saving a set
///
/// Through serde, a set is a list of ids and patterns, each pattern as the text that it was read from.
#[derive(Clone, Debug)]
pub struct RuleSet<Id> {
    rules: Vec<Option<Rule<Id>>>,
    free: Vec<u32>,
    numbers: HashTable<u32>,
    state: RandomState,
    /// The first holds the rules without detail-types.
    partitions: Vec<Partition>,
    dispatch: Dispatch,
    leftovers: Leftovers,
}

#[derive(Clone, Debug)]
struct Rule<Id> {
    id: Id,
    text: Box<str>,
    /// The partitions and numbers of its branches.
    places: Box<[(u32, u32)]>,
}

impl<Id> Default for RuleSet<Id> {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            free: Vec::new(),
            numbers: HashTable::new(),
            state: RandomState::default(),
            partitions: vec![Partition::default()],
            dispatch: Dispatch::default(),
            leftovers: Leftovers::default(),
        }
    }
}

impl<Id: Eq + Hash> RuleSet<Id> {
    /// A set without rules.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule. Says whether it replaces one with the same id. Of the pattern its text is kept, not its
    /// [`warnings`](Pattern::warnings).
    pub fn insert(&mut self, id: Id, pattern: Pattern) -> bool {
        let replaces = self.remove(&id);
        let number = self.free.pop().unwrap_or(self.rules.len() as u32);
        let places = self.place(number, &pattern);
        for &(partition, _) in &places {
            self.renew(partition);
        }
        let rule = Some(Rule {
            id,
            text: pattern.text,
            places,
        });
        match self.rules.get_mut(number as usize) {
            Some(slot) => *slot = rule,
            None => self.rules.push(rule),
        }
        self.index_id(number);
        replaces
    }

    /// Makes a rule's id lead to its number.
    fn index_id(&mut self, number: u32) {
        let Self {
            rules,
            numbers,
            state,
            ..
        } = self;
        let id = |number: &u32| rules.get(*number as usize)?.as_ref().map(|rule| &rule.id);
        let hash = |number: &u32| state.hash_one(id(number));
        let is_it = |other: &u32| *other == number;
        if let Entry::Vacant(vacant) = numbers.entry(hash(&number), is_it, hash) {
            vacant.insert(number);
        }
    }

    /// Puts the branches of a pattern into their partitions.
    fn place(&mut self, rule: u32, pattern: &Pattern) -> Box<[(u32, u32)]> {
        let strict = !path::follows_empty_steps(pattern.names.iter().map(Vec::as_slice));
        let mut places = Vec::new();
        for branch in &pattern.branches {
            let needs: Vec<Need<'_>> = branch
                .iter()
                .map(|need| need_of(pattern, strict, *need))
                .collect();
            for partition in self.dispatch.partitions(&needs) {
                if self.partitions.len() <= partition as usize {
                    self.partitions
                        .resize_with(partition as usize + 1, Partition::default);
                }
                let chosen = self.partitions.get_mut(partition as usize);
                let number = chosen.map(|partition| partition.insert(rule, &needs));
                places.extend(number.map(|number| (partition, number)));
            }
        }
        places.into()
    }

    fn find(&self, id: &Id) -> Option<u32> {
        let rule = |number: u32| self.rules.get(number as usize)?.as_ref();
        let is_it = |number: &u32| rule(*number).is_some_and(|rule| rule.id == *id);
        self.numbers
            .find(self.state.hash_one(Some(id)), is_it)
            .copied()
    }

    /// Takes a rule away. Says whether it was there.
    pub fn remove(&mut self, id: &Id) -> bool {
        let Some(number) = self.find(id) else {
            return false;
        };
        let hash = self.state.hash_one(Some(id));
        if let Ok(entry) = self.numbers.find_entry(hash, |other| *other == number) {
            entry.remove();
        }
        let rule = self.rules.get_mut(number as usize).and_then(Option::take);
        self.free.push(number);
        let places = rule.map_or_else(Box::default, |rule| rule.places);
        for &(number, branch) in &places {
            if let Some(partition) = self.partitions.get_mut(number as usize) {
                self.dispatch.release(number, &partition.needs(branch));
                partition.remove(branch);
            }
        }
        for &(partition, _) in &places {
            self.renew(partition);
        }
        true
    }

    /// Moves some branches of a partition of which most are gone.
    fn renew(&mut self, number: u32) {
        let Some(partition) = self.partitions.get_mut(number as usize) else {
            return;
        };
        let rules = &mut self.rules;
        let left = partition.renew(|rule, old, new| {
            let rule = rules.get_mut(rule as usize).and_then(Option::as_mut);
            let mut places = rule.into_iter().flat_map(|rule| &mut rule.places);
            if let Some(place) = places.find(|place| **place == (number, old)) {
                place.1 = new;
            }
        });
        self.leftovers.turn(left);
    }

    /// The pattern of a rule, as it was written.
    pub fn pattern(&self, id: &Id) -> Option<&str> {
        let rule = self.rules.get(self.find(id)? as usize)?.as_ref();
        rule.map(|rule| &*rule.text)
    }

    /// The rules with their patterns, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &str)> {
        let rules = self.rules.iter().flatten();
        rules.map(|rule| (&rule.id, &*rule.text))
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The ids of the rules that match an event, each once, in no order.
    ///
    /// # Errors
    ///
    /// The event is malformed anywhere, or no object.
    pub fn matching<'s>(
        &'s self,
        event: &[u8],
        scratch: &'s mut Scratch,
    ) -> Result<Matches<'s, Id>, EventError> {
        read_event::read(event, &mut scratch.outline)?;
        Ok(self.matches(event, scratch))
    }

    /// As [`matching`](Self::matching), of an event that the caller vouches for: a JSON object in which no object
    /// has a key twice, as EventBridge delivers them. Then the answer is the same, and comes sooner, as no more is read
    /// than the rules want to know.
    ///
    /// What is not checked:
    ///
    /// - that the event is JSON at all: brackets that match, commas, colons, numbers, literals, escapes;
    /// - that it is UTF-8;
    /// - that it ends where it should, and that depth, keys and numbers are not beyond what the service takes;
    /// - that keys do not repeat: of those that do, any may be seen.
    ///
    /// Bytes that are nothing of the kind give some answer; they never panic, and cost no more than their length.
    ///
    /// ```
    /// # use eventbridge_patterns::{Pattern, RuleSet, Scratch};
    /// let mut rules = RuleSet::new();
    /// rules.insert("kilns", Pattern::parse(r#"{"source": ["my.kiln"]}"#)?);
    /// let mut scratch = Scratch::default();
    /// let matched = rules.matching_trusted(br#"{"source": "my.kiln", "detail": {}}"#, &mut scratch);
    /// assert_eq!(matched.collect::<Vec<_>>(), [&"kilns"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn matching_trusted<'s>(
        &'s self,
        event: &[u8],
        scratch: &'s mut Scratch,
    ) -> Matches<'s, Id> {
        let event = event.get(..MAX_LENGTH).unwrap_or(event);
        scratch.outline.begin(event.len(), true);
        self.matches(event, scratch)
    }

    /// The rules that match an event whose outline is there, as far as it is wanted beforehand.
    fn matches<'s>(&'s self, event: &[u8], scratch: &'s mut Scratch) -> Matches<'s, Id> {
        scratch.matched.clear();
        self.dispatch
            .partitions_of(Cursor::new(event, &mut scratch.outline), &mut scratch.found);
        self.match_partition(0, event, scratch);
        for index in 0..scratch.found.partitions.len() {
            if let Some(&partition) = scratch.found.partitions.get(index) {
                self.match_partition(partition, event, scratch);
            }
        }
        self.dedup(scratch);
        Matches {
            rules: &self.rules,
            numbers: scratch.matched.iter(),
        }
    }

    fn match_partition(&self, partition: u32, event: &[u8], scratch: &mut Scratch) {
        let partition = self.partitions.get(partition as usize);
        let Some(partition) = partition.filter(|partition| !partition.is_empty()) else {
            return;
        };
        partition.matching(&mut Work {
            bytes: event,
            outline: &mut scratch.outline,
            walk: &mut scratch.walk,
            leaves: &mut scratch.leaves,
            search: &mut scratch.search,
            folded: &mut scratch.folded,
            listed: &mut scratch.listed,
            seen: &mut scratch.seen,
            satisfied: &mut scratch.satisfied,
            matched: &mut scratch.matched,
        });
    }

    /// Keeps each matched rule once: several of its branches may have been satisfied.
    fn dedup(&self, scratch: &mut Scratch) {
        if scratch.matched.len() > 1 {
            scratch.seen.clear(self.rules.len());
            scratch.matched.retain(|&rule| scratch.seen.is_new(rule));
        }
    }
}

fn need_of(pattern: &Pattern, strict: bool, (field, alternatives): (u32, u32)) -> Need<'_> {
    let name = pattern
        .names
        .get(field as usize)
        .map_or(&[][..], Vec::as_slice);
    let operators = pattern.alternatives.get(alternatives as usize);
    Need {
        name,
        is_strict: strict && path::ends_in_empty_step(name),
        operators: operators.map_or(&[], |operators| operators),
    }
}

/// A set is saved as its ids and the texts of its patterns, and built again when it is loaded.
///
/// What is built would save about half a second for each 100,000 rules, but has two to three times the size of the
/// texts, is full of keyed hashes, and would bind what was saved to one version of this crate.
impl<Id: Serialize> Serialize for RuleSet<Id> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.rules.iter().flatten();
        serializer.collect_seq(rules.map(|rule| (&rule.id, &*rule.text)))
    }
}

impl<'de, Id: Eq + Hash + Deserialize<'de>> Deserialize<'de> for RuleSet<Id> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rules: Vec<(Id, String)> = Deserialize::deserialize(deserializer)?;
        let mut set = Self::new();
        for (id, text) in rules {
            set.insert(id, Pattern::parse(&text).map_err(D::Error::custom)?);
        }
        Ok(set)
    }
}

/// The ids of the rules that match an event.
#[derive(Clone, Debug)]
pub struct Matches<'s, Id> {
    rules: &'s [Option<Rule<Id>>],
    numbers: std::slice::Iter<'s, u32>,
}

impl<'s, Id> Iterator for Matches<'s, Id> {
    type Item = &'s Id;

    fn next(&mut self) -> Option<&'s Id> {
        let number = *self.numbers.next()?;
        let rule = self.rules.get(number as usize)?.as_ref();
        rule.map(|rule| &rule.id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl<Id> ExactSizeIterator for Matches<'_, Id> {}
