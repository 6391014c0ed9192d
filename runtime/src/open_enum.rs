//! A list of known spellings comes in, and an enum goes out that holds each of them and any other
//! string. A value that nobody documented is thus never an error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};

use crate::Text;

/// What [`open_enum!`](crate::open_enum!) declares: its spelling is what counts.
pub trait OpenEnum: AsRef<str> + Clone + 'static {
    /// All known values.
    const VALUES: &'static [Self];

    /// How they are spelled, in the same order.
    const SPELLINGS: &'static [&'static str];

    /// A value of another spelling.
    #[doc(hidden)]
    fn unknown(spelling: Text) -> Self;

    /// The known value that is spelled so.
    fn known(spelling: &str) -> Option<Self> {
        Self::VALUES.get(place(Self::SPELLINGS, spelling)?).cloned()
    }

    /// The value that is spelled so, known or not.
    fn named(spelling: Text) -> Self {
        match Self::known(&spelling) {
            Some(known) => known,
            None => Self::unknown(spelling),
        }
    }
}

/// Where a spelling stands among those that are known.
pub(crate) fn place(spellings: &[&str], spelling: &str) -> Option<usize> {
    spellings.iter().position(|known| *known == spelling)
}

/// Declares an enum of known strings that holds any other string as well.
///
/// Each variant stands with its spelling on the wire. The enum gets a further variant,
/// `Unknown(Text)`, and is `#[non_exhaustive]`, so that a value that becomes known breaks no build.
/// It does move: `Unknown(text) if text == "AJAR"` matches no more once there is an `Ajar`. Who waits for a value that
/// is not known yet compares its spelling, which stays true: `door == "AJAR"`, or `door.is("AJAR")`.
/// Values are equal, ordered and hashed by spelling, as strings are: they equal strings of any type, and
/// a map keyed by them is asked with a `&str`. Reading a known value does not allocate.
///
/// ```
/// eventbridge_runtime::open_enum! {
///     /// How the door is.
///     pub enum Door {
///         /// Anyone may enter.
///         Open = "OPEN",
///         Closed = "CLOSED",
///     }
/// }
///
/// assert_eq!(Door::from("OPEN"), Door::Open);
/// assert_eq!(Door::Closed.as_str(), "CLOSED");
/// assert_eq!(Door::KNOWN, [Door::Open, Door::Closed]);
///
/// let ajar: Door = serde_json::from_str(r#""AJAR""#)?;
/// assert!(!ajar.is_known());
/// assert!(ajar == "AJAR" && ajar.is("AJAR"));
/// assert_eq!(serde_json::to_string(&ajar)?, r#""AJAR""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
/// Generated packages write the enum out, and give a table of its variants and their spellings:
///
/// ```
/// /// How the door is.
/// #[derive(Clone, Debug)]
/// pub enum Door {
///     /// `OPEN`
///     Open,
///     /// One that is not known here.
///     Unknown(eventbridge_runtime::Text),
/// }
///
/// eventbridge_runtime::open_enum! {
///     Door { Open: "OPEN" }
/// }
/// assert_eq!(Door::from("OPEN"), Door::Open);
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $spelling:literal),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)*
            /// A value that is not known here, as it is spelled.
            Unknown($crate::Text),
        }

        $crate::open_enum! { $name { $($variant: $spelling),* } }
    };
    ($name:ident { $($variant:ident: $spelling:literal),* $(,)? }) => {
        #[allow(dead_code, unreachable_pub)]
        impl $name {
            /// All known values.
            pub const KNOWN: &'static [Self] = <Self as $crate::OpenEnum>::VALUES;

            /// The value as events spell it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $spelling,)*
                    Self::Unknown(spelling) => spelling,
                }
            }

            /// Whether the value is spelled so, be it known or not.
            #[must_use]
            pub fn is(&self, spelling: &str) -> bool {
                self.as_str() == spelling
            }

            /// Whether the value is one of [`KNOWN`](Self::KNOWN).
            #[must_use]
            pub fn is_known(&self) -> bool {
                <Self as $crate::OpenEnum>::SPELLINGS.contains(&self.as_str())
            }
        }

        impl $crate::OpenEnum for $name {
            const VALUES: &'static [Self] = &[$(Self::$variant),*];
            const SPELLINGS: &'static [&'static str] = &[$($spelling),*];

            #[inline]
            fn unknown(spelling: $crate::Text) -> Self {
                Self::Unknown(spelling)
            }
        }

        impl ::core::default::Default for $name {
            /// The empty string.
            fn default() -> Self {
                $crate::OpenEnum::named($crate::Text::default())
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(spelling: &str) -> Self {
                $crate::OpenEnum::named(spelling.into())
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(spelling: ::std::string::String) -> Self {
                $crate::OpenEnum::named(spelling.into())
            }
        }

        impl ::core::convert::From<&::std::string::String> for $name {
            #[inline]
            fn from(spelling: &::std::string::String) -> Self {
                $crate::OpenEnum::named(spelling.into())
            }
        }

        impl ::core::convert::From<$crate::Text> for $name {
            #[inline]
            fn from(spelling: $crate::Text) -> Self {
                $crate::OpenEnum::named(spelling)
            }
        }

        impl ::core::convert::From<$name> for ::std::string::String {
            #[inline]
            fn from(value: $name) -> Self {
                value.as_str().into()
            }
        }

        impl ::core::borrow::Borrow<str> for $name {
            #[inline]
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(spelling: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(::core::convert::From::from(spelling))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        $crate::__equal_to!($name: &str, ::std::string::String);

        impl ::core::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::core::cmp::PartialEq<$name> for str {
            #[inline]
            fn eq(&self, other: &$name) -> bool {
                self == other.as_str()
            }
        }

        impl ::core::cmp::PartialEq<$crate::Text> for $name {
            #[inline]
            fn eq(&self, other: &$crate::Text) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl $crate::object::WriteField for $name {
            fn node(&self) -> ::core::option::Option<$crate::object::Node<'_>> {
                ::core::option::Option::Some($crate::object::Node::Choice(
                    self.as_str(),
                    // Where no value is documented yet none is a surprise.
                    <Self as $crate::OpenEnum>::VALUES.is_empty() || self.is_known(),
                ))
            }
        }

        impl $crate::object::FieldKind for $name {
            const EXPECTED: $crate::object::Expected = $crate::object::Expected::String;
        }

        impl $crate::object::ReadField for $name {
            fn read(
                &mut self,
                reader: &mut $crate::Reader<'_>,
            ) -> ::core::result::Result<bool, $crate::RawError> {
                $crate::__choose(self, reader)
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::__serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::__serde::Deserializer<'de>,
            {
                deserializer.deserialize_string($crate::__OpenEnumVisitor::<Self>::new())
            }
        }
    };
}

/// Compares an open enum with strings, from either side.
#[doc(hidden)]
#[macro_export]
macro_rules! __equal_to {
    ($name:ident: $($other:ty),*) => {
        $(
            impl ::core::cmp::PartialEq<$other> for $name {
                #[inline]
                fn eq(&self, other: &$other) -> bool {
                    *self.as_str() == **other
                }
            }

            impl ::core::cmp::PartialEq<$name> for $other {
                #[inline]
                fn eq(&self, other: &$name) -> bool {
                    **self == *other.as_str()
                }
            }
        )*
    };
}

impl<T: OpenEnum> From<T> for Text {
    #[inline]
    fn from(value: T) -> Self {
        value.as_ref().into()
    }
}

impl<T: OpenEnum> PartialEq<T> for Text {
    #[inline]
    fn eq(&self, other: &T) -> bool {
        self.as_str() == other.as_ref()
    }
}

/// Reads a string into an open enum, without a copy when the value is known.
pub struct OpenEnumVisitor<T>(PhantomData<T>);

impl<T> OpenEnumVisitor<T> {
    /// A visitor that makes a `T`.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for OpenEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, spelling: &str) -> Result<T, E> {
        Ok(spelling.into())
    }

    fn visit_string<E: Error>(self, spelling: String) -> Result<T, E> {
        Ok(spelling.into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap, HashSet};

    use crate::Text;

    open_enum! {
        /// Samples with awkward spellings.
        pub(crate) enum Status {
            /// Two words.
            InService = "IN_SERVICE",
            Empty = "",
            Zero = "0",
        }
    }

    open_enum! {
        enum Nothing {}
    }

    #[test]
    fn known_values_go_there_and_back() {
        for status in Status::KNOWN {
            assert!(status.is_known());
            let json = serde_json::to_string(status).unwrap();
            let again: Status = serde_json::from_str(&json).unwrap();
            assert_eq!(&again, status);
            assert!(!matches!(again, Status::Unknown(_)));
            assert_eq!(status.as_str().parse::<Status>().as_ref(), Ok(status));
        }
    }

    #[test]
    fn other_values_are_kept() {
        let status: Status = serde_json::from_str("\"melting \\u2603\"").unwrap();
        assert!(matches!(&status, Status::Unknown(text) if text == "melting ☃"));
        assert_eq!(serde_json::to_value(&status).unwrap(), "melting ☃");
        assert_eq!(format!("{status:>10}|"), " melting ☃|");
        assert_eq!(Nothing::from("x".to_owned()).as_str(), "x");
        assert!(Nothing::KNOWN.is_empty());
    }

    #[test]
    fn the_default_is_empty() {
        assert_eq!(Status::default(), Status::Empty);
        assert_eq!(Nothing::default(), "");
    }

    #[test]
    fn spelling_alone_counts() {
        let by_hand = Status::Unknown("IN_SERVICE".into());
        assert_eq!(by_hand, Status::InService);
        assert!(by_hand.is_known());
        let hashed: HashSet<Status> = [by_hand.clone(), Status::InService].into_iter().collect();
        assert_eq!(hashed.len(), 1);
        let ordered: BTreeSet<Status> = [Status::InService, by_hand, Status::Zero]
            .into_iter()
            .collect();
        assert_eq!(
            ordered
                .into_iter()
                .map(|s| s.to_string())
                .collect::<Vec<_>>(),
            ["0", "IN_SERVICE"]
        );
    }

    #[test]
    fn it_is_a_string_to_all_who_ask() {
        let text = Text::from("IN_SERVICE");
        let owned = String::from("IN_SERVICE");
        assert_eq!("IN_SERVICE", Status::InService);
        assert_eq!(*"IN_SERVICE", Status::InService);
        assert_eq!(Status::InService, *"IN_SERVICE");
        assert_eq!(Status::InService, text);
        assert_eq!(text, Status::InService);
        assert_eq!(Status::InService, owned);
        assert_eq!(owned, Status::InService);
        assert!("0" != Status::InService && Status::Zero != owned && text != Status::Zero);

        assert_eq!(Status::from(text.clone()), Status::InService);
        assert_eq!(Text::from(Status::InService), text);
        assert_eq!(String::from(Status::from("melting")), "melting");

        let hashed = HashMap::from([(Status::InService, 1), (Status::from("melting"), 2)]);
        assert_eq!(
            (hashed.get("IN_SERVICE"), hashed.get("melting")),
            (Some(&1), Some(&2))
        );
        assert!(BTreeSet::from([Status::Zero]).contains("0"));
    }

    #[test]
    fn other_kinds_are_errors() {
        assert!(serde_json::from_str::<Status>("1").is_err());
        assert!(serde_json::from_value::<Status>(serde_json::Value::Null).is_err());
    }
}
