//! A key or a word of an event that arrived comes in; whether it may be kept goes out. Both are decided by the key
//! and the word alone, so that what is kept does not depend on what else arrived, in which order, or where.
//!
//! A *word* is kept where a key tells a state or a kind, and only if each part of it stands in `states.txt`, a list of
//! the words that programs tell states with. A reader of `samples/` so learns which of these words it was, and
//! nothing else: no name, token, number or text of a customer's passes.
//!
//! A *key* is a field's name if a programmer could have chosen it, and data otherwise: what holds blanks, `@` or
//! slashes, many digits, or looks like a host, a token or the like; below a detail also what is spelled as variables of an
//! environment are. Under keys such as `Tags` and `labels` customers
//! choose, so all keys there are data. What stands under data is kept as the values of a map, without the key.

mod guard;

pub(crate) use guard::guard;

use crate::names;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of states, in lower case.
static STATES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("privacy/states.txt")
        .split_whitespace()
        .collect()
});

/// A state has no more words than this; text has.
const MAX_PARTS: usize = 5;

/// Whether the words under a key are those of a list, not names that customers give: `FeatureGroupStatus`,
/// `S3DataType`.
pub(crate) fn tells_a_state(key: &str) -> bool {
    const LAST: [&str; 16] = [
        "action", "category", "kind", "level", "mode", "outcome", "phase", "priority", "result",
        "severity", "stage", "state", "states", "status", "statuses", "type",
    ];
    ends_in(key, &LAST)
}

/// Whether a word is that of a state: `IN_SERVICE`, `In progress`, `CompletedWithWarnings`.
pub(crate) fn is_state(word: &str) -> bool {
    let parts = names::words(word);
    let known = |part: &&str| STATES.contains(part.to_ascii_lowercase().as_str());
    !parts.is_empty() && parts.len() <= MAX_PARTS && parts.iter().all(known)
}

/// What customers choose of the keys of objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Customers {
    /// The keys are fields.
    #[default]
    ChooseNone,
    /// All keys, as of an object of tags.
    ChooseKeys,
    /// All keys but those of pairs, as of an item of a list of tags.
    ListPairs,
}

impl Customers {
    /// What they choose below a key.
    pub(crate) fn below(key: &str) -> Customers {
        match names_a_map(key) {
            true => Customers::ChooseKeys,
            false => Customers::ChooseNone,
        }
    }

    /// What they choose in the items of a list.
    pub(crate) fn of_items(self) -> Customers {
        match self {
            Customers::ChooseNone => Customers::ChooseNone,
            _ => Customers::ListPairs,
        }
    }

    /// What they choose below a key here, that by itself says other: all is theirs below what is theirs.
    pub(crate) fn or(self, other: Customers) -> Customers {
        match self {
            Customers::ChooseNone => other,
            _ => Customers::ChooseKeys,
        }
    }

    /// Whether they choose this key.
    pub(crate) fn choose(self, key: &str) -> bool {
        match self {
            Customers::ChooseNone => false,
            Customers::ChooseKeys => true,
            Customers::ListPairs => !belongs_to_a_tag(key),
        }
    }
}

/// Whether customers choose the keys below a key, as those of tags.
fn names_a_map(key: &str) -> bool {
    const LAST: [&str; 5] = ["annotations", "labels", "tag", "tags", "variables"];
    ends_in(key, &LAST)
}

/// Whether a key is one of those that a list of tags has: `Key`, `tagValue`, `propagateAtLaunch`.
fn belongs_to_a_tag(key: &str) -> bool {
    const KEYS: [&str; 9] = [
        "key",
        "name",
        "propagateatlaunch",
        "resourceid",
        "resourcetype",
        "tagkey",
        "tagvalue",
        "type",
        "value",
    ];
    let joined = names::words(key).concat().to_ascii_lowercase();
    KEYS.contains(&joined.as_str())
}

fn ends_in(key: &str, last_words: &[&str]) -> bool {
    let last = names::words(key).last().map(|word| word.to_lowercase());
    last.is_some_and(|last| last_words.contains(&last.as_str()))
}

/// Longer keys are data.
const MAX_KEY: usize = 80;

/// A field's name has few digits: `S3Uri`, `sha256`, `x86_64`.
const MAX_DIGITS: usize = 4;

/// A word of a field's name is no longer than this.
const MAX_RUN: usize = 28;

/// Whether a key is data of a customer, as keys of maps are: an address, an account's number, a token, a date.
pub(crate) fn is_data(key: &str) -> bool {
    if key.is_empty() {
        return false;
    }
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    key.len() > MAX_KEY
        || key.chars().any(is_foreign)
        || key.chars().skip(1).any(|c| c == '@')
        || !key.chars().any(|c| c.is_alphabetic() || is_mark(c))
        || digits > MAX_DIGITS
        || is_host(key)
        || key.split(|c: char| !c.is_alphanumeric()).any(is_token)
}

