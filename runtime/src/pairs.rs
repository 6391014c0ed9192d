//! Pairs of strings come in as an object or as a list of objects of two; they go out as pairs, and are
//! written in the form they came in.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::node::Node;
use crate::object::{Member, Slot};
use crate::read::{Fault, Reader};
use crate::{Map, Text};

/// Keys with values, both text, which some deliveries write as an object, `{"team": "a"}`, and others as a
/// list, `[{"Key": "team", "Value": "a"}]`: tags, for one.
///
/// ```
/// use eventbridge_runtime::Pairs;
///
/// let tags = Pairs::list("Key", "Value", [("team", "a")]);
/// assert_eq!(tags.get("team"), Some("a"));
/// assert_eq!(tags.to_string(), r#"[{"Key":"team","Value":"a"}]"#);
/// assert_eq!(Pairs::from_iter([("team", "a")]).to_string(), r#"{"team":"a"}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Object(Map<Text>),
    /// Each of two members.
    List(Vec<Map<Text>>),
}

impl Pairs {
    /// Pairs that are written as a list of objects with these two keys.
    pub fn list<K: Into<Text>, V: Into<Text>>(
        key: &str,
        value: &str,
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let pair = |(k, v): (K, V)| Map::from_iter([(key, k.into()), (value, v.into())]);
        Self(Form::List(pairs.into_iter().map(pair).collect()))
    }

    /// The value at a key: of several, the first.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// All pairs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..).map_while(|index| match &self.0 {
            Form::Object(map) => map.0.get(index).map(|(key, value)| (&**key, &**value)),
            Form::List(list) => list.get(index).and_then(pair),
        })
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Object(map) => map.len(),
            Form::List(list) => list.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What an object of two members says. The value is what is called so; else it comes second.
fn pair(object: &Map<Text>) -> Option<(&str, &str)> {
    let [(first, one), (_, other)] = object.0.as_slice() else {
        return None;
    };
    let is_swapped = first.to_ascii_lowercase().ends_with("value");
    Some(if is_swapped {
        (other, one)
    } else {
        (one, other)
    })
}

/// The pairs that a node holds, whatever its form.
pub(crate) fn of(node: Node<'_>) -> Option<Vec<(&str, &str)>> {
    match node {
        Node::Map(map) => crate::node::entries(map)
            .map(|(key, value)| Some((key, value.text()?)))
            .collect(),
        Node::List(list) => crate::node::items(list).map(pair_of).collect(),
        _ => None,
    }
}

/// The pair that an object of two strings is.
fn pair_of(node: Node<'_>) -> Option<(&str, &str)> {
    let mut members = Vec::new();
    match node {
        Node::Map(map) => members.extend(crate::node::entries(map)),
        Node::Object(object) => object.view(&mut |view| {
            for (key, _) in view.keys.iter().zip(view.fields) {
                members.extend(view.node(key).map(|node| (*key, node)));
            }
        }),
        _ => return None,
    }
    let [(first, one), (_, other)] = members.as_slice() else {
        return None;
    };
    let is_swapped = first.to_ascii_lowercase().ends_with("value");
    let (key, value) = if is_swapped {
        (other, one)
    } else {
        (one, other)
    };
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

impl Member for Pairs {
    fn node(&self) -> Option<Node<'_>> {
        match &self.0 {
            Form::Object(map) => map.node(),
            Form::List(list) => list.node(),
        }
    }

    fn expected(&self) -> &'static str {
        "an object of strings, or a list of objects of two strings"
    }
}

impl Slot for Pairs {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
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
    use crate::read::document;

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
                of(pairs.node().unwrap()).unwrap(),
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
        }
    }
}
