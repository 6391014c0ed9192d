//! Branches of patterns come in, and events; the rules with a branch that an event satisfies go out.
//!
//! A partition holds the branches that one detail-type asks for, with the fields that they want and no others.

use super::branch::{Event, Needs};
use super::index::Index;
use super::leaf::{Leaves, Source};
use super::operator::Operator;
use super::path::Paths;
use super::search::Search;
use super::outline::Outline;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// A branch whose rule has gone.
const GONE: u32 = u32::MAX;
/// How many branches more may be gone than there are, before all is built anew.
const SPARE: usize = 64;

/// Branches with an index over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partition {
    paths: Paths,
    /// Each field's name, and whether it does not follow empty steps.
    fields: Vec<(Box<[u8]>, bool)>,
    alternatives: Vec<Box<[Operator]>>,
    same: HashTable<u32>,
    state: RandomState,
    branches: Vec<Member>,
    live: usize,
    index: Index,
}

/// A branch and the rule that it belongs to.
#[derive(Clone, Debug)]
struct Member {
    rule: u32,
    /// Fields and alternatives, in the order of the fields' names.
    needs: Box<[(u32, u32)]>,
}

/// One need of a branch to come.
#[derive(Clone, Copy)]
pub(crate) struct Need<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) is_strict: bool,
    pub(crate) operators: &'a [Operator],
}

/// What is done with an event: working memory, and what has been found.
pub(crate) struct Work<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) outline: &'a Outline,
    pub(crate) leaves: &'a mut Leaves,
    pub(crate) search: &'a mut Search,
    pub(crate) folded: &'a mut Vec<u8>,
    /// The branches that have been looked at, by the mark of this event.
    pub(crate) seen: &'a mut Marks,
    pub(crate) matched: &'a mut Vec<u32>,
}

/// Which numbers have been met since the last clearing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<u32>,
    current: u32,
}

impl Marks {
    /// Forgets all, for numbers below a count.
    pub(crate) fn clear(&mut self, count: usize) {
        self.current = self.current.wrapping_add(1);
        if self.current == 0 {
            self.marks.fill(0);
            self.current = 1;
        }
        if self.marks.len() < count {
            self.marks.resize(count, 0);
        }
    }

    /// Whether a number is met for the first time.
    pub(crate) fn is_new(&mut self, number: u32) -> bool {
        match self.marks.get_mut(number as usize) {
            Some(mark) if *mark == self.current => false,
            Some(mark) => {
                *mark = self.current;
                true
            }
            None => true,
        }
    }
}

