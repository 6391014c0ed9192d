//! An event that is vouched for gets the ids that it gets when it is checked; bytes that are no event get some answer, soon.
#![allow(clippy::unwrap_used, clippy::panic)]

mod random;

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use random::Dice;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The ids of both ways, in order; none of the first if the event is refused.
fn both(
    rules: &RuleSet<usize>,
    event: &[u8],
    scratch: &mut Scratch,
) -> (Option<Vec<usize>>, Vec<usize>) {
    let checked = rules.matching(event, scratch).ok();
    let mut checked: Option<Vec<usize>> = checked.map(|ids| ids.copied().collect());
    checked.iter_mut().for_each(|ids| ids.sort_unstable());
    let mut trusted: Vec<usize> = rules.matching_trusted(event, scratch).copied().collect();
    trusted.sort_unstable();
    (checked, trusted)
}

fn set(patterns: &[&str]) -> RuleSet<usize> {
    let mut rules = RuleSet::new();
    for (id, pattern) in patterns.iter().enumerate() {
        rules.insert(id, Pattern::parse(pattern).unwrap());
    }
    rules
}

/// A text as JSON may write it: some characters as escapes.
fn spelled(dice: &mut Dice, text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '/' if dice.roll(2) == 0 => out.push_str("\\/"),
            _ if dice.roll(12) == 0 => {
                let mut units = [0; 2];
                for unit in char.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}").unwrap();
                }
            }
            _ => out.push(char),
        }
    }
    out + "\""
}

/// White space, mostly none.
fn white(dice: &mut Dice) -> String {
    match dice.roll(8) {
        0 => " \t\r\n"[dice.roll(4)..].to_owned(),
        1 => " ".repeat(dice.roll(70)),
        _ => String::new(),
    }
}

/// A value as JSON may write it: no key twice in an object, keys in any order, long members that nobody wants between.
fn written(dice: &mut Dice, value: &serde_json::Value) -> String {
    let between = |dice: &mut Dice, items: Vec<String>, ends: [char; 2]| {
        let mut out = String::from(ends[0]);
        for (index, item) in items.iter().enumerate() {
            out += if index > 0 { "," } else { "" };
            out += &white(dice);
            out += item;
            out += &white(dice);
        }
        out.push(ends[1]);
        out
    };
    match value {
        serde_json::Value::Array(items) => {
            let items = items.iter().map(|item| written(dice, item)).collect();
            between(dice, items, ['[', ']'])
        }
        serde_json::Value::Object(members) => {
            let mut items: Vec<String> = Vec::new();
            for (key, value) in members {
                let at = dice.roll(items.len() + 1);
                let item = format!(
                    "{}{}:{}{}",
                    spelled(dice, key),
                    white(dice),
                    white(dice),
                    written(dice, value)
                );
                items.insert(at, item);
            }
            if dice.roll(3) == 0 {
                let at = dice.roll(items.len() + 1);
                items.insert(at, unwanted(dice, at));
            }
            between(dice, items, ['{', '}'])
        }
        serde_json::Value::String(text) => spelled(dice, text),
        other => other.to_string(),
    }
}

/// A member that looks like what is wanted, within a string or deeper.
fn unwanted(dice: &mut Dice, number: usize) -> String {
    let long = "x".repeat(dice.roll(90));
    match dice.roll(4) {
        0 => format!("\"z{number}\":\"{long}\\\",\\\"a\\\":\\\"ab\\\"}}{{[\\\\\""),
        1 => format!(
            "\"z{number}{long}\":{{\"a\":[\"ab\",{{\"b\":\"abc\"}}],\"detail-type\":\"a\"}}"
        ),
        2 => format!("\"z{number}\":[[],{{}},[{{\"c\":\"]}}\"}}],\"{long}\"]"),
        _ => format!("\"{long}z{number}\\u0022:\":[\"a\",\":\",-1.5e3,null]"),
    }
}

#[test]
fn an_event_that_is_vouched_for_gets_the_same_ids() {
    let mut matched = 0;
    let mut scratch = Scratch::default();
    for seed in 1..=40 {
        let mut dice = Dice(seed + 0x51ed_2701_93a4_5d17);
        let mut rules = RuleSet::new();
        for id in 0..dice.roll(300) {
            if let Ok(pattern) = Pattern::parse(&dice.pattern(2)) {
                rules.insert(id, pattern);
            }
        }
        for _ in 0..60 {
            // Reading it as a map leaves each key once.
            let event = serde_json::from_str(&dice.event(3)).unwrap();
            let event = written(&mut dice, &event);
            let (checked, trusted) = both(&rules, event.as_bytes(), &mut scratch);
            assert_eq!(checked.unwrap(), trusted, "{event}");
            matched += trusted.len();
        }
    }
    println!("{matched} matches");
    assert!(matched > 5_000);
}

#[test]
fn a_key_with_dots_is_seen_behind_all_else_that_is_wanted() {
    let rules = set(&[
        r#"{"a":{"b":["x"]}}"#,
        r#"{"detail-type":["k"],"a":{"b":["x"]}}"#,
        r#"{"a":{"b":["y"]},"c":["z"]}"#,
    ]);
    let mut scratch = Scratch::default();
    for event in [
        r#"{"detail-type":"k","c":"z","a":{"b":"y","c":1},"a.b":"x"}"#,
        r#"{"a.b":"x","detail-type":"k","c":"z","a":{"b":"y","c":1}}"#,
        r#"{"detail-type":"k","c":"z","a":{"b":"y","c":{}},"\u0061.\u0062":"x"}"#,
    ] {
        let (checked, trusted) = both(&rules, event.as_bytes(), &mut scratch);
        assert_eq!((checked, trusted), (Some(vec![0, 1, 2]), vec![0, 1, 2]));
    }
}

