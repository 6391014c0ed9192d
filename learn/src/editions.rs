//! Editions of one page come in, in whatever order; the newest goes out, with what only older ones say.

use super::evidence::SourceEvidence;
use super::evidence::history::{EVENT, Edition, EventFacts, Facts, History};
use super::evidence::page::{PageEvidence, ValueLists};
use super::join::{self, event::EventKnowledge};
use super::shape::{Shape, ValueKind};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, BTreeSet};

/// What one edition of a page says of the events of a source.
pub(super) fn facts(page: &PageEvidence) -> Facts {
    let alone = PageEvidence {
        history: History::default(),
        ..page.clone()
    };
    let evidence: SourceEvidence = [alone].into_iter().collect();
    let (events, _) = join::join(&evidence, &ValueLists::new());
    let events = events.into_iter();
    events
        .map(|(detail_type, event)| (detail_type, event_facts(&event)))
        .collect()
}

fn event_facts(event: &EventKnowledge) -> EventFacts {
    let mut facts = EventFacts::new();
    note(&mut facts, "", EVENT.to_owned());
    shape_facts(&event.detail, "", &mut facts);
    for (path, values) in &event.values {
        for value in values.documented() {
            note(&mut facts, path, format!("value {value}"));
        }
    }
    facts
}

fn shape_facts(shape: &Shape, path: &str, facts: &mut EventFacts) {
    let kinds = shape.kinds().into_iter().filter(|_| !path.is_empty());
    for kind in kinds {
        let says = match kind {
            ValueKind::Word(word) => format!("word {word}"),
            kind => kind.name().to_owned(),
        };
        note(facts, path, says);
    }
    for (key, field) in &shape.fields {
        shape_facts(&field.shape, &path::key(path, key), facts);
    }
    if let Some(items) = &shape.items {
        shape_facts(items, &path::items(path), facts);
    }
    if let Some(values) = &shape.values {
        shape_facts(values, &path::values(path), facts);
    }
}

fn note(facts: &mut EventFacts, path: &str, says: String) {
    facts.entry(path.to_owned()).or_default().insert(says);
}

/// Whether a fact says no more than that a field is.
fn is_vague(says: &str) -> bool {
    says == ValueKind::Prose.name() || says.starts_with("word ")
}

/// All paths of events that facts have, the events themselves among them.
pub(super) fn paths(facts: &Facts) -> impl Iterator<Item = (&str, &str)> {
    facts.iter().flat_map(|(detail_type, paths)| {
        let paths = paths.keys();
        paths.map(move |path| (detail_type.as_str(), path.as_str()))
    })
}

/// What of `facts` later editions do not say.
fn without(facts: &Facts, later: &Facts) -> Facts {
    let mut left = Facts::new();
    for (detail_type, paths) in facts {
        let known = later.get(detail_type);
        let paths = paths.iter().filter_map(|(path, says)| {
            let known = known.and_then(|known| known.get(path));
            let is_new = |fact: &&String| match known {
                Some(known) => !known.contains(*fact) && !is_vague(fact),
                None => true,
            };
            let says: BTreeSet<String> = says.iter().filter(is_new).cloned().collect();
            (!says.is_empty()).then(|| (path.clone(), says))
        });
        let paths: EventFacts = paths.collect();
        if !paths.is_empty() {
            left.insert(detail_type.clone(), paths);
        }
    }
    left
}

fn add(known: &mut Facts, more: &Facts) {
    for (detail_type, paths) in more {
        let of_event = known.entry(detail_type.clone()).or_default();
        for (path, says) in paths {
            let of_path = of_event.entry(path.clone()).or_default();
            of_path.extend(says.iter().cloned());
        }
    }
}

/// How a page that is learned stands to the newest edition that the set holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is that edition.
    Same,
    /// It takes its place.
    Newer,
    /// It tells what was documented before.
    Older,
    /// It has no date, and the others have.
    Undated,
}

