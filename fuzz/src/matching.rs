//! Event patterns: alone, explained, and many at once.

use eventbridge_patterns::{Pattern, RuleSet, Scratch};

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
