//! An instant in any form that events write it comes in: epoch milliseconds or seconds as integer, float
//! or string of digits, or RFC 3339. What goes out is one type that knows the instant to the nanosecond,
//! and is written back in the form it was read from.

mod civil;
mod convert;

pub use convert::TimestampError;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal::Decimal;
use crate::{Json, Number, Text, scalar};

/// An instant, and the form it has on the wire.
///
/// Timestamps are equal, ordered and hashed by instant, whatever their form. A string or number that
/// names no instant of the years 0000 to 9999 is kept as it is: it is no error, comes after all
/// instants, and among its kind goes by its spelling.
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
/// assert_eq!(float.unix_millis(), Some(1592411992203));
/// assert_eq!(float.to_string(), "2020-06-17T16:39:52.203Z");
/// assert_eq!(serde_json::to_string(&float)?, "1592411992203.0");
/// let seconds: Timestamp = serde_json::from_str("1592411992.203")?;
/// assert_eq!(seconds, text);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The instant is read from its form whenever somebody asks for it, compares it or hashes it, as most
/// events are read by those who do not. To sort many, read each once; those of no instant then come first:
///
/// ```
/// use eventbridge_runtime::Timestamp;
///
/// let mut times = [3, 1, 2].map(Timestamp::from_unix_millis);
/// times.sort_by_cached_key(Timestamp::unix_nanos);
/// assert_eq!(times[0].unix_millis(), Some(1));
/// ```
#[derive(Clone)]
pub struct Timestamp(
    /// A string or a number. Most events are read by those who ask for no instant, so it is read when
    /// somebody does.
    Json,
);

impl Timestamp {
    /// The instant that is so many milliseconds after the Unix epoch; it is written as an integer.
    ///
    /// Beyond the years 0000 to 9999 it names no instant, as if it had been read so: it is written back, and
    /// [`unix_millis`](Self::unix_millis) gives `None`. One of the years 1970 to 1973 whose milliseconds would be
    /// read as seconds is written as RFC 3339.
    ///
    /// ```
    /// use eventbridge_runtime::Timestamp;
    ///
    /// let beyond = Timestamp::from_unix_millis(i64::MAX);
    /// assert_eq!(beyond.unix_millis(), None);
    /// assert_eq!(beyond.to_string(), "9223372036854775807");
    /// let early = Timestamp::from_unix_millis(1_000_000_000);
    /// assert_eq!(early.unix_millis(), Some(1_000_000_000));
    /// ```
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Self {
        match is_seconds(i128::from(millis) * MILLI) {
            true => Self::from_text(rfc_3339(i128::from(millis) * MILLI).into()),
            false => Self::from_number(Number::from(millis)),
        }
    }

    /// Whole seconds since the Unix epoch, rounded down, or `None` if the wire form names no instant.
    #[must_use]
    pub fn unix_seconds(&self) -> Option<i64> {
        i64::try_from(self.unix_nanos()?.div_euclid(civil::NANOS)).ok()
    }

    /// Whole milliseconds since the Unix epoch, rounded down, or `None` if the wire form names no instant.
    #[must_use]
    pub fn unix_millis(&self) -> Option<i64> {
        i64::try_from(self.unix_nanos()?.div_euclid(1_000_000)).ok()
    }

    /// Nanoseconds since the Unix epoch, or `None` if the wire form names no instant.
    pub fn unix_nanos(&self) -> Option<i128> {
        let nanos = match self.0.as_str() {
            Some(text) => parse(&text),
            None => epoch(self.0.as_json()),
        };
        nanos.and_then(civil::in_range)
    }

    /// The instant that is so many nanoseconds after the Unix epoch; it is written as RFC 3339.
    ///
    /// # Errors
    ///
    /// An instant beyond the years 0000 to 9999.
    pub fn from_unix_nanos(nanos: i128) -> Result<Self, TimestampError> {
        let instant = civil::in_range(nanos).ok_or_else(|| TimestampError::beyond(nanos))?;
        Ok(Self::from_text(rfc_3339(instant).into()))
    }

    pub(crate) fn from_number(number: Number) -> Self {
        Self(number.into())
    }

    pub(crate) fn from_text(text: Text) -> Self {
        Self(text.into())
    }

    /// What stands in the document: a string or a number.
    pub(crate) fn json(&self) -> &Json {
        &self.0
    }

    /// Where a string or a number can be put.
    pub(crate) fn json_mut(&mut self) -> &mut Json {
        &mut self.0
    }

    /// How the document spells it, and whether as a string.
    fn spelling(&self) -> (Cow<'_, str>, bool) {
        match self.0.as_str() {
            Some(text) => (text, true),
            None => (self.0.as_json().into(), false),
        }
    }
}

