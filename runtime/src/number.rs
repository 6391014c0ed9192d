//! A JSON number comes in, and is kept with its spelling: `1`, `1.0` and digits beyond any machine's are
//! written back as they were. What goes out is an integer or a float, whichever the reader asks for.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::serde_form::serialize_number;
use crate::{Json, Text};

/// A JSON number as it is spelled, however long.
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
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Text);

/// 2^63: the first float beyond an `i64`.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

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
    pub fn as_f64(&self) -> f64 {
        // What is beyond any float becomes infinite; a number of JSON is never refused.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The value as an integer, if it is one that fits: `3` and `3.0` are, `3.5` is not.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok().or_else(|| whole(self.as_f64()))
    }

    /// The number as it is spelled.
    pub fn as_json(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_text(self) -> Text {
        self.0
    }
}

/// The integer that a float is, if it is one and fits.
fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && (-I64_END..I64_END).contains(&value);
    fits.then_some(value as i64)
}

/// What a number says, however it is spelled: its sign, its digits without zeros at either end, and the
/// power of ten behind them. None: the power is beyond all bounds.
pub(crate) fn decimal(number: &str) -> Option<(bool, String, i64)> {
    let unsigned = number.trim_start_matches('-');
    let (digits, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let power: i64 = power.parse().ok()?;
    let power = power.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some((
        unsigned.len() < number.len(),
        significant.trim_start_matches('0').to_owned(),
        power.checked_add(zeros)?,
    ))
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

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(value.to_string().into())
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

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    /// As it is spelled, where the format spells it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        json.as_number().ok_or_else(|| {
            let found = json.kind();
            D::Error::custom(format_args!("expected a number, found {found}"))
        })
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
        for text in [
            "1.50",
            "1E5",
            "-0",
            "340282366920938463463374607431768211456",
            "1e-999",
        ] {
            let number = text.parse::<Json>().unwrap().as_number().unwrap();
            assert_eq!(number.to_string(), text);
        }
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
    fn a_number_of_any_format_is_one() {
        use serde::de::IntoDeserializer;
        use serde::de::value::Error;
        let small: Result<Number, Error> = Number::deserialize((-7_i64).into_deserializer());
        let large: Result<Number, Error> = Number::deserialize(u64::MAX.into_deserializer());
        let float: Result<Number, Error> = Number::deserialize(0.5_f64.into_deserializer());
        let none: Result<Number, Error> = Number::deserialize(f64::NAN.into_deserializer());
        assert_eq!(small.unwrap(), -7);
        assert_eq!(large.unwrap().as_json(), "18446744073709551615");
        assert_eq!(float.unwrap(), 0.5);
        assert_eq!(
            none.unwrap_err().to_string(),
            "expected a number, found null"
        );
    }

    #[test]
    fn other_kinds_are_no_numbers() {
        assert!(serde_json::from_str::<Number>("\"1\"").is_err());
        assert!(serde_json::from_str::<Number>("null").is_err());
    }
}
