#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::apply::apply_on;
use super::compare::collect;
use super::disk::{Disk, Machine};
use super::*;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// A disk whose steps fail from one of them on: that one alone, or all that follow, as when the process is killed.
struct Failing {
    left: Cell<usize>,
    error: i32,
    is_killed: bool,
}

const FULL: i32 = 28;
const READ_ONLY: i32 = 30;

impl Failing {
    fn step(&self, go: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.left.get() {
            0 => {
                if !self.is_killed {
                    self.left.set(usize::MAX);
                }
                Err(io::Error::from_raw_os_error(self.error))
            }
            left => {
                self.left.set(left - 1);
                go()
            }
        }
    }
}

impl Disk for Failing {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| Machine.make_folder(path))
    }

    /// What is cut off has a part of the text.
    fn write_new(&self, path: &Path, text: &str) -> io::Result<()> {
        let is_last = self.left.get() == 0;
        if is_last {
            Machine.write_new(path, &text[..text.len() / 2]).unwrap();
        }
        self.step(|| Machine.write_new(path, text))
    }

    fn sync_files(&self, paths: &[&Path]) -> io::Result<()> {
        self.step(|| Machine.sync_files(paths))
    }

    fn set_mode(&self, path: &Path, mode: Permissions) -> io::Result<()> {
        self.step(|| Machine.set_mode(path, mode))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Machine.rename(from, to))
    }

    fn sync_folders(&self, paths: &[&Path]) -> io::Result<()> {
        self.step(|| Machine.sync_folders(paths))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(|| Machine.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| Machine.remove_folder(path))
    }
}

fn compared(root: &Path) -> Compared {
    let wanted = [
        ("kiln/a.rs", "// ours\nfn lit() {}\n"),
        ("kiln/b.rs", "// ours\nfn cold() {}\n"),
        ("kiln/door/c.rs", "// ours\nfn open() {}\n"),
    ];
    let wanted = wanted.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let ours = Ours {
        folders: &["kiln"],
        may_be: &|path| path.ends_with(".rs"),
        is: &|_, text| is_stamped(text, "ours"),
    };
    compare(root, &wanted.into(), &ours).unwrap()
}

/// A folder with files of ours, old and to be removed, and with files of others.
fn furnished() -> TempDir {
    let root = TempDir::new().unwrap();
    for (path, text) in BEFORE.into_iter().chain(FOREIGN_FILES) {
        let place = root.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
    root
}

const BEFORE: [(&str, &str); 2] = [
    ("kiln/a.rs", "// ours\nfn unlit() {}\n"),
    ("kiln/shelf/old.rs", "// ours\n"),
];

const FOREIGN_FILES: [(&str, &str); 3] = [
    ("kiln/mine.rs", "fn mine() {}\n"),
    ("kiln/shelf/notes.txt", "// ours\n"),
    ("kiln/.mine.rs.77.new", "fn mine() {}\n"),
];

/// All files below a folder but those that a killed run left.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeSet::new();
    collect(root, root, &mut found).unwrap();
    let read = |path: String| {
        let text = fs::read_to_string(root.join(&path)).unwrap();
        (path, text)
    };
    found.into_iter().map(read).collect()
}

fn steps() -> usize {
    let root = furnished();
    let disk = Failing {
        left: Cell::new(usize::MAX),
        error: FULL,
        is_killed: false,
    };
    apply_on(&disk, root.path(), &compared(root.path()).changes).unwrap();
    usize::MAX - disk.left.get()
}

fn is_staged(path: &str) -> bool {
    path.ends_with(".new") && !path.contains("mine")
}

#[test]
fn whatever_step_fails_each_file_is_whole_and_the_next_run_goes_on() {
    let steps = steps();
    assert!(steps > 10, "{steps}");
    for (error, is_killed) in [(FULL, false), (READ_ONLY, false), (FULL, true)] {
        for step in 0..steps {
            let root = furnished();
            let before = files(root.path());
            let changes = compared(root.path()).changes;
            let disk = Failing {
                left: Cell::new(step),
                error,
                is_killed,
            };
            let failed = apply_on(&disk, root.path(), &changes);
            let after = files(root.path());
            for (path, text) in &after {
                let new = changes.iter().find(|change| change.path == *path);
                let is_new = new.is_some_and(|change| change.new.as_ref() == Some(text));
                let is_old = before.get(path) == Some(text);
                let is_left = is_killed && is_staged(path);
                assert!(is_new || is_old || is_left, "step {step}: {path}: {text}");
            }
            let Err(unfinished) = failed else {
                // Only what is done for tidiness may fail and not be told.
                assert!(compared(root.path()).changes.is_empty(), "step {step}");
                continue;
            };
            if unfinished.is_untouched() {
                let now: BTreeMap<_, _> = after
                    .into_iter()
                    .filter(|(path, _)| !is_staged(path))
                    .collect();
                assert_eq!(now, before, "step {step}: {unfinished}");
                assert!(
                    is_killed || !root.path().join("kiln/door").exists(),
                    "step {step}"
                );
            } else {
                for path in &unfinished.done {
                    let change = changes.iter().find(|change| change.path == *path);
                    assert_eq!(after.get(path), change.unwrap().new.as_ref(), "step {step}");
                }
                for path in &unfinished.left {
                    assert_eq!(after.get(path), before.get(path), "step {step}");
                }
            }
            let again = compared(root.path());
            assert_eq!(
                again.leftovers.is_empty(),
                !files(root.path()).keys().any(|path| is_staged(path))
            );
            sweep(root.path(), &again.leftovers);
            apply(root.path(), &again.changes).unwrap();
            assert_eq!(compared(root.path()), Compared::default(), "step {step}");
            assert!(
                !files(root.path()).keys().any(|path| is_staged(path)),
                "step {step}"
            );
            for (path, text) in FOREIGN_FILES {
                assert_eq!(fs::read_to_string(root.path().join(path)).unwrap(), text);
            }
        }
    }
}

#[test]
fn a_stamp_is_a_comment_at_an_end_or_a_string_of_json() {
    let stamp = "Made by the kiln. Do not edit.";
    let stamped = [
        format!("// {stamp}\nfn a() {{}}\n"),
        format!("\n# {stamp}\r\n[package]\r\n"),
        format!("<!-- {stamp} -->\n\n# Kiln\n"),
        format!("# Kiln\n\n<!-- {stamp} -->\n"),
        format!("{{ \"//\": \"{stamp}\" }}"),
    ];
    for text in stamped {
        assert!(is_stamped(&text, stamp), "{text}");
    }
    let mine = [
        format!("My files begin with\n\n// {stamp}\n\nbut this one does not.\n"),
        format!("The words \"{stamp}\" mean that a file is not to be edited.\n"),
        format!("{{ \"note\": \"it says: {stamp}\" }}"),
        String::new(),
    ];
    for text in mine {
        assert!(!is_stamped(&text, stamp), "{text}");
    }
}
