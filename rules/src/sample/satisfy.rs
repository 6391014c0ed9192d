//! A pattern comes in; events go out that should satisfy its alternatives, one after the other.

use super::draft::Draft;
use crate::catalogue::{Catalogue, Holds, Standing};
use crate::check::{Leaf, Leaves, compiled, operator_name, scope_of};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::EventType;

/// So many alternatives are tried.
const MAX_TRIED: usize = 200;

/// The drafts for the alternatives of a pattern, of every event that they let through.
pub(super) fn drafts<'m>(
    catalogue: &Catalogue<'m>,
    tree: &Node,
    wanted: Option<&EventType>,
) -> Vec<Draft<'m>> {
    let leaves = Leaves::of(tree);
    let mut drafts = Vec::new();
    for branch in &leaves.branches {
        let branch: Vec<&Leaf<'_>> = branch
            .iter()
            .filter_map(|number| leaves.all.get(*number))
            .collect();
        for event in scope_of(catalogue, &branch) {
            let key = |event: &EventType| (event.source.clone(), event.detail_type.clone());
            if wanted.is_none_or(|wanted| key(wanted) == key(event)) && drafts.len() < MAX_TRIED {
                drafts.extend(draft(event, &branch));
            }
        }
    }
    drafts
}

fn draft<'m>(event: &'m EventType, branch: &[&Leaf<'_>]) -> Option<Draft<'m>> {
    let mut draft = Draft::new(event);
    for leaf in branch {
        let names = leaf.names();
        match names.as_slice() {
            ["source" | "detail-type"] => {}
            ["detail", steps @ ..] => {
                let shown = draft.get(steps).cloned();
                let value = satisfying(leaf.node, candidates(event, steps, shown))?;
                if !draft.put(steps, value) {
                    return None;
                }
            }
            [key] => {
                let value = satisfying_beside(&draft, key, leaf.node)?;
                draft.put_beside(key, value);
            }
            _ => return None,
        }
    }
    Some(draft)
}

/// The value of a key beside the detail that satisfies one of its alternatives.
fn satisfying_beside(draft: &Draft<'_>, key: &str, alternatives: &Node) -> Option<Option<Node>> {
    let known = draft.envelope.iter().find(|(known, _)| known == key);
    let known = known.map(|(_, node)| node.clone());
    let value = satisfying(alternatives, known.into_iter().collect())?;
    Some(match key {
        "resources" => value.map(|value| Node::array([value])),
        _ => value,
    })
}

/// Values that a field may have: the one that is there, and all that are known.
fn candidates(event: &EventType, steps: &[&str], shown: Option<Node>) -> Vec<Node> {
    let is_scalar = |node: &Node| !matches!(node.value, Value::Object(_));
    let shown = shown
        .map(|node| node.items().first().cloned().unwrap_or(node))
        .filter(is_scalar);
    let standing = Standing::in_detail(event, steps);
    let known = standing
        .targets
        .iter()
        .flat_map(|target| match target.holds {
            Holds::Values(values) => values
                .iter()
                .map(|known| Node::string(known.value.clone()))
                .collect(),
            _ => Vec::new(),
        });
    shown.into_iter().chain(known).collect()
}

/// The first value that one of a field's alternatives takes; no value if that is what they take.
fn satisfying(alternatives: &Node, mut candidates: Vec<Node>) -> Option<Option<Node>> {
    for item in alternatives.items() {
        candidates.extend(made_for(item));
    }
    let is_taken = |candidate: &&Node| {
        alternatives
            .items()
            .iter()
            .any(|item| takes(item, candidate))
    };
    if let Some(candidate) = candidates.iter().find(is_taken) {
        return Some(Some(candidate.clone()));
    }
    let is_absent = |item: &Node| {
        matches!(
            item.get("exists").map(|node| &node.value),
            Some(Value::Bool(false))
        )
    };
    alternatives.items().iter().any(is_absent).then_some(None)
}

fn takes(item: &Node, value: &Node) -> bool {
    let text = crate::reading::compact(&Node::object([("value", value.clone())]));
    compiled(item).is_some_and(|one| one.matches(text.as_bytes()).unwrap_or(false))
}

/// Values that are made for an alternative.
fn made_for(item: &Node) -> Vec<Node> {
    let Some(operator) = operator_name(item) else {
        return match item.value {
            Value::Placeholder(_) => vec![Node::string("?")],
            _ => vec![Node::new(item.value.clone())],
        };
    };
    let operand = item.get(operator);
    let text = operand.and_then(operand_text);
    match (operator, text) {
        ("anything-but", _) => vec![Node::string("other"), Node::from(17)],
        ("numeric", _) => numbers(operand.map_or(&[][..], Node::items)),
        ("exists", _) => vec![Node::string("any")],
        ("cidr", Some(text)) => vec![Node::string(text.split('/').next().unwrap_or_default())],
        ("wildcard", Some(text)) => vec![Node::string(without_wildcards(text))],
        (_, Some(text)) => vec![Node::string(text)],
        _ => Vec::new(),
    }
}

/// The text of an operand, which may stand in another operator.
fn operand_text(operand: &Node) -> Option<&str> {
    match operand.members() {
        [inner] => inner.node.as_str(),
        _ => operand.as_str(),
    }
}

/// A text that a wildcard takes.
fn without_wildcards(text: &str) -> String {
    text.replace("\\*", "\u{1}")
        .replace('*', "x")
        .replace('\u{1}', "*")
}

/// Numbers at and around the bounds of a range.
fn numbers(bounds: &[Node]) -> Vec<Node> {
    let numbers = bounds.iter().filter_map(|bound| match &bound.value {
        Value::Number(text) => text.parse::<f64>().ok(),
        _ => None,
    });
    let numbers: Vec<f64> = numbers.collect();
    let middle = numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    let around = numbers
        .iter()
        .flat_map(|number| [*number, number + 1.0, number - 1.0]);
    around
        .chain([middle])
        .map(|number| Node::new(Value::Number(format!("{number}"))))
        .collect()
}
