//! The pages of all events come in; the list of them goes out, by source and by what they are about.

use crate::event_page::{EventPage, Summary};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the first page says.
#[derive(Serialize)]
pub(crate) struct IndexPage<'m> {
    events: usize,
    /// How many have fields that are known.
    typed: usize,
    fields: usize,
    sources: Vec<Source<'m>>,
}

/// The events of a source.
#[derive(Serialize)]
struct Source<'m> {
    name: &'m str,
    id: String,
    events: usize,
    groups: Vec<Group<'m>>,
}

/// Events that are about the same.
#[derive(Serialize)]
struct Group<'m> {
    name: String,
    events: Vec<Summary<'m>>,
}

/// The list of all events.
pub(crate) fn index<'m>(pages: &[EventPage<'m>]) -> IndexPage<'m> {
    let mut names = crate::names::Names::default();
    let mut sources: BTreeMap<&str, Vec<&Summary<'m>>> = BTreeMap::new();
    for page in pages {
        sources
            .entry(page.summary.source)
            .or_default()
            .push(&page.summary);
    }
    let sources = sources.into_iter().map(|(name, events)| Source {
        name,
        id: names.claim(&format!("source-{name}")),
        events: events.len(),
        groups: groups(&events),
    });
    IndexPage {
        events: pages.len(),
        typed: pages.iter().filter(|page| page.summary.fields > 0).count(),
        fields: pages.iter().map(|page| page.summary.fields).sum(),
        sources: sources.collect(),
    }
}

fn groups<'m>(events: &[&Summary<'m>]) -> Vec<Group<'m>> {
    let mut groups: BTreeMap<&str, Vec<Summary<'m>>> = BTreeMap::new();
    for event in events {
        groups
            .entry(&event.group)
            .or_default()
            .push((*event).clone());
    }
    let groups = groups.into_iter();
    groups
        .map(|(name, mut events)| {
            // Those with fields first: the others say no more than their names.
            events.sort_by_key(|event| event.fields == 0);
            let name = name.to_owned();
            Group { name, events }
        })
        .collect()
}
