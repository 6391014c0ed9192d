//! What typed EventBridge events stand on: JSON comes in, and an [`Event`] whose detail is typed goes
//! out, and back again as the same JSON.
//!
//! Generated packages bring the details; this crate brings what all of them share. The world is open
//! here: a detail-type, a field, a status value or a kind of value that nobody documented is kept,
//! can be asked for, and is written back. It is never an error.
//!
//! ```
//! use eventbridge_runtime::Event;
//! use serde_json::Value;
//!
//! let text = r#"{"detail-type": "Door Opened", "source": "my.house", "detail": {"door": "front"}}"#;
//! let event: Event<Value> = serde_json::from_str(text)?;
//! assert_eq!(event.detail_type, "Door Opened");
//! assert_eq!(event.detail["door"], "front");
//! assert_eq!(serde_json::to_value(&event)?, serde_json::from_str::<Value>(text)?);
//! # Ok::<(), serde_json::Error>(())
//! ```

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
