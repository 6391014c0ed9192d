//! Arbitrary bytes come in, one function a reader; nothing goes out, but for a panic where something does not hold
//! that must.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a panic is how a finding is told"
)]

mod evidence;
mod matching;
mod reading;
mod registry;
mod templates;

pub use evidence::{api_model, catalogue, deliveries, documents, pages};
pub use matching::{patterns, rules, trusted};
pub use reading::{events, json, messages};
pub use registry::registry;
pub use templates::templates;

/// A target: what does not hold of some bytes is a panic.
pub type Target = fn(&[u8]);

/// Every target by the name of its corpus.
pub const TARGETS: [(&str, Target); 13] = [
    ("api_model", api_model),
    ("catalogue", catalogue),
    ("deliveries", deliveries),
    ("documents", documents),
    ("events", events),
    ("json", json),
    ("messages", messages),
    ("pages", pages),
    ("patterns", patterns),
    ("registry", registry),
    ("rules", rules),
    ("templates", templates),
    ("trusted", trusted),
];

/// The text that some bytes are, if they are one.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}
