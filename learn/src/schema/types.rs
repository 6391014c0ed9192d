//! The kinds of value that were seen come in; the JSON Schema that allows them goes out.

use super::super::shape::ValueKind;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::WireForm;
use std::collections::BTreeSet;

pub(super) fn constant(text: &str) -> Node {
    Node::object([("const", Node::string(text))])
}

pub(super) fn reference(definition: &str) -> Node {
    Node::object([("$ref", Node::string(format!("#/definitions/{definition}")))])
}

pub(super) fn timestamp(forms: &BTreeSet<WireForm>) -> Node {
    Node::object([
        ("type", Node::array(["number", "string"].map(Node::string))),
        ("format", Node::string("timestamp")),
        (
            "x-wire-forms",
            Node::array(forms.iter().map(|form| Node::string(form.name()))),
        ),
    ])
}

/// The JSON Schema types of the scalar kinds, an integer being a number.
pub(super) fn scalars(kinds: &BTreeSet<ValueKind>) -> BTreeSet<&'static str> {
    let mut types: BTreeSet<&str> = kinds
        .iter()
        .filter_map(|kind| match kind {
            ValueKind::Boolean => Some("boolean"),
            ValueKind::Integer => Some("integer"),
            ValueKind::Number => Some("number"),
            ValueKind::Text => Some("string"),
            ValueKind::Instant(form) => Some(match form {
                WireForm::IntegerMillis | WireForm::IntegerSeconds => "integer",
                WireForm::FloatMillis | WireForm::FloatSeconds => "number",
                WireForm::StringMillis | WireForm::StringSeconds | WireForm::Rfc3339 => "string",
            }),
            ValueKind::UnformedInstant => Some("string"),
            ValueKind::Null | ValueKind::List | ValueKind::Object | ValueKind::Map => None,
            ValueKind::Misprint { .. } | ValueKind::Prose | ValueKind::Word(_) => None,
        })
        .collect();
    if types.contains("number") {
        types.remove("integer");
    }
    types
}

pub(super) fn typed(name: &str) -> Node {
    Node::object([("type", Node::string(name))])
}

/// One type of several; nothing at all when there is none.
pub(super) fn one_of(mut types: Vec<Node>) -> Node {
    let plain: Option<Vec<&str>> = types.iter().map(plain_type).collect();
    match (types.len(), plain) {
        (0, _) => Node::object::<&str>([]),
        (1, _) => types.remove(0),
        (_, Some(names)) => {
            Node::object([("type", Node::array(names.into_iter().map(Node::string)))])
        }
        _ => Node::object([("anyOf", Node::array(types))]),
    }
}

/// The type of a schema that says nothing else.
fn plain_type(node: &Node) -> Option<&str> {
    match node.members() {
        [only] if only.key == "type" => only.node.as_str(),
        _ => None,
    }
}

/// The same schema, allowing null as well.
pub(super) fn nullable(node: Node) -> Node {
    let null = || Node::string("null");
    if node.get("$ref").is_some() {
        return Node::object([("anyOf", Node::array([node, typed("null")]))]);
    }
    let Value::Object(mut members) = node.value else {
        return node;
    };
    for member in &mut members {
        match (member.key.as_str(), &mut member.node.value) {
            ("type", Value::Array(types)) => types.push(null()),
            ("type", Value::String(_)) => member.node = Node::array([member.node.clone(), null()]),
            ("anyOf", Value::Array(types)) => types.push(typed("null")),
            _ => {}
        }
    }
    Node::new(Value::Object(members))
}

pub(super) fn extend(node: Node, more: Vec<(&'static str, Node)>) -> Node {
    let Value::Object(members) = node.value else {
        return node;
    };
    let members = members.into_iter().map(|member| (member.key, member.node));
    Node::object(members.chain(more.into_iter().map(|(key, node)| (key.to_owned(), node))))
}
