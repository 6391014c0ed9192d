//! Every documented event parses into its own type and is written back the same: with the committed
//! crate, and with what `build.rs` rendered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sagemaker_events::What;
use serde_json::Value;
use std::path::Path;

/// All sample events of `schemas/`, with their page and line.
fn samples() -> Vec<(String, Value)> {
    let mut samples = Vec::new();
    for source in std::fs::read_dir("schemas")
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for page in std::fs::read_dir(source.join("samples"))
            .into_iter()
            .flatten()
        {
            let text = std::fs::read_to_string(page.unwrap().path()).unwrap();
            let page: Value = serde_json::from_str(&text).unwrap();
            for event in page["events"].as_array().into_iter().flatten() {
                samples.push((
                    format!("{}:{}", page["page"], event["line"]),
                    event["event"].clone(),
                ));
            }
        }
    }
    assert!(
        samples.len() >= 32,
        "14 events of the Indonesian page and 18 of the English one"
    );
    samples
}

#[test]
fn the_crate_reads_and_writes_back_every_sample() {
    for (place, sample) in samples() {
        let event: sagemaker_events::Event = serde_json::from_value(sample.clone()).unwrap();
        assert!(
            !matches!(event.detail, sagemaker_events::Detail::Unknown(_)),
            "{place}: {:?}",
            event.detail
        );
        assert_eq!(serde_json::to_value(&event).unwrap(), sample, "{place}");
        let differences = event.differences();
        // Samples show `null`, and words that stand for a value, once for an instant; they show no unknown field.
        let shown = |one: &sagemaker_events::Difference| {
            matches!(one.what, What::Null | What::UnknownValue)
                || one.path == "detail.PendingDeploymentSummary.StartTime"
        };
        assert!(differences.iter().all(shown), "{place}: {differences:?}");
    }
}

#[test]
fn the_rendering_of_the_build_reads_and_writes_back_every_sample() {
    for (place, sample) in samples() {
        let text = sample.to_string();
        let event: eventbridge_schemas::Event = serde_json::from_str(&text).unwrap();
        assert!(
            !matches!(event.detail, eventbridge_schemas::Detail::Unknown(_)),
            "{place}: {:?}",
            event.detail
        );
        assert_eq!(serde_json::to_value(&event).unwrap(), sample, "{place}");
    }
}

#[test]
fn the_crate_needs_serde_and_the_runtime_alone() {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "sagemaker-events",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--offline",
        ])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let crates: std::collections::BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let direct = [
        "eventbridge-runtime",
        "sagemaker-events",
        "serde",
        "serde_json",
    ];
    let theirs = [
        "itoa",
        "memchr",
        "proc-macro2",
        "quote",
        "ryu",
        "serde_core",
        "serde_derive",
        "syn",
        "unicode-ident",
        "zmij",
    ];
    let odd: Vec<_> = crates
        .iter()
        .filter(|name| !direct.contains(name) && !theirs.contains(name))
        .collect();
    assert!(
        odd.is_empty() && direct.iter().all(|name| crates.contains(name)),
        "{crates:?}"
    );
}

#[test]
fn what_the_documentation_shows_of_a_type_differs_in_nothing() {
    let mut shown = 0;
    for (source, detail_type) in sagemaker_events::Detail::KNOWN {
        let Some(detail) = shown_detail(detail_type) else {
            continue;
        };
        let event = serde_json::json!({
            "version": "0", "id": "1", "account": "1", "region": "r", "resources": [], "time": "2024-01-01T00:00:00Z",
            "source": source, "detail-type": detail_type, "detail": detail,
        });
        let read: sagemaker_events::Event = serde_json::from_value(event).unwrap();
        assert_eq!(read.differences(), [], "{detail_type}");
        shown += 1;
    }
    assert_eq!(shown, 28, "all types that are more than a name");
}

/// The JSON in a type's documentation.
fn shown_detail(detail_type: &str) -> Option<Value> {
    let modules = std::fs::read_dir("generated/rust/src").unwrap();
    let texts = modules.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
    // Lines of documentation may end anywhere.
    let mut texts = texts.map(|text| text.replace("\n///", ""));
    let title = format!(" The detail of `{detail_type}` from");
    let text = texts.find(|text| text.contains(&title))?;
    let (documentation, _) = text.split_once(&title)?.1.split_once("pub struct")?;
    let (json, _) = documentation.split_once("```json")?.1.split_once("```")?;
    Some(serde_json::from_str(json).unwrap())
}
