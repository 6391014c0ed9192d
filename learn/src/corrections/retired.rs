//! Corrections come in that end what was a slip of a page, and what is known of events; what only former editions say of
//! them goes.

use super::{Correction, Corrections};
use crate::evidence::SourceEvidence;
use crate::join::event::EventKnowledge;
use crate::shape::Shape;
use eventbridge_catalog::path::{self, Step};
use std::collections::BTreeMap;

impl Corrections {
    /// Ends what is retired, where nobody says it any more.
    pub fn retire(&mut self, events: &mut BTreeMap<String, EventKnowledge>) {
        for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
            let Correction::Retired {
                event,
                field,
                value,
                ..
            } = correction
            else {
                continue;
            };
            let done = match (field, value) {
                (None, None) => retire_event(events, event),
                (field, value) => events.get_mut(event).is_some_and(|known| {
                    let path = field.as_deref().unwrap_or_default();
                    retire_part(known, path, value.as_deref())
                }),
            };
            if done {
                applied.insert(event.clone(), true);
            }
        }
    }

    /// The events that ended: nobody says them, and nobody calls them anything any more.
    pub fn ended(&self, events: &BTreeMap<String, EventKnowledge>) -> Vec<String> {
        let whole = self
            .corrections
            .iter()
            .filter_map(|correction| match correction {
                Correction::Retired {
                    event,
                    field: None,
                    value: None,
                    ..
                } => Some(event),
                _ => None,
            });
        whole
            .filter(|event| !events.contains_key(*event))
            .cloned()
            .collect()
    }
}

fn retire_event(events: &mut BTreeMap<String, EventKnowledge>, name: &str) -> bool {
    events.get(name).is_some_and(EventKnowledge::is_former) && events.remove(name).is_some()
}

/// Ends a value of a field, or the field.
fn retire_part(event: &mut EventKnowledge, path: &str, value: Option<&str>) -> bool {
    match value {
        Some(value) => retire_value(event, path, value),
        None => retire_field(&mut event.detail, path),
    }
}

fn retire_value(event: &mut EventKnowledge, path: &str, value: &str) -> bool {
    event
        .values
        .get_mut(path)
        .is_some_and(|values| values.retire(value))
}

fn retire_field(detail: &mut Shape, path: &str) -> bool {
    let steps = path::steps(path).unwrap_or_default();
    let Some((Step::Key(key), around)) = steps.split_last() else {
        return false;
    };
    let outer = around.iter().try_fold(detail, |shape, step| match step {
        Step::Key(key) => shape.fields.get_mut(key).map(|field| &mut field.shape),
        Step::Items => shape.items.as_deref_mut(),
        Step::Values => shape.values.as_deref_mut(),
    });
    outer.is_some_and(|outer| {
        let former = outer
            .fields
            .get(key)
            .is_some_and(|field| is_former(&field.shape));
        former && outer.fields.remove(key).is_some()
    })
}

fn is_former(shape: &Shape) -> bool {
    let inner = shape.fields.values().map(|field| &field.shape);
    let mut inner = inner
        .chain(shape.items.as_deref())
        .chain(shape.values.as_deref());
    shape.seen.keys().all(|(origin, _)| !origin.is_present()) && inner.all(is_former)
}

/// Whether an edition is known that said it, and a later one.
pub(super) fn is_due(last: Option<&str>, evidence: &SourceEvidence) -> bool {
    match last {
        None => true,
        Some(last) => evidence
            .pages
            .values()
            .any(|page| page.history.had(last, page.date.as_deref())),
    }
}
