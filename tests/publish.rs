//! The crates can be published: each package builds from nothing but what it holds, and holds its licences
//! and its README.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that are published, each with its folder.
const CRATES: [(&str, &str); 7] = [
    ("eventbridge-patterns", "patterns"),
    ("eventbridge-runtime", "runtime"),
    ("sagemaker-events", "generated/rust"),
    ("eventbridge-catalog", "catalog"),
    ("eventbridge-codegen", "codegen"),
    ("eventbridge-learn", "learn"),
    ("eventbridge-rules", "rules"),
];

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo builds here is kept from run to run.
fn target() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("publish")
}

/// Runs cargo on the workspace, and gives what it prints.
fn cargo(arguments: &[&str]) -> String {
    printed(Command::new(env!("CARGO")).args(arguments).arg("--offline"))
}

fn printed(command: &mut Command) -> String {
    let run = command
        .env("CARGO_TARGET_DIR", target())
        .current_dir(root())
        .output();
    let output = run.unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Packages all crates and unpacks what would be uploaded; gives the folder of each.
fn unpacked(place: &Path) -> Vec<PathBuf> {
    let archives = target().join("package");
    if archives.exists() {
        fs::remove_dir_all(&archives).unwrap();
    }
    let names = CRATES.iter().flat_map(|(name, _)| ["-p", *name]);
    let arguments: Vec<&str> = ["package", "--allow-dirty", "--no-verify"]
        .into_iter()
        .chain(names)
        .collect();
    cargo(&arguments);
    let folder = |(name, _): &(&str, &str)| {
        let files = fs::read_dir(&archives).unwrap();
        let mut names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let archive = names.find(|file| file.starts_with(name) && file.ends_with(".crate"));
        let archive = archive.unwrap();
        let mut tar = Command::new("tar");
        printed(
            tar.arg("-xzf")
                .arg(archives.join(&archive))
                .arg("-C")
                .arg(place),
        );
        place.join(archive.trim_end_matches(".crate"))
    };
    CRATES.iter().map(folder).collect()
}

/// The events build against the runtime as it would be published. Cargo's own verification is no help: it
/// keeps the runtime of an earlier run, as that has the same version.
#[test]
fn packages_build_on_their_own() {
    let place = tempfile::tempdir().unwrap();
    let [patterns, runtime, events, ..] = &unpacked(place.path())[..] else {
        panic!("the crates are not there");
    };
    let engine = format!("patch.crates-io.eventbridge-patterns.path={patterns:?}");
    let published = format!("patch.crates-io.eventbridge-runtime.path={runtime:?}");
    let manifest = events.join("Cargo.toml").into_os_string().into_string();
    for features in ["--no-default-features", "--all-features"] {
        let manifest = manifest.as_deref().unwrap();
        cargo(&[
            "check",
            "--config",
            &engine,
            "--config",
            &published,
            "--manifest-path",
            manifest,
            features,
        ]);
    }
}

#[test]
fn packages_hold_sources_licences_and_readme() {
    for (name, _) in CRATES {
        let listed = cargo(&["package", "--allow-dirty", "--list", "-p", name]);
        let files = listed
            .lines()
            .filter(|file| *file != ".cargo_vcs_info.json");
        let (sources, others): (BTreeSet<&str>, BTreeSet<&str>) =
            files.partition(|file| file.starts_with("src/"));
        assert!(sources.contains("src/lib.rs"), "{name}");
        let expected = [
            "Cargo.lock",
            "Cargo.toml",
            "Cargo.toml.orig",
            LICENCES[0],
            LICENCES[1],
            "README.md",
        ];
        // Generated packages say where each fact is from.
        let evidence = (name == "sagemaker-events").then_some("evidence.json");
        let expected: BTreeSet<&str> = expected.into_iter().chain(evidence).collect();
        assert_eq!(others, expected, "{name}");
    }
}

#[test]
fn licences_are_those_of_the_project() {
    for licence in LICENCES {
        let text = fs::read_to_string(root().join(licence)).unwrap();
        for (name, folder) in CRATES {
            let copy = fs::read_to_string(root().join(folder).join(licence)).unwrap();
            assert!(
                copy == text,
                "{licence} of {name} differs from the project's"
            );
        }
    }
}

#[test]
fn manifests_tell_what_a_registry_shows() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1", "--locked"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let published = packages
        .iter()
        .filter(|package| CRATES.iter().any(|(name, _)| package["name"] == *name));
    let mut count = 0;
    for package in published {
        count += 1;
        let name = package["name"].as_str().unwrap();
        let said = |key: &str| package[key].as_str().unwrap_or_default();
        assert_eq!(said("license"), "Apache-2.0 OR MIT");
        assert_eq!(said("documentation"), format!("https://docs.rs/{name}"));
        assert_eq!(said("repository"), env!("CARGO_PKG_REPOSITORY"));
        assert_eq!(said("rust_version"), "1.88");
        assert_eq!(said("readme"), "README.md");
        assert!(said("description").len() > 40, "{name}");
        let some = |key: &str| (1..=5).contains(&package[key].as_array().unwrap().len());
        assert!(some("categories") && some("keywords"), "{name}");
        for dependency in package["dependencies"].as_array().unwrap() {
            assert_ne!(dependency["req"], "*", "{name} needs {dependency}");
        }
    }
    assert_eq!(count, CRATES.len());
}
