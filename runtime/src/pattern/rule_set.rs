//! Patterns come in under ids, and events; the ids of the patterns that match an event go out.

use super::{EventError, Pattern, Scratch};
use std::collections::HashMap;
use std::hash::Hash;

/// Many patterns, each under an id, asked all at once.
#[derive(Clone, Debug)]
pub struct RuleSet<Id> {
    rules: Vec<Option<(Id, Pattern)>>,
    numbers: HashMap<Id, u32>,
}

impl<Id> Default for RuleSet<Id> {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<Id: Clone + Eq + Hash> RuleSet<Id> {
    /// A set without rules.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule. Gives the pattern that the id had before, which it replaces.
    pub fn insert(&mut self, id: Id, pattern: Pattern) -> Option<Pattern> {
        let before = self.remove(&id);
        self.numbers.insert(id.clone(), self.rules.len() as u32);
        self.rules.push(Some((id, pattern)));
        before
    }

    /// Takes a rule away.
    pub fn remove(&mut self, id: &Id) -> Option<Pattern> {
        let number = self.numbers.remove(id)?;
        let rule = self.rules.get_mut(number as usize)?.take();
        rule.map(|(_, pattern)| pattern)
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The ids of the rules that match an event, each once, in no order.
    pub fn matching<'s>(
        &'s self,
        event: &[u8],
        scratch: &'s mut Scratch,
    ) -> Result<Matches<'s, Id>, EventError> {
        let mut matched = std::mem::take(&mut scratch.matched);
        matched.clear();
        scratch.tape.read(event)?;
        for (number, rule) in self.rules.iter().enumerate() {
            if let Some((_, pattern)) = rule {
                if pattern.matches_with(event, scratch)? {
                    matched.push(number as u32);
                }
            }
        }
        scratch.matched = matched;
        Ok(Matches {
            rules: &self.rules,
            numbers: scratch.matched.iter(),
        })
    }
}

/// The ids of the rules that match an event.
#[derive(Clone, Debug)]
pub struct Matches<'s, Id> {
    rules: &'s [Option<(Id, Pattern)>],
    numbers: std::slice::Iter<'s, u32>,
}

impl<'s, Id> Iterator for Matches<'s, Id> {
    type Item = &'s Id;

    fn next(&mut self) -> Option<&'s Id> {
        let number = *self.numbers.next()?;
        let rule = self.rules.get(number as usize)?.as_ref();
        rule.map(|(id, _)| id)
    }
}
