//! Event patterns and the engine that matches them, of the crate [`eventbridge_patterns`], and beside them the ground
//! of the typed builders that generated packages have for each event: [`build`].

mod builder;

pub use eventbridge_patterns::*;

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
