//! Every crate that this workspace builds with has a licence that both of ours allow, and builds with the
//! Rust version that ours state.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Permissive licences, and those that bind their own files alone.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_has_an_allowed_licence() {
    let odd: Vec<String> = packages()
        .iter()
        .filter(|package| !is_allowed(package))
        .map(|package| describe(package, "license"))
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

/// `deny.toml` is for `cargo deny`, which is not installed everywhere.
#[test]
fn cargo_deny_allows_the_same_licences() {
    let config = std::fs::read_to_string("deny.toml").unwrap();
    let (_, licences) = config.split_once("\nallow = [").unwrap();
    let (licences, _) = licences.split_once(']').unwrap();
    let theirs: Vec<&str> = licences
        .split(',')
        .map(|licence| licence.trim().trim_matches('"'))
        .filter(|licence| !licence.is_empty())
        .collect();
    assert_eq!(theirs, ALLOWED);
}

/// On all platforms, and for the fuzz targets: one registry, no repository that may change, each with its checksum.
#[test]
fn every_dependency_comes_from_the_registry_and_is_what_it_was() {
    let mut registries = BTreeSet::new();
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let text = std::fs::read_to_string(lock).unwrap();
        let packages: Vec<&str> = text.split("[[package]]").skip(1).collect();
        assert!(packages.len() > 20);
        for package in packages {
            let value = |key: &str| {
                let mut lines = package.lines();
                lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
            };
            let Some(source) = value("source") else {
                continue; // a crate of our own
            };
            assert!(source.starts_with("\"registry+"), "{lock}: {package}");
            assert!(value("checksum").is_some(), "{lock}: {package}");
            registries.insert(source.to_owned());
        }
    }
    assert_eq!(registries.len(), 1, "{registries:?}");
}

/// Clippy holds the sources to the stated Rust; the lock file must not ask for a newer one either.
#[test]
fn every_dependency_builds_with_the_stated_rust() {
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let newer = |package: &&Value| {
        let asks = package["rust_version"].as_str();
        asks.is_some_and(|asks| version(asks) > ours)
    };
    let newer: Vec<String> = packages()
        .iter()
        .filter(newer)
        .map(|package| describe(package, "rust_version"))
        .collect();
    assert!(newer.is_empty(), "{newer:#?}");
}

/// `1.88` as `[1, 88, 0]`.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

/// What this workspace builds with, itself included.
fn packages() -> Vec<Value> {
    let host = host();
    let arguments = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--offline",
        "--filter-platform",
        &host,
    ];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    packages.clone()
}

/// Only what this machine builds is downloaded.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap()
        .to_owned()
}

/// Whether each part that is joined by `AND` offers an allowed choice.
fn is_allowed(package: &Value) -> bool {
    let expression = package["license"]
        .as_str()
        .unwrap_or_default()
        .replace('/', " OR ");
    let parts = expression
        .split(" AND ")
        .map(|part| part.trim_matches(['(', ')', ' ']).to_owned());
    let choice = |part: String| {
        part.split(" OR ")
            .any(|name| ALLOWED.contains(&name.trim_matches(['(', ')', ' '])))
    };
    parts.into_iter().all(choice)
}

fn describe(package: &Value, key: &str) -> String {
    format!(
        "{} {}: {}",
        package["name"], package["version"], package[key]
    )
}
