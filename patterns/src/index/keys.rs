//! Values of fields come in as bytes; the branches that stand under exactly them go out.
//!
//! Of a value only 32 bits of its keyed hash are kept: who stands under it by chance is found out later, as
//! everything found in the index is checked. A list of one branch stands in the table itself, longer ones stand together.

use super::super::address::Address;
use super::postings::Posting;
use foldhash::fast::RandomState;
use std::hash::{BuildHasher, Hasher};

/// Kinds of keys, so that a string never meets a number.
pub(crate) const STRING: u8 = 0;
pub(crate) const NUMBER: u8 = 1;
pub(crate) const NUMBER_TEXT: u8 = 2;
pub(crate) const WORD: u8 = 3;
pub(crate) const GRAM: u8 = 4;
pub(crate) const FOLD: u8 = 5;
pub(crate) const FOLD_GRAM: u8 = 6;
const BLOCK: u8 = 7;

/// From a field, a kind and a value to branches.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// As many as a power of two, at most five eighths of them used; a key stands at its hash or behind.
    slots: Vec<Slot>,
    used: usize,
    lists: Vec<Posting>,
    /// Where lists of each power of two stood that have grown out of their place.
    free: Vec<Vec<u32>>,
    state: RandomState,
}

/// Where a key may stand.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    /// How many branches; none where no key stands.
    count: u32,
    /// The only one; of several, where their list begins.
    first: Posting,
}

const EMPTY: Slot = Slot {
    hash: 0,
    count: 0,
    first: Posting { branch: 0, need: 0 },
};

/// What stands under a key: a branch, or where several are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    count: u32,
    first: Posting,
}

impl Keys {
    fn hash(&self, field: u32, kind: u8, value: &[u8]) -> u32 {
        let mut hasher = self.state.build_hasher();
        hasher.write_u64(u64::from(field) << 8 | u64::from(kind));
        hasher.write(value);
        (hasher.finish() >> 32) as u32
    }

