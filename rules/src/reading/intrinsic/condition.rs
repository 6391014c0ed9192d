//! A condition of a template comes in; whether it holds goes out.

use super::{MAX_DEPTH, Scope, unknown};
use crate::reading::found::Unknown;
use crate::reading::tree::{compact, like, scalar_text};
use eventbridge_catalog::json::{Node, Value};

impl Scope<'_> {
    /// Whether a condition holds, by its name or as it is written.
    pub(super) fn condition(&self, node: &Node, depth: usize) -> Result<bool, Unknown> {
        if depth > MAX_DEPTH {
            return Err(unknown(node, "its conditions lead into each other"));
        }
        if let Some(name) = node.as_str() {
            let all = self.template.get("Conditions");
            let condition = all.and_then(|all| all.get(name));
            let condition = condition
                .ok_or_else(|| unknown(node, &format!("there is no condition `{name}`")))?;
            return self.condition(condition, depth + 1);
        }
        self.function_of_condition(node, depth)
    }

    fn are_equal(&self, one: &Node, other: &Node, depth: usize) -> Result<bool, Unknown> {
        let (one, other) = (self.value(one, depth)?, self.value(other, depth)?);
        let text = |value: Option<Node>| value.map(|value| compact(&as_texts(value)));
        Ok(text(one) == text(other))
    }

    fn function_of_condition(&self, node: &Node, depth: usize) -> Result<bool, Unknown> {
        let [only] = node.members() else {
            return Err(unknown(node, "this is no condition"));
        };
        let mut items = only.node.items().iter();
        match only.key.as_str() {
            "Condition" => self.condition(&only.node, depth + 1),
            "Fn::Equals" => match only.node.items() {
                [one, other] => self.are_equal(one, other, depth + 1),
                _ => Err(unknown(node, "`Fn::Equals` compares two values")),
            },
            "Fn::Not" => match only.node.items() {
                [inner] => Ok(!self.condition(inner, depth + 1)?),
                _ => Err(unknown(node, "`Fn::Not` takes one condition")),
            },
            "Fn::And" => {
                items.try_fold(true, |all, one| Ok(all && self.condition(one, depth + 1)?))
            }
            "Fn::Or" => {
                items.try_fold(false, |any, one| Ok(any || self.condition(one, depth + 1)?))
            }
            name => Err(unknown(
                node,
                &format!("`{name}` is no condition that is known here"),
            )),
        }
    }
}

/// Scalars as texts, as conditions compare them.
fn as_texts(node: Node) -> Node {
    match scalar_text(&node) {
        Some(text) => like(&node, Value::String(text)),
        None => node,
    }
}
