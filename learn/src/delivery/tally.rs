//! What events show at each place comes in; shapes go out that are the same as if the shape of every event had
//! been joined.
//!
//! What a value of the file shows is first noted, and counts when the value has been read to its end: of a line
//! that turns out to be no JSON nothing stays.

use super::kept::Kept;
use super::node::{Id, Key, Seen, TallyNode, ValuesOf};
use super::pending::{Checkpoint, Pending, Undo};
use crate::evidence::shapes::Shapes;
use crate::privacy::is_state;
use crate::shape::{Field, MAX_KEYS, MAX_PATH, Position, Shape};
use eventbridge_catalog::model::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// How many different places all events together may have.
const MAX_PLACES: usize = 100_000;

/// How many different event types there may be.
const MAX_TYPES: usize = 2_000;

/// Longer text is no word.
const MAX_WORD: usize = 40;

/// Objects and lists that stand deeper are told, but not looked into: saved shapes are nested three times as
/// deep as events, and JSON readers stop at 128.
pub(super) const MAX_DEPTH: usize = 32;

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
    places: Vec<TallyNode>,
    /// Places that can be taken again.
    free: Vec<usize>,
    /// The places of details, by source and detail-type.
    types: BTreeMap<String, BTreeMap<String, usize>>,
    /// How many types there are.
    type_count: usize,
    pending: Pending,
    objects: u64,
    /// What was kept and what was not, since somebody last asked.
    kept: Kept,
}

/// The next member of an object.
pub(super) struct Member {
    /// The place of the object.
    pub(super) place: usize,
    /// The object's number: of a key that stands twice in it, the first counts.
    pub(super) object: u64,
    /// Where its key stands among the known ones, if objects have their keys in one order.
    pub(super) guess: usize,
    /// Its place among the members of the object, from 0.
    pub(super) ordinal: usize,
}

impl Tally {
    /// The place of the detail of an event type.
    pub(super) fn detail(&mut self, source: &str, detail_type: &str) -> usize {
        let known = self.types.get(source);
        if let Some(known) = known.and_then(|events| events.get(detail_type)) {
            return *known;
        }
        let detail = self.new_place(TallyNode::default());
        let events = self.types.entry(source.to_owned()).or_default();
        events.insert(detail_type.to_owned(), detail);
        self.type_count += 1;
        let new = Undo::Type(source.to_owned(), detail_type.to_owned());
        self.pending.new.push(new);
        detail
    }

    fn new_place(&mut self, place: TallyNode) -> usize {
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
        self.pending.new.push(Undo::Items(list));
        items
    }

    /// The place of a key of an object, and where the key after it is likely to stand; nothing if what stands there
    /// is not looked at.
    pub(super) fn key(&mut self, key: &str, member: &Member) -> Option<(usize, usize)> {
        let parent = &self.places[member.place];
        if let Some(at) = parent.find(key, member.guess) {
            return self.field(at, parent.keys[at].place, member);
        }
        let is_data = parent.is_data(key);
        if is_data || !parent.takes(key) {
            let is_detail = parent.is_detail();
            self.record(member.place, Seen::DataKey);
            let values = || self.values(member.place, ValuesOf::key(key));
            return (!is_detail).then(values).map(|place| (member.guess, place));
        }
        let new = parent.of_key(key, member.ordinal);
        let place = self.new_place(new);
        self.pending.new.push(Undo::Key(member.place));
        let at = self.places[member.place].push(key, place);
        self.field(at, place, member)
    }

    fn field(&mut self, at: usize, place: usize, member: &Member) -> Option<(usize, usize)> {
        let field = &mut self.places[place];
        if member.ordinal < field.first {
            self.pending.firsts.push((place, member.ordinal));
        }
        let again = std::mem::replace(&mut field.object, member.object) == member.object;
        (!again).then_some((at + 1, place))
    }

    /// The place of what stands under keys that are data.
    fn values(&mut self, map: usize, of: ValuesOf) -> usize {
        let which = of.index();
        if let Some(values) = self.places[map].values[which] {
            return values;
        }
        let values = self.new_place(self.places[map].of_values(of));
        self.places[map].values[which] = Some(values);
        self.pending.new.push(Undo::Values(map, which));
        values
    }

    /// Notes a value.
    pub(super) fn record(&mut self, place: usize, seen: Seen) {
        self.pending.seen.push((place, seen));
    }

    /// Notes a text, if it is a word of a state.
    pub(super) fn word(&mut self, place: usize, text: &str) {
        let known = &self.places[place];
        if !known.is_state {
            return;
        }
        if text.len() > MAX_WORD || !known.words.has(text) && !is_state(text) {
            return self.record(place, Seen::Unkept);
        }
        if !known.words.many {
            let range = self.pending.keep(text);
            self.pending.words.push((place, range));
        }
    }

    pub(super) fn is_time(&self, place: usize) -> bool {
        self.places[place].is_time
    }

    /// Whether what lies in an object or a list here is not looked into.
    pub(super) fn is_far(&self, place: usize) -> bool {
        let place = &self.places[place];
        place.depth >= MAX_DEPTH || place.length > MAX_PATH
    }

