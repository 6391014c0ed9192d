//! The model of a service's API comes in, as botocore ships it (`service-2.json`); the shapes of what its
//! operations return go out, without documentation. [`mirrors`] says which details mirror which of them,
//! `extract` keeps those for `samples/`, `apply` adds them to what others know.

pub(crate) mod apply;
mod extract;
pub mod mirrors;
mod saved;
mod spelling;

use super::revision::revision;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::text::Lines;
use std::collections::BTreeMap;

/// What the model of a service's API says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiModel {
    /// Where it was read, for messages.
    pub path: String,
    /// The service's id in the model: `SageMaker`.
    pub service: String,
    /// The version of the API: a date.
    pub version: String,
    /// `sha256:` of the model's text.
    pub revision: String,
    /// The shapes that are more than a scalar, by name.
    pub shapes: BTreeMap<String, ApiShape>,
}

/// A shape of the API that has a name here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiShape {
    /// A structure: its members, in the order of the model.
    Structure(Vec<(String, Use)>),
    /// A list of these.
    List(Use),
    /// A map from text to these.
    Map(Use),
    /// Text with these values.
    Values(Vec<String>),
}

/// What a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Text, or bytes written as text.
    Text,
    /// An instant: events do not write it as the API does.
    Instant,
    /// A shape of this name.
    Shape(String),
}

/// Longer lists of values are not kept: machine types and the like grow every week.
pub const MAX_VALUES: usize = 32;

/// Whether a JSON document looks like an API model.
pub fn looks_like(document: &Node) -> bool {
    let service = document
        .get("metadata")
        .and_then(|data| data.get("serviceId"));
    service.is_some() && document.get("shapes").is_some()
}

/// Reads an API model.
///
/// # Errors
///
/// What is not as in models, with its place.
pub fn read(path: &str, text: &str, document: &Node) -> Result<ApiModel, Diagnostic> {
    let reader = Reader {
        path,
        lines: Lines::new(text),
        shapes: reader_shapes(document),
    };
    let metadata = reader.need(document, "metadata")?;
    let mut shapes = BTreeMap::new();
    for (name, node) in &reader.shapes {
        if let Some(shape) = reader.shape(node)? {
            shapes.insert((*name).to_owned(), shape);
        }
    }
    Ok(ApiModel {
        path: path.to_owned(),
        service: reader.text(metadata, "serviceId")?.to_owned(),
        version: reader.text(metadata, "apiVersion")?.to_owned(),
        revision: revision(text),
        shapes,
    })
}

fn reader_shapes(document: &Node) -> BTreeMap<&str, &Node> {
    let shapes = document
        .get("shapes")
        .map(Node::members)
        .unwrap_or_default();
    let named = shapes.iter().map(|shape| (shape.key.as_str(), &shape.node));
    named.collect()
}

struct Reader<'d> {
    path: &'d str,
    lines: Lines<'d>,
    shapes: BTreeMap<&'d str, &'d Node>,
}

impl<'d> Reader<'d> {
    fn shape(&self, node: &'d Node) -> Result<Option<ApiShape>, Diagnostic> {
        let shape = match self.text(node, "type")? {
            "structure" => {
                let members = self.need(node, "members")?.members().iter();
                let members = members
                    .map(|member| Ok((member.key.clone(), self.member(&member.node)?)))
                    .collect::<Result<_, Diagnostic>>()?;
                ApiShape::Structure(members)
            }
            "list" => ApiShape::List(self.member(self.need(node, "member")?)?),
            "map" => ApiShape::Map(self.member(self.need(node, "value")?)?),
            "string" => return Ok(values(node).map(ApiShape::Values)),
            _ => return Ok(None),
        };
        Ok(Some(shape))
    }

    fn member(&self, member: &'d Node) -> Result<Use, Diagnostic> {
        let name = self.text(member, "shape")?;
        let Some(target) = self.shapes.get(name) else {
            return Err(self.error(member, format!("there is no shape `{name}` in this model")));
        };
        Ok(match self.text(target, "type")? {
            "boolean" => Use::Boolean,
            "integer" | "long" | "short" | "byte" | "bigInteger" => Use::Integer,
            "float" | "double" | "bigDecimal" => Use::Number,
            "timestamp" => Use::Instant,
            "string" if values(target).is_none() => Use::Text,
            "string" | "structure" | "list" | "map" => Use::Shape(name.to_owned()),
            _ => Use::Text,
        })
    }

    fn text(&self, node: &'d Node, key: &str) -> Result<&'d str, Diagnostic> {
        let inner = self.need(node, key)?;
        let text = inner.as_str();
        text.ok_or_else(|| self.error(inner, format!("`{key}` must be a string")))
    }

    fn need(&self, node: &'d Node, key: &str) -> Result<&'d Node, Diagnostic> {
        let missing = || self.error(node, format!("expected the key `{key}` in this object"));
        node.get(key).ok_or_else(missing)
    }

    fn error(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.path, message)
            .at(self.lines.place(node.span.start))
            .help("an API model is botocore's `service-2.json`, plain or compressed")
    }
}

/// The values of a string shape, if it lists few.
fn values(node: &Node) -> Option<Vec<String>> {
    let Value::Array(listed) = &node.get("enum")?.value else {
        return None;
    };
    let values: Vec<String> = listed
        .iter()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    (!values.is_empty() && values.len() <= MAX_VALUES).then_some(values)
}
