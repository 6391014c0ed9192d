//! Events for tests: of every type, valid by its schema's catalogue, and let through by the rules they are made for.
#![allow(clippy::unwrap_used)]

mod random;

use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Settings, event_type, read_text, sample, sample_for};
use fastrand::Rng;
use random::Schemas;
use serde_json::{Value, json};
use std::path::Path;

fn model() -> eventbridge_catalog::model::Model {
    schema_set::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")).unwrap()
}

#[test]
fn a_sample_has_what_is_set_and_what_goes_with_it() {
    let model = model();
    let event = event_type(
        &Catalogue::new(&model),
        "sagemaker training job state change",
    )
    .unwrap();
    let set = |path: &str, value: &str| vec![(path.to_owned(), value.to_owned())];
    let text = sample(event, &set("TrainingJobStatus", "Failed")).unwrap();
    assert_eq!(
        text,
        sample(event, &set("TrainingJobStatus", "Failed")).unwrap()
    );
    let failed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(failed["detail"]["TrainingJobStatus"], "Failed");
    assert!(failed["detail"]["FailureReason"].is_string());
    let other: Value = serde_json::from_str(&sample(event, &[]).unwrap()).unwrap();
    assert_eq!(other["detail"].get("FailureReason"), None);
    let count: Value =
        serde_json::from_str(&sample(event, &set("ResourceConfig.InstanceCount", "5")).unwrap())
            .unwrap();
    assert_eq!(count["detail"]["ResourceConfig"]["InstanceCount"], json!(5));
    let wrong = sample(event, &set("ResourceConfig.InstanceCoun", "5")).unwrap_err();
    assert!(wrong.help.unwrap().contains("InstanceCount"));
    assert!(sample(event, &set("ResourceConfig.InstanceCount", "many")).is_err());
}

#[test]
fn rules_let_the_samples_through_that_are_made_for_them() {
    let (schemas, model) = (Schemas::read(), model());
    let catalogue = Catalogue::new(&model);
    let settings = Settings {
        keeps_sources: true,
        ..Settings::default()
    };
    let (mut rng, mut made) = (Rng::with_seed(5), 0);
    for _ in 0..400 {
        let pattern = random::pattern(&schemas, &mut rng).to_string();
        let reading = read_text("rule.json", &pattern, &settings);
        let text = match sample_for(&catalogue, &reading.rules[0], None, &[]) {
            Ok(text) => text,
            // `anything-but` all known values, ranges without a number: there is no such event.
            Err(error) => {
                println!("{pattern}: {}", error.message);
                continue;
            }
        };
        made += 1;
        assert!(
            reading.rules[0].pattern.matches(text.as_bytes()).unwrap(),
            "{pattern}\n{text}"
        );
    }
    assert!(made > 390, "{made} of 400");
}
