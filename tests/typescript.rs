//! The TypeScript package as its users have it: packed by npm, with the tools and libraries that they use. It takes
//! minutes and hundreds of megabytes: `cargo test --test typescript -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use languages::{copy, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A project that has the packed package and all tools, and the tarball.
fn project(name: &str) -> Option<(PathBuf, PathBuf)> {
    let node = tools::users()?;
    let place = tools::scratch(name);
    let package = root().join("generated/typescript");
    let pack = ["pack", "--silent", "--pack-destination"];
    let packed = tools::run(
        Command::new("npm")
            .args(pack)
            .arg(&place)
            .current_dir(package),
    );
    let tarball = place.join(packed.trim());
    let modules = place.join("node_modules");
    fs::create_dir_all(modules.join("sagemaker-events")).unwrap();
    let mut unpack = Command::new("tar");
    unpack
        .arg("xzf")
        .arg(&tarball)
        .args(["--strip-components=1", "-C"]);
    tools::run(unpack.arg(modules.join("sagemaker-events")));
    for path in languages::folder(node.modules()) {
        link(&path, &modules.join(path.file_name().unwrap()));
    }
    fs::write(place.join("package.json"), "{ \"private\": true }\n").unwrap();
    Some((place, tarball))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) {
    std::os::unix::fs::symlink(from, to).unwrap();
}

#[cfg(not(unix))]
fn link(from: &Path, to: &Path) {
    copy(from, to);
}

/// Every documented event, and those that arrived, one a line.
fn events(place: &Path) -> PathBuf {
    let mut lines = String::new();
    for (_, event) in languages::samples(&root().join("schemas")) {
        lines += &format!("{event}\n");
    }
    let arrived = root().join("../shared/evidence/deliveries/sagemaker-observed.ndjson");
    for file in [
        root().join("tests/data/deliveries/state-changes.ndjson"),
        arrived,
    ] {
        match fs::read_to_string(&file) {
            Ok(text) => lines += &text,
            Err(_) => println!("{} is not there", file.display()),
        }
    }
    let path = place.join("events.ndjson");
    fs::write(&path, lines).unwrap();
    path
}

fn node(place: &Path, arguments: &[&str]) -> String {
    tools::run(Command::new("node").args(arguments).current_dir(place))
}

#[test]
#[ignore = "takes minutes, and hundreds of megabytes of tools"]
fn users_have_what_they_were_promised() {
    let Some((place, tarball)) = project("typescript-promised") else {
        return;
    };
    copy(&root().join("tests/typescript"), &place);
    for compiler in ["typescript-5.0", "typescript", "typescript-newest"] {
        let compiler = format!("node_modules/{compiler}/bin/tsc");
        for module in ["node16", "esnext"] {
            let resolution = if module == "esnext" {
                "bundler"
            } else {
                module
            };
            let strict = [
                &compiler,
                "--strict",
                "--exactOptionalPropertyTypes",
                "--noEmit",
                "--skipLibCheck",
                "--target",
                "es2022",
                "--module",
                module,
                "--moduleResolution",
                resolution,
                "types.ts",
            ];
            node(&place, &strict);
        }
        println!("{}", node(&place, &[&compiler, "--version"]).trim());
    }
    every_example_of_the_readme_compiles(&place);
    let events = events(&place);
    let (events, tarball) = (events.to_str().unwrap(), tarball.to_str().unwrap());
    println!("{}", node(&place, &["doors.mjs", events]));
    println!(
        "{}",
        node(
            &place,
            &["node_modules/publint/src/cli.js", "--strict", tarball]
        )
    );
    let attw = [
        "node_modules/@arethetypeswrong/cli/dist/index.js",
        tarball,
        "--exclude-entrypoints",
        "vitest",
        "--format",
        "table-flipped",
    ];
    println!("{}", node(&place, &attw));
    let mut compare = Command::new("node");
    compare.args(["compare.mjs", events]).current_dir(&place);
    if let Some(quicktype) = tools::quicktype() {
        compare.arg(quicktype.modules());
    }
    println!("{}", tools::run(&mut compare));
    let schema = root().join("schemas/aws.sagemaker/TrainingJobStateChange.json");
    println!(
        "{}",
        node(
            &place,
            &["measure.mjs", tarball, events, schema.to_str().unwrap()]
        )
    );
}

/// As users copy them: each block by itself, but for the test, whose rule is the block before.
fn every_example_of_the_readme_compiles(place: &Path) {
    let readme = fs::read_to_string(root().join("generated/typescript/README.md")).unwrap();
    let folder = place.join("readme");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n").unwrap();
    let blocks = readme.split("```ts\n").skip(1);
    let blocks: Vec<&str> = blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(blocks.len() > 8, "{} examples", blocks.len());
    let mut compile = vec!["../node_modules/typescript/bin/tsc".to_owned()];
    let options = "--strict --noEmit --skipLibCheck --target es2022 --module node16";
    compile.extend(options.split(' ').map(str::to_owned));
    for (index, block) in blocks.iter().enumerate() {
        let is_rule = block.contains("export const rule");
        let name = if is_rule {
            "rule.ts".to_owned()
        } else {
            format!("example{index}.ts")
        };
        fs::write(folder.join(&name), block).unwrap();
        compile.push(name);
    }
    tools::run(Command::new("node").args(&compile).current_dir(&folder));
}

#[test]
#[ignore = "takes minutes, and hundreds of megabytes of tools"]
fn the_examples_do_what_they_say() {
    let Some((place, _)) = project("typescript-examples") else {
        return;
    };
    copy(&root().join("examples/typescript"), &place);
    node(&place, &["node_modules/typescript/bin/tsc", "-p", "."]);
    println!(
        "{}",
        node(&place, &["node_modules/vitest/vitest.mjs", "run"])
    );
    let written = place.join("written");
    copy(&root().join("codegen/src/typescript/package"), &written);
    node(&written, &["../node_modules/eslint/bin/eslint.js", "src"]);
}
