//! The array behind a field of a pattern comes in; its alternatives go out, or what is wrong with one.

use super::address::{Address, Block};
use super::fold::Fold;
use super::number::Comparable;
use super::operator::{Excluded, Operator, Range};
use super::parse::Fault;
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
) -> Result<Box<[Operator]>, Fault> {
    let mut operators = Vec::new();
    for item in array.items(at) {
        operators.push(array.alternative(item)?);
    }
    if operators.is_empty() {
        return Err(array.fault(
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
        Operator::AnythingBut(Excluded::Prefixes(list) | Excluded::Suffixes(list)) => list.is_empty(),
        Operator::AnythingBut(Excluded::Folds(list)) => list.is_empty(),
        Operator::AnythingBut(Excluded::Wildcards(list)) => list.is_empty(),
        _ => false,
    }
}

/// What a token is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Object,
    Array,
    String,
    Number,
    Word,
}

impl<'a> Array<'a> {
    fn fault(self, at: usize, message: impl Into<String>, help: &'static str) -> Fault {
        Fault::new(message, help, self.tape.token(at).start as usize)
    }

    fn kind(self, at: usize) -> Kind {
        match self.tape.token(at).first(self.bytes) {
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'"' => Kind::String,
            b'-' | b'0'..=b'9' => Kind::Number,
            _ => Kind::Word,
        }
    }

    fn string(self, at: usize) -> Vec<u8> {
        text::meaning(self.tape.token(at), self.bytes)
    }

    /// The text of a number or word; of anything else nothing.
    fn text(self, at: usize) -> &'a [u8] {
        match self.kind(at) {
            Kind::Number | Kind::Word => self.tape.token(at).scalar(self.bytes),
            _ => &[],
        }
    }

    /// The tokens of the members of an array.
    fn items(self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.tape.token(at).end();
        let next = move |&item: &usize| Some(self.tape.next(item, self.bytes));
        std::iter::successors(Some(at + 1), next).take_while(move |&item| item < end)
    }

    fn alternative(self, at: usize) -> Result<Operator, Fault> {
        match self.kind(at) {
            Kind::Object => self.expression(at),
            Kind::String => Ok(literal(self.string(at))),
            Kind::Number => Ok(match Comparable::read(self.text(at)) {
                Some(number) => Operator::Number(number),
                None => Operator::NumberText(self.text(at).into()),
            }),
            Kind::Word => Ok(Operator::Word(self.text(at).into())),
            Kind::Array => Err(self.fault(
                at,
                "Match value must be String, number, true, false, or null",
                "arrays of the event are looked into by themselves: list the values without inner brackets",
            )),
        }
    }

    /// The only key of an object and the token of its value.
    fn only_member(self, at: usize, nothing: &str, several: &str) -> Result<(Vec<u8>, usize), Fault> {
        let end = self.tape.token(at).end();
        if at + 1 == end {
            return Err(self.fault(at, nothing, OPERATORS));
        }
        if self.tape.next(at + 2, self.bytes) != end {
            let help = "write each operator into an object of its own";
            return Err(self.fault(at, several, help));
        }
        Ok((self.string(at + 1), at + 2))
    }

    fn expression(self, at: usize) -> Result<Operator, Fault> {
        const SEVERAL: &str = "Only one key allowed in match expression";
        let (name, value) = self.only_member(at, "Match expression name not found", SEVERAL)?;
        match name.as_slice() {
            b"exactly" => Ok(Operator::Exact(self.text_of("exact", value)?.into())),
            b"prefix" if self.kind(value) == Kind::Object => {
                Ok(Operator::FoldPrefix(self.inner_fold("Prefix", "prefix", value)?))
            }
            b"prefix" => Ok(Operator::Prefix(self.text_of("prefix", value)?.into())),
            b"suffix" if self.kind(value) == Kind::Object => {
                Ok(Operator::FoldSuffix(self.inner_fold("Suffix", "prefix", value)?))
            }
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
            other => Err(self.fault(
                at + 1,
                format!("Unrecognized match type {}", String::from_utf8_lossy(other)),
                OPERATORS,
            )),
        }
    }

    /// The string that an operator needs.
    fn text_of(self, operator: &str, at: usize) -> Result<Vec<u8>, Fault> {
        if self.kind(at) != Kind::String {
            let message = format!("{operator} match pattern must be a string");
            return Err(self.fault(at, message, "write one string"));
        }
        Ok(self.string(at))
    }

    fn inner_fold(self, name: &str, operator: &str, at: usize) -> Result<Fold, Fault> {
        let nothing = format!("{name} expression name not found");
        let several = "Only one key allowed in match expression";
        let (inner, value) = self.only_member(at, &nothing, several)?;
        if inner != b"equals-ignore-case" {
            return Err(self.fault(
                at + 1,
                format!("Unsupported {operator} pattern: {}", String::from_utf8_lossy(&inner)),
                "only equals-ignore-case can stand here, with one string",
            ));
        }
        Ok(Fold::new(&self.text_of("equals-ignore-case", value)?))
    }

    fn wildcard(self, text: &[u8], at: usize) -> Result<Wildcard, Fault> {
        Wildcard::read(text).map_err(|message| {
            let help = "write * for any characters, \\\\* for a star and \\\\\\\\ for a backslash";
            self.fault(at, message, help)
        })
    }

    fn cidr(self, at: usize) -> Result<Operator, Fault> {
        let text = self.text_of("prefix", at)?;
        let block = Block::read(&String::from_utf8_lossy(&text)).map_err(|message| {
            let help = "write an address, a slash and the number of leading bits, as in 10.0.0.0/24; \
                        for one address write it as a plain string";
            self.fault(at, message, help)
        })?;
        Ok(Operator::Cidr(block))
    }

    fn exists(self, at: usize) -> Result<Operator, Fault> {
        match self.text(at) {
            b"true" => Ok(Operator::Exists),
            b"false" => Ok(Operator::Absent),
            _ => {
                let message = "exists match pattern must be either true or false.";
                Err(self.fault(at, message, "write true or false without quotes"))
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

/// `numeric`: an operator and a number, or two of both.
impl Array<'_> {
    fn numeric(self, at: usize) -> Result<Operator, Fault> {
        if self.kind(at) != Kind::Array {
            let message = "Value of numeric must be an array.";
            return Err(self.fault(at, message, NUMERIC));
        }
        let items: Vec<usize> = self.items(at).collect();
        let (sign, rest) = match items.split_first() {
            Some((&first, rest)) if self.kind(first) == Kind::String => (self.string(first), rest),
            other => {
                let shown = other.map_or("]".to_owned(), |(&first, _)| self.shown(first));
                let message = format!("Invalid member in numeric match: {shown}");
                return Err(self.fault(at, message, NUMERIC));
            }
        };
        let sign = String::from_utf8_lossy(&sign);
        match &*sign {
            "=" => {
                let bound = self.last_bound("equals", rest, at)?;
                Ok(Operator::Number(bound))
            }
            "<" | "<=" => {
                let top = self.last_bound(&sign, rest, at)?;
                Ok(Operator::Numeric(Range {
                    top,
                    open_top: &*sign == "<",
                    ..EVERY_NUMBER
                }))
            }
            ">" | ">=" => self.from_bottom(&sign, rest, at),
            _ => {
                let message = format!("Unrecognized numeric range operator: {sign}");
                Err(self.fault(at, message, NUMERIC))
            }
        }
    }

    fn shown(self, at: usize) -> String {
        let token = self.tape.token(at);
        match self.kind(at) {
            Kind::Number | Kind::Word => String::from_utf8_lossy(self.text(at)).into_owned(),
            _ => char::from(token.first(self.bytes)).to_string(),
        }
    }

    /// The number behind an operator, with nothing behind it.
    fn last_bound(self, sign: &str, rest: &[usize], at: usize) -> Result<Comparable, Fault> {
        self.numeric_kind(sign, rest.first(), at)?;
        match rest {
            [bound] => self.bound(*bound),
            _ => Err(self.fault(at, "Too many elements in numeric expression", NUMERIC)),
        }
    }

    fn from_bottom(self, sign: &str, rest: &[usize], at: usize) -> Result<Operator, Fault> {
        self.numeric_kind(sign, rest.first(), at)?;
        let (first, top) = match rest {
            [bottom] => (*bottom, None),
            [bottom, rest @ ..] => (*bottom, Some(self.top(rest, at)?)),
            [] => return Err(self.fault(at, "Invalid member in numeric match: ]", NUMERIC)),
        };
        let bottom = Range {
            bottom: self.bound(first)?,
            open_bottom: sign == ">",
            ..EVERY_NUMBER
        };
        let Some((top, open_top)) = top else {
            return Ok(Operator::Numeric(bottom));
        };
        let top = self.bound(top)?;
        if bottom.bottom >= top {
            let help = "the first number must be less than the second";
            return Err(self.fault(at, "Bottom must be less than top", help));
        }
        Ok(Operator::Numeric(Range {
            top,
            open_top,
            ..bottom
        }))
    }

    /// The token of the upper bound and whether it is itself outside.
    fn top(self, rest: &[usize], at: usize) -> Result<(usize, bool), Fault> {
        let sign = match rest.first() {
            Some(&sign) if self.kind(sign) == Kind::String => self.string(sign),
            other => {
                let shown = other.map_or(String::new(), |&item| self.shown(item));
                let message = format!("Bad value in numeric range: {shown}");
                return Err(self.fault(at, message, NUMERIC));
            }
        };
        let sign = String::from_utf8_lossy(&sign);
        if sign != "<" && sign != "<=" {
            let message = format!("Bad numeric range operator: {sign}");
            return Err(self.fault(at, message, NUMERIC));
        }
        self.numeric_kind(&sign, rest.get(1), at)?;
        match rest {
            [_, top] => Ok((*top, sign == "<")),
            _ => Err(self.fault(at, "Too many terms in numeric range expression", NUMERIC)),
        }
    }

    fn numeric_kind(self, sign: &str, item: Option<&usize>, at: usize) -> Result<(), Fault> {
        if item.is_none_or(|&item| self.kind(item) != Kind::Number) {
            let message = format!("Value of {sign} must be numeric");
            return Err(self.fault(item.copied().unwrap_or(at), message, NUMERIC));
        }
        Ok(())
    }

    fn bound(self, at: usize) -> Result<Comparable, Fault> {
        let text = self.text(at);
        Comparable::read(text).ok_or_else(|| {
            let message = format!("Cannot compare number : {}", String::from_utf8_lossy(text));
            let help = "write a number that a double holds exactly as written";
            self.fault(at, message, help)
        })
    }
}

const EVERY_NUMBER: Range = Range {
    bottom: Comparable::MIN,
    top: Comparable::MAX,
    open_bottom: false,
    open_top: false,
};

const NUMERIC: &str = "write [\"=\", 5], [\">\", 0], [\"<=\", 5] or [\">=\", 0, \"<\", 5]";

/// `anything-but`: what is left out, as one value or a list.
impl Array<'_> {
    fn anything_but(self, at: usize) -> Result<Excluded, Fault> {
        const SEVERAL: &str = "Too many elements in numeric expression";
        if self.kind(at) != Kind::Object {
            return self.excluded_values(at);
        }
        let nothing = "Anything-But expression name not found";
        let (name, value) = self.only_member(at, nothing, SEVERAL)?;
        let known = match name.as_slice() {
            b"prefix" | b"suffix" => self.with_or || self.kind(value) == Kind::String,
            b"wildcard" => self.with_or,
            b"equals-ignore-case" => true,
            _ => false,
        };
        if !known {
            let name = String::from_utf8_lossy(&name);
            return Err(self.fault(
                at + 1,
                format!("Unsupported anything-but pattern: {name}"),
                "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard",
            ));
        }
        let items = self.excluded_items(value)?;
        match name.as_slice() {
            b"equals-ignore-case" => {
                const MESSAGE: &str = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
                let texts = self.excluded_texts(&items, MESSAGE)?;
                Ok(Excluded::Folds(texts.iter().map(|text| Fold::new(text)).collect()))
            }
            b"wildcard" => {
                let texts = self.excluded_texts(&items, "wildcard match pattern must be a string")?;
                let wildcards = texts.iter().map(|text| self.wildcard(text, value));
                Ok(Excluded::Wildcards(wildcards.collect::<Result<_, _>>()?))
            }
            name => self.excluded_ends(name == b"prefix", &items),
        }
    }

    /// The tokens of a list, or the one of a single value.
    fn excluded_items(self, at: usize) -> Result<Vec<usize>, Fault> {
        match self.kind(at) {
            Kind::Array => Ok(self.items(at).collect()),
            Kind::String | Kind::Number => Ok(vec![at]),
            _ => Err(self.fault(
                at,
                "Value of anything-but must be an array or single string/number value.",
                "write a string, a number, or a list of either",
            )),
        }
    }

    fn excluded_texts(self, items: &[usize], message: &str) -> Result<Vec<Vec<u8>>, Fault> {
        let text = |&item: &usize| match self.kind(item) {
            Kind::String => Ok(self.string(item)),
            _ => Err(self.fault(item, message, "list strings only")),
        };
        items.iter().map(text).collect()
    }

    fn excluded_ends(self, is_prefix: bool, items: &[usize]) -> Result<Excluded, Fault> {
        let texts = self.excluded_texts(items, "prefix/suffix match pattern must be a string")?;
        if let Some(empty) = texts.iter().position(Vec::is_empty) {
            let at = items.get(empty).copied().unwrap_or(0);
            let help = "every string starts and ends with the empty string: leave it out";
            return Err(self.fault(at, "Null prefix/suffix not allowed", help));
        }
        let texts = texts.into_iter().map(Vec::into_boxed_slice).collect();
        Ok(match is_prefix {
            true => Excluded::Prefixes(texts),
            false => Excluded::Suffixes(texts),
        })
    }

    fn excluded_values(self, at: usize) -> Result<Excluded, Fault> {
        let items = self.excluded_items(at)?;
        let is = |kind: Kind| items.iter().all(|&item| self.kind(item) == kind);
        if let Some(&other) = items.iter().find(|&&item| !matches!(self.kind(item), Kind::String | Kind::Number)) {
            let message = "Inside anything but list, start|null|boolean is not supported.";
            return Err(self.fault(other, message, "list strings or numbers"));
        }
        if items.is_empty() || !(is(Kind::String) || is(Kind::Number)) {
            return Err(self.fault(
                at,
                "Inside anything but list, either all values are number or string, mixed type is not supported",
                "list strings only or numbers only, at least one",
            ));
        }
        if is(Kind::Number) {
            let numbers = items.iter().map(|&item| self.bound(item));
            return Ok(Excluded::Numbers(numbers.collect::<Result<_, _>>()?));
        }
        let texts = items.iter().map(|&item| self.string(item).into_boxed_slice());
        Ok(Excluded::Strings(texts.collect()))
    }
}
