//! A type or a field of an event as a document tells it comes in; its schema goes out, in the document's dialect.

use super::Dialect;
use super::scope::{Instant, Scope};
use crate::doc;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{Body, Definition, Field, KnownValue, Type};

/// The members of a schema.
pub(super) type Members = Vec<(&'static str, Node)>;

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
        .filter(|field| field.is_expected())
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
    members.extend(open(scope));
    Node::object(members)
}

/// What an object says of keys that nobody has documented. In Draft 4 it says nothing, and they are allowed; code is
/// generated to keep them only where a document says so.
pub(super) fn open(scope: &Scope<'_>) -> Option<(&'static str, Node)> {
    let openapi = scope.dialect == Dialect::OpenApi3;
    openapi.then(|| ("additionalProperties", true.into()))
}

fn property(field: &Field, scope: &Scope<'_>) -> Node {
    let nullable = !field.is_expected();
    let mut members = match scope.union(field) {
        Some(name) => reference(name, nullable, scope),
        None => schema(&field.ty, nullable, scope),
    };
    let facts = match says_the_same(field, scope) {
        true => Vec::new(),
        false => doc::lasting(field),
    };
    if !facts.is_empty() && members.iter().any(|(key, _)| *key == "$ref") {
        members = vec![("allOf", Node::array([Node::object(members)]))];
    }
    describe(&mut members, &facts);
    Node::object(members)
}

