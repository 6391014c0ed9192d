//! A timestamp comes in and an instant of the standard library, `jiff`, `chrono` or `time` goes out, and
//! the other way round. What one of them cannot hold is an error.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::Timestamp;
use super::civil::NANOS;

impl Timestamp {
    /// Nanoseconds since the Unix epoch.
    pub(super) fn instant(&self) -> Result<i128, TimestampError> {
        self.unix_nanos()
            .ok_or_else(|| TimestampError::unreadable(self))
    }
}

/// Nanoseconds as whole seconds, rounded down, and the nanoseconds from there.
fn seconds(nanos: i128) -> (i128, u32) {
    (nanos.div_euclid(NANOS), nanos.rem_euclid(NANOS) as u32)
}

/// Written as RFC 3339. An instant beyond the years 0000 to 9999 is an error.
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
        let nanos = timestamp.instant()?;
        let (seconds, part) = seconds(nanos.abs());
        let distance = u64::try_from(seconds).map(|seconds| Duration::new(seconds, part));
        let time = distance.ok().and_then(|distance| {
            if nanos < 0 {
                Self::UNIX_EPOCH.checked_sub(distance)
            } else {
                Self::UNIX_EPOCH.checked_add(distance)
            }
        });
        time.ok_or_else(|| TimestampError::unfit(timestamp, "std::time::SystemTime"))
    }
}

/// Written as RFC 3339. An instant before the year 0000 is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let instant = jiff::Timestamp::constant(1_670_026_184, 893_854_735);
/// let timestamp = Timestamp::try_from(instant)?;
/// assert_eq!(timestamp.to_string(), "2022-12-03T00:09:44.893854735Z");
/// # Ok::<(), eventbridge_runtime::TimestampError>(())
/// ```
#[cfg(feature = "jiff")]
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = TimestampError;

    fn try_from(instant: jiff::Timestamp) -> Result<Self, Self::Error> {
        Self::from_unix_nanos(instant.as_nanosecond())
    }
}

/// `jiff` ends a day before the year 9999 does, so that every instant has a date in every time zone; one
/// after that is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = jiff::Timestamp::try_from(&timestamp)?;
/// assert_eq!(instant.as_millisecond(), 1_592_411_992_203);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "jiff")]
impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::from_nanosecond(timestamp.instant()?)
            .map_err(|_| TimestampError::unfit(timestamp, "jiff::Timestamp"))
    }
}

/// Written as RFC 3339, a skip_unchecked second as the second that follows it. An instant beyond the years 0000 to
/// 9999 is an error.
///
/// ```
/// use chrono::DateTime;
/// use eventbridge_runtime::Timestamp;
///
/// let instant = DateTime::from_timestamp_nanos(1_670_026_184_893_854_735);
/// let timestamp = Timestamp::try_from(instant)?;
/// assert_eq!(timestamp.to_string(), "2022-12-03T00:09:44.893854735Z");
/// # Ok::<(), eventbridge_runtime::TimestampError>(())
/// ```
#[cfg(feature = "chrono")]
impl TryFrom<chrono::DateTime<chrono::Utc>> for Timestamp {
    type Error = TimestampError;

    fn try_from(instant: chrono::DateTime<chrono::Utc>) -> Result<Self, Self::Error> {
        let part = i128::from(instant.timestamp_subsec_nanos());
        Self::from_unix_nanos(i128::from(instant.timestamp()) * NANOS + part)
    }
}

/// Every timestamp that names an instant fits.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use eventbridge_runtime::Timestamp;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = DateTime::<Utc>::try_from(&timestamp)?;
/// assert_eq!(instant.timestamp_millis(), 1_592_411_992_203);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        let (seconds, part) = seconds(timestamp.instant()?);
        let seconds = i64::try_from(seconds).ok();
        seconds
            .and_then(|seconds| Self::from_timestamp(seconds, part))
            .ok_or_else(|| TimestampError::unfit(timestamp, "chrono::DateTime"))
    }
}

/// Written as RFC 3339, in UTC whatever the offset. An instant beyond the years 0000 to 9999 is an error.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use time::OffsetDateTime;
///
/// let timestamp = Timestamp::try_from(OffsetDateTime::UNIX_EPOCH)?;
/// assert_eq!(timestamp.to_string(), "1970-01-01T00:00:00Z");
/// # Ok::<(), eventbridge_runtime::TimestampError>(())
/// ```
#[cfg(feature = "time")]
impl TryFrom<time::OffsetDateTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(instant: time::OffsetDateTime) -> Result<Self, Self::Error> {
        Self::from_unix_nanos(instant.unix_timestamp_nanos())
    }
}

