//! A type or a field of the model comes in, its schema goes out in one of the two dialects that the
//! registry takes.

use crate::doc;
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::{Body, EventType, Field, KnownValue, Type};
use std::collections::{BTreeMap, BTreeSet};

/// The members of a schema.
pub(super) type Members = Vec<(&'static str, Node)>;

/// What the registry takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    OpenApi3,
    JsonSchemaDraft4,
}

impl Dialect {
    /// Where its documents stand.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Dialect::OpenApi3 => "openapi3",
            Dialect::JsonSchemaDraft4 => "jsonschema-draft4",
        }
    }

    /// The members of a reference to a named schema.
    pub(super) fn reference(self, name: &str) -> Members {
        let place = match self {
            Dialect::OpenApi3 => "#/components/schemas",
            Dialect::JsonSchemaDraft4 => "#/definitions",
        };
        vec![("$ref", Node::string(format!("{place}/{name}")))]
    }
}

/// What the definitions of an event are called, and which of them may be null.
pub(super) struct Scope<'m> {
    pub(super) event: &'m EventType,
    pub(super) dialect: Dialect,
    pub(super) names: BTreeMap<&'m str, String>,
    /// OpenAPI 3.0 has no type `null`, and nothing can stand beside a `$ref`: what is referred to says
    /// that it may be null.
    pub(super) nullable: BTreeSet<&'m str>,
}

impl Scope<'_> {
    /// What a definition is called.
    pub(super) fn name(&self, definition: &str) -> Option<&str> {
        self.names.get(definition).map(String::as_str)
    }
}

/// The schema of an object with these fields, and whatever else arrives.
pub(super) fn object(
    about: &[String],
    fields: &[Field],
    nullable: bool,
    scope: &Scope<'_>,
) -> Node {
    let mut members = typed("object", nullable, scope);
    describe(&mut members, about);
    let required: Vec<Node> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.key.as_str().into())
        .collect();
    if !required.is_empty() {
        members.push(("required", Node::array(required)));
    }
    if !fields.is_empty() {
        let properties = fields
            .iter()
            .map(|field| (field.key.as_str(), property(field, scope)));
        members.push(("properties", Node::object(properties)));
    }
    Node::object(members)
}

fn property(field: &Field, scope: &Scope<'_>) -> Node {
    let mut members = schema(&field.ty, !field.required, scope);
    let facts = doc::facts(field);
    if !facts.is_empty() && members.iter().any(|(key, _)| *key == "$ref") {
        members = vec![("allOf", Node::array([Node::object(members)]))];
    }
    describe(&mut members, &facts);
    Node::object(members)
}

/// Puts sentences before those that the schema has.
fn describe(members: &mut Members, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let sentences = sentences.join(" ");
    match members.iter_mut().find(|(key, _)| *key == "description") {
        Some((_, node)) => {
            *node = Node::string(format!("{sentences} {}", node.as_str().unwrap_or_default()))
        }
        None => members.push(("description", Node::string(sentences))),
    }
}

fn schema(ty: &Type, nullable: bool, scope: &Scope<'_>) -> Members {
    let item = |ty: &Type| Node::object(schema(ty, false, scope));
    match ty {
        Type::Any => Vec::new(),
        Type::Boolean => typed("boolean", nullable, scope),
        Type::Integer => integer(nullable, scope),
        Type::Number => typed("number", nullable, scope),
        Type::String => typed("string", nullable, scope),
        Type::Timestamp(_) => timestamp(nullable, scope),
        Type::List(inner) => with(typed("array", nullable, scope), "items", item(inner)),
        Type::Map(inner) => with(
            typed("object", nullable, scope),
            "additionalProperties",
            item(inner),
        ),
        Type::Named(name) => named(name, nullable, scope),
        Type::OneOf(types) => any_of(types, nullable, scope),
    }
}

fn typed(name: &str, nullable: bool, scope: &Scope<'_>) -> Members {
    match (nullable, scope.dialect) {
        (false, _) => vec![("type", name.into())],
        (true, Dialect::OpenApi3) => vec![("type", name.into()), ("nullable", true.into())],
        (true, Dialect::JsonSchemaDraft4) => {
            vec![("type", Node::array([name.into(), "null".into()]))]
        }
    }
}

fn with(mut members: Members, key: &'static str, node: Node) -> Members {
    members.push((key, node));
    members
}

fn integer(nullable: bool, scope: &Scope<'_>) -> Members {
    let members = typed("integer", nullable, scope);
    match scope.dialect {
        Dialect::OpenApi3 => with(members, "format", "int64".into()),
        Dialect::JsonSchemaDraft4 => members,
    }
}

/// Both ways, whichever the page shows: events are known to differ from their documentation here.
fn timestamp(nullable: bool, scope: &Scope<'_>) -> Members {
    let members = any_of(&[Type::Number, Type::String], nullable, scope);
    with(
        members,
        "description",
        "Milliseconds since 1970 as a number or as digits, or RFC 3339.".into(),
    )
}

fn any_of(types: &[Type], nullable: bool, scope: &Scope<'_>) -> Members {
    if types.is_empty() || types.contains(&Type::Any) {
        return Vec::new();
    }
    let openapi = scope.dialect == Dialect::OpenApi3;
    let branches = types
        .iter()
        .map(|ty| Node::object(schema(ty, nullable && openapi, scope)));
    let null = (nullable && !openapi).then(|| Node::object(typed("null", false, scope)));
    vec![("anyOf", Node::array(branches.chain(null)))]
}

fn named(name: &str, nullable: bool, scope: &Scope<'_>) -> Members {
    let definition = scope.event.definition(name);
    match (
        definition.map(|definition| &definition.body),
        scope.name(name),
    ) {
        (Some(Body::Values(values)), _) => known_values(values, nullable, scope),
        (Some(Body::Object(_)), Some(name)) => reference(name, nullable, scope),
        _ => Vec::new(),
    }
}

fn reference(name: &str, nullable: bool, scope: &Scope<'_>) -> Members {
    let reference = scope.dialect.reference(name);
    if nullable && scope.dialect == Dialect::JsonSchemaDraft4 {
        let null = Node::object(typed("null", false, scope));
        return vec![("anyOf", Node::array([Node::object(reference), null]))];
    }
    reference
}

/// Text with its known values: a closed `enum` would refuse the next one.
fn known_values(values: &[KnownValue], nullable: bool, scope: &Scope<'_>) -> Members {
    let members = typed("string", nullable, scope);
    if values.is_empty() {
        return members;
    }
    let names: Vec<String> = values.iter().map(|value| doc::code(&value.value)).collect();
    let about = format!("Known values: {}; others may come.", names.join(", "));
    let values = values.iter().map(|value| value.value.as_str().into());
    with(
        with(members, "description", Node::string(about)),
        "x-known-values",
        Node::array(values),
    )
}
