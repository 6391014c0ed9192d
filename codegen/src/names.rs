//! Names as the model has them come in; names that a scope of generated code can hold, no two alike,
//! go out.

use eventbridge_catalog::schema_set::device;
use heck::ToSnakeCase;
use std::collections::{BTreeMap, BTreeSet};

/// The names of one scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The number that comes next behind a name.
    next: BTreeMap<String, usize>,
    /// Whether they name files, and so none is a device's.
    devices: bool,
}

impl Names {
    /// A scope in which these words mean something already.
    pub(super) fn reserving<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let taken = words.into_iter().map(str::to_owned).collect();
        Names {
            taken,
            ..Names::default()
        }
    }

    /// The first of the candidates that is still free, else the last with a number behind it.
    pub(super) fn claim(&mut self, candidates: &[&str]) -> String {
        let last = candidates.last().copied().unwrap_or_default();
        let given = candidates.iter().map(|name| (*name).to_owned());
        let from = self.next.get(last).copied().unwrap_or(2);
        let numbered = (from..).map(|number| (format!("{last}{number}"), number + 1));
        let (name, next) = given
            .map(|name| (name, from))
            .chain(numbered)
            .find(|(name, _)| self.is_free(name))
            .unwrap_or_default();
        self.next.insert(last.to_owned(), next);
        self.taken.insert(name.clone());
        name
    }

    fn is_free(&self, name: &str) -> bool {
        let is_device = self.devices && device(name);
        !is_device && !self.taken.contains(name)
    }
}

/// What the type of a whole event may be called, by the name of its detail's type: no `…EventEvent`.
pub(super) fn envelope(detail: &str) -> [String; 2] {
    let envelope = format!("{detail}Envelope");
    match detail.ends_with("Event") {
        true => [envelope.clone(), envelope],
        false => [format!("{detail}Event"), format!("{detail}EventEnvelope")],
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

/// A name that was put into another case is an identifier, or a file's, as before: cases drop `_`.
pub(super) fn in_case(name: String) -> String {
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// The names of files in a folder, on any system.
pub(super) fn file_names<'w>(words: impl IntoIterator<Item = &'w str>) -> Names {
    let mut names = Names::reserving(words);
    names.devices = true;
    names
}

/// `VolumeSizeInGB` → `volume_size_in_gb`, of ASCII alone; a key without any such letter is a `field`.
pub(crate) fn snake(key: &str) -> String {
    let snake = plural_acronyms(key).to_snake_case();
    let kept: String = snake
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    match kept.chars().next() {
        None => "field".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("field_{kept}"),
        Some(_) => kept,
    }
}

/// `KeyARNs` → `KeyArns`, which is two words rather than `KeyAR` and `Ns`.
pub(crate) fn plural_acronyms(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let within = index > 0 && letters[index - 1].is_uppercase();
        if within && letter.is_uppercase() && is_plural(&letters[index..]) {
            out.extend(letter.to_lowercase());
        } else {
            out.push(*letter);
        }
    }
    out
}

/// Whether capitals, an `s` and the end of a word follow.
fn is_plural(letters: &[char]) -> bool {
    let capitals = letters
        .iter()
        .take_while(|letter| letter.is_uppercase())
        .count();
    let after = letters.get(capitals + 1);
    letters.get(capitals) == Some(&'s') && after.is_none_or(|next| !next.is_lowercase())
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
    fn no_event_is_twice_an_event() {
        let [first, second] = envelope("KilnStateChange");
        assert_eq!(first, "KilnStateChangeEvent");
        assert_eq!(second, "KilnStateChangeEventEnvelope");
        assert_eq!(envelope("KilnEvent"), ["KilnEventEnvelope"; 2]);
    }

    #[test]
    fn no_file_is_called_as_a_device() {
        assert_eq!(file_names(["index"]).claim(&["con", "con_"]), "con_");
        assert_eq!(file_names([]).claim(&["com"]), "com");
        assert_eq!(file_names(["com"]).claim(&["com"]), "com10");
        assert_eq!(in_case("3d_lit".to_owned()), "_3d_lit");
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
