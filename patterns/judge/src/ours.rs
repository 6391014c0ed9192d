//! Pairs come in; what our engine says of them goes out, in the words of the other. An event that can be vouched for is.

use crate::engine::{Pair, Verdict};
use crate::twice;
use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use std::collections::BTreeSet;

/// Our verdict on a pair.
pub(crate) fn judge(pair: &Pair) -> Verdict {
    let pattern = match Pattern::parse(&pair.pattern) {
        Ok(pattern) => pattern,
        Err(error) => {
            return Verdict {
                error: Some(error.to_string()),
                ..Verdict::default()
            };
        }
    };
    verdict(&pattern, pair)
}

fn verdict(pattern: &Pattern, pair: &Pair) -> Verdict {
    let verdict = Verdict {
        valid: true,
        fallback: pattern
            .warnings()
            .iter()
            .any(|warning| warning.contains("`$or` is taken for")),
        ..Verdict::default()
    };
    match pattern.matches(pair.event.as_bytes()) {
        Ok(matched) => Verdict {
            matched: Some(vouched_for(pattern, &pair.event).unwrap_or(matched)),
            ..verdict
        },
        Err(error) => Verdict {
            event_error: Some(error.to_string()),
            ..verdict
        },
    }
}

/// The answer of a set of one rule to an event that is vouched for, if it can be.
fn vouched_for(pattern: &Pattern, event: &str) -> Option<bool> {
    let event = Some(event.as_bytes()).filter(|event| twice::is_without(event))?;
    let mut set = RuleSet::new();
    set.insert(0, pattern.clone());
    let mut scratch = Scratch::default();
    Some(set.matching_trusted(event, &mut scratch).count() > 0)
}

/// A rule and an event on which the set of all rules answers otherwise than the rule alone.
pub(crate) fn set_disagreement(rules: &[Pair], events: &[Pair]) -> Option<Pair> {
    let rules: Vec<Pattern> = rules
        .iter()
        .filter_map(|pair| Pattern::parse(&pair.pattern).ok())
        .collect();
    let set = churned(&rules);
    let mut scratch = Scratch::default();
    for event in events {
        let Some((found, expected)) = answers(&set, &rules, event.event.as_bytes(), &mut scratch)
        else {
            continue;
        };
        if let Some(id) = expected.symmetric_difference(&found).next() {
            let pattern = rules[*id].as_str().to_owned();
            return Some(Pair {
                pattern,
                event: event.event.clone(),
            });
        }
    }
    None
}

/// A set of all rules but each seventh, of which many were another rule for a while.
fn churned(rules: &[Pattern]) -> RuleSet<usize> {
    let mut set = RuleSet::new();
    for (id, pattern) in rules.iter().rev().enumerate() {
        set.insert(id, pattern.clone());
    }
    for (id, pattern) in rules.iter().enumerate() {
        if id % 3 == 0 {
            set.remove(&id);
        }
        if id % 7 == 0 {
            set.remove(&id);
        } else {
            set.insert(id, pattern.clone());
        }
    }
    set
}

/// What the set finds, and what its rules find alone; none for an event that is refused.
fn answers(
    set: &RuleSet<usize>,
    rules: &[Pattern],
    event: &[u8],
    scratch: &mut Scratch,
) -> Option<(BTreeSet<usize>, BTreeSet<usize>)> {
    // A set stops reading where no rule wants to know more; alone, a rule says that the rest is no JSON.
    let alone = rules
        .iter()
        .map(|rule| rule.matches(event))
        .collect::<Result<Vec<bool>, _>>()
        .ok()?;
    let found: BTreeSet<usize> = set.matching(event, scratch).ok()?.copied().collect();
    let expected: BTreeSet<usize> = (0..rules.len())
        .filter(|id| id % 7 != 0 && alone[*id])
        .collect();
    if found == expected && twice::is_without(event) {
        let found = set.matching_trusted(event, scratch).copied().collect();
        return Some((found, expected));
    }
    Some((found, expected))
}
