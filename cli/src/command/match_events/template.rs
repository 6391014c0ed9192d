//! A tree of JSON or YAML comes in; the event patterns of the rules in it go out, if it is a document that
//! holds rules: a CloudFormation or SAM template, or what the AWS command line prints.

use eventbridge_catalog::json::Node;

/// The rules with their patterns; none if the tree is no such document.
pub(super) fn rules(tree: &Node) -> Option<Vec<(String, &Node)>> {
    template(tree).or_else(|| printed(tree))
}

fn template(tree: &Node) -> Option<Vec<(String, &Node)>> {
    let resources = tree.get("Resources")?.members();
    let is_resource = |node: &Node| node.get("Type").is_some_and(|kind| kind.as_str().is_some());
    if !resources.iter().any(|resource| is_resource(&resource.node)) {
        return None;
    }
    let mut rules = Vec::new();
    for resource in resources {
        let Some(properties) = resource.node.get("Properties") else {
            continue;
        };
        match resource.node.get("Type").and_then(Node::as_str) {
            Some("AWS::Events::Rule") => {
                rules.extend(
                    properties
                        .get("EventPattern")
                        .map(|pattern| (resource.key.clone(), pattern)),
                );
            }
            Some("AWS::Serverless::Function" | "AWS::Serverless::StateMachine") => {
                rules.extend(triggers(&resource.key, properties));
            }
            _ => {}
        }
    }
    Some(rules)
}

/// The rules among the events that start a function.
fn triggers<'t>(
    function: &'t str,
    properties: &'t Node,
) -> impl Iterator<Item = (String, &'t Node)> {
    let events = properties
        .get("Events")
        .map_or(&[][..], Node::members)
        .iter();
    events.filter_map(
        move |event| match event.node.get("Type").and_then(Node::as_str) {
            Some("EventBridgeRule" | "CloudWatchEvent") => {
                let pattern = event.node.get("Properties")?.get("Pattern")?;
                Some((format!("{function}/{}", event.key), pattern))
            }
            _ => None,
        },
    )
}

/// What `describe-rule` prints, or `list-rules`. There patterns are text; in a pattern no field is.
fn printed(tree: &Node) -> Option<Vec<(String, &Node)>> {
    let rule = |rule: &'_ Node| rule.get("EventPattern").and_then(Node::as_str).is_some();
    let named = |rule: &Node| {
        rule.get("Name")
            .and_then(Node::as_str)
            .unwrap_or("rule")
            .to_owned()
    };
    if rule(tree) {
        return Some(vec![(named(tree), tree.get("EventPattern")?)]);
    }
    let listed = tree.get("Rules")?.items().iter();
    let found: Vec<_> = listed
        .filter(|node| rule(node))
        .filter_map(|node| Some((named(node), node.get("EventPattern")?)))
        .collect();
    (!found.is_empty()).then_some(found)
}

/// Whether something in the tree is put in only when the template is deployed.
pub(super) fn has_function(node: &Node) -> bool {
    let is_function = |key: &str, value: &Node| {
        key.starts_with("Fn::") || key == "Ref" && value.as_str().is_some()
    };
    node.items().iter().any(has_function)
        || node
            .members()
            .iter()
            .any(|member| is_function(&member.key, &member.node) || has_function(&member.node))
}

/// The node at a field's path, or as near to it as the tree goes.
pub(super) fn field<'t>(node: &'t Node, path: &str) -> &'t Node {
    path.split('.')
        .try_fold(node, |node, step| node.get(step).ok_or(node))
        .unwrap_or_else(|nearest| nearest)
}
