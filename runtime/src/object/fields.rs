//! The known fields of an object come in, each with a slot; its members are read from a document, and
//! what no slot takes goes to the extra members.

use super::data::{Field, Node, ReadField, position};
use crate::members::Distinct;
use crate::read::{Cursor, ErrorCode, RawError, Reader};
use crate::{Extra, Text};

/// What a struct's fields are while they are read.
pub(crate) struct Fields<'f, 's> {
    fields: &'static [Field],
    slots: &'f mut [&'s mut dyn ReadField],
    extra: &'f mut Extra,
    /// The field that is likely to come next: documents keep an order.
    next: usize,
    seen: Seen,
    keys_of_extra: Distinct,
}

impl<'f, 's> Fields<'f, 's> {
    #[inline]
    pub(crate) fn new(
        fields: &'static [Field],
        slots: &'f mut [&'s mut dyn ReadField],
        extra: &'f mut Extra,
    ) -> Self {
        Self {
            fields,
            slots,
            extra,
            next: 0,
            seen: Seen::default(),
            keys_of_extra: Distinct::default(),
        }
    }

    /// Reads the members of the object that stands here.
    #[inline]
    pub(crate) fn read(mut self, reader: &mut Reader<'_>) -> Result<(), RawError> {
        let mut more = reader.cursor.begin(b'}')?;
        while more {
            self.member(reader)?;
            more = reader.cursor.next(b'}')?;
        }
        self.finish();
        Ok(())
    }

    /// Reads a key and its value. True: it has no slot, and its value stands here.
    #[inline]
    pub(crate) fn member(&mut self, reader: &mut Reader<'_>) -> Result<bool, RawError> {
        reader.cursor.peek();
        let at = reader.cursor.at;
        match self.field(&mut reader.cursor)? {
            // A key without a slot is left to the caller, who sees it here.
            Some(index) if index >= self.slots.len() => {
                self.note(index, at)?;
                Ok(true)
            }
            Some(index) => self.value(index, at, reader).map(|()| false),
            None => {
                let key = reader.key()?;
                if !self.keys_of_extra.add(self.extra.members(), &key) {
                    return Err(duplicate_key(at));
                }
                let json = reader.json()?;
                self.extra.push(key, json);
                Ok(false)
            }
        }
    }

    /// Notes that a field came, which it must not do twice.
    #[inline]
    fn note(&mut self, index: usize, key: usize) -> Result<(), RawError> {
        self.next = index + 1;
        if self.seen.add(index) {
            Ok(())
        } else {
            Err(duplicate_key(key))
        }
    }

    /// Reads the value of a field whose key, at an offset, is passed.
    #[inline]
    fn value(&mut self, index: usize, key: usize, reader: &mut Reader<'_>) -> Result<(), RawError> {
        self.note(index, key)?;
        let (Some(field), Some(slot)) = (self.fields.get(index), self.slots.get_mut(index)) else {
            return Ok(());
        };
        let (at, depth) = (reader.cursor.at, reader.cursor.depth);
        if !slot.read(reader)? {
            (reader.cursor.at, reader.cursor.depth) = (at, depth);
            let json = reader.json()?;
            self.extra.push(Text::from(field.key), json);
        }
        Ok(())
    }

    /// Passes a key and its colon, if it is that of a field.
    #[inline]
    fn field(&mut self, cursor: &mut Cursor<'_>) -> Result<Option<usize>, RawError> {
        match self.fields.get(self.next) {
            Some(field) if field.is_plain && cursor.take_key(field.key) => Ok(Some(self.next)),
            _ => self.search(cursor),
        }
    }

    /// The same for a key that is not the one that is likely: most often it is one of the next.
    fn search(&self, cursor: &mut Cursor<'_>) -> Result<Option<usize>, RawError> {
        let start = cursor.at;
        let span = cursor.key()?;
        let key = span.text(cursor.document);
        let (before, after) = self.fields.split_at_checked(self.next).unwrap_or_default();
        let found = match position(after, &key) {
            Some(index) => Some(self.next + index),
            None => position(before, &key),
        };
        if found.is_none() {
            cursor.at = start;
        }
        Ok(found)
    }

    /// Whether a field came.
    pub(crate) fn has(&self, index: usize) -> bool {
        self.seen.has(index)
    }

    /// The text in a field.
    pub(crate) fn text(&self, index: usize) -> &str {
        let node = self.slots.get(index).and_then(|slot| slot.node());
        node.and_then(Node::text).unwrap_or_default()
    }

    /// Notes which fields that every event has are not there.
    #[inline]
    pub(crate) fn finish(&mut self) {
        let mut index = self.seen.unseen(0);
        let fields = self.fields.get(..self.slots.len()).unwrap_or_default();
        while let Some(field) = fields.get(index) {
            if !field.is_optional {
                self.extra.miss(field.key);
            }
            index = self.seen.unseen(index + 1);
        }
    }
}

#[cold]
fn duplicate_key(at: usize) -> RawError {
    RawError::new(at, ErrorCode::DuplicateKey)
}

/// Which fields came.
#[derive(Default)]
struct Seen {
    first: u64,
    rest: Vec<u64>,
}

impl Seen {
    #[inline]
    fn word(&self, word: usize) -> u64 {
        match word {
            0 => self.first,
            word => self.rest.get(word - 1).copied().unwrap_or_default(),
        }
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        self.word(index / 64) >> (index % 64) & 1 == 1
    }

    /// The first field, from one on, that did not come.
    #[inline]
    fn unseen(&self, mut index: usize) -> usize {
        loop {
            let came = (self.word(index / 64) >> (index % 64)).trailing_ones();
            if came == 0 {
                return index;
            }
            index += came as usize;
        }
    }

    /// Adds a field; false if it came before.
    #[inline]
    fn add(&mut self, index: usize) -> bool {
        let word = match index / 64 {
            0 => &mut self.first,
            far => self.far(far),
        };
        let bit = 1 << (index % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[cold]
    fn far(&mut self, word: usize) -> &mut u64 {
        if self.rest.len() < word {
            self.rest.resize(word, 0);
        }
        &mut self.rest[word - 1]
    }
}
