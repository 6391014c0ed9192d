//! The dated pages of a set and an event come in; since when and until when it is documented goes out, and what each edition
//! said of it first and last.

use eventbridge_catalog::model::{EventType, Evidence, Origin};
use eventbridge_catalog::schema_set::editions::DatedPage;
use serde::Serialize;
use std::collections::BTreeMap;

/// The history of an event.
#[derive(Default, Serialize)]
pub(crate) struct History {
    /// The date of the first edition that names it: `2021-06`.
    pub(crate) first: Option<String>,
    /// The date of the last one.
    pub(crate) last: Option<String>,
    /// Whether the newest edition names it.
    pub(crate) is_current: bool,
    editions: Vec<Edition>,
}

/// What changed in an edition.
#[derive(Serialize)]
struct Edition {
    date: String,
    page: String,
    /// Whether it is the first to name the event.
    is_first: bool,
    /// Whether it is the newest there is.
    is_newest: bool,
    /// Paths that it names first.
    added: Vec<String>,
    /// What it is the last to say.
    dropped: Vec<Dropped>,
}

#[derive(Serialize)]
struct Dropped {
    path: String,
    says: String,
}

/// The history of an event, as the pages tell it that are evidence of it.
pub(crate) fn history(event: &EventType, pages: &[DatedPage]) -> History {
    let mut history = History::default();
    for page in pages.iter().filter(|page| page.source == event.source) {
        let former = formerly(event, page);
        let is_current = event.evidence.iter().any(|it| is_of(it, page));
        if !is_current && former.is_none() {
            continue;
        }
        let first = page.first(&event.detail_type);
        let last = if is_current {
            Some(page.newest())
        } else {
            former
        };
        history.is_current |= is_current;
        history.first = earlier(history.first, first);
        history.last = history.last.max(last.map(str::to_owned));
        let editions = page.editions.iter();
        let editions = editions.filter_map(|date| edition(event, page, date, first));
        history.editions.extend(editions);
    }
    history.editions.sort_by(|a, b| b.date.cmp(&a.date));
    history
}

fn is_of(evidence: &Evidence, page: &DatedPage) -> bool {
    evidence.origin == Origin::Page && evidence.name == page.name
}

/// The date of the newest older edition that alone names the event.
fn formerly<'e>(event: &'e EventType, page: &DatedPage) -> Option<&'e str> {
    let sites = event.evidence.iter();
    let of_page = sites.filter(|it| {
        let name = it.name.rsplit_once('@').map(|(name, _)| name);
        it.origin == Origin::Formerly && name == Some(page.name.as_str())
    });
    of_page.filter_map(Evidence::former_date).max()
}

fn earlier(known: Option<String>, date: &str) -> Option<String> {
    match known {
        Some(known) if known.as_str() <= date => Some(known),
        _ => Some(date.to_owned()),
    }
}

/// An edition that changed what is said of the event, or is the newest.
fn edition(event: &EventType, page: &DatedPage, date: &str, first: &str) -> Option<Edition> {
    let added = page.added(&event.detail_type, date);
    let dropped = page.dropped(&event.detail_type, date);
    let is_newest = page.newest() == date;
    let says_something = !added.is_empty() || !dropped.is_empty();
    (date == first || is_newest || says_something).then(|| Edition {
        date: date.to_owned(),
        page: page.name.clone(),
        is_first: date == first,
        is_newest,
        added: added.into_iter().map(str::to_owned).collect(),
        dropped: by_saying(&dropped),
    })
}

/// Paths of which the same was said stand together.
fn by_saying(dropped: &[(&str, &[String])]) -> Vec<Dropped> {
    let mut by_saying: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, says) in dropped {
        let path = if path.is_empty() { "the event" } else { path };
        by_saying.entry(says.join(", ")).or_default().push(path);
    }
    let groups = by_saying.into_iter();
    groups
        .map(|(says, paths)| Dropped {
            path: paths.join(", "),
            says,
        })
        .collect()
}
