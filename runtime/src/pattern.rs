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
    //! Fields and what they must hold come in; an event pattern goes out, as EventBridge reads it.
    //!
    //! Generated packages have a builder for each event. Its methods are named after the event's fields and
    //! take what a field's type allows and nothing else: a literal, an operator of this module, or several of
    //! them as an array or a tuple, of which one must match.
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
    //! What a type does not allow does not compile:
    //!
    //! ```compile_fail
    //! # use eventbridge_runtime::pattern::build::{Fields, Text, at_least};
    //! Fields::default().must::<Text>("state", at_least(3));
    //! ```

    pub use super::builder::*;
}
