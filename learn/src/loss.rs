//! A page comes in under a name that the set knows, with what the set knows of it; why it is not believed goes out: what
//! it lost, or that it is another page.
//!
//! Pages are served wrong more often than events are taken away: cut off, in another language, as an error page.

use super::editions::{Standing, paths};
use super::evidence::history::Facts;
use super::reading::PageReport;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::renamed;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a page that lost something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Losses {
    /// It is refused.
    #[default]
    Refused,
    /// It is learned; what it lost stays, marked as no longer documented.
    Accepted,
}

/// Of so many fields a page may lose one at once.
const TENTH: usize = 10;

/// So many names are told.
const TOLD: usize = 5;

/// What an edition says of each source.
pub(super) type BySourceFacts = BTreeMap<String, Facts>;

/// What a page lost, beside what the set knows of it: an error where it is not believed, a note where it is.
pub(super) fn told(
    reading: &PageReport,
    language: Option<&str>,
    standing: Standing,
    (known, learned): (&BySourceFacts, &BySourceFacts),
) -> Option<Diagnostic> {
    let lost = || match standing {
        Standing::Newer => lost(known, learned),
        _ => Lost::Nothing,
    };
    let other =
        other_page(reading, language, (known, learned)).filter(|_| standing != Standing::Same);
    let reason = match other.map_or_else(lost, Lost::Much) {
        Lost::Much(reason) => reason,
        Lost::Little(fields) => {
            let message =
                format!("{fields}; what it no longer says stays, marked as no longer documented");
            return Some(Diagnostic::new(Severity::Note, &reading.path, message));
        }
        Lost::Nothing => return None,
    };
    let message = format!(
        "`{}` is known, and this is not believed: {reason}",
        reading.page
    );
    let help = "fetch the page again; if it is right, --accept-loss learns it, and what it no longer says stays, marked as no longer documented";
    Some(Diagnostic::error(&reading.path, message).help(help))
}

/// What tells that it is another page, or not all of it.
fn other_page(
    reading: &PageReport,
    language: Option<&str>,
    (known, learned): (&BySourceFacts, &BySourceFacts),
) -> Option<String> {
    let has_events = |facts: &BySourceFacts| facts.values().any(|facts| !facts.is_empty());
    if has_events(known) && !has_events(learned) {
        return Some("no event stands in it".to_owned());
    }
    if reading.cut_off {
        return Some("it is cut off: its HTML does not end".to_owned());
    }
    if let (Some(was), Some(is)) = (language, reading.language.as_deref())
        && was != is
    {
        return Some(format!(
            "it is written in another language ({is}, and was {was})"
        ));
    }
    let shared = known.keys().any(|source| learned.contains_key(source));
    (!known.is_empty() && !shared).then(|| {
        let of = |facts: &BySourceFacts| listed(facts.keys().cloned().collect());
        format!("it tells of {}, and told of {}", of(learned), of(known))
    })
}

/// What an edition lost.
enum Lost {
    /// Too much to be believed, and why.
    Much(String),
    /// Some fields.
    Little(String),
    Nothing,
}

fn lost(known: &BySourceFacts, learned: &BySourceFacts) -> Lost {
    let gone = known.keys().filter(|source| !learned.contains_key(*source));
    let gone: Vec<String> = gone.cloned().collect();
    if !gone.is_empty() {
        return Lost::Much(format!(
            "it tells nothing of the source {} any more",
            listed(gone)
        ));
    }
    let (mut events, mut fields, mut of) = (Vec::new(), Vec::new(), 0);
    for (source, facts) in known {
        let learned = &learned[source];
        let heirs = heirs(facts, learned);
        for (detail_type, path) in paths(facts) {
            let heir = heirs.get(detail_type).copied().unwrap_or(detail_type);
            let is_there = |path: &str| learned.get(heir).is_some_and(|it| it.contains_key(path));
            if path.ends_with(['}', ']']) {
                continue; // what stands in a list is no field
            }
            of += usize::from(!path.is_empty());
            match path.is_empty() {
                _ if is_there(path) => {}
                true => events.push(format!("`{detail_type}`")),
                false => fields.push(format!("`{path}` of `{detail_type}`")),
            }
        }
        events.extend(gutted(facts, learned));
    }
    if !events.is_empty() {
        let (count, listed) = (counted(events.len(), "event"), listed(events));
        return Lost::Much(format!("it lost {count}: {listed}"));
    }
    let many = fields.len() * TENTH > of;
    let count = counted(fields.len(), "field");
    let said = format!("it lost {count} of {of}: {}", listed(fields));
    match (many, count.starts_with("0 ")) {
        (_, true) => Lost::Nothing,
        (true, _) => Lost::Much(said),
        (false, _) => Lost::Little(said),
    }
}

/// Events that had fields and have none.
fn gutted(known: &Facts, learned: &Facts) -> Vec<String> {
    let sizes = known.iter().filter_map(|(detail_type, paths)| {
        let now = learned.get(detail_type)?;
        (paths.len() > 1 && now.len() <= 1).then(|| format!("all fields of `{detail_type}`"))
    });
    sizes.collect()
}

/// Events that are called otherwise now, by what they were called.
fn heirs<'f>(known: &'f Facts, learned: &'f Facts) -> BTreeMap<&'f str, &'f str> {
    let named = |facts: &'f Facts, other: &Facts| -> Vec<(&'f str, BTreeSet<&'f str>)> {
        let alone = facts.iter().filter(|(name, _)| !other.contains_key(*name));
        alone
            .map(|(name, paths)| (name.as_str(), paths.keys().map(String::as_str).collect()))
            .collect()
    };
    renamed::pairs(&named(known, learned), &named(learned, known))
        .into_iter()
        .collect()
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

fn listed(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
