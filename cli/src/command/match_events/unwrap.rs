//! One JSON value of a file of events comes in; the events in it go out, however they are wrapped.
//!
//! An object with a `source` and a `detail-type` is an event (one of both does at the top and in a string), an entry of `PutEvents` is what the bus makes of it, and
//! what `TestEventPattern` is called with holds one. Of any other value the members and items are looked at, and the
//! JSON in strings: so logs, queues and topics need no code of their own. A value without any of these is an event
//! itself, as patterns can be tried on any object.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// How often JSON may stand in a string of JSON: a queue's message of a topic of a log has three.
const MAX_NESTING: usize = 5;

/// How deep containers are looked into.
const MAX_DEPTH: usize = 100;

/// An event in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unwrapped<'v> {
    pub(super) bytes: Cow<'v, [u8]>,
    /// Where it begins in the value; for one in a string, where that begins.
    pub(super) offset: usize,
    /// The record of a queue around it, as filters see it: its body is looked into.
    pub(super) record: Option<Vec<u8>>,
}

/// What stands in a value.
pub(super) struct Contents<'v> {
    pub(super) events: Vec<Unwrapped<'v>>,
    /// Whether something of an event was found; else the value itself is taken for one.
    pub(super) is_found: bool,
}

/// The events in a value; the value itself if it holds none.
pub(super) fn events(value: &[u8]) -> Contents<'_> {
    let mut look = Look::default();
    let json: Option<&RawValue> = serde_json::from_slice(value).ok();
    let members = json.and_then(members);
    if members
        .as_ref()
        .is_some_and(|members| is_event(members, false))
    {
        let events = vec![itself(value, members.as_deref())];
        return Contents {
            events,
            is_found: true,
        };
    }
    if let Some(json) = json {
        look.value(json, At::top(json));
    }
    let Look {
        events, records, ..
    } = look;
    Contents {
        is_found: !events.is_empty(),
        events: match (events.is_empty(), records.is_empty()) {
            (false, _) => events,
            (true, false) => records,
            (true, true) => vec![itself(value, members.as_deref())],
        },
    }
}

fn itself<'v>(value: &'v [u8], members: Option<&[Member<'_>]>) -> Unwrapped<'v> {
    Unwrapped {
        bytes: Cow::Borrowed(value),
        offset: 0,
        record: members.and_then(record),
    }
}

/// A member of an object, its value as it is written.
type Member<'v> = (Cow<'v, str>, &'v RawValue);

/// The members of an object; none for anything else.
fn members(value: &RawValue) -> Option<Vec<Member<'_>>> {
    let object: Object<'_> = serde_json::from_str(value.get()).ok()?;
    Some(object.0)
}

fn get<'v>(members: &[Member<'v>], key: &str) -> Option<&'v RawValue> {
    let mut same = members.iter().filter(|(name, _)| name == key);
    same.next().map(|(_, value)| *value)
}

fn text<'v>(members: &[Member<'v>], key: &str) -> Option<Cow<'v, str>> {
    as_text(get(members, key)?)
}

fn as_text(value: &RawValue) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Text<'t>(#[serde(borrow)] Cow<'t, str>);
    let text: Option<Text<'_>> = serde_json::from_str(value.get()).ok();
    text.map(|text| text.0)
}

/// Whether an object is an event. Of one inside of others more is asked: it may be a part of what is one.
fn is_event(members: &[Member<'_>], is_inside: bool) -> bool {
    let has = |key| text(members, key).is_some();
    if is_inside {
        has("source") && has("detail-type")
    } else {
        has("source") || has("detail-type")
    }
}

/// What was found so far.
#[derive(Default)]
struct Look {
    events: Vec<Unwrapped<'static>>,
    /// The records of a batch that holds no events.
    records: Vec<Unwrapped<'static>>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The value that offsets are counted in.
    top: &'a str,
    /// The offset of a string that all of it stands in.
    string: Option<usize>,
    nesting: usize,
    depth: usize,
    /// Whether the value is all that stands in its string.
    begins: bool,
    /// The object around it that a queue may have made.
    around: Option<&'a [Member<'a>]>,
}

