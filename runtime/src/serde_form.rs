//! What serde hands in is taken as the text of a document, which our own reader reads; what it takes is
//! streamed from the text. With `serde_json` no tree is made on either way.

use std::cell::Cell;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
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
    if takes_raw::<S>() {
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, text)?;
        return raw.end();
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => serializer.serialize_f64(value),
        _ => serializer.serialize_str(text),
    }
}

/// Whether a serializer is one of `serde_json`'s or writes into one: to another, text under the private key
/// is an object. Its name tells. Were it called otherwise one day, digits beyond a float would be lost.
fn takes_raw<S>() -> bool {
    std::any::type_name::<S>().contains("serde_json::")
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
        let range = self.step(Cursor::leap).map_err(broken)?;
        match self.json.get(range).unwrap_or_default() {
            "null" => serializer.serialize_unit(),
            "true" => serializer.serialize_bool(true),
            "false" => serializer.serialize_bool(false),
            number => serialize_number(number, serializer),
        }
    }
}

/// Cannot be: the text was read as JSON.
fn broken<E: serde::ser::Error>(_: crate::Fault) -> E {
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
