//! A number or a string comes in from any deserializer; it goes out as it is spelled where the format
//! tells, as `serde_json` does, and else as what the format takes it for.

use std::fmt;

use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json_value::Kind;
use crate::serde_form::{RAW, serialize_number};
use crate::{Json, Number};

/// What `serde_json` calls newtypes and keys that only it and we know of: JSON as it is spelled, and a
/// number so with its feature `arbitrary_precision`. Were they called otherwise one day, numbers would
/// come as floats, which are read as well.
const PRIVATE: &str = "$serde_json::private::";

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(self.as_json(), serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    /// As it is spelled, where the format spells it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = deserialize(deserializer, "a JSON number", false)?;
        Ok(Self::of(json.into_text()))
    }
}

/// Reads a number, or a string if `takes_text`; `expected` says so.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    takes_text: bool,
) -> Result<Json, D::Error> {
    let visitor = ScalarVisitor {
        expected,
        takes_text,
    };
    deserializer.deserialize_newtype_struct(RAW, visitor)
}

struct ScalarVisitor {
    expected: &'static str,
    takes_text: bool,
}

impl ScalarVisitor {
    fn check<E: Error>(&self, json: Json) -> Result<Json, E> {
        match json.kind() {
            Kind::Number => Ok(json),
            Kind::String if self.takes_text => Ok(json),
            kind => {
                let text = json.as_str().unwrap_or_default();
                Err(E::invalid_type(unexpected(kind, &json, text), self))
            }
        }
    }
}

/// What serde calls it.
fn unexpected<'a>(kind: Kind, json: &Json, text: &'a str) -> Unexpected<'a> {
    match kind {
        Kind::Null => Unexpected::Unit,
        Kind::Boolean => Unexpected::Bool(json.as_json() == "true"),
        Kind::Number => Unexpected::Other("number"),
        Kind::String => Unexpected::Str(text),
        Kind::List => Unexpected::Seq,
        Kind::Object => Unexpected::Map,
    }
}

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Number::from(value).into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Number::from(value).into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Number::from_f64(value)
            .map(Json::from)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        if self.takes_text {
            Ok(text.into())
        } else {
            Err(E::invalid_type(Unexpected::Str(text), &self))
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// The text under a private key, or an object, which is no scalar.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let key: Option<String> = map.next_key()?;
        if key.is_some_and(|key| key.starts_with(PRIVATE)) {
            let text: String = map.next_value()?;
            return self.check(text.parse().map_err(A::Error::custom)?);
        }
        Err(A::Error::invalid_type(Unexpected::Map, &self))
    }
}
