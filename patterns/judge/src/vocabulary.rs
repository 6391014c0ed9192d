//! A random number generator comes in; the words go out that patterns and events are made of. They are few
//! and odd, so that the two meet often and where it hurts.

use crate::json::Json;
use fastrand::Rng;

const KEYS: &[&str] = &[
    "a", "b", "c", "d", "A", "a.b", "b.c", "a.", ".", "", "é", "x y", "detail", "status", "$or",
    "exists", "prefix", "😀", "a\"b", "a\\b",
];

const WORDS: &[&str] = &[
    "",
    "a",
    "b",
    "ab",
    "abc",
    "aab",
    "A",
    "aB",
    "AbC",
    "b a",
    "Failed",
    "failed",
    "FAILED",
    "x.y",
    "k",
    "K",
    "\u{212a}",
    "ß",
    "SS",
    "ss",
    "ẞ",
    "σ",
    "ς",
    "Σ",
    "i",
    "I",
    "İ",
    "ı",
    "i\u{307}",
    "é",
    "É",
    "e\u{301}",
    "ſ",
    "S",
    "ﬀ",
    "FF",
    "ǆ",
    "ǅ",
    "Ǆ",
    "Ⱥ",
    "ⱥ",
    "Å",
    "å",
    "ŉ",
    "ʼN",
    "ῼ",
    "ΐ",
    "😀",
    "a😀b",
    "𐐀",
    "𐐨",
    "?",
    "??",
    "\u{0}",
    "\u{7f}",
    "\u{80}",
    "\u{7ff}",
    "\u{800}",
    "\u{ffff}",
    "\u{2028}",
    "\u{feff}",
    "*",
    "**",
    "a*b",
    "\\",
    "\\*",
    "a\\b",
    "\"",
    "/",
    "a\nb",
    "10.0.0.1",
    "010.0.0.1",
    "10.0.0.01",
    "10.0.0.0",
    "10.255.255.255",
    "11.0.0.0",
    "256.1.1.1",
    "1.2.3",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::",
    "::f",
    "2001:db8::1",
    "2001:DB8::1",
    "2001:0db8:0:0:0:0:0:1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "a00::1",
    "fe80::1%eth0",
    ":",
    "1:2",
    "10.0.0.0/8",
    "300",
    "3e2",
    "-1",
    "true",
    "false",
    "null",
    "$or",
    "exists",
    "prefix",
    "arn:aws:sagemaker:us-west-2:123456789012:training-job/kmeans-1",
    "arn:aws:sagemaker:",
    "2026-01-02T03:04:05Z",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "-0.0",
    "0e5",
    "1",
    "-1",
    "1.0",
    "5",
    "5.5",
    "10",
    "100",
    "299.999",
    "300",
    "300.0",
    "3.0e2",
    "3e2",
    "3E2",
    "3e+2",
    "30e1",
    "0.03e4",
    "3000e-1",
    "300.00000000000000000000000",
    "300.0000001",
    "300.00000000000001",
    "-300",
    "301.8",
    "0.1",
    "0.10",
    "0.10000000000000001",
    "0.1000000000000000055511151231257827",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9007199254740994",
    "-9007199254740993",
    "5e-324",
    "4.9e-324",
    "4.9E-324",
    "4.94e-324",
    "2.2250738585072014e-308",
    "1e-400",
    "1e309",
    "1e400",
    "-1e309",
    "1.7976931348623157e308",
    "1e22",
    "1e23",
    "100000000000000000000000",
    "12345678901234567890",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "9223372036854775808",
    "3.141592653589793238",
    "3.141592653589793",
    "123456789.123456789",
    "0.0001",
    "0.001",
    "1e-7",
    "1e7",
    "10000000",
    "9999999",
    "1000000000",
    "1000000001",
    "-1000000000",
    "0.3",
    "0.30000000000000004",
    "1583831889050",
    "1592411992203.0",
    "2e0",
    "1e1",
    "1e21",
];

const NO_JSON: &[&str] = &[
    "01",
    "-01",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "-",
    "NaN",
    "-Infinity",
    "0x10",
    "nul",
    "True",
    "undefined",
    "'a'",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\u{1}\"",
    "\"a\nb\"",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    "1 2",
    "/*c*/1",
    "\u{feff}1",
    "nullx",
    "truefalse",
    "1a",
    "1.5.5",
    "--1",
    "\"a\"\"b\"",
    "\u{a0}1",
    "\u{c}1",
];

