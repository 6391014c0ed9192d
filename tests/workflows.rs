//! The steps of the workflows run here, as the scripts that they are: with a repository of their own, and programs that
//! stand in for `gh`, `cargo` and `npm` and note what they are called with.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A clone of a repository of its own, with programs that stand in for others.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place {
            folder: TempDir::new().unwrap(),
        };
        let run = |arguments: &[&str]| {
            let output = place
                .command("git", place.folder.path())
                .args(arguments)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "git {arguments:?}: {}",
                said(&output)
            );
        };
        run(&[
            "init",
            "--quiet",
            "--bare",
            "--initial-branch=main",
            "origin",
        ]);
        run(&["clone", "--quiet", "origin", "work"]);
        for name in [".ci", "schemas", "generated/typescript", "bin"] {
            fs::create_dir_all(place.work().join(name)).unwrap();
        }
        fs::create_dir_all(place.folder.path().join("bin")).unwrap();
        for script in ["track", "release", "site"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(".ci")
                .join(script);
            fs::copy(from, place.work().join(".ci").join(script)).unwrap();
        }
        fs::write(
            place.work().join("schemas/package.json"),
            "{\n  \"name\": \"kiln-events\",\n  \"version\": \"0.3.0\"\n}\n",
        )
        .unwrap();
        fs::write(
            place.work().join("generated/typescript/package.json"),
            "{\n  \"name\": \"kiln-events\",\n  \"version\": \"0.3.0\"\n}\n",
        )
        .unwrap();
        let in_work = |arguments: &[&str]| {
            let output = place
                .command("git", &place.work())
                .args(arguments)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "git {arguments:?}: {}",
                said(&output)
            );
        };
        in_work(&["switch", "--quiet", "-C", "main"]);
        in_work(&["add", "--all"]);
        in_work(&["commit", "--quiet", "-m", "begin"]);
        in_work(&["push", "--quiet", "origin", "main"]);
        place
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// A program that notes what it is called with, and does what else it is told.
    fn program(&self, name: &str, does: &str) {
        let path = self.folder.path().join("bin").join(name);
        let notes = self.folder.path().join("notes");
        fs::write(
            &path,
            format!(
                "#!/usr/bin/env bash\necho \"{name} $*\" >>'{}'\n{does}\n",
                notes.display()
            ),
        )
        .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, program: &str, at: &Path) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap();
        command.current_dir(at).env(
            "PATH",
            format!("{}:{path}", self.folder.path().join("bin").display()),
        );
        for (name, value) in [("GIT_AUTHOR", "Kiln"), ("GIT_COMMITTER", "Kiln")] {
            command
                .env(format!("{name}_NAME"), value)
                .env(format!("{name}_EMAIL"), "kiln@example.com");
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        command
    }

    fn script(&self, name: &str, arguments: &[&str]) -> Output {
        let script = self.work().join(".ci").join(name);
        let mut command = self.command(&script.display().to_string(), &self.work());
        command
            .args(arguments)
            .env("CODEGEN", "codegen")
            .env("CHECK", "check")
            .output()
            .unwrap()
    }

    /// What was called since this was asked last.
    fn called(&self) -> String {
        let notes = self.folder.path().join("notes");
        let text = fs::read_to_string(&notes).unwrap_or_default();
        drop(fs::remove_file(notes));
        text
    }

    /// The subject and the files of the newest commit of a branch, in the repository that was pushed to.
    fn pushed(&self, branch: &str) -> String {
        let origin = self.folder.path().join("origin");
        let output = self
            .command("git", &origin)
            .args(["log", "-1", "--format=%s", "--name-only", branch])
            .output()
            .unwrap();
        said(&output)
    }
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

const NOTHING_OPEN: &str = "exit 0";
const ONE_OPEN: &str = "[ \"$2\" != list ] || echo 7";

