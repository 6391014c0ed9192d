//! What stands behind an `anything-but` comes in; what it leaves out goes out, or what is wrong with it.

use super::error::RawError;
use super::fold::Fold;
use super::operator::Excluded;
use super::parse_operator::{Array, TOO_MANY, TokenKind};

/// `anything-but`: what is left out, as one value or a list.
impl Array<'_> {
    pub(super) fn anything_but(self, at: usize) -> Result<Excluded, RawError> {
        if self.kind(at) != TokenKind::Object {
            return self.excluded_values(at);
        }
        let (name, value) = self.first_member(at, "Anything-But expression name not found")?;
        let known = match name.as_slice() {
            b"prefix" | b"suffix" => self.with_or || self.kind(value) == TokenKind::String,
            b"wildcard" => self.with_or,
            b"equals-ignore-case" => true,
            _ => false,
        };
        if !known {
            let name = String::from_utf8_lossy(&name);
            return Err(self.error(
                at + 1,
                format!("Unsupported anything-but pattern: {name}"),
                "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard",
            ));
        }
        let excluded = self.excluded_by(&name, value)?;
        self.nothing_more(at, TOO_MANY).map(|()| excluded)
    }

    fn excluded_by(self, operator: &[u8], value: usize) -> Result<Excluded, RawError> {
        let items = self.excluded_items(value)?;
        match operator {
            b"equals-ignore-case" => {
                const MESSAGE: &str = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
                let texts = self.excluded_texts(&items, MESSAGE)?;
                Ok(Excluded::Folds(
                    texts.iter().map(|text| Fold::new(text)).collect(),
                ))
            }
            b"wildcard" => {
                let texts =
                    self.excluded_texts(&items, "wildcard match pattern must be a string")?;
                let wildcards = texts.iter().map(|text| self.wildcard(text, value));
                Ok(Excluded::Wildcards(wildcards.collect::<Result<_, _>>()?))
            }
            name => self.excluded_ends(name == b"prefix", &items),
        }
    }

    /// The tokens of a list, or the one of a single value.
    fn excluded_items(self, at: usize) -> Result<Vec<usize>, RawError> {
        match self.kind(at) {
            TokenKind::Array => Ok(self.items(at).collect()),
            TokenKind::String | TokenKind::Number => Ok(vec![at]),
            _ => Err(self.error(
                at,
                "Value of anything-but must be an array or single string/number value.",
                "write a string, a number, or a list of either",
            )),
        }
    }

    fn excluded_texts(self, items: &[usize], message: &str) -> Result<Vec<Vec<u8>>, RawError> {
        let text = |&item: &usize| match self.kind(item) {
            TokenKind::String => Ok(self.string(item)),
            _ => Err(self.error(item, message, "list strings only")),
        };
        items.iter().map(text).collect()
    }

    fn excluded_ends(self, is_prefix: bool, items: &[usize]) -> Result<Excluded, RawError> {
        let texts = self.excluded_texts(items, "prefix/suffix match pattern must be a string")?;
        if let Some(empty) = texts.iter().position(Vec::is_empty) {
            let at = items.get(empty).copied().unwrap_or(0);
            let help = "every string starts and ends with the empty string: leave it out";
            return Err(self.error(at, "Null prefix/suffix not allowed", help));
        }
        let texts = texts.into_iter().map(Vec::into_boxed_slice).collect();
        Ok(if is_prefix {
            Excluded::Prefixes(texts)
        } else {
            Excluded::Suffixes(texts)
        })
    }

    fn excluded_values(self, at: usize) -> Result<Excluded, RawError> {
        let items = self.excluded_items(at)?;
        let is = |kind: TokenKind| items.iter().all(|&item| self.kind(item) == kind);
        if let Some(&other) = items
            .iter()
            .find(|&&item| !matches!(self.kind(item), TokenKind::String | TokenKind::Number))
        {
            let message = "Inside anything but list, start|null|boolean is not supported.";
            return Err(self.error(other, message, "list strings or numbers"));
        }
        if items.is_empty() || !(is(TokenKind::String) || is(TokenKind::Number)) {
            return Err(self.error(
                at,
                "Inside anything but list, either all values are number or string, mixed type is not supported",
                "list strings only or numbers only, at least one",
            ));
        }
        if is(TokenKind::Number) {
            let numbers = items.iter().map(|&item| self.bound(item));
            return Ok(Excluded::Numbers(numbers.collect::<Result<_, _>>()?));
        }
        let texts = items
            .iter()
            .map(|&item| self.string(item).into_boxed_slice());
        Ok(Excluded::Strings(texts.collect()))
    }
}
