//! The array of a `numeric` comes in; its range goes out, or what is wrong with it.

use super::error::RawError;
use super::number::Comparable;
use super::operator::{Operator, Range};
use super::parse_operator::{Array, TokenKind};

/// `numeric`: an operator and a number, or two of both.
impl Array<'_> {
    pub(super) fn numeric(self, at: usize) -> Result<Operator, RawError> {
        if self.kind(at) != TokenKind::Array {
            let message = "Value of numeric must be an array.";
            return Err(self.error(at, message, NUMERIC));
        }
        let items: Vec<usize> = self.items(at).collect();
        let (sign, rest) = match items.split_first() {
            Some((&first, rest)) if self.kind(first) == TokenKind::String => {
                (self.string(first), rest)
            }
            other => {
                let shown = other.map_or("]".to_owned(), |(&first, _)| self.shown(first));
                let message = format!("Invalid member in numeric match: {shown}");
                return Err(self.error(at, message, NUMERIC));
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
            ">" | ">=" => self.range_from(&sign, rest, at),
            _ => {
                let message = format!("Unrecognized numeric range operator: {sign}");
                Err(self.error(at, message, NUMERIC))
            }
        }
    }

    fn shown(self, at: usize) -> String {
        let token = self.tape.token(at);
        match self.kind(at) {
            TokenKind::Number | TokenKind::Word => {
                String::from_utf8_lossy(self.text(at)).into_owned()
            }
            _ => char::from(token.first(self.bytes)).to_string(),
        }
    }

    /// The number behind an operator, with nothing behind it.
    fn last_bound(self, sign: &str, rest: &[usize], at: usize) -> Result<Comparable, RawError> {
        self.numeric_kind(sign, rest.first(), at)?;
        match rest {
            [bound] => self.bound(*bound),
            _ => Err(self.error(at, "Too many elements in numeric expression", NUMERIC)),
        }
    }

    fn range_from(self, sign: &str, rest: &[usize], at: usize) -> Result<Operator, RawError> {
        self.numeric_kind(sign, rest.first(), at)?;
        let (first, top) = match rest {
            [bottom] => (*bottom, None),
            [bottom, rest @ ..] => (*bottom, Some(self.top(rest, at)?)),
            [] => return Err(self.error(at, "Invalid member in numeric match: ]", NUMERIC)),
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
            return Err(self.error(at, "Bottom must be less than top", help));
        }
        Ok(Operator::Numeric(Range {
            top,
            open_top,
            ..bottom
        }))
    }

    /// The token of the upper bound and whether it is itself outside.
    fn top(self, rest: &[usize], at: usize) -> Result<(usize, bool), RawError> {
        let sign = match rest.first() {
            Some(&sign) if self.kind(sign) == TokenKind::String => self.string(sign),
            other => {
                let shown = other.map_or(String::new(), |&item| self.shown(item));
                let message = format!("Bad value in numeric range: {shown}");
                return Err(self.error(at, message, NUMERIC));
            }
        };
        let sign = String::from_utf8_lossy(&sign);
        if sign != "<" && sign != "<=" {
            let message = format!("Bad numeric range operator: {sign}");
            return Err(self.error(at, message, NUMERIC));
        }
        self.numeric_kind(&sign, rest.get(1), at)?;
        match rest {
            [_, top] => Ok((*top, sign == "<")),
            _ => Err(self.error(at, "Too many terms in numeric range expression", NUMERIC)),
        }
    }

    fn numeric_kind(self, sign: &str, item: Option<&usize>, at: usize) -> Result<(), RawError> {
        if item.is_none_or(|&item| self.kind(item) != TokenKind::Number) {
            let message = format!("Value of {sign} must be numeric");
            return Err(self.error(item.copied().unwrap_or(at), message, NUMERIC));
        }
        Ok(())
    }

    pub(super) fn bound(self, at: usize) -> Result<Comparable, RawError> {
        let text = self.text(at);
        Comparable::read(text).ok_or_else(|| {
            let message = format!("Cannot compare number : {}", String::from_utf8_lossy(text));
            let help = "write a number that a double holds exactly as written";
            self.error(at, message, help)
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
