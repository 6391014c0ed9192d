//! The tree of a pattern comes in; what is wrong with it whatever the events are is told.

use super::Checker;
use crate::finding::{Code, Fix, Found};
use eventbridge_catalog::json::{Node, Repair, RepairKind, Value};

impl Checker<'_, '_> {
    /// Values that stand where arrays are needed.
    pub(super) fn structure(&mut self, node: &Node) {
        for member in node.members() {
            let inner = &member.node;
            match &inner.value {
                Value::Object(_) => self.structure(inner),
                Value::Array(items) if member.key == "$or" => {
                    items.iter().for_each(|item| self.structure(item));
                }
                Value::Array(_) | Value::Placeholder(_) => {}
                Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {
                    let message = format!("`{}` needs an array of what it may be", member.key);
                    let found = Found::error(inner.span.clone(), Code::NotAnArray, message);
                    self.tell(found.fix(Fix::Bracketed));
                }
            }
        }
    }

    /// Whether what was repaired leaves no doubt of what is meant.
    pub(super) fn is_plain(repairs: &[Repair]) -> bool {
        let is_plain = |repair: &Repair| {
            matches!(
                repair.kind,
                RepairKind::MissingComma
                    | RepairKind::TrailingComma
                    | RepairKind::Comment
                    | RepairKind::NonstandardQuote
                    | RepairKind::DuplicateKey
            )
        };
        repairs.iter().all(is_plain)
    }

    /// What had to be repaired before the pattern could be read.
    pub(super) fn repairs(&mut self, repairs: &[Repair]) {
        for repair in repairs {
            let at = repair.at..repair.at;
            let message = &repair.message;
            self.tell(match repair.kind {
                RepairKind::DuplicateKey => Found::warning(
                    at,
                    Code::DuplicateKey,
                    "this key stands twice in its object: EventBridge takes the last one",
                ),
                RepairKind::MissingComma => {
                    Found::error(at, Code::Syntax, "a comma is missing before this")
                        .fix(Fix::Insert(","))
                }
                _ => Found::error(at, Code::Syntax, format!("this is no JSON: {message}")),
            });
        }
    }
}
