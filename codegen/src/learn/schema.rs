//! What is known of an event comes in, its JSON Schema (draft 7) goes out, each fact with its evidence.
//!
//! The schema says what is on the wire, openly: no enum is closed, no object refuses further keys, and
//! what is not required may be absent or null.

mod types;

use super::join::Event;
use super::names::words;
use super::parts::{Part, Parts, join_path};
use super::shape::{Field, Kind, Shape, Sighting};
use crate::json::Node;
use crate::model::Evidence;
use std::collections::{BTreeMap, BTreeSet};
use types::{
    constant, extend, instant_forms, nullable, one_of, reference, scalars, timestamp, typed,
};

/// The kinds of scalars that fields have anywhere in a source, by key without case: what a field that
/// only prose names is likely to hold.
pub type KnownKeys = BTreeMap<String, BTreeSet<Kind>>;

/// Collects the kinds of all fields of a source's events.
pub fn known_keys<'e>(events: impl Iterator<Item = &'e Event>) -> KnownKeys {
    let mut keys = KnownKeys::new();
    events.for_each(|event| collect_keys(&event.detail, &mut keys));
    keys
}

fn collect_keys(shape: &Shape, keys: &mut KnownKeys) {
    for (key, field) in &shape.fields {
        keys.entry(key.to_ascii_lowercase())
            .or_default()
            .extend(field.shape.kinds.iter().cloned());
        collect_keys(&field.shape, keys);
    }
    shape
        .items
        .iter()
        .for_each(|items| collect_keys(items, keys));
}

/// The schema of one event.
pub fn schema(
    source: &str,
    detail_type: &str,
    name: &str,
    event: &Event,
    keys: &KnownKeys,
) -> Node {
    let parts = Parts::of(name, event);
    let writer = Writer {
        detail_type,
        event,
        parts: &parts,
        keys,
    };
    Node::object([
        (
            "$schema",
            Node::string("http://json-schema.org/draft-07/schema#"),
        ),
        ("title", Node::string(detail_type)),
        ("type", Node::string("object")),
        (
            "required",
            Node::array(["source", "detail-type", "detail"].map(Node::string)),
        ),
        (
            "properties",
            Node::object([
                ("source", constant(source)),
                ("detail-type", constant(detail_type)),
                ("detail", reference(name)),
            ]),
        ),
        (
            "x-evidence",
            Node::array(
                event
                    .documented
                    .iter()
                    .map(|(site, what)| Node::string(fact(site, what))),
            ),
        ),
        ("definitions", Node::object(writer.definitions())),
    ])
}

/// `id-2025.txt:31: string Completed`
fn fact(site: &Evidence, what: &str) -> String {
    format!("{}:{}: {what}", site.page, site.line)
}

struct Writer<'e> {
    detail_type: &'e str,
    event: &'e Event,
    parts: &'e Parts,
    keys: &'e KnownKeys,
}

