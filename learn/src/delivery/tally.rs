//! What events show at each place comes in; shapes go out that are the same as if the shape of every event had
//! been joined.
//!
//! What a value of the file shows is first noted, and counts when the value has been read to its end: of a line
//! that turns out to be no JSON nothing stays.

use super::place::{Id, Place};
use super::walk::{Mark, Member};
use crate::model::Origin;
use crate::shape::{Field, MAX_KEYS, Position, Shape};
use crate::told::Shapes;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many different places all events together may have.
const MAX_PLACES: usize = 100_000;

/// How many different event types there may be.
const MAX_TYPES: usize = 2_000;

/// Longer keys are data.
const MAX_KEY: usize = 200;

/// More than is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    Places,
    Types,
}

impl Full {
    pub(super) fn message(self) -> String {
        match self {
            Full::Places => {
                format!("with this, deliveries have more than {MAX_PLACES} different fields")
            }
            Full::Types => {
                format!("with this, deliveries have more than {MAX_TYPES} different detail-types")
            }
        }
    }
}

/// All that is known of the events read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    places: Vec<Place>,
    /// Places that can be taken again.
    free: Vec<usize>,
    /// The places of details, by source and detail-type.
    types: BTreeMap<String, BTreeMap<String, usize>>,
    noted: Noted,
    objects: u64,
}

/// What was noted of a value that is still being read.
#[derive(Debug, Default)]
struct Noted {
    seen: Vec<(usize, Mark)>,
    words: Vec<(usize, Range<usize>)>,
    /// Keys that stand further to the front than before.
    firsts: Vec<(usize, usize)>,
    grown: Vec<Grown>,
    events: Vec<NotedEvent>,
    /// Ids and words.
    text: String,
}

#[derive(Debug)]
struct NotedEvent {
    id: Range<usize>,
    /// How much of what was seen belongs to it and those before it.
    seen: usize,
    words: usize,
}

/// A place that is new.
#[derive(Debug)]
enum Grown {
    Key(usize),
    Items(usize),
    Type(String, String),
}

/// How much was noted at a moment.
#[derive(Clone, Copy, Default)]
pub(super) struct Moment {
    seen: usize,
    words: usize,
    firsts: usize,
    grown: usize,
    events: usize,
    text: usize,
}

impl Tally {
    /// The place of the detail of an event type.
    pub(super) fn detail(&mut self, source: &str, detail_type: &str) -> usize {
        let known = self.types.get(source);
        if let Some(known) = known.and_then(|events| events.get(detail_type)) {
            return *known;
        }
        let detail = self.new_place(Place::default());
        let events = self.types.entry(source.to_owned()).or_default();
        events.insert(detail_type.to_owned(), detail);
        let grown = Grown::Type(source.to_owned(), detail_type.to_owned());
        self.noted.grown.push(grown);
        detail
    }

    fn new_place(&mut self, place: Place) -> usize {
        match self.free.pop() {
            Some(at) => {
                self.places[at] = place;
                at
            }
            None => {
                self.places.push(place);
                self.places.len() - 1
            }
        }
    }

    /// The place of the items of a list.
    pub(super) fn items(&mut self, list: usize) -> usize {
        if let Some(items) = self.places[list].items {
            return items;
        }
        let items = self.new_place(self.places[list].of_items());
        self.places[list].items = Some(items);
        self.noted.grown.push(Grown::Items(list));
        items
    }

    /// Where a key of an object stands, and its place; nothing if it is not kept.
    pub(super) fn key(&mut self, key: &str, member: &Member) -> Option<(usize, usize)> {
        let parent = &self.places[member.place];
        let known = parent.find(key, member.guess);
        let (at, place) = match known {
            Some(at) => (at, parent.keys[at].place),
            None if key.len() > MAX_KEY || is_data(key) || !parent.takes(key) => {
                self.saw(member.place, Mark::Crowded);
                return None;
            }
            None => {
                let new = Place::of_key(key, member.ordinal, parent.depth + 1);
                let place = self.new_place(new);
                self.noted.grown.push(Grown::Key(member.place));
                (self.places[member.place].push(key, place), place)
            }
        };
        let field = &mut self.places[place];
        if member.ordinal < field.first {
            self.noted.firsts.push((place, member.ordinal));
        }
        let again = std::mem::replace(&mut field.object, member.object) == member.object;
        (!again).then_some((at, place))
    }

    /// Notes a value.
    pub(super) fn saw(&mut self, place: usize, mark: Mark) {
        self.noted.seen.push((place, mark));
    }

    /// Notes a text, if it may be a word of a list.
    pub(super) fn word(&mut self, place: usize, text: &str) {
        let known = &self.places[place];
        if known.is_state && !known.words.many && text.len() <= MAX_KEY {
            let range = self.noted.keep(text);
            self.noted.words.push((place, range));
        }
    }

    pub(super) fn is_time(&self, place: usize) -> bool {
        self.places[place].is_time
    }

    pub(super) fn depth(&self, place: usize) -> usize {
        self.places[place].depth
    }

    /// A number for an object, each its own.
    pub(super) fn next_object(&mut self) -> u64 {
        self.objects += 1;
        self.objects
    }

    /// All that was noted since the last event belongs to this one.
    pub(super) fn event(&mut self, id: &str) {
        let id = self.noted.keep(id);
        self.noted.events.push(NotedEvent {
            id,
            seen: self.noted.seen.len(),
            words: self.noted.words.len(),
        });
    }

    /// How much is noted now.
    pub(super) fn now(&self) -> Moment {
        Moment {
            seen: self.noted.seen.len(),
            words: self.noted.words.len(),
            firsts: self.noted.firsts.len(),
            grown: self.noted.grown.len(),
            events: self.noted.events.len(),
            text: self.noted.text.len(),
        }
    }

