//! An event as it was and as it is comes in; what changed in its fields goes out, at all depths.

use super::What;
use crate::model::{Body, EventType, Field, KnownValue, Type, WireForm};
use crate::path;
use crate::renamed;
use std::collections::{BTreeMap, BTreeSet};

/// What changed in the fields of an event, each with its path.
#[derive(Default)]
pub(super) struct FieldChanges {
    pub(super) changes: Vec<(Option<String>, What)>,
    /// Whether fields or values stand in another order.
    pub(super) reordered: bool,
}

impl FieldChanges {
    pub(super) fn between(old: &EventType, new: &EventType) -> FieldChanges {
        let mut found = FieldChanges::default();
        let mut named = BTreeSet::new();
        Pair { old, new }.objects("", (&old.detail, &new.detail), &mut named, &mut found);
        found.changes.sort();
        found.changes.dedup();
        found
    }

    fn note(&mut self, path: &str, what: What) {
        self.changes.push((Some(path.to_owned()), what));
    }
}

struct Pair<'m> {
    old: &'m EventType,
    new: &'m EventType,
}

/// Definitions that were compared at a path, so that each pair is once.
type Compared<'m> = BTreeSet<(String, &'m str, &'m str)>;

impl<'m> Pair<'m> {
    fn objects(
        &self,
        path: &str,
        (old, new): (&'m [Field], &'m [Field]),
        compared: &mut Compared<'m>,
        found: &mut FieldChanges,
    ) {
        let (was, is) = (by_key(old), by_key(new));
        let renamed = self.renamed((old, new), (&was, &is));
        for (key, field) in &is {
            let place = path::key(path, key);
            match (was.get(key), renamed.get(key)) {
                (None, Some(from)) => {
                    let stays = is.contains_key(from);
                    let from_name = (*from).to_owned();
                    found.note(
                        &place,
                        What::Renamed {
                            from: from_name,
                            stays,
                        },
                    );
                    self.fields(&place, (was[from], field), compared, found);
                }
                (Some(old), _) => self.fields(&place, (old, field), compared, found),
                (None, None) if field.is_former() => {}
                (None, None) => {
                    let required = field.required;
                    found.note(&place, What::Added { required });
                }
            }
        }
        let heirs: BTreeSet<&&str> = renamed.values().collect();
        for key in was
            .keys()
            .filter(|key| !is.contains_key(*key) && !heirs.contains(key))
        {
            found.note(&path::key(path, key), What::Removed);
        }
        let order = |fields: &[Field], other: &BTreeMap<&str, &Field>| -> Vec<String> {
            let keys = fields.iter().map(|field| &field.key);
            keys.filter(|key| other.contains_key(key.as_str()))
                .cloned()
                .collect()
        };
        found.reordered |= order(old, &is) != order(new, &was);
    }

    /// Fields that are called otherwise now, by what they are called.
    fn renamed(
        &self,
        (old, new): (&'m [Field], &'m [Field]),
        (was, is): (&BTreeMap<&str, &Field>, &BTreeMap<&str, &Field>),
    ) -> BTreeMap<&'m str, &'m str> {
        let left = |field: &&Field| match is.get(field.key.as_str()) {
            None => true,
            Some(now) => now.is_former() && !field.is_former(),
        };
        let gone: Vec<_> = old
            .iter()
            .filter(left)
            .map(|field| named(self.old, field))
            .collect();
        let new = new
            .iter()
            .filter(|field| !was.contains_key(field.key.as_str()) && !field.is_former());
        let new: Vec<_> = new.map(|field| named(self.new, field)).collect();
        let pairs = renamed::pairs(&gone, &new).into_iter();
        pairs.map(|(from, to)| (to, from)).collect()
    }

    fn fields(
        &self,
        path: &str,
        (old, new): (&'m Field, &'m Field),
        compared: &mut Compared<'m>,
        found: &mut FieldChanges,
    ) {
        match (old.is_former(), new.is_former()) {
            (false, true) => found.note(path, What::NoLongerDocumented),
            (true, false) => found.note(path, What::DocumentedAgain),
            _ => {}
        }
        match (old.required, new.required) {
            (false, true) => found.note(path, What::Required),
            (true, false) => found.note(path, What::Optional),
            _ => {}
        }
        if old.condition != new.condition {
            found.note(path, What::Condition);
        }
        if old.description != new.description {
            found.note(path, What::Described);
        }
        self.types(path, (&old.ty, &new.ty), compared, found);
    }

    fn types(
        &self,
        path: &str,
        (old, new): (&'m Type, &'m Type),
        compared: &mut Compared<'m>,
        found: &mut FieldChanges,
    ) {
        match (old, new) {
            (Type::List(old), Type::List(new)) => {
                self.types(&path::items(path), (old, new), compared, found);
            }
            (Type::Map(old), Type::Map(new)) => {
                self.types(&path::values(path), (old, new), compared, found);
            }
            (Type::Timestamp(old), Type::Timestamp(new)) => forms(path, (old, new), found),
            (Type::Named(was), Type::Named(is)) => {
                self.definitions(path, (was, is), compared, found);
            }
            (Type::OneOf(was), Type::OneOf(is)) if kinds(self.old, old) == kinds(self.new, new) => {
                for (was, is) in was.iter().zip(is) {
                    self.types(path, (was, is), compared, found);
                }
            }
            _ => {
                let (from, to) = (kind(self.old, old), kind(self.new, new));
                if from != to {
                    found.note(path, What::Retyped { from, to });
                }
            }
        }
    }

