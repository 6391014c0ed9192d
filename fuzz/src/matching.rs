//! Event patterns: alone, explained, and many at once.

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use serde_json::Value;

use super::text;

/// Events beside those that the bytes bring.
const EVENTS: [&str; 4] = [
    "{}",
    r#"{"source": "my.kiln", "detail-type": "Kiln Fired", "detail": {"cone": 6, "glaze": ["celadon", null]}}"#,
    r#"{"a": [{"b": 1}, {"b": "x", "c": [true]}], "detail": {"ip": "10.1.2.3", "at": -0.5e1}}"#,
    r#"{"source": "", "x": {"y": {"z": "Anything *\\ but"}}}"#,
];

/// A pattern, a line break, and an event: the pattern read again is the same, and why it matches agrees with whether
/// it does.
pub fn patterns(data: &[u8]) {
    let (pattern, own) = parts(data);
    let Some(Ok(pattern)) = text(pattern).map(Pattern::parse) else {
        return;
    };
    let again = Pattern::parse(pattern.as_str()).expect("a pattern is read again");
    assert_eq!(again.warnings(), pattern.warnings());
    let events = EVENTS.map(str::as_bytes);
    for event in events.into_iter().chain([own]) {
        let matches = pattern.matches(event);
        let explained = pattern.explain(event);
        match (&matches, &explained) {
            (Ok(matches), Ok(explained)) => {
                assert_eq!(*matches, explained.matches());
                // Where each field fits, but not in one element of an array, none is unmet and a sentence says so.
                assert!(!*matches || explained.unmet().is_empty());
                assert!(!explained.to_string().is_empty());
                assert_eq!(again.matches(event).ok(), Some(*matches));
            }
            (Err(_), Err(_)) => {}
            _ => panic!("one way refuses the event, the other does not"),
        }
    }
}

/// Patterns one a line, of which the last line is an event: a set of them matches what each does alone, also when
/// every second one is gone.
pub fn rules(data: &[u8]) {
    let lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').take(40).collect();
    let Some((own, rules)) = lines.split_last() else {
        return;
    };
    let mut set = RuleSet::new();
    let mut alone: Vec<(usize, Pattern)> = Vec::new();
    for (id, line) in rules.iter().enumerate() {
        let Some(Ok(pattern)) = text(line).map(Pattern::parse) else {
            continue;
        };
        set.insert(id, pattern.clone());
        alone.push((id, pattern));
    }
    same(&set, &alone, own);
    for (id, _) in alone.iter().step_by(2) {
        assert!(set.remove(id));
    }
    let left: Vec<(usize, Pattern)> = alone.into_iter().skip(1).step_by(2).collect();
    same(&set, &left, own);
}

/// Patterns one a line, and behind an empty line an event that nobody has looked at: some answer, always the same. Where
/// it is JSON, the event that it means gets the answer of the checked way.
pub fn trusted(data: &[u8]) {
    let at = data.windows(2).position(|two| two == b"\n\n");
    let (rules, event) = match at {
        Some(at) => (&data[..at], &data[at + 2..]),
        None => (&b""[..], data),
    };
    let own = rules.split(|byte| *byte == b'\n').take(20).filter_map(text);
    let mut set = RuleSet::new();
    for (id, line) in own.chain(RULES).enumerate() {
        if let Ok(pattern) = Pattern::parse(line) {
            set.insert(id, pattern);
        }
    }
    let mut scratch = Scratch::default();
    let found = trusted_ids(&set, event, &mut scratch);
    assert_eq!(
        found,
        trusted_ids(&set, event, &mut scratch),
        "a scratch that was used matters"
    );
    // Written anew, the event has each key once.
    let Ok(event @ Value::Object(_)) = serde_json::from_slice(event) else {
        return;
    };
    for written in [
        serde_json::to_vec(&event),
        serde_json::to_vec_pretty(&event),
    ] {
        let written = written.expect("what was read is written");
        let Ok(checked) = set.matching(&written, &mut scratch) else {
            continue;
        };
        let mut checked: Vec<usize> = checked.copied().collect();
        checked.sort_unstable();
        assert_eq!(checked, trusted_ids(&set, &written, &mut scratch));
    }
}

fn trusted_ids(set: &RuleSet<usize>, event: &[u8], scratch: &mut Scratch) -> Vec<usize> {
    let mut ids: Vec<usize> = set.matching_trusted(event, scratch).copied().collect();
    ids.sort_unstable();
    ids
}

/// Patterns that look into most of what events have.
const RULES: [&str; 5] = [
    r#"{"source": [{"prefix": ""}], "detail-type": ["Kiln Fired"]}"#,
    r#"{"detail": {"cone": [{"numeric": [">", 5]}, {"exists": false}]}}"#,
    r#"{"a": {"b": [1, "x", null]}, "": [{"anything-but": "q"}]}"#,
    r#"{"a": {"b": {"c": [{"wildcard": "*x*y"}]}}}"#,
    r#"{"detail-type": [{"suffix": "d"}], "detail": {"ip": [{"cidr": "10.0.0.0/8"}]}}"#,
];

fn same(set: &RuleSet<usize>, alone: &[(usize, Pattern)], own: &[u8]) {
    assert_eq!(set.len(), alone.len());
    let mut scratch = Scratch::default();
    for event in EVENTS.map(str::as_bytes).into_iter().chain([own]) {
        let Ok(matching) = set.matching(event, &mut scratch) else {
            assert!(
                alone
                    .iter()
                    .all(|(_, pattern)| pattern.matches(event).is_err())
            );
            continue;
        };
        let mut matching: Vec<usize> = matching.copied().collect();
        matching.sort_unstable();
        let one_by_one = alone
            .iter()
            .filter(|(_, pattern)| matches!(pattern.matches(event), Ok(true)));
        let one_by_one: Vec<usize> = one_by_one.map(|(id, _)| *id).collect();
        assert_eq!(matching, one_by_one);
    }
}

fn parts(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, b"{}"),
    }
}
