//! Words as AWS writes them come in (detail-types, keys, event sources); the short, stable PascalCase
//! names that schemas give to events and their parts go out.

use eventbridge_catalog::schema_set::device;

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

/// Whether a folder can be named after a source, on any system.
pub(super) fn is_source(source: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    source.starts_with(|c: char| c.is_ascii_alphanumeric())
        && source.ends_with(|c: char| c.is_ascii_alphanumeric())
        && source.len() <= 200
        && source.chars().all(inner)
        && !["..", "//", "/.", "./"]
            .iter()
            .any(|odd| source.contains(odd))
        && !device(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_s_source_has_a_folder_and_no_other_path_has() {
        assert!(is_source(
            "aws.partner/kiln.example.com/0106-187a/notifications"
        ));
        for path in ["/etc", "a/../b", "a//b", "../x", "a/", "a\\b", "a+b", "nul"] {
            assert!(!is_source(path), "{path}");
        }
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
