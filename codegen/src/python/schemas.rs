//! The named events come in; their JSON Schemas go out as files, and the registry's documents, and a module that has
//! them all.

use super::exports::{Home, exports};
use super::{Module, docstring, source, stamp};
use crate::file::{File, STAMP};
use crate::registry;
use eventbridge_catalog::json::{self, Member, Node, Value};
use eventbridge_catalog::model::Model;

/// All files below `schemas/`.
pub(super) fn files(import: &str, model: &Model, modules: &[Module<'_>]) -> Vec<File> {
    let schemas = modules.iter().map(|module| {
        let path = format!("schemas/{}.json", module.detail);
        source(import, &path, json::write(&schema(module)))
    });
    let (documents, _) = registry::documents(model);
    let documents = documents.iter().map(|document| {
        let path = format!(
            "registry/{}/{}.json",
            document.dialect.folder(),
            document.name
        );
        source(import, &path, json::write(&document.content))
    });
    schemas.chain(documents).collect()
}

/// As the registry's, and called as the event is.
fn schema(module: &Module<'_>) -> Node {
    let mut schema = registry::schema(module.event);
    if let Value::Object(members) = &mut schema.value {
        for Member { key, node, .. } in members {
            match key.as_str() {
                "title" => *node = Node::string(&module.event.detail_type),
                "$schema" => *node = Node::string("http://json-schema.org/draft-07/schema#"),
                "description" => {
                    "$comment".clone_into(key);
                    *node = Node::string(STAMP);
                }
                _ => {}
            }
        }
    }
    schema
}

/// `schemas/__init__.py`
pub(super) fn init(modules: &[Module<'_>]) -> String {
    let about = [
        "The JSON Schemas of all events, and the documents for a schema registry.".to_owned(),
        "Each schema has the name of its event's detail; `ALL` has them by name.".to_owned(),
    ];
    let names: Vec<&str> = modules
        .iter()
        .map(|module| module.detail.as_str())
        .collect();
    let homes = [
        Home {
            module: "_load",
            names: vec!["ALL", "Schema", "document", "load"],
        },
        Home {
            module: "_named",
            names,
        },
    ];
    format!(
        "{}{}{}",
        stamp(),
        docstring(&about, ""),
        exports(&homes, "..", "")
    )
}

/// `schemas/_named.py`: what type checkers see, and at run time whatever is asked for.
pub(super) fn named(modules: &[Module<'_>]) -> String {
    let names: String = modules
        .iter()
        .map(|module| format!("    {}: Schema\n", module.detail))
        .collect();
    let checking = match names.is_empty() {
        true => String::new(),
        false => format!("if TYPE_CHECKING:\n{names}\n"),
    };
    format!(
        r#"{stamp}"""Each schema by its name, read when somebody asks for it."""

from typing import TYPE_CHECKING

from ._load import Schema, load

{checking}
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Schema:
        try:
            return load(name)
        except KeyError:
            raise AttributeError(f"module {{__name__!r}} has no {{name!r}}") from None
"#,
        stamp = stamp(),
    )
}
