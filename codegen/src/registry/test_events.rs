//! Events come in, the document goes out in which AWS Lambda keeps the test events of a function that are shared: an
//! OpenAPI 3 document with an example an event. The console, the SAM CLI and IDEs read it.
//!
//! What other people put into the document stays: an event replaces only the one of its own name.

use super::MAX_CONTENT;
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set::samples::Sample;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The registry that holds these documents.
pub const REGISTRY: &str = "lambda-testevent-schemas";

/// The largest event that a function can be invoked with, in bytes.
const MAX_EVENT: usize = 6_144_000;

/// What the document of a function is called: `_notify-schema`. A function is told by its name, or by its ARN, whose
/// version or alias counts for nothing.
pub fn schema_name(function: &str) -> String {
    let name = match function.split(':').collect::<Vec<_>>()[..] {
        ["arn", _, "lambda", _, _, "function", name, ..] => name,
        _ => function,
    };
    format!("_{name}-schema")
}

/// A test event.
#[derive(Clone, Debug, PartialEq)]
pub struct TestEvent {
    /// What people choose it by.
    pub name: String,
    /// What the function is called with.
    pub event: Value,
}

/// The longest name that the console of Lambda takes.
const LONGEST_NAME: usize = 25;

/// The samples of events as test events, named by their events, each once.
pub fn from_samples(model: &Model, samples: &[Sample]) -> Vec<TestEvent> {
    let mut tests: Vec<TestEvent> = Vec::new();
    let mut names = BTreeSet::new();
    for sample in samples {
        let is_it = |event: &&EventType| {
            event.source == sample.source && event.detail_type == sample.detail_type
        };
        let known = tests.iter().any(|test| test.event == sample.event);
        let Some(event) = model.events.iter().find(is_it).filter(|_| !known) else {
            continue;
        };
        let numbered = (1_usize..).map(|number| name(&event.name, number));
        let name = numbered.into_iter().find(|name| names.insert(name.clone()));
        tests.push(TestEvent {
            name: name.unwrap_or_default(),
            event: sample.event.clone(),
        });
    }
    tests
}

fn name(event: &str, number: usize) -> String {
    let end = if number == 1 {
        String::new()
    } else {
        format!("-{number}")
    };
    let allowed = |c: &char| c.is_ascii_alphanumeric() || ".-_".contains(*c);
    let room = LONGEST_NAME.saturating_sub(end.len());
    let start: String = event.chars().filter(allowed).take(room).collect();
    start + &end
}

/// The document of a function with these events, added to what the registry holds of it now.
///
/// # Errors
///
/// When what the registry holds is no such document, an event is larger than Lambda takes, or the document would grow
/// larger than the registry takes.
pub fn document(existing: Option<&str>, events: &[TestEvent]) -> Result<String, String> {
    let mut document = match existing {
        Some(text) => serde_json::from_str(text)
            .map_err(|error| format!("the document that the registry holds is no JSON: {error}"))?,
        None => empty(),
    };
    let examples = examples(&mut document)
        .ok_or("the document that the registry holds has no object `components`")?;
    for test in events {
        let size = test.event.to_string().len();
        if size > MAX_EVENT {
            let name = &test.name;
            return Err(format!(
                "`{name}` has {size} bytes, and Lambda takes {MAX_EVENT}"
            ));
        }
        let metadata = json!({ "invocationType": "RequestResponse" });
        let example = json!({ "value": test.event, "x-metadata": metadata });
        examples.insert(test.name.clone(), example);
    }
    let text = document.to_string();
    match text.chars().count() {
        ..=MAX_CONTENT => Ok(text),
        characters => Err(format!(
            "the document would have {characters} characters, and the registry takes {MAX_CONTENT}: share fewer events"
        )),
    }
}

fn empty() -> Value {
    json!({
        "openapi": "3.0.0",
        "info": { "version": "1.0.0", "title": "Event" },
        "paths": {},
        "components": { "schemas": { "Event": { "type": "object" } } }
    })
}

fn examples(document: &mut Value) -> Option<&mut Map<String, Value>> {
    let components = document.get_mut("components")?.as_object_mut()?;
    let examples = components.entry("examples").or_insert_with(|| json!({}));
    examples.as_object_mut()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn lit(name: &str, hot: bool) -> TestEvent {
        TestEvent {
            name: name.to_owned(),
            event: json!({ "detail": { "hot": hot } }),
        }
    }

    #[test]
    fn a_function_is_told_by_its_name_or_its_arn() {
        let arn = "arn:aws:lambda:eu-west-1:111122223333:function:notify:live";
        assert_eq!(schema_name("notify"), "_notify-schema");
        assert_eq!(schema_name(arn), "_notify-schema");
    }

    #[test]
    fn what_others_share_stays() {
        let theirs = r#"{"openapi":"3.0.0","components":{"schemas":{"Event":{}},"examples":{"mine":{"value":1},"lit":{"value":2}}}}"#;
        let text = document(Some(theirs), &[lit("lit", true)]).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        let examples = &read["components"]["examples"];
        assert_eq!(examples["mine"]["value"], 1);
        assert_eq!(examples["lit"]["value"]["detail"]["hot"], true);
        assert_eq!(
            document(Some(&text), &[lit("lit", true)]),
            Ok(text),
            "nothing to do"
        );
    }

    #[test]
    fn what_the_registry_or_lambda_would_not_take_is_told() {
        let long = TestEvent {
            name: "long".to_owned(),
            event: Value::from("x".repeat(100_000)),
        };
        assert!(
            document(None, &[long])
                .unwrap_err()
                .contains("takes 100000: share fewer")
        );
        let huge = TestEvent {
            name: "huge".to_owned(),
            event: Value::from("x".repeat(7_000_000)),
        };
        assert!(
            document(None, &[huge])
                .unwrap_err()
                .contains("Lambda takes")
        );
        assert!(
            document(Some("[]"), &[])
                .unwrap_err()
                .contains("no object `components`")
        );
        assert!(document(Some("{"), &[]).unwrap_err().contains("no JSON"));
    }
}