fn rfc_3339(instant: i128) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = civil::write(instant, &mut text);
    text
}

/// Nanoseconds of a millisecond.
const MILLI: i128 = 1_000_000;

/// Whether these nanoseconds, read from milliseconds, are so few that seconds are meant: none of the numbers from 100
/// million on is an instant of an event in milliseconds, nor is any from 100 billion on in seconds.
fn is_seconds(nanos: i128) -> bool {
    const FIRST: i128 = 100_000_000 * MILLI;
    const BEYOND: i128 = 100_000_000_000 * MILLI;
    (FIRST..BEYOND).contains(&nanos)
}

/// Reads a decimal as milliseconds or as seconds, whichever is plausible. Digits finer than nanoseconds are dropped.
fn epoch(text: &str) -> Option<i128> {
    // Most have neither point nor exponent.
    if let Ok(whole) = text.parse::<i64>()
        && !text.starts_with('+')
    {
        let nanos = i128::from(whole) * MILLI;
        return Some(if is_seconds(nanos) {
            nanos * 1_000
        } else {
            nanos
        });
    }
    let decimal = Decimal::read(text)?;
    let nanos = decimal.whole_of_power(6)?;
    match is_seconds(nanos) {
        true => decimal.whole_of_power(9),
        false => Some(nanos),
    }
}

/// Reads RFC 3339, or a decimal as milliseconds or seconds.
fn parse(text: &str) -> Option<i128> {
    epoch(text)
        .and_then(civil::in_range)
        .or_else(|| civil::parse(text))
}

impl Default for Timestamp {
    /// The Unix epoch, written as `0`.
    fn default() -> Self {
        Self::from_number(Number::default())
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
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
        match (self.unix_nanos(), other.unix_nanos()) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.spelling().cmp(&other.spelling()),
        }
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.unix_nanos() {
            Some(instant) => instant.hash(state),
            None => self.spelling().hash(state),
        }
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, or what stands in the document if that names no instant.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unix_nanos() {
            Some(instant) => f.pad(&rfc_3339(instant)),
            None => f.pad(&self.spelling().0),
        }
    }
}

