//! Generated packages come in, each called as its folder; which of the programs in this folder compilers refuse with
//! which package goes out. Each compiler runs once over all of them.

use crate::languages::{copy, folder, tools};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const LANGUAGES: [&str; 3] = ["rust", "typescript", "python"];

/// A program with a package; `itself` is the package alone.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    pub(crate) language: &'static str,
    pub(crate) package: String,
    pub(crate) program: String,
}

/// What compilers say.
#[derive(Default)]
pub(crate) struct Said {
    /// What they refuse.
    pub(crate) refused: BTreeSet<Use>,
    /// What they tell to use what is deprecated.
    pub(crate) deprecated: BTreeSet<Use>,
    /// What they warn of besides.
    pub(crate) warned: BTreeSet<Use>,
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

/// What is said of the programs, in all languages whose tools are there.
pub(crate) fn compiled(home: &Path, variants: &[Variant]) -> Said {
    let mut said = Said::default();
    rust(&home.join("rust"), variants, &mut said);
    typescript(&home.join("typescript"), variants, &mut said);
    python(&home.join("python"), variants, &mut said);
    said
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

fn rust(place: &Path, variants: &[Variant], said: &mut Said) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = programs("rust");
    let mut members = Vec::new();
    for variant in variants {
        let name = &variant.name;
        copy(&variant.generated.join("rust"), &place.join(name));
        let user = place.join(format!("{name}-user"));
        fs::create_dir_all(user.join("src/bin")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}-user\"\nedition = \"2024\"\n\n[dependencies]\nkilns = {{ package = \"{name}\", features = [\"patterns\"], path = \"../{name}\" }}\n"
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
    for message in messages.iter().filter(|it| it["message"].is_object()) {
        let target = message["target"]["name"].as_str().unwrap();
        let (package, program) = target.rsplit_once('-').unwrap_or((target, "itself"));
        let of = Use {
            language: "rust",
            package: package.replace('_', "-"),
            program: program.to_owned(),
        };
        let (level, code) = (
            &message["message"]["level"],
            &message["message"]["code"]["code"],
        );
        let kind = match level.as_str() {
            Some("error") => &mut said.refused,
            Some("warning") if code == "deprecated" && program != "itself" => &mut said.deprecated,
            Some("warning") => &mut said.warned,
            _ => continue,
        };
        println!(
            "rust {target}: {}",
            message["message"]["message"].as_str().unwrap()
        );
        kind.insert(of);
    }
}

fn typescript(place: &Path, variants: &[Variant], said: &mut Said) {
    let Some(node) = tools::node() else {
        return;
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
    let text = String::from_utf8_lossy(&output.stdout);
    said.refused.extend(told("typescript", &text, ": error TS"))
}

const STRICT: [&str; 3] = [
    "--strict",
    "--enable-error-code=deprecated",
    "--report-deprecated-as-note",
];

fn python(place: &Path, variants: &[Variant], said: &mut Said) {
    let Some(python) = tools::python() else {
        return;
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
    let mut mypy = python.module("mypy", &STRICT);
    let output = mypy.args(files).current_dir(place).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("Found ") || text.contains("Success"),
        "{text}"
    );
    said.refused.extend(told("python", &text, ": error:"));
    let deprecated: String = text
        .lines()
        .filter(|line| line.contains("deprecated"))
        .map(|line| {
            format!(
                "{line}
"
            )
        })
        .collect();
    said.deprecated
        .extend(told("python", &deprecated, ": note:"));
}

/// The files that a compiler tells of: `kilns-1-free/read.ts(3,1): error …`, `kilns_1_free_read.py:3: error: …`
fn told(language: &'static str, said: &str, mark: &str) -> BTreeSet<Use> {
    let lines = said.lines().filter(|line| line.contains(mark));
    lines
        .map(|line| {
            println!("{language} {line}");
            let file = line.split(['(', ':']).next().unwrap();
            let (stem, _) = file.rsplit_once('.').unwrap();
            let (package, program) = stem.rsplit_once(['/', '_']).unwrap();
            Use {
                language,
                package: package.replace('_', "-"),
                program: program.to_owned(),
            }
        })
        .collect()
}
