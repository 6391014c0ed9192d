//! Values of Rust and trees of serde come in as JSON, and the other way round.

use serde_json::Value;

use super::Json;
use crate::{Number, Text};

macro_rules! made_of {
    ($($value:ty),*) => {
        $(
            impl From<$value> for Json {
                fn from(value: $value) -> Self {
                    Self::of(Value::from(value).to_string().into())
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
        Self::of(Value::from(value).to_string().into())
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
        let items: Vec<Text> = items
            .into_iter()
            .map(|item| item.into().into_text())
            .collect();
        Self::of(format!("[{}]", items.join(",")).into())
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
        Self::of(number.into_text())
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
        Self::of(value.to_string().into())
    }
}

/// What `get` and `item` lend is compared as it is.
macro_rules! lent {
    ($($value:ty),*) => {
        $(
            impl PartialEq<$value> for &Json {
                fn eq(&self, other: &$value) -> bool {
                    **self == *other
                }
            }
        )*
    };
}

lent!(Value, bool, i32, i64, u32, u64, usize, f64);
