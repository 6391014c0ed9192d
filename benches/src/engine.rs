//! Rules come in; a matching engine holds them, and gives for an event how many of them match.

use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use serde::de::IgnoredAny;

/// What is measured.
pub trait Engine {
    /// Takes a rule; false if the engine refuses it.
    fn add(&mut self, id: usize, rule: &str) -> bool;
    /// How many rules match.
    fn matches(&mut self, event: &[u8]) -> usize;
}

/// The engines of this program, by name.
pub const NAMES: [&str; 5] = ["ours", "ours-trusted", "quamina", "serde-ignored", "memchr"];

/// The engine of that name.
pub fn engine(name: &str) -> Option<Box<dyn Engine>> {
    Some(match name {
        "ours" => Box::new(Ours::default()),
        "ours-trusted" => Box::new(Trusted::default()),
        "quamina" => Box::new(Quamina(quamina::Quamina::new())),
        "serde-ignored" => Box::new(Floor(ignored)),
        "memchr" => Box::new(Floor(scanned)),
        _ => return None,
    })
}

/// Our engine.
#[derive(Default)]
struct Ours {
    rules: RuleSet<usize>,
    scratch: Scratch,
}

impl Engine for Ours {
    fn add(&mut self, id: usize, rule: &str) -> bool {
        let pattern = Pattern::parse(rule);
        pattern
            .map(|pattern| self.rules.insert(id, pattern))
            .is_ok()
    }

    fn matches(&mut self, event: &[u8]) -> usize {
        self.rules
            .matching(event, &mut self.scratch)
            .map_or(0, Iterator::count)
    }
}

/// Our engine, told that events are well-formed.
#[derive(Default)]
struct Trusted(Ours);

impl Engine for Trusted {
    fn add(&mut self, id: usize, rule: &str) -> bool {
        self.0.add(id, rule)
    }

    fn matches(&mut self, event: &[u8]) -> usize {
        let Ours { rules, scratch } = &mut self.0;
        rules.matching_trusted(event, scratch).count()
    }
}

/// The Rust peer.
struct Quamina(quamina::Quamina<usize>);

impl Engine for Quamina {
    fn add(&mut self, id: usize, rule: &str) -> bool {
        self.0.add_pattern(id, rule).is_ok()
    }

    fn matches(&mut self, event: &[u8]) -> usize {
        self.0
            .matches_for_event(event)
            .map_or(0, |matching| matching.len())
    }
}

/// No engine: what reading an event costs at least.
struct Floor(fn(&[u8]) -> usize);

impl Engine for Floor {
    fn add(&mut self, _: usize, _: &str) -> bool {
        true
    }

    fn matches(&mut self, event: &[u8]) -> usize {
        (self.0)(event)
    }
}

fn ignored(event: &[u8]) -> usize {
    usize::from(serde_json::from_slice::<IgnoredAny>(event).is_err())
}

fn scanned(event: &[u8]) -> usize {
    memchr::memchr(0, event).unwrap_or(0)
}
