//! What is known of an event comes in, its JSON Schema (draft 7) goes out, each fact with its evidence.
//!
//! The schema says what is on the wire, openly: no enum is closed, no object refuses further keys, and
//! what is not required may be absent or null.

use super::instant;
use super::join::Event;
use super::names::words;
use super::parts::{Part, Parts, join_path};
use super::shape::{Field, Kind, Shape, Sighting};
use crate::json::{Node, Value};
use crate::model::{Evidence, WireForm};
use std::collections::{BTreeMap, BTreeSet};

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

fn constant(text: &str) -> Node {
    Node::object([("const", Node::string(text))])
}

fn reference(definition: &str) -> Node {
    Node::object([("$ref", Node::string(format!("#/definitions/{definition}")))])
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

/// The wire forms, if all that was seen is an instant: under a key that names a time, other text and
/// numbers are slips; elsewhere they are not.
fn instant_forms(key: &str, kinds: &BTreeSet<Kind>) -> Option<Vec<WireForm>> {
    let forms: Vec<WireForm> = kinds
        .iter()
        .filter_map(|kind| match kind {
            Kind::Instant(form) => Some(*form),
            _ => None,
        })
        .collect();
    let slip = |kind: &Kind| match kind {
        Kind::Instant(_) | Kind::Null => true,
        Kind::Word(word) => instant::names_the_type(word),
        Kind::Text | Kind::Integer | Kind::Number => {
            instant::names_a_time(key) && !forms.is_empty()
        }
        _ => false,
    };
    let named = kinds
        .iter()
        .any(|kind| matches!(kind, Kind::Word(word) if instant::names_the_type(word)));
    ((!forms.is_empty() || named) && kinds.iter().all(slip)).then_some(forms)
}

fn timestamp(forms: &[WireForm]) -> Node {
    Node::object([
        ("type", Node::array(["number", "string"].map(Node::string))),
        ("format", Node::string("timestamp")),
        (
            "x-wire-forms",
            Node::array(forms.iter().map(|form| Node::string(form.name()))),
        ),
    ])
}

/// The JSON Schema types of the scalar kinds, an integer being a number.
fn scalars(kinds: &BTreeSet<Kind>) -> BTreeSet<&'static str> {
    let mut types: BTreeSet<&str> = kinds
        .iter()
        .filter_map(|kind| match kind {
            Kind::Boolean => Some("boolean"),
            Kind::Integer => Some("integer"),
            Kind::Number => Some("number"),
            Kind::Text => Some("string"),
            Kind::Instant(WireForm::IntegerMillis) => Some("integer"),
            Kind::Instant(WireForm::FloatMillis) => Some("number"),
            Kind::Instant(_) => Some("string"),
            Kind::Word(word) => type_named(word),
            Kind::Null | Kind::List | Kind::Object | Kind::Prose => None,
        })
        .collect();
    if types.contains("number") {
        types.remove("integer");
    }
    types
}

/// The type that a bare word in a sample names.
fn type_named(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "string" => Some("string"),
        "int" | "integer" | "long" => Some("integer"),
        "number" | "float" | "double" => Some("number"),
        "bool" | "boolean" => Some("boolean"),
        _ => None,
    }
}

fn typed(name: &str) -> Node {
    Node::object([("type", Node::string(name))])
}

/// One type of several; nothing at all when there is none.
fn one_of(mut types: Vec<Node>) -> Node {
    let plain: Option<Vec<&str>> = types.iter().map(plain_type).collect();
    match (types.len(), plain) {
        (0, _) => Node::object::<&str>([]),
        (1, _) => types.remove(0),
        (_, Some(names)) => {
            Node::object([("type", Node::array(names.into_iter().map(Node::string)))])
        }
        _ => Node::object([("anyOf", Node::array(types))]),
    }
}

/// The type of a schema that says nothing else.
fn plain_type(node: &Node) -> Option<&str> {
    match node.members() {
        [only] if only.key == "type" => only.node.as_str(),
        _ => None,
    }
}

/// The same schema, allowing null as well.
fn nullable(node: Node) -> Node {
    let null = || Node::string("null");
    if node.get("$ref").is_some() {
        return Node::object([("anyOf", Node::array([node, typed("null")]))]);
    }
    let Value::Object(mut members) = node.value else {
        return node;
    };
    for member in &mut members {
        match (member.key.as_str(), &mut member.node.value) {
            ("type", Value::Array(types)) => types.push(null()),
            ("type", Value::String(_)) => member.node = Node::array([member.node.clone(), null()]),
            ("anyOf", Value::Array(types)) => types.push(typed("null")),
            _ => {}
        }
    }
    Node::new(Value::Object(members))
}

fn extend(node: Node, more: Vec<(&'static str, Node)>) -> Node {
    let Value::Object(members) = node.value else {
        return node;
    };
    let members = members.into_iter().map(|member| (member.key, member.node));
    Node::object(members.chain(more.into_iter().map(|(key, node)| (key.to_owned(), node))))
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
