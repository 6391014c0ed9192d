//! Branches of patterns come in and go, and events; the rules with a branch that an event satisfies go out.
//!
//! A partition holds the branches that one detail-type asks for. Where most of them are gone, the others move to a new shelf,
//! some at each change, so that no change takes long.

use super::shelf::{Need, Shelf};
use super::work::Work;

/// How many branches more may be gone than there are, before the others move.
const SPARE: usize = 64;

/// How many move at a change, and how many that are gone are passed over.
const MOVED: usize = 256;
const PASSED: usize = 4_096;

/// How many alternatives of what was left are freed at a change.
const FREED: usize = 2_048;

/// In the number of a branch, which of two shelves it is on.
const SECOND: u32 = 1 << 31;

/// Branches with an index over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partition {
    shelf: Shelf,
    /// Which of two it is.
    is_second: bool,
    /// Where the branches move to.
    next: Option<Shelf>,
    /// The next one to move.
    moving: u32,
}

impl Partition {
    /// Adds a branch of a rule and gives its number here.
    pub(crate) fn insert(&mut self, rule: u32, needs: &[Need<'_>]) -> u32 {
        match &mut self.next {
            Some(next) => next.insert(rule, needs) | flag(!self.is_second),
            None => self.shelf.insert(rule, needs) | flag(self.is_second),
        }
    }

    /// Takes a branch away.
    pub(crate) fn remove(&mut self, branch: u32) {
        let number = branch & !SECOND;
        match &mut self.next {
            Some(next) if branch & SECOND == flag(!self.is_second) => next.remove(number),
            _ => self.shelf.remove(number),
        }
    }

    /// What a branch needs.
    pub(crate) fn needs(&self, branch: u32) -> Vec<Need<'_>> {
        self.shelf_of(branch).needs(branch & !SECOND)
    }

    fn shelf_of(&self, branch: u32) -> &Shelf {
        match &self.next {
            Some(next) if branch & SECOND == flag(!self.is_second) => next,
            _ => &self.shelf,
        }
    }

    /// Whether no branch is left.
    pub(crate) fn is_empty(&self) -> bool {
        let live = |shelf: &Shelf| shelf.counts().0;
        live(&self.shelf) + self.next.as_ref().map_or(0, live) == 0
    }

    /// Moves some branches, if most are gone; `moved` hears of each its rule, its old and its new number. Gives what is
    /// left when all have moved.
    pub(crate) fn renew(&mut self, mut moved: impl FnMut(u32, u32, u32)) -> Option<Shelf> {
        if self.next.is_none() && !self.needs_renewal() {
            return None;
        }
        let (old, new) = (flag(self.is_second), flag(!self.is_second));
        let next = self.next.get_or_insert_default();
        let (live, places) = self.shelf.counts();
        let places = places as u32;
        if live == 0 {
            self.moving = places;
        }
        let (mut left, end) = (MOVED, places.min(self.moving + PASSED as u32));
        while left > 0 && self.moving < end {
            if let Some((rule, number)) = self.shelf.hand_over(self.moving, next) {
                moved(rule, self.moving | old, number | new);
                left -= 1;
            }
            self.moving += 1;
        }
        if self.moving < places {
            return None;
        }
        self.moving = 0;
        self.is_second = !self.is_second;
        let next = self.next.take()?;
        Some(std::mem::replace(&mut self.shelf, next))
    }

    fn needs_renewal(&self) -> bool {
        let (live, places) = self.shelf.counts();
        let gone = places - live;
        gone > 0 && (live == 0 || gone > live + SPARE)
    }

    /// Adds the rules that an event satisfies to those matched; one may come several times.
    pub(crate) fn matching(&self, work: &mut Work<'_>) {
        for shelf in std::iter::once(&self.shelf).chain(&self.next) {
            if shelf.counts().0 > 0 {
                shelf.matching(work);
            }
        }
    }
}

fn flag(is_second: bool) -> u32 {
    if is_second { SECOND } else { 0 }
}

/// What partitions left, freed little by little.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leftovers(Vec<Shelf>);

impl Leftovers {
    /// Frees some of it, and takes more.
    pub(crate) fn turn(&mut self, more: Option<Shelf>) {
        if let Some(last) = self.0.last_mut()
            && !last.dismantle(FREED)
        {
            self.0.pop();
        }
        self.0.extend(more);
    }
}
