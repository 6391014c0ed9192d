//! The JSON that EventBridge delivers comes in; its envelope and a typed detail go out, and back again
//! as the same JSON.

mod access;
mod one_type;

pub use one_type::{AnyType, EventOf, EventType, OneType, OtherDetail, OtherType};

use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::object::fields::Fields;
use crate::object::{Field, Node, Object, ReadField, View, same};
use crate::read::{ErrorCode, ParseError, RawError, Reader, checked, document};
use crate::{Detail, Extra, Json, Text, Timestamp, object, serde_form};

/// An event as EventBridge delivers it.
///
/// Reading takes [`from_slice`](Self::from_slice) or [`str::parse`], or any of `serde_json`'s ways, which
/// cost one more look at the document. Strings share one copy of the document; see [`Text`].
///
/// What is written is what was read, as JSON values: a field that a document lacks is empty here, and is
/// not written back while it stays so; unknown members, explicit nulls and values of another kind (an
/// `account` that is a number) are in `extra`, here and at every level of a detail. A key that stands
/// twice, in the envelope, in an object of known fields or in a map of a known kind, is an error. Numbers
/// keep their spelling (`1.50`, digits beyond 64 bits), with [`to_json`](Self::to_json) and with
/// `serde_json`; other formats of serde's get the nearest float. The order of members and space between
/// them are not kept.
///
/// Text of the envelope is there as `&str` by methods, so that `match event.detail_type() { "…" => … }` compiles. In
/// tests `Event::from` puts an envelope around a detail, and [`with_id`](Self::with_id) and its like fill it.
/// `K` tells an [`EventOf`] one type from an event of any: who writes neither has the latter.
#[derive(Clone)]
#[non_exhaustive]
pub struct Event<D, K = AnyType> {
    /// `version`: of the envelope, `0`.
    pub version: Text,
    /// `id`: unique for every event.
    pub id: Text,
    /// `detail-type`: what kind of event it is.
    pub detail_type: Text,
    /// `source`: the service that sent it.
    pub source: Text,
    /// `account`: twelve digits.
    pub account: Text,
    /// `time`: when it happened, as the source has it.
    pub time: Option<Timestamp>,
    /// `region`: where it happened.
    pub region: Text,
    /// `resources`: ARNs of what it is about.
    pub resources: Vec<Text>,
    /// `replay-name`: the replay that delivered it again, if one did.
    pub replay_name: Option<Text>,
    /// `detail`: what happened.
    pub detail: D,
    /// Whatever else stands in the envelope.
    pub extra: Extra,
    kind: PhantomData<fn() -> K>,
}

/// The fields of the envelope.
pub(crate) const FIELDS: [Field; 10] = [
    Field::of::<Text>("version"),
    Field::of::<Text>("id"),
    Field::of::<Text>("detail-type"),
    Field::of::<Text>("source"),
    Field::of::<Text>("account"),
    Field::of::<Option<Timestamp>>("time"),
    Field::of::<Text>("region"),
    Field::of::<Vec<Text>>("resources"),
    Field::of::<Option<Text>>("replay-name"),
    Field::of::<Json>("detail"),
];

const DETAIL_TYPE: usize = 2;
const SOURCE: usize = 3;

impl<D> Event<D> {
    /// An event of version `0` with all other fields of the envelope empty; they are not written while they
    /// are. One of neither a source nor a detail-type could not be read again.
    pub fn new(source: impl Into<Text>, detail_type: impl Into<Text>, detail: D) -> Self {
        let mut envelope = Event::blank();
        for key in ["id", "account", "region", "resources"] {
            envelope.extra.miss(key);
        }
        envelope.version = "0".into();
        envelope.source = source.into();
        envelope.detail_type = detail_type.into();
        envelope.map(|()| detail)
    }
}

