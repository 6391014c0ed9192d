//! An event as a document tells it comes in, the whole document goes out: the envelope, the detail, and what they
//! refer to.

use super::Dialect;
use super::schema::{self, object, open};
use super::scope::{ENVELOPE, Scope};
use crate::doc;
use crate::file::STAMP;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{Body, Definition};
use std::collections::BTreeMap;

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

/// A schema and its name.
type Named = (String, Node);

/// The document of an event.
pub(super) fn document(scope: &Scope<'_>) -> Node {
    let schemas = schemas(scope);
    let envelope = envelope(scope);
    match scope.dialect {
        Dialect::OpenApi3 => openapi(&scope.detail, envelope, schemas),
        Dialect::JsonSchemaDraft4 => draft4(envelope, schemas),
    }
}

fn openapi(title: &str, envelope: Vec<Named>, schemas: Vec<Named>) -> Node {
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

fn draft4(envelope: Vec<Named>, schemas: Vec<Named>) -> Node {
    let head = [
        ("$schema", "http://json-schema.org/draft-04/schema#".into()),
        ("title", ENVELOPE.into()),
        ("description", STAMP.into()),
    ];
    let head = head.map(|(key, node): (&str, Node)| (key.to_owned(), node));
    let definitions = ("definitions".to_owned(), Node::object(schemas));
    Node::object(head.into_iter().chain(envelope).chain([definitions]))
}

/// The envelope. Its instant is text: bound to the instants of a language it would lose its spelling in three of them,
/// and the events whose documentation shows digits.
fn envelope(scope: &Scope<'_>) -> Vec<Named> {
    let event = scope.event;
    let string = || Node::object([("type", "string".into())]);
    let resources = Node::object([("type", "array".into()), ("items", string())]);
    let properties = [
        ("detail-type", constant(&event.detail_type, scope)),
        ("resources", resources),
        (
            "detail",
            Node::object(scope.dialect.reference(&scope.detail)),
        ),
        ("id", string()),
        ("source", constant(&event.source, scope)),
        ("time", string()),
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
    let members = members.into_iter().chain(open(scope));
    members.map(|(key, node)| (key.to_owned(), node)).collect()
}

/// Text that tells the event from others, where that is asked: bindings would make a class of an enum of one.
fn constant(text: &str, scope: &Scope<'_>) -> Node {
    let string = ("type", "string".into());
    match scope.dialect {
        Dialect::OpenApi3 => Node::object([string]),
        Dialect::JsonSchemaDraft4 => Node::object([string, ("enum", Node::array([text.into()]))]),
    }
}

/// The detail, and by their names the definitions that it needs; known values stand where they are used.
fn schemas(scope: &Scope<'_>) -> Vec<Named> {
    let event = scope.event;
    let defined = event
        .definitions
        .iter()
        .filter_map(|found| definition(found, scope));
    let instants = scope.instants();
    let instants = instants.map(|(name, of)| (name.to_owned(), schema::instant(of, scope)));
    let unions = scope.unions();
    let unions = unions.map(|(name, types)| (name.to_owned(), schema::union(types, scope)));
    let parts: BTreeMap<String, Node> = defined.chain(instants).chain(unions).collect();
    let detail = object(
        &doc::with_former(doc::detail(event), &event.evidence),
        &event.detail,
        false,
        scope,
    );
    let all = [(scope.detail.clone(), detail)].into_iter().chain(parts);
    all.map(titled).collect()
}

/// Generators that name types by the properties that hold them go by the title.
fn titled((name, node): Named) -> Named {
    let title = ("title".to_owned(), name.as_str().into());
    let members = match node.value {
        Value::Object(members) => members,
        _ => Vec::new(),
    };
    let members = members.into_iter().map(|member| (member.key, member.node));
    let titled = Node::object([title].into_iter().chain(members));
    (name, titled)
}

fn definition(definition: &Definition, scope: &Scope<'_>) -> Option<Named> {
    let name = scope.definition(&definition.name)?;
    let about = doc::definition(definition);
    let nullable = scope.nullable.contains(definition.name.as_str());
    let node = match &definition.body {
        Body::Object(fields) => object(&about, fields, nullable, scope),
        Body::Values(values) => schema::closed(&about, values, nullable, scope),
    };
    Some((name.to_owned(), node))
}
