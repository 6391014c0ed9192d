//! How long it takes to export many schemas, beside botocore in the same run. It measures time, and so runs alone:
//!
//! ```sh
//! cargo build --release -p eventbridge-codegen-cli -p eventbridge-registry-aws
//! cargo test --release -p eventbridge-registry-aws --test speed -- --ignored --nocapture
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/kilns/mod.rs"]
mod kilns;
#[path = "../../tests/loopback/mod.rs"]
mod loopback;
mod place;
#[path = "../../../codegen/tests/tools/mod.rs"]
mod tools;

use loopback::Loopback;
use place::{AWS, Place};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// As many as AWS has of its own.
const SCHEMAS: usize = 381;
const SOURCES: usize = 4;
const RATE: &str = "1000";

fn place() -> Place {
    let mut registry = Loopback::new();
    registry.latency = Duration::from_millis(20);
    let place = Place::with(registry);
    let folder = place.path("documents/openapi3");
    fs::create_dir_all(&folder).unwrap();
    let names: Vec<String> = (0..60)
        .map(|number| format!("FieldOfKiln{number}"))
        .collect();
    let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "string")).collect();
    for number in 0..SCHEMAS {
        let source = format!("my.kiln{}", number % SOURCES);
        let text = kilns::openapi(&source, &format!("Kiln Fired {number}"), &fields);
        fs::write(
            folder.join(format!("{source}@KilnFired{number}.json")),
            text,
        )
        .unwrap();
    }
    place
}

fn apply(place: &Place) -> Command {
    let mut command = place.command(&[
        "register",
        "apply",
        "--create-registry",
        "--registry",
        "events",
    ]);
    command.args([
        "--registry-per",
        "source",
        "--documents",
        "documents",
        "--rate",
        RATE,
    ]);
    command.args(["--in-flight", "16", "--endpoint-url", &place.url]);
    command
}

#[test]
#[ignore = "measures time"]
fn many_schemas_are_exported_as_fast_as_latency_and_rate_allow() {
    let (ours, theirs) = (place(), place());
    let began = Instant::now();
    let said = ours.done(&mut apply(&ours));
    let first = began.elapsed();
    assert!(said.contains("381 created"), "{said}");
    let (at_once, a_second) = (
        ours.registry.most_at_once(),
        ours.registry.most_in_a_second(),
    );
    println!(
        "first apply: {first:.2?}, {at_once} at once, {a_second} within a second; {}",
        said.trim()
    );
    ours.registry.forget();
    let began = Instant::now();
    ours.done(&mut apply(&ours));
    let second = began.elapsed();
    println!(
        "second apply: {second:.2?}, {} writes",
        ours.registry.writes()
    );
    assert_eq!(ours.registry.writes(), 0);
    assert!(at_once <= 16 && a_second <= 1000);

    let Some(python) = tools::aws() else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/speed.py");
    let documents = theirs.path("documents/openapi3");
    let arguments = [
        &*script.to_string_lossy(),
        &theirs.url,
        &documents.to_string_lossy(),
    ];
    let began = Instant::now();
    let creates = tools::run(python.python(&arguments).envs(AWS));
    let whole = began.elapsed();
    println!(
        "botocore: {whole:.2?}, of which {} s without start and imports",
        creates.trim()
    );
    assert!(first <= Duration::from_secs(2), "{first:?}");
    assert!(
        first <= whole,
        "from start to end, ours {first:?}, theirs {whole:?}"
    );
}
