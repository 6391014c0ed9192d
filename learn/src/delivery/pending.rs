//! What a value of a file shows comes in while it is read; it goes to the tally when the value has been read to its
//! end, or is forgotten.

use super::node::Seen;
use std::ops::Range;

/// What was seen in a value that is still being read.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) seen: Vec<(usize, Seen)>,
    pub(super) words: Vec<(usize, Range<usize>)>,
    /// Keys that stand further to the front than before.
    pub(super) firsts: Vec<(usize, usize)>,
    pub(super) new: Vec<Undo>,
    pub(super) events: Vec<PendingEvent>,
    /// Ids and words.
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) struct PendingEvent {
    pub(super) id: Range<usize>,
    /// How much of what was seen belongs to it and those before it.
    pub(super) seen: usize,
    pub(super) words: usize,
}

/// A place that is new: how it is taken back.
#[derive(Debug)]
pub(super) enum Undo {
    Key(usize),
    Items(usize),
    Values(usize, usize),
    Type(String, String),
}

/// How much was pending at a time.
#[derive(Clone, Copy, Default)]
pub(super) struct Checkpoint {
    seen: usize,
    words: usize,
    firsts: usize,
    new: usize,
    events: usize,
    text: usize,
}

impl Pending {
    /// All that is pending since the last event belongs to this one.
    pub(super) fn event(&mut self, id: &str) {
        let id = self.keep(id);
        self.events.push(PendingEvent {
            id,
            seen: self.seen.len(),
            words: self.words.len(),
        });
    }

    /// How much is pending.
    pub(super) fn now(&self) -> Checkpoint {
        Checkpoint {
            seen: self.seen.len(),
            words: self.words.len(),
            firsts: self.firsts.len(),
            new: self.new.len(),
            events: self.events.len(),
            text: self.text.len(),
        }
    }

    /// Whether an object was seen first since then.
    pub(super) fn is_object_since(&self, checkpoint: Checkpoint) -> bool {
        let first = self.seen.get(checkpoint.seen);
        first.is_some_and(|(_, seen)| *seen == Seen::Object)
    }

    /// Forgets what was seen since then; returns the places that were new.
    pub(super) fn forget(&mut self, since: Checkpoint) -> Vec<Undo> {
        self.seen.truncate(since.seen);
        self.words.truncate(since.words);
        self.firsts.truncate(since.firsts);
        self.events.truncate(since.events);
        self.text.truncate(since.text);
        self.new.split_off(since.new)
    }

    /// Keeps a text; returns where it stands.
    pub(super) fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    pub(super) fn clear(&mut self) {
        self.seen.clear();
        self.words.clear();
        self.firsts.clear();
        self.new.clear();
        self.events.clear();
        self.text.clear();
    }
}
