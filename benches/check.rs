//! `check` over a thousand templates: what reading and checking them takes, in seconds of one processor.
//!
//! `cargo bench -p eventbridge-rules --bench check`

#![allow(clippy::unwrap_used, clippy::expect_used)]

use eventbridge_catalog::schema_set;
use eventbridge_rules::{
    Catalogue, Language, Settings, Target, check, event_type, read_text, rule,
};
use std::path::Path;
use std::time::Instant;

/// A template of some target and language, with a rule for some event; every tenth has a mistake.
fn template(catalogue: &Catalogue<'_>, number: usize) -> (String, String) {
    let types: Vec<&str> = catalogue
        .all()
        .filter(|event| !event.detail.is_empty())
        .map(|event| event.detail_type.as_str())
        .collect();
    let event = event_type(catalogue, types[number % types.len()]).unwrap();
    let required = event.detail.iter().find(|field| field.required);
    let conditions: Vec<String> = required
        .iter()
        .map(|field| format!("{}^=prod-{number}", field.key))
        .collect();
    let (language, end) = [
        (Language::CloudFormation, "yaml"),
        (Language::Sam, "yaml"),
        (Language::Terraform, "tf"),
    ][number % 3];
    let text = rule(event, &conditions, Target::ALL[number % 6], language).unwrap();
    let text = if number.is_multiple_of(10) {
        text.replace("detail-type", "DetailType")
    } else {
        text
    };
    (format!("{number}.{end}"), text)
}

fn main() {
    let model =
        schema_set::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")).unwrap();
    let catalogue = Catalogue::new(&model);
    let templates: Vec<(String, String)> = (0..1_000)
        .map(|number| template(&catalogue, number))
        .collect();
    let bytes: usize = templates.iter().map(|(_, text)| text.len()).sum();
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    };
    let mut best = f64::MAX;
    let mut found = 0;
    for _ in 0..5 {
        let start = Instant::now();
        found = templates
            .iter()
            .map(|(name, text)| check(&catalogue, &read_text(name, text, &settings)).len())
            .sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "1,000 templates, {} kB, {found} findings: {best:.3} s",
        bytes / 1000
    );
    assert!(best < 1.0, "it takes {best:.3} s");
}
