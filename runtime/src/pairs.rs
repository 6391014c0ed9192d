//! Pairs of strings come in as an object or as a list of objects of two; they go out as pairs, and are
//! written in the form they came in.

use std::collections::HashMap;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::members::singly;
use crate::object::Node;
use crate::object::{Expected, FieldKind, ReadField, WriteField};
use crate::read::{RawError, Reader, document};
use crate::{Map, Text, serde_form};

/// Keys with values, both text, which some deliveries write as an object, `{"team": "a"}`, and others as a
/// list, `[{"Key": "team", "Value": "a"}]`: tags, for one.
///
/// ```
/// use eventbridge_runtime::Pairs;
///
/// let tags = Pairs::list("Key", "Value", [("team", "a")]);
/// assert_eq!(tags.get("team"), Some("a"));
/// assert_eq!(tags.to_string(), r#"[{"Key":"team","Value":"a"}]"#);
/// assert_eq!(Pairs::from([("team", "a")]).to_string(), r#"{"team":"a"}"#);
///
/// let mut tags: Pairs = serde_json::from_str(r#"[{"key": "team", "value": "a"}]"#)?;
/// tags.insert("cost", "1");
/// assert_eq!(tags.to_string(), r#"[{"key":"team","value":"a"},{"key":"cost","value":"1"}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pairs(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Object(Map<Text>),
    /// Each of two members.
    List(Vec<Map<Text>>),
}

impl Pairs {
    /// Pairs that are written as a list of objects with these two keys.
    ///
    /// Where these do not tell key and value apart, as they are equal or as what should be the key ends with
    /// `value`, the objects call them `Key` and `Value`.
    pub fn list<K: Into<Text>, V: Into<Text>>(
        key: &str,
        value: &str,
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let (key, value) = if key == value || is_value(key) {
            DEFAULT
        } else {
            (key, value)
        };
        let object = |(k, v): (K, V)| Map::from_iter([(key, k.into()), (value, v.into())]);
        Self(Form::List(pairs.into_iter().map(object).collect()))
    }

    /// The value at a key: of several, the first.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// Sets the value at a key, of several the first, and gives what stood there.
    ///
    /// A list calls key and value in a new pair as it does in its first; an empty one calls them `Key` and
    /// `Value`.
    ///
    /// It looks through what is there: many pairs are set sooner by [`extend`](Extend::extend).
    pub fn insert(&mut self, key: impl Into<Text>, value: impl Into<Text>) -> Option<Text> {
        let (key, value) = (key.into(), value.into());
        match &mut self.0 {
            Form::Object(map) => map.insert(key, value),
            Form::List(list) => insert(list, key, value),
        }
    }

    /// All pairs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..).map_while(|index| match &self.0 {
            Form::Object(map) => map.0.get(index).map(|(key, value)| (&**key, &**value)),
            Form::List(list) => list.get(index).and_then(|object| {
                let (key, value) = pair(object)?;
                Some((&**key, &**value))
            }),
        })
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Object(map) => map.len(),
            Form::List(list) => list.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What an empty list calls key and value.
const DEFAULT: (&str, &str) = ("Key", "Value");

/// The key and the value that two members are.
fn pair<'a, T>(members: impl IntoIterator<Item = (&'a str, T)>) -> Option<(T, T)> {
    let mut members = members.into_iter();
    let ((first, one), (_, other)) = (members.next()?, members.next()?);
    if members.next().is_some() {
        return None;
    }
    Some(if is_value(first) {
        (other, one)
    } else {
        (one, other)
    })
}

/// Whether the member of this name, the first of two, is the value. It is what is called so; else it
/// comes second.
fn is_value(first: &str) -> bool {
    let end = first.as_bytes().last_chunk();
    end.is_some_and(|end: &[u8; 5]| end.eq_ignore_ascii_case(b"value"))
}

fn insert(list: &mut Vec<Map<Text>>, key: Text, value: Text) -> Option<Text> {
    let wanted = key.as_str();
    let place = list
        .iter()
        .position(|object| pair(object).is_some_and(|(known, _)| known == wanted));
    set(list, place.unwrap_or(list.len()), key, value)
}

/// Sets the value at each key: few by looking through the list, more by a table of its keys.
fn extend(list: &mut Vec<Map<Text>>, pairs: impl Iterator<Item = (Text, Text)>) {
    let mut pairs = pairs.fuse().peekable();
    let singly = singly(&pairs);
    for (key, value) in pairs.by_ref().take(singly) {
        insert(list, key, value);
    }
    if pairs.peek().is_none() {
        return;
    }
    let mut places = places(list);
    for (key, value) in pairs {
        let place = *places.entry(key.clone()).or_insert(list.len());
        set(list, place, key, value);
    }
}

