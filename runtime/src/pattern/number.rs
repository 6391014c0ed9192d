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
/// The shortest form of a double has no more digits than this.
const MOST_DIGITS: usize = 17;

/// The double of a number's text, when the number is comparable. The text is a JSON number.
fn comparable(text: &[u8]) -> Option<f64> {
    if let Some(small) = small_integer(text) {
        return Some(small);
    }
    let decimal = Decimal::read(text)?;
    if decimal.mantissa == 0 {
        return Some(0.0);
    }
    let double: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    let size = decimal.exponent + decimal.digits as i64;
    let is_certain = decimal.digits <= SAFE_DIGITS && (-290..290).contains(&size);
    (double.is_finite() && (is_certain || Some(decimal) == shortest(double))).then_some(double)
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

/// A number as a mantissa that does not end in zero, times ten to the exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Decimal {
    is_negative: bool,
    mantissa: u64,
    digits: usize,
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number; none when it has more digits than any shortest form, or an absurd exponent.
    fn read(text: &[u8]) -> Option<Self> {
        let is_power = |byte: &u8| matches!(byte, b'e' | b'E');
        let end = text.iter().position(is_power).unwrap_or(text.len());
        let (number, power) = text.split_at(end);
        let power = match std::str::from_utf8(power.get(1..).unwrap_or(&[])).ok()? {
            "" => 0,
            written => i64::from(written.parse::<i32>().ok()?),
        };
        let mut decimal = Self {
            is_negative: number.first() == Some(&b'-'),
            mantissa: 0,
            digits: 0,
            exponent: 0,
        };
        decimal.digits_of(number)?;
        decimal.exponent += power;
        Some(decimal)
    }

    fn digits_of(&mut self, number: &[u8]) -> Option<()> {
        let mut is_fraction = false;
        let mut zeroes = 0;
        for byte in number {
            match byte {
                b'.' => is_fraction = true,
                b'0' => zeroes += 1,
                b'1'..=b'9' => self.push(zeroes, byte - b'0').map(|()| zeroes = 0)?,
                _ => continue,
            }
            self.exponent -= i64::from(is_fraction && *byte != b'.');
        }
        self.exponent += zeroes;
        Some(())
    }

    /// Appends a digit behind zeroes that were held back; those that lead the number are none.
    fn push(&mut self, zeroes: i64, digit: u8) -> Option<()> {
        let new = if self.digits == 0 {
            1
        } else {
            zeroes as usize + 1
        };
        self.digits += new;
        if self.digits > MOST_DIGITS {
            return None;
        }
        self.mantissa = self.mantissa * 10u64.pow(new as u32) + u64::from(digit);
        Some(())
    }
}

/// The shortest decimal of a double. The smallest double is 4.9e-324 in Java, which writes two digits at least.
fn shortest(double: f64) -> Option<Decimal> {
    match double.abs().to_bits() {
        1 if double < 0.0 => Decimal::read(b"-4.9e-324"),
        1 => Decimal::read(b"4.9e-324"),
        _ => Decimal::read(zmij::Buffer::new().format_finite(double).as_bytes()),
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
        assert_eq!(
            numbers.map(|number| number.double()),
            [-1e308, -2.0, -1.5, 0.0, 5e-324, 1.0, 300.0, 1e308]
        );
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
            "100000000000000000000000001",
        ] {
            assert_eq!(comparable(text.as_bytes()), None, "{text}");
        }
        for text in [
            "9007199254740992",
            "0.1",
            "1e23",
            "100000000000000000000000",
            "-122.4660749403975",
            "37.70975234332308",
            "9.5367431640625e-7",
            "4.9e-324",
            "1e308",
            "1.7976931348623157e308",
        ] {
            assert!(comparable(text.as_bytes()).is_some(), "{text}");
        }
    }
}
