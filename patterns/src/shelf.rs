//! Branches of patterns come in, and events; the rules with a branch that an event satisfies go out.
//!
//! A shelf has an index over its branches, with the fields that they want and no others.

use super::branch::{Event, Needs};
use super::cursor::Cursor;
use super::index::{Index, Posting};
use super::operator::Operator;
use super::path::Paths;
use super::search::Search;
use super::walk;
use super::work::{Answers, Work};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// A branch whose rule has gone.
const GONE: u32 = u32::MAX;
/// How many alternatives are taken for those that many branches share.
const SHARED: u32 = 512;

/// Branches with an index over them.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    paths: Paths,
    fields: Vec<Field>,
    alternatives: Vec<Alternatives>,
    same: HashTable<u32>,
    state: RandomState,
    branches: Vec<IndexedBranch>,
    /// The alternatives of all branches, one after the other.
    needs: Vec<u32>,
    live: usize,
    index: Index,
}

/// A field that is wanted.
#[derive(Clone, Debug)]
struct Field {
    name: Box<[u8]>,
    /// Whether it does not follow empty steps.
    is_strict: bool,
    /// How many different alternatives branches have for it: the more, the more each tells.
    alternatives: usize,
}

/// What a field may be; kept once, however many branches need the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Alternatives {
    field: u32,
    operators: Box<[Operator]>,
}

/// A branch, the rule that it belongs to, and where its needs are: in the order of the fields' names.
#[derive(Clone, Copy, Debug)]
struct IndexedBranch {
    rule: u32,
    start: u32,
    end: u32,
}

/// One need of a branch to come.
#[derive(Clone, Copy)]
pub(crate) struct Need<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) is_strict: bool,
    pub(crate) operators: &'a [Operator],
}

impl Shelf {
    /// Adds a branch of a rule and gives its number here.
    pub(super) fn insert(&mut self, rule: u32, needs: &[Need<'_>]) -> u32 {
        let number = self.branches.len() as u32;
        let start = self.needs.len() as u32;
        for need in needs {
            let field = self.field(need.name, need.is_strict);
            let alternatives = self.intern(field, need.operators);
            self.needs.push(alternatives);
        }
        let end = self.needs.len() as u32;
        let branch = IndexedBranch { rule, start, end };
        self.anchor(branch, number);
        self.branches.push(branch);
        self.live += 1;
        number
    }

    /// Puts a branch into the index under one of its needs, with another that is asked first.
    fn anchor(&mut self, branch: IndexedBranch, number: u32) {
        let needs = self.needs_of(branch);
        let cost = |need: &u32| {
            let need = self.alternatives.get(*need as usize);
            need.map_or(u64::MAX, |need| self.cost(need))
        };
        let Some(anchor) = needs.iter().copied().min_by_key(cost) else {
            return;
        };
        let telling = |need: &u32| {
            let need = self.alternatives.get(*need as usize);
            need.map_or(0, |need| self.alternatives_of(need.field))
        };
        let others = || needs.iter().copied().filter(|need| *need != anchor);
        let shared = others().filter(|need| *need < SHARED).max_by_key(telling);
        let posting = Posting {
            branch: number,
            need: shared.or_else(|| others().next()).unwrap_or(anchor),
        };
        if let Some(anchor) = self.alternatives.get(anchor as usize) {
            self.index.insert(anchor.field, &anchor.operators, posting);
        }
    }

    /// How many false calls a need promises, if a branch stands under it.
    fn cost(&self, need: &Alternatives) -> u64 {
        let name = self
            .fields
            .get(need.field as usize)
            .map(|field| &*field.name);
        // What all events here have tells nothing; what stands deeper tells more.
        let is_top = name.is_none_or(|name| !name.contains(&b'.'));
        let others = self.branches.len() / self.alternatives_of(need.field).max(1);
        self.index.cost(need.field, &need.operators, others, is_top)
    }

    fn alternatives_of(&self, field: u32) -> usize {
        self.fields
            .get(field as usize)
            .map_or(0, |field| field.alternatives)
    }

    fn needs_of(&self, branch: IndexedBranch) -> &[u32] {
        let needs = self.needs.get(branch.start as usize..branch.end as usize);
        needs.unwrap_or(&[])
    }

    fn field(&mut self, name: &[u8], is_strict: bool) -> u32 {
        let new = self.fields.len() as u32;
        let field = self.paths.add_path(name, is_strict, new);
        if field == new {
            self.fields.push(Field {
                name: name.into(),
                is_strict,
                alternatives: 0,
            });
        }
        field
    }

    /// The number of alternatives of a field.
    fn intern(&mut self, field: u32, operators: &[Operator]) -> u32 {
        let Self {
            alternatives,
            same,
            state,
            fields,
            ..
        } = self;
        let of = |number: &u32| alternatives.get(*number as usize);
        let hash = |number: &u32| {
            of(number).map_or(0, |found| state.hash_one((found.field, &found.operators)))
        };
        let is_same = |number: &u32| {
            of(number).is_some_and(|found| found.field == field && *found.operators == *operators)
        };
        let new = alternatives.len() as u32;
        match same.entry(state.hash_one((field, operators)), is_same, hash) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                vacant.insert(new);
                let operators = operators.into();
                if let Some(field) = fields.get_mut(field as usize) {
                    field.alternatives += 1;
                }
                alternatives.push(Alternatives { field, operators });
                new
            }
        }
    }

    /// Takes a branch away.
    pub(super) fn remove(&mut self, branch: u32) {
        let found = self.branches.get_mut(branch as usize);
        if let Some(branch) = found.filter(|branch| branch.rule != GONE) {
            branch.rule = GONE;
            self.live -= 1;
        }
    }

    /// What a branch needs.
    pub(super) fn needs(&self, branch: u32) -> Vec<Need<'_>> {
        let branch = self.branches.get(branch as usize);
        let needs = branch.map_or(&[][..], |branch| self.needs_of(*branch));
        needs
            .iter()
            .filter_map(|need| self.need_of(*need))
            .collect()
    }

    /// How many branches there are, and how many places for them.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.live, self.branches.len())
    }

    /// Takes a branch away and puts it on another shelf; says its rule and its number there.
    pub(super) fn hand_over(&mut self, branch: u32, to: &mut Self) -> Option<(u32, u32)> {
        let found = self.branches.get(branch as usize).copied();
        let found = found.filter(|branch| branch.rule != GONE)?;
        let needs = self.needs(branch);
        let number = to.insert(found.rule, &needs);
        self.remove(branch);
        Some((found.rule, number))
    }

    /// Frees some of the memory of a shelf that is not used any more; says whether there is more.
    pub(super) fn dismantle(&mut self, count: usize) -> bool {
        let left = self.alternatives.len().saturating_sub(count);
        self.alternatives.truncate(left);
        left > 0
    }

    fn need_of(&self, alternatives: u32) -> Option<Need<'_>> {
        let need = self.alternatives.get(alternatives as usize)?;
        let field = self.fields.get(need.field as usize)?;
        Some(Need {
            name: &field.name,
            is_strict: field.is_strict,
            operators: &need.operators,
        })
    }

    /// Adds the rules that an event satisfies to those matched; one may come several times.
    pub(super) fn matching(&self, work: &mut Work<'_>) {
        let mut cursor = Cursor::new(work.bytes, work.outline);
        walk::collect(&mut cursor, &self.paths, work.leaves, work.walk);
        work.seen.clear(self.branches.len());
        work.satisfied.clear(self.alternatives.len());
        let event = Event {
            bytes: work.bytes,
            leaves: work.leaves,
        };
        // All are looked up before any is followed: what is far in memory is waited for once.
        work.listed.clear();
        for leaf in &event.leaves.leaves {
            let value = event.leaves.value(leaf, event.bytes);
            work.listed.extend(self.index.find(leaf.field, value));
        }
        let mut check = Check {
            shelf: self,
            event,
            search: work.search,
            seen: work.seen,
            satisfied: work.satisfied,
            matched: work.matched,
        };
        for listed in work.listed.drain(..) {
            self.index
                .give(listed, &mut |posting| check.posting(posting));
        }
        for (leaf, number) in event.leaves.leaves.iter().zip(0..) {
            let value = event.leaves.value(leaf, event.bytes);
            let is_first = event.leaves.is_first(leaf.field, number);
            let mut give = |posting: Posting| check.posting(posting);
            self.index
                .visit(leaf.field, value, is_first, work.folded, &mut give);
        }
        for (field, branches) in self.index.absences() {
            if !event.has_leaf_outside_arrays(field) {
                branches.iter().for_each(|&branch| check.posting(branch));
            }
        }
    }
}