impl Partition {
    /// Adds a branch of a rule and gives its number here.
    pub(crate) fn insert(&mut self, rule: u32, needs: &[Need<'_>]) -> u32 {
        let needs = needs.iter().map(|need| {
            let field = self.field(need.name, need.is_strict);
            (field, self.intern(need.operators))
        });
        let needs = needs.collect();
        self.push(Member { rule, needs })
    }

    fn push(&mut self, member: Member) -> u32 {
        let number = self.branches.len() as u32;
        let needs = member.needs.iter();
        let needs = needs.map(|&(field, alternatives)| (field, self.operators(alternatives)));
        let anchor = needs.min_by_key(|(field, operators)| self.index.cost(*field, operators));
        if let Some((field, _)) = anchor {
            let chosen = member.needs.iter().find(|(other, _)| *other == field);
            let operators = chosen.and_then(|(_, all)| self.alternatives.get(*all as usize));
            self.index.insert(field, operators.map_or(&[], |operators| operators), number);
        }
        self.branches.push(member);
        self.live += 1;
        number
    }

    fn field(&mut self, name: &[u8], is_strict: bool) -> u32 {
        let new = self.fields.len() as u32;
        let field = self.paths.want(name, is_strict, new);
        if field == new {
            self.fields.push((name.into(), is_strict));
        }
        field
    }

    fn operators(&self, alternatives: u32) -> &[Operator] {
        let operators = self.alternatives.get(alternatives as usize);
        operators.map_or(&[], |operators| operators)
    }

    /// Keeps alternatives once, however many branches have the same.
    fn intern(&mut self, operators: &[Operator]) -> u32 {
        let Self {
            alternatives,
            same,
            state,
            ..
        } = self;
        let of = |number: &u32| alternatives.get(*number as usize).map(|found| &**found);
        let hash = |number: &u32| state.hash_one(of(number).unwrap_or(&[]));
        let is_same = |number: &u32| of(number) == Some(operators);
        let new = alternatives.len() as u32;
        match same.entry(state.hash_one(operators), is_same, hash) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                vacant.insert(new);
                alternatives.push(operators.into());
                new
            }
        }
    }

    /// Takes a branch away.
    pub(crate) fn remove(&mut self, branch: u32) {
        if let Some(member) = self.branches.get_mut(branch as usize) {
            member.rule = GONE;
            member.needs = Box::default();
            self.live -= 1;
        }
    }

    /// Whether so many branches are gone that the partition should be built anew.
    pub(crate) fn is_untidy(&self) -> bool {
        let gone = self.branches.len() - self.live;
        gone > 0 && (self.live == 0 || gone > self.live + SPARE)
    }

    /// Whether no branch is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// The same branches without what is left of those that are gone; tells each its rule and its new number.
    pub(crate) fn rebuilt(&self, mut tell: impl FnMut(u32, u32, u32)) -> Self {
        let mut new = Self::default();
        for (member, old) in self.branches.iter().zip(0..).filter(|(member, _)| member.rule != GONE) {
            let needs: Vec<Need<'_>> = member.needs.iter().filter_map(|need| self.need_of(*need)).collect();
            let number = new.insert(member.rule, &needs);
            tell(member.rule, old, number);
        }
        new
    }

    fn need_of(&self, (field, alternatives): (u32, u32)) -> Option<Need<'_>> {
        let (name, is_strict) = self.fields.get(field as usize)?;
        Some(Need {
            name,
            is_strict: *is_strict,
            operators: self.operators(alternatives),
        })
    }

    /// Adds the rules that an event satisfies to those matched; one may come several times.
    pub(crate) fn matching(&self, work: Work<'_>) {
        work.leaves.collect(Source {
            bytes: work.bytes,
            outline: work.outline,
            paths: &self.paths,
        });
        work.seen.clear(self.branches.len());
        let event = Event {
            bytes: work.bytes,
            leaves: work.leaves,
        };
        let (search, seen, matched) = (work.search, work.seen, work.matched);
        let mut check = |branch: u32| {
            if seen.is_new(branch) {
                self.check(branch, event, search, matched);
            }
        };
        for (leaf, number) in event.leaves.leaves.iter().zip(0..) {
            let value = event.leaves.value(leaf, event.bytes);
            let is_first = event.leaves.is_first(leaf.field, number);
            self.index.visit(leaf.field, value, is_first, work.folded, &mut check);
        }
        for (field, branches) in self.index.absences() {
            if !event.has_leaf_outside_arrays(field) {
                branches.iter().for_each(|&branch| check(branch));
            }
        }
    }

    fn check(&self, branch: u32, event: Event<'_>, search: &mut Search, matched: &mut Vec<u32>) {
        let Some(member) = self.branches.get(branch as usize) else {
            return;
        };
        let needs = Needed {
            partition: self,
            needs: &member.needs,
        };
        if member.rule != GONE && event.satisfies(&needs, search) {
            matched.push(member.rule);
        }
    }
}

struct Needed<'a> {
    partition: &'a Partition,
    needs: &'a [(u32, u32)],
}

impl Needs for Needed<'_> {
    fn count(&self) -> usize {
        self.needs.len()
    }

    fn need(&self, index: usize) -> (u32, &[Operator]) {
        let (field, alternatives) = self.needs.get(index).copied().unwrap_or_default();
        (field, self.partition.operators(alternatives))
    }
}
