//! Names of fields come in, steps joined by dots; a trie that follows an event's keys to them goes out.
//!
//! A step with dots in it is as many steps, in patterns and in events alike. One oddity of the engine is
//! kept: an empty step of an event is followed only when the pattern has an empty step itself, and trailing
//! empty steps of a pattern do not count (`{"a":{"":[1]}}` takes `{"a.":1}` and not `{"a":{"":1}}`).

use super::tail::{Tail, Tails};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use memchr::memmem::Finder;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// A place in the trie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) u32);

/// Where every event starts.
pub(crate) const ROOT: NodeId = NodeId(0);

#[derive(Clone, Debug, Default)]
struct Node {
    /// The children, each with its step; searched one by one while they are few.
    children: Vec<(Box<[u8]>, NodeId)>,
    /// What their steps end in.
    ends: Vec<Tail>,
    /// What the keys end in that lead anywhere from here.
    tails: Tails,
    /// Whether some child has children.
    leads_on: bool,
    /// Finds the keys that lead through here by a dot; made when it is asked for.
    dotted: OnceLock<Box<Finder<'static>>>,
    /// The fields that end here: that of patterns that follow empty steps, and that of those that do not.
    fields: [Option<u32>; 2],
}

/// The trie of the fields that are wanted.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    nodes: Vec<Node>,
    /// From a node and a step to the child's index among the children, for nodes with many.
    many: HashTable<(u32, u32)>,
    hasher: RandomState,
}

/// How many texts are looked for in the rest of an event, so that it need not be gone along.
const FEW: usize = 2;

/// How a key begins that leads through a step.
fn dotted(step: &[u8]) -> Vec<u8> {
    [b"\"", step, b"."].concat()
}

/// From how many children on a node's are looked up by their hash.
const MANY: usize = 8;

impl Default for Paths {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            many: HashTable::new(),
            hasher: RandomState::default(),
        }
    }
}

impl Paths {
    /// Says that a field is wanted, under a number of the caller's. `strict` fields do not follow empty steps.
    /// Gives the number that the field already has, if it was wanted before.
    pub(crate) fn add_path(&mut self, name: &[u8], strict: bool, field: u32) -> u32 {
        let mut node = ROOT;
        let mut above = vec![(ROOT, Tail::EMPTY)];
        for step in name.split(|&byte| byte == b'.') {
            above
                .iter_mut()
                .for_each(|(_, tail)| *tail = tail.then(step));
            node = match self.child(node, step) {
                Some(child) => child,
                None => self.grow(node, step, &above),
            };
            above
                .iter_mut()
                .for_each(|(_, tail)| *tail = tail.then(b"."));
            above.push((node, Tail::EMPTY));
        }
        match self
            .node_mut(node)
            .map(|node| &mut node.fields[usize::from(strict)])
        {
            Some(slot) => *slot.get_or_insert(field),
            None => field,
        }
    }

    fn node_mut(&mut self, node: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(node.0 as usize)
    }

