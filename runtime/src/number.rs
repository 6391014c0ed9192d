//! A JSON number comes in, and is kept with its spelling: `1`, `1.0` and digits beyond any machine's are
//! written back as they were. What goes out is an integer or a float, whichever the reader asks for.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use crate::Text;
use crate::decimal::Decimal;
use crate::read::{ErrorCode, ParseError, RawError, document};

/// A JSON number as it is spelled, however long.
///
/// Numbers are equal, ordered and hashed by what they say, to the last digit: `1`, `1.0` and `1E0` are
/// equal. [`as_json`](Self::as_json) has the spelling.
///
/// ```
/// use eventbridge_runtime::json::Number;
///
/// let count: Number = serde_json::from_str("1.0")?;
/// assert_eq!(count.as_i64(), Some(1));
/// assert_eq!(count, 1);
/// assert_eq!(count, Number::from(1));
/// assert_eq!(serde_json::to_string(&count)?, "1.0");
///
/// let long: Number = "9007199254740993.0".parse()?;
/// assert_eq!(long.as_i64(), Some(9_007_199_254_740_993));
/// assert_eq!(long.as_json(), "9007199254740993.0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Number(Text);

impl Number {
    /// Text that is known to be a number of JSON.
    pub(crate) fn of(text: Text) -> Self {
        Self(text)
    }

    /// Where text that is known to be a number of JSON can be put.
    pub(crate) fn text_mut(&mut self) -> &mut Text {
        &mut self.0
    }

    /// The number that a float is, if it is finite: JSON has no other.
    pub fn from_f64(value: f64) -> Option<Self> {
        serde_json::Number::from_f64(value).map(Self::from)
    }

    /// The value as a float, rounded to the nearest where a float cannot hold it.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // What is beyond any float becomes infinite; a number of JSON is never refused.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The value as an integer, if it is one that fits: `3` and `3.0` are, `3.5` is not.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        let plain = self.0.parse().ok();
        plain.or_else(|| self.decimal().integer()?.try_into().ok())
    }

    /// The value as an integer from 0, if it is one that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let plain = self.0.parse().ok();
        plain.or_else(|| self.decimal().integer()?.try_into().ok())
    }

    /// What it says.
    fn decimal(&self) -> Decimal<'_> {
        Decimal::of(&self.0)
    }

    /// The number as it is spelled.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_text(self) -> Text {
        self.0
    }
}

impl Default for Number {
    /// `0`
    fn default() -> Self {
        Self(Text::letter(b'0'))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Number {
    type Err = ParseError;

    /// Reads a number as JSON spells it, and nothing beside it.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let buffer: Arc<str> = text.into();
        document(&buffer, |reader| {
            let mut number = Self::default();
            let begins = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            if begins && reader.number_into(&mut number.0)? && number.0.len() == text.len() {
                Ok(number)
            } else {
                Err(RawError::new(0, ErrorCode::Number))
            }
        })
    }
}

macro_rules! made_of {
    ($($integer:ty),*) => {
        $(
            impl From<$integer> for Number {
                fn from(value: $integer) -> Self {
                    Self(value.to_string().into())
                }
            }
        )*
    };
}

made_of!(i32, i64, u32, u64);

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(value.to_string().into())
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.decimal() == other.decimal()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.decimal().cmp(&other.decimal())
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.decimal().hash(state);
    }
}

impl PartialEq<i64> for Number {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<f64> for Number {
    /// Whether this float is the nearest. None is infinite.
    fn eq(&self, other: &f64) -> bool {
        other.is_finite() && self.as_f64() == *other
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use std::collections::HashSet;

    use super::*;
    use crate::Json;

    fn read(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn spelling_is_kept() {
        for text in ["1", "1.0", "-0.5", "18446744073709551615", "1e300"] {
            let again = serde_json::to_string(&read(text)).unwrap();
            assert_eq!(read(&again), read(text), "{text}");
        }
        for text in [
            "1.50",
            "1E5",
            "-0",
            "340282366920938463463374607431768211456",
            "1e-999",
        ] {
            let number = text.parse::<Json>().unwrap().as_number().unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(read(text).as_json(), text);
            assert_eq!(text.parse::<Number>().unwrap().as_json(), text);
            let buffered: Vec<Number> =
                serde_json::from_reader(format!("[ {text} ]").as_bytes()).unwrap();
            assert_eq!(buffered[0].as_json(), text);
        }
    }

    #[test]
    fn what_is_said_counts() {
        let alike = ["1", "1.0", "1E0", "10e-1"].map(read);
        assert_eq!(alike.iter().collect::<HashSet<_>>().len(), 1);
        assert_ne!(read("0.1"), read("0.10000000000000001"));
        assert!(read("-1e400") < read("-1") && read("2") < read("10") && read("1e999") > read("9"));
    }

    #[test]
    fn every_format_has_numbers() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, F64Deserializer, I64Deserializer, U64Deserializer};

        let signed: I64Deserializer<Error> = (-1_i64).into_deserializer();
        assert_eq!(Number::deserialize(signed).unwrap(), -1);
        let unsigned: U64Deserializer<Error> = u64::MAX.into_deserializer();
        assert_eq!(
            Number::deserialize(unsigned).unwrap().as_u64(),
            Some(u64::MAX)
        );
        let float: F64Deserializer<Error> = f64::NAN.into_deserializer();
        assert!(Number::deserialize(float).is_err());
        let tree = serde_json::json!(1.5);
        assert_eq!(Number::deserialize(&tree).unwrap(), 1.5);
        assert_eq!(serde_json::from_value::<Number>(tree).unwrap(), 1.5);
    }

    #[test]
    fn only_a_number_of_json_is_parsed() {
        for text in [
            "", " 1", "1 ", "01", "1.", ".5", "+1", "1e", "\"1\"", "NaN", "--1", "1,2", "true",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
        assert_eq!(Number::from(7_u64), read("7.0"));
    }

    #[test]
    fn integral_floats_are_integers() {
        assert_eq!(read("3.0").as_i64(), Some(3));
        assert_eq!(read("3.5").as_i64(), None);
        assert_eq!(read("9223372036854775807").as_i64(), Some(i64::MAX));
        assert_eq!(read("9223372036854775808").as_i64(), None);
        assert_eq!(read("-9223372036854775808.0").as_i64(), Some(i64::MIN));
        assert_eq!(read("1e300").as_i64(), None);
        assert_eq!(
            read("9007199254740993.0").as_i64(),
            Some(9_007_199_254_740_993)
        );
        assert_eq!(read("9223372036854775807.0").as_i64(), Some(i64::MAX));
        assert_eq!(read("0.99999999999999999999").as_i64(), None);
        assert_ne!(read("0.99999999999999999999"), 1);
        assert_eq!(read("18446744073709551615.0").as_u64(), Some(u64::MAX));
        assert_eq!(read("-1").as_u64(), None);
        assert_eq!(read("-0").as_u64(), Some(0));
    }

    #[test]
    fn values_compare_with_plain_numbers() {
        assert_eq!(read("1.0"), 1);
        assert_eq!(read("1"), 1.0);
        assert_eq!(Number::from(7), 7);
        assert_eq!(Number::from_f64(0.5).unwrap(), 0.5);
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_ne!(read("1e400"), f64::INFINITY);
    }

    #[test]
    fn other_kinds_are_no_numbers() {
        let error = serde_json::from_str::<Number>("\"1\"").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("invalid type: string \"1\", expected a JSON number"),
            "{error}"
        );
        let error = serde_json::from_str::<Number>("null").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("invalid type: null, expected a JSON number"),
            "{error}"
        );
    }
}
