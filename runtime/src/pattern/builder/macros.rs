//! The fields of an event come in, one a line; a builder with a method for each goes out.
//!
//! A field may be called as any method of any trait: here, what is not a builder's own is called by its path.

/// Declares the builder of one object's fields, behind the name of the object. Each stands with its key, and what it holds: a kind of value as
/// `Text("Key")`, `Map::<Text>("Key")` of values, `Object::<Builder>("Key")` of fields with a builder of their own.
#[macro_export]
macro_rules! object_pattern {
    ($object:ident $name:ident {
        $($(#[$field_meta:meta])* $field:ident: $holds:ident $(::<$of:ty $(,)?>)? ($key:literal $(,)?)),* $(,)?
    }) => {
        #[doc = concat!("Builds what a pattern asks of [`", stringify!($object), "`].")]
        #[derive(Clone, Debug, Default)]
        pub struct $name($crate::pattern::build::Fields);

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field: $holds $(::<$of>)? ($key) })*

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

/// Declares the builder of an event's pattern, behind the name of its detail, as [`object_pattern!`] does with an
/// object. The type of the detail gets a function `pattern`, with which one begins.
#[macro_export]
macro_rules! event_pattern {
    ($event:ident $name:ident {
        $($(#[$field_meta:meta])* $field:ident: $holds:ident $(::<$of:ty $(,)?>)? ($key:literal $(,)?)),* $(,)?
    }) => {
        impl $event {
            /// A pattern that every such event matches; methods named after its fields narrow it.
            #[must_use]
            pub fn pattern() -> $name {
                ::core::default::Default::default()
            }
        }

        #[doc = concat!("Builds an event pattern for [`", stringify!($event), "`].")]
        #[derive(Clone, Debug)]
        pub struct $name($crate::pattern::build::EventFields);

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self($crate::pattern::build::EventFields::of($event::SOURCE, $event::DETAIL_TYPE))
            }
        }

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field: $holds $(::<$of>)? ($key) })*

            $crate::pattern_method! { envelope;
                /// The event source, in place of the service's own: tests and replays have others.
                source: Text("source")
            }
            $crate::pattern_method! { envelope;
                /// The account that the event is of.
                account: Text("account")
            }
            $crate::pattern_method! { envelope;
                /// The region that the event is of.
                region: Text("region")
            }
            $crate::pattern_method! { envelope;
                /// The ARNs of what the event is about.
                resources: Text("resources")
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
    ($place:ident; $(#[$meta:meta])* $field:ident: Map::<$kind:ty>($key:literal)) => {
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
    ($place:ident; $(#[$meta:meta])* $field:ident: Object::<$builder:ty>($key:literal)) => {
        $(#[$meta])*
        pub fn $field(mut self, fields: impl ::core::ops::FnOnce($builder) -> $builder) -> Self {
            let fields = fields(<$builder as ::core::default::Default>::default());
            let fields = ::core::convert::Into::into(fields);
            self.$place().object($key, fields);
            self
        }
    };
    ($place:ident; $(#[$meta:meta])* $field:ident: $kind:ident $(::<$of:ty>)? ($key:literal)) => {
        $(#[$meta])*
        pub fn $field(
            mut self,
            conditions: impl $crate::pattern::build::Conditions<$crate::pattern::build::$kind $(<$of>)?>,
        ) -> Self {
            self.$place().must::<$crate::pattern::build::$kind $(<$of>)?>($key, conditions);
            self
        }
    };
}