/// Strings that Rust cannot hold: a surrogate alone.
const SURROGATES: &[&str] = &[
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"a\\ud83d\"",
    "\"\\ud83d\\ud83d\\ude00\"",
    "\"\\ude00\\ud83d\"",
    "\"\\ud83dx\"",
];

fn one<'w>(rng: &mut Rng, words: &[&'w str]) -> &'w str {
    words[rng.usize(..words.len())]
}

/// True in `percent` of a hundred cases.
pub(crate) fn chance(rng: &mut Rng, percent: u8) -> bool {
    rng.u8(..100) < percent
}

pub(crate) fn key(rng: &mut Rng) -> String {
    // The first five, most of the time: paths should meet.
    let among = if chance(rng, 75) { 4 } else { KEYS.len() };
    KEYS[rng.usize(..among)].to_owned()
}

pub(crate) fn word(rng: &mut Rng) -> String {
    match rng.u8(..20) {
        0 => format!("{}{}", one(rng, WORDS), one(rng, WORDS)),
        1 => address(rng),
        2 => any_characters(rng),
        _ => one(rng, WORDS).to_owned(),
    }
}

fn any_characters(rng: &mut Rng) -> String {
    let last = ['\u{7f}', '\u{24f}', '\u{1fff}', '\u{ffff}', char::MAX][rng.usize(..5)];
    (0..rng.usize(1..6)).map(|_| rng.char(..=last)).collect()
}

pub(crate) fn number(rng: &mut Rng) -> String {
    match rng.u8(..20) {
        0 => format!("{}", f64::from_bits(rng.u64(..) & !(1 << 62))),
        1 => format!("{:e}", rng.f64() * 10f64.powi(rng.i32(-20..20))),
        2 => rng.i64(..).to_string(),
        3 => rng.i32(-20..1000).to_string(),
        4 => format!("{}.{}", rng.i32(-1000..1000), rng.u64(..)),
        5 => format!("{}{}", rng.u32(1..), "0".repeat(rng.usize(..25))),
        6 => format!("{}e{}", rng.i32(-1000..1000), rng.i32(-330..330)),
        _ => one(rng, NUMBERS).to_owned(),
    }
}

pub(crate) fn no_json(rng: &mut Rng) -> Json {
    Json::token(one(rng, NO_JSON))
}

/// A string, now and then one with half a character in it.
pub(crate) fn string(rng: &mut Rng) -> Json {
    if chance(rng, 1) {
        Json::token(one(rng, SURROGATES))
    } else {
        Json::Text(word(rng))
    }
}

pub(crate) fn scalar(rng: &mut Rng) -> Json {
    match rng.u8(..20) {
        0..10 => string(rng),
        10..16 => Json::token(number(rng)),
        16 => Json::token("true"),
        17 => Json::token("false"),
        _ => Json::token("null"),
    }
}

pub(crate) fn address(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0..3 => format!("10.{}.{}.{}", rng.u8(..3), rng.u8(..), rng.u8(..)),
        3 => std::net::Ipv4Addr::from(rng.u32(..)).to_string(),
        4 => format!("2001:db8::{:x}", rng.u16(..)),
        _ => std::net::Ipv6Addr::from(rng.u128(..)).to_string(),
    }
}

pub(crate) fn block(rng: &mut Rng) -> String {
    let mask = match rng.u8(..8) {
        0 if chance(rng, 40) => rng.u8(..140).to_string(),
        1 if chance(rng, 40) => one(
            rng,
            &["", "-1", "08", "8.0", " 8", "33", "32", "128", "127", "31"],
        )
        .to_owned(),
        2..5 => rng.u8(..32).to_string(),
        _ => one(rng, &["8", "16", "24", "31", "30"]).to_owned(),
    };
    let address = if chance(rng, 10) {
        word(rng)
    } else {
        address(rng)
    };
    match rng.u8(..100) {
        0 => address,
        1 => format!("{address}/{mask}/{mask}"),
        _ => format!("{address}/{mask}"),
    }
}
