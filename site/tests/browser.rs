//! The pages in a real browser. Where Chromium or Node is missing a test says so and ends.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../codegen/tests/tools/mod.rs"]
mod tools;

#[path = "support/hostile_set.rs"]
#[allow(dead_code, unreachable_pub)]
mod hostile_set;

mod made;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One browser at a time: what it takes to paint and to search is measured.
static BROWSER: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    BROWSER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Programs of `browser/` on a site, with all that it needs of this machine.
fn programs(names: &[&str]) -> Option<Command> {
    let chromium = tools::chromium()?;
    let node = tools::site_script()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(names.iter().map(|name| folder.join(name)))
        .env("CHROMIUM", chromium)
        .env("MODULES", node.modules());
    Some(command)
}

#[test]
#[ignore = "takes minutes, and a browser"]
fn readers_find_and_try_what_they_look_for() {
    let _alone = alone();
    let Some(mut program) = programs(&["site.test.mjs", "try.test.mjs"]) else {
        return;
    };
    println!(
        "{}",
        tools::run(program.env("SITE", made::site("site-pages")))
    );
}

#[test]
#[ignore = "takes minutes, and a browser"]
fn hostile_names_and_texts_run_nowhere() {
    let _alone = alone();
    let Some(mut program) = programs(&["hostile.test.mjs"]) else {
        return;
    };
    let words = hostile_words();
    let place = tools::scratch("site-hostile");
    let schemas = place.join("schemas");
    hostile_set::write_of(
        &schemas,
        &words.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let list = place.join("words.json");
    fs::write(&list, serde_json::to_string(&words).unwrap()).unwrap();
    let site = made::site_of(&schemas, "site-hostile-pages");
    println!(
        "{}",
        tools::run(program.env("SITE", site).env("WORDS", list))
    );
}

/// The project's own, and those of a list beside it, where there is one.
fn hostile_words() -> Vec<String> {
    let mut words = hostile_set::words();
    let more = made::root().join("../shared/reports/tree/hostile.json");
    match fs::read_to_string(&more) {
        Ok(text) => words.extend(serde_json::from_str::<Vec<String>>(&text).unwrap()),
        Err(_) => println!("{} is not there", more.display()),
    }
    words.retain(|word| !word.trim().is_empty());
    words.sort();
    words.dedup();
    words
}

#[test]
#[ignore = "takes minutes, a browser, and the transcript of EventBridge's engine"]
fn the_tester_says_what_the_package_says() {
    let transcript = made::root().join("../shared/patterns");
    if !transcript.exists() {
        println!(
            "{} is not there: no transcript is tested",
            transcript.display()
        );
        return;
    }
    let Some(mut program) = programs(&["transcript.test.mjs"]) else {
        return;
    };
    program
        .env("SITE", made::site("site-transcript"))
        .env("TRANSCRIPT", transcript)
        .env(
            "PACKAGE",
            made::root().join("codegen/src/typescript/package/src"),
        );
    println!("{}", tools::run(&mut program));
}
