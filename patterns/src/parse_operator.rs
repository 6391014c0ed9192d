//! The array behind a field of a pattern comes in; its alternatives go out, or what is wrong with one.

use super::address::{Address, Block};
use super::error::RawError;
use super::fold::Fold;
use super::number::Comparable;
use super::operator::{Excluded, Operator};
use super::tape::Tape;
use super::text;
use super::wildcard::Wildcard;

/// Where the arrays are read from.
#[derive(Clone, Copy)]
pub(crate) struct Array<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) tape: &'a Tape,
    /// Whether the reader is the newer one, which knows more forms of `anything-but`.
    pub(crate) with_or: bool,
}

/// Reads the alternatives of the array at a token.
pub(crate) fn alternatives(
    array: Array<'_>,
    at: usize,
    warnings: &mut Vec<String>,
) -> Result<Box<[Operator]>, RawError> {
    let mut operators = Vec::new();
    for item in array.items(at) {
        operators.push(array.alternative(item)?);
    }
    if operators.is_empty() {
        return Err(array.error(
            at,
            "Empty arrays are not allowed",
            "list at least one value; for a field that must not be there, write [{\"exists\": false}]",
        ));
    }
    if operators.iter().any(excludes_nothing) {
        warnings.push(
            "`anything-but` with an empty list matches nothing, and the service fails on a field that has only that"
                .to_owned(),
        );
        operators.retain(|operator| !excludes_nothing(operator));
    }
    Ok(operators.into())
}

fn excludes_nothing(operator: &Operator) -> bool {
    match operator {
        Operator::AnythingBut(Excluded::Prefixes(list) | Excluded::Suffixes(list)) => {
            list.is_empty()
        }
        Operator::AnythingBut(Excluded::Folds(list)) => list.is_empty(),
        Operator::AnythingBut(Excluded::Wildcards(list)) => list.is_empty(),
        _ => false,
    }
}

/// What a token is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum TokenKind {
    Object,
    Array,
    String,
    Number,
    Word,
}

impl<'a> Array<'a> {
    pub(super) fn error(
        self,
        at: usize,
        message: impl Into<String>,
        help: &'static str,
    ) -> RawError {
        RawError::new(message, help, self.tape.token(at).start as usize)
    }

    pub(super) fn kind(self, at: usize) -> TokenKind {
        match self.tape.token(at).first(self.bytes) {
            b'{' => TokenKind::Object,
            b'[' => TokenKind::Array,
            b'"' => TokenKind::String,
            b'-' | b'0'..=b'9' => TokenKind::Number,
            _ => TokenKind::Word,
        }
    }

    pub(super) fn string(self, at: usize) -> Vec<u8> {
        text::meaning(self.tape.token(at), self.bytes)
    }

