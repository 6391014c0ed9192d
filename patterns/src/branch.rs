//! An event as a branch of a pattern sees it: the leaves of its fields, and which of them operators take.

use super::leaf::{Leaf, Leaves, NOWHERE};
use super::operator::{Operator, Value};

/// What one branch needs: each field with its alternatives, in the order of the fields' names.
pub(crate) trait Needs {
    /// How many fields there are.
    fn count(&self) -> usize;
    /// A field's number and its alternatives.
    fn need(&self, index: usize) -> (u32, &[Operator]);
}

/// An event whose leaves have been collected.
#[derive(Clone, Copy)]
pub(crate) struct Event<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) leaves: &'a Leaves,
}

impl<'a> Event<'a> {
    /// The values of a field.
    pub(crate) fn values(self, field: u32) -> impl Iterator<Item = Value<'a>> {
        let leaves = self.leaves.of(field);
        leaves.map(move |leaf| self.leaves.value(leaf, self.bytes))
    }

    /// Whether one of the operators takes a leaf.
    pub(crate) fn takes(self, leaf: &Leaf, operators: &[Operator]) -> bool {
        let value = self.leaves.value(leaf, self.bytes);
        operators.iter().any(|operator| operator.takes(value))
    }

    /// Whether some leaf of a field, or its absence, satisfies its operators as far as the field alone can tell.
    pub(crate) fn may_match(self, field: u32, operators: &[Operator]) -> bool {
        let mut leaves = self.leaves.of(field);
        leaves.any(|leaf| self.takes(leaf, operators))
            || (wants_absence(operators) && !self.has_leaf_outside_arrays(field))
    }

    /// Whether a field has a leaf that lies in no array element.
    pub(crate) fn has_leaf_outside_arrays(self, field: u32) -> bool {
        self.leaves.of(field).any(|leaf| leaf.element == NOWHERE)
    }
}

/// Whether the absence of a field is one of the alternatives.
pub(crate) fn wants_absence(operators: &[Operator]) -> bool {
    let is_absent = |operator: &Operator| matches!(operator, Operator::Absent);
    operators.iter().any(is_absent)
}
