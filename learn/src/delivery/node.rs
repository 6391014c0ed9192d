//! What events have at one place comes in, value by value; what is kept of it goes out: as much as a
//! [`Shape`](crate::shape::Shape) keeps, in a form that is quick to add to.

use crate::instant;
use crate::privacy::{Customers, is_data, is_variable, tells_a_state};
use crate::shape::{MAX_SIGHTINGS, Shape, Sighting, ValueKind, Words};
use eventbridge_catalog::model::{Evidence, Origin, WireForm};
use std::collections::{BTreeSet, HashMap};

/// What one value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Instant(WireForm),
    List,
    Object,
    /// No value: an object has a key that is data.
    DataKey,
    /// No value: an object or a list stands too far down to be looked into.
    TooFar,
    /// No value: a text under a key that tells a state is no word of a state.
    Unkept,
}

impl Seen {
    /// As shapes call it.
    pub(super) fn kind(self) -> Option<ValueKind> {
        Some(match self {
            Seen::Null => ValueKind::Null,
            Seen::Boolean => ValueKind::Boolean,
            Seen::Integer => ValueKind::Integer,
            Seen::Number => ValueKind::Number,
            Seen::Text => ValueKind::Text,
            Seen::Instant(form) => ValueKind::Instant(form),
            Seen::List => ValueKind::List,
            Seen::Object => ValueKind::Object,
            Seen::DataKey | Seen::TooFar | Seen::Unkept => return None,
        })
    }
}

/// One place in the events of a type.
#[derive(Debug, Default)]
pub(super) struct TallyNode {
    /// How many values were seen here.
    pub(super) count: u64,
    /// How many of them are objects.
    pub(super) objects: u64,
    /// Each kind of value seen.
    pub(super) seen: Vec<Sightings>,
    pub(super) words: Words,
    /// The keys of objects, in the order in which they came.
    pub(super) keys: Vec<Key>,
    /// Where each key stands in `keys`, once there are many.
    index: HashMap<Box<str>, usize>,
    /// Keys from here on are no longer kept: there are too many before it.
    limit: Option<Box<str>>,
    /// Whether objects have more keys than are kept.
    pub(super) keys_overflow: bool,
    /// The place of all items of lists.
    pub(super) items: Option<usize>,
    /// The places of what stands under keys that are data, by [`ValuesOf`].
    pub(super) values: [Option<usize>; 4],
    /// What stood under keys before there were too many: from then on all keys are data.
    pub(super) folded: Option<Box<Shape>>,
    /// What customers choose of the keys of objects here.
    pub(super) customers: Customers,
    /// The smallest ordinal of its key in an object.
    pub(super) first: usize,
    /// How many objects and lists stand around it.
    pub(super) depth: usize,
    /// How many bytes its path has.
    pub(super) length: usize,
    /// Whether its key names a time.
    pub(super) is_time: bool,
    /// Whether its key tells a state, so that words are kept.
    pub(super) is_state: bool,
    /// The last object in which it was seen.
    pub(super) object: u64,
}

/// What a key that is data tells of what stands under it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValuesOf {
    is_time: bool,
    customers: Customers,
}

impl ValuesOf {
    pub(super) fn key(key: &str) -> ValuesOf {
        ValuesOf {
            is_time: instant::names_a_time(key),
            customers: Customers::below(key),
        }
    }

    /// Where its place stands among those of values.
    pub(super) fn index(self) -> usize {
        usize::from(self.is_time) + 2 * usize::from(self.customers != Customers::ChooseNone)
    }
}

/// A key of an object, and what stands there.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: Box<str>,
    pub(super) place: usize,
}

/// A kind of value, and the smallest ids of events that show it.
#[derive(Debug)]
pub(super) struct Sightings {
    pub(super) value: Seen,
    ids: Vec<Box<str>>,
    /// An id that begins with more than this is not among the smallest.
    bound: u64,
}

/// More keys than this are looked up in an index.
const FEW: usize = 8;

impl TallyNode {
    /// The place of a key of the object here.
    pub(super) fn of_key(&self, key: &str, first: usize) -> TallyNode {
        let values = self.of_values(ValuesOf::key(key));
        TallyNode {
            first,
            length: self.length + ".".len() + key.len(),
            is_state: tells_a_state(key),
            ..values
        }
    }

    /// The place of what stands under keys that are data.
    pub(super) fn of_values(&self, of: ValuesOf) -> TallyNode {
        TallyNode {
            depth: self.depth + 1,
            length: self.length + ".*".len(),
            is_time: of.is_time,
            customers: self.customers.or(of.customers),
            ..TallyNode::default()
        }
    }

    /// The place of the items of a list here.
    pub(super) fn of_items(&self) -> TallyNode {
        TallyNode {
            depth: self.depth + 1,
            length: self.length + "[]".len(),
            is_time: self.is_time,
            is_state: self.is_state,
            customers: self.customers.of_items(),
            ..TallyNode::default()
        }
    }

