//! The corpus of the fuzz targets runs through them on stable Rust: what a fuzzer once found stays found.
#![allow(clippy::unwrap_used)]

#[path = "support/dice.rs"]
mod dice;
#[path = "../fuzz/src/lib.rs"]
mod targets;

use dice::Dice;
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

/// Where no fuzzer is: some rounds of the corpus changed a little, the same each time. `FUZZ_ROUNDS=1000` makes
/// more of them.
#[test]
fn what_must_hold_of_arbitrary_bytes_holds_of_a_corpus_that_was_changed() {
    let rounds = std::env::var("FUZZ_ROUNDS").map_or(10, |rounds| rounds.parse().unwrap());
    let mut dice = Dice(0x5eed);
    for (name, target) in targets::TARGETS {
        let files: Vec<PathBuf> = names(Path::new("fuzz/corpus").join(name))
            .into_iter()
            .collect();
        let texts: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        for round in 0..rounds * texts.len() {
            let mut data = texts[round % texts.len()].clone();
            for _ in 0..=dice.roll(4) {
                change(&mut data, &texts[dice.roll(texts.len())], &mut dice);
            }
            // Told only of a failure.
            println!("{name}: {}", String::from_utf8_lossy(&data));
            target(&data);
        }
    }
}

/// Changes a place: a byte is another, is gone or is new, the end is gone, a part of another file stands there.
fn change(data: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    const MARKS: &[u8] = b"{}[]\",:\\0-. \n\t`|#<>a";
    let at = dice.roll(data.len());
    match dice.roll(6) {
        0 if at < data.len() => data[at] = MARKS[dice.roll(MARKS.len())],
        1 if at < data.len() => drop(data.remove(at)),
        2 => data.truncate(at),
        3 => {
            let from = dice.roll(other.len());
            let to = (from + dice.roll(60)).min(other.len());
            drop(data.splice(at..at, other[from..to].iter().copied()));
        }
        4 => {
            let to = (at + dice.roll(30)).min(data.len());
            drop(data.drain(at..to));
        }
        _ => data.insert(at, MARKS[dice.roll(MARKS.len())]),
    }
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
