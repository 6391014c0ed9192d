//! A pattern and an event come in; which fields did not fit, what they needed and what was found goes out.

use super::branch::{Event, Needs};
use super::error::EventError;
use super::operator::Operator;
use super::pattern::{Branch, Pattern};
use super::scratch::Scratch;
use std::fmt;

/// How many found values are shown for a field.
const SHOWN: usize = 5;

/// Why a pattern matches an event or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    matches: bool,
    unmet: Vec<Unmet>,
    branches: usize,
    apart: Vec<String>,
}

/// A field that did not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The field's steps, joined by dots.
    pub field: String,
    /// What the pattern takes, as words.
    pub needed: String,
    /// The values of the event in that field, as JSON; none when the field is not there.
    pub found: Vec<String>,
}

impl Explanation {
    /// Whether the pattern matches.
    pub fn matches(&self) -> bool {
        self.matches
    }

    /// The fields that did not fit, of the branch of `$or` that came closest. Empty when the pattern matches,
    /// and when each field fits by itself but not in the same elements of an array.
    pub fn unmet(&self) -> &[Unmet] {
        &self.unmet
    }
}

impl Pattern {
    /// Says why the pattern matches an event or does not.
    pub fn explain(&self, event: &[u8]) -> Result<Explanation, EventError> {
        let mut scratch = Scratch::default();
        let Scratch {
            outline,
            leaves,
            search,
            ..
        } = &mut scratch;
        let event = self.collect(event, outline, leaves)?;
        let matches = self
            .branches()
            .any(|branch| event.satisfies(&branch, search));
        let mut explanation = Explanation {
            matches,
            unmet: Vec::new(),
            branches: self.branches.len(),
            apart: Vec::new(),
        };
        if let Some(closest) = self.closest(event).filter(|_| !matches) {
            explanation.unmet = self.unmet(event, &closest);
            explanation.apart = self.fields_of(&closest);
        }
        Ok(explanation)
    }

    fn closest(&self, event: Event<'_>) -> Option<Branch<'_>> {
        self.branches()
            .min_by_key(|branch| failing(event, branch).count())
    }

    fn unmet(&self, event: Event<'_>, branch: &Branch<'_>) -> Vec<Unmet> {
        let unmet = failing(event, branch).map(|(field, operators)| Unmet {
            field: self.name(field),
            needed: needed(operators),
            found: event.values(field).map(|value| value.to_string()).collect(),
        });
        unmet.collect()
    }

    fn fields_of(&self, branch: &Branch<'_>) -> Vec<String> {
        let fields = branch.fields.iter();
        fields.map(|(field, _)| self.name(*field)).collect()
    }

    fn name(&self, field: u32) -> String {
        let name = self
            .names
            .get(field as usize)
            .map_or(&[][..], Vec::as_slice);
        String::from_utf8_lossy(name).into_owned()
    }
}

fn failing<'a>(
    event: Event<'a>,
    branch: &'a Branch<'_>,
) -> impl Iterator<Item = (u32, &'a [Operator])> {
    let needs = (0..branch.count()).map(|index| branch.need(index));
    needs.filter(move |(field, operators)| !event.may_match(*field, operators))
}

fn needed(operators: &[Operator]) -> String {
    let needed: Vec<String> = operators.iter().map(Operator::to_string).collect();
    needed.join(" or ")
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.matches {
            return f.write_str("matches");
        }
        if self.unmet.is_empty() {
            let fields = self.apart.join("`, `");
            return write!(f, "no element of the arrays satisfies `{fields}` together");
        }
        for (index, unmet) in self.unmet.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(f, "{line}{unmet}")?;
        }
        match self.branches {
            0 | 1 => Ok(()),
            count => write!(
                f,
                "\n(of {count} alternatives of $or, this one came closest)"
            ),
        }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` needs {}, found ", self.field, self.needed)?;
        if self.found.is_empty() {
            return f.write_str("no value");
        }
        let shown: Vec<&str> = self.found.iter().take(SHOWN).map(String::as_str).collect();
        f.write_str(&shown.join(", "))?;
        match self.found.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
