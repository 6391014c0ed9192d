//! Every crate that this workspace builds with has a licence that both of ours allow.
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
    let odd: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(package))
        .map(describe)
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
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

fn describe(package: &Value) -> String {
    format!(
        "{} {}: {}",
        package["name"], package["version"], package["license"]
    )
}
