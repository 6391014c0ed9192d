//! The catalogue of events: what is known of them and on what evidence, as JSON Schemas on disk and as a [`model`] in
//! memory. Whoever learns events writes it, whoever generates, checks or exports reads it.
//!
//! [`json`] with places and [`diagnostic`]s for people are what it is read with, [`files`] what it is written with.

pub mod diagnostic;
pub mod diff;
pub mod explain;
pub mod files;
pub mod json;
pub mod model;
pub mod nearest;
pub mod path;
pub mod renamed;
pub mod roles;
pub mod schema_set;
pub mod surface;
pub mod text;
