//! The values that the API lists for places in events come in; as events spell them they go out.
//!
//! Events spell the API's values their own way at times: `IN_SERVICE` for `InService`. What events or pages
//! spell stands. The rest of a list is spelled in the same style if all that was seen of it follows one, and
//! if that leaves one spelling: `UPDATING` alone does not say whether `SystemUpdating` is `SYSTEM_UPDATING`
//! or `SYSTEMUPDATING`, but `IN_SERVICE` in another event with the same list does. Else the API's stands.

use super::super::join::event::Derived;
use super::super::names::words;
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::nearest::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A place that has the values of a list, and how they are spelled there.
pub(super) struct Listed<'m> {
    pub(super) detail_type: String,
    pub(super) path: String,
    /// The shape that lists the values.
    pub(super) shape: &'m str,
    pub(super) values: &'m [String],
    /// Values that pages list, by what they are without case.
    pub(super) documented: BTreeMap<String, String>,
    /// Words that events show, with where, by what they are without case.
    pub(super) shown: BTreeMap<String, (BTreeSet<Evidence>, String)>,
}

/// The values of each place.
pub(super) fn spell<'l, 'm>(listed: &'l [Listed<'m>]) -> Vec<(&'l Listed<'m>, Vec<Derived>)> {
    let mut anywhere: BTreeMap<&str, BTreeSet<Style>> = BTreeMap::new();
    for place in listed {
        if let Some(styles) = place.styles() {
            let known = anywhere.entry(place.shape).or_insert_with(all_styles);
            known.retain(|style| styles.contains(style));
        }
    }
    let spelled = listed.iter().map(|place| {
        let everywhere = anywhere.get(place.shape);
        let values = place.values.iter().enumerate();
        let values = values.map(|(rank, value)| place.derived(rank, value, everywhere));
        (place, values.collect())
    });
    spelled.collect()
}

impl Listed<'_> {
    fn derived(&self, rank: usize, value: &str, everywhere: Option<&BTreeSet<Style>>) -> Derived {
        let folded = fold(value);
        let shown = self.shown.get(&folded);
        let documented = self.documented.get(&folded);
        let spelled = documented
            .or(shown.map(|(_, word)| word))
            .cloned()
            .unwrap_or_else(|| self.styled(value, everywhere));
        let seen = shown.filter(|(_, word)| *word == spelled);
        let seen = seen.into_iter().flat_map(|(sites, _)| sites.clone());
        let listed = (
            Evidence::named(Origin::Api, self.shape),
            (spelled != value).then(|| value.to_owned()),
        );
        Derived {
            rank,
            facts: seen.map(|site| (site, None)).chain([listed]).collect(),
            value: spelled,
        }
    }

    fn styled(&self, value: &str, everywhere: Option<&BTreeSet<Style>>) -> String {
        let Some(here) = self.styles() else {
            return value.to_owned();
        };
        let common = everywhere.map(|all| here.intersection(all).copied().collect());
        [Some(here), common]
            .into_iter()
            .flatten()
            .find_map(|styles| only_spelling(value, &styles))
            .unwrap_or_else(|| value.to_owned())
    }

    /// The styles in which all that was seen here follows from the API's spelling; none if nothing was.
    fn styles(&self) -> Option<BTreeSet<Style>> {
        let mut styles = all_styles();
        let mut any = false;
        for value in self.values {
            let folded = fold(value);
            let shown = self.shown.get(&folded).map(|(_, word)| word);
            for word in shown.into_iter().chain(self.documented.get(&folded)) {
                any = true;
                styles.retain(|style| style.write(value) == *word);
            }
        }
        any.then_some(styles)
    }
}

/// How a value is spelled in all of these styles, if that is the same.
fn only_spelling(value: &str, styles: &BTreeSet<Style>) -> Option<String> {
    let spelled: BTreeSet<String> = styles.iter().map(|style| style.write(value)).collect();
    let mut spelled = spelled.into_iter();
    spelled.next().filter(|_| spelled.next().is_none())
}

/// How a value of the API may be spelled in events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// `InService`
    Same,
    /// `IN_SERVICE`
    Screaming,
    /// `INSERVICE`
    Upper,
    /// `InService` for `IN_SERVICE`
    Pascal,
}

fn all_styles() -> BTreeSet<Style> {
    BTreeSet::from([Style::Same, Style::Screaming, Style::Upper, Style::Pascal])
}

impl Style {
    fn write(self, value: &str) -> String {
        let words = || words(value).into_iter();
        match self {
            Style::Same => value.to_owned(),
            Style::Screaming => words()
                .map(str::to_ascii_uppercase)
                .collect::<Vec<_>>()
                .join("_"),
            Style::Upper => words().map(str::to_ascii_uppercase).collect(),
            Style::Pascal => words().map(capitalised).collect(),
        }
    }
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!(
        "{}{}",
        first.to_ascii_uppercase(),
        rest.to_ascii_lowercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of a list as spelled at places with these words.
    fn spelled(values: &[&str], places: &[&[&str]]) -> Vec<Vec<String>> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let place = |words: &&[&str]| Listed {
            detail_type: "Kiln".to_owned(),
            path: "Status".to_owned(),
            shape: "KilnStatus",
            values: &values,
            documented: BTreeMap::new(),
            shown: words
                .iter()
                .map(|word| (fold(word), (BTreeSet::new(), (*word).to_owned())))
                .collect(),
        };
        let listed: Vec<Listed<'_>> = places.iter().map(place).collect();
        let spelled = spell(&listed).into_iter();
        spelled
            .map(|(_, values)| values.into_iter().map(|value| value.value).collect())
            .collect()
    }

    #[test]
    fn a_style_that_all_words_follow_is_kept() {
        let values = ["OutOfService", "Updating", "InService"];
        let [as_seen, alone] = &spelled(&values, &[&["IN_SERVICE"], &[]])[..] else {
            panic!("two places");
        };
        assert_eq!(as_seen, &["OUT_OF_SERVICE", "UPDATING", "IN_SERVICE"]);
        assert_eq!(alone, &values, "nothing was seen there");
    }

    #[test]
    fn what_one_word_leaves_open_another_place_decides() {
        let values = ["OutOfService", "Updating", "InService"];
        let both = spelled(&values, &[&["UPDATING"], &["IN_SERVICE"]]);
        assert_eq!(both[0], ["OUT_OF_SERVICE", "UPDATING", "IN_SERVICE"]);
        let alone = spelled(&values, &[&["UPDATING"]]);
        assert_eq!(alone[0], ["OutOfService", "UPDATING", "InService"]);
    }

    #[test]
    fn words_of_no_one_style_leave_the_api_its_spelling() {
        let values = ["OutOfService", "Updating", "InService"];
        let mixed = spelled(&values, &[&["IN_SERVICE", "Updating"]]);
        assert_eq!(mixed[0], ["OutOfService", "Updating", "IN_SERVICE"]);
        let pascal = spelled(&["CREATING", "CREATE_FAILED"], &[&["Creating"]]);
        assert_eq!(pascal[0], ["Creating", "CreateFailed"]);
        let other = spelled(&["Pipe", "File"], &[&["TrainingInputMode"]]);
        assert_eq!(
            other[0],
            ["Pipe", "File"],
            "a placeholder is no word of the list"
        );
    }
}
