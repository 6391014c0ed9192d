//! How long one timestamp is after another: it comes out of `-`, and goes into the durations of the standard library,
//! `jiff`, `chrono` and `time`.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Neg;
use std::time::Duration;

/// How long one [`Timestamp`](crate::Timestamp) is after another, to the nanosecond; negative if it is before.
///
/// [`std::time::Duration`] has no sign, and a difference of timestamps that came from elsewhere may have one. It converts:
/// with `into` to the durations of `jiff`, `chrono` and `time`, behind the features of these names, and with `try_into`
/// to that of the standard library. It can be compared with the latter as it is.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use std::time::Duration;
///
/// let start: Timestamp = "2026-03-15T16:10:10Z".parse()?;
/// let end: Timestamp = "2026-03-15T17:40:10.5Z".parse()?;
/// let took = end - start;
/// assert_eq!(took.to_string(), "1h 30m 0.5s");
/// assert_eq!(took.as_secs_f64(), 5400.5);
/// assert!(took > Duration::from_secs(3600));
/// assert_eq!(start - end, -took);
/// assert_eq!(Duration::try_from(took)?, Duration::from_millis(5_400_500));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignedDuration {
    seconds: i64,
    /// Of the same sign.
    nanos: i32,
}

const NANOS: i128 = 1_000_000_000;

impl SignedDuration {
    /// No time at all.
    pub const ZERO: Self = Self::new(0, 0);

    pub(super) const fn new(seconds: i64, nanos: i32) -> Self {
        Self { seconds, nanos }
    }

    /// So many seconds.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self::new(seconds, 0)
    }

    /// So many milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self::new(millis / 1_000, (millis % 1_000) as i32 * 1_000_000)
    }

    /// Whole seconds, towards zero.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds beyond whole seconds, of the same sign.
    #[must_use]
    pub const fn subsec_nanos(self) -> i32 {
        self.nanos
    }

    /// Seconds, to the nearest float.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.seconds as f64 + f64::from(self.nanos) / 1e9
    }

    /// Whole milliseconds, towards zero.
    #[must_use]
    pub fn as_millis(self) -> i128 {
        self.as_nanos() / 1_000_000
    }

    /// Nanoseconds.
    #[must_use]
    pub fn as_nanos(self) -> i128 {
        i128::from(self.seconds) * NANOS + i128::from(self.nanos)
    }

    /// Whether it is less than nothing: the first timestamp is before the other.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.seconds < 0 || self.nanos < 0
    }

    /// How long it is, without its sign.
    #[must_use]
    pub const fn unsigned_abs(self) -> Duration {
        Duration::new(self.seconds.unsigned_abs(), self.nanos.unsigned_abs())
    }
}

impl Neg for SignedDuration {
    type Output = Self;

    /// The longest negative one becomes the longest.
    fn neg(self) -> Self {
        Self::new(self.seconds.saturating_neg(), -self.nanos)
    }
}

impl fmt::Display for SignedDuration {
    /// `1h 30m 0.5s`, with a `-` before it if it is negative.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, sign) = (
            self.unsigned_abs(),
            if self.is_negative() { "-" } else { "" },
        );
        let (hours, minutes) = (length.as_secs() / 3_600, length.as_secs() / 60 % 60);
        let (seconds, nanos) = (length.as_secs() % 60, length.subsec_nanos());
        let fraction = match nanos {
            0 => String::new(),
            nanos => format!(".{nanos:09}").trim_end_matches('0').to_owned(),
        };
        let large = match (hours, minutes) {
            (0, 0) => String::new(),
            (0, _) => format!("{minutes}m "),
            _ => format!("{hours}h {minutes}m "),
        };
        f.pad(&format!("{sign}{large}{seconds}{fraction}s"))
    }
}

impl PartialEq<Duration> for SignedDuration {
    fn eq(&self, other: &Duration) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd<Duration> for SignedDuration {
    fn partial_cmp(&self, other: &Duration) -> Option<Ordering> {
        Some(match self.is_negative() {
            true => Ordering::Less,
            false => self.unsigned_abs().cmp(other),
        })
    }
}

/// A [`SignedDuration`] that the standard library's duration cannot be, which has no sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NegativeDuration;

impl fmt::Display for NegativeDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the duration is negative: the first timestamp is before the one that is taken from it",
        )
    }
}

impl std::error::Error for NegativeDuration {}

impl TryFrom<SignedDuration> for Duration {
    type Error = NegativeDuration;

    fn try_from(duration: SignedDuration) -> Result<Self, NegativeDuration> {
        match duration.is_negative() {
            true => Err(NegativeDuration),
            false => Ok(duration.unsigned_abs()),
        }
    }
}

