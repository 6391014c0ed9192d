//! A CloudFormation or SAM template comes in as a tree; the rules in it go out, with archives, and with the filters of
//! pipes and event source mappings.

use super::found::{Finds, Found, Kind, Unknown};
use super::intrinsic::Scope;
use super::settings::Settings;
use super::target;
use super::tree::{like, scalar_text};
use eventbridge_catalog::json::{Member, Node, Value};

/// How many values loops may write out; long text counts for several.
const MAX_LOOPED: usize = 200_000;

/// So many bytes of text count as much as a value.
const TEXT: usize = 64;

/// Whether a tree is a template.
pub(super) fn is_one(tree: &Node) -> bool {
    let is_resource = |node: &Node| node.get("Type").is_some_and(|kind| kind.as_str().is_some());
    let resources = tree.get("Resources").map_or(&[][..], Node::members);
    resources
        .iter()
        .any(|resource| is_resource(&resource.node) || resource.key.starts_with("Fn::ForEach::"))
        || tree.get("AWSTemplateFormatVersion").is_some()
}

/// Finds the rules of a template.
pub(super) fn rules(tree: &Node, settings: &Settings, finds: &mut Finds) {
    let scope = Scope::new(tree, settings);
    let resources = tree.get("Resources").map_or(&[][..], Node::members);
    for resource in resources {
        self::resource(&scope, resource, finds);
    }
    if let Some(transform) = tree
        .get("Resources")
        .and_then(|all| all.get("Fn::Transform"))
    {
        finds.note(
            transform.span.start,
            "what `Fn::Transform` puts in is not read",
        );
    }
    finds.notes.extend(scope.notes());
}

fn resource(scope: &Scope<'_>, resource: &Member, finds: &mut Finds) {
    if let Some(name) = resource.key.strip_prefix("Fn::ForEach::") {
        return looped(scope, name, &resource.node, finds);
    }
    let Some(kind) = resource.node.get("Type").and_then(Node::as_str) else {
        return;
    };
    let Some(properties) = resource.node.get("Properties") else {
        return;
    };
    let mut found = Vec::new();
    resource_rules(scope, &resource.key, kind, properties, &mut found, finds);
    if !found.is_empty() {
        leave_out_undeployed(scope, &resource.node, &mut found);
    }
    finds.rules.append(&mut found);
}

/// Rules of a resource whose condition does not hold, or cannot be told, are known by name alone.
fn leave_out_undeployed(scope: &Scope<'_>, resource: &Node, found: &mut [Found]) {
    let deployed = scope.is_deployed(resource);
    for rule in found {
        match &deployed {
            Ok(true) => {}
            Ok(false) => {
                let condition = resource.get("Condition").and_then(Node::as_str);
                let condition = condition.unwrap_or_default();
                let reason = format!("its condition `{condition}` does not hold");
                rule.pattern = Err(Unknown::new(rule.at, reason));
            }
            Err(unknown) => rule.pattern = Err(unknown.clone()),
        }
    }
}

fn resource_rules(
    scope: &Scope<'_>,
    name: &str,
    kind: &str,
    properties: &Node,
    found: &mut Vec<Found>,
    finds: &mut Finds,
) {
    let pattern = |key: &str| properties.get(key);
    match kind {
        "AWS::Events::Rule" => {
            found.extend(bus_rule(scope, name, properties, finds));
        }
        "AWS::Events::Archive" => {
            found.extend(one(
                scope,
                name,
                Kind::Archive,
                false,
                pattern("EventPattern"),
            ));
        }
        "AWS::Pipes::Pipe" => {
            let state = state(scope, properties, "DesiredState", finds);
            let criteria = properties
                .get("SourceParameters")
                .and_then(|source| source.get("FilterCriteria"));
            found.extend(filters(scope, name, Kind::Pipe, state, criteria));
        }
        "AWS::Lambda::EventSourceMapping" => {
            let state = state(scope, properties, "Enabled", finds);
            let criteria = properties.get("FilterCriteria");
            found.extend(filters(
                scope,
                name,
                Kind::EventSourceMapping,
                state,
                criteria,
            ));
        }
        "AWS::Serverless::Function" | "AWS::Serverless::StateMachine" => {
            let events = properties.get("Events").map_or(&[][..], Node::members);
            for event in events {
                found.extend(trigger(
                    scope,
                    &format!("{name}/{}", event.key),
                    &event.node,
                    finds,
                ));
            }
        }
        "AWS::CloudFormation::Stack" | "AWS::Serverless::Application" => {
            let message = format!("{name} is a template of its own, which is not read");
            finds.note(properties.span.start, &message);
        }
        _ => {}
    }
}

