//! Files, folders and texts come in; rules with their parsed patterns go out, the rules that are left out with the
//! reason, and a diagnostic for whatever is odd.
//!
//! The stages: [`files`] → bytes → text (`crate::bytes`) → [`document`]s, trees with places → what each holds
//! ([`template`], [`serverless`], [`terraform`] and [`hcl`], [`printed`], or a pattern) → what is [`found`] there → rules
//! ([`collector`]).

mod collector;
mod document;
mod files;
mod found;
mod hcl;
mod intrinsic;
mod placed;
mod printed;
mod rule;
mod scalar;
mod serverless;
mod settings;
mod target;
mod template;
mod terraform;
mod tree;
mod yaml;

pub(crate) use collector::{LEFT_OUT, NOTED, REFUSED, SUM, WARNED};
pub use found::Kind;
pub use rule::{Draft, LeftOut, Reading, Rule, Source};
pub use settings::Settings;
pub(crate) use tree::{UNKNOWN, compact};

use collector::File;
use files::Reader;
use std::path::PathBuf;

/// Reads all rules of these files and folders, and these patterns. What cannot be read is told in the reading.
pub fn read(paths: &[PathBuf], patterns: &[String], settings: &Settings) -> Reading {
    let mut reader = Reader::new(settings);
    for (index, text) in patterns.iter().enumerate() {
        let id = match patterns.len() {
            1 => "pattern".to_owned(),
            _ => format!("pattern-{}", index + 1),
        };
        let file = File::new("--pattern", text);
        reader.rules.pattern(&file, &id, 0, text);
    }
    for path in paths {
        reader.path(path);
    }
    reader.rules.told_in_sum();
    reader.rules.reading
}

/// Reads all rules of a text, as if it stood in a file of this name: what it is written in goes by the name's end, or
/// by how it begins.
pub fn read_text(name: &str, text: &str, settings: &Settings) -> Reading {
    let mut reader = Reader::new(settings);
    reader.text(name.as_ref(), name, text, false);
    reader.rules.told_in_sum();
    reader.rules.reading
}
