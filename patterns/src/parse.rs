//! The text of a pattern comes in; its branches go out, or what the service's engine would reject it for.
//!
//! `$or` is read as the engine reads it: every field is written into all branches that are there when it is
//! met, so of a field written twice the later one wins, inside an `$or` and outside of it. When a pattern is
//! no good so read, the engine tries an older reader that takes `$or` for the name of a field.

use super::error::{PatternError, RawError};
use super::operator::Operator;
use super::parse_operator::{self, Array};
use super::tape::{Tape, Token};
use super::text;
use std::collections::{BTreeMap, HashMap};

/// How many branches the `$or`s of a pattern may multiply to.
const MAX_BRANCHES: usize = 10_000;
/// How many fields a branch may have; the engine adds no larger rule.
const MAX_FIELDS: usize = 256;
/// How often fields may be written into branches, so that bad patterns take bounded time.
const MAX_WRITES: usize = 5_000_000;

/// A pattern as read: names of fields, alternatives, and branches of both by number.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) names: Vec<Vec<u8>>,
    pub(crate) alternatives: Vec<Box<[Operator]>>,
    pub(crate) branches: Vec<BTreeMap<u32, u32>>,
    pub(crate) warnings: Vec<String>,
}

/// Reads a pattern.
pub(crate) fn parse(text: &str) -> Result<Parsed, PatternError> {
    let mut tape = Tape::default();
    let told = |error: RawError| error.placed_in(text);
    tape.read(text.as_bytes())
        .map_err(|error| told(error.into()))?;
    match read(text, &tape, true) {
        Ok(parsed) => Ok(parsed),
        Err(error) => older(text, &tape).ok_or_else(|| told(error)),
    }
}

/// What the older reader makes of a pattern, if there is an `$or` to be read differently.
fn older(text: &str, tape: &Tape) -> Option<Parsed> {
    let mut parsed = read(text, tape, false).ok()?;
    let is_or = |name: &Vec<u8>| name.split(|&byte| byte == b'.').any(|step| step == b"$or");
    if parsed.names.iter().any(is_or) {
        parsed.warnings.push(
            "`$or` is taken for the name of a field: for alternatives, write an array of at least two objects"
                .to_owned(),
        );
    }
    Some(parsed)
}

fn read(text: &str, tape: &Tape, with_or: bool) -> Result<Parsed, RawError> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        tape,
        with_or,
        path: Vec::new(),
        numbers: HashMap::new(),
        parsed: Parsed::default(),
        writes: 0,
    };
    let mut branches = Vec::new();
    let read = reader.object(0, &mut branches, false);
    read.map_err(|mut error| {
        error.path.get_or_insert_with(|| reader.path_text());
        error
    })?;
    reader.parsed.branches = branches;
    Ok(reader.parsed)
}

/// The branches that a part of a pattern has been written into so far.
type Branches = Vec<BTreeMap<u32, u32>>;

struct Reader<'a> {
    bytes: &'a [u8],
    tape: &'a Tape,
    with_or: bool,
    path: Vec<Vec<u8>>,
    numbers: HashMap<Vec<u8>, u32>,
    parsed: Parsed,
    writes: usize,
}

