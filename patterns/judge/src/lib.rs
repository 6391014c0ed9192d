//! Seeds come in; random patterns and events are judged by the engine inside EventBridge and by ours, and
//! pairs on which they disagree go out, made as small as possible.

mod difference;
mod engine;
mod events;
mod explanation;
mod fault;
mod json;
mod ours;
mod patterns;
mod round;
mod shrink;
mod tokens;
pub mod transcript;
mod twice;
mod vocabulary;

pub use difference::DifferenceKind;
pub use engine::{Engine, Pair, Verdict};
pub use fault::EngineFault;
pub use round::{Disagreement, Report, pairs, round};
