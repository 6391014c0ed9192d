//! Rules that were read come in, and how the schemas changed; which rules name an event, a field or a value that went or
//! moved goes out, at its place: such a rule is still accepted, and no longer matches.

use crate::catalogue::Catalogue;
use crate::check::{Leaf, Leaves, scope_of};
use crate::reading::{Reading, Rule};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::diff::{self, Diff, What};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::path;
use eventbridge_catalog::text::Lines;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Which rules name what went or moved from the `old` schemas to the new. The reading has to keep its sources.
pub fn moved(old: &Model, changes: &Diff, reading: &Reading) -> Vec<Diagnostic> {
    let catalogue = Catalogue::new(old);
    let moves = Moves::of(changes);
    let texts = reading.sources.iter();
    let lines: BTreeMap<&str, Lines<'_>> = texts
        .map(|source| (source.path.as_str(), Lines::new(&source.text)))
        .collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for rule in &reading.rules {
        for (span, message) in of_rule(&catalogue, &moves, rule) {
            if told.insert((rule.path.clone(), span.start, message.clone())) {
                let message = format!("rule {}: {message}", rule.id);
                let lines = lines.get(rule.path.as_str());
                let place = lines.map_or(rule.place, |lines| lines.place(span.start));
                let problem = Diagnostic::warning(&rule.path, message);
                found.push(problem.wide(span.len()).at(place));
            }
        }
    }
    found
}

/// What went or moved, by event.
struct Moves<'d> {
    /// Changes of events and their fields, with the paths as patterns have them.
    of_event: BTreeMap<(&'d str, &'d str), Vec<Move<'d>>>,
}

struct Move<'d> {
    /// The keys of the field; none where the event itself is meant.
    keys: Vec<String>,
    what: &'d What,
    /// As a sentence.
    said: String,
}

impl<'d> Moves<'d> {
    fn of(changes: &'d Diff) -> Moves<'d> {
        let mut of_event: BTreeMap<(&str, &str), Vec<Move<'d>>> = BTreeMap::new();
        for finding in changes.findings.iter().filter(|it| is_silent(&it.what)) {
            for place in &finding.places {
                let (source, detail_type, path) = place;
                let moved = Move {
                    keys: keys_before(path.as_deref(), &finding.what),
                    what: &finding.what,
                    said: said(changes, place, &finding.what),
                };
                let name = match (&finding.what, path) {
                    (What::Renamed { from, .. }, None) => from.as_str(),
                    _ => detail_type.as_str(),
                };
                of_event.entry((source, name)).or_default().push(moved);
            }
        }
        Moves { of_event }
    }
}

/// Whether a rule that names what changed so may no longer match, and nothing says so.
fn is_silent(what: &What) -> bool {
    matches!(
        what,
        What::Removed
            | What::Renamed { .. }
            | What::NoLongerDocumented
            | What::Retyped { .. }
            | What::ValueRemoved(_)
            | What::ValueNoLongerDocumented(_)
    )
}

/// The keys that a pattern names for a field as it was, without lists, which patterns do not show.
fn keys_before(path: Option<&str>, what: &What) -> Vec<String> {
    let steps = path.and_then(path::steps).unwrap_or_default();
    let keys = steps.into_iter().filter_map(|step| match step {
        path::Step::Key(key) => Some(key),
        _ => None,
    });
    let mut keys: Vec<String> = keys.collect();
    if let (What::Renamed { from, .. }, Some(last)) = (what, keys.last_mut()) {
        last.clone_from(from);
    }
    keys
}

fn said(changes: &Diff, place: &(String, String, Option<String>), what: &What) -> String {
    let one = diff::Finding {
        places: vec![place.clone()],
        what: what.clone(),
    };
    diff::line(&one) + &moved_to(changes, place, what)
}

/// Where a field that went may have gone: one of the same key arrived in its event.
fn moved_to(changes: &Diff, place: &(String, String, Option<String>), what: &What) -> String {
    let (source, detail_type, Some(old)) = place else {
        return String::new();
    };
    if !matches!(what, What::Removed | What::NoLongerDocumented) {
        return String::new();
    }
    let added = changes
        .findings
        .iter()
        .filter(|it| matches!(it.what, What::Added { .. }));
    let mut places = added.flat_map(|finding| &finding.places);
    let found = places.find_map(|(of, event, path)| {
        let path = path.as_deref()?;
        let same =
            of == source && event == detail_type && path::last_key(path) == path::last_key(old);
        same.then(|| format!("; `{path}` is new: has it moved there?"))
    });
    found.unwrap_or_default()
}

fn of_rule(
    catalogue: &Catalogue<'_>,
    moves: &Moves<'_>,
    rule: &Rule,
) -> Vec<(Range<usize>, String)> {
    let leaves = Leaves::of(&rule.tree);
    let mut found = Vec::new();
    for branch in &leaves.branches {
        let branch: Vec<&Leaf<'_>> = branch.iter().filter_map(|at| leaves.all.get(*at)).collect();
        for event in scope_of(catalogue, &branch) {
            let key = (event.source.as_str(), event.detail_type.as_str());
            for moved in moves.of_event.get(&key).into_iter().flatten() {
                found.extend(branch.iter().filter_map(|leaf| named(event, moved, leaf)));
            }
        }
    }
    found
}

/// Where a field of a pattern names what moved.
fn named(event: &EventType, moved: &Move<'_>, leaf: &Leaf<'_>) -> Option<(Range<usize>, String)> {
    let names = leaf.names();
    let place = match (&moved.what, moved.keys.is_empty()) {
        (_, true) if names == ["detail-type"] => value(leaf.node, &event.detail_type)?,
        (_, true) => return None,
        (What::ValueRemoved(gone) | What::ValueNoLongerDocumented(gone), _) => {
            is_of(&names, &moved.keys).filter(|below| *below == 0)?;
            value(leaf.node, gone)?
        }
        _ => {
            is_of(&names, &moved.keys)?;
            let step = leaf.steps.get(moved.keys.len())?;
            step.span()
        }
    };
    Some((place, moved.said.clone()))
}

/// How many keys a pattern names below a field, if it names the field.
fn is_of(names: &[&str], keys: &[String]) -> Option<usize> {
    let (first, rest) = names.split_first()?;
    let same = *first == "detail"
        && rest.len() >= keys.len()
        && rest.iter().zip(keys).all(|(a, b)| a == b);
    same.then(|| rest.len() - keys.len())
}

/// Where a value stands that is asked for, or excluded.
fn value(node: &Node, text: &str) -> Option<Range<usize>> {
    match &node.value {
        Value::String(found) if found == text => Some(node.span.clone()),
        _ => {
            let inner = node.members().iter().map(|member| &member.node);
            inner
                .chain(node.items())
                .find_map(|inner| value(inner, text))
        }
    }
}
