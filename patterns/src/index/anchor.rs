//! An operator comes in; the ways to find it by a value go out.

use super::super::address::Address;
use super::super::fold::{self, Fold};
use super::super::number::Comparable;
use super::super::operator::Operator;
use super::super::wildcard::Wildcard;
use super::grams;
use super::keys;

/// How many pieces of a long text are tried for the one that the fewest others stand under.
const TRIED: usize = 64;

/// A way to find a branch by one of a field's values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Anchor {
    /// A value of a kind.
    Key(u8, Box<[u8]>),
    Prefix(Box<[u8]>),
    Suffix(Box<[u8]>),
    /// A piece anywhere inside.
    Gram(Box<[u8]>),
    /// The same in any case.
    FoldPrefix(Box<[u8]>),
    FoldSuffix(Box<[u8]>),
    FoldGram(Box<[u8]>),
    Range(Comparable, Comparable),
    Block(Address, u8),
    AnyString,
    Any,
    Absent,
}

impl Anchor {
    /// The ways to find an operator; any of them finds it.
    pub(crate) fn of(operator: &Operator) -> Vec<Self> {
        match operator {
            Operator::Exact(text) => vec![Self::Key(keys::STRING, text.clone())],
            Operator::Word(text) => vec![Self::Key(keys::WORD, text.clone())],
            Operator::NumberText(text) => vec![Self::Key(keys::NUMBER_TEXT, text.clone())],
            Operator::Number(number) => {
                vec![Self::Key(keys::NUMBER, number.0.to_le_bytes().into())]
            }
            Operator::Address(address @ Address::V4(_)) => vec![Self::Block(*address, 32)],
            Operator::Address(address @ Address::V6(_)) => vec![Self::Block(*address, 128)],
            Operator::Cidr(block) => vec![Self::Block(block.address, block.bits)],
            Operator::Prefix(text) => vec![prefix(text)],
            Operator::Suffix(text) => vec![suffix(text)],
            Operator::Wildcard(wildcard) => wildcards(wildcard),
            Operator::Fold(fold) => folds(fold, true, true),
            Operator::FoldPrefix(fold) => folds(fold, true, false),
            Operator::FoldSuffix(fold) => folds(fold, false, true),
            Operator::Numeric(range) => {
                let (first, last) = range.inside();
                if first > last {
                    return Vec::new();
                }
                vec![Self::Range(first, last)]
            }
            Operator::Exists | Operator::AnythingBut(_) => vec![Self::Any],
            Operator::Absent => vec![Self::Absent],
        }
    }

    /// How many false calls it promises when others stand there too. Of two that promise the same, the longer text is
    /// rarer.
    pub(crate) fn cost(&self, load: usize) -> u64 {
        let load = load as u64;
        let (weight, length) = match self {
            Self::Key(keys::WORD, _) => (load + 32, 0),
            Self::Key(_, text) => (load, text.len()),
            Self::Prefix(text) | Self::Suffix(text) => (load + 2 + short(text), text.len()),
            Self::FoldPrefix(text) | Self::FoldSuffix(text) => (load + 3 + short(text), text.len()),
            Self::Gram(text) | Self::FoldGram(text) => (load + 4 + 2 * short(text), text.len()),
            Self::Block(_, bits) => (load + 8, usize::from(*bits) / 8),
            Self::Range(Comparable::MIN, _) | Self::Range(_, Comparable::MAX) => (64 + load, 0),
            Self::Range(..) => (1 + load, 0),
            Self::AnyString => (1024 + load, 0),
            Self::Any | Self::Absent => (1024 + load, 0),
        };
        weight * 128 + 31 - length.min(31) as u64
    }
}

/// What so many others, and a field at the top of the event, add to a cost.
pub(crate) fn weight(others: usize, is_top: bool) -> u64 {
    others as u64 * 128 + 64 * u64::from(is_top)
}

/// Texts of one or two bytes are met often.
fn short(text: &[u8]) -> u64 {
    match text.len() {
        0 => 1024,
        1 => 64,
        2 => 16,
        3 => 4,
        _ => 0,
    }
}

/// The engine sees the closing quote as a last character: a prefix that ends in it takes the string before it.
fn prefix(text: &[u8]) -> Anchor {
    Anchor::Prefix(text.strip_suffix(b"\"").unwrap_or(text).into())
}

fn suffix(text: &[u8]) -> Anchor {
    Anchor::Suffix(text.strip_prefix(b"\"").unwrap_or(text).into())
}

fn wildcards(wildcard: &Wildcard) -> Vec<Anchor> {
    let (first, middle, last) = match &*wildcard.pieces {
        [] => return vec![Anchor::AnyString],
        [only] => return vec![Anchor::Key(keys::STRING, only.clone())],
        [first, middle @ .., last] => (first, middle, last),
    };
    let mut anchors = vec![Anchor::AnyString];
    if !first.is_empty() {
        anchors.push(Anchor::Prefix(first.clone()));
    }
    if !last.is_empty() {
        anchors.push(Anchor::Suffix(last.clone()));
    }
    let longest = middle.iter().max_by_key(|piece| piece.len());
    anchors.extend(
        longest
            .into_iter()
            .flat_map(|piece| pieces(piece))
            .map(Anchor::Gram),
    );
    anchors
}

/// Some pieces of a text, from its end: what is told apart by numbers is told apart there.
fn pieces(text: &[u8]) -> impl Iterator<Item = Box<[u8]>> {
    let windows = text.windows(grams::length(text));
    windows.rev().take(TRIED).map(Box::from)
}

fn folds(fold: &Fold, from_start: bool, to_end: bool) -> Vec<Anchor> {
    let text = match (from_start, to_end) {
        (true, false) => fold.text.strip_suffix('"').unwrap_or(&fold.text),
        (false, true) => fold.text.strip_prefix('"').unwrap_or(&fold.text),
        _ => &fold.text,
    };
    let runs = fold::runs(text);
    let mut anchors = vec![Anchor::AnyString];
    match runs.as_slice() {
        [only] if from_start && to_end => {
            return vec![Anchor::Key(keys::FOLD, only.as_slice().into())];
        }
        [first, .., last] => {
            if from_start && !first.is_empty() {
                anchors.push(Anchor::FoldPrefix(first.as_slice().into()));
            }
            if to_end && !last.is_empty() {
                anchors.push(Anchor::FoldSuffix(last.as_slice().into()));
            }
        }
        [only] if from_start => anchors.push(Anchor::FoldPrefix(only.as_slice().into())),
        [only] => anchors.push(Anchor::FoldSuffix(only.as_slice().into())),
        [] => {}
    }
    let longest = runs.iter().max_by_key(|run| run.len());
    anchors.extend(
        longest
            .into_iter()
            .flat_map(|run| pieces(run))
            .map(Anchor::FoldGram),
    );
    anchors
}
