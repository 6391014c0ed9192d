//! Words as AWS writes them come in (detail-types, keys, event sources); the short, stable PascalCase
//! names that schemas give to events and their parts go out.

use super::naming::Kept;
use eventbridge_catalog::schema_set::device;
use std::collections::{BTreeMap, BTreeSet};

/// The words of a name: split where letters and digits end, and where a capital begins a word.
/// `HyperParameterTuningJobName` → `Hyper Parameter Tuning Job Name`; `S3Uri` → `S3 Uri`.
pub(super) fn words(name: &str) -> Vec<&str> {
    let separate = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    separate.flat_map(humps).collect()
}

fn humps(part: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for index in 1..chars.len() {
        let (before, (at, here)) = (chars[index - 1].1, chars[index]);
        let next_is_lower = chars
            .get(index + 1)
            .is_some_and(|(_, next)| next.is_lowercase());
        let begins = here.is_uppercase() && (!before.is_uppercase() || next_is_lower);
        if begins {
            words.push(&part[start..at]);
            start = at;
        }
    }
    words.push(&part[start..]);
    words
}

/// `resource_config`, `build-id` → `ResourceConfig`, `BuildId`. Inner capitals stay: `VolumeSizeInGB`.
/// Only ASCII is left: names become names of files and modules.
pub(super) fn pascal(name: &str) -> String {
    let parts = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty());
    let joined: String = parts.map(capitalised).collect();
    match joined.chars().next() {
        Some(first) if first.is_alphabetic() => joined,
        _ => format!("X{joined}"),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// What one item of a list is called: `ProductionVariants` → `ProductionVariant`, `Statuses` → `Status`.
/// `VariantStatus` and `Access` are no plurals.
pub(super) fn singular(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    if ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) || name.len() < 3 {
        return name.to_owned();
    }
    let cut = |end: &str, with: &str| {
        lower
            .ends_with(end)
            .then(|| format!("{}{with}", &name[..name.len() - end.len()]))
    };
    cut("ies", "y")
        .or_else(|| {
            ["sses", "uses", "xes", "ches", "shes"]
                .iter()
                .find_map(|end| cut(end, &end[..end.len() - 2]))
        })
        .or_else(|| cut("s", ""))
        .unwrap_or_else(|| name.to_owned())
}

/// The names of a source's events, by detail-type. The word that names the service is dropped:
/// `SageMaker Training Job State Change` of `aws.sagemaker` is `TrainingJobStateChange`. Where that
/// makes two names equal, both keep it, and a number tells apart what is still equal. A name that stands in
/// the set stays, and is none that a new one can be equal to.
pub(super) fn event_names<'d>(
    source: &str,
    detail_types: impl Iterator<Item = &'d str>,
    kept: &Kept,
) -> BTreeMap<&'d str, String> {
    let types: Vec<&str> = detail_types.collect();
    let (old, new): (Vec<&str>, Vec<&str>) = types
        .into_iter()
        .partition(|ty| kept.events.contains_key(*ty));
    let mut names: BTreeMap<&str, String> = new
        .into_iter()
        .map(|ty| (ty, event_name(source, ty)))
        .collect();
    // File systems and some languages do not tell case apart.
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.values() {
        *uses.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    for (detail_type, name) in &mut names {
        let lower = name.to_ascii_lowercase();
        if uses.get(&lower).is_some_and(|uses| *uses > 1) || kept.files.contains(&lower) {
            *name = joined_words(detail_type.split(' '));
        }
    }
    let mut scope = Scope::of(kept.files.clone());
    for name in names.values_mut() {
        *name = scope.claim(name);
    }
    let old = old
        .into_iter()
        .filter_map(|ty| Some((ty, kept.events.get(ty)?.clone())));
    names.extend(old);
    names
}

/// Names of a scope that does not tell case apart.
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The number that comes next behind a name.
    next: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which these names, in lower case, are taken.
    pub(super) fn of(taken: BTreeSet<String>) -> Scope {
        let next = BTreeMap::new();
        Scope { taken, next }
    }

    /// The name, with a number if it is not free.
    pub(super) fn claim(&mut self, name: &str) -> String {
        let number = self.next.entry(name.to_ascii_lowercase()).or_insert(2);
        let mut free = name.to_owned();
        while !self.taken.insert(free.to_ascii_lowercase()) {
            free = format!("{name}{number}");
            *number += 1;
        }
        free
    }
}

