//! What serde hands in is taken as the text of a document, which our own reader reads; what it takes is
//! streamed from the text. With `serde_json` no tree is made on either way.

use std::cell::Cell;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::read::Cursor;
use crate::{Json, ParseError};

/// The name by which `serde_json` hands over JSON as it is spelled, and takes it. Were it another one
/// day, values would come as trees, which are read as well.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

/// Reads from any deserializer what `read` reads from a document's text.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: impl FnOnce(&str) -> Result<T, ParseError>,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, DocumentVisitor(read))
}

struct DocumentVisitor<F>(F);

impl<'de, T, F: FnOnce(&str) -> Result<T, ParseError>> Visitor<'de> for DocumentVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    /// Either the text under its private key, or an object of a format that knows no newtypes.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return (self.0)("{}").map_err(A::Error::custom);
        };
        if key == RAW {
            // What is wrong is told out here: within the value, wrappers that tell paths would name the key.
            let read = map.next_value_seed(TextSeed(self.0))?;
            return read.map_err(A::Error::custom);
        }
        let mut members = serde_json::Map::new();
        members.insert(key, map.next_value()?);
        let Value::Object(rest) = Value::deserialize(MapAccessDeserializer::new(map))? else {
            return Err(A::Error::custom("expected an object"));
        };
        members.extend(rest);
        (self.0)(&Value::Object(members).to_string()).map_err(A::Error::custom)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        (self.0)(&value.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        (self.0)(&value.to_string()).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        (self.0)(&Value::from(value).to_string()).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        (self.0)(&Value::from(value).to_string()).map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        (self.0)(if value { "true" } else { "false" }).map_err(E::custom)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        (self.0)("null").map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        (self.0)(&value.to_string()).map_err(A::Error::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = Value::deserialize(deserializer)?;
        (self.0)(&value.to_string()).map_err(D::Error::custom)
    }
}

/// Reads the text without a copy.
struct TextSeed<F>(F);

impl<'de, T, F: FnOnce(&str) -> Result<T, ParseError>> serde::de::DeserializeSeed<'de>
    for TextSeed<F>
{
    type Value = Result<T, ParseError>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Result<T, ParseError>> Visitor<'_> for TextSeed<F> {
    type Value = Result<T, ParseError>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok((self.0)(text))
    }
}

/// Writes a number with all its digits: an integer of 64 bits as such, all else as text, which `serde_json`
/// takes as it stands. Other formats get the nearest float, or text where there is none.
pub(crate) fn serialize_number<S: Serializer>(
    text: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<i64>()
        && text != "-0"
    {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse::<u64>() {
        return serializer.serialize_u64(value);
    }
    match (target::<S>(), text.parse::<f64>()) {
        (Target::Json, _) => {
            let mut raw = serializer.serialize_struct(RAW, 1)?;
            raw.serialize_field(RAW, text)?;
            raw.end()
        }
        (Target::Other, Ok(value)) if value.is_finite() => serializer.serialize_f64(value),
        _ => serializer.serialize_str(text),
    }
}

/// What a serializer writes into.
#[derive(Debug, PartialEq)]
enum Target {
    /// JSON of `serde_json`'s, which takes text under the private key as it stands.
    Json,
    /// A key of such JSON, which is text.
    JsonKey,
    /// Something else, to which text under the private key is an object.
    Other,
}

/// What a serializer writes into. Its name tells, and that of what it wraps. Were it called otherwise one
/// day, digits beyond a float would be lost.
fn target<S>() -> Target {
    let name = std::any::type_name::<S>();
    let is_in_name = |c: char| c.is_alphanumeric() || c == '_';
    let is_json = name
        .match_indices("serde_json::")
        .any(|(at, _)| !name[..at].ends_with(is_in_name));
    match is_json {
        true if name.contains("MapKeySerializer") => Target::JsonKey,
        true => Target::Json,
        false => Target::Other,
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stream = Stream {
            json: self.as_json(),
            at: &Cell::new(0),
        };
        stream.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer, |text| text.parse())
    }
}

