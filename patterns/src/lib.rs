#![doc = include_str!("../README.md")]

mod address;
mod block;
mod branch;
mod dispatch;
mod error;
mod explain;
mod fold;
mod grammar;
mod index;
mod leaf;
mod machine;
mod number;
mod operator;
mod operator_display;
mod outline;
mod parse;
mod parse_anything_but;
mod parse_numeric;
mod parse_operator;
mod partition;
mod path;
mod pattern;
mod read_event;
mod reader;
mod rule_set;
mod scan;
mod scratch;
mod search;
mod tape;
mod text;
mod wildcard;

pub use error::{EventError, PatternError};
pub use explain::{Explanation, Unmet};
pub use pattern::Pattern;
pub use rule_set::{Matches, RuleSet};
pub use scratch::Scratch;
