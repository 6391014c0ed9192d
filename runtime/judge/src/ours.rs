//! Pairs come in; what our engine says of them goes out, in the words of the other.

use crate::engine::{Pair, Verdict};
use eventbridge_runtime::pattern::{Pattern, RuleSet, Scratch};
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
    let verdict = Verdict {
        valid: true,
        fallback: pattern
            .warnings()
            .iter()
            .any(|warning| warning.contains("$or")),
        ..Verdict::default()
    };
    match pattern.matches(pair.event.as_bytes()) {
        Ok(matched) => Verdict {
            matched: Some(matched),
            ..verdict
        },
        Err(error) => Verdict {
            event_error: Some(error.to_string()),
            ..verdict
        },
    }
}

/// A rule and an event on which the set of all rules answers otherwise than the rule alone.
pub(crate) fn set_disagreement(pairs: &[Pair]) -> Option<Pair> {
    let rules: Vec<_> = pairs
        .iter()
        .filter_map(|pair| Pattern::parse(&pair.pattern).ok())
        .collect();
    let mut set = RuleSet::new();
    for (id, pattern) in rules.iter().enumerate() {
        set.insert(id, pattern.clone());
    }
    let mut scratch = Scratch::default();
    for pair in pairs {
        let event = pair.event.as_bytes();
        let Ok(found) = set.matching(event, &mut scratch) else {
            continue;
        };
        let found: BTreeSet<usize> = found.into_iter().copied().collect();
        let alone = rules.iter().map(|rule| rule.matches(event));
        // A set stops reading where no rule wants to know more; alone, a rule says that the rest is no JSON.
        let Ok(alone) = alone.collect::<Result<Vec<bool>, _>>() else {
            continue;
        };
        let expected: BTreeSet<usize> = (0..rules.len()).filter(|id| alone[*id]).collect();
        if let Some(id) = expected.symmetric_difference(&found).next() {
            let pattern = pairs
                .iter()
                .filter(|pair| Pattern::parse(&pair.pattern).is_ok())
                .nth(*id)?;
            return Some(Pair {
                pattern: pattern.pattern.clone(),
                event: pair.event.clone(),
            });
        }
    }
    None
}
