//! What typed EventBridge events stand on: JSON comes in, and an [`Event`] whose detail is typed goes
//! out, and back again as the same JSON.
//!
//! Generated packages bring the details; this crate brings what all of them share. The world is open
//! here: a detail-type, a field, a status value or a kind of value that nobody documented is kept,
//! can be asked for, and is written back. It is never an error.
//!
//! ```
//! use eventbridge_runtime::{Event, Json};
//!
//! let text = r#"{"detail-type": "Door Opened", "source": "my.house", "detail": {"door": "front"}}"#;
//! let event: Event<Json> = text.parse()?;
//! assert_eq!(event.detail_type, "Door Opened");
//! assert_eq!(event.detail.get("door").unwrap(), "front");
//! assert_eq!(event.to_json().parse(), Ok(event));
//! # Ok::<(), eventbridge_runtime::ParseError>(())
//! ```
//!
//! A router that looks at the envelope first takes a [`LazyEvent`]. Types of one's own are declared with
//! [`object!`] and [`details!`].

mod detail;
mod differences;
mod event;
mod extra;
mod json;
mod lazy;
mod macros;
mod map;
mod node;
mod number;
pub mod object;
mod open_enum;
mod pairs;
#[cfg(feature = "pattern")]
pub mod pattern;
mod read;
mod serde_form;
mod slot;
mod text;
mod timestamp;

pub use detail::{Detail, Reason, Unknown, fit};
pub use differences::{Difference, What};
pub use event::Event;
pub use extra::Extra;
pub use json::{Json, Kind};
pub use lazy::LazyEvent;
pub use map::Map;
pub use number::Number;
pub use open_enum::OpenEnum;
pub use pairs::Pairs;
pub use read::{Fault, ParseError, Reader};
pub use text::Text;
pub use timestamp::{Timestamp, TimestampError};

#[doc(hidden)]
pub use macros::{Type as __Type, find as __find};
#[doc(hidden)]
pub use object::choose as __choose;
#[doc(hidden)]
pub use open_enum::OpenEnumVisitor as __OpenEnumVisitor;
#[doc(hidden)]
pub use serde as __serde;
