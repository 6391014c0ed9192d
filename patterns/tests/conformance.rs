//! Every row of the transcript of the service's engine: validity and match agree, but for what is listed.
#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Row {
    name: String,
    pattern: String,
    event: Option<String>,
    valid: bool,
    error: Option<String>,
    #[serde(rename = "match")]
    matches: Option<bool>,
    #[serde(default)]
    legacy_fallback: bool,
    event_error: Option<String>,
}

/// The rows where the engine's faults decide, each with the fault.
fn deviations() -> BTreeMap<&'static str, &'static str> {
    let rows = include_str!("deviations.txt").lines();
    rows.filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

fn rows(file: &str) -> Option<Vec<Row>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../../shared/patterns").join(file);
    let Ok(packed) = File::open(&path) else {
        println!("{file} is not there: nothing is tested");
        return None;
    };
    let text = std::io::read_to_string(GzDecoder::new(packed)).unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

/// Whether some object of an event, which is JSON and maybe something behind it, has a key twice.
fn has_key_twice(event: &[u8]) -> bool {
    struct Twice;
    impl<'de> serde::de::DeserializeSeed<'de> for Twice {
        type Value = bool;
        fn deserialize<D: serde::Deserializer<'de>>(self, value: D) -> Result<bool, D::Error> {
            value.deserialize_any(Self)
        }
    }
    impl<'de> serde::de::Visitor<'de> for Twice {
        type Value = bool;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("JSON")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
            let (mut keys, mut twice) = (std::collections::HashSet::new(), false);
            while let Some(key) = map.next_key::<String>()? {
                twice |= !keys.insert(key) | map.next_value_seed(Self)?;
            }
            Ok(twice)
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
            let mut twice = false;
            while let Some(found) = items.next_element_seed(Self)? {
                twice |= found;
            }
            Ok(twice)
        }
        fn visit_str<E>(self, _: &str) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_unit<E>(self) -> Result<bool, E> {
            Ok(false)
        }
    }
    let mut reader = serde_json::Deserializer::from_slice(event);
    serde::de::DeserializeSeed::deserialize(Twice, &mut reader).unwrap_or(false)
}

/// What is different from the engine, if something is.
fn difference(row: &Row) -> Option<String> {
    let accepted = row.valid || row.legacy_fallback;
    let pattern = match Pattern::parse(&row.pattern) {
        Ok(pattern) if accepted => pattern,
        Ok(_) => return Some(format!("accepted; the engine says {:?}", row.error)),
        Err(error) if accepted => return Some(format!("rejected: {error}")),
        Err(_) => return None,
    };
    if pattern.warnings().is_empty() && row.legacy_fallback {
        return Some("accepted without a warning".to_owned());
    }
    let event = row.event.as_ref()?.as_bytes();
    let answer = pattern.matches(event);
    if let Ok(answer) = answer {
        assert_eq!(pattern.explain(event).unwrap().matches(), answer);
    }
    let mut rules = RuleSet::new();
    rules.insert(0, pattern);
    let mut scratch = Scratch::default();
    let set = rules
        .matching(event, &mut scratch)
        .map(|found| found.count() == 1);
    if set != answer {
        return Some(format!("alone {answer:?}, in a set {set:?}"));
    }
    if let Ok(answer) = answer
        && !has_key_twice(event)
        && (rules.matching_trusted(event, &mut scratch).count() == 1) != answer
    {
        return Some(format!("alone {answer:?}, vouched for the other"));
    }
    match (answer, row.matches, &row.event_error) {
        (Ok(answer), Some(expected), _) if answer == expected => None,
        (Err(_), None, Some(_)) => None,
        (Ok(_), None, None) => None,
        (answer, expected, error) => Some(format!("{answer:?} instead of {expected:?} {error:?}")),
    }
}

fn check(file: &str) {
    let Some(rows) = rows(file) else { return };
    let listed = deviations();
    let mut unlisted = Vec::new();
    let mut deviating = 0;
    for row in &rows {
        match (difference(row), listed.contains_key(row.name.as_str())) {
            (Some(difference), false) => unlisted.push(format!(
                "{}\t{difference}\n\t{}\n\t{}",
                row.name,
                row.pattern,
                row.event.as_deref().unwrap_or("")
            )),
            (None, true) => unlisted.push(format!("{} is listed and agrees", row.name)),
            (Some(_), true) => deviating += 1,
            (None, false) => {}
        }
    }
    let agree = rows.len() - deviating - unlisted.len();
    println!(
        "{file}: {} rows, {agree} agree, {deviating} listed deviations",
        rows.len()
    );
    let differ = unlisted.len();
    assert!(
        unlisted.is_empty(),
        "{differ} rows differ:\n{}",
        unlisted.join("\n")
    );
}

#[test]
fn the_engines_own_patterns_and_probes() {
    check("conformance.jsonl.gz");
}

#[test]
fn random_pairs() {
    check("random.jsonl.gz");
}
