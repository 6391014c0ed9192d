//! The text of the file that keeps a surface comes in, and goes out.

use super::{Surface, SurfaceBody, SurfaceEvent, SurfaceField};
use crate::diagnostic::{Diagnostic, shown};
use crate::json::{self, Node};
use crate::model::Type;
use crate::schema_set::read_if_there;
use crate::text::Place;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The file of a schema set that keeps what its packages expose.
pub const SURFACE: &str = "surface.json";

/// The stamp of the file.
pub const STAMP: &str = "Kept by `cargo codegen generate`: what the packages expose. It changes by what is added; --allow-breaking lets the rest.";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurfaceFile {
    #[serde(rename = "$comment")]
    _comment: Option<String>,
    events: BTreeMap<String, BTreeMap<String, EventFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    name: String,
    fields: Vec<FieldFile>,
    #[serde(default)]
    types: Vec<TypeFile>,
    #[serde(default)]
    roles: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    key: String,
    #[serde(rename = "type")]
    ty: Type,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeFile {
    name: String,
    fields: Option<Vec<FieldFile>>,
    values: Option<Vec<String>>,
}

impl Surface {
    /// Reads what a set keeps; nothing where it keeps none.
    ///
    /// # Errors
    ///
    /// A file that does not say what it should.
    pub fn read(schemas: &Path) -> Result<Surface, Diagnostic> {
        let file = schemas.join(SURFACE);
        let Some(text) = read_if_there(&file)? else {
            return Ok(Surface::default());
        };
        let read: SurfaceFile = serde_json::from_str(&text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            unusable(&file, error.to_string()).at(place)
        })?;
        let mut surface = Surface::default();
        for (source, events) in read.events {
            for (detail_type, event) in events {
                surface
                    .events
                    .insert((source.clone(), detail_type), event.restore());
            }
        }
        match surface.unsound() {
            Some(message) => Err(unusable(&file, message)),
            None => Ok(surface),
        }
    }

    /// As the file keeps it.
    pub fn write(&self) -> String {
        let mut sources: BTreeMap<&str, Vec<(String, Node)>> = BTreeMap::new();
        for ((source, detail_type), event) in &self.events {
            let events = sources.entry(source).or_default();
            events.push((detail_type.clone(), event_node(event)));
        }
        let sources = sources
            .into_iter()
            .map(|(source, events)| (source.to_owned(), Node::object(events)));
        json::write(&Node::object([
            ("$comment", Node::string(STAMP)),
            ("events", Node::object(sources)),
        ]))
    }
}

/// What is to be done with a file that does not say what packages expose.
fn unusable(file: &Path, message: String) -> Diagnostic {
    let message = format!("is not what `cargo codegen generate` keeps here: {message}");
    let help = "take it from the last commit, or remove it: then nothing is kept to";
    Diagnostic::error(shown(file), message).help(help)
}

impl EventFile {
    fn restore(self) -> SurfaceEvent {
        let types = self.types.into_iter().map(|ty| {
            let body = match (ty.fields, ty.values) {
                (_, Some(values)) => SurfaceBody::Values(values),
                (fields, None) => SurfaceBody::Object(restored(fields.unwrap_or_default())),
            };
            (ty.name, body)
        });
        SurfaceEvent {
            name: self.name,
            fields: restored(self.fields),
            types: types.collect(),
            roles: self.roles.into_iter().collect(),
        }
    }
}

fn restored(fields: Vec<FieldFile>) -> Vec<SurfaceField> {
    let fields = fields.into_iter();
    fields
        .map(|FieldFile { key, ty, required }| SurfaceField { key, ty, required })
        .collect()
}

fn event_node(event: &SurfaceEvent) -> Node {
    let types = event.types.iter().map(|(name, body)| {
        let name = ("name", Node::string(name));
        let body = match body {
            SurfaceBody::Object(fields) => ("fields", fields_node(fields)),
            SurfaceBody::Values(values) => ("values", Node::array(values.iter().map(Node::string))),
        };
        Node::object([name, body])
    });
    let types: Vec<Node> = types.collect();
    let types = (!types.is_empty()).then(|| ("types", Node::array(types)));
    let roles: BTreeMap<&String, Node> = event
        .roles
        .iter()
        .map(|(role, key)| (role, Node::string(key)))
        .collect();
    let roles = (!roles.is_empty()).then(|| {
        (
            "roles",
            Node::object(
                roles
                    .iter()
                    .map(|(role, node)| ((*role).clone(), node.clone())),
            ),
        )
    });
    let own = [
        ("name", Node::string(&event.name)),
        ("fields", fields_node(&event.fields)),
    ];
    Node::object(own.into_iter().chain(types).chain(roles))
}

fn fields_node(fields: &[SurfaceField]) -> Node {
    let fields = fields.iter().map(|field| {
        let required = field.required.then(|| ("required", Node::from(true)));
        let own = [
            ("key", Node::string(&field.key)),
            ("type", type_node(&field.ty)),
        ];
        Node::object(own.into_iter().chain(required))
    });
    Node::array(fields)
}

/// A type as serde reads it.
fn type_node(ty: &Type) -> Node {
    let one = |key: &'static str, inner: Node| Node::object([(key, inner)]);
    match ty {
        Type::Any => Node::string("any"),
        Type::Boolean => Node::string("boolean"),
        Type::Integer => Node::string("integer"),
        Type::Number => Node::string("number"),
        Type::String => Node::string("string"),
        Type::Timestamp(_) => one("timestamp", Node::array(std::iter::empty::<Node>())),
        Type::List(items) => one("list", type_node(items)),
        Type::Map(values) => one("map", type_node(values)),
        Type::Named(name) => one("named", Node::string(name)),
        Type::OneOf(types) => one("one-of", Node::array(types.iter().map(type_node))),
    }
}
