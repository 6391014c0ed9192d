//! A pattern comes in; what EventBridge refuses in it beyond its engine goes out, as sentences.
//!
//! The engine sets no limits of these kinds; the service looks at patterns before the engine does. Complexity is
//! scored as the engine's own evaluator scores it: the largest number of beginnings of wildcards that one value
//! can match at once, in one field.

use super::operator::{Excluded, Operator};
use super::pattern::Pattern;
use super::wildcard::Wildcard;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The length that rules have without a raised quota, in characters.
const LENGTH: usize = 2048;
/// The length that no quota raises.
const MAX_LENGTH: usize = 4096;
/// How many combinations `$or`s may multiply to.
const MAX_COMBINATIONS: usize = 1000;
/// The score from which on wildcards are refused.
const TOO_COMPLEX: usize = 10;
/// How many sets of beginnings are looked at in a field before its wildcards are let be.
const MAX_SETS: usize = 2000;
/// How many bytes of wildcards are looked at in a field; a pattern that is not too long has no more.
const MAX_BYTES: usize = MAX_LENGTH;

impl Pattern {
    /// What EventBridge refuses when a rule is made of the pattern, and the engine does not.
    pub(super) fn beyond_the_engine(&self) -> Vec<String> {
        let length = self.text.trim().chars().count();
        let mut warnings = Vec::new();
        if length > MAX_LENGTH {
            warnings.push(format!(
                "EventBridge refuses this pattern: it has {length} characters, of which {MAX_LENGTH} are allowed at most"
            ));
        } else if length > LENGTH {
            warnings.push(format!(
                "EventBridge refuses this pattern unless the quota is raised: it has {length} characters, of which \
                 {LENGTH} are allowed by default"
            ));
        }
        if self.branches.len() > MAX_COMBINATIONS {
            let count = self.branches.len();
            warnings.push(format!(
                "EventBridge refuses this pattern: its `$or`s multiply to {count} combinations, of which \
                 {MAX_COMBINATIONS} are allowed"
            ));
        }
        warnings.extend(self.too_complex().into_iter().map(|field| {
            format!(
                "EventBridge refuses this pattern: \"Rule is too complex - try using fewer wildcard characters\" in \
                 field `{field}`"
            )
        }));
        warnings
    }

    /// What Pipes and Lambda's event source mappings refuse in the pattern when it is a filter of theirs, and
    /// EventBridge does not refuse in a rule: `wildcard`, and `anything-but` around another operator.
    ///
    /// Each is a sentence for people. [`warnings`](Self::warnings) are told apart from these.
    ///
    /// ```
    /// use eventbridge_patterns::Pattern;
    ///
    /// let pattern = Pattern::parse(r#"{"kiln": [{"wildcard": "north-*"}]}"#)?;
    /// assert!(pattern.warnings().is_empty());
    /// assert!(pattern.warnings_as_filter()[0].starts_with("`wildcard` works in rules alone"));
    /// # Ok::<(), eventbridge_patterns::PatternError>(())
    /// ```
    pub fn warnings_as_filter(&self) -> Vec<String> {
        let operators = || self.alternatives.iter().flat_map(|list| list.iter());
        let warning = |name: &str| {
            format!(
                "`{name}` works in rules alone: filters of Pipes and event source mappings refuse it"
            )
        };
        let is_wildcard = |operator: &Operator| matches!(operator, Operator::Wildcard(_));
        let is_sub_form = |operator: &Operator| match operator {
            Operator::AnythingBut(Excluded::Strings(_) | Excluded::Numbers(_)) => false,
            Operator::AnythingBut(_) => true,
            _ => false,
        };
        let mut warnings = Vec::new();
        if operators().any(is_wildcard) {
            warnings.push(warning("wildcard"));
        }
        if operators().any(is_sub_form) {
            warnings.push(warning("anything-but with an operator"));
        }
        warnings
    }

    /// The fields whose wildcards are too many.
    fn too_complex(&self) -> BTreeSet<String> {
        let mut fields: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for &(field, alternatives) in self.branches.iter().flat_map(|branch| branch.iter()) {
            let operators = self.alternatives.get(alternatives as usize);
            if operators.is_some_and(|operators| operators.iter().any(has_wildcard)) {
                fields.entry(field).or_default().insert(alternatives);
            }
        }
        let too_complex = fields.into_iter().filter(|(_, lists)| {
            let lists = lists
                .iter()
                .filter_map(|&list| self.alternatives.get(list as usize));
            Beginnings::of(lists.flat_map(|list| list.iter())).is_too_complex()
        });
        too_complex.map(|(field, _)| self.name(field)).collect()
    }
}

