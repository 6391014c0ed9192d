//! What is documented is clean: every sample of the evidence made into a pattern.
#![allow(clippy::unwrap_used)]

use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Settings, check, read_text};
use serde_json::{Map, Value, json};
use std::path::Path;

/// The pattern that asks for everything that an event has: scalars in arrays, lists by their first item.
fn pattern(value: &Value) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let members: Map<String, Value> = members
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), pattern(value)?)))
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Value::Array(items) => pattern(items.first()?),
        scalar => Some(json!([scalar])),
    }
}

fn events(file: &Path) -> Vec<Value> {
    let page: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let events = page["events"].as_array().cloned().unwrap_or_default();
    events
        .into_iter()
        .map(|event| event["event"].clone())
        .filter(Value::is_object)
        .collect()
}

#[test]
fn every_sample_made_into_a_pattern_is_clean() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let model = schema_set::load(&schemas).unwrap();
    let catalogue = Catalogue::new(&model);
    let settings = Settings {
        keeps_sources: true,
        ..Settings::default()
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for (_, folder) in schema_set::sources(&schemas).unwrap() {
        for file in std::fs::read_dir(folder.join("samples")).unwrap() {
            for event in events(&file.unwrap().path()) {
                // The envelope of pages is not always one: `resources` as a text, an account of stars.
                let mut whole = pattern(&event).unwrap();
                let envelope = ["source", "detail-type", "detail"];
                whole
                    .as_object_mut()
                    .unwrap()
                    .retain(|key, _| envelope.contains(&key.as_str()));
                count += 1;
                for finding in check(
                    &catalogue,
                    &read_text("sample.json", &whole.to_string(), &settings),
                ) {
                    wrong.push(format!(
                        "{} {}: {}",
                        event["detail-type"], finding.code, finding.message
                    ));
                }
            }
        }
    }
    println!("{count} samples");
    assert!(count > 20 && wrong.is_empty(), "{wrong:#?}");
}
