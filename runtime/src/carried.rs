//! A message of a queue, a topic, a stream or a log comes in; what it carries goes out, each part on its own.
//!
//! Few keys are known, under which services of AWS carry something; what stands there is opened again, be it
//! JSON, JSON in a string, or JSON in Base64: so a queue's message of a topic's message needs no code of its
//! own. What is neither an event nor carries anything goes out as it is, for nothing may vanish.

use std::borrow::Cow;

use crate::foreign::{GZIP, Members, said};
use crate::read::{Cursor, Fault, ParseError, checked, measured, step_to_item, step_to_member};
use crate::{Detail, Event, base64};

/// What a message of SQS, SNS, Kinesis or Firehose, a batch of Lambda or Pipes, or a log carries.
///
/// ```
/// use eventbridge_runtime::{Carried, Json, ParseErrorKind};
///
/// let batch = br#"{"Records": [
///     {"messageId": "m1", "eventSource": "aws:sqs", "body":
///         "{\"Type\": \"Notification\", \"Message\": \"{\\\"source\\\": \\\"my.house\\\"}\"}"},
///     {"messageId": "m2", "eventSource": "aws:sqs", "body": "{\"door\": \"front\"}"}
/// ]}"#;
/// let [one, two] = &Carried::open(batch)?[..] else { panic!() };
/// assert_eq!(one.event::<Json>()?.source, "my.house");
/// assert_eq!(one.path(), "Records[0].body.Message");
/// // Nothing is left out: what is no event is told, and may go back to the queue.
/// assert_eq!(two.event::<Json>().unwrap_err().kind(), ParseErrorKind::NotAnEvent);
/// assert_eq!(two.item_id(), Some("m2"));
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried<'m> {
    bytes: Cow<'m, [u8]>,
    place: Place,
}

/// Where something stands in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    path: String,
    item_id: Option<String>,
    /// So many objects, lists and strings were opened on the way.
    levels: usize,
}

/// A queue's message of a topic's message of a log has six.
const MOST_LEVELS: usize = 12;

/// What a batch calls one of its parts. The outermost counts: it is what the batch was delivered by.
const IDS: [&str; 5] = [
    "messageId",
    "MessageId",
    "sequenceNumber",
    "SequenceNumber",
    "recordId",
];

/// A longer one is none, and each part has a copy of it.
const LONGEST_ID: usize = 256;

impl<'m> Carried<'m> {
    /// Opens a message, which may be a batch, or an event that nothing is around. What stands in a list goes
    /// out one by one, as do several values one behind the other.
    ///
    /// What it finds is at least one thing. It need not be an event: [`event`](Self::event) tells. A `detail`
    /// that is JSON in a string is an object in the event that goes out. What gzip has packed, as the `data`
    /// of CloudWatch Logs, goes out packed: unpack [`as_bytes`](Self::as_bytes) and open that.
    ///
    /// # Errors
    ///
    /// The message is not UTF-8 or not JSON.
    pub fn open(message: &'m [u8]) -> Result<Vec<Self>, ParseError> {
        let text = checked(message)?;
        measured(text)?;
        let values = values(text).map_err(|fault| ParseError::new(text, fault))?;
        let place = Place::default();
        let opened = values.into_iter().flat_map(|value| place.value(value));
        Ok(opened.collect())
    }

    /// The document of an event, or whatever else it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where it stands in the message, `Records[2].body.Message`; nothing for the message itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.place.path
    }

    /// What a batch calls the part it stands in: the `messageId` of SQS, the `sequenceNumber` of Kinesis. By
    /// it Lambda's `batchItemFailures` names what is to be delivered again.
    #[must_use]
    pub fn item_id(&self) -> Option<&str> {
        self.place.item_id.as_deref()
    }

    /// Reads it as an event.
    ///
    /// # Errors
    ///
    /// As [`Event::from_slice`], and with its place in the message.
    pub fn event<D: Detail>(&self) -> Result<Event<D>, ParseError> {
        Event::from_slice(&self.bytes).map_err(|error| error.within(&self.place.path))
    }

    fn into_owned(self) -> Carried<'static> {
        Carried {
            bytes: self.bytes.into_owned().into(),
            place: self.place,
        }
    }
}

