//! A kind of field comes in; what it reads from a document and what it writes goes out.

use crate::members::Distinct;
use crate::object::{Entries, List, Node};
use crate::object::{Expected, FieldKind, ReadField, WriteField};
use crate::read::{ErrorCode, RawError, Reader};
use crate::{Json, Map, Number, Text, Timestamp};

/// How members of one kind are written, and what they expect.
macro_rules! members {
    ($($ty:ty, $expected:ident, $node:expr;)*) => {
        $(
            impl WriteField for $ty {
                fn node(&self) -> Option<Node<'_>> {
                    let node: fn(&Self) -> Node<'_> = $node;
                    Some(node(self))
                }
            }

            impl FieldKind for $ty {
                const EXPECTED: Expected = Expected::$expected;
            }
        )*
    };
}

members! {
    bool, Boolean, |value| Node::Boolean(*value);
    i64, Integer, |value| Node::Integer(*value);
    Number, Number, |number| Node::Number(number);
    Timestamp, Timestamp, |timestamp| Node::Timestamp(timestamp);
    Text, String, |text| Node::Text(text);
}

impl WriteField for Json {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Json(self))
    }
}

impl FieldKind for Json {
    const EXPECTED: Expected = Expected::Anything;
    const TAKES_NULL: bool = true;
}

impl ReadField for bool {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        Ok(set(self, reader.boolean()?))
    }
}

impl ReadField for i64 {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        Ok(set(self, reader.number()?.and_then(integer)))
    }
}

impl ReadField for Number {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        reader.number_into(self.text_mut())
    }
}

impl ReadField for Timestamp {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        let read = match reader.string()? {
            Some(text) => Self::read(&text, true),
            None => reader.number()?.and_then(|text| Self::read(text, false)),
        };
        Ok(set(self, read))
    }
}

impl ReadField for Text {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        reader.text_into(self)
    }
}

impl ReadField for Json {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        *self = reader.json()?;
        Ok(true)
    }
}

fn set<T>(slot: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) => {
            *slot = value;
            true
        }
        None => false,
    }
}

/// The integer that is written so and not otherwise.
fn integer(text: &str) -> Option<i64> {
    (text != "-0").then(|| text.parse().ok()).flatten()
}

impl<T: WriteField> WriteField for Option<T> {
    fn node(&self) -> Option<Node<'_>> {
        match self {
            Some(value) => value.node(),
            None => None,
        }
    }
}

impl<T: FieldKind> FieldKind for Option<T> {
    const EXPECTED: Expected = T::EXPECTED;
    const IS_OPTIONAL: bool = true;
}

impl<T: ReadField + FieldKind + Default> ReadField for Option<T> {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        if T::TAKES_NULL && reader.cursor.peek() == b'n' {
            *self = None;
            return Ok(false);
        }
        let read = fresh(self).read(reader);
        if !matches!(read, Ok(true)) {
            clear(self);
        }
        read
    }
}

/// A new value in a slot. What stood there ends in one place for all who ask: hundreds of types are read so.
#[inline]
fn fresh<T: Default>(slot: &mut Option<T>) -> &mut T {
    if slot.is_some() {
        clear(slot);
    }
    std::mem::forget(std::mem::take(slot)); // none, which the compiler does not know
    slot.get_or_insert_with(T::default)
}

#[inline(never)]
fn clear<T>(slot: &mut Option<T>) {
    *slot = None;
}

impl<T: WriteField> WriteField for Box<T> {
    fn node(&self) -> Option<Node<'_>> {
        self.as_ref().node()
    }
}

impl<T: FieldKind> FieldKind for Box<T> {
    const EXPECTED: Expected = T::EXPECTED;
    const IS_OPTIONAL: bool = T::IS_OPTIONAL;
    const TAKES_NULL: bool = T::TAKES_NULL;
}

impl<T: ReadField> ReadField for Box<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        self.as_mut().read(reader)
    }
}

impl<T: WriteField> WriteField for Vec<T> {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::List(self))
    }
}

impl<T> FieldKind for Vec<T> {
    const EXPECTED: Expected = Expected::List;
}

impl<T: WriteField> List for Vec<T> {
    fn item(&self, index: usize) -> Option<Node<'_>> {
        Some(self.get(index)?.node().unwrap_or(Node::Null))
    }
}

impl<T: ReadField + FieldKind + Default> ReadField for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        let mut list = Self::new();
        let is_list = reader.items(&mut |reader| {
            list.push(T::default());
            list.last_mut()
                .map_or(Ok(false), |item| within(item, reader))
        })?;
        Ok(set(self, is_list.then_some(list)))
    }
}

impl<T: WriteField> WriteField for Map<T> {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Map(self))
    }
}

impl<T> FieldKind for Map<T> {
    const EXPECTED: Expected = Expected::Map;
}

impl<T: WriteField> Entries for Map<T> {
    fn entry(&self, index: usize) -> Option<(&str, Node<'_>)> {
        let (key, value) = self.0.get(index)?;
        Some((key, value.node().unwrap_or(Node::Null)))
    }
}

/// Reads what may be absent within a list or a map: `null`, there.
fn within<T: ReadField + FieldKind>(
    place: &mut T,
    reader: &mut Reader<'_>,
) -> Result<bool, RawError> {
    let is_absent = T::IS_OPTIONAL && reader.null()?;
    Ok(is_absent || place.read(reader)?)
}

impl<T: ReadField + FieldKind + Default> ReadField for Map<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        let mut members: Vec<(Text, T)> = Vec::new();
        let mut keys = Distinct::default();
        let is_map = reader.members(&mut |reader, at, key| {
            if !keys.add(&members, &key) {
                return Err(RawError::new(at, ErrorCode::DuplicateKey));
            }
            members.push((key, T::default()));
            members
                .last_mut()
                .map_or(Ok(false), |(_, value)| within(value, reader))
        })?;
        Ok(set(self, is_map.then_some(Self(members))))
    }
}
