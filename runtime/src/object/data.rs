//! What an event is made of: the fields of its objects and what each of them holds.

use serde::Serialize;
use serde_json::Value;

use crate::read::{RawError, Reader};
use crate::{Extra, Json, Number, Text, Timestamp, Unknown};

/// Something that stands in an event and is written back.
pub trait WriteField {
    /// What is written, or `None` if nothing is.
    fn node(&self) -> Option<Node<'_>>;
}

/// What is known of a kind of field before anything stands there.
pub trait FieldKind {
    /// What a document must hold.
    const EXPECTED: Expected;

    /// Whether an object may lack it.
    const IS_OPTIONAL: bool = false;

    /// Whether `null` is a value of its kind, where it may not be lacking.
    const TAKES_NULL: bool = false;
}

/// What a document must hold where a field is. There are thousands of fields, so it is a byte and no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// An instant.
    Timestamp,
    /// A string.
    String,
    /// Whatever there is.
    Anything,
    /// A list of one kind.
    List,
    /// An object whose keys are data, of one kind.
    Map,
    /// Pairs of strings, in one of two forms.
    Pairs,
    /// An object of fields.
    Object,
}

impl Expected {
    /// In words: `a string`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Timestamp => "a timestamp",
            Self::String => "a string",
            Self::Anything => "anything",
            Self::List => "a list whose items are all of the documented kind",
            Self::Map => "an object whose values are all of the documented kind",
            Self::Pairs => "an object of strings, or a list of objects of two strings",
            Self::Object => "an object",
        }
    }
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As events spell it.
    pub key: &'static str,
    /// What a document must hold.
    pub expected: Expected,
    /// Whether an object may lack it.
    pub is_optional: bool,
    /// Whether documents spell the key as it is, without escapes.
    pub(crate) is_plain: bool,
}

impl Field {
    /// A field of a kind.
    pub const fn of<T: FieldKind>(key: &'static str) -> Self {
        Self {
            key,
            expected: T::EXPECTED,
            is_optional: T::IS_OPTIONAL,
            is_plain: is_plain(key),
        }
    }

    /// The field that a struct has as one of its members; it is not looked at.
    pub const fn of_member<S, T: FieldKind>(key: &'static str, _member: fn(&S) -> &T) -> Self {
        Self::of::<T>(key)
    }
}

const fn is_plain(key: &str) -> bool {
    let mut index = 0;
    while index < key.len() {
        if matches!(key.as_bytes()[index], b'"' | b'\\' | ..b' ') {
            return false;
        }
        index += 1;
    }
    true
}

/// A member that reads itself.
pub trait ReadField: WriteField {
    /// Reads the value that stands here. False: it is of another kind. The caller sees to it, wherever the
    /// reader stopped, and to what was read until then.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError>;
}

/// An object of known fields, and whatever else it holds. [`object!`](crate::object!) implements it.
pub trait Object {
    /// Reads the object that stands here.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), RawError>;

    /// Shows the fields.
    fn view<'a>(&'a self, look: &mut dyn FnMut(View<'_, 'a>));

    /// The fields that name, address and describe what the object is about.
    fn roles(&self) -> &'static Roles {
        &Roles::NONE
    }
}

/// The fields of an object, what they hold, and the members that are no fields.
#[derive(Clone, Copy)]
pub struct View<'v, 'a> {
    /// In the order of their type.
    pub fields: &'static [Field],
    /// What they hold, in the same order.
    pub members: &'v [&'a dyn WriteField],
    /// The others.
    pub extra: &'a Extra,
}

/// The keys of what all events have in common, where an event has them.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Roles {
    /// The name of what the event is about.
    pub name: Option<&'static str>,
    /// Its ARN.
    pub arn: Option<&'static str>,
    /// Its state.
    pub status: Option<&'static str>,
    /// Why it failed.
    pub failure_reason: Option<&'static str>,
    /// When it was made.
    pub created_at: Option<&'static str>,
    /// When it was changed last.
    pub modified_at: Option<&'static str>,
    /// Its tags.
    pub tags: Option<&'static str>,
}

impl Roles {
    /// No field has a role.
    pub const NONE: Self = Self {
        name: None,
        arn: None,
        status: None,
        failure_reason: None,
        created_at: None,
        modified_at: None,
        tags: None,
    };
}

