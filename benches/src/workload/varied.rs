//! A workload comes in; the same with events that are harder or of other sizes, or with other rules, goes out.

use super::Workload;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::io::{Error, Result};

/// Changes an event. None where it cannot be.
type Change = fn(&mut Rng, &str) -> Option<String>;

/// What is done to the events of a workload, by the name of it.
pub(super) const CHANGES: [(&str, Change); 8] = [
    ("shuffled", shuffled),
    ("spaced", spaced),
    ("escaped", escaped),
    ("unicode", unicode),
    ("small", small),
    ("10kb", |_, event| larger(event, 10_000, false)),
    ("100kb", |_, event| larger(event, 100_000, false)),
    ("100kb-late", |_, event| larger(event, 100_000, true)),
];

/// Changes the events.
pub(super) fn change(name: &str, mut workload: Workload) -> Result<Workload> {
    let (_, change) = CHANGES
        .iter()
        .find(|(other, _)| *other == name)
        .ok_or_else(|| Error::other(format!("no change is called {name}")))?;
    let mut rng = Rng::with_seed(4);
    let changed = workload.events.iter().map(|event| change(&mut rng, event));
    workload.events = changed
        .collect::<Option<_>>()
        .ok_or_else(|| Error::other("an event is no object"))?;
    // So that all are still near.
    let bytes: usize = workload.events.iter().map(String::len).sum();
    let mean = bytes / workload.events.len().max(1);
    workload
        .events
        .truncate(workload.events.len().min(20_000_000 / mean.max(1)));
    Ok(workload)
}

fn is_named_by_rules(key: &str) -> bool {
    let key = key.to_lowercase();
    ["name", "status", "time", "reason"]
        .iter()
        .any(|end| key.ends_with(end))
}

/// Members in another order in each event; of those that rules do not name, a third is gone.
fn shuffled(rng: &mut Rng, event: &str) -> Option<String> {
    let root = object(event)?;
    let detail = root.get("detail")?.as_object()?;
    let kept = detail
        .iter()
        .filter(|(key, _)| is_named_by_rules(key) || rng.u8(..3) > 0);
    let mut inner: Vec<(&String, String)> =
        kept.map(|(key, value)| (key, value.to_string())).collect();
    rng.shuffle(&mut inner);
    let mut outer: Vec<(&String, String)> = root
        .iter()
        .map(|(key, value)| match key.as_str() {
            "detail" => (key, joined(&inner)),
            _ => (key, value.to_string()),
        })
        .collect();
    rng.shuffle(&mut outer);
    Some(joined(&outer))
}

fn joined(members: &[(&String, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{:?}:{value}", key))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn object(event: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(event).ok()
}

/// As people read it, two spaces a level, but with a space for each line break: events stand on lines in the files that
/// engines read.
fn spaced(_: &mut Rng, event: &str) -> Option<String> {
    let pretty = serde_json::to_string_pretty(&object(event)?).ok()?;
    Some(pretty.replace('\n', " "))
}

/// Every slash escaped, and a line break in each string that has a space.
fn escaped(_: &mut Rng, event: &str) -> Option<String> {
    Some(event.replace('/', "\\/").replace(" job", "\\n\\u006aob"))
}

/// A member with text in other scripts before the detail, and one in it.
fn unicode(_: &mut Rng, event: &str) -> Option<String> {
    const TEXT: &str = "Übergrößenträger, 窯の温度が高すぎます, печь остывает, 🔥 κλίβανος";
    let event = event.replacen(
        "\"account\":",
        &format!("\"note\":\"{TEXT}\",\"account\":"),
        1,
    );
    Some(event.replacen(
        "\"detail\":{",
        &format!("\"detail\":{{\"Beschreibung\":\"{TEXT}\","),
        1,
    ))
}

/// The envelope, and of the detail a name and a status.
fn small(_: &mut Rng, event: &str) -> Option<String> {
    let mut root = object(event)?;
    let detail = root.get("detail")?.as_object()?;
    let end = |key: &str, end: &str| key.to_lowercase().ends_with(end);
    let of = |what: &str| {
        detail
            .iter()
            .find(|(key, value)| value.is_string() && end(key, what))
    };
    let kept = of("name").into_iter().chain(of("status"));
    let kept: Map<String, Value> = kept
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    root.insert("detail".to_owned(), Value::Object(kept));
    root.insert("resources".to_owned(), json!([]));
    Some(in_order(&root))
}

/// The members of an envelope, in the order in which events arrive.
fn in_order(root: &Map<String, Value>) -> String {
    let order = [
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
    ];
    let members = order.iter().filter_map(|key| root.get_key_value(*key));
    let members: Vec<(&String, String)> = members
        .map(|(key, value)| (key, value.to_string()))
        .collect();
    joined(&members)
}

/// With records in the detail, behind what it has or before it.
fn larger(event: &str, length: usize, comes_first: bool) -> Option<String> {
    let record = r#"{"HyperParameter":"learning-rate","Value":"0.00125","At":{"Step":4711,"Epoch":12,"Host":"algo-1"},"Tags":["a","b"],"Final":false}"#;
    let count = length.saturating_sub(event.len()) / (record.len() + 1) + 1;
    let records = format!("\"Records\":[{}]", vec![record; count].join(","));
    if comes_first {
        return Some(event.replacen("\"detail\":{", &format!("\"detail\":{{{records},"), 1));
    }
    let end = event.strip_suffix("}}")?;
    Some(format!("{end},{records}}}}}"))
}

/// Rules without their detail-types.
pub(super) fn untyped(mut workload: Workload) -> Workload {
    workload.rules = workload
        .rules
        .iter()
        .filter_map(|rule| {
            let mut rule = object(rule)?;
            rule.remove("detail-type");
            Some(Value::Object(rule).to_string())
        })
        .collect();
    workload
}

/// Events and rules of a thousand detail-types in place of each other.
pub(super) fn types(mut workload: Workload) -> Workload {
    const TYPES: usize = 1_000;
    let mut rng = Rng::with_seed(5);
    let mut other =
        |text: &String| text.replacen(" Change\"", &format!(" Change {}\"", rng.usize(..TYPES)), 1);
    workload.events = workload.events.iter().map(&mut other).collect();
    workload.rules = workload.rules.iter().map(&mut other).collect();
    workload
}

/// A few rules more that many events match, so that each matches one to five.
pub(super) fn matched(mut workload: Workload) -> Workload {
    let own = workload.rules.len();
    let wide = [
        json!({ "source": ["aws.sagemaker"] }),
        json!({ "detail-type": [{ "prefix": "SageMaker Training" }] }),
        json!({ "detail-type": [{ "suffix": "State Change" }], "account": [{ "anything-but": ["111122223333"] }] }),
        json!({ "source": ["aws.sagemaker"], "region": [{ "prefix": "us-" }] }),
        json!({ "source": [{ "wildcard": "aws.*maker" }], "detail": { "FailureReason": [{ "exists": true }] } }),
    ];
    workload.rules.extend(wide.iter().map(Value::to_string));
    workload.rules.rotate_left(own / 2);
    workload
}
