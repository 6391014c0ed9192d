//! Generated files come in; whether they are the committed ones, no more and no fewer, comes out as a
//! passed or failed test. With `UPDATE_GOLDEN=1` they are written instead.

#![allow(clippy::unwrap_used, reason = "tests")]

use eventbridge_codegen::File;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Compares with `codegen/tests/golden/`, below the folder that the files' paths begin with.
pub(crate) fn check(files: &[File], folder: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        bless(files, folder);
    }
    let expected: BTreeSet<PathBuf> = files.iter().map(|file| home().join(&file.path)).collect();
    let mut found = BTreeSet::new();
    collect(&home().join(folder), &mut found);
    assert_eq!(
        found, expected,
        "the golden files; UPDATE_GOLDEN=1 writes them"
    );
    for file in files {
        let golden = fs::read_to_string(home().join(&file.path)).unwrap();
        assert!(
            golden == file.text,
            "{} differs; UPDATE_GOLDEN=1 writes it:\n{}",
            file.path,
            file.text
        );
    }
}

/// Writes the files below a folder.
pub(crate) fn write(files: &[File], folder: &Path) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

fn bless(files: &[File], folder: &str) {
    let folder = home().join(folder);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    write(files, &home());
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn collect(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found)
        } else {
            assert!(found.insert(path))
        }
    }
}
