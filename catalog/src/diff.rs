//! Two models come in, an older and a newer one; what changed between them goes out: per event and field, with what each
//! change does to those who use the packages, and which versions it asks for. What changed in evidence, text or order
//! alone is counted.

mod effect;
mod fields;
mod fold;
mod show;

pub use effect::{Bump, Effect, Package};
pub use fold::Finding;
pub use show::{human, line, markdown};

use crate::model::{EventType, Field, Model};
use crate::renamed;
use crate::roles;
use fields::FieldChanges;
use std::collections::{BTreeMap, BTreeSet};

/// One difference between two models.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The event source.
    pub source: String,
    /// The detail-type, as it is now, or was.
    pub detail_type: String,
    /// The path of the field; none where the event itself is meant.
    pub path: Option<String>,
    /// What changed.
    pub what: What,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is new.
    Added {
        /// A field that every event has.
        required: bool,
    },
    /// It is gone.
    Removed,
    /// It is called otherwise now.
    Renamed {
        /// What it was called.
        from: String,
        /// Whether the old name stays, as one that is no longer documented.
        stays: bool,
    },
    /// It is there and no longer documented.
    NoLongerDocumented,
    /// It is documented again.
    DocumentedAgain,
    /// What packages call the event or a type is otherwise.
    NameChanged {
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// It holds something else.
    Retyped {
        /// What it held.
        from: String,
        /// What it holds.
        to: String,
    },
    /// Every event has it now.
    Required,
    /// Not every event has it any more.
    Optional,
    /// A known value is new.
    ValueAdded(String),
    /// A known value is gone.
    ValueRemoved(String),
    /// A known value is no longer documented.
    ValueNoLongerDocumented(String),
    /// An instant is written in other forms.
    WireForms {
        /// Those that are new.
        added: Vec<String>,
        /// Those that are gone.
        removed: Vec<String>,
    },
    /// It is there under another condition.
    Condition,
    /// Another field says now what the event is about, or none does.
    RoleMoved {
        /// What it says: `name`, `status`.
        role: String,
        /// The field that said it.
        from: String,
        /// The field that says it now.
        to: Option<String>,
    },
    /// Its description says something else.
    Described,
}

/// How two models differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// What changed, alike changes told as one; events before fields.
    pub findings: Vec<Finding>,
    /// Of how many events evidence alone changed, lines of pages among it.
    pub evidence_only: usize,
    /// Of how many events fields or values stand in another order, and nothing else changed.
    pub order_only: usize,
    /// Of how many events descriptions alone changed.
    pub text_only: usize,
}

impl Diff {
    /// Whether packages change.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// What the whole does to a package.
    pub fn effect(&self, package: Package) -> Effect {
        let findings = self.findings.iter();
        findings
            .map(|it| it.what.effect(package))
            .max()
            .unwrap_or(Effect::None)
    }

    /// What version of a package comes next.
    pub fn next_version(&self, package: Package, version: &str) -> Option<String> {
        effect::next_version(version, self.effect(package).bump(version))
    }
}

/// What changed from one model to another.
pub fn diff(old: &Model, new: &Model) -> Diff {
    let (old_events, new_events) = (by_key(old), by_key(new));
    let mut changes = Changes::default();
    let renamed = renamed_events(&old_events, &new_events);
    for (key, event) in &new_events {
        if let Some(from) = renamed.get(key) {
            let stays = new_events.contains_key(from);
            let from_name = from.1.to_owned();
            changes.event(
                event,
                What::Renamed {
                    from: from_name,
                    stays,
                },
            );
            changes.both(old_events[from], event);
        } else if let Some(was) = old_events.get(key) {
            changes.both(was, event);
        } else if !event.is_former() {
            changes.event(event, What::Added { required: false });
        }
    }
    let heirs: BTreeSet<&Key<'_>> = renamed.values().collect();
    for (key, event) in &old_events {
        if !new_events.contains_key(key) && !heirs.contains(key) {
            changes.event(event, What::Removed);
        }
    }
    changes.folded(&heirs)
}

/// An event by its source and its detail-type.
type Key<'m> = (&'m str, &'m str);

fn by_key(model: &Model) -> BTreeMap<Key<'_>, &EventType> {
    let events = model.events.iter();
    events
        .map(|event| ((event.source.as_str(), event.detail_type.as_str()), event))
        .collect()
}

