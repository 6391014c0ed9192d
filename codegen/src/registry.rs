//! A [`Model`] comes in, documents for the EventBridge Schema Registry go out, laid out and named as the registry's own:
//! of each event one in OpenAPI 3.0 and one in JSON Schema Draft 4. They have two purposes.
//!
//! *OpenAPI 3.0 is for bindings*: what is believed best, without a choice between types and without a closed enum, so
//! that what generators make of it compiles, reads whatever arrives, and is called as the event calls it.
//! *Draft 4 is for validation*: all that evidence shows, null included, and the one source and detail-type.
//!
//! Where evidence stands, what a sample shows and the order in which it was met are in neither: a document changes only
//! when its event does.

mod belief;
mod document;
mod schema;
mod scope;

use super::names::Names;
use super::{Emitted, File, Unsaid};
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set;
use scope::Scope;

/// How many characters the registry takes as content.
pub const MAX_CONTENT: usize = 100_000;

/// What the registry takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    OpenApi3,
    JsonSchemaDraft4,
}

impl Dialect {
    const ALL: [Dialect; 2] = [Dialect::OpenApi3, Dialect::JsonSchemaDraft4];

    /// Where its documents stand.
    fn folder(self) -> &'static str {
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

    /// The document of an event.
    fn document(self, event: &EventType, closed_enums: bool) -> Node {
        let event = match self {
            Dialect::OpenApi3 => belief::believed(event),
            Dialect::JsonSchemaDraft4 => belief::allowed(event),
        };
        document::document(&Scope::new(&event, self, closed_enums))
    }
}

/// The documents, below `registry/`. One that the registry would not take is left out.
pub fn documents(model: &Model) -> Emitted {
    let mut names = Names::ignoring_case();
    let mut emitted = Emitted::default();
    for event in &model.events {
        let name = names.claim(&[&schema_name(&event.source, &event.detail_type)]);
        for dialect in Dialect::ALL {
            match content(event, &name, dialect) {
                Ok(text) => emitted.files.push(File {
                    path: format!("registry/{}/{name}.json", dialect.folder()),
                    text,
                }),
                Err(message) => emitted.unsaid.push(Unsaid::of(event, message)),
            }
        }
    }
    emitted
}

fn content(event: &EventType, name: &str, dialect: Dialect) -> Result<String, String> {
    let left_out = |why: String| {
        let document = format!("the {} document for the registry", dialect.folder());
        Err(format!("{document} is left out: {why}"))
    };
    if schema_set::device(name) {
        return left_out(format!("no file can be called {name} on every system"));
    }
    let text = eventbridge_catalog::json::write(&dialect.document(event, false));
    match text.chars().count() {
        ..=MAX_CONTENT => Ok(text),
        characters => left_out(format!(
            "it has {characters} characters, and the registry takes {MAX_CONTENT}"
        )),
    }
}

/// The name the registry gives a schema: `aws.sagemaker@SageMakerTrainingJobStateChange`.
pub fn schema_name(source: &str, detail_type: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() || ".-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    let source: String = source.chars().map(allowed).collect();
    format!("{source}@{}", title(detail_type))
}

/// The words of a detail-type, each with its first letter raised, without what stands between them.
fn title(detail_type: &str) -> String {
    detail_type
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(raised)
        .collect()
}

fn raised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
