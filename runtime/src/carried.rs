//! A message of a queue, a topic, a stream or a log comes in; what it carries goes out, each part on its own.
//!
//! Few keys are known, under which services of AWS carry something; what stands there is opened again, be it
//! JSON, JSON in a string, or JSON in Base64: so a queue's message of a topic's message needs no code of its
//! own. What is neither an event nor carries anything goes out as it is, for nothing may vanish.

use std::borrow::Cow;

use crate::read::{
    Cursor, ErrorCode, GZIP, Members, ParseError, RawError, checked, measured, said, step_to_item,
    step_to_member,
};
use crate::{Detail, Event, base64};

/// What a message of SQS, SNS, Kinesis or Firehose, a batch of Lambda or Pipes, or a log carries.
///
/// ```
/// use eventbridge_runtime::{Carried, ParseErrorKind, json::Json};
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
        let values = values(text).map_err(|error| ParseError::new(text, error))?;
        let mut carried = Vec::new();
        for value in values {
            Place::default().value(value, &mut carried);
        }
        Ok(carried)
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

impl<D: Detail> Event<D> {
    /// Reads all events that a message of a queue, a topic, a stream or a log carries, or the one event that
    /// it is; see [`Carried`] for one by one.
    ///
    /// ```
    /// use eventbridge_runtime::{Event, json::Json};
    ///
    /// let message = br#"{"Type": "Notification", "Message": "{\"source\": \"my.house\", \"detail\": {}}"}"#;
    /// let events = Event::<Json>::from_message(message)?;
    /// assert_eq!(events[0].source, "my.house");
    /// # Ok::<(), eventbridge_runtime::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_slice`](Self::from_slice), of the first part that is no event: then none is given, so that a
    /// consumer who takes the message for done has lost nothing.
    pub fn from_message(message: &[u8]) -> Result<Vec<Self>, ParseError> {
        Carried::open(message)?.iter().map(Carried::event).collect()
    }
}

impl Place {
    fn holds<'m>(&self, bytes: impl Into<Cow<'m, [u8]>>) -> Carried<'m> {
        Carried {
            bytes: bytes.into(),
            place: self.clone(),
        }
    }

    /// Adds what a value of JSON carries.
    fn value<'m>(&self, text: &'m str, all: &mut Vec<Carried<'m>>) {
        let is_open = self.levels < MOST_LEVELS
            && match text.as_bytes().first() {
                Some(b'{') => self.object(text, all),
                Some(b'[') => self.list(text, all),
                Some(b'"') => self.string(text, all),
                _ => false,
            };
        if !is_open {
            all.push(self.holds(text.as_bytes()));
        }
    }

    /// Adds what the items of a list carry. False: it has none.
    fn list<'m>(&self, text: &'m str, all: &mut Vec<Carried<'m>>) -> bool {
        let items = items(text).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let mut place = self.deeper();
            step_to_item(&mut place.path, index);
            place.value(item, all);
        }
        !items.is_empty()
    }

    /// Adds the event that an object is, or what it carries. False: neither.
    fn object<'m>(&self, text: &'m str, all: &mut Vec<Carried<'m>>) -> bool {
        let Ok(object) = Members::of(text) else {
            return false;
        };
        if object.is_event() {
            match object.with_detail_opened() {
                Some(opened) => all.push(self.holds(opened.into_bytes())),
                None => all.push(self.holds(text.as_bytes())),
            }
            return true;
        }
        let Some((carrier, value)) = object.carried() else {
            return false;
        };
        let mut place = self.deeper();
        step_to_member(&mut place.path, carrier.key);
        if place.item_id.is_none() {
            let id = IDS.iter().find_map(|id| said(object.value(id)?));
            let id = id.filter(|id| id.len() <= LONGEST_ID);
            place.item_id = id.map(Cow::into_owned);
        }
        place.value(value, all);
        true
    }

    /// Adds what a string carries: JSON, or JSON in Base64, or itself. False: it is none.
    fn string(&self, value: &str, all: &mut Vec<Carried<'_>>) -> bool {
        let Some(text) = said(value) else {
            return false;
        };
        let place = self.deeper();
        if place.json(&text, all) {
            return true;
        }
        let bytes = base64::decoded(&text).unwrap_or_default();
        let is_json = std::str::from_utf8(&bytes).is_ok_and(|json| place.json(json, all));
        if !is_json {
            let is_packed = bytes.starts_with(&GZIP);
            all.push(if is_packed {
                place.holds(bytes)
            } else {
                place.holds(text.into_owned().into_bytes())
            });
        }
        true
    }

    /// Adds what a text carries that is objects, lists or strings of JSON. False: it is none.
    fn json(&self, text: &str, all: &mut Vec<Carried<'_>>) -> bool {
        let text = text.trim_start_matches('\u{feff}');
        if !text.trim_start().starts_with(['{', '[', '"']) {
            return false;
        }
        let Ok(values) = values(text) else {
            return false;
        };
        let mut carried = Vec::new();
        for value in values {
            self.value(value, &mut carried);
        }
        for one in carried {
            all.push(one.into_owned());
        }
        true
    }

    fn deeper(&self) -> Self {
        let levels = self.levels + 1;
        Self {
            levels,
            ..self.clone()
        }
    }
}

/// The values of JSON that a text is: one, or objects and lists one behind the other.
fn values(text: &str) -> Result<Vec<&str>, RawError> {
    let mut cursor = Cursor::new(text);
    let mut values = Vec::new();
    loop {
        let range = cursor.skip()?;
        let value = text.get(range).unwrap_or_default();
        values.push(value);
        match cursor.peek() {
            _ if cursor.at >= text.len() => return Ok(values),
            b'{' | b'[' if value.starts_with(['{', '[']) => {}
            _ => return Err(cursor.error(ErrorCode::Trailing)),
        }
    }
}

/// The items of a list.
fn items(text: &str) -> Result<Vec<&str>, RawError> {
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
