//! Ranges of numbers come in; those that hold a number go out, in time that grows with how many they are
//! and hardly with how many there are.
//!
//! A range stands at the longest run of leading bits that its two ends share. A number meets only ranges at
//! its own leading bits, and of those it lies either before the middle, where all that begin in time hold it,
//! or behind, where all that end late enough do.

use super::super::number::Comparable;
use std::collections::{BTreeMap, BTreeSet};

/// Ranges with the branches under them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges {
    /// By how many leading bits, and which.
    forks: BTreeMap<(u32, u64), Fork>,
}

/// The ranges that part at one place, by their ends.
#[derive(Clone, Debug, Default)]
struct Fork {
    by_first: BTreeSet<(u64, u32)>,
    by_last: BTreeSet<(u64, u32)>,
}

impl Ranges {
    pub(crate) fn is_empty(&self) -> bool {
        self.forks.is_empty()
    }

    /// How many ranges hold a number.
    pub(crate) fn load(&self, number: Comparable) -> usize {
        let mut count = 0;
        self.visit(number, &mut |_| count += 1);
        count
    }

    pub(crate) fn insert(&mut self, first: Comparable, last: Comparable, branch: u32) {
        let shared = (first.0 ^ last.0).leading_zeros();
        let fork = self
            .forks
            .entry((shared, leading(first.0, shared)))
            .or_default();
        fork.by_first.insert((first.0, branch));
        fork.by_last.insert((last.0, branch));
    }

    /// Gives the branches of all ranges that hold a number.
    pub(crate) fn visit(&self, number: Comparable, give: &mut impl FnMut(u32)) {
        let mut from = 0;
        while let Some((&(shared, _), _)) = self.forks.range((from, 0)..).next() {
            if let Some(fork) = self.forks.get(&(shared, leading(number.0, shared))) {
                fork.visit(number.0, number.0 << shared.min(63) >> 63 == 0, give);
            }
            from = shared + 1;
        }
    }
}

impl Fork {
    fn visit(&self, number: u64, is_before_middle: bool, give: &mut impl FnMut(u32)) {
        if is_before_middle {
            let begun = self.by_first.range(..=(number, u32::MAX));
            begun.for_each(|&(_, branch)| give(branch));
        } else {
            let lasting = self.by_last.range((number, 0)..);
            lasting.for_each(|&(_, branch)| give(branch));
        }
    }
}

fn leading(bits: u64, count: u32) -> u64 {
    bits.checked_shr(64 - count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_that_holds_a_number_is_found() {
        let ends = [0, 1, 2, 5, 6, 7, 8, 1 << 40, u64::MAX - 1, u64::MAX];
        let pairs = ends
            .iter()
            .flat_map(|&first| ends.map(|last| (first, last)));
        let ranges: Vec<(u64, u64)> = pairs.filter(|(first, last)| first <= last).collect();
        let mut index = Ranges::default();
        for (&(first, last), branch) in ranges.iter().zip(0..) {
            index.insert(Comparable(first), Comparable(last), branch);
        }
        for number in ends.into_iter().chain([3, 4, 9, 1 << 39, u64::MAX - 2]) {
            let mut found = Vec::new();
            index.visit(Comparable(number), &mut |branch| found.push(branch));
            found.sort_unstable();
            let holds = |(range, branch): (&(u64, u64), u32)| {
                (range.0..=range.1).contains(&number).then_some(branch)
            };
            let expected: Vec<u32> = ranges.iter().zip(0..).filter_map(holds).collect();
            assert_eq!(found, expected, "{number}");
        }
    }
}
