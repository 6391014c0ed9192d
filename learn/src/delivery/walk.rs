//! The JSON of a detail comes in, straight from the parser; what it shows at each place goes to the tally,
//! without a tree in between.

use super::node::Seen;
use super::tally::{Member, Tally};
use crate::instant;
use eventbridge_catalog::model::WireForm;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Thirteen digits.
const MILLIS: std::ops::Range<u64> = 1_000_000_000_000..10_000_000_000_000;

/// Ten digits: 2001 to 2286.
const SECONDS: std::ops::Range<u64> = 1_000_000_000..10_000_000_000;

/// Walks the value at one place.
pub(super) struct Walk<'t> {
    pub(super) tally: &'t mut Tally,
    pub(super) place: usize,
}

impl Walk<'_> {
    fn record<E>(self, seen: Seen) -> Result<(), E> {
        self.tally.record(self.place, seen);
        Ok(())
    }

    /// A number: an instant, if it has the digits of one under a key that names a time.
    fn number<E>(self, whole: u64, [millis, seconds]: [WireForm; 2], other: Seen) -> Result<(), E> {
        let form = match whole {
            _ if !self.tally.is_time(self.place) => None,
            whole if MILLIS.contains(&whole) => Some(millis),
            whole if SECONDS.contains(&whole) => Some(seconds),
            _ => None,
        };
        self.record(form.map_or(other, Seen::Instant))
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
        self.record(Seen::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.record(Seen::Boolean)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        let forms = [WireForm::IntegerMillis, WireForm::IntegerSeconds];
        self.number(number, forms, Seen::Integer)
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.record(Seen::Integer)
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        let forms = [WireForm::FloatMillis, WireForm::FloatSeconds];
        self.number(number as u64, forms, Seen::Number) // what is beyond, or none, is in no range
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let seen = if instant::is_rfc3339(text) {
            Seen::Instant(WireForm::Rfc3339)
        } else if self.tally.is_time(self.place)
            && let Some(form) = instant::in_digits(text)
        {
            Seen::Instant(form)
        } else {
            self.tally.word(self.place, text);
            Seen::Text
        };
        self.record(seen)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Walk { tally, place } = self;
        tally.record(place, Seen::List);
        if tally.is_far(place) {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            tally.record(place, Seen::TooFar);
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
        tally.record(place, Seen::Object);
        if tally.is_far(place) {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            tally.record(place, Seen::TooFar);
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
