//! A document that was to be an event comes in; what it is instead, and how to go on, goes out.

use std::borrow::Cow;
use std::ops::Range;

use super::cursor::Cursor;
use super::raw_error::RawError;

/// A key under which messages carry something, and what has it.
pub(crate) struct Carrier {
    pub(crate) key: &'static str,
    description: &'static str,
}

/// In this order they are looked for.
const CARRIERS: [Carrier; 14] = [
    Carrier::new(
        "Records",
        "a batch, and what it carries stands in `Records`",
    ),
    Carrier::new(
        "records",
        "a batch, and what it carries stands in `records`",
    ),
    Carrier::new(
        "Messages",
        "an answer of SQS, and what it carries stands in `Messages`",
    ),
    Carrier::new(
        "Sns",
        "a record of SNS, and what it carries stands in `Sns.Message`",
    ),
    Carrier::new(
        "Message",
        "a message of SNS, and what it carries stands in `Message`",
    ),
    Carrier::new(
        "body",
        "a message of SQS, and what it carries stands in `body`",
    ),
    Carrier::new(
        "Body",
        "a message of SQS, and what it carries stands in `Body`",
    ),
    Carrier::new(
        "kinesis",
        "a record of Kinesis, and what it carries stands in `kinesis.data`",
    ),
    Carrier::new(
        "awslogs",
        "a delivery of CloudWatch Logs, and what it carries stands in `awslogs.data`",
    ),
    Carrier::new(
        "logEvents",
        "a delivery of CloudWatch Logs, and what it carries stands in `logEvents`",
    ),
    Carrier::new(
        "data",
        "a record of a stream, and what it carries stands in `data`",
    ),
    Carrier::new(
        "Data",
        "a record of a stream, and what it carries stands in `Data`",
    ),
    Carrier::new(
        "message",
        "a line of a log, and what it carries stands in `message`",
    ),
    Carrier::new(
        "requestPayload",
        "what Lambda tells of a call, and that stands in `requestPayload`",
    ),
];

impl Carrier {
    const fn new(key: &'static str, description: &'static str) -> Self {
        Self { key, description }
    }
}

/// With these two bytes begins what gzip has packed.
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An object of JSON, each member with its place.
pub(crate) struct Members<'m> {
    pub(crate) text: &'m str,
    members: Vec<(Cow<'m, str>, Range<usize>)>,
}

impl<'m> Members<'m> {
    /// Those of the object with which a text begins.
    pub(crate) fn of(text: &'m str) -> Result<Self, RawError> {
        let mut cursor = Cursor::new(text);
        let mut members = Vec::new();
        let mut more = cursor.begin(b'}')?;
        while more {
            let key = cursor.key()?.text(text);
            members.push((key, cursor.skip()?));
            more = cursor.next(b'}')?;
        }
        Ok(Self { text, members })
    }

    fn place(&self, key: &str) -> Option<Range<usize>> {
        let member = self.members.iter().find(|(known, _)| known == key);
        member.map(|(_, place)| place.clone())
    }

    /// The value of a member, as it is spelled.
    pub(crate) fn value(&self, key: &str) -> Option<&'m str> {
        self.text.get(self.place(key)?)
    }

    fn has(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    fn says(&self, key: &str, text: &str) -> bool {
        self.value(key)
            .and_then(said)
            .is_some_and(|said| said == text)
    }

    /// Whether it tells what event it is.
    pub(crate) fn is_event(&self) -> bool {
        let tells = |key| self.value(key).is_some_and(tells);
        tells("source") || tells("detail-type")
    }

    /// Whether SNS asks for something, in a `Message` for people.
    fn asks_to_confirm(&self) -> bool {
        SUBSCRIPTIONS.iter().any(|ty| self.says("Type", ty))
    }

    /// What stands in it of something else.
    pub(crate) fn carried(&self) -> Option<(&'static Carrier, &'m str)> {
        if self.asks_to_confirm() {
            return None;
        }
        CARRIERS.iter().find_map(|carrier| {
            let value = self.value(carrier.key)?;
            value
                .starts_with(['{', '[', '"'])
                .then_some((carrier, value))
        })
    }

    /// The text of an event whose detail is an object in a string, with that as an object.
    pub(crate) fn with_detail_opened(&self) -> Option<String> {
        let place = self.place("detail")?;
        let object = object_in_string(self.text.get(place.clone())?)?;
        let before = self.text.get(..place.start)?;
        let after = self.text.get(place.end..)?;
        Some([before, &object, after].concat())
    }
}

/// Whether the value of `source` or `detail-type` says anything.
#[inline]
pub(crate) fn tells(value: &str) -> bool {
    value.len() > 2 && value.starts_with('"')
}

/// What a string says.
pub(crate) fn said(value: &str) -> Option<Cow<'_, str>> {
    let is_string = value.starts_with('"');
    let span = is_string.then(|| Cursor::new(value).string().ok())??;
    Some(span.text(value))
}

/// What is told of an object that stands in a string.
pub(crate) const IN_STRING: &str =
    "a string stands here with an object in it, which `Event::from_message` opens";

/// The object of JSON that stands in a string.
pub(crate) fn object_in_string(value: &str) -> Option<Cow<'_, str>> {
    let inside = said(value)?;
    let mut cursor = Cursor::new(&inside);
    let is_object = cursor.peek() == b'{' && cursor.skip().is_ok();
    cursor.peek();
    let is_all = cursor.at >= inside.len();
    (is_object && is_all).then_some(inside)
}

/// What stands where an event should, and how to go on, if that is known.
pub(crate) fn advice_on(value: &str) -> Option<String> {
    match value.as_bytes().first()? {
        b'[' if is_empty_list(value) => Some("this is an empty list: no event is in it".to_owned()),
        b'[' => Some(opens("a list, and its items are read one by one")),
        b'"' => Some(opens("a string, and JSON may stand in it")),
        b'{' => object(&Members::of(value).ok()?),
        _ => None,
    }
}

fn is_empty_list(value: &str) -> bool {
    let inside = value.strip_prefix('[').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with(']'))
}

fn opens(description: &str) -> String {
    format!(
        "this is {description}: `Event::from_message` reads the events in it, `Carried::open` opens it"
    )
}

/// The same of an object.
fn object(object: &Members<'_>) -> Option<String> {
    let advice = if object.asks_to_confirm() {
        "SNS asks here to confirm a subscription, by a look at `SubscribeURL`, and sends no event"
    } else if object.says("Event", "s3:TestEvent") {
        "this is the test message that S3 sends once to a new target of its notifications, and no event"
    } else if let Some((carrier, value)) = object.carried() {
        return Some(match is_empty_list(value) {
            true => format!(
                "this is {}, an empty list: no event is in it",
                carrier.description
            ),
            false => opens(carrier.description),
        });
    } else if object.has("eventSource") || object.has("EventSource") {
        "this is a record of a service that sends it by itself and not by EventBridge"
    } else if object.has("Source") || object.has("DetailType") {
        "this is what is sent to EventBridge; what EventBridge delivers has the keys `source` and `detail-type`"
    } else if ["source", "detail-type"].iter().any(|key| {
        let value = object.value(key);
        value.is_some_and(|value| value.starts_with(['[', '{']))
    }) {
        "this is a pattern, which asks for events"
    } else if object.has("detail") {
        "the target of a rule gets events whole if it has no `InputPath` and no `InputTransformer`"
    } else {
        return None;
    };
    Some(advice.to_owned())
}

const SUBSCRIPTIONS: [&str; 2] = ["SubscriptionConfirmation", "UnsubscribeConfirmation"];
