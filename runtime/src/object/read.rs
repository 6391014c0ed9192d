//! A reader comes in at a value; a field or an object reads itself from there. Macros call what is public.

use serde::Deserializer;

use super::data::{Field, Object, ReadField};
use super::fields::Fields;
use crate::read::{Choice, ErrorCode, RawError, Reader, document};
use crate::{Extra, OpenEnum, serde_form};

impl Reader<'_> {
    /// Reads an object into one that is there. False: no object stands here.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    #[inline(never)]
    pub fn fill(&mut self, object: &mut dyn Object) -> Result<bool, RawError> {
        match self.cursor.peek() {
            b'{' => object.read(self).map(|()| true),
            _ => Ok(false),
        }
    }
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
#[inline(never)]
pub fn read(
    reader: &mut Reader<'_>,
    fields: &'static [Field],
    slots: &mut [&mut dyn ReadField],
    extra: &mut Extra,
) -> Result<(), RawError> {
    Fields::new(fields, slots, extra).read(reader)
}

/// What [`object!`](crate::object!) calls: all fields are absent, those too that every event has.
#[doc(hidden)]
pub fn blank(fields: &'static [Field], extra: &mut Extra) {
    let required = fields.iter().filter(|field| !field.is_optional);
    required.for_each(|field| extra.miss(field.key));
}

/// What [`setters!`](crate::setters!) calls: a field is not missing any more.
#[doc(hidden)]
pub fn said(extra: &mut Extra, fields: &'static [Field], names: &[&str], name: &str) {
    let mut known = fields.iter().zip(names);
    if let Some((field, _)) = known.find(|(_, known)| **known == name) {
        extra.make_way(field.key);
    }
}

/// What [`object!`](crate::object!) calls.
#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>>(
    object: &mut dyn ReadField,
    deserializer: D,
) -> Result<(), D::Error> {
    serde_form::deserialize(deserializer, |text| {
        document(&text.into(), |reader| {
            if object.read(reader)? {
                Ok(())
            } else {
                Err(reader.cursor.error(ErrorCode::Object))
            }
        })
    })
}

/// What [`open_enum!`](crate::open_enum!) calls: reads a string, which is copied only if it is not known.
#[doc(hidden)]
pub fn choose<T: OpenEnum>(place: &mut T, reader: &mut Reader<'_>) -> Result<bool, RawError> {
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
) -> Result<(), RawError> {
    let is_object = reader.cursor.peek() == b'{';
    if known[1] != detail_type || known[0] != source && !source.is_empty() {
        return Err(reader.cursor.error(ErrorCode::OtherEvent));
    }
    if !is_object {
        return Err(reader.cursor.error(ErrorCode::Object));
    }
    detail.read(reader)
}
