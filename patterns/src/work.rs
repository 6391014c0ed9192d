//! What matching an event works with: memory that is used again, and what has been found.

use super::index::Listed;
use super::leaf::Leaves;
use super::outline::Outline;
use super::search::Search;
use super::walk::Walk;

/// An event, working memory, and what has been found.
pub(crate) struct Work<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) outline: &'a mut Outline,
    pub(crate) walk: &'a mut Walk,
    pub(crate) leaves: &'a mut Leaves,
    pub(crate) search: &'a mut Search,
    pub(crate) folded: &'a mut Vec<u8>,
    /// What stands under the event's values.
    pub(crate) listed: &'a mut Vec<Listed>,
    /// The branches that have been looked at.
    pub(crate) seen: &'a mut Answers,
    /// Which alternatives could be satisfied, of those that have been looked at.
    pub(crate) satisfied: &'a mut Answers,
    pub(crate) matched: &'a mut Vec<u32>,
}

/// Which numbers have been met since the last clearing, and with what answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    answers: Vec<u32>,
    /// The answer for no; the next is for yes, and all below are of before.
    no: u32,
}

impl Answers {
    /// Forgets all, for numbers below a count.
    pub(crate) fn clear(&mut self, count: usize) {
        self.no = self.no.wrapping_add(2);
        if self.no == 0 {
            self.answers.fill(0);
            self.no = 2;
        }
        if self.answers.len() < count {
            self.answers.resize(count, 0);
        }
    }

    pub(crate) fn answer(&self, number: u32) -> Option<bool> {
        let answer = self.answers.get(number as usize)?;
        answer.checked_sub(self.no).map(|yes| yes == 1)
    }

    pub(crate) fn set(&mut self, number: u32, answer: bool) {
        if let Some(slot) = self.answers.get_mut(number as usize) {
            *slot = self.no + u32::from(answer);
        }
    }

    /// Whether a number is met for the first time.
    pub(crate) fn is_new(&mut self, number: u32) -> bool {
        let is_new = self.answer(number).is_none();
        self.set(number, true);
        is_new
    }
}
