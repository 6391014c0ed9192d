//! The needs of a branch come in, and events; the partitions that the branch belongs to, or that an event must
//! be asked of, go out.

use super::operator::Operator;
use super::outline::{self, Cursor, Outline};
use super::partition::Need;
use super::text;
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// The field by which rules are told apart first: nearly every rule names it, and few values each.
const FIELD: &[u8] = b"detail-type";
const _: () = assert!(FIELD.len() + 1 == outline::NOTED);
/// A branch with more detail-types goes where those without go.
const MAX_VALUES: usize = 8;
/// How many detail-types have a partition of their own.
const MAX_PARTITIONS: usize = 256;

/// Where branches without detail-types are.
const GENERAL: u32 = 0;

/// From detail-types to partitions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dispatch {
    partitions: HashMap<Box<[u8]>, u32, RandomState>,
    free: Vec<u32>,
}

impl Dispatch {
    /// The partition of a detail-type, if rules name it.
    pub(crate) fn find(&self, detail_type: &[u8]) -> Option<u32> {
        self.partitions.get(detail_type).copied()
    }

    /// The partitions that a branch belongs to, made where they are not there yet.
    pub(crate) fn partitions(&mut self, needs: &[Need<'_>]) -> Vec<u32> {
        let named = detail_types_of(needs).unwrap_or_default();
        let room = MAX_PARTITIONS.saturating_sub(self.partitions.len());
        let new = named
            .iter()
            .filter(|name| self.find(name).is_none())
            .count();
        if named.is_empty() || new > room {
            return vec![GENERAL];
        }
        let mut partitions: Vec<u32> = named.into_iter().map(|name| self.partition(name)).collect();
        partitions.sort_unstable();
        partitions.dedup();
        partitions
    }

    fn partition(&mut self, name: &[u8]) -> u32 {
        if let Some(found) = self.find(name) {
            return found;
        }
        let next = self.partitions.len() + self.free.len() + 1;
        let number = self.free.pop().unwrap_or(next as u32);
        self.partitions.insert(name.into(), number);
        number
    }

    /// Says that a partition is empty and may serve another detail-type.
    pub(crate) fn release(&mut self, number: u32) {
        let before = self.partitions.len();
        self.partitions.retain(|_, other| *other != number);
        if self.partitions.len() < before {
            self.free.push(number);
        }
    }
}

/// The detail-types that a branch names, if it takes plain strings only.
fn detail_types_of<'a>(needs: &[Need<'a>]) -> Option<Vec<&'a [u8]>> {
    let need = needs.iter().find(|need| need.name == FIELD)?;
    let exact = |operator: &'a Operator| match operator {
        Operator::Exact(text) => Some(&**text),
        _ => None,
    };
    if need.operators.len() > MAX_VALUES {
        return None;
    }
    need.operators.iter().map(exact).collect()
}

/// Strings one after the other in memory that is used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One by its number.
    pub(crate) fn get(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)?;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        self.bytes.get(start.copied().unwrap_or(0)..end)
    }

    fn push(&mut self, raw: &[u8], is_escaped: bool) {
        match is_escaped {
            true => text::unescape(raw, &mut self.bytes),
            false => self.bytes.extend_from_slice(raw),
        }
        self.ends.push(self.bytes.len());
    }
}

/// The detail-types of an event: one, unless keys repeat or it is an array.
pub(crate) fn detail_types(bytes: &[u8], outline: &Outline, found: &mut Strings) {
    found.clear();
    if outline.has_escapes {
        return escaped_detail_types(bytes, outline, found);
    }
    for &at in &outline.noted {
        if let Some(mut cursor) = outline.root_value(bytes, at, FIELD) {
            let start = cursor;
            let end = outline.skip(bytes, &mut cursor);
            value(bytes, outline, start, end, found);
        }
    }
}

/// The detail-types of an event whose keys may have escapes.
fn escaped_detail_types(bytes: &[u8], outline: &Outline, found: &mut Strings) {
    let (mut cursor, close) = outline.root();
    while outline.find_next(bytes, &mut cursor, close) {
        let key = outline.key(bytes, &mut cursor);
        let start = cursor;
        let end = outline.skip(bytes, &mut cursor);
        if key == FIELD || (outline.is_escaped(key) && text::unescaped(key) == FIELD) {
            value(bytes, outline, start, end, found);
        }
    }
}

/// The strings of a value: itself, or those of an array at any depth, but none of objects.
fn value(bytes: &[u8], outline: &Outline, mut cursor: Cursor, end: usize, found: &mut Strings) {
    while cursor.at < end {
        match bytes.get(cursor.at) {
            Some(b'"') => {
                let start = cursor.at + 1;
                let end = outline.skip(bytes, &mut cursor) - 1;
                let raw = bytes.get(start..end).unwrap_or(&[]);
                found.push(raw, outline.is_escaped(raw));
            }
            Some(b'{') => {
                outline.skip(bytes, &mut cursor);
            }
            Some(b'[') => {
                outline.enter(&mut cursor);
            }
            _ => cursor.at += 1,
        }
    }
}