impl From<Duration> for SignedDuration {
    /// One that is longer than any between two timestamps becomes the longest.
    fn from(duration: Duration) -> Self {
        match i64::try_from(duration.as_secs()) {
            Ok(seconds) => Self::new(seconds, duration.subsec_nanos() as i32),
            Err(_) => Self::new(i64::MAX, 999_999_999),
        }
    }
}

#[cfg(feature = "jiff")]
impl From<SignedDuration> for jiff::SignedDuration {
    fn from(duration: SignedDuration) -> Self {
        Self::new(duration.seconds, duration.nanos)
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::SignedDuration> for SignedDuration {
    fn from(duration: jiff::SignedDuration) -> Self {
        Self::new(duration.as_secs(), duration.subsec_nanos())
    }
}

#[cfg(feature = "chrono")]
impl From<SignedDuration> for chrono::TimeDelta {
    /// One that is longer than `chrono` can hold, 292 million years, becomes its longest.
    fn from(duration: SignedDuration) -> Self {
        let longest = if duration.is_negative() {
            Self::MIN
        } else {
            Self::MAX
        };
        let whole = Self::try_seconds(duration.seconds);
        let part = Self::nanoseconds(duration.nanos.into());
        let sum = whole.and_then(|whole| whole.checked_add(&part));
        sum.unwrap_or(longest)
    }
}

#[cfg(feature = "chrono")]
impl From<chrono::TimeDelta> for SignedDuration {
    fn from(duration: chrono::TimeDelta) -> Self {
        Self::new(duration.num_seconds(), duration.subsec_nanos())
    }
}

#[cfg(feature = "time")]
impl From<SignedDuration> for time::Duration {
    fn from(duration: SignedDuration) -> Self {
        Self::new(duration.seconds, duration.nanos)
    }
}

#[cfg(feature = "time")]
impl From<time::Duration> for SignedDuration {
    fn from(duration: time::Duration) -> Self {
        Self::new(duration.whole_seconds(), duration.subsec_nanoseconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_for_people() {
        for (millis, written) in [
            (0, "0s"),
            (1, "0.001s"),
            (-1, "-0.001s"),
            (61_500, "1m 1.5s"),
            (-7_200_000, "-2h 0m 0s"),
            (90_000_000, "25h 0m 0s"),
        ] {
            assert_eq!(SignedDuration::from_millis(millis).to_string(), written);
        }
        assert_eq!(
            format!("{:>4}|{:<4}|", SignedDuration::ZERO, SignedDuration::ZERO),
            "  0s|0s  |"
        );
    }

    #[test]
    fn it_is_compared_with_and_becomes_what_has_no_sign() {
        let [less, more] = [-1_500, 1_500].map(SignedDuration::from_millis);
        assert!(less < more && less < Duration::ZERO && more > Duration::from_secs(1));
        assert_eq!(more, Duration::from_millis(1_500));
        assert_eq!(less.unsigned_abs(), Duration::from_millis(1_500));
        assert_eq!(Duration::try_from(less), Err(NegativeDuration));
        assert_eq!(SignedDuration::from(Duration::MAX).as_secs(), i64::MAX);
        assert_eq!(-less, more);
        assert_eq!((less.as_secs(), less.subsec_nanos()), (-1, -500_000_000));
        assert_eq!((less.as_millis(), less.as_secs_f64()), (-1_500, -1.5));
        assert_eq!((-SignedDuration::from_secs(i64::MIN)).as_secs(), i64::MAX);
    }

    #[test]
    #[cfg(feature = "jiff")]
    fn jiff() {
        for millis in [0, 1_500, -1_500, i64::MAX, i64::MIN] {
            let ours = SignedDuration::from_millis(millis);
            let theirs = jiff::SignedDuration::from(ours);
            assert_eq!(theirs, jiff::SignedDuration::from_millis(millis));
            assert_eq!(SignedDuration::from(theirs), ours);
        }
    }

    #[test]
    #[cfg(feature = "chrono")]
    fn chrono() {
        use chrono::TimeDelta;

        for millis in [0, 1_500, -1_500, i64::MAX] {
            let ours = SignedDuration::from_millis(millis);
            let theirs = TimeDelta::from(ours);
            assert_eq!(theirs, TimeDelta::milliseconds(millis));
            assert_eq!(SignedDuration::from(theirs), ours);
        }
        assert_eq!(
            TimeDelta::from(SignedDuration::from_secs(i64::MAX)),
            TimeDelta::MAX
        );
        assert_eq!(
            TimeDelta::from(SignedDuration::from_secs(i64::MIN)),
            TimeDelta::MIN
        );
    }

    #[test]
    #[cfg(feature = "time")]
    fn time() {
        for millis in [0, 1_500, -1_500, i64::MAX, i64::MIN] {
            let ours = SignedDuration::from_millis(millis);
            let theirs = time::Duration::from(ours);
            assert_eq!(theirs, time::Duration::milliseconds(millis));
            assert_eq!(SignedDuration::from(theirs), ours);
        }
    }
}
