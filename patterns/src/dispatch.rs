//! The needs of a branch come in, and events; the partitions that the branch belongs to, or that an event must
//! be asked of, go out.

use super::cursor::Cursor;
use super::operator::Operator;
use super::shelf::Need;
use super::text;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The field by which rules are told apart first: nearly every rule names it, and few values each.
const FIELD: &[u8] = b"detail-type";
/// The last bytes of its name.
const TAIL: u64 = u64::from_le_bytes(*b"\0il-type");
/// A branch with more detail-types goes where those without go.
const MAX_VALUES: usize = 8;
/// How many partitions there are beside the general one; more detail-types share them evenly. An event that names all of
/// them is gone along as often.
const MAX_PARTITIONS: usize = 256;

/// Where branches without detail-types are.
const GENERAL: u32 = 0;

/// From detail-types to partitions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dispatch {
    names: HashMap<Box<[u8]>, Named, RandomState>,
    /// How many detail-types each partition has.
    partitions: Vec<u32>,
    /// The partitions without.
    free: Vec<u32>,
    /// Which one shares the next detail-type.
    turn: usize,
}

/// The partition of a detail-type, and how often branches name it.
#[derive(Clone, Copy, Debug)]
struct Named {
    partition: u32,
    count: u32,
}

impl Dispatch {
    /// The partition of a detail-type, if rules name it.
    pub(crate) fn find(&self, detail_type: &[u8]) -> Option<u32> {
        self.names.get(detail_type).map(|named| named.partition)
    }

    /// The partitions that a branch belongs to, made where they are not there yet.
    pub(crate) fn partitions(&mut self, needs: &[Need<'_>]) -> Vec<u32> {
        let named = detail_types_of(needs).unwrap_or_default();
        if named.is_empty() {
            return vec![GENERAL];
        }
        let mut partitions: Vec<u32> = named.into_iter().map(|name| self.enlist(name)).collect();
        partitions.sort_unstable();
        partitions.dedup();
        partitions
    }

    fn enlist(&mut self, name: &[u8]) -> u32 {
        if let Some(named) = self.names.get_mut(name) {
            named.count += 1;
            return named.partition;
        }
        let partition = self.choose();
        if let Some(count) = self.partitions.get_mut(partition as usize - 1) {
            *count += 1;
        }
        let named = Named {
            partition,
            count: 1,
        };
        self.names.insert(name.into(), named);
        partition
    }

    /// A partition without detail-types, as long as there may be one.
    fn choose(&mut self) -> u32 {
        if let Some(free) = self.free.pop() {
            return free;
        }
        if self.partitions.len() < MAX_PARTITIONS {
            self.partitions.push(0);
            return self.partitions.len() as u32;
        }
        self.turn = (self.turn + 1) % MAX_PARTITIONS;
        self.turn as u32 + 1
    }

    /// Says that a branch with such needs leaves a partition.
    pub(crate) fn release(&mut self, partition: u32, needs: &[Need<'_>]) {
        let named = detail_types_of(needs).unwrap_or_default();
        for name in named {
            let found = self.names.get_mut(name);
            let Some(found) = found.filter(|named| named.partition == partition) else {
                continue;
            };
            found.count -= 1;
            if found.count > 0 {
                continue;
            }
            self.names.remove(name);
            if let Some(count) = self.partitions.get_mut(partition as usize - 1) {
                *count -= 1;
                self.free.extend((*count == 0).then_some(partition));
            }
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
        if !self.names.is_empty() && cursor.enter().is_some() {
            self.members(&mut cursor, found);
        }
        if found.partitions.len() > 1 {
            found.partitions.sort_unstable();
            found.partitions.dedup();
        }
    }

    /// Looks through the root, as far as the field may be there; none where the event ends.
    fn members(&self, cursor: &mut Cursor<'_>, found: &mut Found) -> Option<()> {
        loop {
            let (at, met) = cursor.next()?;
            match met {
                b':' => {
                    if self.member(cursor, at, found)? && is_last(cursor, at) {
                        return None;
                    }
                }
                b'{' | b'[' => cursor.leave()?,
                _ => return None,
            }
        }
    }

    /// Adds the partitions of a member's value, if it is that of the field; says whether it is.
    #[inline(always)]
    fn member(&self, cursor: &mut Cursor<'_>, colon: usize, found: &mut Found) -> Option<bool> {
        let (close, tail) = cursor.key_end(colon);
        if tail.is_some_and(|tail| tail != TAIL) {
            return Some(false);
        }
        let key = cursor.key(close).unwrap_or(&[]);
        if found.meaning(key, cursor) != FIELD {
            return Some(false);
        }
        self.add(cursor, cursor.value(colon), found)?;
        Some(true)
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

/// Whether no key behind a place can be the field: keys do not repeat, or no such text is there.
fn is_last(cursor: &Cursor<'_>, at: usize) -> bool {
    static FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(FIELD));
    let rest = || cursor.bytes.get(at..).unwrap_or(&[]);
    cursor.outline.is_trusted || !cursor.outline.has_escapes && FINDER.find(rest()).is_none()
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
