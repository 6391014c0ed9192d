#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod base64;
mod carried;
mod decimal;
mod detail;
mod differences;
mod event;
mod extra;
mod field_kinds;
mod find;
mod json_value;
mod lazy;
mod macros;
mod map;
mod member;
mod members;
mod number;
pub mod object;
mod open_enum;
mod pairs;
#[cfg(feature = "patterns")]
pub mod pattern;
mod read;
mod scalar;
mod serde_form;
mod subject;
mod text;
mod timestamp;
mod unknown;

pub use carried::Carried;
pub use detail::{Detail, fit};
pub use differences::{Difference, What};
pub use event::{AnyType, Event, EventOf, EventType, OneType, OtherDetail, OtherType};
pub use extra::Extra;
pub use lazy::LazyEvent;
pub use open_enum::OpenEnum;
pub use pairs::Pairs;
pub use read::{ParseError, ParseErrorKind, RawError, Reader};
pub use subject::Subject;
pub use text::Text;
pub use timestamp::{NegativeDuration, SignedDuration, Timestamp, TimestampError};
pub use unknown::{Reason, Unknown};

pub mod json {
    //! JSON that no type describes, and parts of what types hold: their names say nothing of events, so they stand here
    //! and not at the root.

    pub use super::json_value::{Json, Kind};
    pub use super::map::Map;
    pub use super::member::Member;
    pub use super::number::Number;
}

pub(crate) use json_value::Json;
pub(crate) use map::Map;
pub(crate) use member::Member;
pub(crate) use number::Number;

#[doc(hidden)]
pub use find::{Type as __Type, find as __find, slots as __slots, table as __table};
#[doc(hidden)]
pub use member::get as __get;
#[doc(hidden)]
pub use object::{choose as __choose, only as __only};
#[doc(hidden)]
pub use open_enum::OpenEnumVisitor as __OpenEnumVisitor;
#[doc(hidden)]
pub use serde as __serde;
