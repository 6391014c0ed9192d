//! A line of `x-evidence` comes in; its place, and what it says stands there, go out.

use crate::model::Evidence;

/// One line of `x-evidence`.
pub(super) struct Fact<'t> {
    /// Where.
    pub(super) site: Evidence,
    /// What stands there.
    pub(super) says: &'t str,
}

impl<'t> Fact<'t> {
    /// Reads `id-2025.txt:31: string Completed`.
    pub(super) fn parse(text: &'t str) -> Option<Fact<'t>> {
        Evidence::parse_fact(text).map(|(site, says)| Fact { site, says })
    }

    /// Whether it says that a value is known: `value IN_SERVICE`, `value IN_SERVICE (as InService)`.
    pub(super) fn names_value(&self, value: &str) -> bool {
        let rest = self.says.strip_prefix("value ");
        let rest = rest.and_then(|named| named.strip_prefix(value));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" (as "))
    }

    /// The value that was seen under a key, as JSON. A page that repeats the key leaves a gap.
    pub(super) fn example_of(&self, key: &str) -> Option<String> {
        let (kind, value) = self.says.split_once(' ')?;
        if value == key {
            return None;
        }
        match kind {
            "string" | "string-millis" | "rfc3339" => {
                Some(serde_json::Value::from(value).to_string())
            }
            "integer" | "number" | "boolean" | "integer-millis" | "float-millis" => {
                Some(value.to_owned())
            }
            _ => None,
        }
    }
}