impl<'a> View<'_, 'a> {
    /// What stands in the field of this key.
    pub(crate) fn node(&self, key: &str) -> Option<Node<'a>> {
        self.written(position(self.fields, key)?)
    }

    /// What is written at this key, by a field or beside them.
    pub(crate) fn member(&self, key: &str) -> Option<Node<'a>> {
        let kept = || self.extra.get(key).map(Node::Json);
        self.node(key).or_else(kept)
    }

    /// What the field of this index writes. One that every event has and this one had not, or not of its
    /// kind, is not written while it stays empty.
    #[inline]
    pub(crate) fn written(&self, index: usize) -> Option<Node<'a>> {
        let (field, member) = (self.fields.get(index)?, self.members.get(index)?);
        let node = member.node()?;
        let left_out = !field.is_optional && self.extra.stands_for(field.key) && node.is_empty();
        (!left_out).then_some(node)
    }

    /// Whether nobody has set anything.
    pub(crate) fn is_empty(&self) -> bool {
        let mut members = self.members.iter().zip(self.fields);
        let is_unset = |(member, field): (&&dyn WriteField, &Field)| match member.node() {
            Some(node) => !field.is_optional && node.is_empty(),
            None => true,
        };
        self.extra.is_empty() && members.all(is_unset)
    }

    /// All that is written, in order.
    pub(crate) fn each<E>(
        &self,
        mut write: impl FnMut(&'a str, Node<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        for (index, field) in self.fields.iter().enumerate() {
            if let Some(node) = self.written(index) {
                write(field.key, node)?;
            }
        }
        for (key, json) in self.kept() {
            write(key, Node::Json(json))?;
        }
        Ok(())
    }

    /// The extra members that are written: no field that has a value stands before them.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (&'a str, &'a Json)> {
        self.extra.iter().filter(|(key, _)| {
            let is_field = position(self.fields, key);
            is_field.is_none_or(|index| self.written(index).is_none())
        })
    }
}

/// Which of some fields has this key.
#[inline]
pub(crate) fn position(fields: &[Field], key: &str) -> Option<usize> {
    fields.iter().position(|field| field.key == key)
}

/// What a part of an event holds.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Node<'a> {
    /// `null`, in a list or a map whose values may be absent.
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A number as it is spelled.
    Number(&'a Number),
    /// A string.
    Text(&'a str),
    /// A string that is one of several, and whether it is known, if any is.
    Choice(&'a str, bool),
    /// An instant.
    Timestamp(&'a Timestamp),
    /// Anything, as it is spelled.
    Json(&'a Json),
    /// A detail that no type describes.
    Unknown(&'a Unknown),
    /// A tree of `serde_json`.
    Value(&'a Value),
    /// Whatever serde writes.
    Serde(&'a dyn ToJson),
    /// A list.
    List(&'a dyn List),
    /// An object whose keys are data.
    Map(&'a dyn Entries),
    /// An object of fields.
    Object(&'a dyn Object),
}

/// Something that serde writes: all that is `Serialize`.
pub trait ToJson {
    /// As JSON; `null` where it cannot be said in JSON.
    fn to_json(&self) -> Json;
}

impl<T: Serialize> ToJson for T {
    fn to_json(&self) -> Json {
        let text = serde_json::to_string(self).map(Text::from);
        text.map(Json::of).unwrap_or_default()
    }
}

/// A list of nodes.
pub trait List {
    /// The item at an index, from 0.
    fn item(&self, index: usize) -> Option<Node<'_>>;
}

/// Nodes with keys.
pub trait Entries {
    /// The entry at an index, from 0.
    fn entry(&self, index: usize) -> Option<(&str, Node<'_>)>;
}

pub(crate) fn items<'a>(list: &'a dyn List) -> impl Iterator<Item = Node<'a>> {
    (0..).map_while(|index| list.item(index))
}

pub(crate) fn entries<'a>(map: &'a dyn Entries) -> impl Iterator<Item = (&'a str, Node<'a>)> {
    (0..).map_while(|index| map.entry(index))
}

/// Looks at the fields of an object.
pub(crate) fn viewed<'a, T>(
    object: &'a dyn Object,
    mut look: impl FnMut(View<'_, 'a>) -> T,
) -> Option<T> {
    let mut seen = None;
    object.view(&mut |view| seen = Some(look(view)));
    seen
}

impl<'a> Node<'a> {
    /// The string that it is.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Choice(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether it is what a field holds that nobody has set.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean(value) => !value,
            Self::Integer(value) => value == 0,
            Self::Number(number) => number.as_json() == "0",
            Self::Text(text) | Self::Choice(text, _) => text.is_empty(),
            Self::Timestamp(timestamp) => *timestamp == Timestamp::default(),
            Self::Json(json) | Self::Unknown(Unknown { detail: json, .. }) => json.is_null(),
            Self::Value(value) => value.is_null(),
            Self::Serde(value) => value.to_json().is_null(),
            Self::List(list) => list.item(0).is_none(),
            Self::Map(map) => map.entry(0).is_none(),
            Self::Object(object) => viewed(object, |view| view.is_empty()).unwrap_or(true),
        }
    }
}
