//! A number of JSON comes in as it is spelled; what it says goes out, to the last digit: `1.50`, `15e-1` and
//! `1.5` say the same.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// What a number says: `0.15` with the power of ten behind it, say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal<'t> {
    /// -1, 0 or 1.
    sign: i8,
    scale: Scale<'t>,
    /// From the first to the last that is not zero; the point may stand among them.
    digits: &'t str,
}

/// The power of ten by which `0.digits` is multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Scale<'t> {
    /// Beyond all bounds towards zero. Such numbers go by their spelling.
    Tiny(&'t str),
    Of(i64),
    /// Beyond all bounds away from zero. Such numbers go by their spelling.
    Huge(&'t str),
}

impl<'t> Scale<'t> {
    fn beyond(unsigned: &'t str, power: &str) -> Self {
        if power.starts_with('-') {
            Self::Tiny(unsigned)
        } else {
            Self::Huge(unsigned)
        }
    }
}

impl<'t> Decimal<'t> {
    /// Text that is known to be a number of JSON.
    pub(crate) fn of(number: &'t str) -> Self {
        let unsigned = number.trim_start_matches('-');
        let (written, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let digits = written.trim_matches(['0', '.']);
        let sign = match (digits.is_empty(), unsigned.len() < number.len()) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let scale = match sign {
            0 => Some(0),
            _ => scale(written, power),
        };
        let scale = scale.map_or_else(|| Scale::beyond(unsigned, power), Scale::Of);
        Self {
            sign,
            scale,
            digits,
        }
    }

    /// Reads a decimal, with an exponent or without, whose whole part may begin with zeros.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (written, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = written.split_once('.').unwrap_or((written, "0"));
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        let are_digits = [whole, fraction, power]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        are_digits.then(|| Self::of(text))
    }

    fn digits(&self) -> impl Iterator<Item = u8> + use<'t> {
        self.digits.bytes().filter(|byte| *byte != b'.')
    }

    /// The integer that it is, if it is one and fits.
    pub(crate) fn integer(&self) -> Option<i128> {
        let Scale::Of(scale) = self.scale else {
            return None;
        };
        let count = i64::try_from(self.digits().count()).ok()?;
        (scale >= count).then(|| self.whole_of_power(0)).flatten()
    }

    /// The whole part, towards zero, of so many powers of ten of it, if it fits.
    pub(crate) fn whole_of_power(&self, power: i64) -> Option<i128> {
        let places = match self.scale {
            Scale::Tiny(_) => 0,
            Scale::Of(scale) => scale.saturating_add(power).max(0),
            Scale::Huge(_) => return None,
        };
        // No i128 has as many.
        let places = usize::try_from(places).ok().filter(|places| *places < 40)?;
        let mut padded = self.digits().chain(std::iter::repeat(b'0')).take(places);
        let whole = padded.try_fold(0_i128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(i128::from(digit - b'0'))
        })?;
        Some(whole * i128::from(self.sign))
    }
}

/// The scale of digits with a point and the power of ten behind them, which are not all zeros.
fn scale(written: &str, power: &str) -> Option<i64> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let places = match whole.trim_start_matches('0').len() {
        0 => -i64::try_from(fraction.len() - fraction.trim_start_matches('0').len()).ok()?,
        places => i64::try_from(places).ok()?,
    };
    power.parse::<i64>().ok()?.checked_add(places)
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal<'_> {}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign.cmp(&other.sign).then_with(|| {
            let size = self.scale.cmp(&other.scale);
            let size = size.then_with(|| self.digits().cmp(other.digits()));
            if self.sign < 0 { size.reverse() } else { size }
        })
    }
}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sign.hash(state);
        self.scale.hash(state);
        self.digits().for_each(|digit| state.write_u8(digit));
        state.write_u8(0);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{DefaultHasher, Hash, Hasher};

    use super::*;

    fn hash(decimal: Decimal<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        decimal.hash(&mut hasher);
        hasher.finish()
    }

    /// In order; what stands together is one number.
    const ORDERED: [&[&str]; 19] = [
        &["-1e99999999999999999999"],
        &["-1e400", "-10.0E399"],
        &["-2"],
        &["-1.5", "-15e-1", "-0.0150e2"],
        &["-1.25"],
        &["-1e-99999999999999999999"],
        &["0", "-0", "0.00", "0e5", "-0E-99999999999999999999"],
        &["1e-99999999999999999999"],
        &["0.001", "1e-3", "0.1e-2", "100e-5"],
        &["0.1", "0.10", "1E-1"],
        &["0.10000000000000001"],
        &["1", "1.0", "1E0", "0.01e2", "100e-2"],
        &["10", "1e1", "1e+1"],
        &["10.05"],
        &["105"],
        &["9007199254740993", "9007199254740993.0"],
        &["1e400", "10.0E+399"],
        &["9.9e9223372036854775806"],
        &["1e99999999999999999999"],
    ];

    #[test]
    fn what_is_said_is_compared_and_hashed() {
        for (place, alike) in ORDERED.iter().enumerate() {
            for (other_place, others) in ORDERED.iter().enumerate() {
                for (one, other) in alike
                    .iter()
                    .flat_map(|one| others.iter().map(move |o| (one, o)))
                {
                    let (one, other) = (Decimal::of(one), Decimal::of(other));
                    assert_eq!(
                        one.cmp(&other),
                        place.cmp(&other_place),
                        "{one:?} {other:?}"
                    );
                    assert_eq!(hash(one) == hash(other), place == other_place);
                }
            }
        }
    }

    #[test]
    fn integers_are_exact() {
        for (text, integer) in [
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("0.99999999999999999999", None),
            ("9223372036854775807.0", Some(i128::from(i64::MAX))),
            ("-12.50e1", Some(-125)),
            ("12.5", None),
            ("1e-99999999999999999999", None),
            ("1e99999999999999999999", None),
            ("-0e99999999999999999999", Some(0)),
            ("170141183460469231731687303715884105727", Some(i128::MAX)),
            ("170141183460469231731687303715884105728", None),
            ("1e39", None),
        ] {
            assert_eq!(Decimal::of(text).integer(), integer, "{text}");
        }
    }

    #[test]
    fn the_whole_part_of_a_power_is_exact() {
        for (text, power, whole) in [
            ("1592411992203.1234569", 6, Some(1_592_411_992_203_123_456)),
            ("-0.0000019", 6, Some(-1)),
            ("-0.0000009", 6, Some(0)),
            ("1e-99999999999999999999", 6, Some(0)),
            ("1e9223372036854775806", 6, None),
        ] {
            assert_eq!(Decimal::of(text).whole_of_power(power), whole, "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_not_read() {
        for text in [
            "", "-", ".5", "5.", "1e", "+1", "1 ", "--1", "1.5.5", "1e5e5", "0x1", "１",
        ] {
            assert!(Decimal::read(text).is_none(), "{text}");
        }
        assert_eq!(Decimal::read("007.50e+1"), Some(Decimal::of("75")));
    }
}
