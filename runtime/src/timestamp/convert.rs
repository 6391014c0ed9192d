//! A timestamp comes in and an instant of the standard library, `jiff`, `chrono` or `time` goes out, and
//! the other way round. What one of them cannot hold is an error.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::Timestamp;
use super::instant::NANOS;

impl Timestamp {
    /// So many nanoseconds after the Unix epoch. Other crates know fewer years than a timestamp can hold.
    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    fn from_nanos_of_a_calendar(nanos: i128) -> Self {
        super::instant::Instant::from_nanos(nanos).map_or_else(Self::default, Self::canonical)
    }
}

/// Written as RFC 3339. An instant that is more than 292 million years from 1970 is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use std::time::SystemTime;
///
/// assert_eq!(Timestamp::try_from(SystemTime::UNIX_EPOCH)?.to_string(), "1970-01-01T00:00:00Z");
/// # Ok::<(), eventbridge_runtime::TimestampError>(())
/// ```
impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let nanos = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        };
        Self::from_unix_nanos(nanos)
    }
}

/// An instant that the platform cannot hold is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use std::time::{Duration, SystemTime};
///
/// let timestamp = Timestamp::from_unix_millis(1_500);
/// let time = SystemTime::try_from(&timestamp)?;
/// assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_millis(1_500));
/// # Ok::<(), eventbridge_runtime::TimestampError>(())
/// ```
impl TryFrom<&Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        let nanos = timestamp.unix_nanos();
        let (seconds, part) = (nanos.abs() / NANOS, nanos.abs() % NANOS);
        let distance = Duration::new(seconds as u64, part as u32);
        let time = if nanos < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or_else(|| TimestampError::unfit(timestamp, "std::time::SystemTime"))
    }
}

/// Written as RFC 3339, before the year 0000 as milliseconds.
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let instant = jiff::Timestamp::constant(1_670_026_184, 893_854_735);
/// let timestamp = Timestamp::from(instant);
/// assert_eq!(timestamp.to_string(), "2022-12-03T00:09:44.893854735Z");
/// ```
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self::from_nanos_of_a_calendar(instant.as_nanosecond())
    }
}

/// `jiff` ends a day before the year 9999 does, so that every instant has a date in every time zone; one
/// after that is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = jiff::Timestamp::try_from(timestamp)?;
/// assert_eq!(instant.as_millisecond(), 1_592_411_992_203);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "jiff")]
impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::from_nanosecond(timestamp.unix_nanos())
            .map_err(|_| TimestampError::unfit(timestamp, "jiff::Timestamp"))
    }
}

/// Written as RFC 3339, in UTC whatever the zone, a leap second as the second that follows it; beyond the years 0000 to
/// 9999 as milliseconds.
///
/// ```
/// use chrono::DateTime;
/// use eventbridge_runtime::Timestamp;
///
/// let timestamp = Timestamp::from(DateTime::from_timestamp_nanos(1_670_026_184_893_854_735));
/// assert_eq!(timestamp.to_string(), "2022-12-03T00:09:44.893854735Z");
/// ```
#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Timestamp {
    fn from(instant: chrono::DateTime<Z>) -> Self {
        let part = i128::from(instant.timestamp_subsec_nanos());
        Self::from_nanos_of_a_calendar(i128::from(instant.timestamp()) * NANOS + part)
    }
}

/// An instant that is more than 262 thousand years from 1970 is an error.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use eventbridge_runtime::Timestamp;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = DateTime::<Utc>::try_from(timestamp)?;
/// assert_eq!(instant.timestamp_millis(), 1_592_411_992_203);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        let Timestamp { instant, .. } = timestamp;
        Self::from_timestamp(instant.seconds(), instant.subsec_nanos())
            .ok_or_else(|| TimestampError::unfit(timestamp, "chrono::DateTime"))
    }
}

/// Written as RFC 3339, in UTC whatever the offset; beyond the years 0000 to 9999 as milliseconds.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use time::OffsetDateTime;
///
/// let timestamp = Timestamp::from(OffsetDateTime::UNIX_EPOCH);
/// assert_eq!(timestamp.to_string(), "1970-01-01T00:00:00Z");
/// ```
#[cfg(feature = "time")]
impl From<time::OffsetDateTime> for Timestamp {
    fn from(instant: time::OffsetDateTime) -> Self {
        Self::from_nanos_of_a_calendar(instant.unix_timestamp_nanos())
    }
}

/// In UTC. An instant beyond the years that `time` knows is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use time::OffsetDateTime;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = OffsetDateTime::try_from(timestamp)?;
/// assert_eq!(instant.unix_timestamp(), 1_592_411_992);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "time")]
impl TryFrom<&Timestamp> for time::OffsetDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::from_unix_timestamp_nanos(timestamp.unix_nanos())
            .map_err(|_| TimestampError::unfit(timestamp, "time::OffsetDateTime"))
    }
}