#[test]
fn where_nothing_changed_nothing_is_done() {
    let place = Place::new();
    place.program("codegen", "echo 'Nothing changed.'");
    place.program("gh", NOTHING_OPEN);
    place.program("check", "exit 0");
    let output = place.script("track", &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(place.called(), "codegen track\n");
}

#[test]
fn what_changed_becomes_one_pull_request_after_its_checks() {
    let place = Place::new();
    place.program("codegen", "echo 'The documentation changed: 1 fact'; echo; echo '- Add event'; echo lit >schemas/Lit.json; exit 1");
    place.program("check", "test -e schemas/Lit.json");
    place.program("gh", NOTHING_OPEN);
    let output = place.script("track", &[]);
    assert!(output.status.success(), "{}", said(&output));
    let called = place.called();
    assert!(
        called.contains("check \n")
            && called
                .contains("gh pr create --head docs --title The documentation changed: 1 fact"),
        "{called}"
    );
    assert_eq!(
        place.pushed("docs"),
        "The documentation changed: 1 fact\n\nschemas/Lit.json\n"
    );
    place.program("gh", ONE_OPEN);
    let git = place
        .command("git", &place.work())
        .args(["switch", "--quiet", "main"])
        .status()
        .unwrap();
    assert!(git.success());
    let output = place.script("track", &[]);
    assert!(output.status.success(), "{}", said(&output));
    let called = place.called();
    assert!(
        called.contains("gh pr edit 7 --title") && !called.contains("gh pr create"),
        "{called}"
    );
}

#[test]
fn what_is_refused_becomes_one_issue() {
    let place = Place::new();
    place.program(
        "codegen",
        "echo 'Nothing was written.'; echo 'error: kilns.md: it lost 1 event' >&2; exit 2",
    );
    place.program("check", "exit 0");
    place.program(
        "gh",
        "cat \"${@: -1}\" 2>/dev/null >>\"$(dirname \"$0\")/../body\" || true",
    );
    let output = place.script("track", &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        place
            .called()
            .contains("gh issue create --title The documentation is not as it should be"),
        "{}",
        said(&output)
    );
    let body = fs::read_to_string(place.folder.path().join("body")).unwrap();
    assert!(
        body.contains("    error: kilns.md: it lost 1 event"),
        "{body}"
    );
    place.program("gh", ONE_OPEN);
    assert_eq!(place.script("track", &[]).status.code(), Some(2));
    let called = place.called();
    assert!(
        called.contains("gh issue edit 7") && !called.contains("create"),
        "{called}"
    );
}

#[test]
fn what_fails_its_checks_is_not_proposed() {
    let place = Place::new();
    place.program(
        "codegen",
        "echo 'The documentation changed: 1 fact'; echo lit >schemas/Lit.json; exit 1",
    );
    place.program("check", "echo 'test kilns ... FAILED'; exit 1");
    place.program("gh", NOTHING_OPEN);
    let output = place.script("track", &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let called = place.called();
    assert!(
        called.contains("gh issue create") && !called.contains("gh pr"),
        "{called}"
    );
    assert!(
        place.pushed("docs").contains("unknown revision"),
        "nothing was pushed"
    );
}

#[test]
fn a_release_is_of_the_version_that_its_tag_names() {
    let place = Place::new();
    assert!(
        place
            .script("release", &["check", "v0.3.0"])
            .status
            .success()
    );
    let output = place.script("release", &["check", "v0.4.0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("the tag is v0.4.0, and schemas/package.json says 0.3.0"),
        "{}",
        said(&output)
    );
    assert_eq!(place.script("release", &[]).status.code(), Some(2));
}

#[test]
fn a_release_publishes_what_is_not_up() {
    let place = Place::new();
    place.program(
        "cargo",
        "case \"$*\" in *eventbridge-patterns@*|publish*) exit 0 ;; *) exit 101 ;; esac",
    );
    let output = place.script("release", &["crates"]);
    assert!(output.status.success(), "{}", said(&output));
    let called = place.called();
    let publish = called
        .lines()
        .find(|line| line.starts_with("cargo publish"))
        .unwrap();
    assert!(
        !publish.contains("eventbridge-patterns")
            && publish.contains("--package eventbridge-runtime"),
        "{publish}"
    );
    place.program("cargo", "exit 0");
    assert!(place.script("release", &["crates"]).status.success());
    assert!(!place.called().contains("publish"), "all are up");
    place.program("npm", "[ \"$1\" != view ] || echo 0.3.0");
    assert!(place.script("release", &["npm"]).status.success());
    assert!(!place.called().contains("npm publish"));
    place.program("npm", "[ \"$1\" != view ] || exit 1");
    assert!(place.script("release", &["npm"]).status.success());
    assert!(place.called().contains("npm publish --access public"));
}

#[test]
fn the_catalogue_is_made_and_looked_at_again() {
    let place = Place::new();
    place.program("codegen", "case \"$*\" in *--check*) exit 1 ;; esac");
    let output = place.script("site", &["public"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let run = "codegen site --to public";
    let called = place.called();
    assert_eq!(
        called.lines().collect::<Vec<_>>(),
        [run, &format!("{run} --check")]
    );
    assert_eq!(place.script("site", &[]).status.code(), Some(2));
    place.program("codegen", "exit 2");
    assert_eq!(place.script("site", &["public"]).status.code(), Some(2));
}

#[test]
fn the_workflows_are_sound() {
    let Ok(output) = Command::new("actionlint").output() else {
        eprintln!("actionlint is not installed: the workflows were not linted");
        return;
    };
    assert!(output.status.success(), "{}", said(&output));
}

/// Every crate that is published is released, in the order that CONTRIBUTING.md has.
#[test]
fn a_release_has_the_crates_that_are_published() {
    let told = fs::read_to_string("CONTRIBUTING.md").unwrap();
    let line = told
        .lines()
        .find(|line| line.contains("cargo publish --dry-run"))
        .unwrap();
    let script = fs::read_to_string(".ci/release").unwrap();
    let listed = script
        .split_once("crates=(")
        .unwrap()
        .1
        .split_once(')')
        .unwrap()
        .0;
    let words = line.split(" -p ").skip(1);
    let crates: Vec<&str> = words
        .map(|word| word.split([' ', '`']).next().unwrap())
        .collect();
    assert_eq!(listed.split_whitespace().collect::<Vec<_>>(), crates);
}
