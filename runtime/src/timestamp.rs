//! An instant in any form that events write it comes in: epoch milliseconds or seconds as integer, float
//! or string of digits, or RFC 3339. What goes out is one type that knows the instant to the nanosecond,
//! and is written back in the form it was read from.

mod civil;
mod convert;
mod duration;
mod instant;
mod spelling;

pub use convert::TimestampError;
pub use duration::{NegativeDuration, SignedDuration};

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Sub;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json_value::Kind;
use crate::{Json, scalar, serde_form};
use instant::Instant;
use spelling::Spelling;

/// An instant, and the form it has on the wire.
///
/// Timestamps are equal, ordered and hashed by instant, whatever their form, and are [`Copy`]. One less another
/// is a [`SignedDuration`]. A string or number that names no instant is none of these: a field that holds one is
/// empty, and what stood there is kept in `extra`, as any value of another kind than its field's.
///
/// Numbers are milliseconds, but for those from 100 million to 100 billion: as milliseconds they would all
/// lie in the first years after 1970, when there were no events, and as seconds they begin in 1973.
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let float: Timestamp = serde_json::from_str("1592411992203.0")?;
/// let text: Timestamp = serde_json::from_str(r#""2020-06-17T16:39:52.203Z""#)?;
/// assert_eq!(float, text);
/// assert_eq!(float.unix_millis(), 1592411992203);
/// assert_eq!(float.to_string(), "2020-06-17T16:39:52.203Z");
/// assert_eq!(serde_json::to_string(&float)?, "1592411992203.0");
/// let later: Timestamp = serde_json::from_str("1592412052.5")?;
/// assert_eq!((later - float).as_millis(), 60_297);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    instant: Instant,
    /// As a document has it.
    spelling: Spelling,
}

impl Timestamp {
    /// The instant that is so many milliseconds after the Unix epoch; it is written as an integer.
    ///
    /// One of the years 1970 to 1973 whose milliseconds would be read as seconds is written as RFC 3339.
    ///
    /// ```
    /// use eventbridge_runtime::Timestamp;
    ///
    /// let timestamp = Timestamp::from_unix_millis(1_592_411_992_203);
    /// assert_eq!(timestamp.to_string(), "2020-06-17T16:39:52.203Z");
    /// assert_eq!(serde_json::to_string(&timestamp)?, "1592411992203");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Self {
        let instant = Instant::from_millis(millis);
        match instant::is_seconds(millis.into()) {
            true => Self::canonical(instant),
            false => Self::spelled(instant, &millis.to_string(), false),
        }
    }

    /// Whole seconds since the Unix epoch, rounded down.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.instant.seconds()
    }

    /// Whole milliseconds since the Unix epoch, rounded down.
    #[must_use]
    pub fn unix_millis(self) -> i64 {
        self.instant.millis()
    }

    /// Nanoseconds since the Unix epoch.
    #[must_use]
    pub fn unix_nanos(self) -> i128 {
        self.instant.nanos()
    }

    /// The instant that is so many nanoseconds after the Unix epoch; it is written as RFC 3339.
    ///
    /// # Errors
    ///
    /// It is more milliseconds from there than 64 bits hold: 292 million years.
    pub fn from_unix_nanos(nanos: i128) -> Result<Self, TimestampError> {
        let instant = Instant::from_nanos(nanos).ok_or_else(|| TimestampError::beyond(nanos))?;
        Ok(Self::canonical(instant))
    }

    /// The instant so much later, or earlier, written as RFC 3339; nothing where a timestamp cannot be.
    #[must_use]
    pub fn checked_add(self, duration: impl Into<SignedDuration>) -> Option<Self> {
        let nanos = self.unix_nanos().checked_add(duration.into().as_nanos())?;
        Instant::from_nanos(nanos).map(Self::canonical)
    }

    /// How long after another it is, as `-` tells, where that is no less than nothing.
    ///
    /// ```
    /// use eventbridge_runtime::Timestamp;
    /// use std::time::Duration;
    ///
    /// let [start, end] = [1_000, 3_500].map(Timestamp::from_unix_millis);
    /// assert_eq!(end.duration_since(start), Some(Duration::from_millis(2_500)));
    /// assert_eq!(start.duration_since(end), None);
    /// ```
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Option<std::time::Duration> {
        (self - earlier).try_into().ok()
    }

    /// RFC 3339, or milliseconds where it knows no such year.
    fn canonical(instant: Instant) -> Self {
        match instant.rfc_3339() {
            Some(text) => Self::spelled(instant, &text, true),
            None => Self::spelled(instant, &instant.decimal_millis(), false),
        }
    }

    /// What we spell ourselves is short enough.
    fn spelled(instant: Instant, text: &str, is_text: bool) -> Self {
        let spelling = Spelling::new(text, is_text).unwrap_or_default();
        Self { instant, spelling }
    }

    /// What a document's string says, or its number, if that is an instant. One that is spelled longer than any
    /// clock does is left as it is.
    #[inline]
    pub(crate) fn read(text: &str, is_text: bool) -> Option<Self> {
        let spelling = Spelling::new(text, is_text)?;
        let instant = match is_text {
            true => Instant::from_text(text)?,
            false => Instant::from_number(text)?,
        };
        Some(Self { instant, spelling })
    }

    pub(crate) fn from_json(json: &Json) -> Option<Self> {
        match json.kind() {
            Kind::String => Self::read(json.as_str()?, true),
            Kind::Number => Self::read(json.as_json(), false),
            _ => None,
        }
    }

    /// What the document says, if that is a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        self.spelling.is_text().then(|| self.spelling.as_str())
    }

    /// What the document says, if that is a number.
    pub(crate) fn as_number(&self) -> Option<&str> {
        (!self.spelling.is_text()).then(|| self.spelling.as_str())
    }

    /// Writes it as the document did. Neither digits nor RFC 3339 need an escape.
    pub(crate) fn write_json(&self, out: &mut String) {
        let quote = if self.spelling.is_text() { "\"" } else { "" };
        for part in [quote, self.spelling.as_str(), quote] {
            *out += part;
        }
    }
}

