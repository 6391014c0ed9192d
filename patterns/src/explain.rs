//! A pattern and an event come in; which fields did not fit, what they needed and what was found goes out.

use super::branch::{Event, Needs};
use super::error::EventError;
use super::near_miss;
use super::operator::Operator;
use super::pattern::{Branch, Pattern};
use super::scratch::Scratch;
use std::fmt;

/// How many found values are shown for a field.
const SHOWN: usize = 5;

/// Why a pattern matches an event or does not; [`Pattern::explain`] gives it. Printed, it has a line for each field
/// that did not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    matches: bool,
    unmet: Vec<Unmet>,
    branches: usize,
    apart: Vec<String>,
}

/// A field that did not fit. Printed, it is a line: `` `detail.state` needs "FAILED", found "FIRED" ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The field's steps, joined by dots.
    pub field: String,
    /// What the pattern takes, as words.
    pub needed: String,
    /// The values of the event in that field, as JSON; none when the field is not there.
    pub found: Vec<String>,
    /// What is nearly right, as words for people: the field under another name or at another place, the value in
    /// another case or of another kind. None when nothing comes near.
    pub hint: Option<String>,
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
    /// Says why the pattern matches an event or does not. It takes its time: ask it about an event at hand, and
    /// [`matches`](Self::matches) about all.
    ///
    /// ```
    /// use eventbridge_patterns::Pattern;
    ///
    /// let pattern = Pattern::parse(r#"{"source": ["my.kiln"], "detail": {"state": ["FAILED"]}}"#)?;
    /// let explanation = pattern.explain(br#"{"source": "my.kiln", "detail": {"state": "Failed"}}"#)?;
    /// let [unmet] = explanation.unmet() else { panic!() };
    /// assert_eq!((unmet.field.as_str(), unmet.needed.as_str()), ("detail.state", r#""FAILED""#));
    /// assert_eq!(unmet.found, [r#""Failed""#]);
    /// assert_eq!(unmet.hint.as_deref(), Some("only the case differs: `equals-ignore-case` takes both"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`matches`](Self::matches).
    pub fn explain(&self, event: &[u8]) -> Result<Explanation, EventError> {
        let mut scratch = Scratch::default();
        let (event, search) = self.collect(event, &mut scratch)?;
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
        let tree = serde_json::from_slice(event.bytes).ok();
        let unmet = failing(event, branch).map(|(field, operators)| {
            let found: Vec<String> = event.values(field).map(|value| value.to_string()).collect();
            let name = self.name(field);
            let hint = match (found.is_empty(), &tree) {
                (true, Some(tree)) => near_miss::of_missing(tree, &name),
                (true, None) => None,
                (false, _) => near_miss::of_values(operators, || event.values(field)),
            };
            Unmet {
                needed: needed(operators),
                field: name,
                found,
                hint,
            }
        });
        unmet.collect()
    }

    fn fields_of(&self, branch: &Branch<'_>) -> Vec<String> {
        let fields = branch.fields.iter();
        fields.map(|(field, _)| self.name(*field)).collect()
    }

    pub(super) fn name(&self, field: u32) -> String {
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
        let shown: Vec<&str> = self.found.iter().take(SHOWN).map(String::as_str).collect();
        match self.found.len().saturating_sub(SHOWN) {
            0 if shown.is_empty() => f.write_str("no value")?,
            0 => f.write_str(&shown.join(", "))?,
            more => write!(f, "{} and {more} more", shown.join(", "))?,
        }
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}