/// How an edition stands to the newest one. What has no date is what a person has now: it takes the place of what has
/// none either, and is older than what has one.
pub(super) fn standing(newest: &Edition, learned: &Edition) -> Standing {
    let same = newest.revision == learned.revision;
    match (&newest.date, &learned.date) {
        (Some(newest), Some(learned)) if same && newest == learned => Standing::Same,
        (None, _) | (_, None) if same => Standing::Same,
        (None, _) => Standing::Newer,
        (Some(_), None) => Standing::Undated,
        _ if learned > newest => Standing::Newer,
        _ => Standing::Older,
    }
}

/// The page with one more edition. Of each source that any of its editions speaks of, `known` and `learned` say what
/// theirs do.
pub(super) fn with_edition(
    known: PageEvidence,
    mut learned: PageEvidence,
    standing: Standing,
) -> PageEvidence {
    let mut said = Said::of(&known);
    learned.language = learned.language.or_else(|| known.language.clone());
    if standing == Standing::Same {
        learned.date = learned.date.or_else(|| known.date.clone());
    }
    let edition = learned.edition();
    said.learn(&edition, &learned);
    if standing == Standing::Newer {
        said.learn(&known.edition(), &known);
    }
    let mut newest = match standing {
        Standing::Older => known,
        _ => learned,
    };
    newest.history = said.history(&newest);
    newest
}

/// All that is known of the editions of a page.
struct Said {
    editions: BTreeSet<Edition>,
    /// What each says, or what no later one does.
    facts: BTreeMap<Edition, Facts>,
    first: BTreeMap<(String, String), String>,
}

impl Said {
    fn of(page: &PageEvidence) -> Said {
        let history = &page.history;
        let mut said = Said {
            editions: history.editions.clone(),
            facts: history.former.clone(),
            first: BTreeMap::new(),
        };
        let own = facts(page);
        let dated = history.former.iter().filter(|(it, _)| it.date.is_some());
        let holders = dated.map(|(_, facts)| facts);
        for facts in holders.chain(page.date.is_some().then_some(&own)) {
            for (detail_type, path) in paths(facts) {
                if let Some(date) = history.first(detail_type, path) {
                    said.date(detail_type, path, date);
                }
            }
        }
        said
    }

    fn date(&mut self, detail_type: &str, path: &str, date: &str) {
        let key = (detail_type.to_owned(), path.to_owned());
        let first = self.first.entry(key).or_insert_with(|| date.to_owned());
        if date < first.as_str() {
            date.clone_into(first);
        }
    }

    /// Adds what an edition says. Those without a date are kept as one.
    fn learn(&mut self, edition: &Edition, page: &PageEvidence) {
        let facts = facts(page);
        match &edition.date {
            Some(date) => {
                self.editions.insert(edition.clone());
                for (detail_type, path) in paths(&facts) {
                    self.date(detail_type, path, date);
                }
                self.facts.insert(edition.clone(), facts);
            }
            None => add(self.facts.entry(Edition::default()).or_default(), &facts),
        }
    }

    /// What is kept beside the newest edition.
    fn history(mut self, newest: &PageEvidence) -> History {
        let edition = newest.edition();
        let mut later = facts(newest);
        let mut former = BTreeMap::new();
        self.facts.remove(&edition);
        for (edition, facts) in self.facts.into_iter().rev() {
            let left = without(&facts, &later);
            add(&mut later, &left);
            if !left.is_empty() {
                former.insert(edition, left);
            }
        }
        let mut history = History {
            editions: self.editions,
            former,
            first: BTreeMap::new(),
        };
        // In the order of paths, so that the event itself comes before its fields.
        for ((detail_type, path), date) in self.first {
            if history.first(&detail_type, &path) != Some(&date) {
                let of_event = history.first.entry(detail_type).or_default();
                of_event.insert(path, date);
            }
        }
        history
    }
}