/// The checking of branches that the index gave.
struct Check<'a> {
    shelf: &'a Shelf,
    event: Event<'a>,
    search: &'a mut Search,
    seen: &'a mut Answers,
    satisfied: &'a mut Answers,
    matched: &'a mut Vec<u32>,
}

impl Check<'_> {
    /// A branch that is possible; most are not, by the one need that is known without looking at them.
    #[inline]
    fn posting(&mut self, posting: Posting) {
        if self.may_match(posting.need) {
            self.branch(posting.branch);
        }
    }

    fn branch(&mut self, number: u32) {
        let Some(&branch) = self.shelf.branches.get(number as usize) else {
            return;
        };
        if branch.rule == GONE || !self.seen.is_new(number) {
            return;
        }
        let needs = self.shelf.needs_of(branch);
        // What many branches share came first, is near in memory and known already more often than not.
        let (shared, own) = (
            |need: &&u32| **need < SHARED,
            |need: &&u32| **need >= SHARED,
        );
        if !needs
            .iter()
            .filter(shared)
            .all(|need| self.may_match(*need))
            || !needs.iter().filter(own).all(|need| self.may_match(*need))
        {
            return;
        }
        let needs = Needed {
            alternatives: &self.shelf.alternatives,
            needs,
        };
        if self.event.agrees_in_arrays(&needs, self.search) {
            self.matched.push(branch.rule);
        }
    }

    /// Whether alternatives could be satisfied; each is asked once for an event.
    fn may_match(&mut self, need: u32) -> bool {
        if let Some(known) = self.satisfied.answer(need) {
            return known;
        }
        let alternatives = self.shelf.alternatives.get(need as usize);
        let may_match =
            alternatives.is_some_and(|need| self.event.may_match(need.field, &need.operators));
        self.satisfied.set(need, may_match);
        may_match
    }
}

struct Needed<'a> {
    alternatives: &'a [Alternatives],
    needs: &'a [u32],
}

impl Needs for Needed<'_> {
    fn count(&self) -> usize {
        self.needs.len()
    }

    fn need(&self, index: usize) -> (u32, &[Operator]) {
        let number = self
            .needs
            .get(index)
            .map_or(usize::MAX, |need| *need as usize);
        let need = self.alternatives.get(number);
        need.map_or((u32::MAX, &[]), |need| (need.field, &need.operators))
    }
}
