//! A document of a schema registry comes in, OpenAPI 3 or JSON Schema Draft 4, alone or as DescribeSchema
//! answers it; what it tells of events goes out. Names come from its `x-amazon-events-…` keys alone.

mod pointer;
mod walk;

use super::evidence::shapes::{DELIVERIES, EXPORT, ShapeEvidence, Shapes};
use super::names::is_source;
use super::revision::revision;
use super::shape::{Shape, ValueKind};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::GENERATED;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::text::{Lines, Place};
use std::path::Path;
use walk::Walk;

/// The key that names the event source.
const SOURCE: &str = "x-amazon-events-source";

/// The key that names the detail-type.
const DETAIL_TYPE: &str = "x-amazon-events-detail-type";

/// Names that other evidence has in `samples/`.
const RESERVED: [&str; 2] = [DELIVERIES, "api"];

/// Whether a JSON document looks like one of a schema registry, sound or not.
pub(crate) fn looks_like(document: &Node) -> bool {
    let answer = document.get("Content").and_then(Node::as_str).is_some()
        && (document.get("SchemaName").is_some() || document.get("SchemaArn").is_some());
    let draft = |schema: &Node| {
        let name = schema.as_str();
        name.is_some_and(|name| name.contains("json-schema.org/"))
    };
    answer
        || document.get("openapi").is_some()
        || document.get("swagger").is_some()
        || document.get(DETAIL_TYPE).is_some()
        || document.get(SOURCE).is_some()
        || document.get("$schema").is_some_and(draft)
}

/// Whether a document was generated from schemas: it says of an event what they say.
fn is_export(document: &Node) -> bool {
    let description = document.get("info").unwrap_or(document).get("description");
    description.and_then(Node::as_str) == Some(GENERATED)
}

/// Reads a document: what it tells, and what a person should look at.
///
/// # Errors
///
/// A document that names no event, refers to what is not there, or is nested beyond the limits.
pub(crate) fn read(
    path: &str,
    text: &str,
    document: &Node,
) -> Result<(ShapeEvidence, Vec<Diagnostic>), Diagnostic> {
    let Some(content) = document
        .get("Content")
        .filter(|node| node.as_str().is_some())
    else {
        let source = Source {
            path,
            lines: Lines::new(text),
            inside: None,
        };
        return source.read(text, document, &stem(path));
    };
    let inner = content.as_str().unwrap_or_default();
    let source = Source {
        path,
        lines: Lines::new(inner),
        inside: Some(Lines::new(text).place(content.span.start)),
    };
    let read = json::read_strict(inner).map_err(|error| source.error(error.at, error.message))?;
    let name = document.get("SchemaName").and_then(Node::as_str);
    source.read(inner, &read, name.unwrap_or(&stem(path)))
}

/// The name of a file without what tells its format.
fn stem(path: &str) -> String {
    let name = Path::new(path).file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Where a document stands, for messages.
struct Source<'t> {
    path: &'t str,
    lines: Lines<'t>,
    /// Of a document inside another's `Content`: where that stands.
    inside: Option<Place>,
}

