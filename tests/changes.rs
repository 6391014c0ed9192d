//! What each change of a page does to those who use the packages, as compilers see it: programs that read, build, match
//! and import, against the packages before and after the change, without the surface lock and with it. What `diff` says
//! is never weaker.
//!
//! It takes minutes: `cargo test --test changes -- --ignored --nocapture` prints the table. cargo-semver-checks gives its
//! word where it is installed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "changes/compilers.rs"]
mod compilers;
#[allow(dead_code, reason = "a part is used")]
mod languages;
#[path = "changes/rows.rs"]
mod rows;

use compilers::{LANGUAGES, Variant, compiled};
use eventbridge_catalog::diff::{self, Effect, Package};
use eventbridge_catalog::files;
use eventbridge_catalog::model::Model;
use eventbridge_catalog::surface::{SURFACE, exposed};
use eventbridge_codegen::generate::{self, Breaks};
use languages::tools;
use rows::{Row, Set, rows};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A row as it came out.
struct Outcome {
    row: Row,
    free: Verdict,
    locked: Verdict,
}

/// What became of a set, and what `diff` says of that.
struct Verdict {
    package: String,
    effects: [Effect; 3],
}

const PACKAGES: [Package; 3] = [Package::Rust, Package::TypeScript, Package::Python];

/// Generates the packages of a set.
fn generate(place: &Path, breaks: &Breaks) {
    let (schemas, out) = (place.join("schemas"), place.join("generated"));
    let generated = generate::plan_with(&schemas, &out, breaks);
    let generated =
        generated.unwrap_or_else(|problems| panic!("{}: {problems:#?}", place.display()));
    files::apply(&schemas, &generated.surface).unwrap();
    files::apply(&out, &generated.changes).unwrap();
}

fn verdict(home: &Path, row: &Row, name: String, locked: bool) -> Verdict {
    let place = home.join(&name);
    let old = home.join("kilns-before");
    let was: Model = exposed(&old.join("schemas")).unwrap();
    row.changed().write(&place.join("schemas"), &name);
    if locked {
        fs::copy(
            old.join("schemas").join(SURFACE),
            place.join("schemas").join(SURFACE),
        )
        .unwrap();
    }
    let breaks = if locked {
        &row.breaks
    } else {
        &Breaks::Allowed
    };
    generate(&place, breaks);
    let is: Model = exposed(&place.join("schemas")).unwrap();
    let found = diff::diff(&was, &is);
    Verdict {
        effects: PACKAGES.map(|package| found.effect(package)),
        package: name,
    }
}

fn outcomes(home: &Path) -> Vec<Outcome> {
    Set::base().write(&home.join("kilns-before/schemas"), "kilns-before");
    generate(&home.join("kilns-before"), &Breaks::Refused);
    let rows = rows().into_iter().enumerate();
    rows.map(|(number, row)| Outcome {
        free: verdict(home, &row, format!("kilns-{number}-free"), false),
        locked: verdict(home, &row, format!("kilns-{number}-locked"), true),
        row,
    })
    .collect()
}

/// `read, build`, and the verdict: `!` where it says that nothing breaks.
fn cell(broken: &BTreeSet<String>, effect: Effect) -> String {
    let who = match broken.is_empty() {
        true => "–".to_owned(),
        false => broken.iter().cloned().collect::<Vec<_>>().join(", "),
    };
    format!("{who} ({})", effect.name())
}

