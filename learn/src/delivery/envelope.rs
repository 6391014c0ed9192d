//! One JSON value of a file of deliveries comes in; the events in it go to the tally, however they are wrapped.
//!
//! An object with a `source`, a `detail-type` and a `detail` is an event. Of any other value the members and
//! items are looked at, and the JSON in strings, bare or packed: so logs, queues, topics and streams need no code of
//! their own.

use super::packed;
use super::tally::Tally;
use super::walk::Walk;
use crate::names::is_source;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// How often JSON may stand in a string of JSON: a queue's message of a topic of a log has three.
const MAX_NESTING: usize = 5;

/// What an event without an id is called.
const NO_ID: &str = "no-id";

/// Looks for events in a value.
pub(super) struct Finder<'t> {
    pub(super) tally: &'t mut Tally,
    /// The last event that is none after all, and why.
    pub(super) odd: &'t mut Option<String>,
    /// How many strings stand around it.
    pub(super) nesting: usize,
}

impl Finder<'_> {
    fn inner(&mut self) -> Finder<'_> {
        Finder {
            tally: self.tally,
            odd: self.odd,
            nesting: self.nesting,
        }
    }

    /// Looks into a text, if it can be JSON, or hold it in base64. What is no JSON after all leaves no trace.
    fn text(&mut self, text: &str) {
        if self.nesting >= MAX_NESTING {
            return;
        }
        if text.trim_start().starts_with(['{', '[']) {
            self.json(text);
        } else if let Some(bytes) = packed::unpack(text)
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            self.json(text);
        }
    }

    fn json(&mut self, text: &str) {
        let before = self.tally.now();
        let finder = Finder {
            nesting: self.nesting + 1,
            ..self.inner()
        };
        if finder.values(text).is_err() {
            self.tally.forget(before);
        }
    }

    /// Looks into the values of a text: streams put several into one record.
    fn values(mut self, text: &str) -> Result<(), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(text);
        loop {
            self.inner().deserialize(&mut json)?;
            if json.end().is_ok() {
                return Ok(());
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Finder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Finder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(mut self, text: &str) -> Result<(), E> {
        self.text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self.inner())?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut envelope = Envelope::default();
        while let Some(key) = members.next_key::<Key>()? {
            match key {
                Key::Source => envelope.source = members.next_value_seed(TextOr(self.inner()))?,
                Key::DetailType => {
                    envelope.detail_type = members.next_value_seed(TextOr(self.inner()))?;
                }
                Key::Id => envelope.id = members.next_value_seed(TextOr(self.inner()))?,
                Key::Detail => match (envelope.id.is_some(), envelope.event_type()) {
                    (true, Some(named)) => {
                        let detail = Detail {
                            finder: self.inner(),
                            named,
                            id: envelope.id(),
                        };
                        members.next_value_seed(detail)?;
                        envelope.is_read = true;
                    }
                    _ => envelope.detail = Some(members.next_value()?),
                },
                Key::Other if envelope.event_type().is_some() => {
                    members.next_value::<IgnoredAny>()?;
                }
                Key::Other => members.next_value_seed(self.inner())?,
            }
        }
        self.late_detail(&envelope).map_err(A::Error::custom)
    }
}

impl Finder<'_> {
    /// Reads a detail that stood before what says whose it is.
    fn late_detail(&mut self, envelope: &Envelope<'_>) -> Result<(), serde_json::Error> {
        let Some(detail) = envelope.detail.filter(|_| !envelope.is_read) else {
            return Ok(());
        };
        let mut json = serde_json::Deserializer::from_str(detail.get());
        match envelope.event_type() {
            Some(named) => Detail {
                finder: self.inner(),
                named,
                id: envelope.id(),
            }
            .deserialize(&mut json),
            None if self.nesting >= MAX_NESTING => Ok(()),
            None => {
                let finder = Finder {
                    nesting: self.nesting + 1,
                    ..self.inner()
                };
                finder.deserialize(&mut json)
            }
        }
    }
}

/// The keys that make an object an event.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "kebab-case")]
enum Key {
    Source,
    DetailType,
    Id,
    Detail,
    #[serde(other)]
    Other,
}

/// What an object has of an event.
#[derive(Default)]
struct Envelope<'e> {
    source: Option<Cow<'e, str>>,
    detail_type: Option<Cow<'e, str>>,
    id: Option<Cow<'e, str>>,
    detail: Option<&'e RawValue>,
    is_read: bool,
}

impl Envelope<'_> {
    fn event_type(&self) -> Option<(&str, &str)> {
        Some((self.source.as_deref()?, self.detail_type.as_deref()?))
    }

    /// The id, if it is one that can stand in a line of evidence.
    fn id(&self) -> &str {
        let is_id = |id: &&str| {
            !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_graphic())
        };
        self.id.as_deref().filter(is_id).unwrap_or(NO_ID)
    }
}

/// The detail of an event.
struct Detail<'t, 'e> {
    finder: Finder<'t>,
    named: (&'e str, &'e str),
    id: &'e str,
}

impl<'de> DeserializeSeed<'de> for Detail<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Detail {
            finder,
            named: (source, detail_type),
            id,
        } = self;
        if let Some(odd) = oddity(source, detail_type) {
            *finder.odd = Some(odd);
            return IgnoredAny::deserialize(deserializer).map(drop);
        }
        let before = finder.tally.now();
        let place = finder.tally.detail(source, detail_type);
        let walk = Walk {
            tally: finder.tally,
            place,
        };
        walk.deserialize(deserializer)?;
        if finder.tally.is_object_since(before) {
            finder.tally.event(id);
        } else {
            finder.tally.forget(before);
            *finder.odd = Some("its `detail` is no object".to_owned());
        }
        Ok(())
    }
}

/// Why an event cannot be kept.
fn oddity(source: &str, detail_type: &str) -> Option<String> {
    let is_text = |c: char| !c.is_control();
    if !is_source(source) {
        return Some(
            "its `source` is no event source that a folder could be named after".to_owned(),
        );
    }
    let named = !detail_type.trim().is_empty() && detail_type.len() <= 256;
    (!named || !detail_type.chars().all(is_text))
        .then(|| "its `detail-type` is empty or no line of text".to_owned())
}

/// Reads a string, or looks into what stands there instead.
struct TextOr<'t>(Finder<'t>);

impl<'de> DeserializeSeed<'de> for TextOr<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextOr<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        self.0.visit_seq(items).map(|()| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        self.0.visit_map(members).map(|()| None)
    }
}
