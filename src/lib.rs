#![doc = include_str!("../README.md")]

/// The events of `schemas/`, rendered anew at every build: whoever depends on this package by path or
/// git always follows the latest field sets.
#[allow(clippy::all, missing_docs)]
pub mod events {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

pub use events::*;
