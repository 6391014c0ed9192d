//! An event with arrays and the fields of a branch come in; whether one leaf for each field can be found such
//! that all of them lie in the same element of every array that they share goes out.
//!
//! Fields are taken in the order of their names, as the engine does, because `exists: false` looks only at
//! leaves that agree with those taken before. Also as in the engine, a field that has leaves in an array of a
//! leaf taken before takes none from outside of that array. Elements are numbered in the order of the event, so whatever
//! conflicts with an element already taken is stepped over by binary search; and when a search grows long,
//! it remembers what failed by the elements that still matter, so that arrays side by side do not multiply.

use super::branch::{Event, Needs, wants_absence};
use super::leaf::{Leaves, NOWHERE};
use super::operator::Operator;
use std::collections::HashSet;

/// From how many steps on failures are remembered.
const LONG: usize = 1000;

impl Event<'_> {
    fn has_leaf_in_array(self, field: u32) -> bool {
        self.leaves.of(field).any(|leaf| leaf.element != NOWHERE)
    }

    /// Whether all fields are satisfied at once.
    pub(crate) fn satisfies(self, needs: &impl Needs, search: &mut Search) -> bool {
        let fields = || (0..needs.count()).map(|index| needs.need(index));
        if !fields().all(|(field, operators)| self.may_match(field, operators)) {
            return false;
        }
        self.agrees_in_arrays(needs, search)
    }

    /// Whether fields that could be satisfied each by itself are so in the same elements of arrays.
    pub(crate) fn agrees_in_arrays(self, needs: &impl Needs, search: &mut Search) -> bool {
        if self.leaves.arrays() == 0 {
            return true;
        }
        let fields = || (0..needs.count()).map(|index| needs.need(index));
        let in_arrays = |&(field, _): &(u32, _)| self.has_leaf_in_array(field);
        match fields().filter(in_arrays).count() {
            0 => true,
            1 => fields().all(|(field, operators)| self.is_satisfied_alone(field, operators)),
            _ => search.run(self, needs),
        }
    }

    fn is_satisfied_alone(self, field: u32, operators: &[Operator]) -> bool {
        let mut leaves = self.leaves.of(field);
        leaves.any(|leaf| self.takes(leaf, operators))
            || (wants_absence(operators) && self.leaves.of(field).next().is_none())
    }
}

/// What a search works with; kept from event to event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// The elements of the leaves that satisfy a field, ascending, field after field.
    fitting: Vec<u32>,
    /// The elements of all leaves.
    present: Vec<u32>,
    fields: Vec<Candidates>,
    taken: Vec<u32>,
    steps: usize,
    /// For each array the last field that has leaves in it; filled when a search is long.
    reach: Vec<u32>,
    /// From which field on nothing fitted, given the taken elements that still mattered.
    failed: HashSet<(usize, Vec<u32>)>,
}

/// Where a field's elements are.
#[derive(Clone, Copy, Debug)]
struct Candidates {
    fitting: (usize, usize),
    present: (usize, usize),
    wants_absence: bool,
}

impl Search {
    /// Whether the fields can be satisfied together.
    pub(crate) fn run(&mut self, event: Event<'_>, needs: &impl Needs) -> bool {
        self.clear();
        for index in 0..needs.count() {
            self.add(event, needs, index);
        }
        self.from(event.leaves, 0)
    }

    fn clear(&mut self) {
        self.fitting.clear();
        self.present.clear();
        self.fields.clear();
        self.taken.clear();
        self.reach.clear();
        self.failed.clear();
        self.steps = 0;
    }

    fn add(&mut self, event: Event<'_>, needs: &impl Needs, index: usize) {
        let (field, operators) = needs.need(index);
        let start = (self.fitting.len(), self.present.len());
        for leaf in event.leaves.of(field) {
            push_new(&mut self.present, start.1, leaf.element);
            if event.takes(leaf, operators) {
                push_new(&mut self.fitting, start.0, leaf.element);
            }
        }
        self.fields.push(Candidates {
            fitting: (start.0, self.fitting.len()),
            present: (start.1, self.present.len()),
            wants_absence: wants_absence(operators),
        });
    }

    /// Whether the fields from one on can be satisfied together with what is taken.
    fn from(&mut self, leaves: &Leaves, index: usize) -> bool {
        let Some(&candidates) = self.fields.get(index) else {
            return true;
        };
        self.steps += 1;
        let state = (self.steps > LONG).then(|| (index, self.what_matters(leaves, index)));
        if state
            .as_ref()
            .is_some_and(|state| self.failed.contains(state))
        {
            return false;
        }
        if self.try_absence(leaves, index, candidates) || self.try_leaves(leaves, index, candidates)
        {
            return true;
        }
        self.failed.extend(state);
        false
    }

