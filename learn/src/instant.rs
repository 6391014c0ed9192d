//! A value and its key come in; whether it is an instant, and in which wire form, goes out.

use eventbridge_catalog::model::WireForm;

/// The wire form of a string, if it is an instant. RFC 3339 speaks for itself; digits are milliseconds or
/// seconds only under a key that names a time.
pub(super) fn in_text(key: &str, text: &str) -> Option<WireForm> {
    if is_rfc3339(text) {
        return Some(WireForm::Rfc3339);
    }
    in_digits(text).filter(|_| names_a_time(key))
}

/// The wire form of a string of digits under a key that names a time.
pub(super) fn in_digits(text: &str) -> Option<WireForm> {
    match () {
        () if is_millis(text) => Some(WireForm::StringMillis),
        () if is_seconds(text) => Some(WireForm::StringSeconds),
        () => None,
    }
}

/// The wire form of a number, if it is an instant.
pub(super) fn in_number(key: &str, number: &str) -> Option<WireForm> {
    let (whole, fraction) = number
        .split_once('.')
        .map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let [integer, float] = match () {
        () if !names_a_time(key) => return None,
        () if is_millis(whole) => [WireForm::IntegerMillis, WireForm::FloatMillis],
        () if is_seconds(whole) => [WireForm::IntegerSeconds, WireForm::FloatSeconds],
        () => return None,
    };
    match fraction {
        None => Some(integer),
        Some(digits) => {
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            plain.then_some(float)
        }
    }
}

/// Whether a key says that it holds an instant: `CreationTime`, `createdAt`, `start-time`, `timestamp`.
pub(super) fn names_a_time(key: &str) -> bool {
    let last = key
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or(key);
    let lower = last.to_ascii_lowercase();
    let ends = |word: &str| last.ends_with(word) || lower == word.to_ascii_lowercase();
    ["Time", "Timestamp", "TimeStamp", "At", "Date", "DateTime"]
        .iter()
        .any(|word| ends(word))
        || ["timestamp", "datetime"]
            .iter()
            .any(|word| lower.ends_with(word))
}

/// Thirteen digits: 2001 to 2286 as milliseconds.
fn is_millis(text: &str) -> bool {
    has_digits(text, 13)
}

/// Ten digits: 2001 to 2286 as seconds.
fn is_seconds(text: &str) -> bool {
    has_digits(text, 10)
}

fn has_digits(text: &str, count: usize) -> bool {
    text.len() == count && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// `2022-12-03T00:09:44.893854735Z`, with any offset and up to nanoseconds.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let Some((date_time, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let shape = date_time
        .bytes()
        .zip(b"dddd-dd-ddTdd:dd:dd")
        .all(|(byte, want)| match want {
            b'd' => byte.is_ascii_digit(),
            b'T' => matches!(byte, b'T' | b't' | b' '),
            _ => byte == *want,
        });
    shape
        && is_offset(rest.strip_prefix('.').map_or(rest, |rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit())
        }))
}

fn is_offset(text: &str) -> bool {
    match text.as_bytes() {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wire_form_is_known() {
        assert_eq!(
            in_text("LastModifiedTime", "2022-12-03T00:09:44.893854735Z"),
            Some(WireForm::Rfc3339)
        );
        assert_eq!(
            in_text("anything", "2019-05-31T21:49:54+00:00"),
            Some(WireForm::Rfc3339)
        );
        assert_eq!(
            in_text("CreationTime", "1583831889050"),
            Some(WireForm::StringMillis)
        );
        assert_eq!(
            in_number("createdAt", "1635195148181"),
            Some(WireForm::IntegerMillis)
        );
        assert_eq!(
            in_number("CreationTime", "1592411992203.0"),
            Some(WireForm::FloatMillis)
        );
        for (seconds, form) in [
            ("1767323045", WireForm::IntegerSeconds),
            ("1767323045.5", WireForm::FloatSeconds),
        ] {
            assert_eq!(in_number("firedAt", seconds), Some(form));
        }
        assert_eq!(
            in_text("firedAt", "1767323045"),
            Some(WireForm::StringSeconds)
        );
    }

    #[test]
    fn digits_under_another_name_are_no_instant() {
        assert_eq!(in_text("AccountNumber", "1583831889050"), None);
        assert_eq!(in_number("Format", "1635195148181"), None);
        assert_eq!(in_text("CreationTime", "yyyy-mm-ddThh:mm:ssZ"), None);
        assert_eq!(in_number("MaxRuntime", "60"), None);
        assert!(
            !names_a_time("Format")
                && !names_a_time("EventTimeFeatureName")
                && names_a_time("start_time")
        );
    }
}
