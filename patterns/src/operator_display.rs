//! An operator comes in; the words that explain what it needs go out.

use super::address::{Address, Block};
use super::fold::Fold;
use super::number::Comparable;
use super::operator::{Excluded, Operator, Range, Value};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |f: &mut fmt::Formatter<'_>, words: &str, text: &[u8]| {
            write!(f, "{words}{}", Value::String(text))
        };
        match self {
            Self::Exact(exact) => text(f, "", exact),
            Self::Word(word) | Self::NumberText(word) => write!(f, "{}", Value::Word(word)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Address(address) => write!(f, "the address {address}"),
            Self::Prefix(prefix) => text(f, "a string that starts with ", prefix),
            Self::Suffix(suffix) => text(f, "a string that ends with ", suffix),
            Self::Fold(fold) => folded(f, "", fold),
            Self::FoldPrefix(fold) => folded(f, "a string that starts with ", fold),
            Self::FoldSuffix(fold) => folded(f, "a string that ends with ", fold),
            Self::Wildcard(wildcard) => text(f, "a string like ", &wildcard.text()),
            Self::Numeric(range) => write!(f, "a number {range}"),
            Self::Cidr(block) => write!(f, "an address in {block}"),
            Self::Exists => f.write_str("any value"),
            Self::Absent => f.write_str("no value"),
            Self::AnythingBut(excluded) => write!(f, "anything but {excluded}"),
        }
    }
}

fn folded(f: &mut fmt::Formatter<'_>, words: &str, fold: &Fold) -> fmt::Result {
    let text = Value::String(fold.text.as_bytes());
    write!(f, "{words}{text} in any case")
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bottom = if self.open_bottom { ">" } else { ">=" };
        let top = if self.open_top { "<" } else { "<=" };
        match (self.bottom, self.top) {
            (Comparable::MIN, last) => write!(f, "{top} {last}"),
            (first, Comparable::MAX) => write!(f, "{bottom} {first}"),
            (first, last) => write!(f, "{bottom} {first} and {top} {last}"),
        }
    }
}

impl fmt::Display for Excluded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Strings(texts) => list(f, "", texts, |text| Value::String(text).to_string()),
            Self::Numbers(numbers) => list(f, "", numbers, Comparable::to_string),
            Self::Prefixes(texts) => list(f, "what starts with ", texts, |text| {
                Value::String(text).to_string()
            }),
            Self::Suffixes(texts) => list(f, "what ends with ", texts, |text| {
                Value::String(text).to_string()
            }),
            Self::Folds(folds) => list(f, "in any case ", folds, |fold| {
                Value::String(fold.text.as_bytes()).to_string()
            }),
            Self::Wildcards(wildcards) => list(f, "what is like ", wildcards, |wildcard| {
                Value::String(&wildcard.text()).to_string()
            }),
        }
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    words: &str,
    items: &[T],
    show: impl Fn(&T) -> String,
) -> fmt::Result {
    let shown: Vec<String> = items.iter().map(show).collect();
    write!(f, "{words}{}", shown.join(", "))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::V4(address) => write!(f, "{}", Ipv4Addr::from(address)),
            Self::V6(address) => write!(f, "{}", Ipv6Addr::from(address)),
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}
