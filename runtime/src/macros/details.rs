//! The details of all events come in as one list; an enum that reads and writes itself goes out.

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
