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
        assert_eq!(form.unix_millis(), 1_592_411_992_203);
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
        assert_eq!(serde_json::to_value(timestamp).unwrap(), value);
    }
    assert_eq!(
        read("1767323045.123456789").unix_nanos(),
        1_767_323_045_123_456_789
    );
    assert!(read("1767323045") < read("1767323045123"));
    for millis in [99_999_999, 100_000_000, 99_999_999_999, 100_000_000_000] {
        let timestamp = Timestamp::from_unix_millis(millis);
        assert_eq!(timestamp.unix_millis(), millis);
    }
    assert_eq!(read("99999999999").to_string(), "5138-11-16T09:46:39Z");
    assert_eq!(read("100000000000").to_string(), "1973-03-03T09:46:40Z");
}

#[test]
fn each_form_is_written_back() {
    let odd = [
        "9223372036854775807",
        "-0.5",
        "1.592411992203E12",
        "\"2020-06-17t18:39:52.123456789+02:00\"",
        "\"2020-06-17 16:39:52.000Z\"",
        "\"\\u0032020-06-17T16:39:52Z\"",
    ];
    for json in FORMS.into_iter().chain(odd) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_value(read(json)).unwrap(), value, "{json}");
        let mut written = String::new();
        read(json).write_json(&mut written);
        assert_eq!(written.parse::<Json>().unwrap(), value, "{json}");
    }
}

/// An event keeps each of these beside its fields.
#[test]
fn what_names_no_instant_is_no_timestamp() {
    for json in [
        "\"yyyy-mm-ddThh:mm:ssZ\"",
        "\"soon\"",
        "\"\"",
        "\"+1\"",
        "1e300",
        "1e99999999999999999999",
        "9223372036854775808",
    ] {
        let error = serde_json::from_str::<Timestamp>(json).unwrap_err();
        let expected = format!("{json} names no instant");
        assert!(error.to_string().starts_with(&expected), "{error}");
        let kept: Option<Timestamp> = Timestamp::from_json(&json.parse().unwrap());
        assert_eq!(kept, None, "{json}");
    }
}

#[test]
fn what_is_spelled_longer_than_by_any_clock_is_left_as_it_is() {
    let long = "2022-12-03T00:09:44.00000000000000000Z";
    assert_eq!(Timestamp::read(long, true), None);
    let written: Timestamp = long.parse().unwrap();
    assert_eq!(written.to_string(), "2022-12-03T00:09:44Z");
}

#[test]
fn it_is_small_and_copied() {
    let timestamp = read("1");
    let copy = timestamp;
    assert_eq!(timestamp, copy);
    assert_eq!(size_of::<Option<Timestamp>>(), 48);
}

#[test]
fn one_less_another_is_a_duration() {
    let [start, end] = ["\"2020-06-17T16:39:52Z\"", "1592412000500.25"].map(read);
    assert_eq!((end - start).as_nanos(), 8_500_250_000);
    assert_eq!((start - end).as_nanos(), -8_500_250_000);
    let [first, last] = [i64::MIN, i64::MAX].map(Timestamp::from_unix_millis);
    assert_eq!((last - first).as_millis(), u64::MAX.into());
    assert_eq!(start.checked_add(end - start), Some(end));
    assert_eq!(end.checked_add(start - end), Some(start));
    assert_eq!(last.checked_add(std::time::Duration::from_secs(1)), None);
}

#[test]
fn finer_than_milliseconds() {
    let nanos = read("\"2022-12-03T00:09:44.893854735Z\"");
    assert_eq!(nanos.unix_nanos(), 1_670_026_184_893_854_735);
    assert_eq!(nanos.to_string(), "2022-12-03T00:09:44.893854735Z");
    assert_eq!(read("1000.5").unix_nanos(), 1_000_500_000);
    assert_eq!(read("-0.5").unix_nanos(), -500_000);
    // A double holds such an instant to a quarter of a microsecond, but it is written as its decimal.
    let written = read("1592411992203.123");
    assert_eq!(written, read("\"2020-06-17T16:39:52.203123Z\""));
    assert_eq!(written, read("\"1592411992203.123\""));
    assert_eq!(read("1e-7").unix_nanos(), 0);
    assert_eq!(read("-0.5").unix_millis(), -1);
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
        assert_eq!(timestamp.unix_nanos(), 1_592_411_992_203_123_456);
        let mut written = String::new();
        timestamp.write_json(&mut written);
        assert_eq!(written, nanos);
    }
    assert_eq!(read("1.592411992203e12"), read("1592411992203"));
    let tree = serde_json::json!(1592411992203.5);
    assert_eq!(
        serde_json::from_value::<Timestamp>(tree)
            .unwrap()
            .unix_nanos(),
        1_592_411_992_203_500_000
    );
}

#[test]
fn the_instant_alone_orders() {
    let mut all = ["\"2024-01-01T00:00:00Z\"", "1", "1704067199.5"].map(read);
    all.sort();
    let spelled = all.map(|timestamp| format!("{timestamp:?}"));
    assert_eq!(
        spelled,
        [
            "Timestamp(1)",
            "Timestamp(1704067199.5)",
            "Timestamp(\"2024-01-01T00:00:00Z\")",
        ]
    );
}

#[test]
fn it_is_written_as_wide_as_asked() {
    let epoch = Timestamp::default();
    assert_eq!(
        format!("{epoch:>22}|{epoch:<22}|{epoch:.4}"),
        "  1970-01-01T00:00:00Z|1970-01-01T00:00:00Z  |1970"
    );
}

#[test]
fn whole_seconds_are_rounded_down() {
    assert_eq!(read("1999.9").unix_seconds(), 1);
    assert_eq!(read("-0.5").unix_seconds(), -1);
}

#[test]
fn milliseconds_beyond_the_years_of_rfc_3339_are_instants_too() {
    let last = 253_402_300_799_999;
    for (millis, shown) in [
        (last, "9999-12-31T23:59:59.999Z"),
        (last + 1, "253402300800000"),
        (i64::MAX, "9223372036854775807"),
        (i64::MIN, "-9223372036854775808"),
    ] {
        let timestamp = Timestamp::from_unix_millis(millis);
        assert_eq!(timestamp.unix_millis(), millis);
        assert_eq!(timestamp.to_string(), shown);
        assert_eq!(
            serde_json::to_string(&timestamp).unwrap(),
            millis.to_string()
        );
    }
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
        "\"tomorrow\" names no instant: it is neither RFC 3339 of the years 0000 to 9999 nor epoch milliseconds"
    );
    assert_eq!(
        "1592411992203".parse(),
        Ok(Timestamp::from_unix_millis(1_592_411_992_203))
    );
}
