//! The fields of an event come in, one a line; a builder with a method for each goes out.
//!
//! A field may be called as any method of any trait: here, what is not a builder's own is called by its path.

/// Declares the builder of one object's fields. What stands behind a key says what the field holds:
/// `(Kind)` a value, `[Kind]` a map of values, `{Builder}` an object with a builder of its own.
#[macro_export]
macro_rules! object_pattern {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $field:ident = $key:literal $holds:tt,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name($crate::pattern::build::Fields);

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field $key $holds })*

            /// The fields must be as in one of these as well.
            pub fn any_of(mut self, branches: impl ::core::iter::IntoIterator<Item = Self>) -> Self {
                let branches = ::core::iter::IntoIterator::into_iter(branches);
                self.0.any_of(::core::iter::Iterator::map(branches, |branch| branch.0));
                self
            }

            #[allow(dead_code, clippy::needless_pass_by_ref_mut)]
            fn fields(&mut self) -> &mut $crate::pattern::build::Fields {
                &mut self.0
            }
        }

        impl ::core::convert::From<$name> for $crate::pattern::build::Fields {
            fn from(builder: $name) -> Self {
                builder.0
            }
        }
    };
}

/// Declares the builder of an event's pattern, as [`object_pattern!`] does with the fields of its detail.
#[macro_export]
macro_rules! event_pattern {
    ($(#[$meta:meta])* pub struct $name:ident of ($source:expr, $detail_type:expr) {
        $($(#[$field_meta:meta])* $field:ident = $key:literal $holds:tt,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name($crate::pattern::build::EventFields);

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self($crate::pattern::build::EventFields::of($source, $detail_type))
            }
        }

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field $key $holds })*

            $crate::pattern_method! { envelope;
                /// The event source, in place of the service's own: tests and replays have others.
                source "source" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The account that the event is of.
                account "account" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The region that the event is of.
                region "region" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The ARNs of what the event is about.
                resources "resources" ($crate::pattern::build::Text)
            }

            /// The event must be as in one of these as well.
            pub fn any_of(mut self, branches: impl ::core::iter::IntoIterator<Item = Self>) -> Self {
                let branches = ::core::iter::IntoIterator::into_iter(branches);
                self.0.any_of(::core::iter::Iterator::map(branches, |branch| branch.0));
                self
            }

            /// The pattern, ready to match events.
            ///
            /// # Errors
            ///
            /// What EventBridge would refuse: a field without alternatives, a range whose ends are swapped.
            pub fn build(
                &self,
            ) -> ::core::result::Result<$crate::pattern::Pattern, $crate::pattern::PatternError> {
                ::core::result::Result::map(self.0.built(), ::core::clone::Clone::clone)
            }

            /// Whether the pattern matches an event: a typed one, a tree of `serde_json`, or the bytes of one.
            /// The pattern is made at the first call, and not again.
            ///
            /// # Errors
            ///
            /// What EventBridge would refuse of the pattern, or bytes that are no event.
            pub fn matches<E: $crate::pattern::Matchable + ?::core::marker::Sized>(
                &self,
                event: &E,
            ) -> ::core::result::Result<bool, $crate::pattern::MatchError> {
                ::core::result::Result::Ok(self.0.built()?.matches(event)?)
            }

            #[allow(dead_code)]
            fn fields(&mut self) -> &mut $crate::pattern::build::Fields {
                self.0.detail()
            }

            fn envelope(&mut self) -> &mut $crate::pattern::build::Fields {
                self.0.envelope()
            }
        }

        impl ::core::fmt::Display for $name {
            /// The pattern as EventBridge reads it.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

/// One method of a builder; see [`object_pattern!`].
#[doc(hidden)]
#[macro_export]
macro_rules! pattern_method {
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal ($kind:ty)) => {
        $(#[$meta])*
        pub fn $field(mut self, conditions: impl $crate::pattern::build::Conditions<$kind>) -> Self {
            self.$place().must::<$kind>($key, conditions);
            self
        }
    };
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal [$kind:ty]) => {
        $(#[$meta])*
        pub fn $field(
            mut self,
            key: &str,
            conditions: impl $crate::pattern::build::Conditions<$kind>,
        ) -> Self {
            self.$place().key::<$kind>($key, key, conditions);
            self
        }
    };
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal {$builder:ty}) => {
        $(#[$meta])*
        pub fn $field(mut self, fields: impl ::core::ops::FnOnce($builder) -> $builder) -> Self {
            let fields = fields(<$builder as ::core::default::Default>::default());
            let fields = ::core::convert::Into::into(fields);
            self.$place().object($key, fields);
            self
        }
    };
}