/// An owned timestamp converts as a borrowed one does.
macro_rules! by_value {
    ($($(#[$feature:meta])? $instant:ty;)*) => {
        $(
            /// As by reference.
            $(#[$feature])?
            impl TryFrom<Timestamp> for $instant {
                type Error = TimestampError;

                fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
                    Self::try_from(&timestamp)
                }
            }
        )*
    };
}

by_value! {
    SystemTime;
    #[cfg(feature = "jiff")] jiff::Timestamp;
    #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>;
    #[cfg(feature = "time")] time::OffsetDateTime;
}

/// A text or number names no instant, or a type cannot hold the instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(String);

impl TimestampError {
    /// Of a text as it is written here.
    pub(super) fn unreadable(shown: &str) -> Self {
        Self(format!(
            "{shown} names no instant: it is neither RFC 3339 of the years 0000 to 9999 nor epoch milliseconds"
        ))
    }

    fn unfit(timestamp: &Timestamp, ty: &str) -> Self {
        Self(format!("{timestamp} is beyond what {ty} can hold"))
    }

    pub(super) fn beyond(nanos: i128) -> Self {
        let seconds = nanos.div_euclid(NANOS);
        Self(format!(
            "{seconds} seconds after the Unix epoch is beyond what a timestamp can hold, 292 million years"
        ))
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimestampError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The edges of what RFC 3339 can say, of 1970, and of a nanosecond.
    const EDGES: [&str; 8] = [
        "0000-01-01T00:00:00Z",
        "1601-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.000000001Z",
        "2022-12-03T00:09:44.893854735Z",
        "9999-12-30T22:00:00.999999999Z",
        "9999-12-31T23:59:59.999999999Z",
    ];

    fn read(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Sends each edge there and back; what comes back is the same to the nanosecond.
    fn there_and_back<T>(edges: &[&str])
    where
        T: for<'a> TryFrom<&'a Timestamp, Error = TimestampError>,
        T: TryFrom<Timestamp, Error = TimestampError> + PartialEq + fmt::Debug,
        Timestamp: TryFrom<T, Error: fmt::Debug>,
    {
        for edge in edges {
            let timestamp = read(edge);
            let there = T::try_from(&timestamp).unwrap();
            assert_eq!(T::try_from(timestamp).as_ref(), Ok(&there));
            let back = Timestamp::try_from(there).unwrap();
            assert_eq!(back.unix_nanos(), timestamp.unix_nanos());
            assert_eq!(serde_json::to_string(&back).unwrap(), format!("{edge:?}"));
        }
    }

    /// Sends an instant that RFC 3339 cannot name there and back.
    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    fn through_milliseconds<T>(instant: T)
    where
        T: TryFrom<Timestamp, Error = TimestampError> + PartialEq + fmt::Debug + Copy,
        Timestamp: From<T>,
    {
        let timestamp = Timestamp::from(instant);
        let json = serde_json::to_string(&timestamp).unwrap();
        let again: Timestamp = serde_json::from_str(&json).unwrap();
        assert_eq!(T::try_from(again).unwrap(), instant, "{json}");
    }

    #[test]
    fn nanoseconds() {
        for edge in EDGES {
            let nanos = read(edge).unix_nanos();
            assert_eq!(
                Timestamp::from_unix_nanos(nanos).unwrap().to_string(),
                *edge
            );
        }
        let [first, last] = [EDGES[0], EDGES[7]].map(|edge| read(edge).unix_nanos());
        for (nanos, spelled) in [
            (first - 1, "-62167219200000.000001"),
            (last + 1, "253402300800000"),
        ] {
            let timestamp = Timestamp::from_unix_nanos(nanos).unwrap();
            assert_eq!(timestamp.to_string(), spelled);
            assert_eq!(
                serde_json::from_str::<Timestamp>(spelled).unwrap(),
                timestamp
            );
        }
        let [first, last] = [i64::MIN, i64::MAX].map(|millis| i128::from(millis) * 1_000_000);
        for beyond in [first - 1, last + 1_000_000, i128::MIN, i128::MAX] {
            assert!(Timestamp::from_unix_nanos(beyond).is_err(), "{beyond}");
        }
        assert_eq!(
            Timestamp::from_unix_nanos(last + 1_000_000)
                .unwrap_err()
                .to_string(),
            "9223372036854775 seconds after the Unix epoch is beyond what a timestamp can hold, 292 million years"
        );
    }

    #[test]
    #[cfg(unix)] // other platforms may hold fewer years, and not each nanosecond
    fn system_time() {
        there_and_back::<SystemTime>(&EDGES);
        let far = Duration::from_secs(1 << 60);
        for beyond in [SystemTime::UNIX_EPOCH + far, SystemTime::UNIX_EPOCH - far] {
            assert!(Timestamp::try_from(beyond).is_err());
        }
    }

    #[test]
    #[cfg(feature = "jiff")]
    fn jiff() {
        there_and_back::<jiff::Timestamp>(&EDGES[..7]);
        let error = jiff::Timestamp::try_from(&read(EDGES[7])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "9999-12-31T23:59:59.999999999Z is beyond what jiff::Timestamp can hold"
        );
        through_milliseconds(jiff::Timestamp::MIN);
        assert_eq!(Timestamp::from(jiff::Timestamp::MAX), read(EDGES[6]));
    }

    #[test]
    #[cfg(feature = "chrono")]
    fn chrono() {
        use chrono::{DateTime, NaiveDate, Utc};

        there_and_back::<DateTime<Utc>>(&EDGES);
        through_milliseconds(DateTime::<Utc>::MIN_UTC);
        through_milliseconds(DateTime::<Utc>::MAX_UTC);
        let day = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
        let leap_second = day.and_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(
            Timestamp::from(leap_second.and_utc()),
            read("2016-12-31T23:59:60.5Z")
        );
    }

    #[test]
    #[cfg(feature = "time")]
    fn time() {
        use time::{Date, Duration, OffsetDateTime, Time, UtcOffset};

        there_and_back::<OffsetDateTime>(&EDGES);
        through_milliseconds(OffsetDateTime::new_utc(Date::MIN, Time::MIDNIGHT));
        let east = UtcOffset::from_hms(5, 30, 0).unwrap();
        let instant = (OffsetDateTime::UNIX_EPOCH + Duration::NANOSECOND).to_offset(east);
        assert_eq!(Timestamp::from(instant), read(EDGES[4]));
    }
}
