//! Names as the model has them come in; names that a scope of generated code can hold, no two alike,
//! go out.

use std::collections::BTreeSet;

/// The names of one scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    ignore_case: bool,
}

impl Names {
    /// A scope in which these words mean something already.
    pub(super) fn reserving<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let taken = words.into_iter().map(str::to_owned).collect();
        Names {
            taken,
            ignore_case: false,
        }
    }

    /// A scope that does not tell `Foo` from `FOO`, as some file systems.
    pub(super) fn ignoring_case() -> Self {
        Names {
            taken: BTreeSet::new(),
            ignore_case: true,
        }
    }

    /// The first of the candidates that is still free, else the last with a number behind it.
    pub(super) fn claim(&mut self, candidates: &[&str]) -> String {
        let last = candidates.last().copied().unwrap_or_default();
        let given = candidates.iter().map(|name| (*name).to_owned());
        let numbered = (2_usize..).map(|number| format!("{last}{number}"));
        let name = given
            .chain(numbered)
            .find(|name| !self.taken.contains(&self.key(name)))
            .unwrap_or_default();
        self.taken.insert(self.key(&name));
        name
    }

    fn key(&self, name: &str) -> String {
        if self.ignore_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    }
}

/// What of a name every language takes for an identifier.
pub(super) fn identifier(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    match kept.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{kept}"),
        Some(_) => kept,
    }
}

/// Whether a key needs no quotes: ASCII letters, digits and `_`, no digit first.
pub(super) fn is_identifier(key: &str) -> bool {
    !key.is_empty() && identifier(key) == key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_goes_to_the_next_candidate_and_then_counts() {
        let mut names = Names::reserving(["Record"]);
        assert_eq!(names.claim(&["Record", "JobRecord"]), "JobRecord");
        assert_eq!(names.claim(&["Record", "JobRecord"]), "JobRecord2");
        assert_eq!(names.claim(&["Record", "JobRecord"]), "JobRecord3");
        assert_eq!(Names::reserving(["Record"]).claim(&["record"]), "record");
    }

    #[test]
    fn case_can_be_ignored() {
        let mut names = Names::ignoring_case();
        assert_eq!(names.claim(&["FooBar"]), "FooBar");
        assert_eq!(names.claim(&["FOOBar"]), "FOOBar2");
    }

    #[test]
    fn identifiers_are_made_of_anything() {
        assert_eq!(
            ["S3Uri", "3D", "a-b c", "\"日本\""].map(identifier),
            ["S3Uri", "_3D", "abc", "Unnamed"]
        );
        assert!(
            is_identifier("_x1")
                && !is_identifier("1x")
                && !is_identifier("")
                && !is_identifier("ü")
        );
    }
}