fn event_name(source: &str, detail_type: &str) -> String {
    let service = source.rsplit('.').next().unwrap_or(source);
    let words: Vec<&str> = detail_type
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.split_first() {
        Some((first, rest)) if first.eq_ignore_ascii_case(service) && !rest.is_empty() => {
            joined_words(rest.iter().copied())
        }
        _ => joined_words(words.into_iter()),
    }
}

/// Words as one PascalCase name; abbreviations become words: `EBS Volume` → `EbsVolume`.
fn joined_words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let word = |word: &str| {
        let is_abbreviation = word.len() > 1 && !word.contains(char::is_lowercase);
        if is_abbreviation {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    };
    let name = pascal(&words.map(word).collect::<Vec<_>>().join(" "));
    match device(&name) {
        true => format!("{name}Event"),
        false => name,
    }
}

/// Whether a folder can be named after a source, on any system.
pub(super) fn is_source(source: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    source.starts_with(|c: char| c.is_ascii_alphanumeric())
        && source.ends_with(|c: char| c.is_ascii_alphanumeric())
        && source.len() <= 128
        && source.chars().all(inner)
        && !source.contains("..")
        && !device(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_drop_the_word_that_names_the_service() {
        let types = [
            "SageMaker Training Job State Change",
            "AWS API Call via CloudTrail",
            "SageMakerEndpointStateChange",
        ];
        let names = event_names("aws.sagemaker", types.into_iter(), &Kept::default());
        assert_eq!(
            names.values().collect::<Vec<_>>(),
            [
                "AwsApiCallViaCloudTrail",
                "TrainingJobStateChange",
                "SageMakerEndpointStateChange"
            ]
        );
        let names = event_names(
            "aws.ec2",
            ["EBS Volume Notification"].into_iter(),
            &Kept::default(),
        );
        assert_eq!(names["EBS Volume Notification"], "EbsVolumeNotification");
    }

    #[test]
    fn names_are_ascii() {
        let names = event_names(
            "my.kiln",
            ["窯 Fired", "窯", "炉"].into_iter(),
            &Kept::default(),
        );
        assert_eq!(names.values().collect::<Vec<_>>(), ["X", "X2", "Fired"]);
    }

    #[test]
    fn equal_names_are_told_apart() {
        let names = event_names(
            "aws.x",
            ["X Job Done", "Job Done", "Job done", "job-done"].into_iter(),
            &Kept::default(),
        );
        let mut all: Vec<_> = names.values().map(|name| name.to_lowercase()).collect();
        all.dedup();
        assert_eq!(all.len(), 4, "{names:?}");
    }

    #[test]
    fn a_name_that_stands_stays_and_the_new_one_yields() {
        let kept = Kept {
            events: BTreeMap::from([("Kiln Lit".to_owned(), "Lit".to_owned())]),
            files: ["lit", "kilnglazed"].map(str::to_owned).into(),
            ..Kept::default()
        };
        let types = ["Kiln Lit", "Lit", "KILN lit", "Glazed", "Kiln Glazed"];
        let names = event_names("my.kiln", types.into_iter(), &kept);
        assert_eq!(
            types.map(|ty| names[ty].as_str()),
            ["Lit", "Lit2", "KilnLit", "Glazed", "KilnGlazed2"]
        );
    }

    #[test]
    fn no_file_or_folder_is_called_as_a_device() {
        let names = event_names(
            "my.kiln",
            ["Kiln Con", "Aux", "COM7"].into_iter(),
            &Kept::default(),
        );
        assert_eq!(
            names.values().collect::<Vec<_>>(),
            ["AuxEvent", "Com7Event", "ConEvent"]
        );
        assert!(!is_source("con") && !is_source("NUL.x") && is_source("my.con"));
    }

    #[test]
    fn items_are_named_in_the_singular() {
        for (many, one) in [
            ("ProductionVariants", "ProductionVariant"),
            ("VariantStatus", "VariantStatus"),
            ("ValidationStatuses", "ValidationStatus"),
            ("Policies", "Policy"),
            ("Boxes", "Box"),
            ("Access", "Access"),
            ("InputDataConfig", "InputDataConfig"),
            ("phases", "phase"),
            ("Images", "Image"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn words_begin_at_capitals() {
        assert_eq!(
            words("HyperParameterTuningJobName"),
            ["Hyper", "Parameter", "Tuning", "Job", "Name"]
        );
        assert_eq!(words("VolumeSizeInGB"), ["Volume", "Size", "In", "GB"]);
        assert_eq!(words("previousStepStatus"), ["previous", "Step", "Status"]);
    }
}
