//! Bad input takes bounded time and memory, and ends in an error that says why or in an answer.
#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use std::time::{Duration, Instant};

/// Generous, as tests run unoptimised and beside others.
const SOON: Duration = Duration::from_secs(20);

fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    done
}

#[test]
fn deep_nesting_is_an_error() {
    let nested = |depth: usize, inner: &str| "{\"a\":".repeat(depth) + inner + &"}".repeat(depth);
    let error = soon(|| Pattern::parse(&nested(100_000, "[1]")).unwrap_err());
    assert!(error.message().contains("1000"), "{error}");
    let deepest = Pattern::parse(&nested(999, "[1]")).unwrap();
    assert!(deepest.matches(nested(999, "1").as_bytes()).unwrap());
    assert!(deepest.matches(nested(100_000, "1").as_bytes()).is_err());
    let or =
        "{\"$or\":[".repeat(400) + "{\"a\":[1]},{\"a\":[2]}" + &",{\"a\":[3]}]}".repeat(399) + "]}";
    soon(|| drop(Pattern::parse(&or)));
    let pattern = Pattern::parse("{\"a\":[1]}").unwrap();
    let arrays = format!("{{\"b\":{}", "[".repeat(1_000_000));
    assert!(soon(|| pattern.matches(arrays.as_bytes())).is_err());
    let wanted = format!("{{\"a\":{}1{}}}", "[".repeat(999), "]".repeat(999));
    assert!(pattern.matches(wanted.as_bytes()).unwrap());
}