/// A rule of a bus, with its targets.
fn bus_rule(scope: &Scope<'_>, name: &str, properties: &Node, finds: &mut Finds) -> Option<Found> {
    let is_off = state(scope, properties, "State", finds);
    let targets = properties.get("Targets").map_or(&[][..], Node::items);
    let targets = targets
        .iter()
        .map(|one| target::input(scope, "Target", one));
    let rule = one(
        scope,
        name,
        Kind::Rule,
        is_off,
        properties.get("EventPattern"),
    )?;
    Some(Found {
        targets: targets.collect(),
        ..rule
    })
}

/// The rule or the filters of an event that starts a function.
fn trigger(scope: &Scope<'_>, name: &str, event: &Node, finds: &mut Finds) -> Vec<Found> {
    let Some(properties) = event.get("Properties") else {
        return Vec::new();
    };
    let is_off =
        state(scope, properties, "State", finds) || state(scope, properties, "Enabled", finds);
    match event.get("Type").and_then(Node::as_str) {
        Some("EventBridgeRule" | "CloudWatchEvent") => {
            let pattern = properties.get("Pattern");
            let targets = vec![target::input(scope, name, properties)];
            let rule = one(scope, name, Kind::Rule, is_off, pattern);
            rule.map(|rule| Found { targets, ..rule })
                .into_iter()
                .collect()
        }
        _ => {
            let criteria = properties.get("FilterCriteria");
            filters(scope, name, Kind::EventSourceMapping, is_off, criteria)
        }
    }
}

/// Whether something is switched off.
fn state(scope: &Scope<'_>, properties: &Node, key: &str, finds: &mut Finds) -> bool {
    let Some(state) = properties.get(key) else {
        return false;
    };
    match scope.resolve(state) {
        Ok(state) => {
            let state = state.as_ref().and_then(scalar_text).unwrap_or_default();
            matches!(state.as_str(), "DISABLED" | "STOPPED" | "false")
        }
        Err(unknown) => {
            let message = format!(
                "whether it is enabled is not known ({}); taken as enabled",
                unknown.reason
            );
            finds.note(unknown.at, &message);
            false
        }
    }
}

fn one(
    scope: &Scope<'_>,
    name: &str,
    kind: Kind,
    is_disabled: bool,
    pattern: Option<&Node>,
) -> Option<Found> {
    let pattern = pattern?;
    Some(Found {
        targets: Vec::new(),
        name: name.to_owned(),
        kind,
        is_disabled,
        at: pattern.span.start,
        pattern: deployed(scope, pattern),
    })
}

/// A pattern as it is deployed.
fn deployed(scope: &Scope<'_>, pattern: &Node) -> Result<Node, Unknown> {
    let none = || Unknown::new(pattern.span.start, "it has no event pattern here");
    scope.resolve(pattern)?.ok_or_else(none)
}

/// The filters of a pipe or of an event source mapping, of which one is enough.
fn filters(
    scope: &Scope<'_>,
    name: &str,
    kind: Kind,
    is_disabled: bool,
    criteria: Option<&Node>,
) -> Vec<Found> {
    let Some(criteria) = criteria else {
        return Vec::new();
    };
    let unknown = |unknown: Unknown| Found {
        targets: Vec::new(),
        name: name.to_owned(),
        kind,
        is_disabled,
        at: criteria.span.start,
        pattern: Err(unknown),
    };
    // The list may be chosen by a function, and each filter again.
    let resolved = match criteria
        .get("Filters")
        .filter(|list| !list.items().is_empty())
    {
        Some(_) => Ok(Some(criteria.clone())),
        None => scope.resolve(criteria),
    };
    let criteria = match resolved {
        Ok(resolved) => resolved.unwrap_or_else(|| like(criteria, Value::Null)),
        Err(reason) => return vec![unknown(reason)],
    };
    let filters = criteria.get("Filters").map_or(&[][..], Node::items);
    let several = filters.len() > 1;
    let filters = filters.iter().zip(1..).filter_map(|(filter, number)| {
        let name = if several {
            format!("{name}/{number}")
        } else {
            name.to_owned()
        };
        if filter.get("Pattern").is_some() {
            return one(scope, &name, kind, is_disabled, filter.get("Pattern"));
        }
        match scope.resolve(filter) {
            Ok(resolved) => one(
                scope,
                &name,
                kind,
                is_disabled,
                resolved.as_ref()?.get("Pattern"),
            ),
            Err(reason) => Some(Found {
                targets: Vec::new(),
                name,
                ..unknown(reason)
            }),
        }
    });
    filters.collect()
}

