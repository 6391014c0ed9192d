//! The generated files come in, under macros of the same names; the same structs with the same fields go
//! out, as serde derives them: owned strings, no unknown members, no forms of timestamps.

#![allow(unused_imports, dead_code)] // The rendering has more than is measured.

// The generated files take their macros and types from the runtime, which is this crate here.
extern crate self as eventbridge_runtime;

use std::collections::BTreeMap;

pub type Text = String;
pub type Json = serde_json::Value;
pub type Number = serde_json::Number;
pub type Timestamp = serde_json::Value;
pub type Pairs = serde_json::Value;
pub type Map<T> = BTreeMap<String, T>;

/// A struct whose reader serde derives.
#[macro_export]
macro_rules! object {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $ty:ty = $key:literal,)*
        }
        $($behind:tt)*
    ) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        $vis struct $name {
            $(#[serde(rename = $key)] pub $field: $ty,)*
        }
    };
}

/// An enum whose reader serde derives; the spelling of an unknown value is lost, which is quickest.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $spelling:literal,)*
        }
    ) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $(#[serde(rename = $spelling)] $variant,)*
            #[default]
            #[serde(other)]
            Unknown,
        }
    };
}

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

/// Finds a type by detail-type, before anything is measured.
#[macro_export]
macro_rules! details {
    (
        $(#[$meta:meta])*
        pub enum Detail {
            $($(#[$doc:meta])* $variant:ident($ty:ty) = $source:literal, $detail_type:literal;)*
        }
    ) => {
        pub enum Detail {}

        /// Does something with the type of a detail.
        pub fn visit<V: $crate::Visit>(detail_type: &str) -> Option<V::Out> {
            match detail_type {
                $($detail_type => Some(V::visit::<$ty>()),)*
                _ => None,
            }
        }
    };
}

/// What the rendering exports of the runtime, and nobody needs here.
macro_rules! names {
    ($($name:ident)*) => {
        $(pub enum $name {})*
    };
}

names! {
    Carried Difference EventOf EventType Extra Kind NegativeDuration OtherDetail OtherType ParseError ParseErrorKind
    Reason SignedDuration Subject TimestampError Unknown What
}

/// Another name.
pub struct LazyEvent<'d, D>(std::marker::PhantomData<&'d D>);

/// And another.
pub mod json {
    pub use super::{Json, Kind, Map, Number};
}

#[allow(clippy::all)]
mod events {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));

    pub use self::detail::visit;
}

pub use events::visit;
