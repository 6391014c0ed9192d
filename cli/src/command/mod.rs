//! One command a file.

pub(crate) mod all;
pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod learn;
pub(crate) mod match_events;
pub(crate) mod rule;
pub(crate) mod sample;
mod save;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what it was asked.
    Done,
    /// A check found something.
    Found,
    /// The call or its input is wrong, or not all could be written.
    Wrong,
}

/// `NAME=VALUE`
fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