impl Writer<'_> {
    fn definitions(&self) -> Vec<(String, Node)> {
        let objects = self
            .parts
            .objects
            .iter()
            .map(|part| (part.name.clone(), self.object(part)));
        let enums = self
            .parts
            .enums
            .iter()
            .map(|part| (part.name.clone(), self.known_values(&part.paths)));
        objects.chain(enums).collect()
    }

    fn object(&self, part: &Part) -> Node {
        let is_detail = part.paths[0].is_empty();
        let required: Vec<&str> = match is_detail {
            true => part
                .shape
                .ordered()
                .into_iter()
                .filter(|(key, field)| self.is_required(key, field))
                .map(|(key, _)| key.as_str())
                .collect(),
            false => Vec::new(),
        };
        let properties = part.shape.ordered().into_iter().map(|(key, field)| {
            let paths: Vec<String> = part.paths.iter().map(|path| join_path(path, key)).collect();
            (
                key.clone(),
                self.property(
                    &paths,
                    key,
                    field,
                    required.contains(&key.as_str()),
                    is_detail,
                ),
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

    /// Only what identifies the resource and tells its state is required: its name, its ARN, its status,
    /// if every sample has it. Deliveries lack all else at times, whatever samples show.
    fn is_required(&self, key: &str, field: &Field) -> bool {
        let only_text = field.shape.kinds.iter().all(|kind| *kind == Kind::Text)
            && !field.shape.kinds.is_empty();
        field.always && only_text && identifies(self.detail_type, key)
    }

    fn property(
        &self,
        paths: &[String],
        key: &str,
        field: &Field,
        required: bool,
        top: bool,
    ) -> Node {
        let mut node = self.type_of(paths, key, &field.shape);
        if !required {
            node = nullable(node);
        }
        let condition = self.event.conditions.get(key).filter(|_| top);
        let mut notes = Vec::new();
        if let Some(condition) = condition {
            let when = [
                ("field", Node::string(&condition.when)),
                ("is", Node::string(&condition.is)),
            ];
            notes.push(("x-present-when", Node::object(when)));
        }
        notes.push((
            "x-evidence",
            Node::array(
                field
                    .shape
                    .sightings
                    .iter()
                    .map(|seen| Node::string(sighting(seen))),
            ),
        ));
        extend(node, notes)
    }

    /// The type at paths that share a definition.
    fn type_of(&self, paths: &[String], key: &str, shape: &Shape) -> Node {
        if let Some(values) = paths.iter().find_map(|path| self.event.maps.get(path)) {
            return self.map(paths, values.as_deref(), shape);
        }
        if let Some(name) = paths.iter().find_map(|path| self.parts.enum_at(path)) {
            return reference(name);
        }
        let kinds = match shape.kinds.is_empty() {
            true => self.guessed_kinds(key),
            false => shape.kinds.clone(),
        };
        if let Some(forms) = instant_forms(key, &kinds) {
            return timestamp(&forms);
        }
        let mut types: Vec<Node> = scalars(&kinds).into_iter().map(typed).collect();
        if kinds.contains(&Kind::List) {
            types.push(self.list(paths, key, shape));
        }
        if kinds.contains(&Kind::Object) {
            types.extend(
                paths
                    .iter()
                    .find_map(|path| self.parts.object_at(path))
                    .map(reference),
            );
        }
        one_of(types)
    }

    /// What a field holds that prose alone names: what fields of that name hold elsewhere, if they all
    /// hold the same scalar.
    fn guessed_kinds(&self, key: &str) -> BTreeSet<Kind> {
        let kinds = self
            .keys
            .get(&key.to_ascii_lowercase())
            .cloned()
            .unwrap_or_default();
        let scalar = |kind: &Kind| {
            matches!(
                kind,
                Kind::Boolean | Kind::Integer | Kind::Number | Kind::Text | Kind::Instant(_)
            )
        };
        if kinds.iter().all(scalar) {
            kinds
        } else {
            BTreeSet::new()
        }
    }

    fn list(&self, paths: &[String], key: &str, shape: &Shape) -> Node {
        let paths: Vec<String> = paths.iter().map(|path| format!("{path}[]")).collect();
        let mut members = vec![("type", Node::string("array"))];
        if let Some(items) = &shape.items {
            members.push(("items", self.type_of(&paths, key, items)));
        }
        Node::object(members)
    }

    fn map(&self, paths: &[String], values: Option<&str>, shape: &Shape) -> Node {
        let seen = shape.fields.iter().map(|(key, field)| {
            let paths: Vec<String> = paths.iter().map(|path| join_path(path, key)).collect();
            self.type_of(&paths, key, &field.shape)
        });
        let mut types: Vec<Node> = values.map(typed).into_iter().chain(seen).collect();
        types.dedup();
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
        let mut facts = BTreeSet::new();
        for listed in paths.iter().filter_map(|path| self.event.values.get(path)) {
            for (value, sites) in listed.ordered() {
                if !values.contains(&value) {
                    values.push(value);
                }
                facts.extend(sites.into_iter().map(|site| (site.clone(), value)));
            }
        }
        Node::object([
            ("type", Node::string("string")),
            (
                "x-known-values",
                Node::array(values.into_iter().map(Node::string)),
            ),
            (
                "x-evidence",
                Node::array(
                    facts
                        .iter()
                        .map(|(site, value)| Node::string(fact(site, &format!("value {value}")))),
                ),
            ),
        ])
    }
}

/// Whether a field's name says that it names, addresses or tells the state of what the event is about:
/// `TrainingJobName` of a `SageMaker Training Job State Change`, `currentStepStatus` of a step's.
fn identifies(detail_type: &str, key: &str) -> bool {
    let key_words = words(key);
    let Some((last, stem)) = key_words.split_last() else {
        return false;
    };
    let stem = if stem.first() == Some(&"current") {
        &stem[1..]
    } else {
        stem
    };
    if !["name", "arn", "status"].contains(&last.to_ascii_lowercase().as_str()) || stem.is_empty() {
        return false;
    }
    let stem = stem.concat().to_ascii_lowercase();
    let subject: Vec<String> = words(detail_type)
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    (0..subject.len())
        .any(|start| (start + 1..=subject.len()).any(|end| subject[start..end].concat() == stem))
}

/// `id-2025.txt:31: string Completed`
fn sighting(seen: &Sighting) -> String {
    let kind = match &seen.kind {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Text => "string",
        Kind::Instant(form) => form.name(),
        Kind::List => "list",
        Kind::Object => "object",
        Kind::Word(_) => "word",
        Kind::Prose => "named in prose",
    };
    match &seen.value {
        Some(value) if !value.is_empty() => fact(&seen.site, &format!("{kind} {value}")),
        _ => fact(&seen.site, kind),
    }
}