    /// Whether an object was noted first since a moment.
    pub(super) fn is_object_since(&self, moment: Moment) -> bool {
        let first = self.noted.seen.get(moment.seen);
        first.is_some_and(|(_, mark)| *mark == Mark::Object)
    }

    /// Forgets what was noted since a moment.
    pub(super) fn forget(&mut self, since: Moment) {
        self.noted.seen.truncate(since.seen);
        self.noted.words.truncate(since.words);
        self.noted.firsts.truncate(since.firsts);
        self.noted.events.truncate(since.events);
        self.noted.text.truncate(since.text);
        for grown in self.noted.grown.split_off(since.grown).into_iter().rev() {
            let place = match grown {
                Grown::Key(parent) => self.places[parent].pop().map(|key| key.place),
                Grown::Items(list) => self.places[list].items.take(),
                Grown::Type(source, detail_type) => self.remove_type(&source, &detail_type),
            };
            place.into_iter().for_each(|place| self.release(place));
        }
    }

    fn remove_type(&mut self, source: &str, detail_type: &str) -> Option<usize> {
        let events = self.types.get_mut(source)?;
        let removed = events.remove(detail_type)?;
        if events.is_empty() {
            self.types.remove(source);
        }
        Some(removed)
    }

    /// Gives back a place and all below it.
    fn release(&mut self, place: usize) {
        let mut places = vec![place];
        while let Some(place) = places.pop() {
            let old = std::mem::take(&mut self.places[place]);
            places.extend(old.keys.iter().map(|key| key.place).chain(old.items));
            self.free.push(place);
        }
    }

    /// All that was noted counts; returns how many events that are.
    pub(super) fn count(&mut self) -> Result<usize, Full> {
        let mut noted = std::mem::take(&mut self.noted);
        let (mut seen, mut words) = (0, 0);
        for event in &noted.events {
            let id = Id::new(&noted.text[event.id.clone()]);
            for (place, mark) in &noted.seen[seen..event.seen] {
                self.places[*place].add(*mark, &id);
            }
            for (place, word) in &noted.words[words..event.words] {
                self.places[*place].add_word(&noted.text[word.clone()], id.text);
            }
            (seen, words) = (event.seen, event.words);
        }
        for (place, first) in &noted.firsts {
            let known = &mut self.places[*place].first;
            *known = (*known).min(*first);
        }
        let counted = noted.events.len();
        self.trim(&noted);
        noted.clear();
        self.noted = noted;
        self.is_full().map_or(Ok(counted), Err)
    }

    /// Lets go of keys, where objects have twice as many as are kept.
    fn trim(&mut self, noted: &Noted) {
        for grown in &noted.grown {
            if let Grown::Key(parent) = grown
                && self.places[*parent].keys.len() > 2 * MAX_KEYS
            {
                let rest = self.places[*parent].trim(MAX_KEYS);
                rest.iter().for_each(|key| self.release(key.place));
            }
        }
    }

    fn is_full(&self) -> Option<Full> {
        if self.places.len() - self.free.len() > MAX_PLACES {
            return Some(Full::Places);
        }
        let types: usize = self.types.values().map(BTreeMap::len).sum();
        (types > MAX_TYPES).then_some(Full::Types)
    }

    /// How many events of each type there were.
    pub(super) fn counts(&self) -> BTreeMap<(String, String), u64> {
        let mut counts = BTreeMap::new();
        for (source, events) in &self.types {
            for (detail_type, detail) in events {
                let event = (source.clone(), detail_type.clone());
                counts.insert(event, self.places[*detail].count);
            }
        }
        counts
    }

    /// The shapes of all details.
    pub(super) fn shapes(&self) -> Shapes {
        let shapes = |events: &BTreeMap<String, usize>| {
            let shapes = events.iter();
            shapes
                .map(|(detail_type, detail)| (detail_type.clone(), self.shape(*detail)))
                .collect()
        };
        let sources = self.types.iter();
        sources
            .map(|(source, events)| (source.clone(), shapes(events)))
            .collect()
    }

    fn shape(&self, place: usize) -> Shape {
        let place = &self.places[place];
        let seen = place.seen.iter().filter_map(|seen| {
            let key = (Origin::Delivery, seen.mark.kind()?);
            Some((key, seen.sightings()))
        });
        let mut fields: BTreeMap<String, Field> = BTreeMap::new();
        for key in &place.keys {
            fields.insert(key.name.to_string(), self.field(key.place, place.objects));
        }
        let crowded = place.crowded || fields.len() > MAX_KEYS;
        while fields.len() > MAX_KEYS {
            fields.pop_last();
        }
        Shape {
            seen: seen.collect(),
            words: place.words.clone(),
            fields,
            crowded,
            items: place.items.map(|items| Box::new(self.shape(items))),
            values: None,
        }
    }

    fn field(&self, place: usize, objects: u64) -> Field {
        let known = &self.places[place];
        let missing = (known.count < objects).then_some(Origin::Delivery);
        Field {
            shape: self.shape(place),
            missing: BTreeSet::from_iter(missing),
            first: Position::Delivery(known.first),
        }
    }
}

impl Noted {
    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    fn clear(&mut self) {
        self.seen.clear();
        self.words.clear();
        self.firsts.clear();
        self.grown.clear();
        self.events.clear();
        self.text.clear();
    }
}

/// Whether a key is data of a customer, as keys of maps are: an ARN, an address, an account's number.
fn is_data(key: &str) -> bool {
    let mut runs = key.split(|c: char| !c.is_ascii_digit());
    key.starts_with("arn:")
        || key.contains('@')
        || key.contains("://")
        || runs.any(|digits| digits.len() >= 12)
}
