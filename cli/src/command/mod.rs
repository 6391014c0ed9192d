//! One command a file.

pub(crate) mod all;
pub(crate) mod breaking;
pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod diff;
mod edition_date;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod learn;
pub(crate) mod match_events;
pub(crate) mod register;
pub(crate) mod rule;
pub(crate) mod sample;
mod save;
pub(crate) mod site;
pub(crate) mod track;

use crate::hold::{Use, hold};
use crate::{Common, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_rules::Catalogue;

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

/// The model of the schema set; what is wrong with it is told.
fn model(common: &Common) -> Result<Model, Outcome> {
    let held = hold(&[(&common.schemas, Use::Read)]);
    let loaded = schema_set::load(&common.schemas);
    drop(held);
    loaded.map_err(|problems| {
        terminal::show(&problems);
        Outcome::Wrong
    })
}

/// Prints what is made of what the schema set knows, or tells what is wrong.
fn print_made(
    common: &Common,
    make: impl FnOnce(&Catalogue<'_>) -> Result<String, Vec<Diagnostic>>,
) -> Outcome {
    let model = match model(common) {
        Ok(model) => model,
        Err(outcome) => return outcome,
    };
    match make(&Catalogue::new(&model)) {
        Ok(text) => {
            say!("{}", text.trim_end());
            Outcome::Done
        }
        Err(problems) => {
            terminal::show(&problems);
            Outcome::Wrong
        }
    }
}