impl Source<'_> {
    fn read(
        &self,
        text: &str,
        document: &Node,
        name: &str,
    ) -> Result<(ShapeEvidence, Vec<Diagnostic>), Diagnostic> {
        self.check_version(document)?;
        let name = &self.own_name(document, name)?;
        let site = Evidence::named(Origin::Registry, name);
        let mut walk = Walk::new(self, document, &site);
        let mut shapes = Shapes::new();
        for event in events(document) {
            let detail_type = self.name(event, DETAIL_TYPE)?;
            let source = self.source(event)?;
            let detail = event.get("properties").and_then(|all| all.get("detail"));
            let mut shape = match detail {
                Some(detail) => walk.shape(detail, "detail")?,
                None => Shape::default(),
            };
            shape.join(Shape::one(ValueKind::Object, site.clone(), None));
            let known = shapes.entry(source.to_owned()).or_default();
            known.entry(detail_type.to_owned()).or_default().join(shape);
        }
        if shapes.is_empty() {
            return Err(self.without_event(document));
        }
        let shapes = ShapeEvidence {
            origin: Origin::Registry,
            name: name.to_owned(),
            revision: Some(revision(text)),
            shapes,
        };
        Ok((shapes, walk.warnings))
    }

    /// The name under which a document is kept: that of its file, else its title.
    fn own_name(&self, document: &Node, name: &str) -> Result<String, Diagnostic> {
        let title = document.get("info").and_then(|info| info.get("title"));
        let name = match name.is_empty() {
            true => title.and_then(Node::as_str).unwrap_or("document"),
            false => name,
        };
        if RESERVED.contains(&name) {
            let message = format!(
                "a document cannot be called `{name}`: other evidence is kept under that name"
            );
            return Err(Diagnostic::error(self.path, message).help("rename the file"));
        }
        Ok(match is_export(document) {
            true => format!("{name}{EXPORT}"),
            false => name.to_owned(),
        })
    }

    fn source<'d>(&self, event: &'d Node) -> Result<&'d str, Diagnostic> {
        let source = self.name(event, SOURCE)?;
        if !is_source(source) {
            let at = event.get(SOURCE).map_or(0, |node| node.span.start);
            let message =
                format!("`{source}` is no event source that a folder could be named after");
            return Err(self.error(at, message));
        }
        Ok(source)
    }

    fn without_event(&self, document: &Node) -> Diagnostic {
        let message = format!("no schema in this document has the key `{DETAIL_TYPE}`");
        let help = format!(
            "an event's schema names its source and detail-type: \"{SOURCE}\": \"…\", \"{DETAIL_TYPE}\": \"…\""
        );
        self.error(document.span.start, message).help(help)
    }

    /// Documents of another version are refused: what their keys mean is not known.
    fn check_version(&self, document: &Node) -> Result<(), Diagnostic> {
        let version = document.get("openapi").or_else(|| document.get("swagger"));
        match version {
            Some(version) if !version.as_str().is_some_and(|v| v.starts_with("3.")) => {
                let message = "this version of OpenAPI is not known";
                Err(self
                    .error(version.span.start, message)
                    .help("export the schema as OpenAPI 3 or JSON Schema Draft 4"))
            }
            _ => Ok(()),
        }
    }

    fn name<'d>(&self, event: &'d Node, key: &str) -> Result<&'d str, Diagnostic> {
        let at = event
            .get(key)
            .map_or(event.span.start, |node| node.span.start);
        let name = event.get(key).and_then(Node::as_str);
        name.filter(|name| !name.trim().is_empty()).ok_or_else(|| {
            let message = format!("expected the key `{key}` with a name in the schema of an event");
            let help = "it says which events the schema is of; a schema's name does not";
            self.error(at, message).help(help)
        })
    }

    fn error(&self, at: usize, message: impl Into<String>) -> Diagnostic {
        self.placed(at, Diagnostic::error(self.path, message))
    }

    fn placed(&self, at: usize, mut found: Diagnostic) -> Diagnostic {
        let place = self.lines.place(at);
        match self.inside {
            None => found.at(place),
            Some(content) => {
                let Place { line, column } = place;
                found.message = format!(
                    "in `Content`, line {line}, column {column}: {}",
                    found.message
                );
                found.at(content)
            }
        }
    }
}

/// The schemas of events: the document itself, or those among its components.
fn events(document: &Node) -> Vec<&Node> {
    let components = document
        .get("components")
        .and_then(|all| all.get("schemas"));
    let inner = components.map(Node::members).unwrap_or_default().iter();
    let all = std::iter::once(document).chain(inner.map(|member| &member.node));
    all.filter(|schema| schema.get(DETAIL_TYPE).is_some() || schema.get(SOURCE).is_some())
        .collect()
}
