//! `register` where the program that talks to AWS is missing, is another, or ends. One test alone: while it writes a
//! program, no other may start one, which would hold it open.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const NAME: &str = "eventbridge-registry-aws";

/// What the tool says, alone in a folder but for a script in place of the program that talks to AWS.
fn told(folder: &Path, script: Option<&str>) -> String {
    let program = folder.join(NAME);
    if let Some(script) = script {
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut tool = Command::new(folder.join("eventbridge-codegen"));
    tool.args(["register", "plan", "--registry", "kilns"]);
    tool.current_dir(folder)
        .env("PATH", "/nowhere")
        .stdin(Stdio::null());
    let output = tool.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    told
}

#[test]
fn a_program_that_is_missing_or_another_or_ends_is_told_and_nobody_waits_for_it() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    let documents = folder.join("generated/registry/openapi3");
    fs::create_dir_all(&documents).unwrap();
    let document = r#"{"openapi": "3.0.0", "components": {"schemas": {"AWSEvent": {
        "x-amazon-events-source": "my.kiln", "x-amazon-events-detail-type": "Kiln Fired",
        "properties": {"detail": {"properties": {"Cone": {"type": "string"}}}}}}}}"#;
    fs::write(documents.join("my.kiln@KilnFired.json"), document).unwrap();
    fs::copy(
        env!("CARGO_BIN_EXE_eventbridge-codegen"),
        folder.join("eventbridge-codegen"),
    )
    .unwrap();
    let missing = told(folder, None);
    for part in [NAME, "cargo build -p", "--from"] {
        assert!(missing.contains(part), "{missing}");
    }
    let hello = r#"echo '{"protocol":1,"region":"x"}'"#;
    for (script, expected) in [
        ("exit 0", "ended without a word"),
        ("echo hello", "is not the program"),
        (r#"echo '{"protocol":99}'"#, "speaks protocol 99"),
        (hello, "ended before it answered"),
        (
            &format!("{hello}; read line; echo odd; exit 1"),
            "ended before it answered",
        ),
        (
            r#"echo '{"protocol":1,"failure":{"status":401,"message":"no such profile"}}'"#,
            "no such profile",
        ),
    ] {
        let told = told(folder, Some(script));
        assert!(told.contains(expected), "{script}: {told}");
    }
}