    /// A number for an object, each its own.
    pub(super) fn next_object(&mut self) -> u64 {
        self.objects += 1;
        self.objects
    }

    /// All that was noted since the last event belongs to this one.
    pub(super) fn event(&mut self, id: &str) {
        self.pending.event(id);
    }

    /// How much is noted now.
    pub(super) fn now(&self) -> Checkpoint {
        self.pending.now()
    }

    /// Whether an object was noted first since a moment.
    pub(super) fn is_object_since(&self, checkpoint: Checkpoint) -> bool {
        self.pending.is_object_since(checkpoint)
    }

    /// Forgets what was noted since a moment.
    pub(super) fn forget(&mut self, since: Checkpoint) {
        for new in self.pending.forget(since).into_iter().rev() {
            let place = match new {
                Undo::Key(parent) => self.places[parent].pop().map(|key| key.place),
                Undo::Items(list) => self.places[list].items.take(),
                Undo::Values(map, which) => self.places[map].values[which].take(),
                Undo::Type(source, detail_type) => self.remove_type(&source, &detail_type),
            };
            place.into_iter().for_each(|place| self.release(place));
        }
    }

    fn remove_type(&mut self, source: &str, detail_type: &str) -> Option<usize> {
        let events = self.types.get_mut(source)?;
        let removed = events.remove(detail_type)?;
        self.type_count -= 1;
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
            places.extend(old.values.into_iter().flatten());
            self.free.push(place);
        }
    }

    /// All that was noted counts; returns how many events that are.
    pub(super) fn count(&mut self) -> Result<usize, Full> {
        let mut pending = std::mem::take(&mut self.pending);
        let (mut seen, mut words) = (0, 0);
        for event in &pending.events {
            let id = Id::new(&pending.text[event.id.clone()]);
            for (place, seen) in &pending.seen[seen..event.seen] {
                match seen {
                    Seen::DataKey => self.kept.data_keys += 1,
                    Seen::TooFar => self.kept.too_far += 1,
                    Seen::Unkept => self.kept.other_texts += 1,
                    _ => {}
                }
                self.places[*place].add(*seen, &id);
            }
            for (place, word) in &pending.words[words..event.words] {
                let word = &pending.text[word.clone()];
                self.kept.word(word);
                self.places[*place].add_word(word, id.text);
            }
            (seen, words) = (event.seen, event.words);
        }
        for (place, first) in &pending.firsts {
            let known = &mut self.places[*place].first;
            *known = (*known).min(*first);
        }
        let counted = pending.events.len();
        self.trim(&pending);
        pending.clear();
        self.pending = pending;
        self.is_full().map_or(Ok(counted), Err)
    }

    /// Lets go of keys, where objects have too many: they are data.
    fn trim(&mut self, pending: &Pending) {
        for new in &pending.new {
            let Undo::Key(parent) = new else {
                continue;
            };
            let place = &self.places[*parent];
            let rest = match place.is_detail() {
                true if place.keys.len() > 2 * MAX_KEYS => self.places[*parent].trim(MAX_KEYS),
                false if place.keys.len() > MAX_KEYS => self.fold(*parent),
                _ => continue,
            };
            rest.iter().for_each(|key| self.release(key.place));
        }
    }

    /// Keeps what stands under the keys of a place, but not the keys; returns them.
    fn fold(&mut self, place: usize) -> Vec<Key> {
        let mut folded = Shape::default();
        for key in &self.places[place].keys {
            folded.join_value(self.shape(key.place));
        }
        let place = &mut self.places[place];
        place.folded = Some(Box::new(folded));
        place.trim(0)
    }

    fn is_full(&self) -> Option<Full> {
        if self.places.len() - self.free.len() > MAX_PLACES {
            return Some(Full::Places);
        }
        (self.type_count > MAX_TYPES).then_some(Full::Types)
    }

    /// What was kept and what was not, since this was last asked.
    pub(super) fn take_kept(&mut self) -> Kept {
        std::mem::take(&mut self.kept)
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
            let key = (Origin::Delivery, seen.value.kind()?);
            Some((key, seen.sightings()))
        });
        let field = |key| Box::new(self.field_of(key, place.objects));
        let keys = place.keys.iter();
        let fields = keys.map(|key| (key.name.to_string(), field(key)));
        let mut shape = Shape {
            seen: seen.collect(),
            words: place.words.clone(),
            fields: fields.collect(),
            keys_overflow: place.keys_overflow,
            items: place.items.map(|items| Box::new(self.shape(items))),
            values: place.folded.clone(),
            ..Shape::default()
        };
        for values in place.values.into_iter().flatten() {
            let values = self.shape(values);
            shape.values.get_or_insert_default().join_value(values);
        }
        match place.is_detail() {
            true => shape.bound_keys(),
            false => shape.fold_keys(),
        }
        shape
    }

    fn field_of(&self, key: &Key, objects: u64) -> Field {
        let known = &self.places[key.place];
        let missing = (known.count < objects).then_some(Origin::Delivery);
        Field {
            shape: self.shape(key.place),
            missing: BTreeSet::from_iter(missing),
            first: Position::Delivery(known.first),
        }
    }
}
