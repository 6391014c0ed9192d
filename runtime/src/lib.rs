#![doc = include_str!("../README.md")]

mod detail;
mod event;
mod number;
mod open_enum;
mod original;
#[cfg(feature = "pattern")]
pub mod pattern;
mod timestamp;

pub use detail::{Detail, Reason, Unknown, fit};
pub use event::Event;
pub use number::Number;
pub use open_enum::OpenEnum;
pub use timestamp::{Timestamp, TimestampError};

#[doc(hidden)]
pub use open_enum::OpenEnumVisitor as __OpenEnumVisitor;
#[doc(hidden)]
pub use serde as __serde;
