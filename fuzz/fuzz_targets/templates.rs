//! The readers of rules are part of the tool, which is no library: they are compiled in here as they are there.
#![cfg_attr(fuzzing, no_main)]
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the tool's modules do more than is asked of them here, and a panic is how a finding is told"
)]

#[path = "../../cli/src/bytes.rs"]
mod bytes;
#[path = "../../cli/src/rules/mod.rs"]
mod rules;
#[path = "../src/templates.rs"]
mod templates;
#[path = "../../cli/src/terminal.rs"]
mod terminal;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| templates::templates(data));

#[cfg(not(fuzzing))]
fn main() {}
