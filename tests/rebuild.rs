//! A changed schema changes the build of the root package, without any further command; a broken one
//! fails it with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SCHEMA: &str = "schemas/aws.sagemaker/TrainingJobStateChange.json";

#[test]
fn the_build_follows_the_schemas() {
    let copy = tempfile::tempdir().unwrap();
    copy_workspace(copy.path());
    assert!(build(copy.path()).status.success());
    assert!(!rendering().contains("furnace_temperature"));

    let file = copy.path().join(SCHEMA);
    let schema = std::fs::read_to_string(&file).unwrap();
    let field = "\"properties\": {\n        \"FurnaceTemperature\": { \"type\": [\"integer\", \"null\"] },\n        \"TrainingJobName\"";
    let changed = schema.replacen("\"properties\": {\n        \"TrainingJobName\"", field, 1);
    assert_ne!(changed, schema);
    std::fs::write(&file, &changed).unwrap();
    assert!(build(copy.path()).status.success());
    assert!(rendering().contains("pub furnace_temperature: Option<i64>,"));

    std::fs::write(&file, changed.replacen("\"integer\"", "\"temperature\"", 1)).unwrap();
    let output = build(copy.path());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    let line = changed
        .lines()
        .position(|line| line.contains("Furnace"))
        .unwrap()
        + 1;
    let place = format!("TrainingJobStateChange.json:{line}:42: expected a type");
    assert!(said.contains(&place), "{said}");
}

/// The sources of this workspace: what a clone holds and a build of the root package needs.
fn copy_workspace(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tracked = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(from)
        .output()
        .unwrap();
    for file in String::from_utf8(tracked.stdout)
        .unwrap()
        .split('\0')
        .filter(|file| !file.is_empty())
    {
        let place = to.join(file);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        if from.join(file).is_file() {
            std::fs::copy(from.join(file), place).unwrap();
        }
    }
}

/// A folder of its own for what is built, kept from run to run so that dependencies are built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild")
}

fn build(workspace: &Path) -> Output {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "build",
            "--package",
            "eventbridge-schemas",
            "--offline",
            "--quiet",
        ])
        .env("CARGO_TARGET_DIR", target())
        .current_dir(workspace)
        .output();
    cargo.unwrap()
}

/// The rendering that was written last.
fn rendering() -> String {
    let builds = std::fs::read_dir(target().join("debug/build")).unwrap();
    let files = builds
        .map(|entry| entry.unwrap().path().join("out/events.rs"))
        .filter(|file| file.is_file());
    let newest = files
        .max_by_key(|file| std::fs::metadata(file).unwrap().modified().unwrap())
        .unwrap();
    std::fs::read_to_string(newest).unwrap()
}
