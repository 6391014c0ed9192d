//! One event pattern: its text comes in, and whether it matches an event goes out.

use super::branch::{Event, Needs};
use super::cursor::Cursor;
use super::error::{EventError, PatternError};
use super::matchable::Matchable;
use super::operator::Operator;
use super::path::{self, Paths};
use super::scratch::Scratch;
use super::search::Search;
use super::{parse, read_event, walk};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// An event pattern, as the `EventPattern` of an EventBridge rule.
///
/// Fields are taken together, the values of a field's array apart; a field is a path of keys, and dots in
/// keys count as steps. Of an event, arrays are looked into at any depth and duplicate keys are all seen;
/// the fields of a pattern must be found in the same element of every array that they share.
///
/// ```
/// use eventbridge_patterns::Pattern;
///
/// let pattern: Pattern = r#"{"detail": {"bricks": {"kind": ["red"], "count": [{"numeric": [">", 9]}]}}}"#.parse()?;
/// // The bricks that are red are not those of which there are many.
/// let event = br#"{"detail": {"bricks": [{"kind": "red", "count": 1}, {"kind": "blue", "count": 20}]}}"#;
/// assert!(!pattern.matches(event)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What a value may be
///
/// | in the array of a field | it takes |
/// |---|---|
/// | `"text"`, `5`, `true`, `null` | just that, numbers by what they say: `5.0` too |
/// | `{"prefix": "a"}`, `{"suffix": "a"}`, `{"wildcard": "a*b"}` | strings by their ends, or with any characters for a star |
/// | `{"equals-ignore-case": "a"}` | a string in any case, also within `prefix` and `suffix` |
/// | `{"numeric": [">", 1, "<=", 5]}` | numbers of a range |
/// | `{"cidr": "10.0.0.0/8"}` | addresses of a block |
/// | `{"exists": true}`, `{"exists": false}` | any value, or none |
/// | `{"anything-but": …}` | all others than a value, a list of values, or an operator on strings |
///
/// Beside fields, `"$or": [{…}, {…}]` has objects of which one must fit.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub(crate) text: Box<str>,
    /// What was odd when it was read; with what the service refuses, once somebody asks.
    odd: Box<[String]>,
    warnings: OnceLock<Box<[String]>>,
    pub(crate) names: Vec<Vec<u8>>,
    pub(crate) alternatives: Vec<Box<[Operator]>>,
    /// For each branch its fields and alternatives by number, in the order of the fields' names.
    pub(crate) branches: Vec<Box<[(u32, u32)]>>,
    paths: Paths,
}

impl Pattern {
    /// Reads a pattern, accepting and rejecting what the service's engine does.
    ///
    /// Text behind the closing brace is not looked at. The `$or`s may multiply to 10,000 branches, a branch
    /// may have 256 fields, and objects may nest 1,000 deep.
    ///
    /// # Errors
    ///
    /// What the engine refuses, with the place and with what to write instead.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let parsed = parse::parse(text)?;
        let strict = !path::follows_empty_steps(parsed.names.iter().map(Vec::as_slice));
        let mut paths = Paths::default();
        for (name, field) in parsed.names.iter().zip(0..) {
            paths.add_path(name, strict && path::ends_in_empty_step(name), field);
        }
        let in_order = |branch| in_order(branch, &parsed.names);
        Ok(Self {
            text: text.into(),
            odd: parsed.warnings.into(),
            warnings: OnceLock::new(),
            branches: parsed.branches.into_iter().map(in_order).collect(),
            names: parsed.names,
            alternatives: parsed.alternatives,
            paths,
        })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the engine accepts here and probably was not meant, and what EventBridge refuses when a rule is made of
    /// it: more than 2,048 characters, wildcards that are too complex, `$or`s that multiply to more than 1,000.
    ///
    /// Each is a sentence for people. It costs nothing until somebody asks.
    ///
    /// ```
    /// use eventbridge_patterns::Pattern;
    ///
    /// let pattern = Pattern::parse(r#"{"kiln": [{"wildcard": "*:*:*:*:*:north/*"}]}"#)?;
    /// assert!(pattern.warnings()[0].contains("Rule is too complex"));
    /// # Ok::<(), eventbridge_patterns::PatternError>(())
    /// ```
    pub fn warnings(&self) -> &[String] {
        let all = || self.odd.iter().cloned().chain(self.beyond_the_engine());
        self.warnings.get_or_init(|| all().collect())
    }

    /// Whether the pattern matches an event: the bytes of a JSON object, its text, a tree, or a typed event; see
    /// [`Matchable`].
    ///
    /// # Errors
    ///
    /// The event is malformed anywhere, or no object: no verdict rests on half a document.
    pub fn matches<E: Matchable + ?Sized>(&self, event: &E) -> Result<bool, EventError> {
        self.matches_with(&event.event_json(), &mut Scratch::default())
    }

    /// As [`matches`](Self::matches) of bytes, with memory that is used again from event to event.
    ///
    /// # Errors
    ///
    /// As [`matches`](Self::matches).
    pub fn matches_with(&self, event: &[u8], scratch: &mut Scratch) -> Result<bool, EventError> {
        let (event, search) = self.collect(event, scratch)?;
        Ok(self
            .branches()
            .any(|branch| event.satisfies(&branch, search)))
    }

    /// The event's leaves, and what searches work with.
    pub(crate) fn collect<'a>(
        &self,
        bytes: &'a [u8],
        scratch: &'a mut Scratch,
    ) -> Result<(Event<'a>, &'a mut Search), EventError> {
        read_event::read(bytes, &mut scratch.outline)?;
        let mut cursor = Cursor::new(bytes, &mut scratch.outline);
        let leaves = &mut scratch.leaves;
        walk::collect(&mut cursor, &self.paths, leaves, &mut scratch.walk);
        Ok((Event { bytes, leaves }, &mut scratch.search))
    }

    pub(crate) fn branches(&self) -> impl Iterator<Item = Branch<'_>> {
        self.branches.iter().map(|fields| Branch {
            fields,
            alternatives: &self.alternatives,
        })
    }
}

fn in_order(branch: BTreeMap<u32, u32>, names: &[Vec<u8>]) -> Box<[(u32, u32)]> {
    let name = |field: u32| names.get(field as usize).map_or(&[][..], Vec::as_slice);
    let mut fields: Vec<(u32, u32)> = branch.into_iter().collect();
    fields.sort_by(|(one, _), (other, _)| path::order(name(*one), name(*other)));
    fields.into()
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        Self::parse(text)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One branch of a pattern.
pub(crate) struct Branch<'a> {
    pub(crate) fields: &'a [(u32, u32)],
    pub(crate) alternatives: &'a [Box<[Operator]>],
}

impl Needs for Branch<'_> {
    fn count(&self) -> usize {
        self.fields.len()
    }

    fn need(&self, index: usize) -> (u32, &[Operator]) {
        let (field, alternatives) = self.fields.get(index).copied().unwrap_or_default();
        let operators = self.alternatives.get(alternatives as usize);
        (field, operators.map_or(&[], |operators| operators))
    }
}
