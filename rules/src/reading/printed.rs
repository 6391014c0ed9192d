//! What the AWS command line prints, or is called with, comes in as a tree; the rules in it go out.

use super::found::{Finds, Found, Kind, Unknown};
use eventbridge_catalog::json::Node;

/// Where lists of rules, archives, pipes or mappings stand.
const LISTS: [&str; 5] = [
    "Rules",
    "Archives",
    "Pipes",
    "EventSourceMappings",
    "Entries",
];

/// Whether a tree is what the command line prints.
pub(super) fn is_one(tree: &Node) -> bool {
    let is_listed = |key: &&str| {
        tree.get(key)
            .is_some_and(|list| list.items().iter().any(|item| kind(item).is_some()))
    };
    kind(tree).is_some() || LISTS.iter().any(is_listed)
}

/// Finds the rules of a tree.
pub(super) fn rules(tree: &Node, name: &str, finds: &mut Finds) {
    if let Some(kind) = kind(tree) {
        return one(tree, kind, name, finds);
    }
    for list in LISTS.iter().filter_map(|key| tree.get(key)) {
        for item in list.items() {
            match kind(item) {
                Some(kind) => one(item, kind, name, finds),
                None if item.get("ScheduleExpression").is_none() => {
                    let message = format!("{} has no event pattern", called(item, name));
                    finds.note(item.span.start, &message);
                }
                None => {}
            }
        }
    }
}

/// What an object is, if it has patterns.
fn kind(node: &Node) -> Option<Kind> {
    if node.get("EventPattern").is_some() {
        let is_archive = node.get("ArchiveName").is_some();
        return Some(if is_archive {
            Kind::Archive
        } else {
            Kind::Rule
        });
    }
    if node.get("FilterCriteria").is_some() {
        return Some(Kind::EventSourceMapping);
    }
    let criteria = node.get("SourceParameters")?.get("FilterCriteria");
    criteria.map(|_| Kind::Pipe)
}

fn called(node: &Node, name: &str) -> String {
    let named = ["Name", "ArchiveName", "UUID"]
        .iter()
        .find_map(|key| node.get(key).and_then(Node::as_str));
    named.unwrap_or(name).to_owned()
}

fn one(node: &Node, kind: Kind, name: &str, finds: &mut Finds) {
    let name = called(node, name);
    let state = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
    let is_disabled = state("State").eq_ignore_ascii_case("disabled")
        || matches!(state("DesiredState"), "STOPPED")
        || matches!(state("CurrentState"), "STOPPED");
    let found = |name: String, pattern: &Node| Found {
        targets: Vec::new(),
        name,
        kind,
        is_disabled,
        at: pattern.span.start,
        pattern: Ok(pattern.clone()),
    };
    if let Some(pattern) = node.get("EventPattern") {
        return finds.rules.push(found(name, pattern));
    }
    let source = node.get("SourceParameters").unwrap_or(node);
    let filters = source
        .get("FilterCriteria")
        .and_then(|criteria| criteria.get("Filters"));
    let filters = filters.map_or(&[][..], Node::items);
    for (filter, number) in filters.iter().zip(1..) {
        let name = match filters.len() {
            1 => name.clone(),
            _ => format!("{name}/{number}"),
        };
        finds.rules.push(match filter.get("Pattern") {
            Some(pattern) => found(name, pattern),
            None => Found {
                targets: Vec::new(),
                pattern: Err(Unknown::new(filter.span.start, "it has no `Pattern`")),
                ..found(name, filter)
            },
        });
    }
}