#[test]
fn text_behind_the_event_is_not_looked_at() {
    let rules = set(&[r#"{"a":["x"]}"#, r#"{"b":[{"exists":false}]}"#]);
    let mut scratch = Scratch::default();
    for event in [
        "{\"a\":\"x\"},\"b\":1}",
        "{\"a\":\"x\"}{\"b\":1}",
        " \n{\"a\":\"x\"}]\"",
    ] {
        let (checked, trusted) = both(&rules, event.as_bytes(), &mut scratch);
        assert_eq!(
            (checked, trusted),
            (Some(vec![0, 1]), vec![0, 1]),
            "{event}"
        );
    }
}

#[test]
fn no_object_has_no_fields() {
    let rules = set(&[r#"{"a":["x"]}"#, r#"{"b":[{"exists":false}]}"#]);
    let mut scratch = Scratch::default();
    for event in ["", " ", "[]", "\"a\"", "1", "\u{feff}{\"a\":\"x\"}"] {
        let trusted = rules.matching_trusted(event.as_bytes(), &mut scratch);
        assert_eq!(trusted.collect::<Vec<_>>(), [&1], "{event}");
    }
}

/// Generous, as tests run unoptimised, emulated and beside others; what is quadratic takes minutes.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn bytes_that_are_no_event_end_soon() {
    let rules = set(&[
        r#"{"detail-type":["k"],"a":{"b":["x"]},"c":[{"prefix":"y"},{"numeric":[">",1]}]}"#,
        r#"{"a":{"b":{"c":{"d":["x"]}}},"":["y"]}"#,
        r#"{"detail":{"a":["x"],"b":[{"exists":false}]}}"#,
        r#"{"a":["x",{"prefix":"y"}],"b":["x"],"a.b":["x",{"exists":false}],"a.a":{"b":["x"]}}"#,
    ]);
    let mut scratch = Scratch::default();
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\\"",
        "\"a\":",
        "\"a\":{",
        "\"a\":[",
        "\"a.b\":",
        " ",
        "\"\":",
        "\":",
        "{\\\":",
        "{\"a\":[[",
        "\"detail\":{\"a\":1,",
        "\"c\":-",
        "\"c\":1e",
        "\"c\":x",
        "\"c\":\\",
        "[\"x\",",
        "[{\"b\":\"x\"},",
        "{\"b\":\"x\",\"a\":[",
        "\"detail-type\":[",
        "\u{0}",
        "é",
    ];
    for piece in pieces {
        for start in [
            "",
            "{",
            "{\"a\":{\"b\":",
            "{\"detail-type\":[",
            "{\"",
            "{\"x\":[",
        ] {
            let bytes = format!("{start}{}", piece.repeat(200_000 / piece.len()));
            let begun = Instant::now();
            let _ = rules
                .matching_trusted(bytes.as_bytes(), &mut scratch)
                .count();
            assert!(begun.elapsed() < SOON, "{start} {piece}");
        }
    }
}

#[test]
fn damaged_events_get_some_answer() {
    let mut scratch = Scratch::default();
    let mut refused = 0;
    for seed in 1..=20 {
        let mut dice = Dice(seed + 0x7f4a_7c15_51ed_2701);
        let mut rules = RuleSet::new();
        for id in 0..60 {
            if let Ok(pattern) = Pattern::parse(&dice.pattern(2)) {
                rules.insert(id, pattern);
            }
        }
        for _ in 0..300 {
            let event = serde_json::from_str(&dice.event(3)).unwrap();
            let mut bytes = written(&mut dice, &event).into_bytes();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(bytes.len());
                match dice.roll(4) {
                    0 => bytes.truncate(at + 1),
                    1 => bytes[at] = b"{}[]:,\"\\ 0\x00\xff"[dice.roll(12)],
                    2 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, b"{}[]:,\"\\ 0\x00\xff"[dice.roll(12)]),
                }
                if bytes.is_empty() {
                    bytes.push(b'{');
                }
            }
            let (checked, _) = both(&rules, &bytes, &mut scratch);
            refused += usize::from(checked.is_none());
        }
    }
    assert!(refused > 3_000, "{refused}");
}

#[test]
fn the_rest_is_not_gone_along_unless_it_matters() {
    let rules = set(&[
        r#"{"source":["k"],"detail":{"a":["x"]}}"#,
        r#"{"detail":{"a":["y"]}}"#,
    ]);
    let mut scratch = Scratch::default();
    let long = "z".repeat(500);
    for (rest, expected) in [
        (format!("\"b\":\"{long}\"}}}}"), vec![0]),
        (
            format!("\"b\":\"{long}\"}},\"detail.a\":\"y\"}}"),
            vec![0, 1],
        ),
        (
            format!("\"b\":\"{long}\"}}, \"detail.\\u0061\" : [\"y\"]}}"),
            vec![0, 1],
        ),
        (
            format!("\"b\":\"{long}\"}},\"\\u0064etail.a\":\"y\"}}"),
            vec![0, 1],
        ),
        (
            format!("\"b\":\"\\\"detail.a\\\":\\\"y\\\"{long}\"}}}}"),
            vec![0],
        ),
        (
            format!("\"detail.a\":\"y\",\"b\":[\"{long}\"]}}}}"),
            vec![0],
        ),
    ] {
        let event = format!("{{\"source\":\"k\",\"detail\":{{\"a\":\"x\",{rest}");
        let (checked, trusted) = both(&rules, event.as_bytes(), &mut scratch);
        assert_eq!(
            (checked.as_ref(), &trusted),
            (Some(&expected), &expected),
            "{event}"
        );
    }
}