/// In UTC. Every timestamp that names an instant fits.
///
/// ```
/// use eventbridge_runtime::Timestamp;
/// use time::OffsetDateTime;
///
/// let timestamp: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let instant = OffsetDateTime::try_from(&timestamp)?;
/// assert_eq!(instant.unix_timestamp(), 1_592_411_992);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "time")]
impl TryFrom<&Timestamp> for time::OffsetDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
        Self::from_unix_timestamp_nanos(timestamp.instant()?)
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
    fn unreadable(timestamp: &Timestamp) -> Self {
        let (text, quoted) = timestamp.spelling();
        let shown = if quoted {
            format!("{text:?}")
        } else {
            text.into_owned()
        };
        Self(format!(
            "{shown} names no instant of the years 0000 to 9999: it is neither RFC 3339 nor epoch milliseconds"
        ))
    }

    fn unfit(timestamp: &Timestamp, ty: &str) -> Self {
        Self(format!("{timestamp} is beyond what {ty} can hold"))
    }

    pub(super) fn beyond(nanos: i128) -> Self {
        let (seconds, _) = seconds(nanos);
        Self(format!(
            "{seconds} seconds after the Unix epoch is not in the years 0000 to 9999"
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
        Timestamp: TryFrom<T, Error = TimestampError>,
    {
        for edge in edges {
            let timestamp = read(edge);
            let there = T::try_from(&timestamp).unwrap();
            assert_eq!(T::try_from(timestamp.clone()).as_ref(), Ok(&there));
            let back = Timestamp::try_from(there).unwrap();
            assert_eq!(back.unix_nanos(), timestamp.unix_nanos());
            assert_eq!(serde_json::to_string(&back).unwrap(), format!("{edge:?}"));
        }
        for unreadable in [r#""soon""#, "1e300"] {
            let timestamp: Timestamp = serde_json::from_str(unreadable).unwrap();
            let error = T::try_from(&timestamp).err().unwrap().to_string();
            let expected = format!("{unreadable} names no instant");
            assert!(error.starts_with(&expected), "{error}");
        }
    }

    fn refused<T>(instant: T) -> String
    where
        Timestamp: TryFrom<T, Error = TimestampError>,
    {
        Timestamp::try_from(instant).unwrap_err().to_string()
    }

    #[test]
    fn nanoseconds() {
        for edge in EDGES {
            let nanos = read(edge).unix_nanos().unwrap();
            assert_eq!(
                Timestamp::from_unix_nanos(nanos).unwrap().to_string(),
                *edge
            );
        }
        let [first, last] = [EDGES[0], EDGES[7]].map(|edge| read(edge).unix_nanos().unwrap());
        for beyond in [first - 1, last + 1, i128::MIN, i128::MAX] {
            assert!(Timestamp::from_unix_nanos(beyond).is_err(), "{beyond}");
        }
        assert_eq!(
            Timestamp::from_unix_nanos(last + 1)
                .unwrap_err()
                .to_string(),
            "253402300800 seconds after the Unix epoch is not in the years 0000 to 9999"
        );
    }

    #[test]
    #[cfg(unix)] // other platforms may hold fewer years, and not each nanosecond
    fn system_time() {
        there_and_back::<SystemTime>(&EDGES);
        let far = Duration::from_secs(1 << 40);
        refused(SystemTime::UNIX_EPOCH + far);
        refused(SystemTime::UNIX_EPOCH - far);
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
        refused(jiff::Timestamp::MIN);
        assert_eq!(
            Timestamp::try_from(jiff::Timestamp::MAX).unwrap(),
            read(EDGES[6])
        );
    }

    #[test]
    #[cfg(feature = "chrono")]
    fn chrono() {
        use chrono::{DateTime, NaiveDate, Utc};

        there_and_back::<DateTime<Utc>>(&EDGES);
        refused(DateTime::<Utc>::MIN_UTC);
        refused(DateTime::<Utc>::MAX_UTC);
        let day = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
        let leap_second = day.and_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(
            Timestamp::try_from(leap_second.and_utc()).unwrap(),
            read("2016-12-31T23:59:60.5Z")
        );
    }

    #[test]
    #[cfg(feature = "time")]
    fn time() {
        use time::{Date, Duration, OffsetDateTime, Time, UtcOffset};

        there_and_back::<OffsetDateTime>(&EDGES);
        refused(OffsetDateTime::new_utc(Date::MIN, Time::MIDNIGHT));
        let east = UtcOffset::from_hms(5, 30, 0).unwrap();
        let instant = (OffsetDateTime::UNIX_EPOCH + Duration::NANOSECOND).to_offset(east);
        assert_eq!(Timestamp::try_from(instant).unwrap(), read(EDGES[4]));
    }
}
