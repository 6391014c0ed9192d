//! What is known of an event comes in, its JSON Schema (draft 7) goes out, each fact with its evidence.
//!
//! The schema says what is on the wire, openly: no enum is closed, no object refuses further keys, and
//! what is not required may be absent or null.

mod condition;
mod required;
mod types;

use super::definitions::{Definitions, ObjectDefinition};
use super::descriptions::Meaning;
use super::join::event::EventKnowledge;
use super::naming::DefinitionNames;
use super::shape::{Field, Shape, Sighting, ValueKind, fact};
use super::strangers::STAMP;
use super::value_kind::decide;
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::WireForm;
use eventbridge_catalog::path;
use required::is_required;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use types::{constant, extend, nullable, one_of, reference, scalars, timestamp, typed};

/// The kinds of scalars that fields have anywhere in a source, by key without case: what a field that
/// only prose names is likely to hold.
pub type KnownKeys = BTreeMap<String, BTreeSet<ValueKind>>;

/// Collects the kinds of all fields of a source's events.
pub fn known_keys<'e>(events: impl Iterator<Item = &'e EventKnowledge>) -> KnownKeys {
    let mut keys = KnownKeys::new();
    events.for_each(|event| collect_keys(&event.detail, &mut keys));
    keys
}

fn collect_keys(shape: &Shape, keys: &mut KnownKeys) {
    for (key, field) in &shape.fields {
        keys.entry(key.to_ascii_lowercase())
            .or_default()
            .extend(decide(key, &field.shape).kinds);
        collect_keys(&field.shape, keys);
    }
    shape
        .items
        .iter()
        .for_each(|items| collect_keys(items, keys));
}

/// The schema of one event, whose parts have no names yet.
pub fn schema(
    source: &str,
    detail_type: &str,
    name: &str,
    event: &EventKnowledge,
    keys: &KnownKeys,
) -> Node {
    let definitions = Definitions::find(name, event, &DefinitionNames::new());
    let parts = (&definitions, &Meaning::default());
    schema_of(source, detail_type, event, parts, keys)
}

/// The schema of one event with these parts, and what it and its fields mean.
pub(super) fn schema_of(
    source: &str,
    detail_type: &str,
    event: &EventKnowledge,
    (definitions, meaning): (&Definitions, &Meaning),
    keys: &KnownKeys,
) -> Node {
    let writer = Writer {
        detail_type,
        event,
        definitions,
        meaning,
        keys,
    };
    let head = [
        (
            "$schema",
            Node::string("http://json-schema.org/draft-07/schema#"),
        ),
        ("$comment", Node::string(STAMP)),
        ("title", Node::string(detail_type)),
    ];
    let properties = [
        ("source", constant(source)),
        ("detail-type", constant(detail_type)),
        ("detail", reference(&definitions.objects[0].name)),
    ];
    let required = properties.each_ref().map(|(key, _)| Node::string(*key));
    let rest = [
        ("type", Node::string("object")),
        ("required", Node::array(required)),
        ("properties", Node::object(properties)),
        ("x-evidence", documented(event)),
        ("definitions", Node::object(writer.definitions())),
    ];
    let head = head.into_iter().chain(said(meaning)).chain(dates(event));
    Node::object(head.chain(rest))
}

/// What the event means, and where it is documented.
fn said(meaning: &Meaning) -> impl Iterator<Item = (&'static str, Node)> {
    let said = [
        ("description", &meaning.event),
        ("x-documentation", &meaning.documentation),
    ];
    let said = said.into_iter();
    said.filter_map(|(key, text)| Some((key, Node::string(text.as_ref()?))))
}

/// When pages that have dates documented the event first and last.
fn dates(event: &EventKnowledge) -> Option<(&'static str, Node)> {
    let (first, last) = (event.dates.first()?, event.dates.last()?);
    let both = [("first", Node::string(first)), ("last", Node::string(last))];
    Some(("x-documented", Node::object(both)))
}

/// What says that the event is, each with its place.
fn documented(event: &EventKnowledge) -> Node {
    let sites = event.documented.iter();
    Node::array(sites.map(|(site, what)| Node::string(format!("{site}: {what}"))))
}

struct Writer<'e> {
    detail_type: &'e str,
    event: &'e EventKnowledge,
    definitions: &'e Definitions,
    meaning: &'e Meaning,
    keys: &'e KnownKeys,
}

fn is_scalar(kind: &ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Boolean
            | ValueKind::Integer
            | ValueKind::Number
            | ValueKind::Text
            | ValueKind::Instant(_)
    )
}

