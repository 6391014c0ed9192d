//! The name of an engine and a workload's files come in; its figures go out, measured in a process of its
//! own so that neither memory nor a crash of one touches another.

use crate::engine;
use crate::measure::Figures;
use crate::workload::Files;
use std::ffi::OsString;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How an engine is run.
#[derive(Debug)]
pub struct Peer {
    /// What it is called.
    pub name: String,
    program: PathBuf,
    arguments: Vec<String>,
}

/// The engines that are no Rust.
pub const FOREIGN: [&str; 2] = ["java", "go"];

impl Peer {
    /// Makes the engine of that name ready, building it below `target` if it is no Rust.
    pub fn ready(name: &str, target: &Path) -> Result<Peer> {
        match name {
            "java" => java(target),
            "go" => go(target),
            _ if engine::NAMES.contains(&name) => {
                let arguments = ["measure", name].map(str::to_owned).to_vec();
                Ok(Peer {
                    name: name.to_owned(),
                    program: std::env::current_exe()?,
                    arguments,
                })
            }
            _ => Err(Error::other("no such engine")),
        }
    }

    /// The program, if the engine is one of ours.
    pub(crate) fn own(&self) -> Option<&Path> {
        engine::NAMES
            .contains(&self.name.as_str())
            .then_some(&*self.program)
    }

    /// Measures once. An engine that crashes is an error with the last line it said.
    pub fn measure(&self, files: &Files) -> Result<Figures> {
        let mut command = Command::new(&self.program);
        let output = command
            .args(&self.arguments)
            .arg(&files.events)
            .arg(&files.rules)
            .output()?;
        if output.status.success() {
            return Ok(serde_json::from_slice(&output.stdout)?);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Error::other(
            said.lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or("it crashed")
                .to_owned(),
        ))
    }
}

fn source(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(folder)
}

fn succeed(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    Err(Error::other(
        said.lines()
            .last()
            .unwrap_or("it cannot be built")
            .to_owned(),
    ))
}

/// The libraries that are listed, and what was compiled.
fn classpath(list: &Path, target: &Path) -> Result<OsString> {
    let paths = std::fs::read_to_string(list)?;
    let paths = std::env::split_paths(paths.trim()).chain([target.join("classes")]);
    std::env::join_paths(paths.collect::<Vec<_>>()).map_err(Error::other)
}

fn java(target: &Path) -> Result<Peer> {
    let target = target.join("bench-java");
    let list = target.join("classpath");
    let mut maven = Command::new("mvn");
    maven
        .args(["--quiet", "--batch-mode", "--file"])
        .arg(source("java/pom.xml"));
    maven
        .arg(format!("-Dpeer.target={}", target.display()))
        .arg(format!("-Dmdep.outputFile={}", list.display()));
    succeed(maven.args(["compile", "dependency:build-classpath"]))?;
    let classpath = classpath(&list, &target)?;
    // One thread cleans up, so that its time is small and counted.
    let arguments = [
        "-XX:+UseSerialGC",
        "-Xmx4g",
        "-cp",
        &classpath.to_string_lossy(),
        "Peer",
    ]
    .map(str::to_owned)
    .to_vec();
    Ok(Peer {
        name: "java".to_owned(),
        program: "java".into(),
        arguments,
    })
}

fn go(target: &Path) -> Result<Peer> {
    // Go writes sums beside its sources, so they are copied out of the tree.
    let folder = target.join("bench-go");
    std::fs::create_dir_all(&folder)?;
    for file in ["go.mod", "main.go"] {
        std::fs::copy(source("go").join(file), folder.join(file))?;
    }
    let program = folder.join("peer");
    let mut build = Command::new("go");
    build.current_dir(&folder).args(["build", "-mod=mod", "-o"]);
    succeed(build.arg(&program).arg("."))?;
    Ok(Peer {
        name: "go".to_owned(),
        program,
        arguments: Vec::new(),
    })
}
