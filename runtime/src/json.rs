//! JSON of which no type is known comes in; it is kept as it is spelled, and read when somebody asks.

mod meaning;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::read::{Cursor, ParseError, RawError, Reader, Span, checked, document};
use crate::{Number, Text};

/// Any JSON, as a document spells it: `1.50` stays `1.50`, and no digit of a long number is lost.
///
/// It shares the buffer of the document that it was read from, and is parsed anew whenever it is asked
/// for something. Two are equal, and hashed alike, when they mean the same: the order of members and the
/// spelling of strings and numbers do not count, and of a key that stands twice, the last member does.
/// [`as_json`](Self::as_json) has the spelling.
///
/// ```
/// use eventbridge_runtime::Json;
/// use serde_json::json;
///
/// let json: Json = r#"{"weight": 1.50, "doors": [{"name": "front"}]}"#.parse()?;
/// assert_eq!(json.get("doors").and_then(|doors| doors.item(0)), Some(Json::from(json!({"name": "front"}))));
/// assert_eq!(json.get("weight").unwrap().as_json(), "1.50");
/// assert_eq!(json, json!({"weight": 1.5, "doors": [{"name": "front"}]}));
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Json(Text);

/// What kind of value some JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    /// With its article: `a string`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

impl Json {
    /// Text that is known to be JSON, without space around it.
    pub(crate) fn of(text: Text) -> Self {
        Self(text)
    }

    /// `null`
    pub(crate) fn null() -> &'static Self {
        static NULL: OnceLock<Json> = OnceLock::new();
        NULL.get_or_init(Self::default)
    }

    /// Where text that is known to be JSON can be put.
    pub(crate) fn text_mut(&mut self) -> &mut Text {
        &mut self.0
    }

    pub(crate) fn into_text(self) -> Text {
        self.0
    }

    /// The JSON as it is spelled.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// The boolean that it is.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        (self.kind() == Kind::Boolean).then(|| self.as_json() == "true")
    }

    /// The string that it is.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        if self.kind() != Kind::String {
            return None;
        }
        let mut cursor = Cursor::new(self.as_json());
        cursor.string().ok().map(|span| span.text(self.as_json()))
    }

    /// The number that it is.
    #[must_use]
    pub fn as_number(&self) -> Option<Number> {
        (self.kind() == Kind::Number).then(|| Number::of(self.0.clone()))
    }

    /// The integer that it is, if it fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The integer from 0 that it is, if it fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number that it is, rounded to the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(|number| number.as_f64())
    }

    /// The member of an object: of a key that stands twice the last, as everywhere in `serde_json`.
    /// [`entries`](Self::entries) gives them all.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Json> {
        self.members()
            .filter(|(known, _)| known.text(self.as_json()) == key)
            .last()
            .map(|(_, json)| json)
    }

    /// The item of a list, from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Json> {
        self.items().nth(index)
    }

    /// The items of a list. Of another value: none.
    pub fn items(&self) -> impl Iterator<Item = Json> {
        self.values(Kind::List, |_| Some(())).map(|((), json)| json)
    }

    /// The members of an object. Of another value: none.
    pub fn entries(&self) -> impl Iterator<Item = (Cow<'_, str>, Json)> {
        self.members()
            .map(|(key, json)| (key.text(self.as_json()), json))
    }

    fn members(&self) -> impl Iterator<Item = (Span, Json)> {
        self.values(Kind::Object, |cursor| cursor.key().ok())
    }

    /// What stands in an object or list of this kind, with what stands before each value.
    fn values<'j, K: 'j>(
        &'j self,
        kind: Kind,
        before: impl Fn(&mut Cursor<'j>) -> Option<K> + 'j,
    ) -> impl Iterator<Item = (K, Json)> + 'j {
        let mut cursor = Cursor::new(self.as_json());
        let end = if kind == Kind::List { b']' } else { b'}' };
        let mut more = self.kind() == kind && cursor.begin(end) == Ok(true);
        std::iter::from_fn(move || {
            if !more {
                return None;
            }
            let key = before(&mut cursor)?;
            let range = cursor.skip_unchecked().ok()?;
            more = cursor.next(end).ok()?;
            Some((key, Json(self.0.part(range))))
        })
    }

    /// What serde writes of a value.
    ///
    /// ```
    /// use eventbridge_runtime::Json;
    ///
    /// let json = Json::from_serialize(&("front", 1.5, [true]))?;
    /// assert_eq!(json.as_json(), r#"["front",1.5,[true]]"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The value cannot be said in JSON, for one a map whose keys are lists: serde's message.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(|json| Self(json.into()))
    }

    /// Reads it as a `T`.
    ///
    /// # Errors
    ///
    /// It is no `T`: serde's message.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_json())
    }

    /// As a tree. A number beyond 64 bits becomes a float, as everywhere in `serde_json`.
    ///
    /// # Errors
    ///
    /// A number is beyond any float, `1e400`, or it is nested more than 127 deep.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        self.parse()
    }

    /// Reads a document that is JSON.
    ///
    /// # Errors
    ///
    /// It is not, or nested more than 128 deep.
    pub fn from_slice(json: &[u8]) -> Result<Self, ParseError> {
        document(&checked(json)?.into(), |reader| reader.json())
    }
}

