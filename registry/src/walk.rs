//! A document comes in; the same goes out as it is compared: without spans, and on request without what only people
//! read, and in one order. What a key means hangs on where it stands: a field may be called `description`.

use eventbridge_catalog::json::{self, Member, Node, Value};

/// How a document is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All that it says, in its order.
    Whole,
    /// Without regard to order where that means nothing.
    Ordered,
    /// Without text as well.
    Structure,
}

/// What a node is within a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Components,
    /// Names of schemas, each with its schema.
    Schemas,
    Schema,
    /// Values of which the order means nothing.
    Set,
    /// Anything else.
    Data,
    /// What only people read.
    Text,
}

/// The role of what stands under a key of an object that has a role.
pub(crate) fn role(of: Role, key: &str) -> Role {
    match (of, key) {
        (Role::Document, "info") => Role::Text,
        (Role::Document, "components") => Role::Components,
        (Role::Components, "schemas") => Role::Schemas,
        (Role::Schemas, _) => Role::Schema,
        (Role::Schema, key) => keyword(key),
        _ => Role::Data,
    }
}

fn keyword(key: &str) -> Role {
    match key {
        "title" | "description" | "example" | "examples" | "externalDocs" | "$comment" => {
            Role::Text
        }
        "properties" | "patternProperties" | "definitions" | "dependencies" => Role::Schemas,
        "items" | "additionalItems" | "additionalProperties" | "not" => Role::Schema,
        "allOf" | "anyOf" | "oneOf" => Role::Schema,
        "required" | "enum" | "type" => Role::Set,
        _ => Role::Data,
    }
}

/// What a whole document is: OpenAPI holds schemas, JSON Schema is one.
pub(crate) fn root(document: &Node) -> Role {
    match document.get("openapi") {
        Some(_) => Role::Document,
        None => Role::Schema,
    }
}

/// A document as it is compared.
pub(crate) fn normal(document: &Node, form: Form) -> Node {
    node(document, root(document), form)
}

fn node(of: &Node, role: Role, form: Form) -> Node {
    Node::new(match &of.value {
        Value::Object(members) => Value::Object(object(members, role, form)),
        Value::Array(items) => Value::Array(array(items, role, form)),
        scalar => scalar.clone(),
    })
}

fn object(members: &[Member], of: Role, form: Form) -> Vec<Member> {
    let part = |member: &Member| {
        let role = role(of, &member.key);
        let shown = role != Role::Text || form != Form::Structure;
        shown.then(|| Member {
            key: member.key.clone(),
            key_span: 0..0,
            node: node(&member.node, role, form),
        })
    };
    let mut members: Vec<Member> = members.iter().filter_map(part).collect();
    if form != Form::Whole {
        members.sort_by(|a, b| a.key.cmp(&b.key));
    }
    members
}

/// What stands in a list has the role of the list: `anyOf` holds schemas.
fn array(items: &[Node], role: Role, form: Form) -> Vec<Node> {
    let mut items: Vec<Node> = items.iter().map(|item| node(item, role, form)).collect();
    if role == Role::Set && form != Form::Whole {
        items.sort_by_cached_key(json::write);
    }
    items
}
