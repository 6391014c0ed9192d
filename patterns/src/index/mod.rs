//! Branches of patterns come in, and values of events; the branches that a value makes possible go out.
//!
//! Each branch stands under one of its fields, the one that promises the fewest false calls, once for each
//! alternative of that field. What is found here may still fail elsewhere in the branch, and is checked.

mod anchor;
mod grams;
mod keys;
mod postings;
mod ranges;
mod trie;

pub(crate) use anchor::Anchor;
pub(crate) use keys::Listed;
pub(crate) use postings::{Posting, Postings};

use super::address::Address;
use super::fold;
use super::operator::{Operator, Value};
use grams::Grams;
use keys::Keys;
use ranges::Ranges;
use trie::{Backward, Forward, Trie};

/// Which branches stand under the values of which field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    keys: Keys,
    fields: Vec<FieldIndex>,
    /// The fields with branches that stand under their absence.
    absences: Vec<u32>,
}

/// What stands under one field, but for exact values.
#[derive(Clone, Debug, Default)]
struct FieldIndex {
    has_keys: bool,
    any: Vec<Posting>,
    absent: Vec<Posting>,
    more: Option<Box<More>>,
}

/// What only few fields have.
#[derive(Clone, Debug, Default)]
struct More {
    any_string: Postings,
    prefixes: Trie,
    suffixes: Trie,
    grams: Grams,
    folded: Folded,
    ranges: Ranges,
    /// The lengths of address blocks, with whether they are IPv4.
    blocks: Vec<(bool, u8)>,
}

/// What stands under strings in any case.
#[derive(Clone, Debug, Default)]
struct Folded {
    is_used: bool,
    prefixes: Trie,
    suffixes: Trie,
    grams: Grams,
}

impl Index {
    /// Puts a branch under a field, for each of its alternatives.
    pub(crate) fn insert(&mut self, field: u32, operators: &[Operator], branch: Posting) {
        for operator in operators {
            let (anchor, _) = self.best_anchor(field, operator);
            self.insert_anchor(field, anchor, branch);
        }
    }

    /// How many false calls a field's alternatives promise, weighed by kind, where each comes to so many `others`. Of two
    /// that promise the same, a field at the top of the event tells less.
    pub(crate) fn cost(
        &self,
        field: u32,
        operators: &[Operator],
        others: usize,
        is_top: bool,
    ) -> u64 {
        let costs = operators
            .iter()
            .map(|operator| self.best_anchor(field, operator).1);
        let own = costs.fold(0, u64::saturating_add);
        own.saturating_add(anchor::weight(others, is_top))
    }

    fn best_anchor(&self, field: u32, operator: &Operator) -> (Anchor, u64) {
        let anchors = Anchor::of(operator).into_iter();
        let with_cost = anchors.map(|anchor| {
            let cost = anchor.cost(self.load(field, &anchor));
            (anchor, cost)
        });
        let best = with_cost.min_by_key(|(_, cost)| *cost);
        best.unwrap_or((Anchor::Any, u64::MAX))
    }

    /// How many branches stand where an anchor would put another.
    fn load(&self, field: u32, anchor: &Anchor) -> usize {
        let Some(found) = self.fields.get(field as usize) else {
            return 0;
        };
        let more = found.more.as_deref();
        match anchor {
            Anchor::Key(kind, text) => self.keys.load(field, *kind, text),
            Anchor::Any => found.any.len(),
            Anchor::Absent => found.absent.len(),
            Anchor::AnyString => more.map_or(0, |more| more.any_string.len()),
            Anchor::Prefix(text) => more.map_or(0, |more| more.prefixes.load(Forward(text))),
            Anchor::Suffix(text) => more.map_or(0, |more| more.suffixes.load(Backward(text))),
            Anchor::Gram(text) => self.keys.load(field, keys::GRAM, text),
            Anchor::FoldPrefix(text) => {
                more.map_or(0, |more| more.folded.prefixes.load(Forward(text)))
            }
            Anchor::FoldSuffix(text) => {
                more.map_or(0, |more| more.folded.suffixes.load(Backward(text)))
            }
            Anchor::FoldGram(text) => self.keys.load(field, keys::FOLD_GRAM, text),
            Anchor::Range(first, _) => more.map_or(0, |more| more.ranges.load(*first)),
            Anchor::Block(address, bits) => self.keys.load_block(field, *address, *bits),
        }
    }

