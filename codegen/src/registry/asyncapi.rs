//! Documents come in, one AsyncAPI 3 document goes out: a channel an event source, a message an event, whose payload is its
//! document for validation, as that is JSON Schema Draft 7 too. Catalogues of events read it.

use super::{Dialect, Document};
use crate::File;
use crate::file::STAMP;
use crate::names::Names;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Package;
use std::collections::BTreeMap;

/// The document, `registry/asyncapi.json`.
pub(super) fn document(package: &Package, documents: &[Document<'_>]) -> File {
    let mut ids = Names::default();
    let mut channels: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut messages = Vec::new();
    for document in documents
        .iter()
        .filter(|found| found.dialect == Dialect::JsonSchemaDraft4)
    {
        let id = ids.claim(&[&key(&document.event.name)]);
        let of_source = channels.entry(&document.event.source).or_default();
        of_source.push(id.clone());
        messages.push((id, message(document)));
    }
    let mut ids = Names::default();
    let named = channels.iter().map(|(source, messages)| {
        let id = ids.claim(&[&key(source)]);
        (id, *source, messages)
    });
    let named: Vec<_> = named.collect();
    let operations = named.iter().map(|(id, ..)| (id.clone(), operation(id)));
    let channels = named
        .iter()
        .map(|(id, source, messages)| (id.clone(), channel(source, messages)));
    let root = Node::object([
        ("asyncapi", "3.0.0".into()),
        ("info", info(package)),
        ("defaultContentType", "application/json".into()),
        ("channels", Node::object(channels)),
        ("operations", Node::object(operations)),
        (
            "components",
            Node::object([("messages", Node::object(messages))]),
        ),
    ]);
    File {
        path: "registry/asyncapi.json".to_owned(),
        text: json::write(&root),
    }
}

fn info(package: &Package) -> Node {
    Node::object([
        ("title", package.name.as_str().into()),
        ("version", package.version.as_str().into()),
        ("description", package.description.as_str().into()),
        ("x-generated", STAMP.into()),
    ])
}

/// The keys of AsyncAPI: what it takes of a name.
fn key(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    name.chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect()
}

fn reference(place: String) -> Node {
    Node::object([("$ref", Node::string(place))])
}

fn channel(source: &str, ids: &[String]) -> Node {
    let message = |id: &String| (id.clone(), reference(format!("#/components/messages/{id}")));
    Node::object([
        ("title", source.into()),
        ("messages", Node::object(ids.iter().map(message))),
    ])
}

fn operation(channel: &str) -> Node {
    Node::object([
        ("action", "receive".into()),
        ("channel", reference(format!("#/channels/{channel}"))),
    ])
}

fn message(document: &Document<'_>) -> Node {
    let Document {
        name,
        event,
        dialect,
        ..
    } = document;
    let folder = dialect.folder();
    let payload = Node::object([
        (
            "schemaFormat",
            "application/schema+json;version=draft-07".into(),
        ),
        ("schema", reference(format!("./{folder}/{name}.json"))),
    ]);
    Node::object([
        ("title", event.detail_type.as_str().into()),
        ("payload", payload),
    ])
}
