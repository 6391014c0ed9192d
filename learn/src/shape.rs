//! Evidence of one place in an event comes in, one shape for all of it goes out: what kinds of value stand
//! there, where each was seen, and what kind of evidence says so.
//!
//! Shapes form a join-semilattice: [`Shape::join`] is commutative, associative and idempotent, so the
//! order of evidence does not matter, and parts joined equal the whole. What is bounded keeps the
//! smallest, so bounds do not break that.

mod fold;
mod kind;
mod observe;
mod saved;
mod words;

pub use kind::ValueKind;
pub use saved::SavedShape;
pub(super) use saved::fact;
pub use words::Words;

use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::path::{self, Step};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one place in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What was seen: of each kind of value and each kind of evidence, the first [`MAX_SIGHTINGS`].
    pub seen: BTreeMap<(Origin, ValueKind), BTreeSet<Sighting>>,
    /// The words that events show here, while they are few.
    pub words: Words,
    /// Of objects, the shape of each key: the first [`MAX_KEYS`]. Boxed, as the map sets room for eleven aside.
    pub fields: BTreeMap<String, Box<Field>>,
    /// Whether objects had more keys than are kept, or keys that are data. Of deliveries none of them is kept then.
    pub keys_overflow: bool,
    /// Of arrays, the shape of all items.
    pub items: Option<Box<Shape>>,
    /// Of maps, the shape of all values.
    pub values: Option<Box<Shape>>,
    /// Of objects, the definitions of documents that are referred to here, `my.kiln@Fired#Pot`: the first
    /// [`MAX_SIGHTINGS`]. Places of one definition are of one type.
    pub definitions: BTreeSet<String>,
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What stands there.
    pub shape: Shape,
    /// The kinds of evidence that have an object without this key.
    pub missing: BTreeSet<Origin>,
    /// Where it stood first: keys are written in this order.
    pub first: Position,
}

/// Orders the keys of an object: as the samples of pages show them, by page, line and place in the object;
/// then what only prose names; then as deliveries have them; then as documents do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// In a sample: where the sample begins, and the number of the key in it.
    Sample(Evidence, usize),
    /// In prose.
    Prose(Evidence, usize),
    /// In a delivery: the number of the key in its object. Which delivery does not matter.
    Delivery(usize),
    /// In a registry document or an API model.
    Document(Evidence, usize),
}

/// Something seen at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Where.
    pub site: Evidence,
    /// The value, when it is short and has no parts. Values of deliveries are not kept.
    pub value: Option<String>,
}

/// How many sightings of one kind of value a shape keeps from each kind of evidence.
pub const MAX_SIGHTINGS: usize = 4;

/// The longest path, in bytes. What lies in an object or a list behind it is not looked into: each place is known by
/// its path, and so a page would cost as many times its size as it has places.
pub const MAX_PATH: usize = 1_000;

/// How many keys of an object are kept.
pub const MAX_KEYS: usize = 512;

/// What becomes of the keys of objects that have too many, or keys that are data.
#[derive(Clone, Copy, Debug)]
enum Keys {
    /// The first are kept.
    Bounded,
    /// None are: what stands under them becomes the values of a map.
    Folded,
}

impl Shape {
    /// A place where one thing was seen.
    pub fn one(kind: ValueKind, site: Evidence, value: Option<String>) -> Shape {
        let key = (site.origin, kind);
        let value = value.filter(|value| !value.is_empty());
        let sighting = Sighting { site, value };
        Shape {
            seen: BTreeMap::from([(key, BTreeSet::from([sighting]))]),
            ..Shape::default()
        }
    }

    /// Adds what another shape knows.
    pub fn join(&mut self, other: Shape) {
        self.join_as(other, Keys::Bounded, Keys::Bounded);
    }

