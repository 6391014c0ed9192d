//! Ranges of numbers come in; those that hold a number go out, in time that grows with how many they are
//! and hardly with how many there are.
//!
//! A range stands at the longest run of leading bits that its two ends share. A number meets only ranges at
//! its own leading bits, and of those it lies either before the middle, where all that begin in time hold it,
//! or behind, where all that end late enough do.

use super::super::number::Comparable;
use super::postings::Posting;
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Ranges with the branches under them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges {
    /// A bit for each number of leading bits at which ranges stand.
    levels: [u64; 2],
    /// By how many leading bits and which.
    forks: HashMap<(u32, u64), Fork, RandomState>,
}

/// The ranges that part at one place, by their ends.
#[derive(Clone, Debug, Default)]
struct Fork {
    by_first: Sorted,
    by_last: Sorted,
}

impl Ranges {
    /// How many ranges hold a number.
    pub(crate) fn load(&self, number: Comparable) -> usize {
        let mut count = 0;
        self.visit(number, &mut |_| count += 1);
        count
    }

    pub(crate) fn insert(&mut self, first: Comparable, last: Comparable, branch: Posting) {
        let shared = (first.0 ^ last.0).leading_zeros();
        if let Some(levels) = self.levels.get_mut(shared as usize / 64) {
            *levels |= 1 << (shared % 64);
        }
        let key = (shared, leading(first.0, shared));
        let fork = self.forks.entry(key).or_default();
        fork.by_first.insert((first.0, branch));
        fork.by_last.insert((last.0, branch));
    }

    /// Gives the branches of all ranges that hold a number.
    pub(crate) fn visit(&self, number: Comparable, give: &mut impl FnMut(Posting)) {
        for (levels, start) in self.levels.iter().zip([0, 64]) {
            let mut rest = *levels;
            while rest != 0 {
                let shared = start + rest.trailing_zeros();
                rest &= rest - 1;
                if let Some(fork) = self.forks.get(&(shared, leading(number.0, shared))) {
                    fork.visit(number.0, number.0 << shared.min(63) >> 63 == 0, give);
                }
            }
        }
    }
}

impl Fork {
    fn visit(&self, number: u64, is_before_middle: bool, give: &mut impl FnMut(Posting)) {
        if is_before_middle {
            self.by_first.upto(number, give);
        } else {
            self.by_last.from(number, give);
        }
    }
}

/// How many entries stand in one piece.
const PIECE: usize = 256;

/// Entries in order, in pieces that are short enough to be moved when one comes between.
#[derive(Clone, Debug, Default)]
struct Sorted {
    pieces: Vec<Vec<(u64, Posting)>>,
}

impl Sorted {
    fn insert(&mut self, entry: (u64, Posting)) {
        let ends_before =
            |piece: &Vec<(u64, Posting)>| piece.last().is_some_and(|last| *last < entry);
        let at = self.pieces.partition_point(ends_before);
        let at = at.min(self.pieces.len().saturating_sub(1));
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(vec![entry]);
            return;
        };
        let place = piece.partition_point(|other| *other < entry);
        piece.insert(place, entry);
        if piece.len() > PIECE {
            let upper = piece.split_off(PIECE / 2);
            self.pieces.insert(at + 1, upper);
        }
    }

    /// Gives what stands at a number and before.
    fn upto(&self, number: u64, give: &mut impl FnMut(Posting)) {
        let entries = self.pieces.iter().flatten();
        let begun = entries.take_while(|(first, _)| *first <= number);
        begun.for_each(|(_, branch)| give(*branch));
    }

    /// Gives what stands at a number and behind.
    fn from(&self, number: u64, give: &mut impl FnMut(Posting)) {
        let entries = self
            .pieces
            .iter()
            .rev()
            .flat_map(|piece| piece.iter().rev());
        let lasting = entries.take_while(|(last, _)| *last >= number);
        lasting.for_each(|(_, branch)| give(*branch));
    }
}

fn leading(bits: u64, count: u32) -> u64 {
    bits.checked_shr(64 - count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_entries_keep_their_order() {
        let mut sorted = Sorted::default();
        let mut number = 1_u64;
        for branch in 0..5_000 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(branch);
            let branch = branch as u32;
            sorted.insert((number % 1_000, Posting { branch, need: 0 }));
        }
        let all: Vec<_> = sorted.pieces.iter().flatten().collect();
        assert!(all.is_sorted() && all.len() == 5_000);
        let (mut upto, mut from) = (0, 0);
        sorted.upto(499, &mut |_| upto += 1);
        sorted.from(500, &mut |_| from += 1);
        assert_eq!(upto + from, 5_000);
        assert_eq!(upto, all.iter().filter(|(number, _)| *number < 500).count());
    }

    #[test]
    fn every_range_that_holds_a_number_is_found() {
        let ends = [0, 1, 2, 5, 6, 7, 8, 1 << 40, u64::MAX - 1, u64::MAX];
        let pairs = ends
            .iter()
            .flat_map(|&first| ends.map(|last| (first, last)));
        let ranges: Vec<(u64, u64)> = pairs.filter(|(first, last)| first <= last).collect();
        let mut index = Ranges::default();
        for (&(first, last), branch) in ranges.iter().zip(0..) {
            let posting = Posting { branch, need: 0 };
            index.insert(Comparable(first), Comparable(last), posting);
        }
        for number in ends.into_iter().chain([3, 4, 9, 1 << 39, u64::MAX - 2]) {
            let mut found = Vec::new();
            index.visit(Comparable(number), &mut |posting: Posting| {
                found.push(posting.branch)
            });
            found.sort_unstable();
            let holds = |(range, branch): (&(u64, u64), u32)| {
                (range.0..=range.1).contains(&number).then_some(branch)
            };
            let expected: Vec<u32> = ranges.iter().zip(0..).filter_map(holds).collect();
            assert_eq!(found, expected, "{number}");
        }
    }
}