/// Where each key stands: of several, the first.
fn places(list: &[Map<Text>]) -> HashMap<Text, usize> {
    let mut places = HashMap::with_capacity(list.len());
    for (place, object) in list.iter().enumerate() {
        if let Some((key, _)) = pair(object) {
            places.entry(key.clone()).or_insert(place);
        }
    }
    places
}

/// Sets the value of the pair at a place, or adds a pair where the list ends.
fn set(list: &mut Vec<Map<Text>>, place: usize, key: Text, value: Text) -> Option<Text> {
    if let Some((_, known)) = list.get_mut(place).and_then(pair) {
        return Some(std::mem::replace(known, value));
    }
    let (key_name, value_name) = DEFAULT;
    let mut new = match list.first() {
        Some(first) => first.clone(),
        None => Map::from([(key_name, ""), (value_name, "")]),
    };
    if let Some(members) = pair(&mut new) {
        (*members.0, *members.1) = (key, value);
    }
    list.push(new);
    None
}

/// The pairs that a node holds, whatever its form.
pub(crate) fn pairs_in(node: Node<'_>) -> Option<Vec<(&str, &str)>> {
    match node {
        Node::Map(map) => crate::object::entries(map)
            .map(|(key, value)| Some((key, value.text()?)))
            .collect(),
        Node::List(list) => crate::object::items(list).map(pair_of).collect(),
        _ => None,
    }
}

/// The pair that an object of two strings is.
fn pair_of(node: Node<'_>) -> Option<(&str, &str)> {
    let (key, value) = match node {
        Node::Map(map) => pair(crate::object::entries(map)),
        Node::Object(object) => crate::object::viewed(object, |view| {
            let fields = view.fields.iter().enumerate();
            pair(fields.filter_map(|(index, field)| Some((field.key, view.written(index)?))))
        })
        .flatten(),
        _ => None,
    }?;
    Some((key.text()?, value.text()?))
}

impl Default for Pairs {
    /// None, to be written as an object.
    fn default() -> Self {
        Self(Form::Object(Map::new()))
    }
}

impl<K: Into<Text>, V: Into<Text>> FromIterator<(K, V)> for Pairs {
    /// To be written as an object.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(Form::Object(pairs.into_iter().collect()))
    }
}

impl<K: Into<Text>, V: Into<Text>, const N: usize> From<[(K, V); N]> for Pairs {
    /// To be written as an object.
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<Text>, V: Into<Text>> Extend<(K, V)> for Pairs {
    /// Sets the value at each key, as [`insert`](Pairs::insert) does.
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        let pairs = pairs.into_iter().map(|(k, v)| (k.into(), v.into()));
        match &mut self.0 {
            Form::Object(map) => map.extend(pairs),
            Form::List(list) => extend(list, pairs),
        }
    }
}

impl fmt::Display for Pairs {
    /// As JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node().map_or(Ok(()), |node| node.fmt(f))
    }
}

impl<'p> IntoIterator for &'p Pairs {
    type Item = (&'p str, &'p str);
    type IntoIter = Box<dyn Iterator<Item = Self::Item> + 'p>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl Serialize for Pairs {
    /// In the form in which they came.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::object::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Pairs {
    /// From either form.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = serde_form::deserialize(deserializer, |text| {
            document(&text.into(), |reader| {
                let mut pairs = Self::default();
                // What is of another kind need not be read to its end, but it is JSON.
                let mut ahead = Reader::at(reader.buffer, reader.cursor.at);
                let is_read = pairs.read(&mut ahead)?;
                reader.json()?;
                Ok(is_read.then_some(pairs))
            })
        })?;
        read.ok_or_else(|| D::Error::custom(format_args!("expected {}", Self::EXPECTED.as_str())))
    }
}

impl WriteField for Pairs {
    fn node(&self) -> Option<Node<'_>> {
        match &self.0 {
            Form::Object(map) => map.node(),
            Form::List(list) => list.node(),
        }
    }
}

impl FieldKind for Pairs {
    const EXPECTED: Expected = Expected::Pairs;
}

