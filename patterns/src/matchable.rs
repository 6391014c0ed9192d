//! An event in any form in which it is at hand comes in; the JSON that patterns are matched against goes out.

use serde_json::Value;
use std::borrow::Cow;

/// What a [`Pattern`](crate::Pattern) can be matched against: the bytes or the text of an event, a tree of `serde_json`,
/// or a typed event of `eventbridge-runtime`.
///
/// Bytes are matched as they are. Of the others the JSON is written first, which costs more than to match it: who has the
/// bytes of many events hands over those.
pub trait Matchable {
    /// The JSON of the event.
    fn event_json(&self) -> Cow<'_, [u8]>;
}

impl Matchable for [u8] {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.into()
    }
}

impl<const N: usize> Matchable for [u8; N] {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.as_slice().into()
    }
}

impl Matchable for str {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.as_bytes().into()
    }
}

impl Matchable for Vec<u8> {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.as_slice().into()
    }
}

impl Matchable for String {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.as_bytes().into()
    }
}

impl Matchable for Value {
    fn event_json(&self) -> Cow<'_, [u8]> {
        self.to_string().into_bytes().into()
    }
}

impl<T: Matchable + ?Sized> Matchable for &T {
    fn event_json(&self) -> Cow<'_, [u8]> {
        (**self).event_json()
    }
}

#[cfg(test)]
mod tests {
    use crate::Pattern;
    use serde_json::json;

    #[test]
    fn an_event_is_matched_in_any_form() {
        let pattern = Pattern::parse(r#"{"detail": {"heat": [{"numeric": [">", 9]}]}}"#).unwrap();
        let text = r#"{"detail": {"heat": 10}}"#;
        assert!(pattern.matches(text).unwrap());
        assert!(pattern.matches(text.as_bytes()).unwrap());
        assert!(pattern.matches(br#"{"detail": {"heat": 10}}"#).unwrap());
        assert!(pattern.matches(&text.to_owned()).unwrap());
        assert!(pattern.matches(&text.as_bytes().to_vec()).unwrap());
        assert!(pattern.matches(&json!({"detail": {"heat": 10}})).unwrap());
        assert!(!pattern.matches(&&json!({"detail": {"heat": 9}})).unwrap());
        assert!(pattern.matches(&json!([])).is_err());
    }
}
