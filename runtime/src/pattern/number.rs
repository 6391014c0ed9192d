//! The text of a JSON number comes in; its double goes out, when the engine would compare it as one.
//!
//! The engine compares a number only when the decimal written is exactly the shortest decimal that gives
//! its double back, so that no two different decimals compare equal: `9007199254740993` and
//! `0.10000000000000001` are not comparable, nor is what overflows or underflows. `-0` is `0`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A comparable number: its double's bits, turned so that they are in the order of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Comparable(pub(crate) u64);

impl Comparable {
    /// The least of all.
    pub(crate) const MIN: Self = Self::new(f64::MIN);
    /// The greatest of all.
    pub(crate) const MAX: Self = Self::new(f64::MAX);

    const fn new(double: f64) -> Self {
        let bits = double.to_bits();
        let turn = (bits.cast_signed() >> 63).cast_unsigned() | 1 << 63;
        Self(bits ^ turn)
    }

    /// Reads a JSON number, if it is comparable.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        comparable(text).map(Self::new)
    }

    fn double(self) -> f64 {
        let turn = (!self.0.cast_signed() >> 63).cast_unsigned() | 1 << 63;
        f64::from_bits(self.0 ^ turn)
    }
}

impl fmt::Display for Comparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.double().fmt(f)
    }
}

/// Decimals of up to this many digits always come back from their double.
const SAFE_DIGITS: usize = 15;

/// The double of a number's text, when the number is comparable. The text is a JSON number.
fn comparable(text: &[u8]) -> Option<f64> {
    if let Some(small) = small_integer(text) {
        return Some(small);
    }
    let text = std::str::from_utf8(text).ok()?;
    let decimal = Decimal::read(text)?;
    let double: f64 = text.parse().ok()?;
    if decimal.digits.is_empty() {
        return Some(0.0);
    }
    let certain = decimal.digits.len() <= SAFE_DIGITS && (-290..290).contains(&decimal.exponent);
    (double.is_finite() && (certain || decimal == shortest(double))).then_some(double)
}

/// The plain integers that events are full of, without further ado.
fn small_integer(text: &[u8]) -> Option<f64> {
    if text.len() > SAFE_DIGITS {
        return None;
    }
    let mut value: u64 = 0;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u64::from(byte - b'0');
    }
    Some(value as f64)
}

/// A number as 0.DIGITS times ten to the exponent; zero has no digits.
#[derive(Debug, PartialEq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let power = i64::from(power.parse::<i32>().ok()?);
        let negative = mantissa.starts_with('-');
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('-');
        let written = || whole.bytes().chain(fraction.bytes());
        let leading = written().take_while(|&digit| digit == b'0').count();
        let mut digits: Vec<u8> = written().skip(leading).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let exponent = power + whole.len() as i64 - leading as i64;
        Some(Self {
            negative,
            digits,
            exponent,
        })
    }
}

/// The shortest decimal of a double. The smallest double is 4.9e-324 in Java, which writes two digits at least.
fn shortest(double: f64) -> Option<Decimal> {
    let text = match double.abs().to_bits() {
        1 if double < 0.0 => "-4.9e-324".to_owned(),
        1 => "4.9e-324".to_owned(),
        _ => format!("{double:e}"),
    };
    Decimal::read(&text)
}

impl PartialEq<Option<Decimal>> for Decimal {
    fn eq(&self, other: &Option<Decimal>) -> bool {
        other.as_ref() == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_are_equal() {
        for text in ["300", "300.0", "3.0e2", "3E+2", "0.3e3"] {
            assert_eq!(comparable(text.as_bytes()), Some(300.0), "{text}");
        }
        for text in ["0", "-0", "-0.0", "0e9"] {
            let zero = comparable(text.as_bytes()).unwrap();
            assert_eq!(zero.to_bits(), 0, "{text}");
        }
    }

    #[test]
    fn comparables_are_in_order() {
        let read = |text: &str| Comparable::read(text.as_bytes()).unwrap();
        let numbers = ["-1e308", "-2", "-1.5", "0", "4.9e-324", "1", "3e2", "1e308"].map(read);
        assert!(numbers.is_sorted() && numbers[0] > Comparable::MIN);
        assert_eq!(numbers.map(|number| number.double()), [-1e308, -2.0, -1.5, 0.0, 5e-324, 1.0, 300.0, 1e308]);
    }

    #[test]
    fn what_is_not_its_own_shortest_form_is_not_comparable() {
        for text in [
            "9007199254740993",
            "0.10000000000000001",
            "5e-324",
            "1e309",
            "-1e309",
            "1e-400",
            "12345678901234567890",
            "3.141592653589793238",
            "1e99999999999",
        ] {
            assert_eq!(comparable(text.as_bytes()), None, "{text}");
        }
        for text in [
            "9007199254740992",
            "0.1",
            "4.9e-324",
            "1e308",
            "1.7976931348623157e308",
        ] {
            assert!(comparable(text.as_bytes()).is_some(), "{text}");
        }
    }
}
