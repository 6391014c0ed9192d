//! What the tests of `match` share: a folder with files, and what the tool says there.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub const HOT: &str =
    r#"{"source":"my.kiln","detail-type":"Kiln Firing","detail":{"status":"Hot","degrees":1250}}"#;
pub const COLD: &str =
    r#"{"source":"my.kiln","detail-type":"Kiln Firing","detail":{"status":"Cold","degrees":18}}"#;
pub const IS_HOT: &str = r#"{"source":["my.kiln"],"detail":{"status":[{"prefix":"H"}]}}"#;

pub struct Place {
    pub folder: TempDir,
}

impl Place {
    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let place = Place {
            folder: TempDir::new().unwrap(),
        };
        for (name, text) in files {
            let path = place.folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        place
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        let mut process = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .arg("match")
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses its arguments does not read.
        let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
        Said::of(process.wait_with_output().unwrap())
    }
}

pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let said = Said {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!said.err.contains("panicked"), "{}", said.err);
        said
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}
