//! An event comes in, its whole document goes out: the envelope, the detail, and the definitions.

use super::schema::{Dialect, Scope, object};
use super::title;
use crate::file::STAMP;
use crate::names::{Names, identifier};
use crate::{doc, uses};
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::{Body, EventType, Field, Type};
use std::collections::BTreeSet;

/// The envelope's name in the registry's own documents.
const ENVELOPE: &str = "AWSEvent";

/// What every event has.
const REQUIRED: [&str; 9] = [
    "detail-type",
    "resources",
    "detail",
    "id",
    "source",
    "time",
    "region",
    "version",
    "account",
];

/// The document of an event.
pub(super) fn document(event: &EventType, dialect: Dialect) -> Node {
    let mut names = Names::reserving([ENVELOPE]);
    let detail = names.claim(&[&identifier(&title(&event.detail_type))]);
    let scope = scope(event, dialect, &mut names);
    let schemas = schemas(event, &detail, &scope);
    let envelope = envelope(event, Node::object(dialect.reference(&detail)));
    match dialect {
        Dialect::OpenApi3 => openapi(&detail, envelope, schemas),
        Dialect::JsonSchemaDraft4 => draft4(&detail, envelope, schemas),
    }
}

fn openapi(title: &str, envelope: Vec<(String, Node)>, schemas: Vec<(String, Node)>) -> Node {
    let info = [
        ("version", "1.0.0".into()),
        ("title", title.into()),
        ("description", STAMP.into()),
    ];
    let envelope = (ENVELOPE.to_owned(), Node::object(envelope));
    let schemas = Node::object([envelope].into_iter().chain(schemas));
    Node::object([
        ("openapi", "3.0.0".into()),
        ("info", Node::object(info)),
        ("paths", Node::object::<&str>([])),
        ("components", Node::object([("schemas", schemas)])),
    ])
}

fn draft4(title: &str, envelope: Vec<(String, Node)>, schemas: Vec<(String, Node)>) -> Node {
    let head = [
        ("$schema", "http://json-schema.org/draft-04/schema#".into()),
        ("title", title.into()),
        ("description", STAMP.into()),
    ];
    let head = head.map(|(key, node): (&str, Node)| (key.to_owned(), node));
    let definitions = ("definitions".to_owned(), Node::object(schemas));
    Node::object(head.into_iter().chain(envelope).chain([definitions]))
}

fn envelope(event: &EventType, detail: Node) -> Vec<(String, Node)> {
    let string = || Node::object([("type", "string".into())]);
    let time = Node::object([("type", "string".into()), ("format", "date-time".into())]);
    let properties = [
        ("detail-type", string()),
        (
            "resources",
            Node::object([("type", "array".into()), ("items", string())]),
        ),
        ("detail", detail),
        ("id", string()),
        ("source", string()),
        ("time", time),
        ("region", string()),
        ("version", string()),
        ("account", string()),
        ("replay-name", string()),
    ];
    let members = [
        ("type", "object".into()),
        ("required", Node::array(REQUIRED.map(Node::from))),
        (
            "x-amazon-events-detail-type",
            event.detail_type.as_str().into(),
        ),
        ("x-amazon-events-source", event.source.as_str().into()),
        ("properties", Node::object(properties)),
    ];
    members.map(|(key, node)| (key.to_owned(), node)).into()
}

/// The detail and the definitions that are objects; known values stand where they are used.
fn schemas(event: &EventType, detail: &str, scope: &Scope<'_>) -> Vec<(String, Node)> {
    let mut schemas = vec![(
        detail.to_owned(),
        object(&doc::detail(event), &event.detail, false, scope),
    )];
    for definition in &event.definitions {
        if let (Body::Object(fields), Some(name)) = (&definition.body, scope.name(&definition.name))
        {
            let nullable = scope.nullable.contains(definition.name.as_str());
            schemas.push((
                name.to_owned(),
                object(&doc::definition(definition), fields, nullable, scope),
            ));
        }
    }
    schemas
}

fn scope<'m>(event: &'m EventType, dialect: Dialect, names: &mut Names) -> Scope<'m> {
    let name = |name: &'m String| {
        let plain = identifier(name);
        (
            name.as_str(),
            names.claim(&[&plain, &format!("{}{plain}", identifier(&event.name))]),
        )
    };
    let names = event
        .definitions
        .iter()
        .map(|definition| &definition.name)
        .map(name)
        .collect();
    let optional = uses::fields(event).filter(|field| !field.required);
    Scope {
        event,
        dialect,
        names,
        nullable: optional.flat_map(alternatives).collect(),
    }
}

/// The definitions that a field may hold directly.
fn alternatives(field: &Field) -> BTreeSet<&str> {
    fn add<'m>(ty: &'m Type, names: &mut BTreeSet<&'m str>) {
        match ty {
            Type::Named(name) => drop(names.insert(name)),
            Type::OneOf(types) => types.iter().for_each(|ty| add(ty, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    add(&field.ty, &mut names);
    names
}
