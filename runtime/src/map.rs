//! The members of an object whose keys are data come in; they are kept in the document's order.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Index;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Text;
use crate::members::{Distinct, dedup, extend, in_any_order, same_members, set};

/// An object whose keys are data: tags, hyperparameters.
///
/// It keeps the order of the document, and is equal to another in any order.
///
/// ```
/// use eventbridge_runtime::json::Map;
///
/// let mut weights: Map<i64> = Map::from([("front", 40), ("back", 35)]);
/// weights.extend([("side", 30)]);
/// for (_, weight) in &mut weights {
///     *weight += 1;
/// }
/// for (door, weight) in &weights {
///     println!("{door} weighs {weight} kg");
/// }
/// assert_eq!(weights["side"], 31);
/// ```
#[derive(Clone)]
pub struct Map<T>(pub(crate) Vec<(Text, T)>);

impl<T> Map<T> {
    /// A map of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// What stands at a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// What stands at a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        let found = self.0.iter_mut().find(|(known, _)| known == key);
        found.map(|(_, value)| value)
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets what stands at a key, and gives what stood there.
    ///
    /// It looks through what is there: many keys are set sooner by [`extend`](Extend::extend).
    pub fn insert(&mut self, key: impl Into<Text>, value: impl Into<T>) -> Option<T> {
        set(&mut self.0, key.into(), value.into())
    }

    /// Removes a key.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let index = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(index).1)
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(pair)
    }

    /// Keys and values, in order, the values to change them.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut T)> {
        self.0.iter_mut().map(pair_mut)
    }

    /// Keys, in order.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Values, in order.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.iter().map(|(_, value)| value)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Walks through keys and values.
pub(crate) type Iter<'m, T> =
    std::iter::Map<std::slice::Iter<'m, (Text, T)>, fn(&'m (Text, T)) -> (&'m str, &'m T)>;

type IterMut<'m, T> = std::iter::Map<
    std::slice::IterMut<'m, (Text, T)>,
    fn(&'m mut (Text, T)) -> (&'m str, &'m mut T),
>;

pub(crate) fn pair<T>((key, value): &(Text, T)) -> (&str, &T) {
    (key, value)
}

fn pair_mut<T>((key, value): &mut (Text, T)) -> (&str, &mut T) {
    (key, value)
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Index<&str> for Map<T> {
    type Output = T;

    /// # Panics
    ///
    /// There is no such key.
    #[allow(clippy::panic)]
    fn index(&self, key: &str) -> &T {
        match self.get(key) {
            Some(value) => value,
            None => panic!("no value stands at the key {key:?}"),
        }
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        same_members(&self.0, &other.0)
    }
}

impl<T: Eq> Eq for Map<T> {}

impl<T: Hash> Hash for Map<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        in_any_order(self.iter()).hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<Text>, V: Into<T>, T> FromIterator<(K, V)> for Map<T> {
    /// Of a key that stands twice, the last value counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(dedup(members))
    }
}

impl<K: Into<Text>, V: Into<T>, T, const N: usize> From<[(K, V); N]> for Map<T> {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<K: Into<Text>, V: Into<T>, T, S> From<HashMap<K, V, S>> for Map<T> {
    /// In the order in which the table gives its keys, which is any.
    fn from(members: HashMap<K, V, S>) -> Self {
        members.into_iter().collect()
    }
}

impl<K: Into<Text>, V: Into<T>, T> From<BTreeMap<K, V>> for Map<T> {
    fn from(members: BTreeMap<K, V>) -> Self {
        members.into_iter().collect()
    }
}

impl<K: Into<Text>, V: Into<T>, T> Extend<(K, V)> for Map<T> {
    /// Sets what stands at each key, as [`insert`](Map::insert) does.
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        extend(&mut self.0, members.into_iter());
    }
}

impl<'m, T> IntoIterator for &'m Map<T> {
    type Item = (&'m str, &'m T);
    type IntoIter = Iter<'m, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(pair)
    }
}

impl<'m, T> IntoIterator for &'m mut Map<T> {
    type Item = (&'m str, &'m mut T);
    type IntoIter = IterMut<'m, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(pair_mut)
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (Text, T);
    type IntoIter = std::vec::IntoIter<(Text, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(Self::new()))
    }
}

struct MapVisitor<T>(Map<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = Map<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Map<T>, A::Error> {
        let mut keys = Distinct::default();
        while let Some((key, value)) = members.next_entry::<Text, T>()? {
            keys.set(&mut self.0.0, key, value);
        }
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::FEW;

    #[test]
    fn order_is_kept_and_does_not_count() {
        let map: Map<i64> = serde_json::from_str(r#"{"b": 1, "a": 2, "b": 3}"#).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":3,"a":2}"#);
        assert_eq!(map, Map::from_iter([("a", 2), ("b", 3)]));
        assert_eq!(format!("{map:?}"), r#"{"b": 3, "a": 2}"#);
        assert_eq!(map["a"], 2);
        assert_eq!(map.keys().collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(map.values().sum::<i64>(), 5);
        assert_eq!(map.into_iter().len(), 2);
    }

    #[test]
    fn it_is_made_of_other_collections_and_walked_through() {
        let mut map: Map<i64> = Map::from([("b", 1), ("a", 2)]);
        assert_eq!(map, HashMap::from([("a", 2), ("b", 1)]).into());
        assert_eq!(map, BTreeMap::from([("a", 2), ("b", 1)]).into());
        map.extend([("c", 3), ("b", 4)]);
        for (key, value) in &mut map {
            *value += i64::from(key == "c");
        }
        map.iter_mut().for_each(|(_, value)| *value *= 10);
        let mut seen = Vec::new();
        for (key, value) in &map {
            seen.push((key, *value));
        }
        assert_eq!(seen, [("b", 40), ("a", 20), ("c", 40)]);
        assert_eq!((&map).into_iter().len(), 3);
        fn is_eq(_: impl Eq) {}
        is_eq(map);
    }

    #[test]
    fn the_last_value_of_a_key_counts() {
        for keys in [3, FEW, 5 * FEW] {
            let twice = (0..2 * keys).map(|index| ((index % keys).to_string(), index as i64));
            let map: Map<i64> = twice.clone().collect();
            assert!(map.values().copied().eq(keys as i64..2 * keys as i64));
            let json: Vec<String> = twice
                .map(|(key, value)| format!("\"{key}\":{value}"))
                .collect();
            let read: Map<i64> = serde_json::from_str(&format!("{{{}}}", json.join(","))).unwrap();
            assert!(read.iter().eq(map.iter()));
        }
    }

    #[test]
    fn few_and_many_members_are_set_as_each_alone() {
        for (before, count) in [(0, 3), (3, 3 * FEW), (5 * FEW, 1), (5 * FEW, 3 * FEW)] {
            let member = |index: usize| (index.to_string(), index as i64);
            let mut one_by_one: Map<i64> = (0..before).map(member).collect();
            let mut at_once = one_by_one.clone();
            // The first are known, and the last are among the new ones.
            let new = (before / 2..before / 2 + count).chain(before / 2..before + count);
            let new: Vec<_> = new.map(member).map(|(key, value)| (key, -value)).collect();
            for (key, value) in new.clone() {
                one_by_one.insert(key, value);
            }
            // How many these are, nobody says.
            let mut unmeasured = at_once.clone();
            unmeasured.extend(new.clone().into_iter().filter(|_| true));
            assert!(unmeasured.iter().eq(one_by_one.iter()));
            at_once.extend(new);
            assert!(at_once.iter().eq(one_by_one.iter()), "{before} {count}");
            assert_eq!(at_once.len(), before + count);
        }
    }
}
