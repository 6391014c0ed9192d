//! Prefixes come in with branches; the branches of all prefixes of a value go out, in one walk along it.
//!
//! Bytes that only one way leads through are kept together on the edge.

use super::postings::{Posting, Postings};

const ROOT: usize = 0;

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
    pub(crate) fn insert(&mut self, prefix: impl Iterator<Item = u8>, branch: Posting) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let prefix: Vec<u8> = prefix.collect();
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
    pub(crate) fn load(&self, prefix: impl Iterator<Item = u8>) -> usize {
        let mut last = 0;
        let prefix: Vec<u8> = prefix.collect();
        self.walk(prefix.iter().copied(), |length, postings| {
            last = if length == prefix.len() {
                postings.len()
            } else {
                0
            };
        });
        last
    }

    /// Gives the branches under all prefixes of a value.
    pub(crate) fn visit(&self, value: impl Iterator<Item = u8>, give: &mut impl FnMut(Posting)) {
        self.walk(value, |_, postings| postings.visit(give));
    }

    fn walk(&self, mut value: impl Iterator<Item = u8>, mut meet: impl FnMut(usize, &Postings)) {
        let mut length = 0;
        let mut next = self.nodes.get(ROOT);
        while let Some(node) = next {
            meet(length, &node.postings);
            if node.children.is_empty() {
                return;
            }
            let Some(byte) = value.next() else { return };
            next = node.child(byte).and_then(|child| self.nodes.get(child));
            let Some(child) = next else { return };
            length += child.edge.len();
            for &expected in child.edge.iter().skip(1) {
                if value.next() != Some(expected) {
                    return;
                }
            }
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
            trie.insert(prefix.bytes(), Posting { branch, need: 0 });
        }
        for value in ["", "a", "abcdefg", "abq", "y", "xx", "abcde"] {
            let mut found = Vec::new();
            trie.visit(value.bytes(), &mut |posting| found.push(posting.branch));
            found.sort_unstable();
            let starts =
                |(prefix, branch): (&&str, u32)| value.starts_with(*prefix).then_some(branch);
            let expected: Vec<u32> = prefixes.iter().zip(0..).filter_map(starts).collect();
            assert_eq!(found, expected, "{value}");
        }
        assert_eq!(trie.load("ab".bytes()), 2);
        assert_eq!(trie.load("abcd".bytes()), 0);
    }
}
