//! What serde writes comes in; a [`Node`] goes out, that is laid out as a person would.

use super::Node;
use super::read::read_written;
use serde::Serialize;

/// What serde writes of a value, its members in the order of its fields.
///
/// # Panics
///
/// What cannot be JSON: a map whose keys are no strings. Nothing that is read decides that.
#[expect(
    clippy::expect_used,
    reason = "the type decides it, not what is in the value"
)]
pub fn of(value: &impl Serialize) -> Node {
    let text = serde_json::to_string(value).expect("keys are strings");
    read_written(&text).expect("what was written can be read")
}