impl fmt::Debug for Timestamp {
    /// What stands in the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spelling() {
            (text, true) => write!(f, "Timestamp({text:?})"),
            (number, false) => write!(f, "Timestamp({number})"),
        }
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339, or a string of digits as milliseconds or seconds.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let timestamp = Self::from_text(text.into());
        timestamp.instant()?;
        Ok(timestamp)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a timestamp: RFC 3339 or epoch milliseconds";
        scalar::deserialize(deserializer, expected, true).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;

    fn read(json: &str) -> Timestamp {
        serde_json::from_str(json).unwrap()
    }

    const FORMS: [&str; 5] = [
        "1592411992203",
        "1592411992203.0",
        "\"1592411992203\"",
        "\"2020-06-17T16:39:52.203Z\"",
        "\"2020-06-17T18:39:52.203+02:00\"",
    ];

    #[test]
    fn every_form_is_one_instant() {
        let all: HashSet<Timestamp> = FORMS.map(read).into_iter().collect();
        assert_eq!(all.len(), 1);
        for form in FORMS.map(read) {
            assert_eq!(form.unix_millis(), Some(1_592_411_992_203));
            assert_eq!(form.to_string(), "2020-06-17T16:39:52.203Z");
        }
    }

    #[test]
    fn seconds_are_told_from_milliseconds() {
        for seconds in [
            "1767323045",
            "1767323045.0",
            "\"1767323045\"",
            "1.767323045e9",
        ] {
            let timestamp = read(seconds);
            assert_eq!(timestamp.to_string(), "2026-01-02T03:04:05Z", "{seconds}");
            let value: Value = serde_json::from_str(seconds).unwrap();
            assert_eq!(serde_json::to_value(&timestamp).unwrap(), value);
        }
        assert_eq!(
            read("1767323045.123456789").unix_nanos(),
            Some(1_767_323_045_123_456_789)
        );
        assert!(read("1767323045") < read("1767323045123"));
        for millis in [99_999_999, 100_000_000, 99_999_999_999, 100_000_000_000] {
            let timestamp = Timestamp::from_unix_millis(millis);
            assert_eq!(timestamp.unix_millis(), Some(millis));
        }
        assert_eq!(read("99999999999").to_string(), "5138-11-16T09:46:39Z");
        assert_eq!(read("100000000000").to_string(), "1973-03-03T09:46:40Z");
    }

    #[test]
    fn each_form_is_written_back() {
        let odd = [
            "\"yyyy-mm-ddThh:mm:ssZ\"",
            "\"\"",
            "1e300",
            "9223372036854775807",
            "-0.5",
        ];
        for json in FORMS.into_iter().chain(odd) {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_value(read(json)).unwrap(), value, "{json}");
        }
    }

    #[test]
    fn finer_than_milliseconds() {
        let nanos = read("\"2022-12-03T00:09:44.893854735Z\"");
        assert_eq!(nanos.unix_nanos(), Some(1_670_026_184_893_854_735));
        assert_eq!(nanos.to_string(), "2022-12-03T00:09:44.893854735Z");
        assert_eq!(read("1000.5").unix_nanos(), Some(1_000_500_000));
        assert_eq!(read("-0.5").unix_nanos(), Some(-500_000));
        // A double holds such an instant to a quarter of a microsecond, but it is written as its decimal.
        let written = read("1592411992203.123");
        assert_eq!(written, read("\"2020-06-17T16:39:52.203123Z\""));
        assert_eq!(written, read("\"1592411992203.123\""));
        assert_eq!(read("1e-7").unix_nanos(), Some(0));
        assert_eq!(read("-0.5").unix_millis(), Some(-1));
    }

    #[test]
    fn no_digit_of_a_number_is_lost() {
        for nanos in [
            "1592411992203.123456",
            "\"1592411992203.123456\"",
            "1592411992203.123456999",
            "1.592411992203123456e12",
            "\"1592411992203123456E-6\"",
        ] {
            let timestamp = read(nanos);
            assert_eq!(timestamp.unix_nanos(), Some(1_592_411_992_203_123_456));
            assert_eq!(timestamp.json().as_json(), nanos);
        }
        assert_eq!(read("1.592411992203e12"), read("1592411992203"));
        assert_eq!(read("1e99999999999999999999").unix_nanos(), None);
        let tree = serde_json::json!(1592411992203.5);
        assert_eq!(
            serde_json::from_value::<Timestamp>(tree)
                .unwrap()
                .unix_nanos(),
            Some(1_592_411_992_203_500_000)
        );
    }

    #[test]
    fn what_cannot_be_read_comes_last_by_spelling() {
        let mut all = [
            "\"soon\"",
            "1e300",
            "1",
            "\"later\"",
            "\"2024-01-01T00:00:00Z\"",
        ]
        .map(read);
        all.sort();
        let spelled = all.map(|timestamp| format!("{timestamp:?}"));
        assert_eq!(
            spelled,
            [
                "Timestamp(1)",
                "Timestamp(\"2024-01-01T00:00:00Z\")",
                "Timestamp(1e300)",
                "Timestamp(\"later\")",
                "Timestamp(\"soon\")"
            ]
        );
        assert_eq!(read("\"+1\"").unix_nanos(), None);
        assert_eq!(read("\"soon\""), read("\"soon\""));
        assert_ne!(read("999999999999999999"), read("\"999999999999999999\""));
    }

    #[test]
    fn it_is_written_as_wide_as_asked() {
        let epoch = Timestamp::default();
        assert_eq!(
            format!("{epoch:>22}|{epoch:<22}|{epoch:.4}"),
            "  1970-01-01T00:00:00Z|1970-01-01T00:00:00Z  |1970"
        );
        assert_eq!(format!("{:>6}|", read("\"soon\"")), "  soon|");
    }

    #[test]
    fn whole_seconds_are_rounded_down() {
        assert_eq!(read("1999.9").unix_seconds(), Some(1));
        assert_eq!(read("-0.5").unix_seconds(), Some(-1));
        assert_eq!(read("\"soon\"").unix_seconds(), None);
    }

    #[test]
    fn milliseconds_beyond_all_years_name_no_instant() {
        let last = 253_402_300_799_999;
        assert_eq!(Timestamp::from_unix_millis(last).unix_millis(), Some(last));
        let beyond = Timestamp::from_unix_millis(last + 1);
        assert_eq!(beyond.unix_millis(), None);
        assert_eq!(serde_json::to_string(&beyond).unwrap(), "253402300800000");
    }

    #[test]
    fn other_kinds_are_no_timestamps() {
        for json in ["null", "true", "{}", "[1]"] {
            let error = serde_json::from_str::<Timestamp>(json).unwrap_err();
            assert!(
                error.to_string().contains("expected a timestamp"),
                "{error}"
            );
            assert!(serde_json::from_str::<Value>(json).is_ok(), "{json}");
        }
    }

    #[test]
    fn text_that_names_no_instant_is_refused() {
        let error = "tomorrow".parse::<Timestamp>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"tomorrow\" names no instant of the years 0000 to 9999: it is neither RFC 3339 nor epoch milliseconds"
        );
        assert_eq!(
            "1592411992203".parse(),
            Ok(Timestamp::from_unix_millis(1_592_411_992_203))
        );
    }
}
