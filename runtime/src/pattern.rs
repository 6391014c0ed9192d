//! Event patterns and the engine that matches them, of the crate [`eventbridge_patterns`], and beside them the ground
//! of the typed builders that generated packages have for each event: [`build`].

mod builder;
mod match_error;

pub use eventbridge_patterns::*;
pub use match_error::MatchError;

use std::borrow::Cow;

use crate::{Detail, Event, LazyEvent};

impl<D: Detail, K> Matchable for Event<D, K> {
    /// What [`Event::to_json`] writes.
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.to_json().into_bytes().into()
    }
}

impl<D> Matchable for LazyEvent<'_, D> {
    /// The document.
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.as_json().as_bytes().into()
    }
}

pub mod build {
    //! What the fields of an event must hold, as EventBridge reads it.
    //!
    //! ```
    //! # use eventbridge_runtime::{Extra, Text, event_pattern};
    //! # struct DoorOpened;
    //! # impl DoorOpened {
    //! #     const SOURCE: &str = "my.house";
    //! #     const DETAIL_TYPE: &str = "Door Opened";
    //! # }
    //! # event_pattern! { DoorOpened DoorOpenedPattern { door: Text("door"), count: Number("count") } }
    //! use eventbridge_runtime::pattern::build::{at_least, prefix};
    //!
    //! let pattern = DoorOpened::pattern().door(["back", "side"]).count(at_least(3)).region(prefix("eu-"));
    //! assert_eq!(
    //!     pattern.to_string(),
    //!     r#"{"source":["my.house"],"detail-type":["Door Opened"],"region":[{"prefix":"eu-"}],"detail":{"door":["back","side"],"count":[{"numeric":[">=",3]}]}}"#
    //! );
    //! ```
    //!
    //! Each type of a generated package has such a `pattern`, with a method for each field. A method takes a literal, a
    //! condition of this module, or several of them as an array or a tuple, of which one must match:
    //!
    //! | A field of | takes literals | and conditions |
    //! |---|---|---|
    //! | [`Text`] | `&str`, `String` | [`prefix`], [`suffix`], [`wildcard`], [`equals_ignore_case`], [`prefix_ignore_case`], [`suffix_ignore_case`], [`cidr`], [`not_text`], [`not_prefix`], [`not_suffix`], [`not_wildcard`], [`not_ignore_case`] |
    //! | [`Number`] | integers, `f64` | [`less_than`], [`at_most`], [`greater_than`], [`at_least`], [`between`], [`not_number`] |
    //! | [`Boolean`] | `true`, `false` | |
    //! | [`Instant`] | as text and as a number: it is matched as it is on the wire | those of both |
    //! | [`Choice`] | its enum, `&str` | those of text |
    //! | [`Anything`] | all of these | all of these |
    //!
    //! [`exists`], [`absent`] and [`null`] are for fields of any kind. A map takes a key before its condition, and an object
    //! a function from its own builder to what it becomes.
    //!
    //! What builders are made of is [`Fields`]:
    //!
    //! ```
    //! use eventbridge_runtime::pattern::build::{Fields, Number, Text, at_least, exists, prefix};
    //!
    //! let mut detail = Fields::default();
    //! detail.must::<Text>("state", ("failed", prefix("stop")));
    //! detail.must::<Number>("count", at_least(3));
    //! detail.must::<Text>("reason", exists());
    //! assert_eq!(
    //!     detail.to_string(),
    //!     r#"{"state":["failed",{"prefix":"stop"}],"count":[{"numeric":[">=",3]}],"reason":[{"exists":true}]}"#
    //! );
    //! ```
    //!
    //! What a field's type does not allow does not compile:
    //!
    //! ```compile_fail
    //! # use eventbridge_runtime::pattern::build::{Fields, Text, at_least};
    //! Fields::default().must::<Text>("state", at_least(3));
    //! ```

    pub use super::builder::*;
}