/// Whether a key is a variable of an environment, whose names customers choose: `DB_PASSWORD`.
pub(crate) fn is_variable(key: &str) -> bool {
    key.contains('_')
        && !key.starts_with('_')
        && !key.contains(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
}

/// What no programmer puts into a name, and addresses, paths and text have.
fn is_foreign(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | ':' | '=' | '%' | '&' | '?' | '+' | ',' | ';')
}

/// Marks that may be all there is to a name.
fn is_mark(c: char) -> bool {
    !c.is_ascii_digit() && !matches!(c, '.' | '-' | '_' | '(' | ')' | '#' | '$')
}

/// `db.internal.example.com`, `queue.example`; not `a.b`.
fn is_host(key: &str) -> bool {
    let mut labels = key.split('.');
    let is_label = |label: &str| {
        label.len() > 1
            && !label
                .contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
    };
    key.contains('.') && labels.all(is_label)
}

/// What is made by chance, not written: `AKIAIOSFODNN7EXAMPLE`, `ghp`'s rest, `c0ffee12`, `S3CR3T`.
fn is_token(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = run.bytes().all(|byte| byte.is_ascii_hexdigit());
    let numbers = run.split(|c: char| !c.is_ascii_digit());
    let numbers = numbers.filter(|digits| !digits.is_empty()).count();
    let humps = names::words(run);
    run.len() >= 8 && is_hex && digits > 0
        || numbers > 2
        || numbers == 2 && !run.contains(|c: char| c.is_lowercase())
        || numbers == 2 && small_after_number(run) == 2
        || run.len() >= 16 && digits > 0 && !run.contains(|c: char| c.is_lowercase())
        || humps.iter().any(|hump| hump.len() > MAX_RUN)
        || humps.len() > 4 && run.len() < 3 * humps.len()
}

/// How often a small letter follows a number: in names a capital does.
fn small_after_number(run: &str) -> usize {
    let pairs = run.as_bytes().windows(2);
    pairs
        .filter(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_lowercase())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_kept_and_what_customers_write_is_not() {
        for word in [
            "Completed",
            "IN_SERVICE",
            "InProgress",
            "In progress",
            "Hot",
            "Cold",
            "Rerouted",
            "COMPLETED_WITH_WARNINGS",
        ] {
            assert!(is_state(word), "{word}");
        }
        for word in [
            "Maria",
            "Jane Doe",
            "hunter",
            "Payroll",
            "Out of clay",
            "SECRET",
            "zebra",
            "ACME_FAILED",
            "",
            "user account of the new service failed",
        ] {
            assert!(!is_state(word), "{word}");
        }
    }

    #[test]
    fn field_names_are_told_from_data() {
        for key in [
            "TrainingJobName",
            "S3Uri",
            "kms-key-id",
            "x86_64",
            "sha256",
            "Ec2Ipv4Address",
            "a.b",
            "a[]",
            "a.*",
            "@timestamp",
            "$ref",
            "EnableSageMakerMetricsTimeSeries",
            "Härte",
            "2fa",
            "",
            "type",
            "IsAOK",
            "ModelDataDownloadTimeoutInSeconds",
            "\u{1F600}",
        ] {
            assert!(!is_data(key), "{key}");
        }
        for key in [
            "987650001234",
            "arn:aws:s3:::zebra",
            "a@zebra.example",
            "https://zebra.example",
            "+15550100",
            "+1 555 0100",
            "555-0100",
            "4111-1111-1111-1111",
            "2026-01-02",
            "2026-01-02T03:04:05Z",
            "ea37ccbb-5e2b-05e9-4073-1daa7c940304",
            "i-0abcd1234ef567890",
            "10.0.0.1",
            "Jane Doe",
            "db.zebra.internal",
            "zebra.example",
            "AKIAZEBRAFODNN7EXAMPLE",
            "ghp_aB3dE5gH7jK9",
            "deadbeef1",
            "S3CR3T",
            "aGVsbG8gd29ybGQ",
            "key=value",
            "team/zebra",
            "aws:zebra",
        ] {
            assert!(is_data(key), "{key}");
        }
    }

    #[test]
    fn customers_choose_the_keys_of_tags() {
        assert!(is_variable("DB_PASSWORD") && !is_variable("KmsKey_Id") && !is_variable("ARN"));
        for key in [
            "Tags",
            "resourceTags",
            "tag",
            "labels",
            "environment-variables",
        ] {
            assert!(names_a_map(key), "{key}");
        }
        for key in ["Stage", "metadata", "requestParameters", "HyperParameters"] {
            assert!(!names_a_map(key), "{key}");
        }
        for key in ["Key", "value", "TagKey", "PropagateAtLaunch"] {
            assert!(belongs_to_a_tag(key), "{key}");
        }
        assert!(!belongs_to_a_tag("Maria"));
    }
}
