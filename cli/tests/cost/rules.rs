//! Rules and the events that they are held against.

use super::Files;

const EVENT: &str = r#"{"source":"my.kiln","detail-type":"Kiln Fired","id":"7","account":"1","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail":{"a":"hot"}}"#;

fn with(rules: Files, event: &str) -> Files {
    let event = ("event.json".to_owned(), event.to_owned());
    std::iter::once(event).chain(rules).collect()
}

fn pattern(text: String) -> Files {
    with(vec![("rule.json".to_owned(), text)], EVENT)
}

fn yaml(text: String) -> Files {
    let rule = "  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [my.kiln]\n";
    with(
        vec![("rules.yaml".to_owned(), format!("{text}Resources:\n{rule}"))],
        EVENT,
    )
}

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

pub(crate) fn many(count: usize) -> Files {
    let rule = |at| {
        let pattern = format!(r#"{{"source":["my.kiln"],"detail":{{"a":["k{at}"]}}}}"#);
        (format!("rules/{at}.json"), pattern)
    };
    with((0..count).map(rule).collect(), EVENT)
}

pub(crate) fn values(count: usize) -> Files {
    let values: Vec<String> = (0..count).map(|at| format!("\"k{at}\"")).collect();
    let values = values.join(",");
    pattern(format!(
        r#"{{"detail":{{"a":[{values},{{"anything-but":[{values}]}}]}}}}"#
    ))
}

pub(crate) fn wildcards(count: usize) -> Files {
    let values: Vec<String> = (0..count)
        .map(|at| format!("{{\"wildcard\":\"*a*b*{at}\"}}"))
        .collect();
    pattern(format!(r#"{{"detail":{{"a":[{}]}}}}"#, values.join(",")))
}

pub(crate) fn big_event(count: usize) -> Files {
    let items: Vec<String> = (0..count)
        .map(|at| format!("{{\"b\":{at},\"c\":{at}}}"))
        .collect();
    let event = EVENT.replace("\"hot\"", &format!("[{}]", items.join(",")));
    let rule = r#"{"detail":{"a":{"b":[-1],"c":[-2]}}}"#.to_owned();
    with(vec![("rule.json".to_owned(), rule)], &event)
}

pub(crate) fn yaml_keys(count: usize) -> Files {
    yaml(repeated(count, |at| format!("Key{at}: [a, {{b: c}}]\n")))
}

pub(crate) fn yaml_anchors(count: usize) -> Files {
    yaml(repeated(count, |at| {
        format!("Key{at}: &a{at} [a, b]\nUse{at}: *a{at}\n")
    }))
}

pub(crate) fn yaml_aliases(count: usize) -> Files {
    let long = "x".repeat(count * 10);
    yaml(format!("Long: &a {long}\n") + &repeated(count, |at| format!("Use{at}: *a\n")))
}
