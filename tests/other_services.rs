//! Nothing in the tool knows one service: pages of other services become schemas, and packages that compile
//! and take every event of those pages. The pages stand beside the repository, in `../shared/pages/other`;
//! without them this test says so and ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use eventbridge_catalog::files;
use eventbridge_codegen::generate;
use eventbridge_learn::{Evidence, input};
use languages::{Sample, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Learns the pages of other services into a folder and generates their packages.
fn learned(pages: &Path) -> (PathBuf, Vec<Sample>) {
    let place = tools::scratch("other-services");
    let pages = languages::folder(pages).into_iter();
    let pages = pages.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let pieces: Vec<Evidence> = pages
        .map(|page| {
            input::read_page(&page)
                .unwrap_or_else(|problem| panic!("{problem}"))
                .into()
        })
        .collect();
    let schemas = place.join("schemas");
    let learned = eventbridge_learn::learn(&schemas, &pieces);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    files::apply(&schemas, &learned.changes).unwrap();
    for source in ["aws.ecs", "aws.codebuild", "aws.ec2"] {
        assert!(schemas.join(source).is_dir(), "{source}");
    }
    let out = place.join("generated");
    let plan = generate::plan(&schemas, &out).unwrap();
    files::apply(&out, &plan.changes).unwrap();
    let samples = languages::samples(&schemas);
    assert!(samples.len() >= 37);
    (place, samples)
}

#[test]
fn pages_of_other_services_become_packages() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages/other");
    if !pages.is_dir() {
        eprintln!("skipped: there are no pages in ../shared/pages/other");
        return;
    }
    let (place, samples) = learned(&pages);
    let packages = place.join("generated");
    languages::typescript_takes(
        &packages.join("typescript"),
        "eventbridge-events",
        &samples,
        "",
    );
    languages::python_takes(&packages.join("python"), "eventbridge_events", &samples, "");
    rust_takes(&place, &samples);
}

const PROGRAM: &str = r#"
use eventbridge_events::{Detail, Event};
use serde_json::Value;

fn main() {
    let events: Vec<Value> = serde_json::from_str(include_str!("events.json")).unwrap();
    for value in &events {
        let event: Event = serde_json::from_str(&value.to_string()).unwrap();
        assert!(!matches!(event.detail, Detail::Unknown(_)), "{event:?}");
        assert_eq!(serde_json::to_value(&event).unwrap(), *value);
    }
    println!("{}", events.len());
}
"#;

/// A program with the generated crate reads every event and writes it back.
fn rust_takes(place: &Path, samples: &[Sample]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The crate names its runtime by version; it is not published yet.
    let runtime = root.join("runtime");
    let patch = format!("patch.crates-io.eventbridge-runtime.path={runtime:?}");

    let program = place.join("program");
    std::fs::create_dir_all(program.join("src")).unwrap();
    let manifest = "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\neventbridge-events = { path = \"../generated/rust\" }\nserde_json = \"1\"\n";
    std::fs::write(program.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), program.join("Cargo.lock")).unwrap();
    std::fs::write(program.join("src/main.rs"), PROGRAM).unwrap();
    let events: Vec<_> = samples.iter().map(|(_, event)| event).collect();
    let events = serde_json::to_string(&events).unwrap();
    std::fs::write(program.join("src/events.json"), events).unwrap();
    let said = tools::run(
        Command::new(env!("CARGO"))
            .args(["run", "--offline", "--quiet", "--config", &patch])
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-services"),
            )
            .current_dir(&program),
    );
    assert_eq!(said.trim(), samples.len().to_string());
}
