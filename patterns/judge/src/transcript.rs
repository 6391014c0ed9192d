//! A transcript of the engine's verdicts (gzip, one JSON object a line) comes in; the rows that the live
//! engine or ours answers otherwise go out.

use crate::difference::{DifferenceKind, difference};
use crate::engine::{Engine, Pair, Verdict};
use crate::ours;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Result};
use std::path::Path;

/// One recorded verdict.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What the row is called.
    pub name: String,
    /// The event pattern.
    pub pattern: String,
    /// The event; without one only the pattern was judged.
    pub event: Option<String>,
    valid: bool,
    #[serde(default)]
    legacy_fallback: bool,
    #[serde(rename = "match")]
    matched: Option<bool>,
    event_error: Option<String>,
}

impl Row {
    /// What was asked.
    pub fn pair(&self) -> Pair {
        Pair {
            pattern: self.pattern.clone(),
            event: self.event.clone().unwrap_or_else(|| "{}".to_owned()),
        }
    }

    /// What the engine answered.
    pub fn verdict(&self) -> Verdict {
        Verdict {
            valid: self.valid || self.legacy_fallback,
            fallback: self.legacy_fallback,
            matched: self.matched,
            event_error: self.event_error.clone(),
            // Without an event, or where the engine crashed, there is nothing to compare beside the pattern.
            unusable: self.matched.is_none() && self.event_error.is_none(),
            error: None,
        }
    }
}

/// All rows of a transcript.
pub fn rows(path: &Path) -> Result<Vec<Row>> {
    let lines = BufReader::new(GzDecoder::new(std::fs::File::open(path)?)).lines();
    lines
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

/// Rows on which the live engine does not say what was recorded.
pub fn stale<'r>(engine: &mut Engine, rows: &'r [Row]) -> Result<Vec<(&'r Row, DifferenceKind)>> {
    let pairs: Vec<Pair> = rows.iter().map(Row::pair).collect();
    let verdicts = engine.judge(&pairs)?;
    Ok(differing(rows, verdicts))
}

/// Rows on which we do not say what was recorded.
pub fn missed(rows: &[Row]) -> Vec<(&Row, DifferenceKind)> {
    differing(rows, rows.iter().map(|row| ours::judge(&row.pair())))
}

fn differing(
    rows: &[Row],
    verdicts: impl IntoIterator<Item = Verdict>,
) -> Vec<(&Row, DifferenceKind)> {
    let compared = rows.iter().zip(verdicts);
    compared
        .filter_map(|(row, verdict)| Some((row, difference(&row.verdict(), &verdict)?)))
        .collect()
}
