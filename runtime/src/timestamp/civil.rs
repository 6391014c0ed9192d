//! RFC 3339 text comes in, seconds since the Unix epoch and nanoseconds go out, and the other way round. Years 0000 to 9999 of the proleptic
//! Gregorian calendar, in UTC.

const DAY: i64 = 86_400;

/// The first and the last second that RFC 3339 can name.
pub(super) const SECONDS: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Reads `2022-12-03T00:09:44.893854735Z`. Digits finer than nanoseconds are dropped, and a leap second
/// is the second that follows it.
pub(super) fn parse(text: &str) -> Option<(i64, u32)> {
    let (date, rest) = text.as_bytes().split_at_checked(10)?;
    let (mark, rest) = rest.split_first()?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let (nanos, rest) = fraction(rest)?;
    if !matches!(mark, b'T' | b't' | b' ') {
        return None;
    }
    let seconds = days(date)? * DAY + seconds(clock)? - offset(rest)?;
    SECONDS.contains(&seconds).then_some((seconds, nanos))
}

/// `2022-12-03` as days since the epoch.
fn days(date: &[u8]) -> Option<i64> {
    let [y @ .., b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let (year, month, day) = (digits(y)?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
    ((1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day))
        .then(|| days_from_civil(year, month, day))
}

/// `00:09:44` as seconds since midnight.
fn seconds(clock: &[u8]) -> Option<i64> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = clock else {
        return None;
    };
    let (hour, minute, second) = (
        digits(&[*h1, *h2])?,
        digits(&[*m1, *m2])?,
        digits(&[*s1, *s2])?,
    );
    (hour < 24 && minute < 60 && second <= 60).then_some((hour * 60 + minute) * 60 + second)
}

/// `.893854735`, or nothing, as billionths; and what follows.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.', rest)) = text.split_first() else {
        return Some((0, text));
    };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (written, rest) = rest.split_at(count);
    if written.is_empty() {
        return None;
    }
    let nanos = (0..9).fold(0, |sum, place| {
        sum * 10
            + written
                .get(place)
                .map_or(0, |digit| u32::from(digit - b'0'))
    });
    Some((nanos, rest))
}

/// `Z`, `+01:30` or `-08:00` as seconds east of Greenwich.
fn offset(text: &[u8]) -> Option<i64> {
    match text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            let east = (hour < 24 && minute < 60).then_some((hour * 60 + minute) * 60)?;
            Some(if *sign == b'-' { -east } else { east })
        }
        _ => None,
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    let mut sum = 0;
    for byte in text {
        sum = sum * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(sum)
}

fn month_length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01. The year is taken to begin in March, so that the leap day is its last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`]: year, month and day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// An instant as RFC 3339 in UTC, to the second or as fine as it needs in steps of three digits.
pub(super) fn written(seconds: i64, nanos: u32) -> String {
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY));
    let clock = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60);
    let fraction = match nanos {
        0 => String::new(),
        n if n % 1_000_000 == 0 => format!(".{:03}", n / 1_000_000),
        n if n % 1_000 == 0 => format!(".{:06}", n / 1_000),
        n => format!(".{n:09}"),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

#[cfg(test)]
mod tests {
    use super::super::instant::NANOS;
    use super::*;

    fn again(text: &str) -> Option<String> {
        parse(text).map(|(seconds, nanos)| written(seconds, nanos))
    }

    fn nanos(text: &str) -> Option<i128> {
        parse(text).map(|(seconds, nanos)| i128::from(seconds) * NANOS + i128::from(nanos))
    }

    #[test]
    fn every_day_of_ten_thousand_years() {
        let mut day = days_from_civil(0, 1, 1);
        for year in 0..10_000 {
            for month in 1..=12 {
                for date in 1..=month_length(year, month) {
                    assert_eq!(days_from_civil(year, month, date), day);
                    assert_eq!(civil_from_days(day), (year, month, date));
                    day += 1;
                }
            }
        }
    }

    #[test]
    fn known_instants() {
        assert_eq!(nanos("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(nanos("1969-12-31T23:59:59.999999999Z"), Some(-1));
        assert_eq!(
            nanos("2020-06-17T16:39:52.203Z"),
            Some(1_592_411_992_203_000_000)
        );
        assert_eq!(
            nanos("0000-01-01T00:00:00Z"),
            Some(i128::from(*SECONDS.start()) * NANOS)
        );
        assert_eq!(
            nanos("9999-12-31T23:59:59Z"),
            Some(i128::from(*SECONDS.end()) * NANOS)
        );
    }

    #[test]
    fn other_spellings_of_one_instant() {
        let instant = "2022-12-03T00:09:44Z";
        for text in [
            "2022-12-03t00:09:44z",
            "2022-12-03 00:09:44+00:00",
            "2022-12-03T00:09:44.000-00:00",
            "2022-12-02T16:09:44-08:00",
            "2022-12-03T05:39:44+05:30",
            "2022-12-03T00:09:44.0000000009Z",
        ] {
            assert_eq!(again(text).as_deref(), Some(instant), "{text}");
        }
        assert_eq!(
            again("2016-12-31T23:59:60Z").as_deref(),
            Some("2017-01-01T00:00:00Z")
        );
        assert_eq!(
            again("2024-02-29T00:00:00.12Z").as_deref(),
            Some("2024-02-29T00:00:00.120Z")
        );
    }

    #[test]
    fn what_is_not_rfc_3339() {
        for text in [
            "",
            "2022-12-03",
            "2022-12-03T00:09:44",
            "2022-12-03T00:09:44.Z",
            "2022-12-03T00:09:44+0000",
            "2022-12-03T24:00:00Z",
            "2022-12-03T00:60:00Z",
            "2022-12-03T00:00:61Z",
            "2022-00-03T00:00:00Z",
            "2022-13-03T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2022-12-03T00:00:00+24:00",
            "20221203T000944Z",
            "+022-12-03T00:09:44Z",
            "２０22-12-03T00:09:44Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:60Z",
            "yyyy-mm-ddThh:mm:ssZ",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
