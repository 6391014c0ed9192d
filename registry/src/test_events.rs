//! Samples of events come in; the document that Lambda's console and `sam remote test-event` read as the shareable
//! test events of a function goes out.

use crate::desired::{Desired, Join};
use crate::document::Document;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Member, Node, Value};
use std::sync::Arc;

/// The registry that Lambda looks into.
pub const REGISTRY: &str = "lambda-testevent-schemas";

/// The schema of a function, which is named by itself or its ARN.
pub fn schema_name(function: &str) -> String {
    let name = match function.starts_with("arn:") {
        true => function.rsplit(':').next().unwrap_or(function),
        false => function,
    };
    format!("_{name}-schema")
}

/// The test events of a function: named events, and the stamp of who made them. What others added stays, and what they
/// noted beside ours.
///
/// # Errors
///
/// Events that make no document.
pub fn desired(
    function: &str,
    events: Vec<(String, Node)>,
    stamp: &str,
) -> Result<Desired, Diagnostic> {
    let own = content(events, stamp);
    let join = move |present: Option<&str>| match present {
        None => Ok(own.clone()),
        Some(present) => joined(&own, present).ok_or_else(|| {
            "what it holds are no test events, and it is not overwritten".to_owned()
        }),
    };
    Desired::joined(REGISTRY, &schema_name(function), Join(Arc::new(join)))
}

fn content(events: Vec<(String, Node)>, stamp: &str) -> String {
    let example = |(name, event): (String, Node)| (name, Node::object([("value", event)]));
    let info = [
        ("version", "1.0.0".into()),
        ("title", "Event".into()),
        ("description", stamp.into()),
    ];
    let event = Node::object([("type", Node::from("object"))]);
    let components = [
        ("schemas", Node::object([("Event", event)])),
        ("examples", Node::object(events.into_iter().map(example))),
    ];
    json::write(&Node::object([
        ("openapi", "3.0.0".into()),
        ("info", Node::object(info)),
        ("paths", Node::object::<&str>([])),
        ("components", Node::object(components)),
    ]))
}

/// The samples as they stand, with ours among them.
fn joined(ours: &str, present: &str) -> Option<String> {
    let ours = Document::read(ours).ok()?.node;
    let mut node = Document::read(present).ok()?.node;
    let shown = member(member(&mut node, "components")?, "examples")?;
    for example in ours.get("components")?.get("examples")?.members() {
        let event = member(member(shown, &example.key)?, "value")?;
        *event = example.node.get("value")?.clone();
    }
    Some(json::write(&node))
}

/// The member of an object, which is made where it is missing.
fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Object(members) = &mut node.value else {
        return None;
    };
    let known = members.iter().position(|member| member.key == key);
    let index = known.unwrap_or(members.len());
    if known.is_none() {
        members.push(Member {
            key: key.to_owned(),
            key_span: 0..0,
            node: Node::object::<&str>([]),
        });
    }
    members.get_mut(index).map(|member| &mut member.node)
}
