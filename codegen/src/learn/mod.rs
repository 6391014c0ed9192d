//! Evidence comes in (documentation pages), schemas go out.
pub mod page;
