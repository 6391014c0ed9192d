//! Two verdicts on a pair come in; how they differ goes out.

use crate::engine::{Engine, Pair, Verdict};
use crate::ours;
use std::io::Result;

/// How two verdicts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// We take a pattern that the engine refuses.
    Accepted,
    /// We refuse a pattern that the engine takes.
    Refused,
    /// We and the engine do not agree that `$or` is the name of a field.
    Fallback,
    /// We read an event that the engine refuses.
    EventRead,
    /// We refuse an event that the engine reads.
    EventRefused,
    /// We find a match where the engine finds none.
    Matched,
    /// We miss a match.
    Missed,
    /// Our rule alone does not answer as it does in a set.
    Set,
}

/// How our verdict differs from the engine's.
pub(crate) fn difference(theirs: &Verdict, ours: &Verdict) -> Option<DifferenceKind> {
    match (theirs.valid, ours.valid) {
        // The older compiler took it, with `$or` as a field, and then crashed: no verdict.
        (false, _) if theirs.unusable => return None,
        (false, true) => return Some(DifferenceKind::Accepted),
        (true, false) => return Some(DifferenceKind::Refused),
        (false, false) => return None,
        (true, true) => {}
    }
    if theirs.unusable {
        return None;
    }
    if theirs.fallback != ours.fallback {
        return Some(DifferenceKind::Fallback);
    }
    answers_differ(theirs.matched, ours.matched)
}

fn answers_differ(theirs: Option<bool>, ours: Option<bool>) -> Option<DifferenceKind> {
    match (theirs, ours) {
        (None, Some(_)) => Some(DifferenceKind::EventRead),
        (Some(_), None) => Some(DifferenceKind::EventRefused),
        (Some(false), Some(true)) => Some(DifferenceKind::Matched),
        (Some(true), Some(false)) => Some(DifferenceKind::Missed),
        _ => None,
    }
}

pub(crate) fn differences(
    engine: &mut Engine,
    pairs: &[Pair],
) -> Result<Vec<Option<DifferenceKind>>> {
    let verdicts = engine.judge(pairs)?;
    let differences = pairs
        .iter()
        .zip(&verdicts)
        .map(|(pair, theirs)| difference(theirs, &ours::judge(pair)));
    Ok(differences.collect())
}
