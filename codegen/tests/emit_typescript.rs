//! The TypeScript package of a made-up model: as committed, as Prettier lays it out, and as the
//! compiler takes it.

#![allow(clippy::unwrap_used, reason = "tests")]

mod golden;
mod made_up;
mod tools;

use eventbridge_catalog::model::Model;
use eventbridge_codegen::{File, STAMP, typescript};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What people wrote is the same in every package, and stands in `src/typescript/package/`.
fn made_of_the_model() -> Vec<File> {
    let none = Model {
        events: vec![],
        ..made_up::model()
    };
    let written = typescript::package(&none).files;
    let files = typescript::package(&made_up::model()).files.into_iter();
    files.filter(|file| !written.contains(file)).collect()
}

#[test]
fn the_package_is_the_committed_one() {
    golden::check(&made_of_the_model(), "typescript");
}

#[test]
fn every_file_carries_the_stamp() {
    for file in typescript::package(&made_up::model()).files {
        assert!(
            file.text.lines().take(2).any(|line| line.contains(STAMP)),
            "{}",
            file.path
        );
    }
}

#[test]
fn prettier_would_change_nothing() {
    let Some(node) = tools::node() else { return };
    let folder = tools::scratch("typescript-format");
    golden::write(&typescript::package(&made_up::model()).files, &folder);
    // Data, and modules: the parts that people wrote are checked where they lie, and the others are tables.
    let ignored = "evidence.json\nschemas\n*.js\n";
    fs::write(folder.join(".prettierignore"), ignored).unwrap();
    // How long an example's lines are depends on the names in it.
    let check = ["--check", "--embedded-language-formatting=off", "."];
    tools::run(node.prettier(&check).current_dir(folder));
}

