//! A target of a rule in a template comes in; what it says of its input goes out.

use super::intrinsic::Scope;
use crate::transform::{Input, TargetInput};
use eventbridge_catalog::json::Node;

/// What a target says of its input.
pub(super) fn input(scope: &Scope<'_>, name: &str, target: &Node) -> TargetInput {
    let known = |node: &Node| scope.resolve(node).ok().flatten();
    let get = |node: Option<&Node>, key: &str| node.and_then(|node| node.get(key)).and_then(known);
    let transformer = target.get("InputTransformer");
    let paths = get(transformer, "InputPathsMap");
    let paths = paths
        .iter()
        .flat_map(Node::members)
        .map(|member| (member.key.clone(), member.node.clone()));
    TargetInput {
        id: target
            .get("Id")
            .and_then(Node::as_str)
            .unwrap_or(name)
            .to_owned(),
        input: Input {
            constant: get(Some(target), "Input"),
            path: get(Some(target), "InputPath"),
            paths: paths.collect(),
            template: get(transformer, "InputTemplate"),
        },
    }
}