impl Reader<'_> {
    fn path_text(&self) -> String {
        String::from_utf8_lossy(&self.path.join(&b'.')).into_owned()
    }

    fn token(&self, index: usize) -> Token {
        self.tape.token(index)
    }

    fn string(&self, index: usize) -> Vec<u8> {
        text::meaning(self.token(index), self.bytes)
    }

    fn offset(&self, index: usize) -> usize {
        self.token(index).start as usize
    }

    /// Reads the object at a token into the branches. Inside an `$or`, names of operators are no fields.
    fn object(&mut self, at: usize, branches: &mut Branches, in_or: bool) -> Result<(), RawError> {
        let end = self.token(at).end();
        let mut key = at + 1;
        if key == end {
            return Err(RawError::new(
                "Empty objects are not allowed",
                "name at least one field, with an array of what it may be",
                self.offset(at),
            ));
        }
        while key < end {
            self.path.push(self.string(key));
            self.member(key, branches, in_or)?;
            self.path.pop();
            key = self.tape.next(key + 1, self.bytes);
        }
        Ok(())
    }

    fn member(&mut self, key: usize, branches: &mut Branches, in_or: bool) -> Result<(), RawError> {
        let name = self.path.last().map_or(&[][..], Vec::as_slice);
        if self.with_or && name == b"$or" {
            let name = self.path.pop();
            let read = self.or(key + 1, branches);
            self.path.extend(name.filter(|_| read.is_ok()));
            return read;
        }
        if in_or && RESERVED.iter().any(|word| word.as_bytes() == name) {
            return Err(RawError::new(
                format!(
                    "{} is Ruler reserved fieldName which cannot be used inside $or.",
                    String::from_utf8_lossy(name)
                ),
                "an alternative of $or names fields; operators go into the array behind a field",
                self.offset(key),
            ));
        }
        match self.token(key + 1).first(self.bytes) {
            b'{' => self.object(key + 1, branches, in_or),
            b'[' => self.field(key + 1, branches),
            _ => Err(RawError::new(
                format!(
                    "\"{}\" must be an object or an array",
                    String::from_utf8_lossy(name)
                ),
                "put the value into an array, as in [\"value\"]",
                self.offset(key + 1),
            )),
        }
    }

    /// Reads `$or` at the token of its array.
    fn or(&mut self, at: usize, branches: &mut Branches) -> Result<(), RawError> {
        const HELP: &str =
            "write an array of at least two objects, each with the fields of one alternative";
        if self.token(at).first(self.bytes) != b'[' {
            let message = "It must be an Array followed with $or.";
            return Err(RawError::new(message, HELP, self.offset(at)));
        }
        let before = std::mem::take(branches);
        let mut item = at + 1;
        let mut count = 0;
        while item < self.token(at).end() {
            if self.token(item).first(self.bytes) != b'{' {
                let message = "Only JSON object is allowed in array of $or relationship.";
                return Err(RawError::new(message, HELP, self.offset(item)));
            }
            self.alternative(item, &before, branches)?;
            item = self.tape.next(item, self.bytes);
            count += 1;
        }
        if count < 2 {
            let message = "There must have at least 2 Objects in $or relationship.";
            return Err(RawError::new(message, HELP, self.offset(at)));
        }
        Ok(())
    }

    /// Reads one object of an `$or` into copies of the branches before it.
    fn alternative(
        &mut self,
        at: usize,
        before: &Branches,
        branches: &mut Branches,
    ) -> Result<(), RawError> {
        self.writes += before.iter().map(BTreeMap::len).sum::<usize>();
        self.check_limits(before.len() + branches.len(), at)?;
        let mut new = before.clone();
        if new.is_empty() {
            new.push(BTreeMap::new());
        }
        self.object(at, &mut new, true)?;
        self.check_limits(new.len() + branches.len(), at)?;
        branches.append(&mut new);
        Ok(())
    }

    fn check_limits(&self, branches: usize, at: usize) -> Result<(), RawError> {
        if branches > MAX_BRANCHES || self.writes > MAX_WRITES {
            let what = if branches > MAX_BRANCHES {
                format!("The $or relationships multiply to more than {MAX_BRANCHES} branches")
            } else {
                format!("The $or relationships take more than {MAX_WRITES} steps to write out")
            };
            let help = "split the pattern into several rules";
            return Err(RawError::new(what, help, self.offset(at)));
        }
        Ok(())
    }

    /// Reads the array of a field's alternatives and writes it into all branches.
    fn field(&mut self, at: usize, branches: &mut Branches) -> Result<(), RawError> {
        let array = Array {
            bytes: self.bytes,
            tape: self.tape,
            with_or: self.with_or,
        };
        let operators = parse_operator::alternatives(array, at, &mut self.parsed.warnings)?;
        let alternatives = self.parsed.alternatives.len() as u32;
        self.parsed.alternatives.push(operators);
        if branches.is_empty() {
            branches.push(BTreeMap::new());
        }
        self.writes += branches.len();
        self.check_limits(branches.len(), at)?;
        let number = self.number();
        for branch in branches {
            branch.insert(number, alternatives);
            if branch.len() > MAX_FIELDS {
                let message = format!("Size of rule exceeds max value of {MAX_FIELDS}");
                return Err(RawError::new(message, "name fewer fields", self.offset(at)));
            }
        }
        Ok(())
    }

    /// The number of the field at the path. Where all outer steps are empty, the engine drops them: the field
    /// `{"": {"a": …}}` is `a`.
    fn number(&mut self) -> u32 {
        let (last, outer) = self
            .path
            .split_last()
            .map_or((&[][..], &[][..]), |(last, outer)| (&last[..], outer));
        let mut name = outer.join(&b'.');
        if !name.is_empty() {
            name.push(b'.');
        }
        name.extend_from_slice(last);
        if let Some(&number) = self.numbers.get(&name) {
            return number;
        }
        let number = self.parsed.names.len() as u32;
        self.parsed.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }
}

/// Names that the engine keeps for operators inside `$or`, those of the future too.
const RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];
