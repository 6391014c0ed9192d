//! The rules that were read and the catalogue of events come in; what can never match, and what probably does not do what
//! was meant, goes out as findings at their places.
//!
//! The tree of a pattern → its fields and alternatives ([`leaves`]) → the events that each lets through ([`scope`]) → what
//! no event has around its detail ([`envelope`]), in it ([`field`]), or as a value ([`value`]). What holds of patterns
//! whatever the events are tells [`structure`], and the engine before it.

mod envelope;
mod field;
mod leaves;
mod operator;
mod scope;
mod structure;
mod target;
mod told;
mod value;

use crate::catalogue::Catalogue;
use crate::finding::{Code, Finding, Fix, Found};
use crate::reading::{Draft, Kind, Reading, Rule};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::EventType;
pub(crate) use leaves::{Leaf, Leaves};
pub(crate) use operator::{compiled, name as operator_name};
use scope::Scope;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use told::{Files, is_own, of_diagnostic, of_left_out, sort};
pub(crate) use value::Kinds;

/// From how many characters on a pattern is nearly too long.
const NEARLY: usize = 1_900;

/// How many findings are told of a pattern.
const MAX_FINDINGS: usize = 100;

/// How long patterns may be by default.
const LENGTH: usize = 2_048;

/// Checks all rules of a reading, which has to keep its sources.
///
/// Findings are sorted by their places.
pub fn check(catalogue: &Catalogue<'_>, reading: &Reading) -> Vec<Finding> {
    let mut files = Files::new(reading);
    let mut findings = Vec::new();
    for rule in &reading.rules {
        let found = of_rule(catalogue, rule, files.quote(&rule.path, &rule.tree));
        files.place(&rule.path, found, &mut findings);
    }
    for draft in &reading.drafts {
        let found = of_draft(catalogue, draft, &files);
        if !found.iter().any(is_refusal) {
            findings.push(of_diagnostic(&draft.refusal));
        }
        files.place(&draft.refusal.path, found, &mut findings);
    }
    let own = reading.diagnostics.iter().filter(|it| is_own(it));
    findings.extend(own.map(of_diagnostic));
    findings.extend(reading.left_out.iter().map(of_left_out));
    sort(&mut findings, reading);
    findings
}

/// Whether a finding says what the engine would say of a pattern that it refuses.
fn is_refusal(found: &Found) -> bool {
    matches!(found.code, Code::Syntax | Code::NotAnArray)
}

fn of_rule(catalogue: &Catalogue<'_>, rule: &Rule, quote: &'static str) -> Vec<Found> {
    let mut checker = Checker::new(catalogue, &rule.tree, quote);
    checker.repairs(&rule.repairs);
    checker.pattern(&rule.tree, rule.kind);
    for target in &rule.targets {
        checker.target(&rule.tree, &target.input);
    }
    let length = rule.pattern.as_str().chars().count();
    if (NEARLY..=LENGTH).contains(&length) {
        let message = format!(
            "the pattern has {length} of the {LENGTH} characters that are allowed by default"
        );
        let start = rule.tree.span.start;
        checker.tell(Found::warning(start..start, Code::NearLimit, message));
    }
    if rule.is_disabled {
        let message = format!("rule {} is switched off: it lets nothing through", rule.id);
        let start = rule.tree.span.start;
        checker.tell(Found::warning(start..start, Code::DisabledRule, message));
    }
    checker.found
}

fn of_draft(catalogue: &Catalogue<'_>, draft: &Draft, files: &Files<'_>) -> Vec<Found> {
    let Some(tree) = &draft.tree else {
        return Vec::new();
    };
    let quote = files.quote(&draft.refusal.path, tree);
    let mut checker = Checker::new(catalogue, tree, quote);
    checker.repairs(&draft.repairs);
    if Checker::is_plain(&draft.repairs) {
        checker.structure(tree);
        checker.pattern(tree, draft.kind);
    }
    checker.found
}

/// Checks one pattern.
struct Checker<'c, 'm> {
    catalogue: &'c Catalogue<'m>,
    /// The keys at the top, also of alternatives there.
    top: BTreeSet<String>,
    /// How strings are quoted in the file.
    quote: &'static str,
    found: Vec<Found>,
    told: HashSet<(usize, usize, Code)>,
}

