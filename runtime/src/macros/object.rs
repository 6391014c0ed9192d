//! The fields of a struct come in as one list; a type that reads and writes itself goes out.

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