impl<D, K> Event<D, K> {
    /// The same event with what becomes of its detail.
    ///
    /// ```
    /// use eventbridge_runtime::{Event, json::Json};
    ///
    /// let event: Event<Json> = r#"{"id": "6a7e", "source": "my.house", "detail": {"door": "front"}}"#.parse()?;
    /// let event = event.map(|detail| detail.get("door").cloned());
    /// assert_eq!(event.detail.unwrap(), "front");
    /// assert_eq!(event.id, "6a7e");
    /// # Ok::<(), eventbridge_runtime::ParseError>(())
    /// ```
    pub fn map<E>(self, map: impl FnOnce(D) -> E) -> Event<E, K> {
        let Ok(event) = self.try_map(|detail| Ok::<E, Infallible>(map(detail)));
        event
    }

    /// The same event with its detail as a part of it or as another type: `TrainingJobStateChange::try_from`,
    /// for one.
    ///
    /// # Errors
    ///
    /// What the function answers.
    pub fn try_map<E, F>(self, map: impl FnOnce(D) -> Result<E, F>) -> Result<Event<E, K>, F> {
        let (envelope, detail) = self.around(());
        let (event, ()) = Event::<(), K>::around(envelope, map(detail)?);
        Ok(event)
    }

    /// The same envelope around another detail, and the detail that stood there.
    fn around<E, L>(self, detail: E) -> (Event<E, L>, D) {
        let event = Event {
            version: self.version,
            id: self.id,
            detail_type: self.detail_type,
            source: self.source,
            account: self.account,
            time: self.time,
            region: self.region,
            resources: self.resources,
            replay_name: self.replay_name,
            detail,
            extra: self.extra,
            kind: PhantomData,
        };
        (event, self.detail)
    }
}

/// An event whose detail is yet to be read.
impl Event<()> {
    fn blank() -> Self {
        Self {
            version: Text::default(),
            id: Text::default(),
            detail_type: Text::default(),
            source: Text::default(),
            account: Text::default(),
            time: None,
            region: Text::default(),
            resources: Vec::new(),
            replay_name: None,
            detail: (),
            extra: Extra::default(),
            kind: PhantomData,
        }
    }

    /// Reads all members; the detail through a function, once source and detail-type are known.
    fn read_envelope<D>(
        &mut self,
        reader: &mut Reader<'_>,
        detail: impl Fn(&str, &str, &mut Reader<'_>) -> Result<D, RawError>,
    ) -> Result<Option<D>, RawError> {
        let mut slots: [&mut dyn ReadField; 9] = [
            &mut self.version,
            &mut self.id,
            &mut self.detail_type,
            &mut self.source,
            &mut self.account,
            &mut self.time,
            &mut self.region,
            &mut self.resources,
            &mut self.replay_name,
        ];
        let mut fields = Fields::new(&FIELDS, &mut slots, &mut self.extra);
        let (mut early, mut read) = (None, None);
        if reader.cursor.peek() != b'{' {
            return Err(reader.cursor.error(ErrorCode::NoObjectOfEvent));
        }
        let start = reader.cursor.at;
        let mut more = reader.cursor.begin(b'}')?;
        while more {
            if fields.member(reader)? {
                match named(&fields) {
                    Some((source, detail_type)) => {
                        read = Some(detail(source, detail_type, reader)?);
                    }
                    None => {
                        early = Some(reader.cursor);
                        reader.cursor.skip()?;
                    }
                }
            }
            more = reader.cursor.next(b'}')?;
        }
        fields.finish();
        if self.source.is_empty() && self.detail_type.is_empty() {
            return Err(no_event(start, reader));
        }
        if let Some(cursor) = early {
            let (buffer, source) = (reader.buffer, self.source.clone());
            read = Some(detail(
                &source,
                &self.detail_type,
                &mut Reader { buffer, cursor },
            )?);
        }
        Ok(read)
    }
}

impl<D: Detail, K> Event<D, K> {
    /// Reads an event from the bytes of a document, which are copied once.
    ///
    /// # Errors
    ///
    /// The document is not UTF-8, not JSON, no object, nested more than 128 deep, or has two members of
    /// the same key: with byte offset and path. Or it is no event, as neither its `source` nor its
    /// `detail-type` is a string that says something: what it is instead is told if it is known, a message of
    /// SQS for one. An event that lacks one of both is read.
    pub fn from_slice(document: &[u8]) -> Result<Self, ParseError> {
        Self::from_document(&checked(document)?.into())
    }

