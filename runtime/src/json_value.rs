//! JSON of which no type is known comes in; it is kept as it is spelled, and read when somebody asks.

mod convert;
mod meaning;
mod tree;

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::read::{ParseError, RawError, Reader, checked, document};
use crate::{Number, Text};
use tree::Form;

/// Any JSON, as a document spells it: `1.50` stays `1.50`, and no digit of a long number is lost.
///
/// It shares the buffer of the document that it was read from, and what stands in it is read once, when it is
/// first asked for. Two are equal, and hashed alike, when they mean the same: the order of members and the
/// spelling of strings and numbers do not count, and of a key that stands twice, the last member does.
/// [`as_json`](Self::as_json) has the spelling.
///
/// ```
/// use eventbridge_runtime::json::Json;
/// use serde_json::json;
///
/// let json: Json = r#"{"weight": 1.50, "doors": [{"name": "front"}]}"#.parse()?;
/// let name = json.get("doors").and_then(|doors| doors.item(0)).and_then(|door| door.get("name"));
/// assert_eq!(name.and_then(Json::as_str), Some("front"));
/// assert_eq!(json.get("weight").unwrap().as_json(), "1.50");
/// assert_eq!(json, json!({"weight": 1.5, "doors": [{"name": "front"}]}));
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Json(Form);

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

impl Kind {
    /// Of some JSON.
    #[inline]
    fn of(json: &str) -> Self {
        match json.as_bytes().first() {
            Some(b'"') => Self::String,
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number,
        }
    }
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
    #[inline]
    pub(crate) fn of(text: Text) -> Self {
        Self(Form::new(text))
    }

    /// `null`
    pub(crate) fn null() -> &'static Self {
        static NULL: OnceLock<Json> = OnceLock::new();
        NULL.get_or_init(Self::default)
    }

    pub(crate) fn into_text(self) -> Text {
        self.0.into_text()
    }

    /// The JSON as it is spelled.
    #[must_use]
    pub fn as_json(&self) -> &str {
        self.0.text()
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::of(self.as_json())
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
    pub fn as_str(&self) -> Option<&str> {
        self.0.string()
    }

    /// The number that it is.
    #[must_use]
    pub fn as_number(&self) -> Option<Number> {
        (self.kind() == Kind::Number).then(|| Number::of(self.0.text().clone()))
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
    pub fn get(&self, key: &str) -> Option<&Json> {
        let mut members = self.entries().rev();
        members
            .find(|(known, _)| *known == key)
            .map(|(_, json)| json)
    }

    /// The item of a list, from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<&Json> {
        self.0.list().get(index)
    }

    /// The items of a list. Of another value: none.
    pub fn items(&self) -> std::slice::Iter<'_, Json> {
        self.0.list().iter()
    }

    /// The members of an object. Of another value: none.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&str, &Json)> + ExactSizeIterator {
        self.0.object().iter().map(crate::map::pair)
    }

    /// What serde writes of a value.
    ///
    /// ```
    /// use eventbridge_runtime::json::Json;
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
        serde_json::to_string(value).map(|json| Self::of(json.into()))
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
        Self::of("null".into())
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

#[cfg(test)]
mod tests;
