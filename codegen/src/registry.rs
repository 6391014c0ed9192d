//! A [`Model`] comes in, documents for the EventBridge Schema Registry go out, laid out and named as the registry's own:
//! of each event one in OpenAPI 3.0 and one in JSON Schema Draft 4. They have two purposes.
//!
//! *OpenAPI 3.0 is for bindings*: what is believed best, without a choice between types and without a closed enum, so
//! that what generators make of it compiles, reads whatever arrives, and is called as the event calls it.
//! *Draft 4 is for validation*: all that evidence shows, null included, and the one source and detail-type.
//!
//! Where evidence stands, what a sample shows and the order in which it was met are in neither: a document changes only
//! when its event does.

mod asyncapi;
mod belief;
mod cloudformation;
mod document;
mod schema;
mod scope;
mod terraform;

use super::{Emitted, File, Unsaid};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set::{device, registry_names};
use scope::Scope;

/// How many characters the registry takes as content.
pub const MAX_CONTENT: usize = 100_000;

/// The name that AWS gives the schema of an event; which one it has in fact, a [`Model`] knows.
pub use registry_names::rule as schema_name;
use registry_names::title;

/// What the registry takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// For bindings.
    OpenApi3,
    /// For validation.
    JsonSchemaDraft4,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Dialect; 2] = [Dialect::OpenApi3, Dialect::JsonSchemaDraft4];

    /// What the registry calls it: the `Type` of a schema.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::OpenApi3 => "OpenApi3",
            Dialect::JsonSchemaDraft4 => "JSONSchemaDraft4",
        }
    }

    /// Where its documents stand, below `registry/`.
    pub fn folder(self) -> &'static str {
        match self {
            Dialect::OpenApi3 => "openapi3",
            Dialect::JsonSchemaDraft4 => "jsonschema-draft4",
        }
    }

    /// The members of a reference to a named schema.
    fn reference(self, name: &str) -> schema::Members {
        let place = match self {
            Dialect::OpenApi3 => "#/components/schemas",
            Dialect::JsonSchemaDraft4 => "#/definitions",
        };
        vec![("$ref", Node::string(format!("{place}/{name}")))]
    }

    /// What a document says of an event.
    pub(crate) fn content(self, event: &EventType, closed_enums: bool) -> Node {
        let event = match self {
            Dialect::OpenApi3 => belief::believed(event),
            Dialect::JsonSchemaDraft4 => belief::allowed(event),
        };
        document::document(&Scope::new(&event, self, closed_enums))
    }
}

/// The JSON Schema of an event for validation, without the limits of a registry; enums are open.
pub(crate) fn schema(event: &EventType) -> Node {
    Dialect::JsonSchemaDraft4.content(event, false)
}

/// A document for the registry.
#[derive(Clone, Debug)]
pub struct Document<'m> {
    /// What the registry calls it.
    pub name: String,
    /// The dialect that it is written in.
    pub dialect: Dialect,
    /// The event: its source and detail-type are what tells the document from others.
    pub event: &'m EventType,
    /// What stands in it.
    pub content: Node,
}

impl Document<'_> {
    /// Whether it says anything of the detail. Other events are known by name alone.
    pub fn is_typed(&self) -> bool {
        !self.event.detail.is_empty()
    }
}

/// The files of the registry's folder: the documents, one that lists them, and code that registers the typed ones. What the
/// registry or a tool would not take is left out there.
pub fn files(model: &Model) -> Emitted {
    let (documents, unsaid) = documents(model);
    let mut emitted = Emitted {
        files: documents.iter().map(file).collect(),
        unsaid,
    };
    emitted
        .files
        .push(asyncapi::document(&model.package, &documents));
    let typed: Vec<&Document<'_>> = documents.iter().filter(|found| found.is_typed()).collect();
    for more in [
        cloudformation::templates(&model.package, &typed),
        terraform::module(&model.package, &typed),
    ] {
        emitted.files.extend(more.files);
        emitted.unsaid.extend(more.unsaid);
    }
    emitted
}

fn file(document: &Document<'_>) -> File {
    File {
        path: format!(
            "registry/{}/{}.json",
            document.dialect.folder(),
            document.name
        ),
        text: json::write(&document.content),
    }
}

/// The documents of all events, by name, each in both dialects; and those that the registry would not take.
pub fn documents(model: &Model) -> (Vec<Document<'_>>, Vec<Unsaid>) {
    let (mut documents, mut unsaid) = (Vec::new(), Vec::new());
    for (name, event) in named(model) {
        for dialect in Dialect::ALL {
            let document = Document {
                content: dialect.content(event, model.package.registry.closed_enums),
                name: name.clone(),
                dialect,
                event,
            };
            match refused(&document) {
                None => documents.push(document),
                Some(why) => {
                    let folder = dialect.folder();
                    let message =
                        format!("the {folder} document for the registry is left out: {why}");
                    unsaid.push(Unsaid::of(event, message));
                }
            }
        }
    }
    (documents, unsaid)
}

fn refused(document: &Document<'_>) -> Option<String> {
    let name = &document.name;
    if device(name) {
        return Some(format!("no file can be called {name} on every system"));
    }
    let characters = json::write(&document.content).chars().count();
    (characters > MAX_CONTENT)
        .then(|| format!("it has {characters} characters, and the registry takes {MAX_CONTENT}"))
}

/// The events of a model, each with what its schema is called in a registry: the names that they keep, and for others
/// those that they would get.
pub fn named(model: &Model) -> Vec<(String, &EventType)> {
    let names = &model.package.registry.names;
    let events = model.events.iter();
    let names = names.with(events.map(|event| (event.source.as_str(), event.detail_type.as_str())));
    let named = model.events.iter().filter_map(|event| {
        let name = names.name(&event.source, &event.detail_type)?;
        Some((name.to_owned(), event))
    });
    named.collect()
}
