//! Generated packages come in, each called as its folder; which of the programs in this folder compilers refuse with
//! which package goes out. Each compiler runs once over all of them.

use crate::languages::{copy, folder, tools};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const LANGUAGES: [&str; 3] = ["rust", "typescript", "python"];

/// A program that a compiler refuses.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Broken {
    pub(crate) language: &'static str,
    pub(crate) package: String,
    pub(crate) program: String,
}

/// The packages of a set.
pub(crate) struct Variant {
    name: String,
    generated: PathBuf,
}

impl Variant {
    pub(crate) fn new(home: &Path, name: &str) -> Variant {
        Variant {
            name: name.to_owned(),
            generated: home.join(name).join("generated"),
        }
    }
}

/// The programs that are refused, in all languages whose tools are there.
pub(crate) fn broken(home: &Path, variants: &[Variant]) -> BTreeSet<Broken> {
    let mut broken = rust(&home.join("rust"), variants);
    broken.extend(typescript(&home.join("typescript"), variants));
    broken.extend(python(&home.join("python"), variants));
    broken
}

/// The programs of a language: their names and texts.
fn programs(language: &str) -> Vec<(String, String)> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/changes")
        .join(language);
    let programs = folder(place).into_iter().map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    programs.collect()
}

fn rust(place: &Path, variants: &[Variant]) -> BTreeSet<Broken> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = programs("rust");
    let mut members = Vec::new();
    for variant in variants {
        let name = &variant.name;
        copy(&variant.generated.join("rust"), &place.join(name));
        let user = place.join(format!("{name}-user"));
        fs::create_dir_all(user.join("src/bin")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}-user\"\nedition = \"2024\"\n\n[dependencies]\nkilns = {{ package = \"{name}\", path = \"../{name}\" }}\n"
        );
        fs::write(user.join("Cargo.toml"), manifest).unwrap();
        for (program, text) in &programs {
            // `build` alone is no name that cargo takes.
            fs::write(user.join(format!("src/bin/{name}-{program}.rs")), text).unwrap();
        }
        members.push(format!("{name}-user"));
    }
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(place.join("Cargo.toml"), workspace).unwrap();
    fs::copy(root.join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    let runtime = root.join("runtime");
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--offline",
            "--message-format=json",
            "--config",
        ])
        .arg(format!(
            "patch.crates-io.eventbridge-runtime.path={runtime:?}"
        ))
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes"),
        )
        .current_dir(place)
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages: Vec<Value> = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let finished = messages.iter().any(|it| it["reason"] == "build-finished");
    assert!(finished, "{}", String::from_utf8_lossy(&output.stderr));
    let errors = messages
        .iter()
        .filter(|it| it["message"]["level"] == "error");
    errors
        .map(|it| {
            let target = it["target"]["name"].as_str().unwrap();
            let (package, program) = target.rsplit_once('-').unwrap_or((target, "itself"));
            println!(
                "rust {target}: {}",
                it["message"]["message"].as_str().unwrap()
            );
            Broken {
                language: "rust",
                package: package.to_owned(),
                program: program.to_owned(),
            }
        })
        .collect()
}

fn typescript(place: &Path, variants: &[Variant]) -> BTreeSet<Broken> {
    let Some(node) = tools::node() else {
        return BTreeSet::new();
    };
    let mut tsc = node.tsc(&[
        "--strict",
        "--noEmit",
        "--skipLibCheck",
        "--module",
        "node16",
        "--target",
        "es2022",
    ]);
    for variant in variants {
        let user = place.join(&variant.name);
        copy(
            &variant.generated.join("typescript"),
            &user.join("node_modules/kilns"),
        );
        for (program, text) in programs("typescript") {
            fs::write(user.join(format!("{program}.ts")), text).unwrap();
            tsc.arg(format!("{}/{program}.ts", variant.name));
        }
    }
    let output = tsc.current_dir(place).output().unwrap();
    refused(
        "typescript",
        &String::from_utf8_lossy(&output.stdout),
        ": error TS",
    )
}

fn python(place: &Path, variants: &[Variant]) -> BTreeSet<Broken> {
    let Some(python) = tools::python() else {
        return BTreeSet::new();
    };
    let mut files = Vec::new();
    for variant in variants {
        let module = variant.name.replace('-', "_");
        copy(&variant.generated.join("python/src"), place);
        for (program, text) in programs("python") {
            let file = format!("{module}_{program}.py");
            fs::write(
                place.join(&file),
                text.replace("from kilns", &format!("from {module}")),
            )
            .unwrap();
            files.push(file);
        }
    }
    let mut mypy = python.module("mypy", &["--strict"]);
    let output = mypy.args(files).current_dir(place).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("Found ") || said.contains("Success"),
        "{said}"
    );
    refused("python", &said, ": error:")
}

/// The files that a compiler tells of: `kilns-1-free/read.ts(3,1): error …`, `kilns_1_free_read.py:3: error: …`
fn refused(language: &'static str, said: &str, mark: &str) -> BTreeSet<Broken> {
    let lines = said.lines().filter(|line| line.contains(mark));
    lines
        .map(|line| {
            println!("{language} {line}");
            let file = line.split(['(', ':']).next().unwrap();
            let (stem, _) = file.rsplit_once('.').unwrap();
            let (package, program) = stem.rsplit_once(['/', '_']).unwrap();
            Broken {
                language,
                package: package.replace('_', "-"),
                program: program.to_owned(),
            }
        })
        .collect()
}