impl Reader<'_> {
    /// Reads whatever stands here, as it is spelled.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn json(&mut self) -> Result<Json, RawError> {
        let range = self.cursor.skip()?;
        Ok(Json::of(Text::slice(self.buffer, range)))
    }
}

impl FromStr for Json {
    type Err = ParseError;

    fn from_str(json: &str) -> Result<Self, ParseError> {
        Self::from_slice(json.as_bytes())
    }
}

impl Default for Json {
    /// `null`
    fn default() -> Self {
        Self("null".into())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_json())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_json())
    }
}

macro_rules! made_of {
    ($($value:ty),*) => {
        $(
            impl From<$value> for Json {
                fn from(value: $value) -> Self {
                    Self(Value::from(value).to_string().into())
                }
            }

            impl PartialEq<$value> for Json {
                fn eq(&self, other: &$value) -> bool {
                    let other = Self::from(other.to_owned());
                    *self == other
                }
            }
        )*
    };
}

made_of!(Value, &str, String, bool, i32, i64, u32, u64, usize);

impl From<f64> for Json {
    /// `null` of what is not finite: JSON has no such number.
    fn from(value: f64) -> Self {
        Self(Value::from(value).to_string().into())
    }
}

impl PartialEq<f64> for Json {
    /// Whether it is the number that the float is written as; none is what is not finite.
    fn eq(&self, other: &f64) -> bool {
        let other = Number::from_f64(*other).map(Self::from);
        other.is_some_and(|other| *self == other)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    /// A list.
    fn from(items: Vec<T>) -> Self {
        let items: Vec<Text> = items.into_iter().map(|item| item.into().0).collect();
        Self(format!("[{}]", items.join(",")).into())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    /// `null` of none.
    fn from(value: Option<T>) -> Self {
        value.map(T::into).unwrap_or_default()
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str().is_some_and(|text| text == other)
    }
}

impl From<Text> for Json {
    fn from(text: Text) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Number> for Json {
    fn from(number: Number) -> Self {
        Self(number.into_text())
    }
}

impl TryFrom<&Json> for Value {
    type Error = serde_json::Error;

    /// As [`Json::to_value`] does.
    fn try_from(json: &Json) -> Result<Self, serde_json::Error> {
        json.to_value()
    }
}

impl TryFrom<Json> for Value {
    type Error = serde_json::Error;

    /// As [`Json::to_value`] does.
    fn try_from(json: Json) -> Result<Self, serde_json::Error> {
        json.to_value()
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        Self(value.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use serde_json::json;

    use super::*;

    #[test]
    fn what_it_is_can_be_asked() {
        let json: Json = r#" {"a": [1, "t\u0041", {"b": null}], "c": true, "d\n": -2.50} "#
            .parse()
            .unwrap();
        assert_eq!(json.kind(), Kind::Object);
        let a = json.get("a").unwrap();
        assert_eq!(a.items().count(), 3);
        assert_eq!(a.item(0).unwrap().as_i64(), Some(1));
        assert_eq!(a.item(1).unwrap().as_str().unwrap(), "tA");
        assert!(a.item(2).unwrap().get("b").unwrap().is_null());
        assert_eq!(a.item(3), None);
        assert_eq!(json.get("c").unwrap().as_bool(), Some(true));
        assert_eq!(json.get("d\n").unwrap().as_f64(), Some(-2.5));
        assert_eq!(json.get("d\n").unwrap().to_string(), "-2.50");
        assert_eq!(json.get("e"), None);
        assert_eq!(
            json.entries().map(|(key, _)| key).collect::<Vec<_>>(),
            ["a", "c", "d\n"]
        );
        assert_eq!(json.parse::<Value>().unwrap(), json.to_value().unwrap());
        assert_eq!(
            Json::from(1).items().count() + Json::from("{}").entries().count(),
            0
        );
        assert_eq!(
            Json::from(json!([])).items().count() + Json::from(json!({})).entries().count(),
            0
        );
    }

    #[test]
    fn meaning_is_compared() {
        let [one, other] = ["{\"a\": 1, \"b\": 1.50}", "{\"b\":1.5,\"a\":1}"]
            .map(|text| text.parse::<Json>().unwrap());
        assert_eq!(one, other);
        assert_eq!(one, json!({"a": 1, "b": 1.5}));
        assert_ne!(Json::from("1"), Json::from(1));
        assert_eq!(Json::default(), Value::Null);
    }

    #[test]
    fn no_digit_is_lost_when_meaning_is_compared() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        for (one, other) in [
            ("1e400", "10.0E+399"),
            ("[1.50, -0]", "[15e-1,0]"),
            (r#"{"a":1,"b":"t\u0041"}"#, r#"{"b":"tA","a":1}"#),
        ] {
            assert_eq!(json(one), json(other));
        }
        for (one, other) in [
            ("1e400", "2e400"),
            ("1e400", "null"),
            ("1e99999999999999999999", "10e99999999999999999998"),
            ("18446744073709551616", "18446744073709551617"),
            ("0.1", "0.10000000000000001"),
            ("1", "-1"),
            ("[1]", "[1,1]"),
            (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
        ] {
            assert_ne!(json(one), json(other));
        }
        assert!(json("1e400").to_value().is_err());
        let [one, other] = [1, 2].map(|end| {
            let deep = (0..200).fold(json!(end), |deep, _| json!([deep]));
            Json::from(deep)
        });
        assert_ne!(one, other);
    }

    #[test]
    fn the_last_member_of_a_key_counts_when_meaning_is_compared() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        let twice = json(r#"{"a":1,"b":2,"a":3}"#);
        for (other, is_same) in [
            (r#"{"a":3,"b":2}"#, true),
            (r#"{"b":2,"a":7,"a":3.0}"#, true),
            (r#"{"a":1,"b":2}"#, false),
            (r#"{"a":3,"b":2,"a":1}"#, false),
            (r#"{"a":1,"b":2,"c":3}"#, false),
        ] {
            assert_eq!(twice == json(other), is_same, "{other}");
            assert_eq!(json(other) == twice, is_same, "{other}");
        }
    }

    #[test]
    fn the_last_of_two_members_counts_everywhere() {
        let json: Json = r#"{"a": 1, "b": 0, "\u0061": 2}"#.parse().unwrap();
        assert_eq!(json.get("a").unwrap(), 2);
        assert_eq!(json.to_value().unwrap()["a"], 2);
        assert_eq!(json, json!({"a": 2, "b": 0}));
        assert_eq!(json.entries().count(), 3);
    }

    #[test]
    fn what_means_the_same_is_hashed_alike() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        for alike in [
            ["1.50", "15e-1", "1.5"],
            [
                r#"{"a": [1, -0], "b": null}"#,
                r#"{"b":null,"\u0061":[1.0,0]}"#,
                r#"{"b":1,"a":[1,0],"b":null}"#,
            ],
            [r#""\u2603""#, r#""☃""#, r#" "\u2603" "#],
        ] {
            let all: HashSet<Json> = alike.map(json).into();
            assert_eq!(all.len(), 1, "{alike:?}");
        }
        let others = [
            "null", "true", "false", "0", "1", r#""1""#, "[1]", "[[1]]", "[]", "{}",
        ];
        assert_eq!(HashSet::from(others.map(json)).len(), others.len());
        let deep = Json::from((0..200).fold(json!(1), |deep, _| json!([deep])));
        assert!(HashSet::from([deep.clone()]).contains(&deep));
    }

    #[test]
    fn it_is_made_of_plain_values() {
        assert_eq!(
            Json::from(vec![Some("a\""), None]).as_json(),
            r#"["a\"",null]"#
        );
        assert_eq!(Json::from(Vec::<i64>::new()).as_json(), "[]");
        assert_eq!(Json::from(3_usize).as_u64(), Some(3));
        assert_eq!(Json::from(vec![vec![1, 2]]), json!([[1, 2]]));
        let json = Json::from_serialize(&HashMap::from([("a", [1.5])])).unwrap();
        assert_eq!(json.as_json(), r#"{"a":[1.5]}"#);
        assert!(Json::from_serialize(&HashMap::from([([1], 1)])).is_err());
        assert_eq!(Value::try_from(&json).unwrap(), json!({"a": [1.5]}));
        assert!(Value::try_from("1e400".parse::<Json>().unwrap()).is_err());
    }

    #[test]
    fn no_json_is_what_is_not_finite() {
        for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Json::from(float).is_null());
            assert_ne!(Json::from(float), float);
        }
        assert_eq!(Json::from(1.5), 1.5);
        assert_eq!("15e-1".parse::<Json>().unwrap(), 1.5);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "nul", "1 2", "\u{0}"] {
            assert!(text.parse::<Json>().is_err(), "{text}");
        }
    }
}