    /// Where a key stands. `guess` is where it would stand if objects have their keys in one order.
    pub(super) fn find(&self, key: &str, guess: usize) -> Option<usize> {
        let near = guess..(guess + 3).min(self.keys.len());
        let is_it = |at: &usize| &*self.keys[*at].name == key;
        if let Some(at) = near.into_iter().find(is_it) {
            return Some(at);
        }
        match self.index.is_empty() {
            true => (0..self.keys.len()).find(is_it),
            false => self.index.get(key).copied(),
        }
    }

    /// Whether a new key is to be kept.
    pub(super) fn takes(&self, key: &str) -> bool {
        self.limit.as_deref().is_none_or(|limit| key < limit)
    }

    /// Whether this is a detail as a whole: its keys are fields, if not all of them are kept.
    pub(super) fn is_detail(&self) -> bool {
        self.depth == 0
    }

    /// Whether a key of an object here is data.
    pub(super) fn is_data(&self, key: &str) -> bool {
        self.customers.choose(key)
            || self.folded.is_some()
            || is_data(key)
            || !self.is_detail() && is_variable(key)
    }

    /// Adds a key; returns where it stands.
    pub(super) fn push(&mut self, name: &str, place: usize) -> usize {
        let name: Box<str> = name.into();
        self.keys.push(Key { name, place });
        let at = self.keys.len() - 1;
        if !self.index.is_empty() {
            self.index.insert(self.keys[at].name.clone(), at);
        } else if self.keys.len() > FEW {
            self.build_index();
        }
        at
    }

    /// Takes back the last key.
    pub(super) fn pop(&mut self) -> Option<Key> {
        let key = self.keys.pop()?;
        self.index.remove(&key.name);
        Some(key)
    }

    /// Keeps the smallest keys alone; returns the others.
    pub(super) fn trim(&mut self, most: usize) -> Vec<Key> {
        self.keys_overflow = true;
        self.keys.sort_by(|a, b| a.name.cmp(&b.name));
        let rest = self.keys.split_off(most.min(self.keys.len()));
        if let Some(key) = rest.first() {
            self.limit = Some(key.name.clone());
        }
        self.index.clear();
        self.build_index();
        rest
    }

    fn build_index(&mut self) {
        let names = self.keys.iter().enumerate();
        self.index
            .extend(names.map(|(at, key)| (key.name.clone(), at)));
    }

    /// Adds a value of the event with this id.
    pub(super) fn add(&mut self, seen: Seen, id: &Id<'_>) {
        match seen {
            Seen::DataKey => self.keys_overflow = true,
            Seen::TooFar | Seen::Unkept => {}
            _ => self.add_value(seen, id),
        }
    }

    fn add_value(&mut self, value: Seen, id: &Id<'_>) {
        self.count += 1;
        self.objects += u64::from(value == Seen::Object);
        match self.seen.iter_mut().find(|known| known.value == value) {
            Some(known) if id.prefix > known.bound => {}
            Some(known) => known.add(id.text),
            None => {
                let mut new = Sightings {
                    value,
                    ids: Vec::new(),
                    bound: u64::MAX,
                };
                new.add(id.text);
                self.seen.push(new);
            }
        }
    }

    /// Adds a text that may be a word.
    pub(super) fn add_word(&mut self, text: &str, id: &str) {
        if self.words.is_new(text, id) {
            let site = Evidence::named(Origin::Delivery, id);
            self.words.join(Words::of(text, &site));
        }
    }
}

impl Sightings {
    fn add(&mut self, id: &str) {
        let Err(at) = self.ids.binary_search_by(|known| (**known).cmp(id)) else {
            return;
        };
        self.ids.insert(at, id.into());
        self.ids.truncate(MAX_SIGHTINGS);
        if let [.., last] = &self.ids[..]
            && self.ids.len() == MAX_SIGHTINGS
        {
            self.bound = prefix(last);
        }
    }

    /// What a shape keeps of it.
    pub(super) fn sightings(&self) -> BTreeSet<Sighting> {
        let ids = self.ids.iter();
        ids.map(|id| Sighting {
            site: Evidence::named(Origin::Delivery, &**id),
            value: None,
        })
        .collect()
    }
}

/// The id of an event, quick to compare.
pub(super) struct Id<'i> {
    pub(super) text: &'i str,
    prefix: u64,
}

impl<'i> Id<'i> {
    pub(super) fn new(text: &'i str) -> Self {
        Id {
            text,
            prefix: prefix(text),
        }
    }
}

/// The first eight bytes, in the order of text.
fn prefix(id: &str) -> u64 {
    let mut first = [0; 8];
    let length = id.len().min(8);
    first[..length].copy_from_slice(&id.as_bytes()[..length]);
    u64::from_be_bytes(first)
}