impl Place {
    fn holds<'m>(&self, bytes: impl Into<Cow<'m, [u8]>>) -> Carried<'m> {
        Carried {
            bytes: bytes.into(),
            place: self.clone(),
        }
    }

    /// What a value of JSON carries.
    fn value<'m>(&self, text: &'m str) -> Vec<Carried<'m>> {
        let carried = match text.as_bytes().first() {
            _ if self.levels >= MOST_LEVELS => None,
            Some(b'{') => self.object(text),
            Some(b'[') => self.list(text),
            Some(b'"') => said(text).map(|text| self.string(&text)),
            _ => None,
        };
        carried.unwrap_or_else(|| vec![self.holds(text.as_bytes())])
    }

    fn list<'m>(&self, text: &'m str) -> Option<Vec<Carried<'m>>> {
        let items = items(text).ok()?;
        let item = |(index, item): (usize, &'m str)| {
            let mut place = self.deeper();
            step_to_item(&mut place.path, index);
            place.value(item)
        };
        let is_some = !items.is_empty();
        is_some.then(|| items.into_iter().enumerate().flat_map(item).collect())
    }

    fn object<'m>(&self, text: &'m str) -> Option<Vec<Carried<'m>>> {
        let object = Members::of(text).ok()?;
        if object.is_event() {
            return Some(vec![self.event(&object)]);
        }
        let (carrier, value) = object.carried()?;
        let mut place = self.deeper();
        step_to_member(&mut place.path, carrier.key);
        let id = || IDS.iter().find_map(|id| said(object.value(id)?));
        let id = place.item_id.take().or_else(|| id().map(Cow::into_owned));
        place.item_id = id.filter(|id| id.len() <= LONGEST_ID);
        Some(place.value(value))
    }

    /// An event, with its detail as an object if it is one in a string.
    fn event<'m>(&self, object: &Members<'m>) -> Carried<'m> {
        match object.with_detail_opened() {
            Some(opened) => self.holds(opened.into_bytes()),
            None => self.holds(object.text.as_bytes()),
        }
    }

    /// What a string carries: JSON, or JSON in Base64, or itself.
    fn string(&self, text: &str) -> Vec<Carried<'static>> {
        let place = self.deeper();
        let itself = || vec![place.holds(text.as_bytes().to_vec())];
        if let Some(carried) = place.json(text) {
            return carried;
        }
        match base64::decoded(text) {
            Some(bytes) if bytes.starts_with(&GZIP) => vec![place.holds(bytes)],
            Some(bytes) => {
                let json = std::str::from_utf8(&bytes).ok();
                json.and_then(|json| place.json(json))
                    .unwrap_or_else(itself)
            }
            None => itself(),
        }
    }

    /// What a text carries that is objects, lists or strings of JSON.
    fn json(&self, text: &str) -> Option<Vec<Carried<'static>>> {
        let text = text.trim_start_matches('\u{feff}');
        if !text.trim_start().starts_with(['{', '[', '"']) {
            return None;
        }
        let values = values(text).ok()?.into_iter();
        let carried = values.flat_map(|value| self.value(value));
        Some(carried.map(Carried::into_owned).collect())
    }

    fn deeper(&self) -> Self {
        let levels = self.levels + 1;
        Self {
            levels,
            ..self.clone()
        }
    }
}

/// The values of JSON that a text is, one behind the other: at least one.
fn values(text: &str) -> Result<Vec<&str>, Fault> {
    let mut cursor = Cursor::new(text);
    let mut values = Vec::new();
    loop {
        let range = cursor.skip()?;
        values.extend(text.get(range));
        cursor.peek();
        if cursor.at >= text.len() {
            return Ok(values);
        }
    }
}

/// The items of a list.
fn items(text: &str) -> Result<Vec<&str>, Fault> {
    let mut cursor = Cursor::new(text);
    let mut items = Vec::new();
    let mut more = cursor.begin(b']')?;
    while more {
        let range = cursor.skip()?;
        items.extend(text.get(range));
        more = cursor.next(b']')?;
    }
    Ok(items)
}
