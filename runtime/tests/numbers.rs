//! A number comes in as it is spelled; whatever way it is written by, the same number goes out, to the last
//! digit.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_runtime::{
    Event, Timestamp,
    json::{Json, Number},
    object,
};
use serde_json::Value;

object! {
    /// A thing on a scale.
    struct Scale {
        /// What it shows.
        weight: Number = "weight",
        /// When.
        at: Option<Timestamp> = "at",
    }
}

/// The neighbourhood of what a double holds and what it does not.
const EDGES: [&str; 42] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "0e5",
    "0.000e-999",
    "0e99999999999999999999",
    "1E-7",
    "1e+07",
    "1.50",
    "0.1",
    "0.10000000000000001",
    "0.30000000000000004",
    "123456789012345",
    "1234567890.12345",
    "123456789012345.6",
    "9007199254740993",
    "9007199254740993.0",
    "9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "20000000000000000000",
    "123456789012345678901234567890",
    "1592411992203.0",
    // No double is so near to these as their digits ask, though they are few.
    "1.23456789012e-315",
    "4.9e-324",
    "5e-324",
    "2e-324",
    "1e-323",
    "2.2250738585072014e-308",
    "2.225073858507201e-308",
    "1e-307",
    "1e-400",
    "-1e-400",
    // And here serde_json comes out next to the nearest double.
    "1.23e-200",
    "123456789012345e290",
    // Beyond any double.
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "1e400",
    "1e99999999999999999999",
];

#[test]
fn numbers_at_the_edges_keep_their_value() {
    EDGES.into_iter().for_each(holds);
}

#[test]
fn made_up_numbers_keep_their_value() {
    let mut dice = Dice(7);
    for _ in 0..5_000 {
        holds(&dice.number());
    }
}

/// Every way of writing a number gives the same decimal; as a tree it is what `serde_json` makes of it.
fn holds(text: &str) {
    let json: Json = text.parse().unwrap();
    let number = json.as_number().unwrap();
    let read: Number = serde_json::from_str(text).unwrap();
    let tree: Option<Value> = serde_json::from_str(text).ok();
    same(text, &serde_json::to_string(&json).unwrap());
    same(text, &serde_json::to_string(&number).unwrap());
    same(text, &serde_json::to_string(&read).unwrap());
    assert_eq!(serde_json::to_value(&json).ok(), tree, "{text}");
    assert_eq!(serde_json::to_value(&number).ok(), tree, "{text}");

    let scale = format!(r#"{{"weight":{text},"at":{text},"more":[{text}]}}"#);
    let read: Scale = serde_json::from_str(&scale).unwrap();
    within(text, &serde_json::to_string(&read).unwrap());
    let document = format!(r#"{{"source":"s","detail":{scale},"account":{text},"new":{text}}}"#);
    for event in [
        document.parse::<Event<Json>>().unwrap(),
        serde_json::from_str(&document).unwrap(),
    ] {
        let written: Json = serde_json::to_string(&event).unwrap().parse().unwrap();
        same(text, written.get("account").unwrap().as_json());
        same(text, written.get("new").unwrap().as_json());
        within(text, written.get("detail").unwrap().as_json());
        assert_eq!(event.to_json(), document);
    }
}

/// The number stands in each member of what was written of a scale.
fn within(text: &str, written: &str) {
    let written: Json = written.parse().unwrap();
    same(text, written.get("weight").unwrap().as_json());
    same(text, written.get("at").unwrap().as_json());
    same(
        text,
        written
            .get("more")
            .and_then(|more| more.item(0))
            .unwrap()
            .as_json(),
    );
}

#[track_caller]
fn same(text: &str, written: &str) {
    assert_eq!(
        decimal(written),
        decimal(text),
        "{text} was written as {written}"
    );
}

/// The exact decimal: its sign, its digits from the first to the last that is not 0, and the power of ten of
/// the last.
fn decimal(text: &str) -> (bool, String, i128) {
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (mut digits, mut places, mut after_point) = (String::new(), 0, false);
    for c in mantissa.chars() {
        match c {
            '.' => after_point = true,
            '0'..='9' => {
                digits.push(c);
                places += i128::from(after_point);
            }
            _ => assert_eq!(c, '-'),
        }
    }
    let mut power = power.parse::<i128>().unwrap() - places;
    while digits.ends_with('0') {
        digits.pop();
        power += 1;
    }
    match digits.trim_start_matches('0') {
        "" => (false, String::new(), 0),
        digits => (text.starts_with('-'), digits.to_owned(), power),
    }
}

impl Dice {
    /// A number that nobody would write, most of them where doubles end.
    fn number(&mut self) -> String {
        let sign = ["", "", "-"][self.roll(3)];
        let whole = match self.roll(3) {
            0 => "0".to_owned(),
            _ => format!("{}{}", 1 + self.roll(9), self.digits(0)),
        };
        let fraction = match self.roll(2) {
            0 => String::new(),
            _ => format!(".{}", self.digits(1)),
        };
        format!("{sign}{whole}{fraction}{}", self.power())
    }

    fn digits(&mut self, least: usize) -> String {
        let longest = [2, 8, 17, 30][self.roll(4)];
        let count = least + self.roll(longest);
        let mut digit = || char::from(b'0' + self.roll(10) as u8);
        (0..count).map(|_| digit()).collect()
    }

    fn power(&mut self) -> String {
        let power = match self.roll(6) {
            0 | 1 => return String::new(),
            2 => self.roll(30),
            3 => 290 + self.roll(50),
            4 => self.roll(450),
            _ => 310 + self.roll(20),
        };
        let e = ["e", "E"][self.roll(2)];
        let sign = ["-", "-", "+", ""][self.roll(4)];
        let zeros = ["", "", "0"][self.roll(3)];
        format!("{e}{sign}{zeros}{power}")
    }
}
