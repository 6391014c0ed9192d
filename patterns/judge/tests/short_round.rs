//! A short round against the engine inside EventBridge; a long one is asked for on the command line.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use eventbridge_judge::{Engine, Pair, round};
use std::path::Path;

/// The engine, or a word why there is none. In CI it must be there.
fn engine() -> Option<Engine> {
    if !Engine::is_available() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must have Java and Maven"
        );
        eprintln!("skipped: the engine inside EventBridge needs Java and Maven");
        return None;
    }
    Some(Engine::start(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap())
}

#[test]
fn random_pairs_get_the_verdicts_of_the_engine_inside_eventbridge() {
    let Some(mut engine) = engine() else { return };
    let report = round(&mut engine, 5, 4_000, |_| ()).unwrap();
    assert!(report.agrees(), "{report}");
    assert!(
        report.matched > 400 && report.valid > 2_000,
        "the pairs tell nothing: {report}"
    );
}

/// The answer of the engine turns around with an empty array that nothing asks for, so there is no rule to follow.
#[test]
fn the_engine_numbers_arrays() {
    let Some(mut engine) = engine() else { return };
    let pair = |event: &str| Pair {
        pattern: r#"{"a":{"":{"":[""],"a":[{"anything-but":""}]}}}"#.to_owned(),
        event: event.to_owned(),
    };
    let verdicts = engine
        .judge(&[
            pair(r#"{"a":[{"":[{"":"","a":""}],"":{"a":1}}]}"#),
            pair(r#"{"a":[],"a":[{"":[{"":"","a":""}],"":{"a":1}}]}"#),
        ])
        .unwrap();
    let matched = verdicts.iter().map(|verdict| verdict.matched);
    assert_eq!(matched.collect::<Vec<_>>(), [Some(true), Some(false)]);
}
