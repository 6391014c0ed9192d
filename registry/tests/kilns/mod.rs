//! Made-up events come in; documents of them go out, and plans that were applied to a loopback registry.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::loopback::Loopback;
use eventbridge_registry::api::Failure;
use eventbridge_registry::apply::{self, Applied, Outcome};
use eventbridge_registry::calls::{Calls, Manners};
use eventbridge_registry::desired::Desired;
use eventbridge_registry::plan::{self, Action, Options, Plan};
use eventbridge_registry::present::Present;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

pub(crate) const STAMP: &str = "Made by hand, for tests.";

/// An OpenAPI document of an event whose detail has fields.
pub(crate) fn openapi(source: &str, detail_type: &str, fields: &[(&str, &str)]) -> String {
    let fields: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), json!({ "type": kind })))
        .collect();
    let document = json!({
        "openapi": "3.0.0",
        "info": { "version": "1.0.0", "title": "Kiln", "description": STAMP },
        "paths": {},
        "components": { "schemas": {
            "AWSEvent": {
                "type": "object",
                "required": ["detail-type", "source", "detail"],
                "x-amazon-events-detail-type": detail_type,
                "x-amazon-events-source": source,
                "properties": {
                    "detail": { "$ref": "#/components/schemas/Detail" },
                    "source": { "type": "string" },
                    "detail-type": { "type": "string" },
                }
            },
            "Detail": { "type": "object", "description": "The detail.", "properties": fields }
        } }
    });
    serde_json::to_string_pretty(&document).unwrap() + "\n"
}

/// The same in Draft 4, as named by its only values.
pub(crate) fn draft4(source: &str, detail_type: &str) -> String {
    let document = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "description": STAMP,
        "type": "object",
        "properties": {
            "source": { "type": "string", "enum": [source] },
            "detail-type": { "type": "string", "enum": [detail_type] },
            "detail": { "type": "object", "properties": { "Cone": { "type": "string" } } },
        }
    });
    document.to_string()
}

/// The document of a kiln's event.
pub(crate) fn kiln(number: usize, fields: &[(&str, &str)]) -> Desired {
    let detail_type = format!("Kiln Fired {number}");
    let content = openapi("my.kiln", &detail_type, fields);
    Desired::new("kilns", &format!("my.kiln@KilnFired{number}"), &content).unwrap()
}

/// So many of them.
pub(crate) fn kilns(count: usize) -> Vec<Desired> {
    (0..count)
        .map(|number| kiln(number, &[("Cone", "string")]))
        .collect()
}

pub(crate) fn manners() -> Manners {
    Manners {
        rate: 0,
        in_flight: 4,
        attempts: 12,
        first_wait: Duration::from_micros(20),
    }
}

pub(crate) fn options() -> Options {
    Options {
        stamp: STAMP.to_owned(),
        ..Options::default()
    }
}

pub(crate) fn planned(
    registry: &Loopback,
    desired: &[Desired],
    options: &Options,
) -> Result<Plan, Failure> {
    let calls = Calls::new(registry, manners());
    let names: BTreeSet<String> = desired.iter().map(|one| one.registry.clone()).collect();
    let present = Present::read(&calls, &names, &|_, _| true)?;
    Ok(plan::plan(desired, &present, options))
}

pub(crate) fn applied(registry: &Loopback, plan: &Plan, options: &Options) -> Applied {
    let calls = Calls::new(registry, manners());
    let how = apply::Options {
        text: options.text,
        keep: options.keep,
        max_versions: options.quotas.versions,
        create_registries: true,
        done: &|| {},
    };
    apply::apply(plan, &calls, how)
}

/// Plans and applies.
pub(crate) fn exported(
    registry: &Loopback,
    desired: &[Desired],
    options: &Options,
) -> Result<Applied, Failure> {
    let plan = planned(registry, desired, options)?;
    assert_eq!(plan.problems().count(), 0, "{:?}", plan.findings);
    Ok(applied(registry, &plan, options))
}

pub(crate) fn actions(plan: &Plan) -> Vec<&Action> {
    plan.steps.iter().map(|step| &step.action).collect()
}

pub(crate) fn count(applied: &Applied, is: impl Fn(&Outcome) -> bool) -> usize {
    applied
        .outcomes
        .iter()
        .filter(|(_, outcome)| is(outcome))
        .count()
}

/// That each schema holds what it should, in so many versions.
pub(crate) fn holds(registry: &Loopback, desired: &[Desired], versions: usize) {
    let contents = registry.schemas.lock().unwrap().contents();
    for one in desired {
        let stands = &contents[&(one.registry.clone(), one.schema.clone())];
        assert_eq!(
            stands.last().unwrap().1,
            one.document.text,
            "{}",
            one.schema
        );
        assert_eq!(stands.len(), versions, "{}", one.schema);
    }
    assert_eq!(contents.len(), desired.len());
}
