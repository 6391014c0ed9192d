//! The generated structs and enums with the same fields, as serde derives them: owned strings, no unknown members, no
//! forms of timestamps. `build.rs` makes them.

#![allow(unused_imports, dead_code)] // The rendering has more than is measured.

use std::collections::BTreeMap;

pub type Text = String;
pub type Json = serde_json::Value;
pub type Number = serde_json::Number;
pub type Timestamp = serde_json::Value;
pub type Pairs = serde_json::Value;
pub type Map<T> = BTreeMap<String, T>;

/// An event of a type that is known before it is read.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Event<D> {
    pub version: String,
    pub id: String,
    #[serde(rename = "detail-type")]
    pub detail_type: String,
    pub source: String,
    pub account: String,
    pub time: Option<Timestamp>,
    pub region: String,
    pub resources: Vec<String>,
    pub detail: D,
}

/// Something that is done with a type that is found by detail-type.
pub trait Visit {
    /// What comes of it.
    type Out;

    /// Does it.
    fn visit<D: serde::de::DeserializeOwned>() -> Self::Out;
}

#[allow(clippy::all)]
mod events {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

pub use events::visit;
