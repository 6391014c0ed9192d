//! A kind of field comes in; what it reads from a document and what it writes goes out.

use crate::map::Distinct;
use crate::node::{Entries, List, Node};
use crate::object::{Member, Slot};
use crate::read::{Fault, Problem, Reader};
use crate::{Json, Map, Number, Text, Timestamp};

/// Members of one kind: how they are written, what they expect, and how they are read.
macro_rules! slots {
    ($($ty:ty, $expected:literal, $node:expr, $read:expr;)*) => {
        $(
            impl Member for $ty {
                fn node(&self) -> Option<Node<'_>> {
                    let node: fn(&Self) -> Node<'_> = $node;
                    Some(node(self))
                }

                fn expected(&self) -> &'static str {
                    $expected
                }
            }

            impl Slot for $ty {
                #[inline]
                fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
                    let read: fn(&mut Reader<'_>) -> Result<Option<Self>, Fault> = $read;
                    Ok(set(self, read(reader)?))
                }

                #[inline]
                fn read_some(
                    place: &mut Option<Self>,
                    reader: &mut Reader<'_>,
                ) -> Result<bool, Fault> {
                    let read: fn(&mut Reader<'_>) -> Result<Option<Self>, Fault> = $read;
                    *place = read(reader)?;
                    Ok(place.is_some())
                }

                #[inline]
                fn read_item(list: &mut Vec<Self>, reader: &mut Reader<'_>) -> Result<bool, Fault> {
                    let read: fn(&mut Reader<'_>) -> Result<Option<Self>, Fault> = $read;
                    let item = read(reader)?;
                    let is_read = item.is_some();
                    list.extend(item);
                    Ok(is_read)
                }
            }
        )*
    };
}

slots! {
    bool, "a boolean", |value| Node::Boolean(*value), |reader| reader.boolean();
    i64, "an integer", |value| Node::Integer(*value), |reader| Ok(reader.number()?.and_then(integer));
    Number, "a number", |number| Node::Number(number), |reader| number(reader);
    Timestamp, "a timestamp", |timestamp| Node::Timestamp(timestamp), |reader| timestamp(reader);
    Json, "anything", |json| Node::Json(json), |reader| reader.json().map(Some);
}

impl Member for Text {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Text(self))
    }

    fn expected(&self) -> &'static str {
        "a string"
    }
}

impl Slot for Text {
    /// In place: most of what is read is text.
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        reader.text_into(self)
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

fn number(reader: &mut Reader<'_>) -> Result<Option<Number>, Fault> {
    if !matches!(reader.cursor.peek(), b'-' | b'0'..=b'9') {
        return Ok(None);
    }
    let range = reader.cursor.number()?;
    Ok(Some(Number::of(Text::slice(reader.buffer, range))))
}

fn timestamp(reader: &mut Reader<'_>) -> Result<Option<Timestamp>, Fault> {
    let mut text = Text::default();
    match reader.text_into(&mut text)? {
        true => Ok(Some(Timestamp::from_text(text))),
        false => Ok(number(reader)?.map(Timestamp::from_number)),
    }
}

impl<T: Member> Member for Option<T>
where
    T: Default,
{
    fn node(&self) -> Option<Node<'_>> {
        self.as_ref().and_then(T::node)
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn expected(&self) -> &'static str {
        match self {
            Some(value) => value.expected(),
            None => T::default().expected(),
        }
    }
}

impl<T: Slot + Default> Slot for Option<T> {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        let is_null = reader.cursor.peek() == b'n';
        let is_read = !is_null && T::read_some(self, reader)?;
        if !is_read {
            *self = None;
        }
        Ok(is_read)
    }
}

impl<T: Member> Member for Box<T> {
    fn node(&self) -> Option<Node<'_>> {
        self.as_ref().node()
    }

    fn expected(&self) -> &'static str {
        self.as_ref().expected()
    }
}

impl<T: Slot> Slot for Box<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        self.as_mut().read(reader)
    }
}

impl<T: Member> Member for Vec<T> {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::List(self))
    }

    fn expected(&self) -> &'static str {
        "a list whose items are all of the documented kind"
    }
}

impl<T: Member> List for Vec<T> {
    fn item(&self, index: usize) -> Option<Node<'_>> {
        self.get(index)?.node()
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        let mut list = Self::new();
        let is_list = reader.items(|reader| T::read_item(&mut list, reader))?;
        Ok(set(self, is_list.then_some(list)))
    }
}

impl<T: Member> Member for Map<T> {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Map(self))
    }

    fn expected(&self) -> &'static str {
        "an object whose values are all of the documented kind"
    }
}

impl<T: Member> Entries for Map<T> {
    fn entry(&self, index: usize) -> Option<(&str, Node<'_>)> {
        let (key, value) = self.0.get(index)?;
        Some((key, value.node()?))
    }
}

impl<T: Slot + Default> Slot for Map<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        let mut members: Vec<(Text, T)> = Vec::new();
        let mut keys = Distinct::default();
        let is_map = reader.members(|reader, at, key| {
            if !keys.add(&members, &key) {
                return Err(Fault::new(at, Problem::Twice));
            }
            members.push((key, T::default()));
            members
                .last_mut()
                .map_or(Ok(false), |(_, value)| value.read(reader))
        })?;
        Ok(set(self, is_map.then_some(Self(members))))
    }
}
