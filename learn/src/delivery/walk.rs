//! The JSON of a detail comes in, straight from the parser; what it shows at each place goes to the tally,
//! without a tree in between.

use super::tally::Tally;
use crate::instant;
use crate::shape::Kind;
use eventbridge_catalog::model::WireForm;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What one value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Instant(WireForm),
    List,
    Object,
    /// No value: an object has a key that is data.
    Crowded,
    /// No value: a text under a key that tells a state is no word of a state.
    Unkept,
}

impl Mark {
    /// As shapes call it.
    pub(super) fn kind(self) -> Option<Kind> {
        Some(match self {
            Mark::Null => Kind::Null,
            Mark::Boolean => Kind::Boolean,
            Mark::Integer => Kind::Integer,
            Mark::Number => Kind::Number,
            Mark::Text => Kind::Text,
            Mark::Instant(form) => Kind::Instant(form),
            Mark::List => Kind::List,
            Mark::Object => Kind::Object,
            Mark::Crowded | Mark::Unkept => return None,
        })
    }
}

/// Objects and lists that stand deeper are told, but not looked into: saved shapes are nested three times as
/// deep as events, and JSON readers stop at 128.
pub(super) const MAX_DEPTH: usize = 32;

/// Thirteen digits.
const MILLIS: std::ops::Range<u64> = 1_000_000_000_000..10_000_000_000_000;

/// Walks the value at one place.
pub(super) struct Walk<'t> {
    pub(super) tally: &'t mut Tally,
    pub(super) place: usize,
}

impl Walk<'_> {
    fn saw<E>(self, mark: Mark) -> Result<(), E> {
        self.tally.saw(self.place, mark);
        Ok(())
    }

    fn whole<E>(self, in_range: bool) -> Result<(), E> {
        let mark = match in_range && self.tally.is_time(self.place) {
            true => Mark::Instant(WireForm::IntegerMillis),
            false => Mark::Integer,
        };
        self.saw(mark)
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.saw(Mark::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.saw(Mark::Boolean)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.whole(MILLIS.contains(&number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.whole(false)
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        let in_range = (MILLIS.start as f64..MILLIS.end as f64).contains(&number);
        let mark = match in_range && self.tally.is_time(self.place) {
            true => Mark::Instant(WireForm::FloatMillis),
            false => Mark::Number,
        };
        self.saw(mark)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let mark = if instant::is_rfc3339(text) {
            Mark::Instant(WireForm::Rfc3339)
        } else if self.tally.is_time(self.place) && instant::is_millis(text) {
            Mark::Instant(WireForm::StringMillis)
        } else {
            self.tally.word(self.place, text);
            Mark::Text
        };
        self.saw(mark)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Walk { tally, place } = self;
        tally.saw(place, Mark::List);
        if tally.is_far(place) {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while items
            .next_element_seed(Item { tally, list: place })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Walk { tally, place } = self;
        tally.saw(place, Mark::Object);
        if tally.is_far(place) {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        let mut next = Member {
            place,
            object: tally.next_object(),
            guess: 0,
            ordinal: 0,
        };
        while let Some(found) = members.next_key_seed(KeyOf { tally, next: &next })? {
            match found {
                Some((guess, place)) => {
                    next.guess = guess;
                    members.next_value_seed(Walk { tally, place })?;
                }
                None => drop(members.next_value::<IgnoredAny>()?),
            }
            next.ordinal += 1;
        }
        Ok(())
    }
}

/// An item of the list at a place.
struct Item<'t> {
    tally: &'t mut Tally,
    list: usize,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Item { tally, list } = self;
        let place = tally.items(list);
        Walk { tally, place }.deserialize(deserializer)
    }
}

/// The next member of an object.
pub(super) struct Member {
    /// The place of the object.
    pub(super) place: usize,
    /// The object's number: of a key that stands twice in it, the first counts.
    pub(super) object: u64,
    /// Where its key stands among the known ones, if objects have their keys in one order.
    pub(super) guess: usize,
    /// The how-manieth member it is.
    pub(super) ordinal: usize,
}

/// Reads the next key: where the one after it is likely to stand, and its place, if what stands there is looked at.
struct KeyOf<'t, 'n> {
    tally: &'t mut Tally,
    next: &'n Member,
}

impl<'de> DeserializeSeed<'de> for KeyOf<'_, '_> {
    type Value = Option<(usize, usize)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_, '_> {
    type Value = Option<(usize, usize)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.tally.key(key, self.next))
    }
}