#[test]
#[ignore = "takes minutes"]
fn no_verdict_is_weaker_than_that_of_compilers_and_the_lock_keeps_all_but_decisions() {
    let home = tools::scratch("changes");
    let outcomes = outcomes(&home);
    let mut variants = vec![Variant::new(&home, "kilns-before")];
    for outcome in &outcomes {
        for verdict in [&outcome.free, &outcome.locked] {
            variants.push(Variant::new(&home, &verdict.package));
        }
    }
    let said = compiled(&home, &variants);
    let mut wrong: Vec<String> = said
        .warned
        .iter()
        .map(|it| format!("warns of itself: {it:?}"))
        .collect();
    let of = |language: &str, package: &str| -> BTreeSet<String> {
        let found = said
            .refused
            .iter()
            .filter(|it| it.language == language && it.package == package);
        found.map(|it| it.program.clone()).collect()
    };
    for language in LANGUAGES {
        assert_eq!(
            of(language, "kilns-before"),
            BTreeSet::new(),
            "{language}: nothing changed"
        );
    }
    println!(
        "| change | {} |",
        LANGUAGES
            .map(|it| format!("{it} | {it}, locked"))
            .join(" | ")
    );
    println!("|---|{}", "---|".repeat(6));
    for outcome in &outcomes {
        let mut cells = Vec::new();
        for (index, language) in LANGUAGES.into_iter().enumerate() {
            for (verdict, locked) in [(&outcome.free, false), (&outcome.locked, true)] {
                let broken = of(language, &verdict.package);
                let effect = verdict.effects[index];
                let told = format!(
                    "{}, {language}{}",
                    outcome.row.name,
                    if locked { ", locked" } else { "" }
                );
                if !broken.is_empty() && effect != Effect::Breaking {
                    wrong.push(format!(
                        "{told}: breaks {broken:?}, told as {}",
                        effect.name()
                    ));
                }
                if locked && !broken.is_empty() && !outcome.row.is_decided() {
                    wrong.push(format!("{told}: breaks {broken:?} in spite of the lock"));
                }
                cells.push(cell(&broken, effect));
            }
        }
        println!("| {} | {} |", outcome.row.name, cells.join(" | "));
    }
    // What is kept although it is no longer documented is marked, where a language has a mark.
    for outcome in &outcomes {
        let marked = |language: &str| {
            let mut told = said.deprecated.iter();
            told.any(|it| it.language == language && it.package == outcome.locked.package)
        };
        for language in outcome.row.marks.iter().filter(|it| !marked(it)) {
            wrong.push(format!("{}, {language}: no mark", outcome.row.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The Rust package of a set, called `kilns`, which takes the runtime of this tree.
fn kilns(place: &Path, set: &Set, lock: Option<&Path>) {
    set.write(&place.join("schemas"), "kilns");
    if let Some(lock) = lock {
        fs::copy(lock, place.join("schemas").join(SURFACE)).unwrap();
    }
    generate(place, &Breaks::Refused);
    let manifest = place.join("generated/rust/Cargo.toml");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let text = fs::read_to_string(&manifest).unwrap();
    let from = "eventbridge-runtime = \"";
    let (before, rest) = text.split_once(from).unwrap();
    let (version, after) = rest.split_once('"').unwrap();
    let to = format!("eventbridge-runtime = {{ path = {runtime:?}, version = \"{version}\" }}");
    fs::write(manifest, format!("{before}{to}{after}\n[workspace]\n")).unwrap();
}

#[test]
#[ignore = "takes minutes, and wants cargo-semver-checks"]
fn cargo_semver_checks_has_nothing_to_say_of_what_the_lock_keeps() {
    let tool = std::env::var("CARGO_SEMVER_CHECKS").unwrap_or("cargo-semver-checks".to_owned());
    if Command::new(&tool).arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "{tool} is not there");
        eprintln!("skipped: {tool} is not there");
        return;
    }
    let home = tools::scratch("changes-semver");
    let old = home.join("before");
    kilns(&old, &Set::base(), None);
    for (number, row) in rows()
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_decided())
    {
        let new = home.join(number.to_string());
        kilns(
            &new,
            &row.changed(),
            Some(&old.join("schemas").join(SURFACE)),
        );
        let output = Command::new(&tool)
            .args([
                "semver-checks",
                "--release-type",
                "minor",
                "--all-features",
                "--manifest-path",
            ])
            .arg(new.join("generated/rust/Cargo.toml"))
            .arg("--baseline-root")
            .arg(old.join("generated/rust"))
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes"),
            )
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let summary = said
            .lines()
            .filter(|line| line.contains("Checked") || line.contains("Summary"));
        println!(
            "{}: {}",
            row.name,
            summary.map(str::trim).collect::<Vec<_>>().join("; ")
        );
        assert!(output.status.success(), "{}: {said}", row.name);
    }
}
