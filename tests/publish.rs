//! The crates can be published: each package builds from nothing but what it holds, and holds its licences
//! and its README.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The crates that are published, each with its folder.
const CRATES: [(&str, &str); 3] = [
    ("eventbridge-runtime", "runtime"),
    ("sagemaker-events", "generated/rust"),
    ("eventbridge-codegen", "codegen"),
];

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs cargo on the workspace, with a folder of its own for what it builds, kept from run to run.
fn cargo(arguments: &[&str]) -> Output {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("publish");
    Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .env("CARGO_TARGET_DIR", target)
        .current_dir(root())
        .output()
        .unwrap()
}

fn succeeds(arguments: &[&str]) -> String {
    let output = cargo(arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}:\n{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Cargo packages the runtime, and then builds the package of the events against that one.
#[test]
fn packages_build_on_their_own() {
    let packages = ["-p", "eventbridge-runtime", "-p", "sagemaker-events"];
    succeeds(&[&["package", "--allow-dirty"], &packages[..]].concat());
    let codegen = ["-p", "eventbridge-codegen", "--no-verify"];
    succeeds(&[&["package", "--allow-dirty"], &packages[..2], &codegen[..]].concat());
}

#[test]
fn packages_hold_sources_licences_and_readme() {
    for (name, _) in CRATES {
        let listed = succeeds(&["package", "--allow-dirty", "--list", "-p", name]);
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
        assert_eq!(others, BTreeSet::from(expected), "{name}");
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
    let metadata = succeeds(&["metadata", "--no-deps", "--format-version", "1", "--locked"]);
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