    /// Where a hash stands or would.
    #[inline]
    fn place(&self, hash: u32) -> Result<usize, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at) {
            if slot.count == 0 {
                break;
            }
            if slot.hash == hash {
                return Ok(at);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    /// What stands under a value.
    #[inline]
    pub(crate) fn find(&self, field: u32, kind: u8, value: &[u8]) -> Option<Listed> {
        let at = self.place(self.hash(field, kind, value)).ok()?;
        let slot = self.slots.get(at)?;
        Some(Listed {
            count: slot.count,
            first: slot.first,
        })
    }

    pub(crate) fn load(&self, field: u32, kind: u8, value: &[u8]) -> usize {
        self.find(field, kind, value)
            .map_or(0, |listed| listed.count as usize)
    }

    pub(crate) fn visit(&self, field: u32, kind: u8, value: &[u8], give: &mut impl FnMut(Posting)) {
        if let Some(listed) = self.find(field, kind, value) {
            self.give(listed, give);
        }
    }

    /// Gives the branches that stand under a value.
    #[inline]
    pub(crate) fn give(&self, listed: Listed, give: &mut impl FnMut(Posting)) {
        if listed.count == 1 {
            return give(listed.first);
        }
        self.list(listed).iter().for_each(|branch| give(*branch));
    }

    fn list(&self, listed: Listed) -> &[Posting] {
        let start = listed.first.branch as usize;
        let list = self.lists.get(start..start + listed.count as usize);
        list.unwrap_or(&[])
    }

    /// Puts a branch under a value.
    pub(crate) fn insert(&mut self, field: u32, kind: u8, value: &[u8], branch: Posting) {
        if self.used * 8 >= self.slots.len() * 5 {
            self.grow();
        }
        let hash = self.hash(field, kind, value);
        match self.place(hash) {
            Ok(at) => self.push(at, branch),
            Err(at) => {
                self.used += 1;
                if let Some(slot) = self.slots.get_mut(at) {
                    *slot = Slot {
                        hash,
                        count: 1,
                        first: branch,
                    };
                }
            }
        }
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(8);
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; length]);
        for slot in old.iter().filter(|slot| slot.count > 0) {
            if let Err(at) = self.place(slot.hash)
                && let Some(free) = self.slots.get_mut(at)
            {
                *free = *slot;
            }
        }
    }

    /// Adds a branch to those of a slot, unless it came last.
    fn push(&mut self, at: usize, branch: Posting) {
        let Some(slot) = self.slots.get(at).copied() else {
            return;
        };
        let listed = Listed {
            count: slot.count,
            first: slot.first,
        };
        let last = match slot.count {
            1 => Some(slot.first),
            _ => self.list(listed).last().copied(),
        };
        if last == Some(branch) {
            return;
        }
        let count = slot.count as usize;
        let mut start = slot.first.branch as usize;
        if count.is_power_of_two() {
            let moved = match count {
                1 => vec![slot.first],
                _ => self.list(listed).to_vec(),
            };
            if count > 1 {
                self.release(count, start as u32);
            }
            start = self.room(2 * count);
            if let Some(room) = self.lists.get_mut(start..start + count) {
                room.copy_from_slice(&moved);
            }
        }
        if let Some(place) = self.lists.get_mut(start + count) {
            *place = branch;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            slot.count += 1;
            slot.first.branch = start as u32;
        }
    }

    fn release(&mut self, length: usize, start: u32) {
        let power = length.trailing_zeros() as usize;
        if self.free.len() <= power {
            self.free.resize_with(power + 1, Vec::new);
        }
        if let Some(free) = self.free.get_mut(power) {
            free.push(start);
        }
    }

    /// Room for a list as long as a power of two.
    fn room(&mut self, length: usize) -> usize {
        let free = self.free.get_mut(length.trailing_zeros() as usize);
        if let Some(start) = free.and_then(Vec::pop) {
            return start as usize;
        }
        let start = self.lists.len();
        self.lists.resize(start + length, EMPTY.first);
        start
    }

    pub(crate) fn load_block(&self, field: u32, address: Address, bits: u8) -> usize {
        self.load(field, BLOCK, &block(address, bits))
    }

    pub(crate) fn visit_block(
        &self,
        field: u32,
        address: Address,
        bits: u8,
        give: &mut impl FnMut(Posting),
    ) {
        self.visit(field, BLOCK, &block(address, bits), give);
    }

    pub(crate) fn insert_block(&mut self, field: u32, address: Address, bits: u8, branch: Posting) {
        self.insert(field, BLOCK, &block(address, bits), branch);
    }
}

/// The family, the length and the leading bits of a block.
fn block(address: Address, bits: u8) -> [u8; 18] {
    let (is_v4, leading) = address.cut(bits);
    let mut bytes = [0; 18];
    let [family, length, rest @ ..] = &mut bytes;
    (*family, *length) = (u8::from(is_v4), bits);
    *rest = leading.to_be_bytes();
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_side_by_side() {
        let mut keys = Keys::default();
        let lists = 1_000_u32;
        let length = |list: u32| list % 37 + 1;
        for turn in 0..37 {
            for list in (0..lists).filter(|list| turn < length(*list)) {
                let branch = turn * lists + list;
                keys.insert(
                    list % 3,
                    STRING,
                    &list.to_le_bytes(),
                    Posting { branch, need: list },
                );
            }
        }
        for list in 0..lists {
            let mut found = Vec::new();
            keys.visit(list % 3, STRING, &list.to_le_bytes(), &mut |posting| {
                // Two hashes may be the same.
                if posting.need == list {
                    found.push(posting.branch);
                }
            });
            let expected: Vec<u32> = (0..length(list)).map(|turn| turn * lists + list).collect();
            assert_eq!(found, expected, "{list}");
            assert!(keys.load(list % 3, STRING, &list.to_le_bytes()) >= found.len());
        }
        assert!(keys.find(4, STRING, b"").is_none());
    }
}
