//! A struct comes in as an array of its fields; it goes out to those who read into it, write, compare and
//! look at it. One piece of code does each for all types: generated code is but the array.

use serde::{Deserializer, Serialize, Serializer};

use crate::fields::Fields;
use crate::members::same_members;
pub use crate::node::{Entries, List, Node, ToJson};
use crate::read::{Choice, Fault, Problem, Reader, document};
use crate::serde_form;
use crate::{Extra, Json, OpenEnum};

/// Something that stands in an event and is written back.
pub trait Member {
    /// What is written, or `None` if nothing is.
    fn node(&self) -> Option<Node<'_>>;
}

/// What is known of a kind of field before anything stands there.
pub trait Expect {
    /// What a document must hold: `a string`.
    const EXPECTED: &'static str;

    /// Whether an object may lack it.
    const IS_OPTIONAL: bool = false;

    /// Whether `null` is a value of its kind, where it may not be lacking.
    const TAKES_NULL: bool = false;
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As events spell it.
    pub key: &'static str,
    /// What a document must hold.
    pub expected: &'static str,
    /// Whether an object may lack it.
    pub is_optional: bool,
    /// Whether documents spell the key as it is, without escapes.
    pub(crate) is_plain: bool,
}

impl Field {
    /// A field of a kind.
    pub const fn of<T: Expect>(key: &'static str) -> Self {
        Self {
            key,
            expected: T::EXPECTED,
            is_optional: T::IS_OPTIONAL,
            is_plain: is_plain(key),
        }
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
pub trait Slot: Member {
    /// Reads the value that stands here. False: it is of another kind. The caller sees to it, wherever the
    /// reader stopped, and to what was read until then.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault>;
}

/// An object of known fields, and whatever else it holds. [`object!`](crate::object!) implements it.
pub trait Object {
    /// Reads the object that stands here.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;

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
    pub members: &'v [&'a dyn Member],
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

    /// What the field of this index writes. One that every event has and this one had not, or not of its
    /// kind, is not written while it stays empty.
    pub(crate) fn written(&self, index: usize) -> Option<Node<'a>> {
        let (field, member) = (self.fields.get(index)?, self.members.get(index)?);
        let node = member.node()?;
        let left_out = !field.is_optional && self.extra.stands_for(field.key) && node.is_empty();
        (!left_out).then_some(node)
    }

    /// Whether nobody has set anything.
    pub(crate) fn is_empty(&self) -> bool {
        let mut members = self.members.iter().zip(self.fields);
        let is_unset = |(member, field): (&&dyn Member, &Field)| match member.node() {
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
pub(crate) fn position(fields: &[Field], key: &str) -> Option<usize> {
    fields.iter().position(|field| field.key == key)
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
pub fn read(
    reader: &mut Reader<'_>,
    fields: &'static [Field],
    slots: &mut [&mut dyn Slot],
    extra: &mut Extra,
) -> Result<(), Fault> {
    Fields::new(fields, slots, extra).read(reader)
}

/// Whether two objects of a type hold the same: each field, and in any order what is in `extra`. What a field has replaced does not count.
/// [`object!`](crate::object!) calls it.
#[doc(hidden)]
pub fn same(one: &dyn Object, other: &dyn Object) -> bool {
    let ([mut fields, mut other_fields], [mut kept, mut other_kept]) = Default::default();
    one.view(&mut |view| parts(&view, &mut fields, &mut kept));
    other.view(&mut |view| parts(&view, &mut other_fields, &mut other_kept));
    fields == other_fields && same_members(&kept, &other_kept)
}

/// What an object writes: of each field, and beside them.
fn parts<'a>(
    view: &View<'_, 'a>,
    fields: &mut Vec<Option<Node<'a>>>,
    kept: &mut Vec<(&'a str, &'a Json)>,
) {
    fields.extend((0..view.fields.len()).map(|index| view.written(index)));
    kept.extend(view.kept());
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
pub fn serialize<S: Serializer>(part: &dyn Member, serializer: S) -> Result<S::Ok, S::Error> {
    match part.node() {
        Some(node) => node.serialize(serializer),
        None => serializer.serialize_unit(),
    }
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>>(
    object: &mut dyn Slot,
    deserializer: D,
) -> Result<(), D::Error> {
    serde_form::deserialize(deserializer, |text| {
        document(&text.into(), |reader| match object.read(reader)? {
            true => Ok(()),
            false => Err(reader.cursor.fault(Problem::Object)),
        })
    })
}

/// What [`open_enum!`](crate::open_enum!) calls: reads a string, which is copied only if it is not known.
#[doc(hidden)]
pub fn choose<T: OpenEnum>(place: &mut T, reader: &mut Reader<'_>) -> Result<bool, Fault> {
    *place = match reader.choice(T::SPELLINGS)? {
        Choice::None => return Ok(false),
        Choice::Known(index) => match T::VALUES.get(index) {
            Some(known) => known.clone(),
            None => return Ok(false),
        },
        Choice::Other(spelling) => T::unknown(spelling),
    };
    Ok(true)
}

/// What [`details!`](crate::details!) calls: reads the detail of an event that has to be of one type, named
/// by its source and its detail-type.
#[doc(hidden)]
pub fn only(
    detail: &mut dyn Object,
    known: [&str; 2],
    [source, detail_type]: [&str; 2],
    reader: &mut Reader<'_>,
) -> Result<(), Fault> {
    let is_object = reader.cursor.peek() == b'{';
    if known[1] != detail_type || known[0] != source && !source.is_empty() {
        return Err(reader.cursor.fault(Problem::OtherEvent));
    }
    if !is_object {
        return Err(reader.cursor.fault(Problem::Object));
    }
    detail.read(reader)
}
