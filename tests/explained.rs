//! Why a pattern matches or does not, and why a text is no pattern, is said in the same words by Rust, TypeScript and
//! Python: on the transcript of the service's engine, where it lies beside the repository.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use eventbridge_patterns::Pattern;
use flate2::read::GzDecoder;
use languages::{copy, tools};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rows of the transcript, each with what the Rust engine says, one a line.
fn told(folder: &Path) -> String {
    let mut lines = String::new();
    for name in ["conformance.jsonl.gz", "random.jsonl.gz"] {
        let file = BufReader::new(GzDecoder::new(fs::File::open(folder.join(name)).unwrap()));
        for line in file.lines() {
            let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
            if let Some(said) = said(&row) {
                // Of events with numbers beyond a double Rust gives no hints.
                let text = row["event"].as_str().unwrap_or("{}");
                let hints = serde_json::from_str::<Value>(text).is_ok();
                let mut row = row;
                row["said"] = json!(said);
                row["hints"] = json!(hints);
                lines += &format!("{row}\n");
            }
        }
    }
    lines
}

/// Nothing where there is no event, or one that is malformed: its places are counted in bytes.
fn said(row: &Value) -> Option<String> {
    match row["pattern"].as_str()?.parse::<Pattern>() {
        Err(error) => Some(error.to_string()),
        Ok(pattern) => {
            let explained = pattern.explain(row["event"].as_str()?.as_bytes());
            Some(explained.ok()?.to_string())
        }
    }
}

/// A folder with the rows and the programs; none where there is no transcript.
fn place(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let transcript = root.join("../shared/patterns");
    if !transcript.is_dir() {
        println!("the transcript of the engine is not there");
        return None;
    }
    let place = tools::scratch(name);
    copy(&root.join("tests/explained"), &place);
    fs::write(place.join("rows.ndjson"), told(&transcript)).unwrap();
    Some(place)
}

#[test]
fn typescript_says_what_rust_says() {
    let (Some(_), Some(place)) = (tools::node(), place("explained-typescript")) else {
        return;
    };
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/typescript");
    copy(&package, &place.join("node_modules/sagemaker-events"));
    let mut compare = Command::new("node");
    print!(
        "{}",
        tools::run(compare.arg("compare.mjs").current_dir(&place))
    );
}

#[test]
fn python_says_what_rust_says() {
    let (Some(python), Some(place)) = (tools::python(), place("explained-python")) else {
        return;
    };
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/python/src");
    copy(&package, &place);
    let compare = &mut python.python(&["compare.py"]);
    print!("{}", tools::run(compare.current_dir(&place)));
}