#[test]
fn the_compiler_narrows_the_union_of_all_events() {
    let Some(node) = tools::node() else { return };
    let folder = installed("typescript-use", &made_up::model());
    fs::write(folder.join("use.ts"), include_str!("programs/use.ts")).unwrap();
    let readme = fs::read_to_string(folder.join("node_modules/demo-events/README.md")).unwrap();
    let example = readme
        .split("```ts\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    fs::write(folder.join("readme.ts"), example).unwrap();
    let options = [
        "--strict",
        "--exactOptionalPropertyTypes",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
    ];
    for module in [["node16", "node16"], ["es2022", "bundler"]] {
        let [module, resolution] = module;
        let how = [
            "--module",
            module,
            "--moduleResolution",
            resolution,
            "use.ts",
            "readme.ts",
        ];
        tools::run(
            node.tsc(&options)
                .args(how)
                .args(["--outDir", module])
                .current_dir(&folder),
        );
    }
    // As CommonJS, and as an ES module.
    fs::write(
        folder.join("es2022/package.json"),
        "{ \"type\": \"module\" }\n",
    )
    .unwrap();
    for program in ["node16/use.js", "es2022/use.js"] {
        tools::run(Command::new("node").arg(program).current_dir(&folder));
    }
}

#[test]
fn the_guard_runs() {
    let Some(_) = tools::node() else { return };
    let folder = installed("typescript-guard", &made_up::model());
    let call = "isKnownEvent({'detail-type': 'Shared Call', source: 'aws.demo'}) && !isKnownEvent({'detail-type': 'x'})";
    let import =
        format!("import {{ isKnownEvent }} from 'demo-events'; if (!({call})) process.exit(1)");
    let require = format!(
        "const {{ isKnownEvent }} = require('demo-events'); if (!({call})) process.exit(1)"
    );
    for (name, text) in [("use.mjs", import), ("use.cjs", require)] {
        fs::write(folder.join(name), text).unwrap();
        tools::run(Command::new("node").arg(name).current_dir(&folder));
    }
}

#[test]
fn all_that_is_commonjs_is_javascript() {
    let Some(_) = tools::node() else { return };
    let folder = installed("typescript-scripts", &made_up::model());
    let program = "const fs = require('fs'), { Script } = require('vm'); \
        const folder = 'node_modules/demo-events/src/'; \
        const files = fs.readdirSync(folder).filter((name) => name.endsWith('.js')); \
        for (const name of files) new Script(fs.readFileSync(folder + name, 'utf8'), { filename: name }); \
        if (files.length < 20) process.exit(1)";
    let mut node = Command::new("node");
    tools::run(node.args(["-e", program]).current_dir(&folder));
}

#[test]
fn the_matcher_decides_as_the_service_does() {
    let Some(_) = tools::node() else { return };
    let folder = installed("typescript-matcher", &made_up::model());
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    for program in ["matcher.mjs", "vectors.mjs"] {
        fs::copy(programs.join(program), folder.join(program)).unwrap();
    }
    tools::run(Command::new("node").arg("matcher.mjs").current_dir(&folder));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let transcript = root.join("../shared/patterns");
    if !transcript.exists() {
        println!(
            "{} is not there: no transcript is tested",
            transcript.display()
        );
        return;
    }
    let mut vectors = Command::new("node");
    vectors.arg("vectors.mjs").arg(&transcript);
    let faults = root.join("patterns/tests/deviations.txt");
    // So many rows hold keys that stand twice, or numbers that a double does not hold.
    println!(
        "{}",
        tools::run(vectors.arg(faults).arg("53").current_dir(&folder))
    );
}

/// The parts that people wrote, as their own compiler sees them: with types in comments.
#[test]
fn the_written_parts_are_checked() {
    let Some(node) = tools::node() else { return };
    let folder = tools::scratch("typescript-parts");
    golden::write(&typescript::package(&made_up::model()).files, &folder);
    let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/typescript/package");
    let source = folder.join("typescript/src/esm");
    // What others make is not there.
    let skipped = ["jest.js", "vitest.js", "zod.js", "rule-cdk.js"];
    let mut modules = Vec::new();
    for entry in fs::read_dir(written.join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".js") && !skipped.contains(&name.as_str()) {
            fs::copy(written.join("src").join(&name), source.join(&name)).unwrap();
            modules.push(name);
        }
    }
    for tables in ["details.js", "events.js"] {
        let text = fs::read_to_string(source.join(tables)).unwrap();
        fs::write(source.join(tables), format!("// @ts-nocheck\n{text}")).unwrap();
    }
    let options = [
        "--allowJs",
        "--checkJs",
        "--strict",
        "--noUncheckedIndexedAccess",
        "--noUnusedLocals",
        "--noEmit",
        "--target",
        "es2022",
        "--lib",
        "es2023",
        "--module",
        "nodenext",
    ];
    tools::run(node.tsc(&options).args(&modules).current_dir(&source));
    tools::run(
        node.prettier(&["--check", "."])
            .current_dir(written.join("src")),
    );
}

#[test]
fn a_model_without_events_compiles_too() {
    let Some(node) = tools::node() else { return };
    let folder = installed(
        "typescript-empty",
        &Model {
            events: vec![],
            ..made_up::model()
        },
    );
    fs::write(
        folder.join("use.ts"),
        "import type { Event } from \"demo-events\";\nexport type E = Event;\n",
    )
    .unwrap();
    tools::run(
        node.tsc(&["--strict", "--noEmit", "--module", "node16", "use.ts"])
            .current_dir(folder),
    );
}

/// A project that depends on the package.
fn installed(name: &str, model: &Model) -> PathBuf {
    let folder = tools::scratch(name);
    golden::write(&typescript::package(model).files, &folder);
    fs::create_dir(folder.join("node_modules")).unwrap();
    fs::rename(
        folder.join("typescript"),
        folder.join("node_modules/demo-events"),
    )
    .unwrap();
    fs::write(folder.join("package.json"), "{ \"private\": true }\n").unwrap();
    folder
}
