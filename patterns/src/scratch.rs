//! The memory that matching works in, kept from event to event.

use super::dispatch::Found;
use super::index::Listed;
use super::leaf::Leaves;
use super::outline::Outline;
use super::search::Search;
use super::walk::Walk;
use super::work::Answers;

/// Memory that matching works in. Kept and given again, it spares allocations; it holds nothing that matters.
///
/// One serves any patterns and sets in turn. Threads need one each.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(crate) outline: Outline,
    pub(crate) walk: Walk,
    pub(crate) leaves: Leaves,
    pub(crate) search: Search,
    pub(crate) folded: Vec<u8>,
    pub(crate) listed: Vec<Listed>,
    pub(crate) seen: Answers,
    pub(crate) found: Found,
    pub(crate) satisfied: Answers,
    pub(crate) matched: Vec<u32>,
}