    fn definitions(
        &self,
        path: &str,
        (was, is): (&'m str, &'m str),
        compared: &mut Compared<'m>,
        found: &mut FieldChanges,
    ) {
        if !compared.insert((path.to_owned(), was, is)) {
            return;
        }
        if was != is {
            let (from, to) = (was.to_owned(), is.to_owned());
            found.note(path, What::NameChanged { from, to });
        }
        match (body(self.old, was), body(self.new, is)) {
            (Some(Body::Object(old)), Some(Body::Object(new))) => {
                self.objects(path, (old, new), compared, found);
            }
            (Some(Body::Values(old)), Some(Body::Values(new))) => values(path, (old, new), found),
            (Some(_), Some(_)) => {
                let kind =
                    |event: &EventType, name: &str| kind(event, &Type::Named(name.to_owned()));
                let (from, to) = (kind(self.old, was), kind(self.new, is));
                found.note(path, What::Retyped { from, to });
            }
            _ => {}
        }
    }
}

fn by_key(fields: &[Field]) -> BTreeMap<&str, &Field> {
    fields
        .iter()
        .map(|field| (field.key.as_str(), field))
        .collect()
}

fn body<'m>(event: &'m EventType, name: &str) -> Option<&'m Body> {
    event.definition(name).map(|definition| &definition.body)
}

/// A field, and what tells it from others.
fn named<'m>(event: &'m EventType, field: &'m Field) -> renamed::Named<'m> {
    let mut parts = BTreeSet::from([match &field.ty {
        Type::Any => "any",
        Type::Boolean => "boolean",
        Type::Integer | Type::Number => "number",
        Type::String => "string",
        Type::Timestamp(_) => "timestamp",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::OneOf(_) => "one of",
        Type::Named(_) => "named",
    }]);
    if let Type::Named(name) = &field.ty {
        parts.extend(match body(event, name) {
            Some(Body::Object(fields)) => fields.iter().map(|field| field.key.as_str()).collect(),
            Some(Body::Values(values)) => values.iter().map(|it| it.value.as_str()).collect(),
            None => Vec::new(),
        });
    }
    (&field.key, parts)
}

fn forms(path: &str, (old, new): (&[WireForm], &[WireForm]), found: &mut FieldChanges) {
    let only = |forms: &[WireForm], other: &[WireForm]| -> Vec<String> {
        let only = forms.iter().filter(|form| !other.contains(form));
        only.map(|form| form.name().to_owned()).collect()
    };
    let (added, removed) = (only(new, old), only(old, new));
    if !added.is_empty() || !removed.is_empty() {
        found.note(path, What::WireForms { added, removed });
    }
}

fn values(path: &str, (old, new): (&[KnownValue], &[KnownValue]), found: &mut FieldChanges) {
    let names = |values: &[KnownValue]| -> Vec<String> {
        values.iter().map(|known| known.value.clone()).collect()
    };
    let (was, is) = (names(old), names(new));
    for known in new {
        let before = old.iter().find(|it| it.value == known.value);
        match before {
            None if !known.is_former() => found.note(path, What::ValueAdded(known.value.clone())),
            Some(before) if known.is_former() && !before.is_former() => {
                found.note(path, What::ValueNoLongerDocumented(known.value.clone()));
            }
            _ => {}
        }
    }
    for value in was.iter().filter(|value| !is.contains(value)) {
        found.note(path, What::ValueRemoved(value.clone()));
    }
    let shared = |values: &[String], other: &[String]| -> Vec<String> {
        values
            .iter()
            .filter(|value| other.contains(value))
            .cloned()
            .collect()
    };
    found.reordered |= shared(&was, &is) != shared(&is, &was);
}

/// The kinds of a union.
fn kinds(event: &EventType, ty: &Type) -> Vec<String> {
    match ty {
        Type::OneOf(types) => types.iter().map(|ty| kind(event, ty)).collect(),
        ty => vec![kind(event, ty)],
    }
}

/// What a field holds, in words; the names of types are told apart from that.
pub(super) fn kind(event: &EventType, ty: &Type) -> String {
    match ty {
        Type::Any => "anything".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Timestamp(_) => "timestamp".to_owned(),
        Type::List(items) => format!("list of {}", kind(event, items)),
        Type::Map(values) => format!("map of {}", kind(event, values)),
        Type::Named(name) => match body(event, name) {
            Some(Body::Values(_)) => "open enum".to_owned(),
            _ => "object".to_owned(),
        },
        Type::OneOf(types) => {
            let kinds: Vec<String> = types.iter().map(|ty| kind(event, ty)).collect();
            kinds.join(" or ")
        }
    }
}
