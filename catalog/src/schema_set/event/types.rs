//! The schema of a value comes in; the [`Type`] that it says goes out.

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::json::{Node, Value};
use crate::model::{Type, WireForm};

impl<'t> Reader<'t> {
    /// What a schema says that a value is. Null is allowed for whatever is not required, so it adds nothing.
    pub(super) fn type_of(&self, node: &'t Node) -> Result<Type, Diagnostic> {
        if let Some(name) = self.reference(node)? {
            return Ok(Type::Named(name.to_owned()));
        }
        if node.get("format").and_then(Node::as_str) == Some("timestamp") {
            return self.wire_forms(node).map(Type::Timestamp);
        }
        if let Some(options) = node.get("anyOf") {
            let types = options
                .items()
                .iter()
                .filter(|option| !is_null(option))
                .map(|option| self.type_of(option));
            return Ok(one_of(types.collect::<Result<_, _>>()?));
        }
        let names: Vec<&Node> = match node.get("type") {
            Some(Node {
                value: Value::Array(names),
                ..
            }) => names.iter().collect(),
            Some(name) => vec![name],
            None => return Ok(Type::Any),
        };
        let names = names
            .into_iter()
            .filter(|name| name.as_str() != Some("null"));
        Ok(one_of(
            names
                .map(|name| self.plain_type(name, node))
                .collect::<Result<_, _>>()?,
        ))
    }

    fn plain_type(&self, name: &'t Node, node: &'t Node) -> Result<Type, Diagnostic> {
        let inner = |key| node.get(key).filter(|inner| !inner.members().is_empty());
        match name.as_str() {
            Some("boolean") => Ok(Type::Boolean),
            Some("integer") => Ok(Type::Integer),
            Some("number") => Ok(Type::Number),
            Some("string") => Ok(Type::String),
            Some("array") => Ok(Type::List(Box::new(
                inner("items").map_or(Ok(Type::Any), |items| self.type_of(items))?,
            ))),
            Some("object") if node.get("properties").is_some() => {
                let help = "move it to `definitions` under a name, and refer to it with `$ref`";
                Err(self
                    .error(node, "an object with properties needs a name")
                    .help(help))
            }
            Some("object") => Ok(Type::Map(Box::new(
                inner("additionalProperties")
                    .map_or(Ok(Type::Any), |values| self.type_of(values))?,
            ))),
            _ => Err(self.error(
                name,
                "expected a type: boolean, integer, number, string, array or object",
            )),
        }
    }

    fn wire_forms(&self, node: &'t Node) -> Result<Vec<WireForm>, Diagnostic> {
        let form = |name: &str| {
            let known = WireForm::ALL.into_iter().find(|form| form.name() == name);
            known.ok_or_else(|| self.error(node, format!("`{name}` is no wire form of an instant")))
        };
        self.strings(node, "x-wire-forms")?
            .into_iter()
            .map(form)
            .collect()
    }
}

fn is_null(node: &Node) -> bool {
    node.get("type").and_then(Node::as_str) == Some("null")
}

fn one_of(mut types: Vec<Type>) -> Type {
    match types.len() {
        0 => Type::Any,
        1 => types.remove(0),
        _ => Type::OneOf(types),
    }
}
