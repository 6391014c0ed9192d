//! Writes a schema set of hostile names and texts, and its pages, for tests in browsers:
//! `cargo run -p eventbridge-site --example hostile -- FOLDER`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "for tests")]
#![allow(missing_docs)]

#[path = "../tests/support/hostile_set.rs"]
#[allow(dead_code, unreachable_pub)]
mod hostile_set;

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap());
    let (schemas, pages) = (folder.join("schemas"), folder.join("pages"));
    hostile_set::write(&schemas);
    match eventbridge_site::plan(&schemas, &pages) {
        Ok(planned) => eventbridge_catalog::files::apply(&pages, &planned.changes).unwrap(),
        Err(problems) => problems.iter().for_each(|problem| eprintln!("{problem}")),
    }
}