    fn insert_anchor(&mut self, field: u32, anchor: Anchor, branch: Posting) {
        if self.fields.len() <= field as usize {
            self.fields
                .resize_with(field as usize + 1, FieldIndex::default);
        }
        let Some(found) = self.fields.get_mut(field as usize) else {
            return;
        };
        match anchor {
            Anchor::Key(kind, text) => {
                found.has_keys |= kind != keys::FOLD;
                if kind == keys::FOLD {
                    found.folded();
                }
                self.keys.insert(field, kind, &text, branch);
            }
            Anchor::Any => found.any.push(branch),
            Anchor::Absent => {
                if found.absent.is_empty() {
                    self.absences.push(field);
                }
                found.absent.push(branch);
            }
            Anchor::AnyString => found.more().any_string.push(branch),
            Anchor::Prefix(text) => found.more().prefixes.insert(Forward(&text), branch),
            Anchor::Suffix(text) => found.more().suffixes.insert(Backward(&text), branch),
            Anchor::Gram(text) => {
                found.more().grams.insert(&text);
                self.keys.insert(field, keys::GRAM, &text, branch);
            }
            Anchor::FoldPrefix(text) => {
                found.folded().prefixes.insert(Forward(&text), branch);
            }
            Anchor::FoldSuffix(text) => {
                found.folded().suffixes.insert(Backward(&text), branch);
            }
            Anchor::FoldGram(text) => {
                found.folded().grams.insert(&text);
                self.keys.insert(field, keys::FOLD_GRAM, &text, branch);
            }
            Anchor::Range(first, last) => found.more().ranges.insert(first, last, branch),
            Anchor::Block(address, bits) => {
                let (is_v4, _) = address.cut(bits);
                let blocks = &mut found.more().blocks;
                if !blocks.contains(&(is_v4, bits)) {
                    blocks.push((is_v4, bits));
                }
                self.keys.insert_block(field, address, bits, branch);
            }
        }
    }

    /// What stands under exactly a field's value.
    #[inline]
    pub(crate) fn find(&self, field: u32, value: Value<'_>) -> Option<Listed> {
        let found = self.fields.get(field as usize)?;
        if !found.has_keys {
            return None;
        }
        match value {
            Value::String(text) => self.keys.find(field, keys::STRING, text),
            Value::Number(_, Some(number)) => {
                self.keys.find(field, keys::NUMBER, &number.0.to_le_bytes())
            }
            Value::Number(text, None) => self.keys.find(field, keys::NUMBER_TEXT, text),
            Value::Word(text) => self.keys.find(field, keys::WORD, text),
        }
    }

    /// Gives the branches of what was found.
    #[inline]
    pub(crate) fn give(&self, listed: Listed, give: &mut impl FnMut(Posting)) {
        self.keys.give(listed, give);
    }

    /// Gives the branches that a field's value makes possible otherwise than by being just that. `is_first` is for the first
    /// value of the field.
    pub(crate) fn visit(
        &self,
        field: u32,
        value: Value<'_>,
        is_first: bool,
        folded: &mut Vec<u8>,
        give: &mut impl FnMut(Posting),
    ) {
        let Some(found) = self.fields.get(field as usize) else {
            return;
        };
        if is_first {
            found.any.iter().for_each(|&branch| give(branch));
        }
        let Some(more) = found.more.as_deref() else {
            return;
        };
        match value {
            Value::String(text) => self.visit_string(field, more, text, folded, give),
            Value::Number(_, Some(number)) => more.ranges.visit(number, give),
            _ => {}
        }
    }

    fn visit_string(
        &self,
        field: u32,
        more: &More,
        text: &[u8],
        folded: &mut Vec<u8>,
        give: &mut impl FnMut(Posting),
    ) {
        more.any_string.visit(give);
        more.prefixes.visit(Forward(text), give);
        more.suffixes.visit(Backward(text), give);
        more.grams
            .visit(text, |gram| self.keys.visit(field, keys::GRAM, gram, give));
        if !more.blocks.is_empty() {
            self.visit_address(field, &more.blocks, text, give);
        }
        if more.folded.is_used {
            folded.clear();
            fold::fold(text, folded);
            self.visit_folded(field, &more.folded, folded, give);
        }
    }

    fn visit_address(
        &self,
        field: u32,
        blocks: &[(bool, u8)],
        text: &[u8],
        give: &mut impl FnMut(Posting),
    ) {
        let Some(address) = Address::read(text) else {
            return;
        };
        for &(is_v4, bits) in blocks {
            if address.cut(bits).0 == is_v4 {
                self.keys.visit_block(field, address, bits, give);
            }
        }
    }

    fn visit_folded(
        &self,
        field: u32,
        found: &Folded,
        text: &[u8],
        give: &mut impl FnMut(Posting),
    ) {
        self.keys.visit(field, keys::FOLD, text, give);
        found.prefixes.visit(Forward(text), give);
        found.suffixes.visit(Backward(text), give);
        let grams = &found.grams;
        grams.visit(text, |gram| {
            self.keys.visit(field, keys::FOLD_GRAM, gram, give)
        });
    }

    /// The fields whose absence makes branches possible, with those branches.
    pub(crate) fn absences(&self) -> impl Iterator<Item = (u32, &[Posting])> {
        let absent = |field: u32| {
            self.fields
                .get(field as usize)
                .map_or(&[][..], |found| &found.absent)
        };
        self.absences
            .iter()
            .map(move |&field| (field, absent(field)))
    }
}

impl FieldIndex {
    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    fn folded(&mut self) -> &mut Folded {
        let folded = &mut self.more().folded;
        folded.is_used = true;
        folded
    }
}