/// Writes out a loop over resources: `[identifier, [value, …], {key: resource}]`.
fn looped(scope: &Scope<'_>, name: &str, node: &Node, finds: &mut Finds) {
    if finds.looped > MAX_LOOPED {
        return;
    }
    let [identifier, values, body] = node.items() else {
        return finds.note(
            node.span.start,
            "`Fn::ForEach` needs a name, a list and resources",
        );
    };
    let values = match (identifier.as_str(), scope.resolve(values)) {
        (Some(identifier), Ok(Some(values))) => {
            let values = values.items().iter().filter_map(scalar_text);
            values.map(|value| (identifier, value)).collect::<Vec<_>>()
        }
        (_, Err(unknown)) => {
            return finds.rules.push(Found {
                targets: Vec::new(),
                name: format!("Fn::ForEach::{name}"),
                kind: Kind::Rule,
                is_disabled: false,
                at: node.span.start,
                pattern: Err(unknown),
            });
        }
        _ => {
            return finds.note(
                node.span.start,
                "`Fn::ForEach` needs a name, a list and resources",
            );
        }
    };
    for (identifier, value) in values {
        for member in body.members() {
            if finds.looped > MAX_LOOPED {
                return;
            }
            finds.looped += text_size(&member.key, &value) + size(&member.node, &value);
            if finds.looped > MAX_LOOPED {
                let message = "its loops write out too many resources; the rest is not read";
                return finds.refuse(node.span.start, message);
            }
            let member = Member {
                key: put_in(&member.key, identifier, &value),
                key_span: member.key_span.clone(),
                node: with(&member.node, identifier, &value),
            };
            resource(scope, &member, finds);
        }
    }
}

/// For how many values a text counts once a value stands in all its places.
fn text_size(text: &str, value: &str) -> usize {
    let places = text.matches("${").chain(text.matches("&{")).count();
    (text.len() + places * value.len()) / TEXT
}

/// How many values a tree has once a value is put into it.
fn size(node: &Node, value: &str) -> usize {
    let (mut size, mut waiting) = (0, vec![node]);
    while let Some(node) = waiting.pop() {
        size += 1 + node.as_str().map_or(0, |text| text_size(text, value));
        waiting.extend(node.items());
        for member in node.members() {
            size += text_size(&member.key, value);
            waiting.push(&member.node);
        }
    }
    size
}

fn put_in(text: &str, identifier: &str, value: &str) -> String {
    let bare: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&format!("${{{identifier}}}"), value)
        .replace(&format!("&{{{identifier}}}"), &bare)
}

/// The tree with the value for the identifier of a loop.
fn with(node: &Node, identifier: &str, value: &str) -> Node {
    let inner = |node: &Node| with(node, identifier, value);
    match &node.value {
        Value::String(text) => like(node, Value::String(put_in(text, identifier, value))),
        Value::Array(items) => like(node, Value::Array(items.iter().map(inner).collect())),
        Value::Object(members) => match members.as_slice() {
            [only] if only.key == "Ref" && only.node.as_str() == Some(identifier) => {
                like(node, Value::String(value.to_owned()))
            }
            members => {
                let members = members.iter().map(|member| Member {
                    key: put_in(&member.key, identifier, value),
                    key_span: member.key_span.clone(),
                    node: inner(&member.node),
                });
                like(node, Value::Object(members.collect()))
            }
        },
        _ => node.clone(),
    }
}

/// The node at a field's path, or as near to it as the tree goes.
pub(super) fn field<'t>(node: &'t Node, path: &str) -> &'t Node {
    path.split('.')
        .try_fold(node, |node, step| node.get(step).ok_or(node))
        .unwrap_or_else(|nearest| nearest)
}
