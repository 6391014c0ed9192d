//! The fields of a struct, or the details of all events, come in as one list; types that read and write
//! themselves go out. No procedural macro is needed, and little code is made.

/// Declares a struct of fields, each with its key, that loses nothing of what it is read from.
///
/// The struct gets a further field, `extra`, for whatever else arrives. A field is of any type that
/// implements [`ReadField`](crate::object::ReadField); in an `Option` it may be absent. What stands behind `roles` is
/// found by [`Event::name`](crate::Event::name) and its like.
///
/// It also gets `new`, which takes nothing, so that a field that turns optional changes no call: what nobody has set
/// since is not written. And it gets `get`, which finds a member by its key, be it known or not.
///
/// ```
/// eventbridge_runtime::object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "DoorName",
///         /// How often it opened.
///         count: Option<i64> = "Count",
///     }
///     roles { name: "DoorName" }
/// }
/// use eventbridge_runtime::Text;
///
/// let door: Door = serde_json::from_str(r#"{"DoorName": "front", "Count": "many", "Colour": null}"#)?;
/// assert_eq!(door.name, "front");
/// assert_eq!(door.count, None);
/// assert_eq!(door.extra["Count"], "many");
/// assert_eq!(serde_json::to_string(&door)?, r#"{"DoorName":"front","Count":"many","Colour":null}"#);
/// assert_eq!(door.get("Colour").unwrap().kind(), eventbridge_runtime::json::Kind::Null);
/// let mut door = Door::new();
/// door.count = Some(3);
/// assert_eq!(serde_json::to_string(&door)?, r#"{"Count":3}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Generated packages write their structs out, and give a table of the fields and their keys:
///
/// ```
/// use eventbridge_runtime::{Extra, Text, object};
///
/// /// A door.
/// #[derive(Clone, Debug, Default)]
/// pub struct Door {
///     /// What it is called.
///     pub name: Text,
///     /// Whatever else arrived.
///     pub extra: Extra,
/// }
///
/// object! {
///     Door { name: "DoorName" }
///     Roles { name: "DoorName" }
/// }
///
/// let door: Door = serde_json::from_str(r#"{"DoorName": "front", "Colour": null}"#)?;
/// assert_eq!(serde_json::to_string(&door)?, r#"{"DoorName":"front","Colour":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    (
        $name:ident { $($field:ident: $key:literal),* $(,)? }
        $(Roles { $($role:ident: $role_key:literal),* $(,)? })?
    ) => {
        impl $name {
            const FIELDS: &'static [$crate::object::Field] =
                &[$($crate::object::Field::of_member($key, |object: &Self| &object.$field)),*];

            #[allow(dead_code)]
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            /// One of which nothing is said yet. What nobody sets is not written.
            #[must_use]
            #[allow(dead_code, clippy::new_without_default)]
            pub fn new() -> Self {
                let mut new = <Self as ::core::default::Default>::default();
                $crate::object::blank(Self::FIELDS, &mut new.extra);
                new
            }

            /// What stands at this key, be it known or not.
            #[must_use]
            #[allow(dead_code)]
            pub fn get(&self, key: &str) -> ::core::option::Option<$crate::json::Member<'_>> {
                $crate::__get(self, key)
            }
        }

        impl $crate::object::Object for $name {
            fn read(
                &mut self,
                reader: &mut $crate::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::RawError> {
                $crate::object::read(
                    reader,
                    Self::FIELDS,
                    &mut [$(&mut self.$field as &mut dyn $crate::object::ReadField),*],
                    &mut self.extra,
                )
            }

            fn view<'a>(&'a self, look: &mut dyn FnMut($crate::object::View<'_, 'a>)) {
                look($crate::object::View {
                    fields: Self::FIELDS,
                    members: &[$(&self.$field as &dyn $crate::object::WriteField),*],
                    extra: &self.extra,
                });
            }

            $(
                fn roles(&self) -> &'static $crate::object::Roles {
                    const ROLES: &$crate::object::Roles = &{
                        #[allow(unused_mut)]
                        let mut roles = $crate::object::Roles::NONE;
                        $(roles.$role = ::core::option::Option::Some($role_key);)*
                        roles
                    };
                    ROLES
                }
            )?
        }

        $crate::__object_members!($name);
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $ty:ty = $key:literal,)*
        }
        $(roles { $($role:ident: $role_key:literal),* $(,)? })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        $vis struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
            /// Whatever else arrives, explicit nulls, and values of another kind than their field's.
            pub extra: $crate::Extra,
        }

        $crate::object! {
            $name { $($field: $key),* }
            $(Roles { $($role: $role_key),* })?
        }
    };
}

/// Declares methods that set the fields of a struct, for what is written in one go: each with the field and what it
/// takes, in `Some` if the field may be absent, in brackets if it is a list.
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
    ($name:ident { $($with:ident: $set:ident ($($given:tt)*)),* $(,)? }) => {
        impl $name {
            $($crate::__setter! { $with $set ($($given)*) })*
        }
    };
}

