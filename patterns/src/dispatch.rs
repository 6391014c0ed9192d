//! The needs of a branch come in, and events; the partitions that the branch belongs to, or that an event must
//! be asked of, go out.

use super::cursor::Cursor;
use super::operator::Operator;
use super::partition::Need;
use super::text;
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// The field by which rules are told apart first: nearly every rule names it, and few values each.
const FIELD: &[u8] = b"detail-type";
/// The last bytes of its name.
const TAIL: u64 = u64::from_le_bytes(*b"ail-type");
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

impl Dispatch {
    /// The partitions of an event's detail-types: of one, unless keys repeat or it is an array.
    pub(crate) fn partitions_of(&self, mut cursor: Cursor<'_>, found: &mut Found) {
        found.partitions.clear();
        if !self.partitions.is_empty() && cursor.enter().is_some() {
            self.members(&mut cursor, found);
        }
        if found.partitions.len() > 1 {
            found.partitions.sort_unstable();
            found.partitions.dedup();
        }
    }

    /// Looks through the root; none where the event ends.
    fn members(&self, cursor: &mut Cursor<'_>, found: &mut Found) -> Option<()> {
        loop {
            let (at, met) = cursor.next()?;
            match met {
                b':' => {
                    let close = cursor.key_close(at);
                    if cursor.tail(close).is_some_and(|tail| tail != TAIL) {
                        continue;
                    }
                    let key = cursor.key(close).unwrap_or(&[]);
                    if found.meaning(key, cursor) == FIELD {
                        self.add(cursor, cursor.value(at), found)?;
                        if cursor.outline.is_trusted {
                            return None;
                        }
                    }
                }
                b'{' | b'[' => cursor.leave()?,
                _ => return None,
            }
        }
    }

    /// Adds the partitions of a value's strings: itself, or those of an array at any depth, but none of objects.
    fn add(&self, cursor: &mut Cursor<'_>, at: usize, found: &mut Found) -> Option<()> {
        match cursor.byte(at) {
            b'"' => self.add_string(cursor, at, found),
            b'[' => self.add_items(cursor, at, found),
            _ => Some(()),
        }
    }

    fn add_string(&self, cursor: &mut Cursor<'_>, at: usize, found: &mut Found) -> Option<()> {
        let close = cursor.string_close(at)?;
        cursor.at = close + 1;
        let raw = cursor.bytes.get(at + 1..close).unwrap_or(&[]);
        let partition = self.find(found.meaning(raw, cursor));
        found.partitions.extend(partition);
        Some(())
    }

    fn add_items(&self, cursor: &mut Cursor<'_>, at: usize, found: &mut Found) -> Option<()> {
        cursor.take(at)?;
        let mut depth = 1_usize;
        while depth > 0 {
            let at = cursor.item();
            match cursor.byte(at) {
                b'"' => self.add_string(cursor, at, found)?,
                b'{' => {
                    cursor.take(at)?;
                    cursor.leave()?;
                }
                b'[' => {
                    cursor.take(at)?;
                    depth += 1;
                }
                b']' => {
                    cursor.take(at)?;
                    depth -= 1;
                }
                _ => {
                    cursor.at = cursor.scalar_end(at);
                    (cursor.at > at).then_some(())?;
                }
            }
        }
        Some(())
    }
}

/// The partitions of an event, in memory that is used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) partitions: Vec<u32>,
    decoded: Vec<u8>,
}

impl Found {
    /// What a string means, given what it has between its quotes.
    fn meaning<'a>(&'a mut self, raw: &'a [u8], cursor: &Cursor<'_>) -> &'a [u8] {
        if !cursor.is_escaped(raw) {
            return raw;
        }
        self.decoded.clear();
        text::unescape(raw, &mut self.decoded);
        &self.decoded
    }
}
