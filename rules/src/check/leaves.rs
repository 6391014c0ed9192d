//! The tree of a pattern comes in; the fields that it asks for go out, each with its keys and their places, and which of
//! them are asked for together: the alternatives of every `$or` written out.

use crate::reading::UNKNOWN;
use eventbridge_catalog::json::{Member, Node, Value};
use std::ops::Range;

/// More combinations are not written out; EventBridge allows no more.
const MAX_BRANCHES: usize = 1_000;

/// More fields are not written into branches.
const MAX_FIELDS: usize = 50_000;

/// A step of a field's path. A key with dots is several of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'t> {
    pub(super) name: &'t str,
    pub(super) member: &'t Member,
    /// The keys beside it.
    pub(super) siblings: &'t [Member],
}

impl Step<'_> {
    pub(crate) fn span(&self) -> Range<usize> {
        self.member.key_span.clone()
    }

    /// Whether the step is all of its key.
    pub(super) fn is_whole_key(&self) -> bool {
        self.member.key == self.name
    }

    /// Whether the key's object has a key of this name already.
    pub(super) fn has_sibling(&self, name: &str) -> bool {
        self.siblings.iter().any(|member| member.key == name)
    }
}

/// A field that a pattern asks for.
#[derive(Debug)]
pub(crate) struct Leaf<'t> {
    pub(crate) steps: Vec<Step<'t>>,
    pub(crate) node: &'t Node,
}

impl<'t> Leaf<'t> {
    pub(crate) fn names(&self) -> Vec<&'t str> {
        self.steps.iter().map(|step| step.name).collect()
    }

    /// Whether only the lack of the field is asked for.
    pub(super) fn is_absent(&self) -> bool {
        let is_absent = |item: &Node| {
            matches!(
                item.get("exists").map(|node| &node.value),
                Some(Value::Bool(false))
            )
        };
        !self.node.items().is_empty() && self.node.items().iter().all(is_absent)
    }
}

/// The fields of a pattern, and which are asked for together.
#[derive(Debug, Default)]
pub(crate) struct Leaves<'t> {
    pub(crate) all: Vec<Leaf<'t>>,
    pub(crate) branches: Vec<Vec<usize>>,
    /// Whether there are more combinations than are written out.
    pub(super) is_cut: bool,
    written: usize,
}

impl<'t> Leaves<'t> {
    pub(crate) fn of(tree: &'t Node) -> Self {
        let mut leaves = Leaves::default();
        let mut branches = vec![Vec::new()];
        leaves.object(tree, &mut Vec::new(), &mut branches);
        leaves.branches = branches;
        leaves
    }

    fn object(&mut self, node: &'t Node, path: &mut Vec<Step<'t>>, branches: &mut Vec<Vec<usize>>) {
        // Of a key that is not known nothing can be said.
        let known = |member: &&'t Member| !member.key.contains(UNKNOWN);
        for member in node.members().iter().filter(known) {
            if member.key == "$or" && is_alternatives(&member.node) {
                self.alternatives(member.node.items(), path, branches);
                continue;
            }
            let length = path.len();
            path.extend(member.key.split('.').map(|name| Step {
                name,
                member,
                siblings: node.members(),
            }));
            match &member.node.value {
                Value::Object(_) => self.object(&member.node, path, branches),
                _ => self.leaf(&member.node, path, branches),
            }
            path.truncate(length);
        }
    }

    fn alternatives(
        &mut self,
        items: &'t [Node],
        path: &mut Vec<Step<'t>>,
        branches: &mut Vec<Vec<usize>>,
    ) {
        let before = std::mem::take(branches);
        for item in items {
            let mut own = before.clone();
            self.written += before.iter().map(Vec::len).sum::<usize>();
            if branches.len() + own.len() > MAX_BRANCHES || self.written > MAX_FIELDS {
                self.is_cut = true;
                own.truncate(1);
            }
            self.object(item, path, &mut own);
            branches.append(&mut own);
        }
    }

    fn leaf(&mut self, node: &'t Node, path: &[Step<'t>], branches: &mut [Vec<usize>]) {
        let leaf = Leaf {
            steps: path.to_vec(),
            node,
        };
        let number = self.all.len();
        self.written += branches.len();
        for branch in branches {
            // Of a field that stands twice the later one counts.
            let same = |other: &usize| {
                let other: &Leaf<'_> = &self.all[*other];
                other.steps.len() == leaf.steps.len() && other.names() == leaf.names()
            };
            branch.retain(|other| !same(other));
            branch.push(number);
        }
        self.all.push(leaf);
    }
}

fn is_alternatives(node: &Node) -> bool {
    let is_object = |item: &Node| matches!(item.value, Value::Object(_));
    !node.items().is_empty() && node.items().iter().all(is_object)
}
