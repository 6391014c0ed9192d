//! What AWS documents about its events comes in; JSON Schemas that carry their evidence, and typed
//! packages made from them, go out.
//!
//! The two halves never import each other: [`learn`] writes schemas, [`emit`] turns a [`model`] into
//! files. The files in `schemas/` are their only contract, read back by [`catalog`].

pub mod catalog;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod files;
pub mod generate;
pub mod json;
#[cfg(feature = "learn")]
pub mod learn;
pub mod model;
mod nearest;
pub mod path;
pub mod text;
