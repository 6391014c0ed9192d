//! The members of an object that no field has taken come in; they are kept as they are spelled, and are
//! written back.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Index;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::map::{Iter, pair};
use crate::members::{dedup, extend, in_any_order, same_members, set};
use crate::{Json, Text};

/// What a document holds beside the fields of a type, in its order: members that are not documented,
/// explicit nulls, and values of another kind than their field's.
///
/// A field that has a value goes before a member of the same key, so who sets a field that did not fit
/// need not remove it here.
///
/// ```
/// use eventbridge_runtime::{Event, json::Json};
///
/// let event: Event<Json> = r#"{"source": "my.house", "account": 7, "colour": "red"}"#.parse()?;
/// assert_eq!(event.extra["colour"], "red");
/// assert_eq!(event.extra["account"], 7);
/// assert_eq!(event.account, "");
/// for (key, json) in &event.extra {
///     println!("{key}: {json}");
/// }
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    members: Vec<(Text, Json)>,
    /// Fields that every event has and this one had not.
    missing: Vec<&'static str>,
}

impl Extra {
    /// The member of this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, json)| json)
    }

    /// Whether there is a member of this key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets a member, and gives what stood there.
    ///
    /// It looks through what is there: many members are set sooner by [`extend`](Extend::extend).
    pub fn insert(&mut self, key: impl Into<Text>, json: impl Into<Json>) -> Option<Json> {
        set(&mut self.kept().members, key.into(), json.into())
    }

    /// Removes a member.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let index = self.members().iter().position(|(known, _)| known == key)?;
        Some(self.kept().members.remove(index).1)
    }

    /// All members, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Json)> {
        self.members().iter().map(pair)
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    pub(crate) fn members(&self) -> &[(Text, Json)] {
        self.0.as_ref().map_or(&[], |kept| &kept.members)
    }

    /// Adds a member whose key is not there.
    pub(crate) fn push(&mut self, key: Text, json: Json) {
        self.kept().members.push((key, json));
    }

    /// Notes a field that is not there.
    pub(crate) fn miss(&mut self, key: &'static str) {
        self.kept().missing.push(key);
    }

    /// Forgets what it notes of a field, which has a value now.
    pub(crate) fn make_way(&mut self, key: &str) {
        self.remove(key);
        if let Some(kept) = &mut self.0 {
            kept.missing.retain(|missing| *missing != key);
        }
    }

    pub(crate) fn missing(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |kept| &kept.missing)
    }

    /// Whether a field was not there, or its value stands here.
    pub(crate) fn stands_for(&self, key: &str) -> bool {
        self.0.is_some() && (self.missing().contains(&key) || self.contains_key(key))
    }

    /// Takes all members out.
    fn take(&mut self) -> Vec<(Text, Json)> {
        let kept = self.0.as_mut();
        kept.map(|kept| std::mem::take(&mut kept.members))
            .unwrap_or_default()
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }
}

impl Index<&str> for Extra {
    type Output = Json;

    /// The member of this key, or `null`.
    fn index(&self, key: &str) -> &Json {
        self.get(key).unwrap_or(Json::null())
    }
}

impl PartialEq for Extra {
    /// In any order.
    fn eq(&self, other: &Self) -> bool {
        same_members(self.members(), other.members())
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        in_any_order(self.iter()).hash(state);
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<Text>, V: Into<Json>> FromIterator<(K, V)> for Extra {
    /// Of a key that stands twice, the last value counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut extra = Self::default();
        let members = dedup(members);
        if !members.is_empty() {
            extra.kept().members = members;
        }
        extra
    }
}

impl<K: Into<Text>, V: Into<Json>, const N: usize> From<[(K, V); N]> for Extra {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<K: Into<Text>, V: Into<Json>> Extend<(K, V)> for Extra {
    /// Sets each member, as [`insert`](Extra::insert) does.
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        let mut members = members.into_iter().peekable();
        if members.peek().is_some() {
            extend(&mut self.kept().members, members);
        }
    }
}

impl<'e> IntoIterator for &'e Extra {
    type Item = (&'e str, &'e Json);
    type IntoIter = Iter<'e, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.members().iter().map(pair)
    }
}

impl IntoIterator for Extra {
    type Item = (Text, Json);
    type IntoIter = std::vec::IntoIter<(Text, Json)>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.take().into_iter()
    }
}

impl Serialize for Extra {
    /// As an object.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Extra {
    /// From an object. Of a key that stands twice, the last value counts.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ExtraVisitor)
    }
}

struct ExtraVisitor;

impl<'de> Visitor<'de> for ExtraVisitor {
    type Value = Extra;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Extra, A::Error> {
        let mut members: Vec<(Text, Json)> = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(members.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_set_found_and_removed() {
        let mut extra = Extra::from_iter([("a", 1), ("b", 2)]);
        assert_eq!(extra.insert("a", "one"), Some(Json::from(1)));
        assert_eq!(extra["a"], "one");
        assert!(extra["c"].is_null());
        assert_eq!(format!("{extra:?}"), r#"{"a": "one", "b": 2}"#);
        assert_eq!(
            extra,
            Extra::from_iter([("b", Json::from(2)), ("a", Json::from("one"))])
        );
        assert_eq!(extra.remove("a"), Some(Json::from("one")));
        assert_eq!((extra.len(), extra.is_empty()), (1, false));
    }

    #[test]
    fn members_are_walked_through() {
        let mut extra = Extra::from([("a", 1), ("b", 2)]);
        extra.miss("c");
        extra.extend([("b", 3), ("d", 4)]);
        extra.extend(Extra::default());
        assert_eq!(extra.missing(), ["c"]);
        let mut keys = Vec::new();
        for (key, json) in &extra {
            keys.push(format!("{key}{json}"));
        }
        assert_eq!(keys, ["a1", "b3", "d4"]);
        assert_eq!((&extra).into_iter().len(), extra.iter().len());
        assert_eq!(extra.clone().into_iter().collect::<Extra>(), extra);

        let mut none = Extra::default();
        none.extend(Vec::<(Text, Json)>::new());
        assert!(none.0.is_none());
    }

    #[test]
    fn it_is_an_object_to_serde() {
        let json = r#"{"b":1.50,"a":[null,1e400]}"#;
        let extra: Extra = serde_json::from_str(json).unwrap();
        assert_eq!(extra["b"].as_json(), "1.50");
        assert_eq!(extra["a"].as_json(), "[null,1e400]");
        assert_eq!(serde_json::to_string(&extra).unwrap(), json);
        let twice: Extra = serde_json::from_str(r#"{"a": 1, "b": 2, "a": 3}"#).unwrap();
        assert_eq!(twice, Extra::from([("a", 3), ("b", 2)]));
        assert!(serde_json::from_str::<Extra>("[]").is_err());
    }

    #[test]
    fn none_cost_a_pointer() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }
}
