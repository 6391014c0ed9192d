//! What the AWS command line prints, or is called with, comes in as a tree; the rules in it go out.

use super::found::{Finds, Found, Kind, Unknown, numbered};
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

fn is_disabled(node: &Node) -> bool {
    let state = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
    state("State").eq_ignore_ascii_case("disabled")
        || matches!(state("DesiredState"), "STOPPED")
        || matches!(state("CurrentState"), "STOPPED")
}

/// The filters of a pipe or of an event source mapping.
fn filters(node: &Node) -> &[Node] {
    let source = node.get("SourceParameters").unwrap_or(node);
    let criteria = source.get("FilterCriteria");
    let filters = criteria.and_then(|criteria| criteria.get("Filters"));
    filters.map_or(&[][..], Node::items)
}

fn one(node: &Node, kind: Kind, name: &str, finds: &mut Finds) {
    let name = called(node, name);
    let is_disabled = is_disabled(node);
    let found = |name: String, at: &Node, pattern: Result<Node, Unknown>| Found {
        targets: Vec::new(),
        name,
        kind,
        is_disabled,
        at: at.span.start,
        pattern,
    };
    if let Some(pattern) = node.get("EventPattern") {
        return finds.rules.push(found(name, pattern, Ok(pattern.clone())));
    }
    let filters = filters(node);
    for (filter, number) in filters.iter().zip(1..) {
        let name = numbered(&name, number, filters.len());
        let at = filter.get("Pattern").unwrap_or(filter);
        finds.rules.push(found(name, at, pattern_of(filter)));
    }
}

fn pattern_of(filter: &Node) -> Result<Node, Unknown> {
    let none = || Unknown::new(filter.span.start, "it has no `Pattern`");
    filter.get("Pattern").cloned().ok_or_else(none)
}
