//! When a field is there.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A field is there when another has one of some values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Condition {
    /// The path of the deciding field: `TrainingJobStatus`.
    pub when: String,
    /// Its values, each of which will do: `Failed`. One at least.
    #[serde(serialize_with = "write_values", deserialize_with = "one_or_more")]
    pub is: BTreeSet<String>,
}

impl Condition {
    /// Adds what another source says. Where they name different fields, one of them is believed, always the same.
    pub fn join(&mut self, other: Condition) {
        match self.when.cmp(&other.when) {
            Ordering::Less => {}
            Ordering::Greater => *self = other,
            Ordering::Equal => self.is.extend(other.is),
        }
    }
}

/// A single value stands without a list around it.
fn write_values<S: Serializer>(values: &BTreeSet<String>, out: S) -> Result<S::Ok, S::Error> {
    match values.first() {
        Some(value) if values.len() == 1 => value.serialize(out),
        _ => values.serialize(out),
    }
}

/// A single value may stand without a list around it.
fn one_or_more<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeSet<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Values {
        One(String),
        More(BTreeSet<String>),
    }
    let values = match Values::deserialize(input)? {
        Values::One(value) => BTreeSet::from([value]),
        Values::More(values) => values,
    };
    match values.is_empty() {
        true => Err(Error::custom("a condition names one value at least")),
        false => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_join_in_any_order() {
        let told = |when: &str, is: &[&str]| Condition {
            when: when.to_owned(),
            is: is.iter().map(|&value| value.to_owned()).collect(),
        };
        let all = [
            told("lid", &["open"]),
            told("lid", &["ajar"]),
            told("arc", &["off"]),
            told("zone", &["1"]),
        ];
        let joined = |one: &Condition, other: &Condition| {
            let mut both = one.clone();
            both.join(other.clone());
            both
        };
        for a in &all {
            for b in &all {
                assert_eq!(joined(a, b), joined(b, a));
                for c in &all {
                    assert_eq!(joined(&joined(a, b), c), joined(a, &joined(b, c)));
                }
            }
        }
        assert_eq!(joined(&all[0], &all[1]), told("lid", &["ajar", "open"]));
    }

    #[test]
    fn one_value_stands_alone_and_none_is_refused() {
        let read = serde_json::from_str::<Condition>;
        let one = read(r#"{"when": "lid", "is": "open"}"#).unwrap();
        assert_eq!(one, read(r#"{"when": "lid", "is": ["open"]}"#).unwrap());
        assert!(read(r#"{"when": "lid", "is": []}"#).is_err());
    }
}