impl<'a> At<'a> {
    fn top(value: &'a RawValue) -> Self {
        At {
            top: value.get(),
            string: None,
            nesting: 0,
            depth: 0,
            begins: false,
            around: None,
        }
    }

    fn offset(&self, value: &RawValue) -> usize {
        let inside = (value.get().as_ptr() as usize).wrapping_sub(self.top.as_ptr() as usize);
        self.string.unwrap_or(inside)
    }

    fn event(&self, bytes: Vec<u8>, value: &RawValue) -> Unwrapped<'static> {
        Unwrapped {
            bytes: Cow::Owned(bytes),
            offset: self.offset(value),
            record: self.around.and_then(record),
        }
    }
}

impl Look {
    fn value(&mut self, value: &RawValue, at: At<'_>) {
        if at.depth > MAX_DEPTH {
            return;
        }
        let deeper = At {
            depth: at.depth + 1,
            ..at
        };
        let item_at = At {
            begins: false,
            ..deeper
        };
        match value.get().as_bytes().first() {
            Some(b'{') => self.object(value, deeper),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                items.iter().for_each(|item| self.value(item, item_at));
            }
            Some(b'"') => self.string(value, at),
            _ => {}
        }
    }

    fn object(&mut self, value: &RawValue, at: At<'_>) {
        let Some(members) = members(value) else {
            return;
        };
        if let Some(event) = event_of(value, &members, !at.begins) {
            return self.events.push(at.event(event, value));
        }
        let is_record = members
            .iter()
            .any(|(key, _)| matches!(&**key, "body" | "kinesis" | "dynamodb"));
        let before = self.events.len();
        let inside = At {
            around: is_record.then_some(members.as_slice()).or(at.around),
            begins: false,
            ..at
        };
        for (_, member) in &members {
            self.value(member, inside);
        }
        // A record by itself is tried as it is; one of several is one of several.
        if is_record && at.depth > 1 && self.events.len() == before {
            let bytes = value.get().as_bytes().to_vec();
            self.records.push(Unwrapped {
                record: record(&members),
                ..at.event(bytes, value)
            });
        }
    }

    /// Looks into a text, if it can be JSON.
    fn string(&mut self, value: &RawValue, at: At<'_>) {
        let is_json = |text: &str| text.trim_start().starts_with(['{', '[']);
        let Some(text) = as_text(value).filter(|text| is_json(text)) else {
            return;
        };
        if at.nesting >= MAX_NESTING {
            return;
        }
        let Ok(inner) = serde_json::from_str::<&RawValue>(&text) else {
            return;
        };
        let inside = At {
            top: at.top,
            string: Some(at.offset(value)),
            nesting: at.nesting + 1,
            begins: true,
            ..at
        };
        self.value(inner, inside);
    }
}

