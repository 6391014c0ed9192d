//! Pieces of JSON come in; whether they mean the same goes out, without rounding a number, and a hash that
//! is the same if they do.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use super::{Json, Kind};
use crate::decimal::Decimal;
use crate::read::Cursor;

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_json() == other.as_json()
            || self.is_readable() && other.is_readable() && self.means(other)
    }
}

impl Json {
    /// Whether all of it can be walked: a tree that was made by hand may be too deep.
    fn is_readable(&self) -> bool {
        Cursor::new(self.as_json()).skip().is_ok()
    }

    /// Whether both mean the same, as they are spelled.
    fn means(&self, other: &Self) -> bool {
        if self.as_json() == other.as_json() {
            return true;
        }
        match (self.kind(), other.kind()) {
            (Kind::Number, Kind::Number) => {
                Decimal::of(self.as_json()) == Decimal::of(other.as_json())
            }
            (Kind::String, Kind::String) => self.as_str() == other.as_str(),
            (Kind::List, Kind::List) => {
                let (one, two) = (self.items(), other.items());
                one.len() == two.len() && one.zip(two).all(|(one, two)| one.means(two))
            }
            (Kind::Object, Kind::Object) => {
                let (one, two): (HashMap<_, _>, HashMap<_, _>) =
                    (self.entries().collect(), other.entries().collect());
                let same =
                    |(key, json): (_, &&Self)| two.get(key).is_some_and(|two| json.means(two));
                one.len() == two.len() && one.iter().all(same)
            }
            _ => false,
        }
    }
}

impl Eq for Json {}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if self.is_readable() {
            self.hash_meaning(state);
        } else {
            // Equal only to what is spelled alike.
            self.as_json().hash(state);
        }
    }
}

impl Json {
    fn hash_meaning<H: Hasher>(&self, state: &mut H) {
        let kind = self.kind();
        kind.hash(state);
        match kind {
            Kind::Null => {}
            Kind::Boolean => self.as_bool().hash(state),
            Kind::Number => Decimal::of(self.as_json()).hash(state),
            Kind::String => self.as_str().hash(state),
            Kind::List => {
                let items = self.items();
                items.len().hash(state);
                items.for_each(|item| item.hash_meaning(state));
            }
            Kind::Object => {
                let members: BTreeMap<_, _> = self.entries().collect();
                members.len().hash(state);
                for (key, json) in members {
                    key.hash(state);
                    json.hash_meaning(state);
                }
            }
        }
    }
}
