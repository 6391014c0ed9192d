//! Runs at the same time lose nothing: what every one of them learned is there afterwards, and whoever has to wait says
//! so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fs4::FileExt;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const WRITERS: usize = 8;

struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) {
        let output = self.start(arguments).wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    /// What every writer learns: a page of its own, and events of one type with a field of its own.
    fn evidence(&self, writer: usize) -> [String; 2] {
        let event = |id: &str, detail_type: &str, field: &str| {
            json!({
                "version": "0", "id": id, "detail-type": detail_type, "source": "my.kiln",
                "account": "123456789012", "detail": {"FiringName": "x", field: 1}
            })
            .to_string()
        };
        let page = format!("page{writer}.md");
        let shown = event("1", &format!("Kiln Door{writer} Change"), "DoorWidth");
        fs::write(
            self.path(&page),
            format!("# Kiln\n\n```json\n{shown}\n```\n"),
        )
        .unwrap();
        let deliveries = format!("d{writer}.ndjson");
        let arrived = event(
            &format!("id-{writer}"),
            "Kiln Firing State Change",
            &format!("OnlyIn{writer}"),
        );
        fs::write(self.path(&deliveries), arrived).unwrap();
        [page, deliveries]
    }
}

fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(tree(&path)),
            path => drop(found.insert(path.clone(), fs::read_to_string(path).unwrap())),
        }
    }
    found
}

#[test]
fn what_every_run_learned_is_there_afterwards() {
    for round in 0..4 {
        let place = Place::new();
        let evidence: Vec<_> = (0..WRITERS).map(|writer| place.evidence(writer)).collect();
        if round % 2 == 1 {
            place.done(&["learn", &evidence[0][0]]); // the folder is there, or it is not
        }
        let mut runs: Vec<Child> = evidence
            .iter()
            .flat_map(|[page, deliveries]| {
                let learn = |file: &str| place.start(&["learn", file]);
                [learn(page), learn(deliveries)]
            })
            .collect();
        runs.push(place.start(&["coverage"]));
        runs.push(place.start(&["learn", "--dry-run", &evidence[0][0]]));
        for (number, run) in runs.into_iter().enumerate() {
            let output = run.wait_with_output().unwrap();
            let may_find_nothing = number == 2 * WRITERS; // coverage, before anything is there
            assert!(output.status.success() || may_find_nothing, "{output:?}");
        }
        let kept = place.path("schemas/my.kiln/samples");
        let deliveries = fs::read_to_string(kept.join("deliveries.json")).unwrap();
        let schema = place.path("schemas/my.kiln/FiringStateChange.json");
        let schema = fs::read_to_string(schema).unwrap();
        for (writer, [page, _]) in evidence.iter().enumerate() {
            assert!(kept.join(format!("{page}.json")).exists(), "{page}");
            let field = format!("OnlyIn{writer}");
            assert!(
                deliveries.contains(&field) && schema.contains(&field),
                "{field}"
            );
        }
        let before = tree(&place.path("schemas"));
        place.done(&[]);
        let mut after = tree(&place.path("schemas"));
        // What the packages expose is noted when there are packages.
        after.retain(|file, _| !file.ends_with("surface.json"));
        assert_eq!(after, before);
    }
}

#[test]
fn main_jobs_at_the_same_time_agree() {
    let place = Place::new();
    for file in place.evidence(0) {
        place.done(&["learn", &file]);
    }
    let runs: Vec<Child> = (0..4)
        .flat_map(|_| [place.start(&[]), place.start(&["generate"])])
        .collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    place.done(&["generate", "--check"]);
}

#[test]
fn who_waits_says_so_and_goes_on_when_the_other_ends() {
    let place = Place::new();
    let [page, deliveries] = place.evidence(0);
    place.done(&["learn", &page]);
    for (arguments, held) in [
        (&["learn", &*deliveries][..], "schemas"),
        (&["generate"], "schemas"),
        (&["coverage"], "schemas"),
        (&["explain", "Kiln Door0 Change"], "schemas"),
        (&["generate", "--check"], "generated"),
        (&[], "generated"),
    ] {
        let other = File::open(place.path(held)).unwrap();
        FileExt::lock(&other).unwrap();
        let mut run = place.start(arguments);
        let mut said = BufReader::new(run.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert_eq!(line, format!("another run holds {held}: waiting\n"));
        assert!(run.try_wait().unwrap().is_none(), "{arguments:?}");
        drop(other);
        said.read_to_string(&mut line).unwrap();
        assert!(run.wait().unwrap().success(), "{arguments:?}: {line}");
    }
}

#[test]
fn readers_do_not_wait_for_each_other() {
    let place = Place::new();
    let [page, _] = place.evidence(0);
    place.done(&["learn", &page]);
    place.done(&["generate"]);
    let schemas = File::open(place.path("schemas")).unwrap();
    let packages = File::open(place.path("generated")).unwrap();
    FileExt::lock_shared(&schemas).unwrap();
    FileExt::lock_shared(&packages).unwrap();
    for arguments in [
        &["coverage"][..],
        &["explain", "Kiln Door0 Change"],
        &["generate", "--check"],
        &["learn", "--dry-run", &page],
    ] {
        place.done(arguments);
    }
}

/// A run that is killed holds nothing any more, also where it was itself waiting.
#[test]
fn a_killed_run_holds_nothing() {
    let place = Place::new();
    let [page, deliveries] = place.evidence(0);
    place.done(&["learn", &page]);
    let other = File::open(place.path("schemas")).unwrap();
    FileExt::lock(&other).unwrap();
    let mut waiting = place.start(&["learn", &deliveries]);
    let mut byte = [0];
    waiting
        .stderr
        .as_mut()
        .unwrap()
        .read_exact(&mut byte)
        .unwrap();
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    drop(other);
    place.done(&["learn", &deliveries]);
}

#[test]
fn nothing_is_left_in_the_folders_but_what_was_learned_and_generated() {
    let place = Place::new();
    let [page, _] = place.evidence(0);
    place.done(&["learn", "--dry-run", &page]);
    place.done(&["coverage", "--help"]);
    assert!(!place.path("schemas").exists());
    place.done(&["learn", &page]);
    place.done(&["generate"]);
    let hidden = tree(place.0.path()).into_keys().find(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with('.') || name.contains("lock")
    });
    assert_eq!(hidden, None);
    fs::write(
        place.path("schemas/my.kiln/Broken.json"),
        "{\"$schema\": 1}",
    )
    .unwrap();
    let output = place.start(&["generate", "--out", "new/packages"]);
    assert!(!output.wait_with_output().unwrap().status.success());
    assert!(!place.path("new").exists(), "nothing was written");
}
