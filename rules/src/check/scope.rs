//! What a rule says of source and detail-type comes in; the events that it may let through go out.

use super::operator;
use crate::catalogue::{Catalogue, is_distinctive};
use crate::near::{self, Nearness};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::EventType;
use eventbridge_catalog::nearest::fold;
use eventbridge_catalog::schema_set::service;

/// The events that some fields of a pattern let through.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'m> {
    pub(super) events: Vec<&'m EventType>,
    /// Whether other events may come through, of which nothing is known.
    pub(super) is_open: bool,
    /// Whether the detail-types are listed by name.
    pub(super) is_listed: bool,
    /// All events of the sources.
    pub(super) of_sources: Vec<&'m EventType>,
    /// Whether there may be other sources.
    pub(super) has_other_sources: bool,
}

/// The events of the sources that a rule names; of one that names none, those that can be told by what is in them.
fn candidates<'m>(
    catalogue: &Catalogue<'m>,
    source: Option<&Node>,
    scope: &mut Scope<'m>,
) -> Vec<&'m EventType> {
    let Some(values) = source else {
        let all = catalogue.all();
        return all.filter(|event| is_distinctive(event)).collect();
    };
    let (sources, is_open) = sources(catalogue, values);
    scope.is_open = is_open;
    let events = sources.into_iter().flat_map(|name| catalogue.events(name));
    events.copied().collect()
}

/// The scope of a rule with these values of `source` and `detail-type`.
pub(super) fn scope<'m>(
    catalogue: &Catalogue<'m>,
    source: Option<&Node>,
    detail_type: Option<&Node>,
) -> Scope<'m> {
    let mut scope = Scope::default();
    let candidates = candidates(catalogue, source, &mut scope);
    scope.has_other_sources = scope.is_open || source.is_none();
    scope.of_sources.clone_from(&candidates);
    match detail_type {
        None if source.is_none() => scope.is_open = true,
        None => scope.events = candidates,
        Some(values) => {
            scope.is_listed = true;
            for value in values_of(values) {
                of_type(&mut scope, &candidates, value);
            }
        }
    }
    scope
}

fn of_type<'m>(scope: &mut Scope<'m>, candidates: &[&'m EventType], value: Option<&Node>) {
    match value.map(|value| (&value.value, value)) {
        Some((Value::String(name), _)) => match known_type(candidates, name) {
            Some(name) => {
                let events = candidates.iter().filter(|event| event.detail_type == name);
                scope.events.extend(events);
            }
            None => scope.is_open = true,
        },
        Some((Value::Object(_), item)) => {
            scope.is_listed = false;
            let is_taken = takes(item);
            let before = scope.events.len();
            let events = candidates.iter().filter(|it| is_taken(&it.detail_type));
            scope.events.extend(events);
            scope.is_open |= scope.events.len() == before;
        }
        _ => scope.is_open = true,
    }
}

/// The detail-type that a word is, or is meant to be.
fn known_type<'m>(candidates: &[&'m EventType], name: &str) -> Option<&'m str> {
    let types = || candidates.iter().map(|event| event.detail_type.as_str());
    let exact = types().find(|known| *known == name);
    exact.or_else(|| near::meant(name, types()).map(|(name, _)| name))
}

/// What an operator takes; nothing, where it is none.
fn takes(item: &Node) -> impl Fn(&str) -> bool {
    let operator = operator::compiled(item);
    move |text| {
        operator
            .as_ref()
            .is_some_and(|operator| operator::takes(operator, text))
    }
}

/// The known sources that some values may be, and whether others may be, too.
fn sources<'m>(catalogue: &Catalogue<'m>, values: &Node) -> (Vec<&'m str>, bool) {
    let (mut sources, mut is_open) = (Vec::new(), false);
    for value in values_of(values) {
        match value.map(|value| (&value.value, value)) {
            Some((Value::String(name), _)) => match known_source(catalogue, name) {
                Some(source) => sources.push(source),
                None => is_open = true,
            },
            Some((Value::Object(_), item)) => {
                let is_taken = takes(item);
                let before = sources.len();
                sources.extend(catalogue.sources().filter(|source| is_taken(source)));
                let is_fold = item.get("equals-ignore-case").is_some();
                is_open |= !is_fold || sources.len() == before;
            }
            _ => is_open = true,
        }
    }
    sources.sort_unstable();
    sources.dedup();
    (sources, is_open)
}

fn known_source<'m>(catalogue: &Catalogue<'m>, name: &str) -> Option<&'m str> {
    let exact = catalogue.sources().find(|source| *source == name);
    exact.or_else(|| meant_source(catalogue, name))
}

/// The source that is meant by a word that is none, if it cannot be another source: short names of services differ in
/// a letter and are two.
pub(super) fn meant_source<'m>(catalogue: &Catalogue<'m>, name: &str) -> Option<&'m str> {
    let (source, nearness) = near::meant(name, catalogue.sources())?;
    let long = fold(service(source)).chars().count() >= 6;
    let same_service = fold(service(source)) == fold(service(name));
    match nearness {
        Nearness::Folded => Some(source),
        Nearness::Letters(1) if same_service || long => Some(source),
        Nearness::Letters(2) if long => Some(source),
        _ => None,
    }
}

/// The values of a field; none for what is not known.
fn values_of(node: &Node) -> Vec<Option<&Node>> {
    match &node.value {
        Value::Array(items) => items
            .iter()
            .map(|item| Some(item).filter(|item| !matches!(item.value, Value::Placeholder(_))))
            .collect(),
        // It is no array yet, but what it is to be is plain.
        Value::String(_) => vec![Some(node)],
        _ => vec![None],
    }
}