/// The next value of a text that is JSON; written, it is passed.
struct Stream<'a> {
    json: &'a str,
    at: &'a Cell<usize>,
}

impl<'a> Stream<'a> {
    /// Moves on, and gives what that step gives.
    fn step<T>(&self, step: impl FnOnce(&mut Cursor<'a>) -> T) -> T {
        let mut cursor = Cursor::new(self.json);
        cursor.at = self.at.get();
        // What is closed here was opened in another step.
        cursor.depth = 1;
        let given = step(&mut cursor);
        self.at.set(cursor.at);
        given
    }

    fn begin<E: serde::ser::Error>(&self, end: u8) -> Result<bool, E> {
        self.step(|cursor| cursor.begin(end)).map_err(broken)
    }

    fn next<E: serde::ser::Error>(&self, end: u8) -> Result<bool, E> {
        self.step(|cursor| cursor.next(end)).map_err(broken)
    }

    fn scalar<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let range = self.step(Cursor::skip_unchecked).map_err(broken)?;
        match self.json.get(range).unwrap_or_default() {
            "null" => serializer.serialize_unit(),
            "true" => serializer.serialize_bool(true),
            "false" => serializer.serialize_bool(false),
            number => serialize_number(number, serializer),
        }
    }
}

/// Cannot be: the text was read as JSON.
fn broken<E: serde::ser::Error>(_: crate::RawError) -> E {
    E::custom("a text that was read as JSON is none")
}

impl Serialize for Stream<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.step(|cursor| cursor.peek()) {
            b'"' => {
                let span = self.step(|cursor| cursor.string()).map_err(broken)?;
                serializer.serialize_str(&span.text(self.json))
            }
            b'[' => {
                let mut seq = serializer.serialize_seq(None)?;
                let mut more = self.begin::<S::Error>(b']')?;
                while more {
                    seq.serialize_element(self)?;
                    more = self.next::<S::Error>(b']')?;
                }
                seq.end()
            }
            b'{' => {
                let mut map = serializer.serialize_map(None)?;
                let mut more = self.begin::<S::Error>(b'}')?;
                while more {
                    let key = self.step(|cursor| cursor.key()).map_err(broken)?;
                    map.serialize_entry(&key.text(self.json), self)?;
                    more = self.next::<S::Error>(b'}')?;
                }
                map.end()
            }
            _ => self.scalar(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::value::{Error, StrDeserializer};
    use serde_json::ser::CompactFormatter;

    use super::*;
    use crate::{Number, Timestamp};

    mod my_serde_json {
        pub(super) struct Writer;
    }

    #[test]
    fn a_target_is_told_by_its_own_name_alone() {
        type Ours<'s> = &'s mut serde_json::Serializer<Vec<u8>, CompactFormatter>;
        assert_eq!(target::<Ours<'_>>(), Target::Json);
        assert_eq!(target::<Option<Ours<'_>>>(), Target::Json);
        assert_eq!(target::<Vec<my_serde_json::Writer>>(), Target::Other);
    }

    #[test]
    fn numbers_are_keys_as_they_are_spelled() {
        let number: Number = "1.50".parse().unwrap();
        let keys = BTreeMap::from([(number, 1)]);
        assert_eq!(serde_json::to_string(&keys).unwrap(), r#"{"1.50":1}"#);
        let time: Timestamp = serde_json::from_str("1592411992203.0").unwrap();
        let keys = BTreeMap::from([(time, 1)]);
        let text = serde_json::to_string(&keys).unwrap();
        assert_eq!(text, r#"{"1592411992203.0":1}"#);
        assert_eq!(
            serde_json::from_str::<BTreeMap<Timestamp, i32>>(&text).unwrap(),
            keys
        );
    }

    #[test]
    fn plain_values_of_any_format_are_json() {
        let text = StrDeserializer::<Error>::new("a\"");
        assert_eq!(Json::deserialize(text).unwrap().as_json(), r#""a\"""#);
        let list = serde::de::value::SeqDeserializer::<_, Error>::new([true, false].into_iter());
        assert_eq!(Json::deserialize(list).unwrap().as_json(), "[true,false]");
    }
}