    /// Reads an event from a document that is shared already; nothing of it is copied.
    ///
    /// # Errors
    ///
    /// As [`from_slice`](Self::from_slice).
    pub fn from_document(buffer: &Arc<str>) -> Result<Self, ParseError> {
        document(buffer, Self::read_from)
    }

    fn read_from(reader: &mut Reader<'_>) -> Result<Self, RawError> {
        let mut envelope = Event::blank();
        let detail = match envelope.read_envelope(reader, D::read)? {
            Some(detail) => detail,
            None => {
                envelope.extra.miss("detail");
                no_detail(&envelope.source, &envelope.detail_type, reader.cursor.at)?
            }
        };
        Ok(envelope.around(detail).0)
    }
}

/// Source and detail-type, if both have come and one says something.
fn named<'f>(fields: &'f Fields<'_, '_>) -> Option<(&'f str, &'f str)> {
    let have_come = fields.has(SOURCE) && fields.has(DETAIL_TYPE);
    let names = have_come.then(|| (fields.text(SOURCE), fields.text(DETAIL_TYPE)))?;
    (names != ("", "")).then_some(names)
}

/// What is wrong with an object, begun at an offset and passed, that tells no source and no detail-type. Of a
/// document it is first of all that it goes on.
#[cold]
fn no_event(start: usize, reader: &mut Reader<'_>) -> RawError {
    match reader.end() {
        Err(trailing) if reader.cursor.depth == 0 => trailing,
        _ => RawError::new(start, ErrorCode::NotAnEvent),
    }
}

/// What a detail is where an event, which ends at an offset, has none.
pub(crate) fn no_detail<D: Detail>(
    source: &str,
    detail_type: &str,
    at: usize,
) -> Result<D, RawError> {
    let nothing = Arc::from("null");
    let detail = D::read(source, detail_type, &mut Reader::new(&nothing));
    detail.map_err(|error| error.of_no_detail(at))
}

impl<D: Detail, K> Object for Event<D, K> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), RawError> {
        *self = Self::read_from(reader)?;
        Ok(())
    }

    fn view<'a>(&'a self, look: &mut dyn FnMut(View<'_, 'a>)) {
        look(View {
            fields: &FIELDS,
            members: &[
                &self.version,
                &self.id,
                &self.detail_type,
                &self.source,
                &self.account,
                &self.time,
                &self.region,
                &self.resources,
                &self.replay_name,
                &self.detail,
            ],
            extra: &self.extra,
        });
    }
}

impl<D: Detail, K> PartialEq for Event<D, K> {
    /// Whether both hold the same: each field, and in any order what is in `extra`, but for members whose
    /// field has been set since.
    fn eq(&self, other: &Self) -> bool {
        same(self, other)
    }
}

impl<D: Detail + Eq, K> Eq for Event<D, K> {}

impl<D: Detail + Hash, K> Hash for Event<D, K> {
    /// As of all that is compared.
    fn hash<H: Hasher>(&self, state: &mut H) {
        object::hash(self, state);
    }
}

impl<D: Detail, K> FromStr for Event<D, K> {
    type Err = ParseError;

    fn from_str(document: &str) -> Result<Self, ParseError> {
        Self::from_slice(document.as_bytes())
    }
}

impl<D: Detail, K> TryFrom<&Json> for Event<D, K> {
    type Error = ParseError;

    fn try_from(json: &Json) -> Result<Self, ParseError> {
        json.as_json().parse()
    }
}

impl<D: Detail, K> fmt::Display for Event<D, K> {
    /// As [`to_json`](Self::to_json).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl<'de, D: Detail, K> Deserialize<'de> for Event<D, K> {
    fn deserialize<T: Deserializer<'de>>(deserializer: T) -> Result<Self, T::Error> {
        serde_form::deserialize(deserializer, str::parse)
    }
}

impl<D: Detail, K> Serialize for Event<D, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node::Object(self).serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
