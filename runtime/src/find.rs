//! The source and the detail-type of an event come in; the way to read its detail goes out. Types are
//! found by a table that is made while the crate compiles.

use crate::{RawError, Reader};

/// How a detail is read.
type Read<D> = fn(&mut Reader<'_>) -> Result<D, RawError>;

/// One detail-type of [`details!`](crate::details!).
#[doc(hidden)]
pub struct Type<D> {
    pub source: &'static str,
    pub detail_type: &'static str,
    pub is_shared: bool,
    pub read: Read<D>,
}

/// How large the table of so many types is: at most half of it is taken.
#[doc(hidden)]
pub const fn slots(types: usize) -> usize {
    (2 * types + 1).next_power_of_two()
}

/// Where each type stands in the list, from 1: at the hash of its detail-type, or behind it where others
/// stand already.
#[doc(hidden)]
pub const fn table<const SLOTS: usize, D>(types: &[Type<D>]) -> [u16; SLOTS] {
    assert!(
        types.len() < u16::MAX as usize,
        "more types than a table holds"
    );
    let mut table = [0; SLOTS];
    let mut index = 0;
    while index < types.len() {
        let mut slot = hash(types[index].detail_type) % SLOTS;
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        index += 1;
        table[slot] = index as u16;
    }
    table
}

/// How a detail is read, by a table of [`table`]. Another service's event of the same detail-type is
/// another event; one without a source is told by its detail-type, if only one source sends it.
#[doc(hidden)]
pub fn find<D>(
    types: &[Type<D>],
    table: &[u16],
    source: &str,
    detail_type: &str,
) -> Option<Read<D>> {
    let mut slot = hash(detail_type);
    loop {
        slot %= table.len().max(1);
        let known = types.get(usize::from(*table.get(slot)?).checked_sub(1)?)?;
        let is_source = known.source == source || source.is_empty() && !known.is_shared;
        if is_source && known.detail_type == detail_type {
            return Some(known.read);
        }
        slot += 1;
    }
}

/// Eight bytes in one step: detail-types are long and differ in their middle.
const fn hash(text: &str) -> usize {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut hash = text.len() as u64;
    let mut index = 0;
    while index < words.len() {
        hash = mixed(hash ^ u64::from_le_bytes(words[index]));
        index += 1;
    }
    index = 0;
    while index < rest.len() {
        hash = hash.rotate_left(8) ^ rest[index] as u64;
        index += 1;
    }
    (mixed(hash) >> 32) as usize
}

const fn mixed(hash: u64) -> u64 {
    let product = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::{Type, find, slots, table};

    const fn of(source: &'static str, detail_type: &'static str, is_shared: bool) -> Type<u8> {
        Type {
            source,
            detail_type,
            is_shared,
            read: |_| Ok(0),
        }
    }

    const TYPES: &[Type<u8>] = &[
        of("my.house", "Door Opened", false),
        of("my.house", "Light", true),
        of("your.house", "Light", true),
        of("my.house", "", false),
    ];

    #[test]
    fn a_type_is_found_by_source_and_detail_type() {
        let table = table::<{ slots(TYPES.len()) }, _>(TYPES);
        let is_found =
            |source: &str, detail_type: &str| find(TYPES, &table, source, detail_type).is_some();
        for known in TYPES {
            assert!(is_found(known.source, known.detail_type));
            assert_eq!(is_found("", known.detail_type), !known.is_shared);
            assert!(!is_found("her.house", known.detail_type));
        }
        assert!(!is_found("my.house", "Door Closed"));
        assert!(!is_found("your.house", "Door Opened"));
    }

    #[test]
    fn where_nothing_is_known_nothing_is_found() {
        let none: &[Type<u8>] = &[];
        assert!(find(none, &table::<{ slots(0) }, _>(none), "", "").is_none());
        assert!(find(none, &[], "a", "b").is_none());
    }

    #[test]
    fn many_types_are_told_apart() {
        static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
            let name = |index| format!("SageMaker Kind {index} State Change");
            (0..500).map(name).collect()
        });
        let types: Vec<_> = NAMES.iter().map(|name| of("a", name, false)).collect();
        let table = table::<1024, _>(&types);
        let is_found = |name: &str| find(&types, &table, "a", name).is_some();
        assert!(NAMES.iter().all(|name| is_found(name)));
        assert!(!is_found("SageMaker Kind 500 State Change"));
    }
}
