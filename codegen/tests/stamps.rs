//! Every generated file is known again as ours, by what decides whether it may be replaced.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod made_up;

use eventbridge_codegen::emit::{STAMP, packages};
use eventbridge_codegen::files::is_stamped;

#[test]
fn every_file_of_every_package_is_stamped() {
    let files = packages(&made_up::model()).unwrap();
    assert!(files.len() > 20);
    for file in files {
        assert!(is_stamped(&file.text, STAMP), "{}", file.path);
    }
}