impl Writer<'_> {
    fn definitions(&self) -> Vec<(String, Node)> {
        let objects = self
            .definitions
            .objects
            .iter()
            .map(|definition| (definition.name.clone(), self.object(definition)));
        let enums = self.definitions.enums.iter().map(|definition| {
            (
                definition.name.clone(),
                self.known_values(&definition.paths),
            )
        });
        objects.chain(enums).collect()
    }

    fn object(&self, definition: &ObjectDefinition) -> Node {
        let is_detail = definition.paths[0].is_empty();
        let required: Vec<&str> = match is_detail {
            true => definition
                .shape
                .ordered()
                .into_iter()
                .filter(|(key, field)| is_required(self.detail_type, key, field))
                .map(|(key, _)| key.as_str())
                .collect(),
            false => Vec::new(),
        };
        let properties = definition.shape.ordered().into_iter().map(|(key, field)| {
            let paths: Vec<String> = definition
                .paths
                .iter()
                .map(|path| path::key(path, key))
                .collect();
            (
                key.clone(),
                self.property(&paths, key, field, required.contains(&key.as_str())),
            )
        });
        let properties: Vec<_> = properties.collect();
        let mut members = vec![("type", Node::string("object"))];
        if !required.is_empty() {
            members.push((
                "required",
                Node::array(required.into_iter().map(Node::string)),
            ));
        }
        if !properties.is_empty() {
            members.push(("properties", Node::object(properties)));
        }
        Node::object(members)
    }

    fn property(&self, paths: &[String], key: &str, field: &Field, required: bool) -> Node {
        let mut node = self.type_of(paths, key, &field.shape);
        if !required {
            node = nullable(node);
        }
        let meaning = self.meaning.fields.get(&paths[0]);
        let meaning = meaning.map(|said| ("description", Node::string(said)));
        let mut notes = Vec::from_iter(meaning);
        let condition = condition::of(self.event, paths);
        notes.extend(condition.map(|condition| ("x-present-when", condition)));
        let overruled = decide(key, &field.shape).overruled;
        let (against, said): (Vec<_>, Vec<_>) = field
            .shape
            .sightings()
            .into_iter()
            .partition(|(kind, seen)| overruled.contains(&(seen.site.origin, (*kind).clone())));
        let facts = |facts: Vec<(&ValueKind, &Sighting)>| {
            Node::array(
                facts
                    .into_iter()
                    .map(|(kind, seen)| Node::string(fact(kind, seen))),
            )
        };
        notes.push(("x-evidence", facts(said)));
        if !against.is_empty() {
            notes.push(("x-overruled", facts(against)));
        }
        extend(node, notes)
    }

    /// The type at paths that share a definition.
    fn type_of(&self, paths: &[String], key: &str, shape: &Shape) -> Node {
        if let Some(name) = paths.iter().find_map(|path| self.definitions.enum_at(path)) {
            return reference(name);
        }
        let decision = decide(key, shape);
        let unknown = decision.kinds.is_empty() && decision.instant.is_none();
        let (kinds, instant) = match unknown {
            true => self.guessed_kinds(key),
            false => (decision.kinds, decision.instant),
        };
        if let Some(forms) = instant {
            return timestamp(&forms);
        }
        let mut types: Vec<Node> = scalars(&kinds).into_iter().map(typed).collect();
        if let Some(values) = paths.iter().find_map(|path| self.event.maps.get(path)) {
            types.push(self.map(paths, values.as_deref(), shape));
        } else if kinds.contains(&ValueKind::Object) {
            types.extend(
                paths
                    .iter()
                    .find_map(|path| self.definitions.object_at(path))
                    .map(reference),
            );
        }
        if kinds.contains(&ValueKind::List) {
            types.push(self.list(paths, key, shape));
        }
        one_of(types)
    }

    /// What a field holds that prose alone names: what fields of that name hold elsewhere, if they all
    /// hold the same scalar.
    fn guessed_kinds(&self, key: &str) -> (BTreeSet<ValueKind>, Option<BTreeSet<WireForm>>) {
        let mut kinds = self
            .keys
            .get(&key.to_ascii_lowercase())
            .cloned()
            .unwrap_or_default();
        kinds.remove(&ValueKind::Null);
        if !kinds.iter().all(is_scalar) {
            return (BTreeSet::new(), None);
        }
        let forms = kinds.iter().map(|kind| match kind {
            ValueKind::Instant(form) => Some(*form),
            _ => None,
        });
        let forms: Option<BTreeSet<WireForm>> = forms.collect();
        (kinds.clone(), forms.filter(|forms| !forms.is_empty()))
    }

    fn list(&self, paths: &[String], key: &str, shape: &Shape) -> Node {
        let paths: Vec<String> = paths.iter().map(|path| format!("{path}[]")).collect();
        let mut members = vec![("type", Node::string("array"))];
        if let Some(items) = &shape.items {
            let ty = self.type_of(&paths, key, items);
            members.push(("items", or_null(ty, items)));
        }
        Node::object(members)
    }

    fn map(&self, paths: &[String], values: Option<&str>, shape: &Shape) -> Node {
        let seen = shape.fields.iter().map(|(key, field)| {
            let paths: Vec<String> = paths.iter().map(|path| path::key(path, key)).collect();
            or_null(self.type_of(&paths, key, &field.shape), &field.shape)
        });
        let told = shape
            .values
            .iter()
            .map(|values| or_null(self.type_of(&[], "", values), values));
        let mut types: Vec<Node> = Vec::new();
        for ty in values.map(typed).into_iter().chain(told).chain(seen) {
            if !types.contains(&ty) && !ty.members().is_empty() {
                types.push(ty);
            }
        }
        Node::object([
            ("type", Node::string("object")),
            (
                "additionalProperties",
                match types.is_empty() {
                    true => Node::from(true),
                    false => one_of(types),
                },
            ),
        ])
    }

    fn known_values(&self, paths: &[String]) -> Node {
        let mut values: Vec<&str> = Vec::new();
        let mut known = HashSet::new();
        let mut facts = BTreeSet::new();
        for listed in paths.iter().filter_map(|path| self.event.values.get(path)) {
            for (value, said) in listed.ordered() {
                if known.insert(value) {
                    values.push(value);
                }
                facts.extend(said);
            }
        }
        let facts = facts
            .iter()
            .map(|(site, says)| Node::string(format!("{site}: {says}")));
        Node::object([
            ("type", Node::string("string")),
            (
                "x-known-values",
                Node::array(values.into_iter().map(Node::string)),
            ),
            ("x-evidence", Node::array(facts)),
        ])
    }
}

/// The type, allowing null if it was seen.
fn or_null(ty: Node, shape: &Shape) -> Node {
    match shape.kinds().contains(&ValueKind::Null) {
        true => nullable(ty),
        false => ty,
    }
}