fn has_wildcard(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Wildcard(_) | Operator::AnythingBut(Excluded::Wildcards(_))
    )
}

/// A part of a wildcard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Byte(u8),
    Star,
}

/// A beginning of a wildcard: the step it ends in, and the beginnings that are one step longer.
struct Beginning {
    step: Step,
    next: Vec<usize>,
}

/// All beginnings of the wildcards of a field; those of one `anything-but` that are the same are one.
#[derive(Default)]
struct Beginnings {
    all: Vec<Beginning>,
    /// The first of each wildcard.
    first: Vec<usize>,
}

impl Beginnings {
    fn of<'o>(operators: impl Iterator<Item = &'o Operator>) -> Self {
        let (mut wildcards, mut known): (Vec<&[Wildcard]>, HashSet<_>) = Default::default();
        for operator in operators {
            let list = match operator {
                Operator::Wildcard(wildcard) => std::slice::from_ref(wildcard),
                Operator::AnythingBut(Excluded::Wildcards(list)) => list,
                _ => continue,
            };
            if wildcards.len() < MAX_BYTES && known.insert(list) {
                wildcards.push(list);
            }
        }
        let mut beginnings = Self::default();
        for list in wildcards {
            let known = beginnings.first.len();
            for wildcard in list {
                beginnings.add(wildcard, known);
            }
        }
        beginnings
    }

    /// Adds a wildcard that shares beginnings with those added since `known` ones began.
    fn add(&mut self, wildcard: &Wildcard, known: usize) {
        let mut at: Option<usize> = None;
        for step in steps(wildcard) {
            if self.all.len() > MAX_BYTES {
                return;
            }
            let siblings = match at {
                Some(at) => self.all[at].next.as_slice(),
                None => self.first.get(known..).unwrap_or(&[]),
            };
            let same = siblings
                .iter()
                .copied()
                .find(|&sibling| self.all[sibling].step == step);
            at = Some(same.unwrap_or_else(|| self.grow(at, step)));
        }
    }

    fn grow(&mut self, at: Option<usize>, step: Step) -> usize {
        let new = self.all.len();
        let next = Vec::new();
        self.all.push(Beginning { step, next });
        match at {
            Some(at) => self.all[at].next.push(new),
            None => self.first.push(new),
        }
        new
    }

    /// Whether some value matches as many beginnings at once as are refused.
    fn is_too_complex(&self) -> bool {
        let mut bytes: Vec<u8> = self.all.iter().filter_map(Beginning::byte).collect();
        bytes.sort_unstable();
        bytes.dedup();
        // Every value begins with its quote, and so does every wildcard.
        let start = self.closed(self.first.iter().copied().collect());
        let mut seen = HashSet::new();
        let mut waiting = vec![start];
        while let Some(set) = waiting.pop() {
            if set.len() >= TOO_COMPLEX {
                return true;
            }
            if seen.len() >= MAX_SETS || !seen.insert(set.clone()) {
                continue;
            }
            let after = bytes.iter().map(|&byte| self.after(&set, byte));
            waiting.extend(after.filter(|after| !seen.contains(after)));
        }
        false
    }

    /// A star matches nothing as well: with a beginning comes the one that is a star longer.
    fn closed(&self, mut set: BTreeSet<usize>) -> BTreeSet<usize> {
        let stars: Vec<usize> = set
            .iter()
            .flat_map(|&at| self.all[at].next.iter().copied())
            .filter(|&next| self.all[next].step == Step::Star)
            .collect();
        set.extend(stars);
        set
    }

    /// The beginnings that match a value one byte longer.
    fn after(&self, set: &BTreeSet<usize>, byte: u8) -> BTreeSet<usize> {
        let mut after = BTreeSet::new();
        for &at in set {
            let beginning = &self.all[at];
            if beginning.step == Step::Star {
                after.insert(at);
            }
            let takes = |next: &&usize| self.all[**next].step == Step::Byte(byte);
            after.extend(beginning.next.iter().filter(takes));
        }
        self.closed(after)
    }
}

impl Beginning {
    fn byte(&self) -> Option<u8> {
        match self.step {
            Step::Byte(byte) => Some(byte),
            Step::Star => None,
        }
    }
}

/// The steps of a wildcard, between the quotes that the engine counts as parts of the value.
fn steps(wildcard: &Wildcard) -> Vec<Step> {
    let mut steps = vec![Step::Byte(b'"')];
    for (index, piece) in wildcard.pieces.iter().enumerate() {
        if index > 0 {
            steps.push(Step::Star);
        }
        steps.extend(piece.iter().map(|&byte| Step::Byte(byte)));
    }
    steps.push(Step::Byte(b'"'));
    steps
}
