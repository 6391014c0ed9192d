//! What a document says of an instant comes in; the instant goes out, to the nanosecond, and as text.

use super::civil;
use super::duration::SignedDuration;
use crate::decimal::Decimal;

/// An instant within 292 million years of 1970: its milliseconds fit 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(C, packed(4))] // what else a timestamp has fits behind it without a gap
pub(super) struct Instant {
    seconds: i64,
    nanos: u32,
}

/// Nanoseconds of a millisecond and of a second.
const MILLI: i128 = 1_000_000;
pub(super) const NANOS: i128 = 1_000_000_000;

/// Whether a number, read as milliseconds, is so small that seconds are meant: none of the numbers from 100 million on is
/// an instant of an event in milliseconds, nor is any from 100 billion on in seconds.
pub(super) fn is_seconds(number: i128) -> bool {
    (100_000_000..100_000_000_000).contains(&number)
}

impl Instant {
    pub(super) fn new(seconds: i64, nanos: u32) -> Self {
        Self { seconds, nanos }
    }

    pub(super) fn from_millis(millis: i64) -> Self {
        Self {
            seconds: millis.div_euclid(1_000),
            nanos: millis.rem_euclid(1_000) as u32 * 1_000_000,
        }
    }

    pub(super) fn from_nanos(nanos: i128) -> Option<Self> {
        let is_held = i64::try_from(nanos.div_euclid(MILLI)).is_ok();
        is_held.then(|| Self {
            seconds: nanos.div_euclid(NANOS) as i64,
            nanos: nanos.rem_euclid(NANOS) as u32,
        })
    }

    /// Reads RFC 3339, or a decimal as milliseconds or seconds.
    #[inline]
    pub(super) fn from_text(text: &str) -> Option<Self> {
        match civil::parse(text) {
            Some((seconds, nanos)) => Some(Self::new(seconds, nanos)),
            None => Self::from_number(text),
        }
    }

    /// Reads a decimal as milliseconds or as seconds, whichever is plausible. Digits finer than nanoseconds are dropped.
    pub(super) fn from_number(text: &str) -> Option<Self> {
        // Most have neither point nor exponent.
        if let Ok(whole) = text.parse::<i64>()
            && !text.starts_with('+')
        {
            return Some(match is_seconds(whole.into()) {
                true => Self::new(whole, 0),
                false => Self::from_millis(whole),
            });
        }
        let decimal = Decimal::read(text)?;
        let nanos = decimal.whole_of_power(6)?;
        match is_seconds(nanos.div_euclid(MILLI)) {
            true => decimal.whole_of_power(9).and_then(Self::from_nanos),
            false => Self::from_nanos(nanos),
        }
    }

    pub(super) fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds beyond the second.
    pub(super) fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    pub(super) fn millis(self) -> i64 {
        self.nanos().div_euclid(MILLI) as i64
    }

    pub(super) fn nanos(self) -> i128 {
        i128::from(self.seconds) * NANOS + i128::from(self.nanos)
    }

    pub(super) fn since(self, earlier: Self) -> SignedDuration {
        let nanos = self.nanos() - earlier.nanos();
        SignedDuration::new((nanos / NANOS) as i64, (nanos % NANOS) as i32)
    }

    /// The instant in UTC, if it is of the years 0000 to 9999.
    pub(super) fn rfc_3339(self) -> Option<String> {
        let seconds = self.seconds;
        civil::SECONDS
            .contains(&seconds)
            .then(|| civil::written(seconds, self.nanos))
    }

    /// Milliseconds since the Unix epoch, to the last digit.
    pub(super) fn decimal_millis(self) -> String {
        let nanos = self.nanos();
        let sign = if nanos < 0 { "-" } else { "" };
        let (millis, rest) = (nanos.abs() / MILLI, nanos.abs() % MILLI);
        match rest {
            0 => format!("{sign}{millis}"),
            rest => format!("{sign}{millis}.{rest:06}"),
        }
    }
}
