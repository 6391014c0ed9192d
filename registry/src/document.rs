//! The text of a document comes in; what it says of itself goes out: its dialect, and the source and detail-type of its
//! event, which stand in its content. Its name says nothing.

use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::text::{Lines, Place};

/// The two languages of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// OpenAPI 3.0.
    OpenApi3,
    /// JSON Schema Draft 4.
    JsonSchemaDraft4,
}

impl Dialect {
    /// Both.
    pub const ALL: [Dialect; 2] = [Dialect::OpenApi3, Dialect::JsonSchemaDraft4];

    /// As the API calls it.
    pub fn api_name(self) -> &'static str {
        match self {
            Dialect::OpenApi3 => "OpenApi3",
            Dialect::JsonSchemaDraft4 => "JSONSchemaDraft4",
        }
    }

    /// As folders of generated documents are called.
    pub fn folder(self) -> &'static str {
        match self {
            Dialect::OpenApi3 => "openapi3",
            Dialect::JsonSchemaDraft4 => "jsonschema-draft4",
        }
    }
}

/// What event a document describes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
}

impl std::fmt::Display for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` of {}", self.detail_type, self.source)
    }
}

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// As it stands.
    pub text: String,
    /// As read.
    pub node: Node,
    /// Its language.
    pub dialect: Dialect,
    /// The event, where it names one and one alone.
    pub identity: Option<Identity>,
    /// Whether more than the name of the event is known.
    pub typed: bool,
}

/// Why a text is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Place { line, column } = self.place;
        write!(f, "line {line}, column {column}: {}", self.message)
    }
}

const SOURCE: &str = "x-amazon-events-source";
const DETAIL_TYPE: &str = "x-amazon-events-detail-type";

fn read_object(text: &str) -> Result<Node, Unreadable> {
    let wrong = |at: usize, message: String| Unreadable {
        place: Lines::new(text).place(at),
        message,
    };
    let node = json::read_strict(text).map_err(|error| wrong(error.at, error.message))?;
    if node.members().is_empty() {
        let expected = "expected an object: a document of OpenAPI 3 or JSON Schema Draft 4";
        return Err(wrong(node.span.start, expected.to_owned()));
    }
    Ok(node)
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Text that is no JSON, or no object.
    pub fn read(text: &str) -> Result<Document, Unreadable> {
        let node = read_object(text)?;
        let dialect = match node.get("openapi") {
            Some(_) => Dialect::OpenApi3,
            None => Dialect::JsonSchemaDraft4,
        };
        let envelopes = envelopes(&node);
        let identity = match envelopes.as_slice() {
            [envelope] => identity(envelope),
            _ => None,
        };
        let typed = envelopes.iter().any(|envelope| is_typed(&node, envelope));
        Ok(Document {
            text: text.to_owned(),
            node,
            dialect,
            identity,
            typed,
        })
    }
}

/// The schemas of events in a document.
fn envelopes(document: &Node) -> Vec<&Node> {
    let components = document.get("components");
    let inner = components.and_then(|all| all.get("schemas"));
    let inner = inner.map(Node::members).unwrap_or_default().iter();
    let all = std::iter::once(document).chain(inner.map(|member| &member.node));
    all.filter(|schema| identity(schema).is_some()).collect()
}

/// The event that a schema names: by keys for it, or by the only values that its fields take.
fn identity(schema: &Node) -> Option<Identity> {
    let said = |key: &str, field: &str| {
        let told = schema.get(key).and_then(Node::as_str);
        told.or_else(|| only_value(schema, field))
            .map(str::to_owned)
    };
    Some(Identity {
        source: said(SOURCE, "source")?,
        detail_type: said(DETAIL_TYPE, "detail-type")?,
    })
}

fn only_value<'d>(schema: &'d Node, field: &str) -> Option<&'d str> {
    let field = schema.get("properties")?.get(field)?;
    match field.get("enum")?.items() {
        [only] => only.as_str(),
        _ => None,
    }
}

/// Whether a detail has fields.
fn is_typed(document: &Node, envelope: &Node) -> bool {
    let detail = envelope.get("properties").and_then(|all| all.get("detail"));
    let Some(detail) = detail else { return false };
    let referred = detail.get("$ref").and_then(Node::as_str);
    let detail = match referred {
        Some(pointer) => pointed(document, pointer),
        None => Some(detail),
    };
    let says = |key: &str| detail.is_some_and(|detail| detail.get(key).is_some());
    let fields = detail.and_then(|detail| detail.get("properties"));
    fields.is_some_and(|fields| !fields.members().is_empty())
        || ["anyOf", "oneOf", "allOf", "$ref"].into_iter().any(says)
}

fn pointed<'d>(document: &'d Node, pointer: &str) -> Option<&'d Node> {
    let steps = pointer.strip_prefix("#/")?.split('/');
    let mut steps = steps.map(|step| step.replace("~1", "/").replace("~0", "~"));
    steps.try_fold(document, |node, step| node.get(&step))
}
