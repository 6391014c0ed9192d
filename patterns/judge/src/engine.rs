//! Pairs of pattern and event come in; what the engine inside EventBridge says of them goes out. It runs as
//! a Java program beside this one, built by Maven from `java/`.

use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, BufWriter, Error, Result, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A pattern and an event, both as text.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The event pattern.
    pub pattern: String,
    /// The event.
    pub event: String,
}

/// What an engine says of a pair.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Verdict {
    /// Whether it takes the pattern.
    pub valid: bool,
    /// Whether it takes it only with `$or` as the name of a field.
    #[serde(default)]
    pub fallback: bool,
    /// Whether it takes the pattern, but crashes when it is used.
    #[serde(default)]
    pub unusable: bool,
    /// Whether the event matches.
    #[serde(rename = "match")]
    pub matched: Option<bool>,
    /// Why the pattern is refused.
    pub error: Option<String>,
    /// Why the event is refused.
    pub event_error: Option<String>,
}

/// The running engine.
#[derive(Debug)]
pub struct Engine {
    process: Child,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Engine {
    /// Whether this machine has what the engine needs.
    pub fn is_available() -> bool {
        let runs = |program: &str| {
            let mut command = Command::new(program);
            command
                .arg("-version")
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        runs("java") && runs("mvn")
    }

    /// Builds the engine below `target` and starts it.
    pub fn start(target: &Path) -> Result<Engine> {
        let classpath = build(&target.join("judge-java"))?;
        let mut process = Command::new("java")
            .args([
                "-XX:+UseSerialGC",
                "-XX:-StackTraceInThrowable",
                "-Xss8m",
                "-cp",
                &classpath,
                "Judge",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let missing = || Error::other("the engine has no pipes");
        Ok(Engine {
            input: BufWriter::new(process.stdin.take().ok_or_else(missing)?),
            output: BufReader::new(process.stdout.take().ok_or_else(missing)?),
            process,
        })
    }

    /// One verdict for each pair.
    pub fn judge(&mut self, pairs: &[Pair]) -> Result<Vec<Verdict>> {
        self.verdicts(pairs, false)
    }

    /// The verdicts when the engine walks events in the other of its two ways.
    pub(crate) fn judge_otherwise(&mut self, pairs: &[Pair]) -> Result<Vec<Verdict>> {
        self.verdicts(pairs, true)
    }

    fn verdicts(&mut self, pairs: &[Pair], other_finder: bool) -> Result<Vec<Verdict>> {
        let Engine { input, output, .. } = self;
        std::thread::scope(|scope| {
            let written = scope.spawn(move || write(input, pairs, other_finder));
            let mut lines = output.lines();
            let read = pairs.iter().map(|_| {
                let line = lines
                    .next()
                    .unwrap_or_else(|| Err(Error::other("the engine fell silent")))?;
                Ok(serde_json::from_str(&line)?)
            });
            let verdicts = read.collect::<Result<Vec<Verdict>>>();
            written
                .join()
                .unwrap_or_else(|_| Err(Error::other("the engine's input broke")))?;
            verdicts
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It holds nothing that must be saved; that it is gone already is no failure.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Serialize)]
struct Question<'p> {
    #[serde(flatten)]
    pair: &'p Pair,
    other_finder: bool,
}

fn write(input: &mut impl Write, pairs: &[Pair], other_finder: bool) -> Result<()> {
    for pair in pairs {
        serde_json::to_writer(&mut *input, &Question { pair, other_finder })?;
        input.write_all(b"\n")?;
    }
    // An empty line asks for all verdicts so far.
    input.write_all(b"\n")?;
    input.flush()
}

/// Compiles the Java side and returns its class path.
fn build(target: &Path) -> Result<String> {
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("java/pom.xml");
    let list = target.join("classpath");
    let output = Command::new("mvn")
        .args(["--quiet", "--batch-mode", "--file"])
        .arg(project)
        .arg(format!("-Djudge.target={}", target.display()))
        .arg(format!("-Dmdep.outputFile={}", list.display()))
        .args(["compile", "dependency:build-classpath"])
        .output()?;
    if !output.status.success() {
        return Err(Error::other(
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ));
    }
    class_path(&list, target)
}

/// The libraries that are listed, and what was compiled.
fn class_path(list: &Path, target: &Path) -> Result<String> {
    let paths = std::fs::read_to_string(list)?;
    let paths = std::env::split_paths(paths.trim())
        .chain([target.join("classes")])
        .collect::<Vec<_>>();
    std::env::join_paths(paths)
        .map_err(Error::other)?
        .into_string()
        .map_err(|_| Error::other("the class path is no UTF-8"))
}