impl ReadField for Pairs {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        if reader.cursor.peek() == b'{' {
            let mut map = Map::new();
            let is_read = map.read(reader)?;
            self.0 = Form::Object(map);
            return Ok(is_read);
        }
        let mut list: Vec<Map<Text>> = Vec::new();
        let is_read = list.read(reader)? && list.iter().all(|object| object.len() == 2);
        if is_read {
            self.0 = Form::List(list);
        }
        Ok(is_read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Pairs> {
        let mut pairs = Pairs::default();
        let is_read = document(&json.into(), |reader| pairs.read(reader));
        matches!(is_read, Ok(true)).then_some(pairs)
    }

    #[test]
    fn both_forms_are_read_and_written_back() {
        for json in [
            r#"{"team":"a","cost":"1"}"#,
            r#"[{"Key":"team","Value":"a"},{"Key":"cost","Value":"1"}]"#,
            r#"[{"value":"a","key":"team"},{"value":"1","key":"cost"}]"#,
        ] {
            let pairs = read(json).unwrap();
            assert_eq!(
                pairs.iter().collect::<Vec<_>>(),
                [("team", "a"), ("cost", "1")]
            );
            assert_eq!(pairs.get("cost"), Some("1"));
            assert_eq!(pairs.to_string(), json);
            assert_eq!(serde_json::to_string(&pairs).unwrap(), json);
            assert_eq!((&pairs).into_iter().count(), pairs.len());
            assert_eq!(
                pairs_in(pairs.node().unwrap()).unwrap(),
                [("team", "a"), ("cost", "1")]
            );
        }
        assert!(read("{}").unwrap().is_empty() && read("[]").unwrap().is_empty());
    }

    #[test]
    fn other_forms_are_none() {
        for json in [
            "1",
            r#"{"a":1}"#,
            r#"["a"]"#,
            r#"[{"Key":"a"}]"#,
            r#"[{"Key":"a","Value":1}]"#,
            r#"[{"Key":"a","Value":"b","More":"c"}]"#,
        ] {
            assert_eq!(read(json), None, "{json}");
            let error = serde_json::from_str::<Pairs>(json).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains("expected an object of strings, or"),
                "{error}"
            );
        }
    }

    #[test]
    fn both_forms_come_from_serde() {
        for json in [
            r#"{"team":"a","cost":"1"}"#,
            r#"[{"value":"a","key":"team"},{"value":"1","key":"cost"}]"#,
        ] {
            let pairs: Pairs = serde_json::from_str(json).unwrap();
            assert_eq!(Some(&pairs), read(json).as_ref());
            let tree: serde_json::Value = json.parse().unwrap();
            let again: Pairs = serde_json::from_value(tree).unwrap();
            assert_eq!(again.get("cost"), Some("1"));
        }
    }

    #[test]
    fn names_that_do_not_tell_the_key_are_not_taken() {
        for (key, value) in [
            ("Key", "Key"),
            ("Value", "Value"),
            ("TagValue", "Tag"),
            ("oldvalue", "newValue"),
        ] {
            let pairs = Pairs::list(key, value, [("a", "1"), ("b", "2")]);
            assert_eq!(
                pairs.to_string(),
                r#"[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]"#
            );
            assert_eq!((pairs.get("a"), pairs.get("b")), (Some("1"), Some("2")));
        }
        let pairs = Pairs::list("wert", "größe", [("a", "1")]);
        assert_eq!(pairs.to_string(), r#"[{"wert":"a","größe":"1"}]"#);
        assert_eq!(read(&pairs.to_string()), Some(pairs));
    }

    #[test]
    fn of_a_key_that_stands_twice_the_first_is_set_by_few_and_by_many() {
        let twice = || Pairs::list("Key", "Value", [("a", "1"), ("b", "2"), ("a", "3")]);
        for count in [3, 7, 8, 9, 80] {
            // The last ones are new, and then known.
            let new = (0..count).map(|index| (["a", "c", "b"][index % 3], index.to_string()));
            let new: Vec<_> = new
                .chain((0..3 * count).map(|i| ("d", i.to_string())))
                .collect();
            let (mut one_by_one, mut at_once, mut unmeasured) = (twice(), twice(), twice());
            for (key, value) in new.clone() {
                one_by_one.insert(key, value);
            }
            // How many these are, nobody says.
            unmeasured.extend(new.clone().into_iter().filter(|_| true));
            at_once.extend(new);
            assert_eq!(at_once, one_by_one);
            assert_eq!(unmeasured, one_by_one);
            let keys = at_once.iter().map(|(key, _)| key);
            assert!(keys.eq(["a", "b", "a", "c", "d"]));
            assert_eq!(at_once.iter().nth(2), Some(("a", "3")));
        }
    }

    #[test]
    fn pairs_are_set_in_either_form() {
        for (json, changed) in [
            (r#"{"team":"a"}"#, r#"{"team":"b","cost":"1"}"#),
            (
                r#"[{"Value":"a","Key":"team"}]"#,
                r#"[{"Value":"b","Key":"team"},{"Value":"1","Key":"cost"}]"#,
            ),
            (
                r#"[{"name":"team","is":"a"}]"#,
                r#"[{"name":"team","is":"b"},{"name":"cost","is":"1"}]"#,
            ),
            (
                "[]",
                r#"[{"Key":"team","Value":"b"},{"Key":"cost","Value":"1"}]"#,
            ),
        ] {
            let mut pairs = read(json).unwrap();
            let before = pairs.get("team").map(Text::from);
            assert_eq!(pairs.insert("team", "b"), before);
            pairs.extend([("cost", "1"), ("team", "b")]);
            assert_eq!(pairs.to_string(), changed);
        }
        assert_eq!(Pairs::from([("a", "b")]), Pairs::from_iter([("a", "b")]));
    }
}
