//! Samples become the shareable test events of a Lambda function, beside those that people made.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod kilns;
mod loopback;

use eventbridge_catalog::json::{self, Node};
use eventbridge_registry::desired::Desired;
use eventbridge_registry::plan::Action;
use eventbridge_registry::test_events;
use kilns::{STAMP, actions, exported, options, planned};
use loopback::Loopback;
use serde_json::{Value, json};

fn desired(heat: usize) -> Desired {
    let event = Node::object([("source", "my.kiln".into()), ("heat", heat.into())]);
    let arn = "arn:aws:lambda:eu-north-1:123456789012:function:fire";
    let desired = test_events::desired(arn, vec![("KilnFired".to_owned(), event)], STAMP);
    let desired = desired.unwrap();
    assert_eq!(desired.schema, "_fire-schema");
    assert_eq!(desired.registry, "lambda-testevent-schemas");
    desired
}

fn stands(registry: &Loopback) -> Value {
    let contents = registry.schemas.lock().unwrap().contents();
    let text = contents.values().next().unwrap().last().unwrap().1.clone();
    json::read_strict(&text).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn test_events_are_planned_and_applied_as_schemas_are() {
    let registry = Loopback::new();
    exported(&registry, &[desired(900)], &options()).unwrap();
    assert_eq!(
        stands(&registry)["components"]["examples"]["KilnFired"]["value"]["heat"],
        900
    );
    assert!(
        !planned(&registry, &[desired(900)], &options())
            .unwrap()
            .has_work()
    );
    let plan = planned(&registry, &[desired(1000)], &options()).unwrap();
    assert!(matches!(actions(&plan)[0], Action::Update(_)), "{plan:?}");
    exported(&registry, &[desired(1000)], &options()).unwrap();
    assert_eq!(
        stands(&registry)["components"]["examples"]["KilnFired"]["value"]["heat"],
        1000
    );
}

#[test]
fn what_people_added_stays_and_nothing_is_to_do_afterwards() {
    let registry = Loopback::new();
    let theirs = json!({
        "openapi": "3.0.0", "info": { "title": "Theirs" },
        "components": {
            "schemas": { "Event": { "type": "object", "properties": { "heat": { "type": "number" } } } },
            "examples": {
                "mine": { "value": { "heat": 1 }, "x-metadata": { "invocationType": "Event" } },
                "KilnFired": { "value": { "heat": 2, "old": true }, "x-metadata": { "invocationType": "Event" } }
            }
        }
    });
    let mut schemas = registry.schemas.lock().unwrap();
    schemas.put(
        "lambda-testevent-schemas",
        "_fire-schema",
        "OpenApi3",
        &theirs.to_string(),
    );
    drop(schemas);
    assert!(
        exported(&registry, &[desired(900)], &options())
            .unwrap()
            .is_complete()
    );
    let mut expected = theirs;
    expected["components"]["examples"]["KilnFired"]["value"] =
        json!({ "source": "my.kiln", "heat": 900 });
    assert_eq!(stands(&registry), expected);
    assert!(
        !planned(&registry, &[desired(900)], &options())
            .unwrap()
            .has_work()
    );
}

#[test]
fn what_are_no_test_events_is_not_overwritten() {
    for theirs in ["no document", "{\"components\": []}", "[]"] {
        let registry = Loopback::new();
        let mut schemas = registry.schemas.lock().unwrap();
        schemas.put(
            "lambda-testevent-schemas",
            "_fire-schema",
            "OpenApi3",
            theirs,
        );
        drop(schemas);
        let plan = planned(&registry, &[desired(900)], &options()).unwrap();
        assert!(
            matches!(actions(&plan)[0], Action::Refused(_)),
            "{theirs}: {plan:?}"
        );
    }
}