    fn try_absence(&mut self, leaves: &Leaves, index: usize, candidates: Candidates) -> bool {
        if !candidates.wants_absence {
            return false;
        }
        let (start, end) = candidates.present;
        let agreeing = self.agreeing(leaves, &self.present, start, end);
        agreeing.is_none() && self.from(leaves, index + 1)
    }

    fn try_leaves(&mut self, leaves: &Leaves, index: usize, candidates: Candidates) -> bool {
        let (mut start, end) = candidates.fitting;
        while let Some(at) = self.agreeing(leaves, &self.fitting, start, end) {
            start = at + 1;
            let element = self.fitting.get(at).copied().unwrap_or(NOWHERE);
            if self.is_outside(leaves, element, candidates) {
                continue;
            }
            self.taken.push(element);
            if self.from(leaves, index + 1) {
                return true;
            }
            self.taken.pop();
        }
        false
    }

    /// Whether an element lies outside an array of a taken one in which the field has leaves.
    fn is_outside(&self, leaves: &Leaves, element: u32, candidates: Candidates) -> bool {
        let (start, end) = candidates.present;
        let present = self.present.get(start..end).unwrap_or(&[]);
        let has_leaf_in = |(first, end): (u32, u32)| {
            let at = present.partition_point(|&other| other < first);
            present.get(at).is_some_and(|&other| other < end)
        };
        let around = self.taken.iter().flat_map(|&taken| leaves.around(taken));
        let mut arrays = around.map(|taken| leaves.array_of(taken));
        arrays.any(|(first, end)| !(first..end).contains(&element) && has_leaf_in((first, end)))
    }

    /// The first of some elements that conflicts with none that is taken.
    fn agreeing(
        &self,
        leaves: &Leaves,
        elements: &[u32],
        mut start: usize,
        end: usize,
    ) -> Option<usize> {
        'next: while start < end {
            let element = *elements.get(start)?;
            for &taken in &self.taken {
                let Some(there) = leaves.conflict(taken, element) else {
                    continue;
                };
                let go_on_at = if element < there {
                    there
                } else {
                    leaves.array_of(there).1
                };
                let rest = elements.get(start..end)?;
                start += rest.partition_point(|&element| element < go_on_at).max(1);
                continue 'next;
            }
            return Some(start);
        }
        None
    }

    /// The taken elements whose arrays hold leaves of the fields still to come, sorted.
    fn what_matters(&mut self, leaves: &Leaves, index: usize) -> Vec<u32> {
        if self.reach.is_empty() {
            self.fill_reach(leaves);
        }
        let reaches = |&element: &u32| {
            let reach = self.reach.get(leaves.array(element) as usize);
            reach.is_some_and(|&last| last as usize >= index)
        };
        let taken = self.taken.iter().flat_map(|&taken| leaves.around(taken));
        let mut matter: Vec<u32> = taken.filter(reaches).collect();
        matter.sort_unstable();
        matter.dedup();
        matter
    }

    /// Later fields first: where one has been, all arrays around have been reached.
    fn fill_reach(&mut self, leaves: &Leaves) {
        self.reach.resize(leaves.arrays(), 0);
        let mut seen = vec![false; leaves.arrays()];
        for (index, field) in self.fields.iter().enumerate().rev() {
            let present = self.present.get(field.present.0..field.present.1);
            let elements = present.into_iter().flatten();
            for element in elements.flat_map(|&element| leaves.around(element)) {
                let array = leaves.array(element) as usize;
                if let (Some(seen @ false), Some(reach)) =
                    (seen.get_mut(array), self.reach.get_mut(array))
                {
                    *seen = true;
                    *reach = index as u32;
                }
            }
        }
    }
}

/// Keeps elements ascending and each once. A field's leaves come in the order of the event.
fn push_new(elements: &mut Vec<u32>, start: usize, element: u32) {
    match elements.get(start..).and_then(<[u32]>::last) {
        Some(&last) if last == element => {}
        Some(&last) if last > element => insert(elements, start, element),
        _ => elements.push(element),
    }
}

/// A leaf outside an inner element comes after those inside.
fn insert(elements: &mut Vec<u32>, start: usize, element: u32) {
    let before = elements.get(start..).unwrap_or(&[]);
    let at = start + before.partition_point(|&other| other < element);
    if elements.get(at) != Some(&element) {
        elements.insert(at, element);
    }
}