impl Default for Timestamp {
    /// The Unix epoch, written as `0`.
    fn default() -> Self {
        Self {
            instant: Instant::default(),
            spelling: Spelling::default(),
        }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl Sub for Timestamp {
    type Output = SignedDuration;

    /// How long after the other it is; negative if it is before.
    fn sub(self, earlier: Self) -> SignedDuration {
        self.instant.since(earlier.instant)
    }
}

impl Sub<&Timestamp> for &Timestamp {
    type Output = SignedDuration;

    /// As of values.
    fn sub(self, earlier: &Timestamp) -> SignedDuration {
        *self - *earlier
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC; milliseconds since the Unix epoch before the year 0000 and after 9999.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instant.rfc_3339() {
            Some(text) => f.pad(&text),
            None => f.pad(&self.instant.decimal_millis()),
        }
    }
}

impl fmt::Debug for Timestamp {
    /// What stands in the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_text() {
            Some(text) => write!(f, "Timestamp({text:?})"),
            None => write!(f, "Timestamp({})", self.spelling.as_str()),
        }
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339, or a string of digits as milliseconds or seconds.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let instant = Instant::from_text(text)
            .ok_or_else(|| TimestampError::unreadable(&format!("{text:?}")))?;
        Ok(Self::read(text, true).unwrap_or_else(|| Self::canonical(instant)))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_text() {
            Some(text) => serializer.serialize_str(text),
            None => serde_form::serialize_number(self.spelling.as_str(), serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a timestamp: RFC 3339 or epoch milliseconds";
        let json = scalar::deserialize(deserializer, expected, true)?;
        let timestamp = Self::from_json(&json);
        timestamp
            .ok_or_else(|| serde::de::Error::custom(TimestampError::unreadable(json.as_json())))
    }
}

#[cfg(test)]
mod tests;
