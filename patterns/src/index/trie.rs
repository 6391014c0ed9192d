//! Prefixes come in with branches; the branches of all prefixes of a value go out, in one walk along it.
//!
//! Bytes that only one way leads through are kept together on the edge.

use super::postings::{Posting, Postings};

const ROOT: usize = 0;

/// Bytes that are gone along from one end.
pub(crate) trait Along: Copy {
    /// The byte that comes first.
    fn first(self) -> Option<u8>;
    /// What is left behind some bytes, if they come first.
    fn after(self, bytes: &[u8]) -> Option<Self>;
    /// All bytes in the order in which they come.
    fn all(self) -> Vec<u8>;
}

/// From the start.
#[derive(Clone, Copy)]
pub(crate) struct Forward<'a>(pub(crate) &'a [u8]);

/// From the end.
#[derive(Clone, Copy)]
pub(crate) struct Backward<'a>(pub(crate) &'a [u8]);

impl Along for Forward<'_> {
    fn first(self) -> Option<u8> {
        self.0.first().copied()
    }

    fn after(self, bytes: &[u8]) -> Option<Self> {
        self.0.strip_prefix(bytes).map(Self)
    }

    fn all(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl Along for Backward<'_> {
    fn first(self) -> Option<u8> {
        self.0.last().copied()
    }

    fn after(self, bytes: &[u8]) -> Option<Self> {
        let (rest, last) = self
            .0
            .split_at_checked(self.0.len().checked_sub(bytes.len())?)?;
        last.iter().rev().eq(bytes).then_some(Self(rest))
    }

    fn all(self) -> Vec<u8> {
        self.0.iter().rev().copied().collect()
    }
}

/// Prefixes and the branches under them. Suffixes are kept as prefixes of the reversed bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    /// The bytes that lead here from the parent.
    edge: Box<[u8]>,
    /// The children by the first byte of their edges, in order.
    children: Vec<(u8, u32)>,
    postings: Postings,
}

impl Node {
    fn child(&self, byte: u8) -> Option<usize> {
        let at = self
            .children
            .binary_search_by_key(&byte, |(first, _)| *first);
        at.ok()
            .and_then(|at| self.children.get(at))
            .map(|(_, child)| *child as usize)
    }

    fn set_child(&mut self, byte: u8, child: u32) {
        match self
            .children
            .binary_search_by_key(&byte, |(first, _)| *first)
        {
            Ok(at) => self
                .children
                .get_mut(at)
                .into_iter()
                .for_each(|slot| slot.1 = child),
            Err(at) => self.children.insert(at, (byte, child)),
        }
    }
}

impl Trie {
    /// Puts a branch under a prefix.
    pub(crate) fn insert(&mut self, prefix: impl Along, branch: Posting) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let prefix = prefix.all();
        let node = self.reach(&prefix);
        if let Some(node) = self.nodes.get_mut(node) {
            node.postings.push(branch);
        }
    }

    /// The node of a prefix, made if it is not there.
    fn reach(&mut self, mut rest: &[u8]) -> usize {
        let mut at = ROOT;
        while let Some(&byte) = rest.first() {
            let Some(child) = self.nodes.get(at).and_then(|node| node.child(byte)) else {
                return self.add(at, rest);
            };
            let edge = self.nodes.get(child).map_or(&[][..], |node| &node.edge);
            let shared = edge
                .iter()
                .zip(rest)
                .take_while(|(one, other)| one == other)
                .count();
            at = if shared < edge.len() {
                self.split(at, child, shared)
            } else {
                child
            };
            rest = rest.get(shared..).unwrap_or(&[]);
        }
        at
    }

    fn add(&mut self, parent: usize, edge: &[u8]) -> usize {
        let new = self.nodes.len();
        self.nodes.push(Node {
            edge: edge.into(),
            ..Node::default()
        });
        self.connect(parent, edge, new);
        new
    }

    fn connect(&mut self, parent: usize, edge: &[u8], child: usize) {
        if let (Some(node), Some(&byte)) = (self.nodes.get_mut(parent), edge.first()) {
            node.set_child(byte, child as u32);
        }
    }

    /// Puts a node into the edge of a child, behind its first bytes.
    fn split(&mut self, parent: usize, child: usize, shared: usize) -> usize {
        let Some(node) = self.nodes.get_mut(child) else {
            return child;
        };
        let edge = std::mem::take(&mut node.edge);
        let (upper, lower) = edge.split_at(shared.min(edge.len()));
        node.edge = lower.into();
        let middle = self.add(parent, upper);
        self.connect(middle, lower, child);
        middle
    }

    /// How many branches stand under exactly a prefix.
    pub(crate) fn load(&self, prefix: impl Along) -> usize {
        let mut last = 0;
        self.walk(prefix, |is_all, postings| {
            last = if is_all { postings.len() } else { 0 };
        });
        last
    }

    /// Gives the branches under all prefixes of a value.
    pub(crate) fn visit(&self, value: impl Along, give: &mut impl FnMut(Posting)) {
        self.walk(value, |_, postings| postings.visit(give));
    }

    /// Meets all prefixes of a value, the last of which may be all of it.
    fn walk(&self, mut value: impl Along, mut meet: impl FnMut(bool, &Postings)) {
        let mut next = self.nodes.get(ROOT);
        while let Some(node) = next {
            let first = value.first();
            meet(first.is_none(), &node.postings);
            let child = first.and_then(|byte| node.child(byte));
            next = child.and_then(|child| self.nodes.get(child));
            let rest = next.and_then(|child| value.after(&child.edge));
            let Some(rest) = rest else { return };
            value = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_prefixes_are_found() {
        let prefixes = ["", "a", "ab", "abc", "abd", "x", "abcdef", "ab"];
        let mut trie = Trie::default();
        for (prefix, branch) in prefixes.iter().zip(0..) {
            trie.insert(Forward(prefix.as_bytes()), Posting { branch, need: 0 });
        }
        for value in ["", "a", "abcdefg", "abq", "y", "xx", "abcde"] {
            let mut found = Vec::new();
            trie.visit(Forward(value.as_bytes()), &mut |posting| {
                found.push(posting.branch)
            });
            found.sort_unstable();
            let mut backwards = Vec::new();
            let reversed: Vec<u8> = value.bytes().rev().collect();
            trie.visit(Backward(&reversed), &mut |posting: Posting| {
                backwards.push(posting.branch)
            });
            backwards.sort_unstable();
            assert_eq!(found, backwards, "{value}");
            let starts =
                |(prefix, branch): (&&str, u32)| value.starts_with(*prefix).then_some(branch);
            let expected: Vec<u32> = prefixes.iter().zip(0..).filter_map(starts).collect();
            assert_eq!(found, expected, "{value}");
        }
        assert_eq!(trie.load(Forward(b"ab")), 2);
        assert_eq!(trie.load(Forward(b"abcd")), 0);
    }
}
