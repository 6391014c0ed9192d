//! The fields of a struct come in as one list; a method for each that sets it goes out.

/// Declares methods that set the fields of a struct, for what is written in one go: each with the field and what it
/// takes, in `Some` if the field may be absent, in brackets if it is a list. A row may carry attributes of its method.
///
/// ```
/// use eventbridge_runtime::{Text, object, setters};
///
/// object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "name",
///         /// Who has a key.
///         keys: Option<Vec<Text>> = "keys",
///     }
/// }
/// setters! { Door { with_name: name(Text), with_keys: Some(keys([Text])) } }
///
/// let door = Door::new().with_name("front").with_keys(["Ann", "Bob"]);
/// assert_eq!(serde_json::to_string(&door)?, r#"{"name":"front","keys":["Ann","Bob"]}"#);
/// // What is set is written, be it empty.
/// assert_eq!(serde_json::to_string(&Door::new().with_name(""))?, r#"{"name":""}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($(#[$attr:meta])* $with:ident: $set:ident ($($given:tt)*)),* $(,)? }) => {
        impl $name {
            $($crate::__setter! { $(#[$attr])* $with $set ($($given)*) })*
        }
    };
}

/// One method of [`setters!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($(#[$attr:meta])* $with:ident Some ($field:ident([$item:ty $(,)?]) $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        $(#[$attr])*
        #[must_use]
        pub fn $with(
            mut self,
            $field: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>,
        ) -> Self {
            let items = ::core::iter::IntoIterator::into_iter($field);
            let items = ::core::iter::Iterator::map(items, ::core::convert::Into::into);
            self.$field = ::core::option::Option::Some(::core::iter::Iterator::collect(items));
            self
        }
    };
    ($(#[$attr:meta])* $with:ident Some ($field:ident($ty:ty $(,)?) $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        $(#[$attr])*
        #[must_use]
        pub fn $with(mut self, $field: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some(::core::convert::Into::into($field));
            self
        }
    };
    ($(#[$attr:meta])* $with:ident $field:ident ([$item:ty $(,)?] $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        $(#[$attr])*
        #[must_use]
        pub fn $with(
            mut self,
            $field: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>,
        ) -> Self {
            let items = ::core::iter::IntoIterator::into_iter($field);
            let items = ::core::iter::Iterator::map(items, ::core::convert::Into::into);
            self.$field = ::core::iter::Iterator::collect(items);
            $crate::object::said(
                &mut self.extra,
                Self::FIELDS,
                Self::NAMES,
                stringify!($field),
            );
            self
        }
    };
    ($(#[$attr:meta])* $with:ident $field:ident ($ty:ty $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        $(#[$attr])*
        #[must_use]
        pub fn $with(mut self, $field: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::convert::Into::into($field);
            $crate::object::said(
                &mut self.extra,
                Self::FIELDS,
                Self::NAMES,
                stringify!($field),
            );
            self
        }
    };
}