/// Events that are called otherwise now: those that are gone, or no longer documented, and are alike one that is new.
fn renamed_events<'m>(
    old: &BTreeMap<Key<'m>, &'m EventType>,
    new: &BTreeMap<Key<'m>, &'m EventType>,
) -> BTreeMap<Key<'m>, Key<'m>> {
    let left = |key: &Key<'m>, event: &EventType| match new.get(key) {
        None => true,
        Some(now) => now.is_former() && !event.is_former(),
    };
    let gone = old.iter().filter(|(key, event)| left(key, event));
    let arrived = new
        .iter()
        .filter(|(key, event)| !old.contains_key(*key) && !event.is_former());
    let named =
        |events: Vec<(&Key<'m>, &&'m EventType)>, source: &str| -> Vec<renamed::Named<'m>> {
            let events = events.into_iter().filter(|((of, _), _)| *of == source);
            events
                .map(|((_, name), event)| {
                    (
                        *name,
                        event.detail.iter().map(|it| it.key.as_str()).collect(),
                    )
                })
                .collect()
        };
    let (gone, arrived): (Vec<_>, Vec<_>) = (gone.collect(), arrived.collect());
    let sources: BTreeSet<&'m str> = arrived.iter().map(|((source, _), _)| *source).collect();
    let mut found = BTreeMap::new();
    for source in sources {
        let pairs = renamed::pairs(
            &named(gone.clone(), source),
            &named(arrived.clone(), source),
        );
        found.extend(
            pairs
                .into_iter()
                .map(|(from, to)| ((source, to), (source, from))),
        );
    }
    found
}

/// What fields that are there still no longer say.
fn roles_moved(old: &EventType, new: &EventType) -> Vec<What> {
    let is: BTreeMap<_, _> = roles::find_roles(new).into_iter().collect();
    let is_it = |field: &Field, key: &str| field.key == key && !field.is_former();
    let stands = |key: &str| new.detail.iter().any(|field| is_it(field, key));
    let was = roles::find_roles(old).into_iter();
    let moved = was.filter(|(role, from)| is.get(role) != Some(from) && stands(from));
    moved
        .map(|(role, from)| What::RoleMoved {
            role: role.to_owned(),
            from: from.to_owned(),
            to: is.get(role).map(|to| (*to).to_owned()),
        })
        .collect()
}

/// What was found so far.
#[derive(Default)]
struct Changes {
    found: Vec<Change>,
    diff: Diff,
}

impl Changes {
    fn event(&mut self, event: &EventType, what: What) {
        self.found.push(Change {
            source: event.source.clone(),
            detail_type: event.detail_type.clone(),
            path: None,
            what,
        });
    }

    /// Compares an event with what it was.
    fn both(&mut self, old: &EventType, new: &EventType) {
        let before = self.found.len();
        // What is called otherwise, its type is too; that is told with it.
        if old.name != new.name && old.detail_type == new.detail_type {
            let (from, to) = (old.name.clone(), new.name.clone());
            self.event(new, What::NameChanged { from, to });
        }
        match (old.is_former(), new.is_former()) {
            (false, true) => self.event(new, What::NoLongerDocumented),
            (true, false) => self.event(new, What::DocumentedAgain),
            _ => {}
        }
        for what in roles_moved(old, new) {
            self.event(new, what);
        }
        let fields = FieldChanges::between(old, new);
        // Of an event that is no longer documented, all fields are not: it is told once.
        let told = |what: &What| {
            !new.is_former()
                || !matches!(
                    what,
                    What::NoLongerDocumented | What::ValueNoLongerDocumented(_) | What::Optional
                )
        };
        let changes = fields.changes.into_iter().filter(|(_, what)| told(what));
        self.found.extend(changes.map(|(path, what)| Change {
            source: new.source.clone(),
            detail_type: new.detail_type.clone(),
            path,
            what,
        }));
        if old.description != new.description || old.documentation != new.documentation {
            self.event(new, What::Described);
        }
        let texts = |change: &Change| change.what == What::Described;
        let all = &self.found[before..];
        match all.is_empty() {
            false if all.iter().all(texts) => self.diff.text_only += 1,
            true if fields.reordered => self.diff.order_only += 1,
            true if old != new => self.diff.evidence_only += 1,
            _ => {}
        }
    }

    fn folded(mut self, heirs: &BTreeSet<&Key<'_>>) -> Diff {
        // The old name of what was renamed is no longer documented, and that is told with the new one.
        self.found.retain(|change| {
            let key = (change.source.as_str(), change.detail_type.as_str());
            change.what != What::NoLongerDocumented
                || change.path.is_some()
                || !heirs.contains(&key)
        });
        self.diff.findings = fold::folded(self.found);
        self.diff
    }
}
