//! The evidence that a set keeps comes in; the events that pages show go out, as they were read.

use super::{list, sources};
use crate::diagnostic::{Diagnostic, shown};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The folder of a source that keeps evidence.
const SAMPLES: &str = "samples";

/// An event that a page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
    /// The page.
    pub page: String,
    /// The line of the page where it begins, from 1.
    pub line: usize,
    /// The event.
    pub event: Value,
}

/// What of a file of evidence is read.
#[derive(Deserialize)]
struct Evidence {
    #[serde(default)]
    page: String,
    #[serde(default)]
    events: Vec<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    line: usize,
    detail_type: String,
    event: Value,
}

/// All events of a set that pages show, by source, page and line. Patterns that stand in for events are none.
///
/// # Errors
///
/// A file of evidence that cannot be read.
pub fn samples(schemas: &Path) -> Result<Vec<Sample>, Diagnostic> {
    let mut samples = Vec::new();
    for (source, folder) in sources(schemas)? {
        let folder = folder.join(SAMPLES);
        let files = if folder.is_dir() {
            list(&folder)?
        } else {
            Vec::new()
        };
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|end| end == "json"))
        {
            let evidence = read(file)?;
            let events = evidence.events.into_iter();
            let events = events.filter(|shown| shown.event["source"] == source.as_str());
            samples.extend(events.map(|shown| Sample {
                source: source.clone(),
                detail_type: shown.detail_type,
                page: evidence.page.clone(),
                line: shown.line,
                event: shown.event,
            }));
        }
    }
    Ok(samples)
}

fn read(file: &Path) -> Result<Evidence, Diagnostic> {
    let text =
        fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(shown(file), &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Diagnostic::error(
            shown(file),
            format!("is no evidence as `learn` keeps it: {error}"),
        )
    })
}