/// Whether what a field refers to is described as the field is, so that nothing has to be put around the reference:
/// generators give what is a type of its own.
fn says_the_same(field: &Field, scope: &Scope<'_>) -> bool {
    let Type::Named(name) = &field.ty else {
        return false;
    };
    let definition = scope.event.definition(name);
    let is_object = |definition: &&Definition| matches!(definition.body, Body::Object(_));
    let definition = definition.filter(is_object);
    field.condition.is_none() && definition.is_some_and(|it| it.description == field.description)
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
        Type::Integer | Type::Number => number(nullable, scope),
        Type::String => typed("string", nullable, scope),
        Type::Timestamp(forms) => match scope.instant(Instant::of(forms, scope.dialect)) {
            Some(name) => reference(name, nullable, scope),
            None => Vec::new(),
        },
        Type::List(inner) => with(typed("array", nullable, scope), "items", item(inner)),
        Type::Map(inner) => map(inner, nullable, scope),
        Type::Named(name) => named(name, nullable, scope),
        Type::OneOf(types) => one_of(types, nullable, scope),
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

/// A count arrives as `25` and as `25.0`, which no integer of Draft 4, of Go or of Python takes. A double holds whole
/// numbers to 2^53; without the format Go would bind the number to 32 bits.
fn number(nullable: bool, scope: &Scope<'_>) -> Members {
    let members = typed("number", nullable, scope);
    match scope.dialect {
        Dialect::OpenApi3 => with(members, "format", "double".into()),
        Dialect::JsonSchemaDraft4 => members,
    }
}

fn map(values: &Type, nullable: bool, scope: &Scope<'_>) -> Members {
    let members = typed("object", nullable, scope);
    let values = match schema(values, false, scope) {
        any if any.is_empty() => true.into(),
        values => Node::object(values),
    };
    with(members, "additionalProperties", values)
}

/// A choice without a name: bindings take whatever arrives.
fn one_of(types: &[Type], nullable: bool, scope: &Scope<'_>) -> Members {
    let is_open = types.is_empty() || types.contains(&Type::Any);
    match scope.dialect {
        _ if is_open => Vec::new(),
        Dialect::OpenApi3 => about(types, scope),
        Dialect::JsonSchemaDraft4 => any_of(types, nullable, scope),
    }
}

fn any_of(types: &[Type], nullable: bool, scope: &Scope<'_>) -> Members {
    let mut branches: Vec<Node> = Vec::new();
    let null = nullable.then(|| Node::object(typed("null", false, scope)));
    let all = types
        .iter()
        .map(|ty| Node::object(schema(ty, false, scope)));
    for branch in all.chain(null) {
        if !branches.contains(&branch) {
            branches.push(branch);
        }
    }
    vec![("anyOf", Node::array(branches))]
}

fn about(types: &[Type], scope: &Scope<'_>) -> Members {
    let mut kinds: Vec<&str> = Vec::new();
    for kind in types.iter().map(|ty| kind(ty, scope)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let kinds = kinds.join(" or ");
    let about = format!("Events hold {kinds} here; which, evidence does not decide.");
    vec![("description", Node::string(about))]
}

fn kind(ty: &Type, scope: &Scope<'_>) -> &'static str {
    match ty {
        Type::Boolean => "true or false",
        Type::Integer | Type::Number => "a number",
        Type::String => "text",
        Type::Timestamp(_) => "an instant",
        Type::List(_) => "a list",
        Type::Map(_) => "an object with any keys",
        Type::Named(name) => match scope.event.definition(name).map(|found| &found.body) {
            Some(Body::Values(_)) => "text",
            _ => "an object",
        },
        Type::Any | Type::OneOf(_) => "anything",
    }
}

fn named(name: &str, nullable: bool, scope: &Scope<'_>) -> Members {
    let body = scope.event.definition(name).map(|found| &found.body);
    match (scope.definition(name), body) {
        (Some(name), _) => reference(name, nullable, scope),
        (None, Some(Body::Values(values))) => known_values(values, nullable, scope),
        _ => Vec::new(),
    }
}

pub(super) fn reference(name: &str, nullable: bool, scope: &Scope<'_>) -> Members {
    let reference = scope.dialect.reference(name);
    if nullable && scope.dialect == Dialect::JsonSchemaDraft4 {
        let null = Node::object(typed("null", false, scope));
        return vec![("anyOf", Node::array([Node::object(reference), null]))];
    }
    reference
}

/// The named schema of instants of a form.
pub(super) fn instant(instant: Instant, scope: &Scope<'_>) -> Node {
    let openapi = scope.dialect == Dialect::OpenApi3;
    let plain = |name| typed(name, true, scope);
    let (mut members, about) = match instant {
        Instant::Whole => (
            with(plain("integer"), "format", "int64".into()),
            "Milliseconds since 1970.",
        ),
        Instant::Fraction => (
            with(plain("number"), "format", "double".into()),
            "Milliseconds since 1970.",
        ),
        Instant::Text => (
            plain("string"),
            "An instant as RFC 3339 writes it, to nanoseconds, or milliseconds since 1970 as digits.",
        ),
        Instant::Any if openapi => (Vec::new(), ANY_INSTANT),
        Instant::Any => {
            let types = Node::array(["number", "string"].map(Node::from));
            (vec![("type", types)], ANY_INSTANT)
        }
    };
    describe(&mut members, &[about.to_owned()]);
    Node::object(members)
}

const ANY_INSTANT: &str = "Milliseconds since 1970 as a number or as digits, or RFC 3339.";

/// The named schema of a value that is of one of several types.
pub(super) fn union(types: &[Type], scope: &Scope<'_>) -> Node {
    Node::object(one_of(types, false, scope))
}

/// The named schema of text with known values, and no others. That it may be null OpenAPI wants told twice.
pub(super) fn closed(
    about: &[String],
    values: &[KnownValue],
    nullable: bool,
    scope: &Scope<'_>,
) -> Node {
    let nullable = nullable && scope.dialect == Dialect::OpenApi3;
    let mut members = typed("string", nullable, scope);
    describe(&mut members, about);
    let null = nullable.then(|| Node::new(Value::Null));
    let values = values.iter().map(|value| value.value.as_str().into());
    let values = Node::array(values.chain(null));
    Node::object(with(members, "enum", values))
}

/// Text with its known values: a closed `enum` would refuse the next one.
fn known_values(values: &[KnownValue], nullable: bool, scope: &Scope<'_>) -> Members {
    let members = typed("string", nullable, scope);
    if values.is_empty() {
        return members;
    }
    let names: Vec<String> = values.iter().map(|value| doc::code(&value.value)).collect();
    let about = format!("Known values: {}; others may come.", names.join(", "));
    let members = with(members, "description", Node::string(about));
    let values = values.iter().map(|value| value.value.as_str().into());
    with(members, "x-known-values", Node::array(values))
}