    /// Adds a child; from all nodes above, a key leads there that ends so.
    fn grow(&mut self, node: NodeId, step: &[u8], above: &[(NodeId, Tail)]) -> NodeId {
        let child = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::default());
        for (from, tail) in above {
            let known = self.node_mut(*from).map(|node| node.tails.insert(*tail));
            if known == Some(false) {
                self.note_tails(*from);
            }
        }
        if let [.., (parent, _), _] = above
            && let Some(parent) = self.node_mut(*parent)
        {
            parent.leads_on = true;
        }
        let Some(parent) = self.nodes.get_mut(node.0 as usize) else {
            return child;
        };
        parent.children.push((step.into(), child));
        parent.ends.push(Tail::EMPTY.then(step));
        match parent.children.len() {
            MANY => (0..MANY as u32).for_each(|index| self.hash(node, index)),
            count if count > MANY => self.hash(node, count as u32 - 1),
            _ => {}
        }
        child
    }

    /// Tells a node again of all keys that lead on from it.
    fn note_tails(&mut self, to: NodeId) {
        let mut waiting = vec![(to, Tail::EMPTY)];
        while let Some((from, before)) = waiting.pop() {
            let children = self
                .nodes
                .get(from.0 as usize)
                .map_or(&[][..], |node| &node.children);
            let keys: Vec<(NodeId, Tail)> = children
                .iter()
                .map(|(step, child)| (*child, before.then(step)))
                .collect();
            for (child, tail) in keys {
                waiting.push((child, tail.then(b".")));
                self.node_mut(to).map(|node| node.tails.insert(tail));
            }
        }
    }

    fn hash(&mut self, node: NodeId, index: u32) {
        let Self {
            nodes,
            many,
            hasher,
        } = self;
        let step = |&(node, index): &(u32, u32)| {
            let node = nodes.get(node as usize);
            node.and_then(|node| node.children.get(index as usize))
                .map(|(step, _)| &**step)
        };
        let hash = |entry: &(u32, u32)| hasher.hash_one((entry.0, step(entry)));
        let new = (node.0, index);
        if let Entry::Vacant(vacant) = many.entry(hash(&new), |entry| *entry == new, hash) {
            vacant.insert(new);
        }
    }

    /// The child of a node behind one step without dots.
    fn child(&self, node: NodeId, step: &[u8]) -> Option<NodeId> {
        let children = &self.nodes.get(node.0 as usize)?.children;
        if children.len() < MANY {
            let mut same = children.iter().filter(|(name, _)| **name == *step);
            return same.next().map(|(_, child)| *child);
        }
        let hash = self.hasher.hash_one((node.0, Some(step)));
        let is_it = |entry: &(u32, u32)| {
            entry.0 == node.0
                && children
                    .get(entry.1 as usize)
                    .is_some_and(|(name, _)| **name == *step)
        };
        let (_, index) = self.many.find(hash, is_it)?;
        children.get(*index as usize).map(|(_, child)| *child)
    }

    /// What the keys end in that lead anywhere from a node.
    pub(crate) fn tails(&self, node: NodeId) -> &Tails {
        static NONE: Tails = Tails::NONE;
        self.nodes
            .get(node.0 as usize)
            .map_or(&NONE, |node| &node.tails)
    }

    /// How many children a node has, if that is all that keys can lead to from there.
    #[inline]
    pub(crate) fn all_leaves(&self, node: NodeId) -> Option<usize> {
        let node = self.nodes.get(node.0 as usize)?;
        (!node.leads_on).then_some(node.children.len())
    }

    /// Where a key of an event leads, and whether to a child. Most keys lead nowhere.
    #[inline]
    pub(crate) fn follow(&self, node: NodeId, key: &[u8]) -> Option<(NodeId, bool)> {
        if let Some(child) = self.child(node, key) {
            return Some((child, true));
        }
        if !self.nodes.get(node.0 as usize)?.leads_on {
            return None;
        }
        let mut steps = key.split(|byte| *byte == b'.');
        let last = steps.try_fold(node, |node, step| self.child(node, step))?;
        Some((last, false))
    }

    /// Whether no object that begins at a node, of which all children have been met, can have another key in the rest of an
    /// event that leads anywhere: a key with dots would, and one whose escapes say so.
    pub(crate) fn is_over(&self, node: NodeId, found: usize, rest: &[u8]) -> bool {
        let Some(node) = self.nodes.get(node.0 as usize) else {
            return true;
        };
        if !node.leads_on {
            return node.children.len() == found;
        }
        let through = node.children.iter().filter_map(|(step, child)| {
            let child = self.nodes.get(child.0 as usize)?;
            (!child.children.is_empty()).then_some((step, child))
        });
        node.children.len() == found
            && through.clone().count() <= FEW
            && through.into_iter().all(|(step, child)| {
                let new = || Box::new(Finder::new(&dotted(step)).into_owned());
                child.dotted.get_or_init(new).find(rest).is_none()
            })
    }

    /// The child behind the key that closes at a place of an event without escapes, by what it ends in; not searched for
    /// among many.
    #[inline]
    pub(crate) fn child_before(
        &self,
        node: NodeId,
        tail: u64,
        bytes: &[u8],
        close: usize,
    ) -> Option<NodeId> {
        let node = self.nodes.get(node.0 as usize)?;
        let may_be = |end: &Tail| end.may_be(tail);
        let (step, child) = node.children.get(node.ends.iter().position(may_be)?)?;
        let start = close.checked_sub(step.len() + 1)?;
        let (quote, key) = bytes.get(start..close)?.split_first()?;
        (*quote == b'"' && *key == **step).then_some(*child)
    }

    /// The fields that a leaf at a node belongs to.
    pub(crate) fn fields(&self, node: NodeId, empty_step: bool) -> impl Iterator<Item = u32> {
        let [follows, strict] = match self.nodes.get(node.0 as usize) {
            Some(node) => node.fields,
            None => [None; 2],
        };
        follows.into_iter().chain(strict.filter(|_| !empty_step))
    }
}

/// Whether a pattern with such fields follows empty steps of events.
pub(crate) fn follows_empty_steps<'a>(mut names: impl Iterator<Item = &'a [u8]>) -> bool {
    names.any(|name| {
        let counted = trim_dots(name);
        name.is_empty()
            || (!counted.is_empty() && counted.split(|&byte| byte == b'.').any(<[u8]>::is_empty))
    })
}

/// Whether not following empty steps makes a difference for a field.
pub(crate) fn ends_in_empty_step(name: &[u8]) -> bool {
    name.ends_with(b".")
}

fn trim_dots(mut name: &[u8]) -> &[u8] {
    while let Some(shorter) = name.strip_suffix(b".") {
        name = shorter;
    }
    name
}

/// The order of names that the engine goes by: that of UTF-16, where characters beyond the basic
/// multilingual plane come before its last ones.
pub(crate) fn order(one: &[u8], other: &[u8]) -> std::cmp::Ordering {
    let rank = |&byte: &u8| match byte {
        0xee | 0xef => (1, byte),
        _ => (0, byte),
    };
    one.iter().map(rank).cmp(other.iter().map(rank))
}
