//! One value of a pattern's array comes in; whether it takes a text goes out, as the engine decides.

use crate::reading::compact;
use eventbridge_catalog::json::Node;
use eventbridge_patterns::Pattern;

/// The value as a pattern of one field.
pub(crate) fn compiled(value: &Node) -> Option<Pattern> {
    Pattern::parse(&format!("{{\"value\":[{}]}}", compact(value))).ok()
}

/// Whether the value takes a text.
pub(super) fn takes(operator: &Pattern, text: &str) -> bool {
    let event = serde_json::json!({ "value": text }).to_string();
    operator.matches(event.as_bytes()).unwrap_or(true)
}

/// What an operator is called: `prefix`.
pub(crate) fn name(value: &Node) -> Option<&str> {
    match value.members() {
        [only] => Some(&only.key),
        _ => None,
    }
}