#[test]
fn products_of_or_are_bounded() {
    let or = |field: usize, count: usize| {
        let objects: Vec<String> = (0..count)
            .map(|value| format!("{{\"f{field}\":[{value}]}}"))
            .collect();
        format!("\"$or\":[{}]", objects.join(","))
    };
    let product = |factors: usize, count: usize| {
        let factors: Vec<String> = (0..factors).map(|field| or(field, count)).collect();
        format!("{{{}}}", factors.join(","))
    };
    let cube = soon(|| Pattern::parse(&product(3, 11)).unwrap());
    assert!(cube.matches(br#"{"f0":10,"f1":0,"f2":5}"#).unwrap());
    assert!(!cube.matches(br#"{"f0":10,"f1":0,"f2":11}"#).unwrap());
    let error = soon(|| Pattern::parse(&product(30, 11)).unwrap_err());
    assert!(error.to_string().contains("10000"), "{error}");
    let wide = product(4, 9).replace("}]}", &format!("}}]{}}}", ",\"x\":[1]".repeat(100_000)));
    assert!(soon(|| Pattern::parse(&wide)).is_err());
}

#[test]
fn large_patterns_are_read() {
    let values: Vec<String> = (0..100_000)
        .map(|value| format!("\"value{value}\""))
        .collect();
    let text = format!("{{\"a\":[{}]}}", values.join(","));
    let pattern = soon(|| Pattern::parse(&text).unwrap());
    assert!(pattern.matches(br#"{"a":"value99999"}"#).unwrap());
    let mut rules = RuleSet::new();
    soon(|| rules.insert(1, pattern));
    let fields: Vec<String> = (0..1000).map(|field| format!("\"f{field}\":[1]")).collect();
    let error = Pattern::parse(&format!("{{{}}}", fields.join(","))).unwrap_err();
    assert!(error.message().contains("256"), "{error}");
}

#[test]
fn stars_do_not_blow_up() {
    let mut rules = RuleSet::new();
    for id in 0..200 {
        let stars = "*a".repeat(500 + id) + "*b";
        let text = format!(
            "{{\"a\":[{{\"wildcard\":\"{stars}\"}},{{\"anything-but\":{{\"wildcard\":\"{stars}\"}}}}]}}"
        );
        rules.insert(id, Pattern::parse(&text).unwrap());
    }
    let event = format!("{{\"a\":\"{}\"}}", "a".repeat(100_000));
    let mut scratch = Scratch::default();
    let found = soon(|| {
        rules
            .matching(event.as_bytes(), &mut scratch)
            .unwrap()
            .count()
    });
    assert_eq!(found, 200);
}

#[test]
fn many_keys_and_many_names_stay_fast() {
    let mut rules = RuleSet::new();
    for id in 0..20_000 {
        rules.insert(
            id,
            Pattern::parse(&format!("{{\"k{id}\":{{\"x\":[{id}]}}}}")).unwrap(),
        );
    }
    let members: Vec<String> = (0..20_000)
        .map(|id| format!("\"k{id}\":{{\"x\":{id}}}"))
        .collect();
    let event = format!("{{{}}}", members.join(","));
    let mut scratch = Scratch::default();
    assert_eq!(
        soon(|| rules
            .matching(event.as_bytes(), &mut scratch)
            .unwrap()
            .count()),
        20_000
    );
    let types: Vec<String> = (0..4_000).map(|id| format!("\"type {id}\"")).collect();
    for (id, name) in types.iter().enumerate() {
        rules.insert(
            id,
            Pattern::parse(&format!("{{\"detail-type\":[{name}]}}")).unwrap(),
        );
    }
    let event = format!("{{\"detail-type\":[{}]}}", types.join(","));
    assert_eq!(
        soon(|| rules
            .matching(event.as_bytes(), &mut scratch)
            .unwrap()
            .count()),
        4_000
    );
}

#[test]
fn arrays_side_by_side_do_not_multiply() {
    let pattern = Pattern::parse(
        r#"{"a":{"x":[1]},"b":{"x":[1]},"c":{"x":[1]},"d":{"x":[1]},"e":{"x":[1],"y":[2]}}"#,
    );
    let ones = |item: &str| format!("[{}]", vec![item; 300].join(","));
    let apart = format!("[{},{}]", "{\"x\":1}", "{\"y\":2}");
    let one = ones("{\"x\":1}");
    let event = format!("{{\"a\":{one},\"b\":{one},\"c\":{one},\"d\":{one},\"e\":{apart}}}");
    let pattern = pattern.unwrap();
    assert!(!soon(|| pattern.matches(event.as_bytes()).unwrap()));
    let long = ones("{\"x\":1},{\"y\":2}");
    let event = format!(
        "{{\"e\":{}}}",
        long.replace("{\"x\":1}", &vec!["{\"x\":1}"; 50].join(","))
    );
    let pair = Pattern::parse(r#"{"e":{"x":[1],"y":[2]}}"#).unwrap();
    assert!(!soon(|| pair.matches(event.as_bytes()).unwrap()));
}

#[test]
fn saved_sets_are_the_same() {
    let mut rules = RuleSet::new();
    rules.insert(
        "one".to_owned(),
        Pattern::parse(r#"{"a":[{"prefix":"x"}]}"#).unwrap(),
    );
    rules.insert("two".to_owned(), Pattern::parse(r#"{"a":["y"]}"#).unwrap());
    let saved = serde_json::to_vec(&rules).unwrap();
    let loaded: RuleSet<String> = serde_json::from_slice(&saved).unwrap();
    let mut scratch = Scratch::default();
    let found: Vec<&String> = loaded
        .matching(br#"{"a":"xy"}"#, &mut scratch)
        .unwrap()
        .collect();
    assert_eq!(found, ["one"]);
}

#[test]
fn sets_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<RuleSet<String>>();
    shared::<Pattern>();
}

#[test]
fn malformed_events_are_errors_with_their_place() {
    let pattern = Pattern::parse(r#"{"a":["x"]}"#).unwrap();
    for (event, offset) in [
        ("", 0),
        ("[]", 0),
        ("\u{feff}{}", 0),
        ("{\"a\":\"x\"", 8),
        ("{\"a\":\"x\",}", 9),
        ("{\"b\":01,\"a\":\"x\"}", 5),
        ("{\"b\":{\"c\":[1,2,tru]},\"a\":\"x\"}", 15),
        ("{\"b\":\"\\x\"}", 7),
        ("{\"b\":\"\t\"}", 6),
        ("{\"b\":[1}", 7),
        ("{\"b\" 1}", 5),
    ] {
        let error = pattern.matches(event.as_bytes()).unwrap_err();
        assert_eq!(error.offset(), offset, "{event}: {error}");
    }
    let error = pattern
        .matches(b"{\"b\":\"\xff\",\"a\":\"x\"}")
        .unwrap_err();
    assert_eq!((error.message(), error.offset()), ("Invalid UTF-8", 6));
}