/// The event that an object is, or that it asks to be put or tested.
fn event_of(value: &RawValue, members: &[Member<'_>], is_inside: bool) -> Option<Vec<u8>> {
    if is_event(members, is_inside) {
        return Some(value.get().as_bytes().to_vec());
    }
    if let Some(event) = put(members) {
        return Some(event);
    }
    get(members, "EventPattern")?;
    Some(text(members, "Event")?.into_owned().into())
}

/// The detail of an entry of `PutEvents`: a text that holds JSON, or the JSON itself.
fn detail(members: &[Member<'_>]) -> Option<String> {
    let detail = get(members, "Detail")?;
    let Some(text) = as_text(detail) else {
        return Some(detail.get().to_owned());
    };
    let json = serde_json::from_str::<&RawValue>(&text).ok()?;
    Some(json.get().to_owned())
}

/// What the bus makes of an entry of `PutEvents`.
fn put(members: &[Member<'_>]) -> Option<Vec<u8>> {
    text(members, "Source")?;
    let detail_type = get(members, "DetailType")?;
    let detail = detail(members)?;
    let mut event = "{\"version\":\"0\"".to_owned();
    let known = [
        ("Time", "time"),
        ("Resources", "resources"),
        ("Source", "source"),
    ];
    for (key, name) in known {
        if let Some(value) = get(members, key) {
            event.push_str(&format!(",\"{name}\":{}", value.get()));
        }
    }
    event.push_str(&format!(
        ",\"detail-type\":{},\"detail\":{detail}}}",
        detail_type.get()
    ));
    Some(event.into_bytes())
}

/// A record as filters see it: JSON in its body is looked into.
fn record(members: &[Member<'_>]) -> Option<Vec<u8>> {
    let body = text(members, "body")?;
    let body: &RawValue = serde_json::from_str(&body).ok()?;
    let mut record = Vec::new();
    for (key, value) in members {
        let value = if key == "body" { body } else { *value };
        record.push(format!(
            "{}:{}",
            serde_json::to_string(key).ok()?,
            value.get()
        ));
    }
    Some(format!("{{{}}}", record.join(",")).into_bytes())
}

/// The members of an object in order, duplicates included.
struct Object<'v>(Vec<Member<'v>>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object<'de>, A::Error> {
        #[derive(Deserialize)]
        struct Key<'k>(#[serde(borrow)] Cow<'k, str>);
        let mut members = Vec::new();
        while let Some((Key(key), value)) = access.next_entry::<Key<'de>, &'de RawValue>()? {
            members.push((key, value));
        }
        Ok(Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"source":"my.kiln","detail-type":"Kiln Firing","detail":{"cone":6}}"#;

    fn found(value: &str) -> Vec<(String, usize)> {
        let contents = events(value.as_bytes());
        let event = |event: Unwrapped<'_>| {
            (
                String::from_utf8_lossy(&event.bytes).into_owned(),
                event.offset,
            )
        };
        contents.events.into_iter().map(event).collect()
    }

    #[test]
    fn events_are_found_in_any_wrapping() {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let topic = format!(
            "{{\"Type\":\"Notification\",\"Message\":{}}}",
            quoted(EVENT)
        );
        for (value, offset) in [
            (EVENT.to_owned(), 0),
            (format!("{{\"log\": {{\"events\": [{EVENT}]}}}}"), 20),
            (
                format!("{{\"Records\":[{{\"body\":{}}}]}}", quoted(&topic)),
                20,
            ),
            (quoted(EVENT), 0),
            (
                format!("{{\"EventPattern\":\"{{}}\",\"Event\":{}}}", quoted(EVENT)),
                0,
            ),
        ] {
            assert_eq!(found(&value), [(EVENT.to_owned(), offset)], "{value}");
        }
    }

    #[test]
    fn an_entry_becomes_what_the_bus_makes_of_it() {
        let entry = r#"{"Entries":[{"Source":"my.kiln","DetailType":"Kiln Firing","Detail":"{\"cone\":6}","Resources":["a"]}]}"#;
        let event = r#"{"version":"0","resources":["a"],"source":"my.kiln","detail-type":"Kiln Firing","detail":{"cone":6}}"#;
        assert_eq!(found(entry), [(event.to_owned(), 12)]);
    }

    #[test]
    fn any_other_value_is_an_event_itself() {
        for value in [
            "{\"body\":{\"a\":1}}",
            "{",
            "{}",
            "{\"detail\":{\"a\":1}}",
            "{\"a\": \"{\\\"b\\\":1}\"}",
        ] {
            assert_eq!(found(value), [(value.to_owned(), 0)]);
        }
    }

    #[test]
    fn filters_see_the_body_of_a_record() {
        let batch =
            r#"{"Records":[{"messageId":"1","body":"{\"a\":1}"},{"messageId":"2","body":"b"}]}"#;
        let contents = events(batch.as_bytes());
        assert!(!contents.is_found && contents.events.len() == 2);
        let record = contents.events[0].record.clone().unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&record),
            r#"{"messageId":"1","body":{"a":1}}"#
        );
    }
}