impl<'c, 'm> Checker<'c, 'm> {
    fn new(catalogue: &'c Catalogue<'m>, tree: &Node, quote: &'static str) -> Self {
        let leaves = Leaves::of(tree);
        let firsts = leaves.all.iter().filter_map(|leaf| leaf.steps.first());
        Checker {
            catalogue,
            top: firsts.map(|step| step.name.to_owned()).collect(),
            quote,
            found: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Tells something once: what stands above several fields is found with each of them.
    fn tell(&mut self, found: Found) {
        let key = (found.span.start, found.span.end, found.code);
        if !self.is_full() && self.told.insert(key) {
            self.found.push(found);
        }
    }

    /// Whether enough is told of a pattern: more of it takes time, and helps nobody.
    fn is_full(&self) -> bool {
        self.found.len() >= MAX_FINDINGS
    }

    fn has_top(&self, key: &str) -> bool {
        self.top.contains(key)
    }

    fn is_known_value(&self, step: &leaves::Step<'_>) -> bool {
        let is_known = |item: &Node| {
            item.as_str().is_some_and(|text| {
                self.catalogue
                    .all()
                    .any(|event| event.source == text || event.detail_type == text)
            })
        };
        step.member.node.items().iter().any(is_known)
    }

    /// The fix that puts a number into quotes.
    fn quoted(&self, number: &str) -> Fix {
        Fix::Scalar {
            from: number.to_owned(),
            to: format!("{0}{number}{0}", self.quote),
        }
    }

    /// Everything about a pattern that the events decide. Records that filters see are others.
    fn pattern(&mut self, tree: &Node, kind: Kind) {
        if kind.is_filter() || !matches!(tree.value, Value::Object(_)) {
            return;
        }
        let leaves = Leaves::of(tree);
        if leaves.is_cut {
            return;
        }
        let (scopes, of_leaf) = scopes(self.catalogue, &leaves);
        for (leaf, numbers) in leaves.all.iter().zip(&of_leaf) {
            let scopes: Vec<&Scope<'m>> = numbers
                .iter()
                .filter_map(|number| scopes.get(*number))
                .collect();
            self.leaf(leaf, &scopes);
            if self.is_full() {
                return;
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf<'_>, scopes: &[&Scope<'m>]) {
        let Some(first) = leaf.steps.first() else {
            return;
        };
        if !envelope::KEYS.contains(&first.name) {
            self.unknown_key(leaf, scopes);
        }
        match envelope::meant_key(first.name) {
            Some("detail") => {
                let steps = leaf.steps.get(1..).unwrap_or_default();
                if steps.is_empty() {
                    return self.whole_detail(leaf);
                }
                self.detail(leaf, steps, scopes);
            }
            Some(key) => self.envelope(key, leaf, scopes),
            None => {}
        }
    }

    fn whole_detail(&mut self, leaf: &Leaf<'_>) {
        let message = "`detail` is an object: values are asked of its fields";
        if let Some(step) = leaf.steps.first()
            && !matches!(leaf.node.value, Value::Placeholder(_))
        {
            self.tell(Found::error(step.span(), Code::ObjectField, message));
        }
    }
}

/// The scopes of a pattern's branches, and for each field those that it is asked for in.
fn scopes<'m>(
    catalogue: &Catalogue<'m>,
    leaves: &Leaves<'_>,
) -> (Vec<Scope<'m>>, Vec<BTreeSet<usize>>) {
    let mut scopes = Vec::new();
    let mut known: BTreeMap<[Option<usize>; 2], usize> = BTreeMap::new();
    let mut of_leaf = vec![BTreeSet::new(); leaves.all.len()];
    for branch in &leaves.branches {
        let decided = ["source", "detail-type"].map(|key| leaf_of_key(leaves, branch, key));
        let number = *known.entry(decided).or_insert_with(|| {
            let [source, detail_type] = decided.map(|number| Some(leaves.all.get(number?)?.node));
            scopes.push(scope::scope(catalogue, source, detail_type));
            scopes.len() - 1
        });
        for leaf in branch {
            if let Some(numbers) = of_leaf.get_mut(*leaf) {
                numbers.insert(number);
            }
        }
    }
    (scopes, of_leaf)
}

/// The field of a branch that is a key of the envelope, or is meant to be.
fn leaf_of_key(leaves: &Leaves<'_>, branch: &[usize], key: &str) -> Option<usize> {
    let is_key = |leaf: &Leaf<'_>| match leaf.steps.as_slice() {
        [only] => envelope::meant_key(only.name) == Some(key),
        _ => false,
    };
    let mut numbers = branch.iter().copied();
    numbers.find(|number| leaves.all.get(*number).is_some_and(is_key))
}

/// The known events that some fields of a pattern let through together.
pub(crate) fn scope_of<'m>(catalogue: &Catalogue<'m>, branch: &[&Leaf<'_>]) -> Vec<&'m EventType> {
    let named = |key: &str| {
        let leaf = branch.iter().find(|leaf| leaf.names() == [key]);
        leaf.map(|leaf| leaf.node)
    };
    scope::scope(catalogue, named("source"), named("detail-type")).events
}