    /// The text of a number or word; of anything else nothing.
    pub(super) fn text(self, at: usize) -> &'a [u8] {
        match self.kind(at) {
            TokenKind::Number | TokenKind::Word => self.tape.token(at).scalar(self.bytes),
            _ => &[],
        }
    }

    /// The tokens of the members of an array.
    pub(super) fn items(self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.tape.token(at).end();
        let next = move |&item: &usize| Some(self.tape.next(item, self.bytes));
        std::iter::successors(Some(at + 1), next).take_while(move |&item| item < end)
    }

    fn alternative(self, at: usize) -> Result<Operator, RawError> {
        match self.kind(at) {
            TokenKind::Object => self.expression(at),
            TokenKind::String => Ok(literal(self.string(at))),
            TokenKind::Number => Ok(match Comparable::read(self.text(at)) {
                Some(number) => Operator::Number(number),
                None => Operator::NumberText(self.text(at).into()),
            }),
            TokenKind::Word => Ok(Operator::Word(self.text(at).into())),
            TokenKind::Array => Err(self.error(
                at,
                "Match value must be String, number, true, false, or null",
                "arrays of the event are looked into by themselves: list the values without inner brackets",
            )),
        }
    }

    /// The only key of an object and the token of its value.
    pub(super) fn only_member(
        self,
        at: usize,
        nothing: &str,
        several: &str,
    ) -> Result<(Vec<u8>, usize), RawError> {
        let end = self.tape.token(at).end();
        if at + 1 == end {
            return Err(self.error(at, nothing, OPERATORS));
        }
        if self.tape.next(at + 2, self.bytes) != end {
            let help = "write each operator into an object of its own";
            return Err(self.error(at, several, help));
        }
        Ok((self.string(at + 1), at + 2))
    }

    fn expression(self, at: usize) -> Result<Operator, RawError> {
        const SEVERAL: &str = "Only one key allowed in match expression";
        let (name, value) = self.only_member(at, "Match expression name not found", SEVERAL)?;
        match name.as_slice() {
            b"exactly" => Ok(Operator::Exact(self.text_of("exact", value)?.into())),
            b"prefix" if self.kind(value) == TokenKind::Object => Ok(Operator::FoldPrefix(
                self.inner_fold("Prefix", "prefix", value)?,
            )),
            b"prefix" => Ok(Operator::Prefix(self.text_of("prefix", value)?.into())),
            b"suffix" if self.kind(value) == TokenKind::Object => Ok(Operator::FoldSuffix(
                self.inner_fold("Suffix", "prefix", value)?,
            )),
            b"suffix" => Ok(Operator::Suffix(self.text_of("suffix", value)?.into())),
            b"equals-ignore-case" => {
                let text = self.text_of("equals-ignore-case", value)?;
                Ok(Operator::Fold(Fold::new(&text)))
            }
            b"wildcard" => {
                let text = self.text_of("wildcard", value)?;
                Ok(Operator::Wildcard(self.wildcard(&text, value)?))
            }
            b"numeric" => self.numeric(value),
            b"cidr" => self.cidr(value),
            b"exists" => self.exists(value),
            b"anything-but" => Ok(Operator::AnythingBut(self.anything_but(value)?)),
            other => Err(self.error(
                at + 1,
                format!("Unrecognized match type {}", String::from_utf8_lossy(other)),
                OPERATORS,
            )),
        }
    }

    /// The string that an operator needs.
    fn text_of(self, operator: &str, at: usize) -> Result<Vec<u8>, RawError> {
        if self.kind(at) != TokenKind::String {
            let message = format!("{operator} match pattern must be a string");
            return Err(self.error(at, message, "write one string"));
        }
        Ok(self.string(at))
    }

    fn inner_fold(self, name: &str, operator: &str, at: usize) -> Result<Fold, RawError> {
        let nothing = format!("{name} expression name not found");
        let several = "Only one key allowed in match expression";
        let (inner, value) = self.only_member(at, &nothing, several)?;
        if inner != b"equals-ignore-case" {
            return Err(self.error(
                at + 1,
                format!(
                    "Unsupported {operator} pattern: {}",
                    String::from_utf8_lossy(&inner)
                ),
                "only equals-ignore-case can stand here, with one string",
            ));
        }
        Ok(Fold::new(&self.text_of("equals-ignore-case", value)?))
    }

    pub(super) fn wildcard(self, text: &[u8], at: usize) -> Result<Wildcard, RawError> {
        Wildcard::read(text).map_err(|message| {
            let help = "write * for any characters, \\\\* for a star and \\\\\\\\ for a backslash";
            self.error(at, message, help)
        })
    }

    fn cidr(self, at: usize) -> Result<Operator, RawError> {
        let text = self.text_of("prefix", at)?;
        let block = Block::read(&String::from_utf8_lossy(&text)).map_err(|message| {
            let help = "write an address, a slash and the number of leading bits, as in 10.0.0.0/24; \
                        for one address write it as a plain string";
            self.error(at, message, help)
        })?;
        Ok(Operator::Cidr(block))
    }

    fn exists(self, at: usize) -> Result<Operator, RawError> {
        match self.text(at) {
            b"true" => Ok(Operator::Exists),
            b"false" => Ok(Operator::Absent),
            _ => {
                let message = "exists match pattern must be either true or false.";
                Err(self.error(at, message, "write true or false without quotes"))
            }
        }
    }
}

const OPERATORS: &str = "write one of prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists";

/// A string: an address if it is one, else itself.
fn literal(text: Vec<u8>) -> Operator {
    match Address::read(&text) {
        Some(address) => Operator::Address(address),
        None => Operator::Exact(text.into()),
    }
}
