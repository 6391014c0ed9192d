//! The evidence that a set keeps comes in; the events that pages show go out, as they were read.

use super::{list, sources};
use crate::diagnostic::{Diagnostic, shown};
use serde::Deserialize;
use serde::de::DeserializeOwned;
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
    evidence_files(schemas, |source, evidence: Evidence| {
        let events = evidence.events.into_iter();
        let events = events.filter(|shown| shown.event["source"] == source);
        samples.extend(events.map(|shown| Sample {
            source: source.to_owned(),
            detail_type: shown.detail_type,
            page: evidence.page.clone(),
            line: shown.line,
            event: shown.event,
        }));
    })?;
    Ok(samples)
}

/// Takes what is asked of each file of evidence, with the source that it stands with.
///
/// # Errors
///
/// A file of evidence that cannot be read.
pub(super) fn evidence_files<T: DeserializeOwned>(
    schemas: &Path,
    mut take: impl FnMut(&str, T),
) -> Result<(), Diagnostic> {
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
            take(&source, read(file)?);
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, Diagnostic> {
    let text =
        fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(shown(file), &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Diagnostic::error(
            shown(file),
            format!("is no evidence as `learn` keeps it: {error}"),
        )
    })
}
