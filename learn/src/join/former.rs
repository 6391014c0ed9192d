//! What editions of a page said that are no longer the newest comes in; what is known of each event goes out with it,
//! as evidence that is believed less than what pages say today.

use super::at_steps;
use super::event::EventKnowledge;
use crate::evidence::history::{EVENT, EventFacts};
use crate::evidence::page::PageEvidence;
use crate::shape::{Position, Shape, ValueKind};
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, BTreeSet};

/// Adds the events and fields that former editions alone have.
pub(super) fn add_former(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    for (site, detail_type, facts) in each_event(page) {
        let event = events.entry(detail_type.clone()).or_default();
        if facts.contains_key("") {
            event.documented.insert((site.clone(), EVENT));
        }
        for (ordinal, (path, says)) in facts.iter().enumerate() {
            let steps = path::steps(path).unwrap_or_default();
            let first = Position::Prose(site.clone(), ordinal);
            let kinds = says.iter().filter_map(|says| ValueKind::parse(says));
            for (kind, word) in kinds.filter(|_| !path.is_empty()) {
                let shape = Shape::one(kind, site.clone(), word);
                let missing = BTreeSet::from([Origin::Formerly]);
                event.detail.join(at_steps(&steps, shape, &missing, &first));
            }
        }
    }
}

/// Adds when editions of a page had events.
pub(super) fn add_dates(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    let now = page
        .events
        .iter()
        .map(|sample| (&sample.detail_type, page.date.as_ref()));
    let former = page.history.former.iter().flat_map(|(edition, facts)| {
        let with_it = facts.iter().filter(|(_, facts)| facts.contains_key(""));
        with_it.map(|(detail_type, _)| (detail_type, edition.date.as_ref()))
    });
    for (detail_type, date) in now.chain(former) {
        if let (Some(event), Some(date)) = (events.get_mut(detail_type), date) {
            event.dates.insert(date.clone());
            let first = page.history.first(detail_type, "");
            event.dates.extend(first.map(str::to_owned));
        }
    }
}

/// Adds the values that former editions alone list.
pub(super) fn add_former_values(
    page: &PageEvidence,
    events: &mut BTreeMap<String, EventKnowledge>,
) {
    for (site, detail_type, facts) in each_event(page) {
        let Some(event) = events.get_mut(detail_type) else {
            continue;
        };
        for (path, says) in facts {
            let values = says.iter().filter_map(|says| says.strip_prefix("value "));
            for (ordinal, value) in values.enumerate() {
                let known = event.values.entry(path.clone()).or_default();
                known.add(value, site.clone(), ordinal);
            }
        }
    }
}

fn each_event(page: &PageEvidence) -> impl Iterator<Item = (Evidence, &String, &EventFacts)> {
    page.history.former.iter().flat_map(|(edition, facts)| {
        let site = Evidence::former_page(&page.page, edition.date.as_deref());
        let facts = facts.iter();
        facts.map(move |(detail_type, facts)| (site.clone(), detail_type, facts))
    })
}
