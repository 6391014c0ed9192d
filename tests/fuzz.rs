//! The corpus of the fuzz targets runs through them on stable Rust: what a fuzzer once found stays found.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn names(folder: impl AsRef<Path>) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_must_hold_of_arbitrary_bytes_holds_of_the_corpus() {
    let mut size = 0;
    for (name, target) in targets::TARGETS {
        let files = names(Path::new("fuzz/corpus").join(name));
        assert!(!files.is_empty(), "{name} has no corpus");
        target(b"");
        for file in files {
            let data = fs::read(&file).unwrap();
            size += data.len();
            println!("{}", file.display());
            target(&data);
            // Cut off anywhere, it is as sound as before.
            for part in 1..4 {
                target(&data[..data.len() * part / 4]);
            }
        }
    }
    assert!(
        size < 300_000,
        "the corpus has {size} bytes; it is to be read by people"
    );
}

#[test]
fn every_target_is_built_and_has_a_corpus() {
    let wanted: BTreeSet<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    let stems = |folder: &str| -> BTreeSet<String> {
        let stem = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
        names(folder).iter().map(stem).collect()
    };
    for folder in ["fuzz/corpus", "fuzz/fuzz_targets"] {
        let there = stems(folder);
        assert_eq!(
            there.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            wanted,
            "{folder}"
        );
    }
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    assert!(
        wanted
            .iter()
            .all(|name| manifest.contains(&format!("name = \"{name}\"")))
    );
}
