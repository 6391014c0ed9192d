//! Every generated file is known again as ours, by what decides whether it may be replaced.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::files::is_stamped;
use eventbridge_codegen::STAMP;
use std::fs;
use std::path::Path;

#[test]
fn every_file_of_every_package_is_stamped() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut open = ["rust", "typescript", "python", "registry"]
        .map(|package| golden.join(package))
        .to_vec();
    let mut count = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
                continue;
            }
            count += 1;
            let text = fs::read_to_string(entry.path()).unwrap();
            assert!(is_stamped(&text, STAMP), "{:?}", entry.path());
        }
    }
    assert!(count > 40, "{count}");
}
