//! A key of an event comes in; what stands there goes out in one form, whether a field has taken it or not.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json_value::Kind;
use crate::object::{self, Node, View, WriteField};
use crate::{Json, Number, Timestamp};

/// What stands at a key of an event as it is on the wire, whether its type knows the key or not.
///
/// It is how to read what is not typed yet: a later version that has a field of this key gives the same, where the
/// key has left `extra`. [`Event::get`](crate::Event::get) begins at the envelope, and each detail and each object
/// within has a `get` of its own.
///
/// ```
/// use eventbridge_runtime::{Text, details, object};
///
/// object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "name",
///     }
/// }
/// details! {
///     /// What happens in a house.
///     pub enum House {
///         /// A door opened.
///         Door(Door) = "my.house", "Door Opened";
///     }
/// }
/// let event: eventbridge_runtime::Event<House> = r#"{"source": "my.house", "detail-type": "Door Opened",
///     "detail": {"name": "front", "hinges": [{"age": 7}]}}"#.parse()?;
/// assert_eq!(event.detail.get("name").and_then(|name| name.as_str()), Some("front"));
/// let first = event.detail.get("hinges").and_then(|hinges| hinges.item(0));
/// assert_eq!(first.and_then(|hinge| hinge.get("age")).and_then(|age| age.as_i64()), Some(7));
/// assert!(event.detail.get("colour").is_none());
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Member<'a>(Node<'a>);

impl<'a> Member<'a> {
    pub(crate) fn new(node: Node<'a>) -> Self {
        Self(match node {
            Node::Unknown(unknown) => Node::Json(&unknown.detail),
            node => node,
        })
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.0 {
            Node::Null => Kind::Null,
            Node::Boolean(_) => Kind::Boolean,
            Node::Integer(_) | Node::Number(_) => Kind::Number,
            Node::Text(_) | Node::Choice(..) => Kind::String,
            Node::Timestamp(timestamp) => match timestamp.as_text() {
                Some(_) => Kind::String,
                None => Kind::Number,
            },
            Node::List(_) => Kind::List,
            Node::Map(_) | Node::Object(_) => Kind::Object,
            Node::Json(json) => json.kind(),
            _ => self.to_json().kind(),
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The string that it is: an instant too, if it is written as one.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        match self.0 {
            Node::Timestamp(timestamp) => timestamp.as_text(),
            Node::Json(json) => json.as_str(),
            Node::Value(value) => value.as_str(),
            node => node.text(),
        }
    }

    /// The boolean that it is.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.0 {
            Node::Boolean(value) => Some(value),
            Node::Json(json) => json.as_bool(),
            Node::Value(value) => value.as_bool(),
            _ => None,
        }
    }

    /// The number that it is: an instant too, if it is written as one.
    #[must_use]
    pub fn as_number(self) -> Option<Number> {
        match self.0 {
            Node::Integer(value) => Some(value.into()),
            Node::Number(number) => Some(number.clone()),
            Node::Timestamp(timestamp) => timestamp.as_number()?.parse().ok(),
            Node::Json(json) => json.as_number(),
            Node::Value(_) => self.to_json().as_number(),
            _ => None,
        }
    }

    /// The integer that it is, if it fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number that it is, rounded to the nearest float.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.as_number().map(|number| number.as_f64())
    }

    /// The instant that it names, in any form that [`Timestamp`] reads.
    #[must_use]
    pub fn as_timestamp(self) -> Option<Timestamp> {
        match self.0 {
            Node::Timestamp(timestamp) => Some(*timestamp),
            Node::Json(json) => Timestamp::from_json(json),
            _ => Timestamp::from_json(&self.to_json()),
        }
    }

    /// What stands at a key, if it is an object.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Member<'a>> {
        match self.0 {
            Node::Json(json) => json.get(key).map(Node::Json),
            Node::Value(value) => value.get(key).map(Node::Value),
            Node::Map(map) => object::entries(map)
                .find(|(known, _)| *known == key)
                .map(|(_, node)| node),
            Node::Object(object) => {
                object::viewed(object, |view: View<'_, 'a>| view.member(key)).flatten()
            }
            _ => None,
        }
        .map(Self::new)
    }

    /// What stands at an index, from 0, if it is a list.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Member<'a>> {
        match self.0 {
            Node::Json(json) => json.item(index).map(Node::Json),
            Node::Value(value) => value.get(index).map(Node::Value),
            Node::List(list) => list.item(index),
            _ => None,
        }
        .map(Self::new)
    }

    /// The items of a list. Of another value: none.
    pub fn items(self) -> impl Iterator<Item = Member<'a>> {
        (0..).map_while(move |index| self.item(index))
    }

    /// The members of an object, in the order in which they are written. Of another value: none.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Member<'a>)> {
        let mut all: Vec<(&'a str, Node<'a>)> = Vec::new();
        match self.0 {
            Node::Json(json) => {
                all.extend(json.entries().map(|(key, json)| (key, Node::Json(json))));
            }
            Node::Value(Value::Object(members)) => {
                all.extend(
                    members
                        .iter()
                        .map(|(key, value)| (&**key, Node::Value(value))),
                );
            }
            Node::Map(map) => all.extend(object::entries(map)),
            Node::Object(object) => object.view(&mut |view| {
                let Ok(()) = view.each(|key, node| {
                    all.push((key, node));
                    Ok::<(), std::convert::Infallible>(())
                });
            }),
            _ => {}
        }
        all.into_iter().map(|(key, node)| (key, Self::new(node)))
    }

    /// The JSON that is written of it.
    #[must_use]
    pub fn to_json(self) -> Json {
        match self.0 {
            Node::Json(json) => json.clone(),
            node => Json::of(node.to_string().into()),
        }
    }

    /// Reads it as a `T`.
    ///
    /// # Errors
    ///
    /// It is no `T`: serde's message.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        self.to_json().parse()
    }
}

/// What stands at a key of a part of an event. Generated code calls it.
#[doc(hidden)]
pub fn get<'a>(part: &'a dyn WriteField, key: &str) -> Option<Member<'a>> {
    part.node().map(Member::new)?.get(key)
}

impl fmt::Display for Member<'_> {
    /// As JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Member<'_> {
    /// As JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl PartialEq for Member<'_> {
    /// Whether both mean the same, as [`Json`] does.
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}

impl Eq for Member<'_> {}

impl PartialEq<str> for Member<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

macro_rules! equal_to {
    ($($value:ty: $of:ident),*) => {
        $(
            impl PartialEq<$value> for Member<'_> {
                fn eq(&self, other: &$value) -> bool {
                    self.$of() == Some((*other).into())
                }
            }
        )*
    };
}

equal_to!(&str: as_str, bool: as_bool, i32: as_i64, i64: as_i64);