    fn join_as(&mut self, other: Shape, here: Keys, below: Keys) {
        let (mine, theirs) = (self.object_origins(), other.object_origins());
        for (key, field) in &mut self.fields {
            if !other.fields.contains_key(key) {
                field.missing.extend(&theirs);
            }
        }
        for (key, mut field) in other.fields {
            match self.fields.get_mut(&key) {
                Some(known) => known.join_as(*field, below),
                None => {
                    field.missing.extend(&mine);
                    self.fields.insert(key, field);
                }
            }
        }
        join_boxed(&mut self.items, other.items, below);
        join_boxed(&mut self.values, other.values, below);
        self.keys_overflow |= other.keys_overflow;
        match here {
            Keys::Bounded => self.bound_keys(),
            Keys::Folded => self.fold_keys(),
        }
        self.words.join(other.words);
        self.definitions.extend(other.definitions);
        while self.definitions.len() > MAX_SIGHTINGS {
            self.definitions.pop_last();
        }
        for (key, sightings) in other.seen {
            let known = self.seen.entry(key).or_default();
            known.extend(sightings);
            while known.len() > MAX_SIGHTINGS {
                known.pop_last();
            }
        }
    }

    /// Every kind of value seen, whoever says so.
    pub fn kinds(&self) -> BTreeSet<&ValueKind> {
        self.seen.keys().map(|(_, kind)| kind).collect()
    }

    /// Every kind of value that one kind of evidence has.
    pub fn kinds_of(&self, origin: Origin) -> impl Iterator<Item = &ValueKind> {
        self.seen
            .keys()
            .filter(move |(of, _)| *of == origin)
            .map(|(_, kind)| kind)
    }

    /// Whether an object was seen.
    pub fn is_object(&self) -> bool {
        self.seen.keys().any(|(_, kind)| *kind == ValueKind::Object)
    }

    /// Whether the keys of objects here are data: a document calls it a map, or there are too many.
    pub fn is_map(&self) -> bool {
        self.keys_overflow || self.seen.keys().any(|(_, kind)| *kind == ValueKind::Map)
    }

    /// The kinds of evidence that have an object here.
    pub(super) fn object_origins(&self) -> BTreeSet<Origin> {
        let objects = self
            .seen
            .keys()
            .filter(|(_, kind)| *kind == ValueKind::Object);
        objects.map(|(origin, _)| *origin).collect()
    }

    /// All sightings with what was seen, in the order in which evidence is believed.
    pub fn sightings(&self) -> Vec<(&ValueKind, &Sighting)> {
        let each = self.seen.iter();
        let mut all: Vec<_> = each
            .flat_map(|((_, kind), seen)| seen.iter().map(move |sighting| (kind, sighting)))
            .collect();
        all.sort_by_key(|(kind, sighting)| (&sighting.site, *kind));
        all
    }

    /// The fields, in the order in which they are written.
    pub fn ordered(&self) -> Vec<(&String, &Field)> {
        let boxed = self.fields.iter();
        let mut fields: Vec<(&String, &Field)> =
            boxed.map(|(key, field)| (key, &**field)).collect();
        fields.sort_by(|a, b| (&a.1.first, a.0).cmp(&(&b.1.first, b.0)));
        fields
    }

    /// The shape at a path such as `InputDataConfig[].ChannelName`.
    pub fn at(&self, path: &str) -> Option<&Shape> {
        let steps = path::steps(path)?;
        steps.iter().try_fold(self, |shape, step| match step {
            Step::Key(key) => shape.fields.get(key).map(|field| &field.shape),
            Step::Items => shape.items.as_deref(),
            Step::Values => shape.values.as_deref(),
        })
    }
}

impl Field {
    fn join_as(&mut self, other: Field, keys: Keys) {
        self.missing.extend(other.missing);
        self.first = self.first.clone().min(other.first);
        self.shape.join_as(other.shape, keys, keys);
    }

    /// Whether every event seen has it. What documents say does not count.
    pub fn always(&self) -> bool {
        let seen = self
            .shape
            .seen
            .keys()
            .any(|(origin, kind)| origin.shows_events() && *kind != ValueKind::Prose);
        seen && !self.missing.iter().any(|origin| origin.shows_events())
    }
}

fn join_boxed(mine: &mut Option<Box<Shape>>, other: Option<Box<Shape>>, keys: Keys) {
    match (mine.as_mut(), other) {
        (Some(mine), Some(other)) => mine.join_as(*other, keys, keys),
        (None, Some(other)) => *mine = Some(other),
        (_, None) => {}
    }
}
