//! A folder with made-up pages, a loopback registry behind a socket, and the tool, which asks it through the program
//! that talks to AWS.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::loopback::{Loopback, http};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

/// What every client is configured with.
pub(crate) const AWS: [(&str, &str); 6] = [
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "made up"),
    ("AWS_REGION", "eu-north-1"),
    ("AWS_DEFAULT_REGION", "eu-north-1"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    ("AWS_CONFIG_FILE", "/nowhere"),
];

pub(crate) struct Place {
    folder: TempDir,
    pub(crate) registry: Arc<Loopback>,
    pub(crate) url: String,
}

/// The tool, as this build of the workspace has it.
pub(crate) fn tool() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_eventbridge-registry-aws"));
    let tool = program.with_file_name(format!(
        "eventbridge-codegen{}",
        std::env::consts::EXE_SUFFIX
    ));
    assert!(
        tool.is_file(),
        "first: cargo build -p eventbridge-codegen-cli"
    );
    tool
}

impl Place {
    pub(crate) fn new() -> Place {
        Place::with(Loopback::new())
    }

    pub(crate) fn with(registry: Loopback) -> Place {
        let registry = Arc::new(registry);
        Place {
            folder: TempDir::new().unwrap(),
            url: http::serve(Arc::clone(&registry)),
            registry,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(tool());
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .envs(AWS);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// `register` against the registry of this place, as fast as it goes.
    pub(crate) fn register(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["register"]);
        command
            .args(arguments)
            .args(["--endpoint-url", &self.url, "--rate", "0"]);
        command
    }

    /// Runs a command that must end well, and gives what it printed.
    pub(crate) fn done(&self, command: &mut Command) -> String {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{command:?}\n{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The schemas of a report, each with what is to be done.
    pub(crate) fn planned(&self, arguments: &[&str]) -> BTreeMap<String, String> {
        let plan = ["plan", "--format", "json"];
        let report = self.done(self.register(&plan).args(arguments));
        let report: Value = serde_json::from_str(&report).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let schemas = report["schemas"].as_array().unwrap().iter();
        schemas
            .map(|schema| (text(&schema["name"]), text(&schema["action"])))
            .collect()
    }

    /// Learns kilns, and makes the packages.
    pub(crate) fn kilns(&self, page: &str) {
        fs::write(self.path("kilns.md"), page).unwrap();
        self.done(&mut self.command(&["learn", "kilns.md"]));
        self.done(&mut self.command(&[]));
    }
}

pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A page of so many kilns, the first of which also has the fields given.
pub(crate) fn page(kilns: usize, more: &str) -> String {
    let mut page = "# Kilns\n\nWhat kilns send.\n".to_owned();
    for number in 0..kilns {
        let more = if number == 0 { more } else { "" };
        page.push_str(&format!(
            r#"
## Kiln Event{number} State Change

```
{{ "version": "0", "id": "e{number}", "detail-type": "Kiln Event{number} State Change", "source": "my.kiln", "account": "123456789012",
  "time": "2026-01-02T03:04:05Z", "region": "eu-north-1", "resources": [],
  "detail": {{ {more} "FiringName": "glaze", "Shelves": [ {{ "Cone": 6 }} ] }} }}
```
"#
        ));
    }
    page
}

/// The files of a folder and below, with what they hold.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_owned();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
    }
    files
}
