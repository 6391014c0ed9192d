//! Every crate that this workspace builds with has a licence that both of ours allow, and builds with the
//! Rust version that ours state.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
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
