//! The text of a JSON number comes in; its double goes out, when the engine would compare it as one.
//!
//! The engine compares a number only when the decimal written is exactly the shortest decimal that gives
//! its double back, so that no two different decimals compare equal: `9007199254740993` and
//! `0.10000000000000001` are not comparable, nor is what overflows or underflows. `-0` is `0`.

use std::fmt;

/// A comparable number: its double's bits, turned so that they are in the order of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
/// Powers of ten that are doubles themselves.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The double of a number's text, when the number is comparable. The text is a JSON number.
fn comparable(text: &[u8]) -> Option<f64> {
    let decimal = Decimal::read(text)?;
    if decimal.mantissa == 0 {
        return Some(0.0);
    }
    if decimal.digits <= SAFE_DIGITS
        && let Some(exact) = decimal.exact()
    {
        return Some(exact);
    }
    let double: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    (double.is_finite() && Some(decimal) == shortest(double)).then_some(double)
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
        let (is_negative, text) = match text.split_first() {
            Some((b'-', rest)) => (true, rest),
            _ => (false, text),
        };
        let mut decimal = Self {
            is_negative,
            mantissa: 0,
            digits: 0,
            exponent: 0,
        };
        let mut zeroes = 0;
        let mut is_fraction = 0;
        let mut bytes = text.iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'1'..=b'9' => decimal.push(std::mem::take(&mut zeroes), byte - b'0')?,
                b'0' => zeroes += 1,
                b'.' => {
                    is_fraction = 1;
                    continue;
                }
                _ => {
                    let power = std::str::from_utf8(bytes.as_slice()).ok()?;
                    decimal.exponent += i64::from(power.parse::<i32>().ok()?);
                    break;
                }
            }
            decimal.exponent -= is_fraction;
        }
        decimal.exponent += zeroes;
        Some(decimal)
    }

    /// Appends a digit behind zeroes that were held back; those that lead the number are none.
    #[inline]
    fn push(&mut self, zeroes: i64, digit: u8) -> Option<()> {
        self.digits += match self.digits {
            0 => 1,
            _ => zeroes as usize + 1,
        };
        if self.digits > MOST_DIGITS {
            return None;
        }
        for _ in 0..if self.mantissa == 0 { 0 } else { zeroes } {
            self.mantissa *= 10;
        }
        self.mantissa = self.mantissa * 10 + u64::from(digit);
        Some(())
    }

    /// The double, where it takes one rounding of two doubles.
    fn exact(&self) -> Option<f64> {
        let power = *POWERS.get(self.exponent.unsigned_abs() as usize)?;
        let mantissa = self.mantissa as f64;
        let double = if self.exponent < 0 {
            mantissa / power
        } else {
            mantissa * power
        };
        Some(if self.is_negative { -double } else { double })
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
    fn doubles_are_those_of_the_standard_library() {
        for text in [
            "37.7",
            "-122.4",
            "0.1",
            "1.5e-7",
            "123456789012345e7",
            "999999999999999e-22",
        ] {
            let double = comparable(text.as_bytes()).unwrap();
            assert_eq!(double, text.parse::<f64>().unwrap(), "{text}");
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
            "1e-330",
            "123456789012345e-400",
            "123456789012345e300",
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
            "123456789012345e-100",
            "123456789012345e200",
            "-0.000000000000000123456789012345",
        ] {
            assert!(comparable(text.as_bytes()).is_some(), "{text}");
        }
    }
}