/// One method of [`setters!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($with:ident Some ($field:ident([$item:ty $(,)?]) $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
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
    ($with:ident Some ($field:ident($ty:ty $(,)?) $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, $field: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some(::core::convert::Into::into($field));
            self
        }
    };
    ($with:ident $field:ident ([$item:ty $(,)?] $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
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
    ($with:ident $field:ident ($ty:ty $(,)?)) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
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

/// What each struct of [`object!`] is beside an object.
#[doc(hidden)]
#[macro_export]
macro_rules! __object_members {
    ($name:ident) => {
        impl $crate::object::WriteField for $name {
            fn node(&self) -> ::core::option::Option<$crate::object::Node<'_>> {
                ::core::option::Option::Some($crate::object::Node::Object(self))
            }
        }

        impl $crate::object::FieldKind for $name {
            const EXPECTED: $crate::object::Expected = $crate::object::Expected::Object;
        }

        impl ::core::cmp::PartialEq for $name {
            /// Whether both hold the same: each field, and in any order what is in `extra`.
            fn eq(&self, other: &Self) -> bool {
                $crate::object::same(self, other)
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            /// As of all that is compared.
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::object::hash(self, state);
            }
        }

        impl $crate::object::ReadField for $name {
            fn read(
                &mut self,
                reader: &mut $crate::Reader<'_>,
            ) -> ::core::result::Result<bool, $crate::RawError> {
                reader.fill(self)
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::__serde::Serializer,
            {
                $crate::object::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::__serde::Deserializer<'de>,
            {
                let mut object = <Self as ::core::default::Default>::default();
                $crate::object::deserialize(&mut object, deserializer)?;
                ::core::result::Result::Ok(object)
            }
        }
    };
}

/// Declares the enum of all details, found by detail-type.
///
/// Each variant stands with its type and with the constants of its event source and its detail-type. An
/// event is known by both; one that has no source, by its detail-type, unless it says `shared`: several
/// sources send it.
/// The enum gets a further variant, `Unknown`. Each type becomes a [`Detail`](crate::Detail) of its own, and so
/// belongs to one enum of a crate.
///
/// ```
/// use eventbridge_runtime::{Event, Text, details, object};
///
/// object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "name",
///     }
/// }
///
/// details! {
///     /// What happens in a house.
///     pub enum House {
///         /// A door opened.
///         Door(Door) = "my.house", "Door Opened";
///     }
/// }
///
/// let event: Event<House> =
///     r#"{"detail": {"name": "front"}, "source": "my.house", "detail-type": "Door Opened"}"#.parse()?;
/// assert!(matches!(&event.detail, House::Door(door) if door.name == "front"));
/// let door = <&Door>::try_from(&event.detail)?;
/// assert_eq!(door.name, "front");
/// assert_eq!(Event::<House>::from(door.clone()).detail, event.detail);
/// assert_eq!(Door::DETAIL_TYPE, "Door Opened");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Generated packages write the enum out, and give a table of its variants, each called as its type, which says by
/// its constants `SOURCE` and `DETAIL_TYPE` what it is the detail of, and with the method that gives it:
/// `details! { House { DoorOpened: as_door_opened } }`.
#[macro_export]
macro_rules! details {
    ($name:ident {
        $($(#[cfg($cfg:meta)])? $variant:ident: $view:ident $(($shared:ident))?),* $(,)?
    }) => {
        impl $name {
            $(
                $(#[cfg($cfg)])?
                #[doc = concat!("The detail, if it is [`", stringify!($variant), "`].")]
                #[must_use]
                pub fn $view(&self) -> ::core::option::Option<&$variant> {
                    match self {
                        Self::$variant(detail) => ::core::option::Option::Some(detail),
                        _ => ::core::option::Option::None,
                    }
                }
            )*
        }

        $crate::__details! {
            $name {
                $(
                    $(#[cfg($cfg)])?
                    $variant($variant) = $variant::SOURCE, $variant::DETAIL_TYPE $(, $shared)?;
                )*
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[doc = $doc:literal])*
                $(#[cfg($cfg:meta)])?
                $variant:ident($ty:ty) = $source:expr, $detail_type:expr $(, $shared:ident)?;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $variant(::std::boxed::Box<$ty>),)*
            /// A detail-type that is not known here, or a detail that is no object.
            Unknown($crate::Unknown),
        }

        $($(#[cfg($cfg)])? impl $ty {
            /// The event source.
            #[allow(dead_code)]
            pub const SOURCE: &'static str = $source;

            /// The detail-type.
            #[allow(dead_code)]
            pub const DETAIL_TYPE: &'static str = $detail_type;
        })*

        $crate::__details! {
            $name {
                $($(#[cfg($cfg)])? $variant($ty) = $source, $detail_type $(, $shared)?;)*
            }
        }
    };
}

/// What an enum of [`details!`] is.
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    ($name:ident {
        $(
            $(#[cfg($cfg:meta)])?
            $variant:ident($ty:ty) = $source:expr, $detail_type:expr $(, $shared:ident)?;
        )*
    }) => {
        impl $name {
            /// The event source and the detail-type of every event that is known here, by detail-type.
            pub const KNOWN: &'static [(&'static str, &'static str)] =
                &[$($(#[cfg($cfg)])? ($source, $detail_type),)*];

            /// What stands at this key, be it known or not.
            #[must_use]
            #[allow(dead_code)]
            pub fn get(&self, key: &str) -> ::core::option::Option<$crate::json::Member<'_>> {
                $crate::__get(self, key)
            }

            const TYPES: &'static [$crate::__Type<Self>] = &[
                $($(#[cfg($cfg)])? $crate::__Type {
                    source: $source,
                    detail_type: $detail_type,
                    is_shared: [$(stringify!($shared),)? ""].len() > 1,
                    read: |reader| {
                        let mut detail = ::std::boxed::Box::<$ty>::default();
                        ::core::result::Result::Ok(match reader.detail(&mut *detail)? {
                            ::core::option::Option::None => Self::$variant(detail),
                            ::core::option::Option::Some(unknown) => Self::Unknown(unknown),
                        })
                    },
                },)*
            ];

            const TABLE: &'static [u16] =
                &$crate::__table::<{ $crate::__slots($name::TYPES.len()) }, _>(Self::TYPES);
        }

        impl $crate::object::WriteField for $name {
            fn node(&self) -> ::core::option::Option<$crate::object::Node<'_>> {
                ::core::option::Option::Some(match self {
                    $($(#[cfg($cfg)])? Self::$variant(detail) => $crate::object::Node::Object(&**detail),)*
                    Self::Unknown(unknown) => $crate::object::Node::Unknown(unknown),
                })
            }
        }

        impl ::core::cmp::PartialEq for $name {
            /// Whether both are of one type and hold the same.
            fn eq(&self, other: &Self) -> bool {
                use $crate::object::WriteField;

                ::core::mem::discriminant(self) == ::core::mem::discriminant(other)
                    && self.node() == other.node()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            /// As of all that is compared.
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                use $crate::object::WriteField;

                ::core::hash::Hash::hash(&::core::mem::discriminant(self), state);
                ::core::hash::Hash::hash(&self.node(), state);
            }
        }

        impl ::core::default::Default for $name {
            /// Nothing, of no type that is known.
            fn default() -> Self {
                Self::Unknown($crate::Unknown::new($crate::json::Json::default()))
            }
        }

        impl $crate::Detail for $name {
            fn read(
                source: &str,
                detail_type: &str,
                reader: &mut $crate::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::RawError> {
                match $crate::__find(Self::TYPES, Self::TABLE, source, detail_type) {
                    ::core::option::Option::Some(read) => read(reader),
                    ::core::option::Option::None => reader.unknown().map(Self::Unknown),
                }
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::__serde::Serializer,
            {
                $crate::object::serialize(self, serializer)
            }
        }

        $($(#[cfg($cfg)])? const _: () = {
            impl ::core::convert::From<$ty> for $name {
                fn from(detail: $ty) -> Self {
                    Self::$variant(::std::boxed::Box::new(detail))
                }
            }

            impl ::core::convert::From<$ty> for $crate::Event<$name> {
                fn from(detail: $ty) -> Self {
                    Self::new($source, $detail_type, detail.into())
                }
            }

            impl ::core::convert::TryFrom<$name> for $ty {
                type Error = $name;

                /// The detail, if it is of this type; else all of it comes back.
                fn try_from(detail: $name) -> ::core::result::Result<Self, $name> {
                    match detail {
                        $name::$variant(detail) => ::core::result::Result::Ok(*detail),
                        other => ::core::result::Result::Err(other),
                    }
                }
            }

            impl $crate::EventType for $ty {
                const SOURCE: &'static str = $source;
                const DETAIL_TYPE: &'static str = $detail_type;

                type Details = $name;

                fn from_details(details: $name) -> ::core::result::Result<Self, $name> {
                    ::core::convert::TryFrom::try_from(details)
                }
            }

            impl<'a> ::core::convert::TryFrom<&'a $name> for &'a $ty {
                type Error = $crate::OtherDetail;

                /// The detail, if it is of this type.
                fn try_from(detail: &'a $name) -> ::core::result::Result<Self, $crate::OtherDetail> {
                    match detail {
                        $name::$variant(detail) => ::core::result::Result::Ok(detail),
                        _ => ::core::result::Result::Err($crate::OtherDetail::expected($detail_type)),
                    }
                }
            }

            impl $crate::Detail for $ty {
                fn read(
                    source: &str,
                    detail_type: &str,
                    reader: &mut $crate::Reader<'_>,
                ) -> ::core::result::Result<Self, $crate::RawError> {
                    let mut detail = Self::default();
                    $crate::__only(&mut detail, [$source, $detail_type], [source, detail_type], reader)?;
                    ::core::result::Result::Ok(detail)
                }
            }
        };)*
    };
}
