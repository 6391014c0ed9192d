//! Samples of events come in; the document that Lambda's console and `sam remote test-event` read as the shareable
//! test events of a function goes out.

use crate::desired::Desired;
use crate::document::Document;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Member, Node, Value};

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

/// The test events of a function: named events, and the stamp of who made them.
///
/// # Errors
///
/// Events that make no document.
pub fn desired(
    function: &str,
    events: Vec<(String, Node)>,
    stamp: &str,
) -> Result<Desired, Diagnostic> {
    let content = content(events, stamp);
    let desired = Desired::new(REGISTRY, &schema_name(function), &content)?;
    Ok(Desired {
        samples: true,
        ..desired
    })
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

/// The samples as they stand with ours among them: what others added stays, and what they noted beside ours.
pub(crate) fn with_others(desired: &Desired, present: &str) -> Desired {
    let joined = joined(&desired.document.node, present);
    match joined.map(|node| Document::read(&json::write(&node))) {
        Some(Ok(document)) => Desired {
            document,
            ..desired.clone()
        },
        _ => desired.clone(), // that it is no document is told when they are compared
    }
}

fn joined(ours: &Node, present: &str) -> Option<Node> {
    let mut node = Document::read(present).ok()?.node;
    let shown = member(member(&mut node, "components")?, "examples")?;
    let examples = ours.get("components")?.get("examples")?;
    for example in examples.members() {
        let event = member(member(shown, &example.key)?, "value")?;
        *event = example.node.get("value")?.clone();
    }
    Some(node)
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
