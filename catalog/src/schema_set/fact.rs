//! A line of `x-evidence` comes in; its place, and what it says stands there, go out.

use crate::model::Evidence;

/// One line of `x-evidence`.
pub(super) struct Fact<'t> {
    /// Where.
    pub(super) site: Evidence,
    /// What stands there.
    pub(super) says: &'t str,
}

/// In so many ways a fact about a value is read at most.
const MAX_SPELLINGS: usize = 8;

impl<'t> Fact<'t> {
    /// Reads `id-2025.txt:31: string Completed`.
    pub(super) fn parse(text: &'t str) -> Option<Fact<'t>> {
        Evidence::parse_fact(text).map(|(site, says)| Fact { site, says })
    }

    /// The values that it may say are known: `value IN_SERVICE`, `value IN_SERVICE (as InService)`. A value may itself
    /// hold the words that part the two spellings.
    pub(super) fn named_values(&self) -> impl Iterator<Item = &'t str> {
        let named = self.says.strip_prefix("value ");
        let parted = named.into_iter().flat_map(|named| {
            let ends = named.match_indices(" (as ").map(|(at, _)| at);
            [named.len()]
                .into_iter()
                .chain(ends)
                .map(|end| &named[..end])
        });
        parted.take(MAX_SPELLINGS)
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
