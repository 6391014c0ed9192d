//! Values of fields come in as bytes; the branches that stand under exactly them go out.
//!
//! Of a value only its keyed 64-bit hash is kept: who stands under it by chance is found out later, as
//! everything found in the index is checked.

use super::super::address::Address;
use super::postings::{Posting, Postings};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
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
    table: HashTable<(u64, Postings)>,
    state: RandomState,
}

impl Keys {
    fn hash(&self, field: u32, kind: u8, value: &[u8]) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write_u64(u64::from(field) << 8 | u64::from(kind));
        hasher.write(value);
        hasher.finish()
    }

    fn find(&self, field: u32, kind: u8, value: &[u8]) -> Option<&Postings> {
        let hash = self.hash(field, kind, value);
        let found = self.table.find(hash, |(other, _)| *other == hash);
        found.map(|(_, postings)| postings)
    }

    pub(crate) fn load(&self, field: u32, kind: u8, value: &[u8]) -> usize {
        self.find(field, kind, value).map_or(0, Postings::len)
    }

    pub(crate) fn visit(&self, field: u32, kind: u8, value: &[u8], give: &mut impl FnMut(Posting)) {
        if let Some(postings) = self.find(field, kind, value) {
            postings.visit(give);
        }
    }

    /// Puts a branch under a value.
    pub(crate) fn insert(&mut self, field: u32, kind: u8, value: &[u8], branch: Posting) {
        let hash = self.hash(field, kind, value);
        let entry = self
            .table
            .entry(hash, |(other, _)| *other == hash, |(hash, _)| *hash);
        match entry {
            Entry::Occupied(mut found) => found.get_mut().1.push(branch),
            Entry::Vacant(vacant) => {
                vacant.insert((hash, Postings::One(branch)));
            }
        }
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
