//! Terraform's plan or state, as JSON, comes in as a tree; the rules in it go out, with archives, and with the filters
//! of pipes and event source mappings.

use super::found::{Finds, Found, Kind, Unknown};
use eventbridge_catalog::json::{Node, Value};
use std::collections::HashSet;

/// How deep modules may nest.
const MAX_MODULES: usize = 64;

/// Whether a tree is a plan or a state.
pub(super) fn is_one(tree: &Node) -> bool {
    root(tree).is_some() || instances(tree).next().is_some()
}

/// The root module of a plan, or of a state as `terraform show -json` prints it.
fn root(tree: &Node) -> Option<&Node> {
    let values = tree.get("planned_values").or_else(|| tree.get("values"));
    values?.get("root_module")
}

/// The resources of a state as it is stored, each with its attributes.
fn instances(tree: &Node) -> impl Iterator<Item = (&Node, &Node)> {
    let resources = tree.get("resources").map_or(&[][..], Node::items).iter();
    resources.flat_map(|resource| {
        let instances = resource
            .get("instances")
            .map_or(&[][..], Node::items)
            .iter();
        instances.filter_map(move |instance| Some((resource, instance.get("attributes")?)))
    })
}

/// Finds the rules of a plan or a state.
pub(super) fn rules(tree: &Node, finds: &mut Finds) {
    if let Some(root) = root(tree) {
        module(&later(tree), root, 0, finds);
    }
    for (resource, values) in instances(tree) {
        let text = |key: &str| resource.get(key).and_then(Node::as_str).unwrap_or_default();
        let name = format!("{}.{}", text("type"), text("name"));
        self::resource(&name, text("type"), values, false, finds);
    }
}

fn module(later: &HashSet<&str>, module: &Node, depth: usize, finds: &mut Finds) {
    for resource in module.get("resources").map_or(&[][..], Node::items) {
        let text = |key: &str| resource.get(key).and_then(Node::as_str).unwrap_or_default();
        if let (Some(values), "managed" | "") = (resource.get("values"), text("mode")) {
            let is_later = later.contains(text("address"));
            self::resource(text("address"), text("type"), values, is_later, finds);
        }
    }
    if depth < MAX_MODULES {
        let inner = module.get("child_modules").map_or(&[][..], Node::items);
        inner
            .iter()
            .for_each(|inner| self::module(later, inner, depth + 1, finds));
    }
}

/// The resources of which the plan says that their pattern is known only after it is applied.
fn later(tree: &Node) -> HashSet<&str> {
    let is_unknown = |change: &&Node| {
        let unknown = change
            .get("change")
            .and_then(|change| change.get("after_unknown"));
        unknown.is_some_and(|unknown| {
            ["event_pattern", "filter_criteria", "source_parameters"]
                .iter()
                .any(|key| unknown.get(key).is_some_and(has_true))
        })
    };
    let changes = tree
        .get("resource_changes")
        .map_or(&[][..], Node::items)
        .iter();
    let addresses = changes
        .filter(is_unknown)
        .filter_map(|change| change.get("address")?.as_str());
    addresses.collect()
}

fn has_true(node: &Node) -> bool {
    matches!(node.value, Value::Bool(true))
        || node.items().iter().any(has_true)
        || node.members().iter().any(|member| has_true(&member.node))
}

fn known_later(at: usize) -> Unknown {
    Unknown::new(at, "its pattern is known only when the plan is applied")
        .help("give the state afterwards, as `terraform show -json` prints it")
}

/// The rule or filters of a resource with these values.
pub(super) fn resource(name: &str, kind: &str, values: &Node, is_later: bool, finds: &mut Finds) {
    let Some((kind, patterns)) = patterns(kind, values) else {
        return;
    };
    let is_disabled = is_disabled(values);
    if patterns.is_empty() && is_later {
        finds.rules.push(Found {
            targets: Vec::new(),
            name: name.to_owned(),
            kind,
            is_disabled,
            at: values.span.start,
            pattern: Err(known_later(values.span.start)),
        });
    }
    for (pattern, number) in patterns.iter().zip(1..) {
        let name = match patterns.len() {
            1 => name.to_owned(),
            _ => format!("{name}/{number}"),
        };
        finds.rules.push(Found {
            targets: Vec::new(),
            name,
            kind,
            is_disabled,
            at: pattern.span.start,
            pattern: Ok((*pattern).clone()),
        });
    }
}

/// What a type of resource is here, and the patterns of one.
fn patterns<'v>(kind: &str, values: &'v Node) -> Option<(Kind, Vec<&'v Node>)> {
    let is_text = |node: &&Node| !matches!(node.value, Value::Null);
    let own = || {
        values
            .get("event_pattern")
            .filter(is_text)
            .into_iter()
            .collect()
    };
    Some(match kind {
        "aws_cloudwatch_event_rule" => (Kind::Rule, own()),
        "aws_cloudwatch_event_archive" => (Kind::Archive, own()),
        "aws_pipes_pipe" => (
            Kind::Pipe,
            filters(blocks(Some(values), "source_parameters")),
        ),
        "aws_lambda_event_source_mapping" => (Kind::EventSourceMapping, filters(vec![values])),
        _ => return None,
    })
}

/// What stands under a key: a block, or a list of blocks.
fn blocks<'v>(node: Option<&'v Node>, key: &str) -> Vec<&'v Node> {
    match node.and_then(|node| node.get(key)) {
        Some(Node {
            value: Value::Array(items),
            ..
        }) => items.iter().collect(),
        Some(block) => vec![block],
        None => Vec::new(),
    }
}

fn filters(around: Vec<&Node>) -> Vec<&Node> {
    let criteria = around
        .into_iter()
        .flat_map(|node| blocks(Some(node), "filter_criteria"));
    let filters = criteria.flat_map(|node| blocks(Some(node), "filter"));
    filters.filter_map(|filter| filter.get("pattern")).collect()
}

/// Whether a resource is switched off.
pub(super) fn is_disabled(values: &Node) -> bool {
    let state = |key: &str| values.get(key).and_then(Node::as_str).unwrap_or_default();
    let is_off = |key: &str| {
        values
            .get(key)
            .is_some_and(|flag| matches!(flag.value, Value::Bool(false)))
    };
    state("state") == "DISABLED"
        || state("desired_state") == "STOPPED"
        || is_off("is_enabled")
        || is_off("enabled")
}
