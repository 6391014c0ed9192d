//! A value of an event comes in; whether one operator of a pattern takes it goes out.

use super::address::{Address, Block};
use super::fold::Fold;
use super::number::Comparable;
use super::wildcard::Wildcard;
use std::fmt;

/// A value at the end of an event's path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// The string that the escapes mean.
    String(&'a [u8]),
    /// The number as written, and as it is compared.
    Number(&'a [u8], Option<Comparable>),
    /// `null`, `true` or `false`.
    Word(&'a [u8]),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => quoted(text, f),
            Self::Number(text, _) | Self::Word(text) => f.write_str(&String::from_utf8_lossy(text)),
        }
    }
}

fn quoted(text: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = String::from_utf8_lossy(text);
    f.write_str(&serde_json::to_string(&text).map_err(|_| fmt::Error)?)
}

/// The bounds of a `numeric`, each with whether it is itself outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Range {
    pub(crate) bottom: Comparable,
    pub(crate) top: Comparable,
    pub(crate) open_bottom: bool,
    pub(crate) open_top: bool,
}

impl Range {
    /// The first and the last number inside.
    pub(crate) fn inside(&self) -> (Comparable, Comparable) {
        let first = Comparable(self.bottom.0 + u64::from(self.open_bottom));
        let last = Comparable(self.top.0 - u64::from(self.open_top));
        (first, last)
    }

    fn contains(&self, number: Comparable) -> bool {
        let (first, last) = self.inside();
        (first..=last).contains(&number)
    }
}

/// What an `anything-but` leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Excluded {
    Strings(Box<[Box<[u8]>]>),
    Numbers(Box<[Comparable]>),
    Prefixes(Box<[Box<[u8]>]>),
    Suffixes(Box<[Box<[u8]>]>),
    Folds(Box<[Fold]>),
    Wildcards(Box<[Wildcard]>),
}

impl Excluded {
    pub(crate) fn has(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Numbers(numbers), Value::Number(_, number)) => {
                number.is_some_and(|number| numbers.contains(&number))
            }
            (Self::Strings(list), Value::String(text)) => list.iter().any(|out| **out == *text),
            (Self::Prefixes(list), Value::String(text)) => list.iter().any(|out| starts(text, out)),
            (Self::Suffixes(list), Value::String(text)) => list.iter().any(|out| ends(text, out)),
            (Self::Folds(list), Value::String(text)) => list.iter().any(|out| out.equals(text)),
            (Self::Wildcards(list), Value::String(text)) => {
                list.iter().any(|out| out.matches(text))
            }
            _ => false,
        }
    }
}

/// One alternative in a field's array.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    /// The same string.
    Exact(Box<[u8]>),
    /// `null`, `true` or `false`.
    Word(Box<[u8]>),
    /// A number that compares.
    Number(Comparable),
    /// A number that does not compare: the same text.
    NumberText(Box<[u8]>),
    /// An IP address, however it is written.
    Address(Address),
    Prefix(Box<[u8]>),
    Suffix(Box<[u8]>),
    Fold(Fold),
    FoldPrefix(Fold),
    FoldSuffix(Fold),
    Wildcard(Wildcard),
    Numeric(Range),
    Cidr(Block),
    /// Any leaf at all.
    Exists,
    /// No leaf.
    Absent,
    AnythingBut(Excluded),
}

impl Operator {
    /// Whether the operator takes a value that is there.
    pub(crate) fn takes(&self, value: Value<'_>) -> bool {
        match self {
            Self::Exists => true,
            Self::Absent => false,
            Self::AnythingBut(excluded) => !excluded.has(value),
            _ => match value {
                Value::String(text) => self.takes_string(text),
                Value::Number(text, number) => self.takes_number(text, number),
                Value::Word(text) => matches!(self, Self::Word(word) if **word == *text),
            },
        }
    }

    fn takes_string(&self, text: &[u8]) -> bool {
        match self {
            Self::Exact(exact) => **exact == *text,
            Self::Prefix(prefix) => starts(text, prefix),
            Self::Suffix(suffix) => ends(text, suffix),
            Self::Fold(fold) => fold.equals(text),
            Self::FoldPrefix(fold) => fold.starts(text),
            Self::FoldSuffix(fold) => fold.ends(text),
            Self::Wildcard(wildcard) => wildcard.matches(text),
            Self::Address(address) => Address::read(text) == Some(*address),
            Self::Cidr(block) => Address::read(text).is_some_and(|found| block.contains(found)),
            _ => false,
        }
    }

    fn takes_number(&self, text: &[u8], number: Option<Comparable>) -> bool {
        match self {
            Self::Number(exact) => number == Some(*exact),
            Self::NumberText(exact) => **exact == *text,
            Self::Numeric(range) => number.is_some_and(|number| range.contains(number)),
            _ => false,
        }
    }
}

/// Whether a string starts so. The engine sees the closing quote as a last character, so a prefix may end in it.
pub(crate) fn starts(text: &[u8], prefix: &[u8]) -> bool {
    text.starts_with(prefix) || prefix.strip_suffix(b"\"") == Some(text)
}

/// Whether a string ends so. The engine sees the opening quote as a first character, so a suffix may start with it.
pub(crate) fn ends(text: &[u8], suffix: &[u8]) -> bool {
    text.ends_with(suffix) || suffix.strip_prefix(b"\"") == Some(text)
}
