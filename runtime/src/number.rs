//! A JSON number comes in, and is kept with its spelling: `1` and `1.0` are written back as they were.
//! What goes out is an integer or a float, whichever the reader asks for.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A JSON number that remembers whether it was written as `1` or as `1.0`.
///
/// Two numbers are equal when they are written alike; compare with an `i64` or an `f64` for equality
/// of value.
///
/// ```
/// use eventbridge_runtime::Number;
///
/// let count: Number = serde_json::from_str("1.0")?;
/// assert_eq!(count.as_i64(), Some(1));
/// assert_eq!(count, 1);
/// assert_eq!(serde_json::to_string(&count)?, "1.0");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(serde_json::Number);

/// 2^63: the first float beyond an `i64`.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

impl Number {
    /// The number that a float is, if it is finite: JSON has no other.
    pub fn from_f64(value: f64) -> Option<Self> {
        serde_json::Number::from_f64(value).map(Self)
    }

    /// The value as a float, rounded to the nearest where a float cannot hold it.
    pub fn as_f64(&self) -> f64 {
        // `None` takes a crate that turns serde_json's arbitrary precision on, and digits beyond any float.
        self.0.as_f64().unwrap_or(f64::NAN)
    }

    /// The value as an integer, if it is one that fits: `3` and `3.0` are, `3.5` is not.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64().or_else(|| whole(self.as_f64()))
    }

    /// The number as `serde_json` has it.
    pub fn as_json(&self) -> &serde_json::Number {
        &self.0
    }
}

/// The integer that a float is, if it is one and fits.
fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && (-I64_END..I64_END).contains(&value);
    fits.then_some(value as i64)
}

impl Default for Number {
    /// `0`
    fn default() -> Self {
        Self::from(0_i64)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(value.into())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(value)
    }
}

impl From<Number> for serde_json::Number {
    fn from(value: Number) -> Self {
        value.0
    }
}

impl PartialEq<i64> for Number {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<f64> for Number {
    fn eq(&self, other: &f64) -> bool {
        self.as_f64() == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn spelling_is_kept() {
        for text in ["1", "1.0", "-0.5", "18446744073709551615", "1e300"] {
            let again = serde_json::to_string(&read(text)).unwrap();
            assert_eq!(read(&again), read(text), "{text}");
        }
        assert_ne!(read("1"), read("1.0"));
    }

    #[test]
    fn integral_floats_are_integers() {
        assert_eq!(read("3.0").as_i64(), Some(3));
        assert_eq!(read("3.5").as_i64(), None);
        assert_eq!(read("9223372036854775807").as_i64(), Some(i64::MAX));
        assert_eq!(read("9223372036854775808").as_i64(), None);
        assert_eq!(read("-9223372036854775808.0").as_i64(), Some(i64::MIN));
        assert_eq!(read("1e300").as_i64(), None);
    }

    #[test]
    fn values_compare_with_plain_numbers() {
        assert_eq!(read("1.0"), 1);
        assert_eq!(read("1"), 1.0);
        assert_eq!(Number::from(7), 7);
        assert_eq!(Number::from_f64(0.5).unwrap(), 0.5);
        assert_eq!(Number::from_f64(f64::NAN), None);
    }

    #[test]
    fn other_kinds_are_no_numbers() {
        assert!(serde_json::from_str::<Number>("\"1\"").is_err());
        assert!(serde_json::from_str::<Number>("null").is_err());
    }
}
