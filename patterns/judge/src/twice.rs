//! An event comes in; whether one of its objects has a key twice goes out.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// Whether an event can be vouched for: it is JSON, maybe with something behind it, and no object has a key twice.
pub(crate) fn is_without(event: &[u8]) -> bool {
    let mut reader = serde_json::Deserializer::from_slice(event);
    DeserializeSeed::deserialize(Once, &mut reader).unwrap_or(false)
}

struct Once;

impl<'de> DeserializeSeed<'de> for Once {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<bool, D::Error> {
        value.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut keys, mut once) = (HashSet::new(), true);
        while let Some(key) = map.next_key::<String>()? {
            once &= keys.insert(key) & map.next_value_seed(Self)?;
        }
        Ok(once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let mut once = true;
        while let Some(item) = items.next_element_seed(Self)? {
            once &= item;
        }
        Ok(once)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_repeat_are_seen_at_any_depth() {
        assert!(is_without(br#"{"a":[{"b":1},{"b":2}],"b":null} x"#));
        assert!(!is_without(br#"{"a":[{"b":1,"c":true,"\u0062":2}]}"#));
        assert!(!is_without(b"{\"a\":"));
    }
}
