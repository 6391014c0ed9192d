//! A document comes in; its envelope goes out at once, as parts of the document, and its detail when
//! somebody asks.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use crate::event::{FIELDS, no_detail};
use crate::object::ReadField;
use crate::read::{
    Cursor, ErrorCode, ParseError, RawError, Reader, checked, measured, said, tells,
};
use crate::{Detail, Event, Json, Subject, Text, Timestamp};

/// An event whose detail nobody has looked at: for routers, which read the envelope of all events and the
/// detail of a few.
///
/// It borrows the document and copies nothing. The envelope is checked as [`Event`] checks it and reads
/// alike; of the detail, where it ends. What is wrong within it is found by [`detail`](Self::detail), which reads it
/// once. What has to be read for it is read by [`name`](Self::name) and its like.
///
/// ```
/// use eventbridge_runtime::{LazyEvent, json::Json};
///
/// let document = br#"{"detail": {"door": "front"}, "source": "my.house", "detail-type": "Door Opened"}"#;
/// let event = LazyEvent::<Json>::from_slice(document)?;
/// match event.detail_type() {
///     "Door Opened" => assert_eq!(event.detail()?.get("door").unwrap(), "front"),
///     other => println!("{other} is not for us"),
/// }
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct LazyEvent<'d, D = Json> {
    document: &'d str,
    /// The values of [`FIELDS`], as they are spelled; empty where there is none.
    values: [&'d str; FIELDS.len()],
    detail_at: usize,
    /// What those say that have escapes, once somebody asks for one.
    unescaped: OnceLock<Box<[Text; FIELDS.len()]>>,
    detail: OnceLock<Result<D, ParseError>>,
}

const VERSION: usize = 0;
const ID: usize = 1;
const DETAIL_TYPE: usize = 2;
const SOURCE: usize = 3;
const ACCOUNT: usize = 4;
const TIME: usize = 5;
const REGION: usize = 6;
const RESOURCES: usize = 7;
const REPLAY_NAME: usize = 8;
const DETAIL: usize = 9;

impl<'d, D> LazyEvent<'d, D> {
    /// Finds the parts of an event.
    ///
    /// # Errors
    ///
    /// The document is not UTF-8, is no object, is cut off, has two members of the same key, or is no event:
    /// it has neither a `source` nor a `detail-type`.
    pub fn from_slice(document: &'d [u8]) -> Result<Self, ParseError> {
        Self::new(checked(document)?)
    }

    /// Finds the parts of an event.
    ///
    /// # Errors
    ///
    /// As [`from_slice`](Self::from_slice), but for UTF-8.
    pub fn new(document: &'d str) -> Result<Self, ParseError> {
        measured(document)?;
        find(document)
            .map(|(values, detail_at)| Self {
                document,
                values,
                detail_at,
                unescaped: OnceLock::new(),
                detail: OnceLock::new(),
            })
            .map_err(|error| ParseError::new(document, error))
    }

    /// `version`, or nothing if there is none that is a string; so with all strings.
    pub fn version(&self) -> &str {
        self.text(VERSION)
    }

    /// `id`
    pub fn id(&self) -> &str {
        self.text(ID)
    }

    /// `detail-type`
    pub fn detail_type(&self) -> &str {
        self.text(DETAIL_TYPE)
    }

    /// `source`
    pub fn source(&self) -> &str {
        self.text(SOURCE)
    }

    /// `account`
    pub fn account(&self) -> &str {
        self.text(ACCOUNT)
    }

    /// `time`
    pub fn time(&self) -> Option<Timestamp> {
        self.field(TIME)
    }

    /// `region`
    pub fn region(&self) -> &str {
        self.text(REGION)
    }

    /// `resources`, if all of them are strings.
    pub fn resources(&self) -> Vec<Text> {
        self.field(RESOURCES).unwrap_or_default()
    }

    /// `replay-name`
    pub fn replay_name(&self) -> Option<&str> {
        let is_text = self.values[REPLAY_NAME].starts_with('"');
        is_text.then(|| self.text(REPLAY_NAME))
    }

    /// `detail` as it is spelled, or nothing if there is none.
    pub fn detail_json(&self) -> &'d str {
        self.values[DETAIL]
    }

    /// The document.
    pub fn as_json(&self) -> &'d str {
        self.document
    }

    /// Reads the detail by another type than the event's: one of those that its enum lists, say, or `Json`.
    ///
    /// # Errors
    ///
    /// It is not JSON, or the type is no enum and not that of the event: with the offset and the path in the document.
    pub fn detail_as<T: Detail>(&self) -> Result<T, ParseError> {
        let (source, detail_type) = (self.source(), self.detail_type());
        let detail = match self.detail_json() {
            "" => no_detail(source, detail_type, self.document.len()),
            _ => {
                let buffer = self.document.into();
                let mut reader = Reader::at(&buffer, self.detail_at);
                // The event's own braces are open.
                reader.cursor.depth = 1;
                let detail = T::read(source, detail_type, &mut reader);
                detail.and_then(|detail| reader.cursor.ends_member().map(|()| detail))
            }
        };
        detail.map_err(|error| ParseError::new(self.document, error))
    }

    fn text(&self, index: usize) -> &str {
        let inside = self.values[index].strip_prefix('"');
        let Some(plain) = inside.and_then(|inside| inside.strip_suffix('"')) else {
            return "";
        };
        match plain.contains('\\') {
            true => &self.unescaped()[index],
            false => plain,
        }
    }

    #[cold]
    fn unescaped(&self) -> &[Text; FIELDS.len()] {
        self.unescaped.get_or_init(|| {
            let said = |json: &&str| said(json).unwrap_or_default().into();
            Box::new(self.values.each_ref().map(said))
        })
    }

    /// What a field holds, if it is of its kind.
    fn field<T: ReadField + Default>(&self, index: usize) -> Option<T> {
        let buffer = self.values[index].into();
        let mut field = T::default();
        let is_read = field.read(&mut Reader::new(&buffer)) == Ok(true);
        is_read.then_some(field)
    }
}

impl<D: Detail> LazyEvent<'_, D> {
    /// The detail by its type. It is read when it is first asked for.
    ///
    /// # Errors
    ///
    /// It is not JSON: with the offset and the path in the document.
    pub fn detail(&self) -> Result<&D, ParseError> {
        let detail = self.detail.get_or_init(|| self.detail_as());
        detail.as_ref().map_err(ParseError::clone)
    }

    /// Reads the whole event.
    ///
    /// # Errors
    ///
    /// As [`Event::from_slice`].
    pub fn event(&self) -> Result<Event<D>, ParseError> {
        self.document.parse()
    }

    /// The name of what the event is about, as [`Event::name`]: the detail is read for it, and what is malformed has
    /// none. So for the next.
    pub fn name(&self) -> Option<&str> {
        self.detail().ok()?.name()
    }

    /// The ARN of what the event is about.
    pub fn arn(&self) -> Option<&str> {
        self.detail().ok()?.arn()
    }

    /// The state of what the event is about.
    pub fn status(&self) -> Option<&str> {
        self.detail().ok()?.status()
    }

    /// Why what the event is about failed.
    pub fn failure_reason(&self) -> Option<&str> {
        self.detail().ok()?.failure_reason()
    }
}

/// The values of the envelope, and where the detail stands.
fn find(document: &str) -> Result<([&str; FIELDS.len()], usize), RawError> {
    let mut values = [""; FIELDS.len()];
    let mut detail_at = 0;
    let mut others = HashSet::new();
    let mut likely = 0;
    let mut cursor = Cursor::new(document);
    if cursor.peek() != b'{' {
        return Err(cursor.error(ErrorCode::NoObjectOfEvent));
    }
    let start = cursor.at;
    let mut more = cursor.begin(b'}')?;
    while more {
        cursor.peek();
        let at = cursor.at;
        let key = key(&mut cursor, likely)?;
        let is_new = match &key {
            Key::Known(index) => values[*index].is_empty(),
            Key::Other(key) => others.insert(key.clone()),
        };
        if !is_new {
            return Err(RawError::new(at, ErrorCode::DuplicateKey));
        }
        let value = match key {
            Key::Known(DETAIL) => cursor.skip_unchecked()?,
            _ => cursor.skip()?,
        };
        more = cursor.next(b'}')?;
        if let Key::Known(index) = key {
            likely = index + 1;
            if index == DETAIL {
                detail_at = value.start;
            }
            values[index] = document.get(value).unwrap_or_default();
        }
    }
    match cursor.peek() {
        _ if cursor.at < document.len() => Err(cursor.error(ErrorCode::Trailing)),
        _ if !tells(values[SOURCE]) && !tells(values[DETAIL_TYPE]) => {
            Err(RawError::new(start, ErrorCode::NotAnEvent))
        }
        _ => Ok((values, detail_at)),
    }
}

enum Key<'d> {
    Known(usize),
    Other(Cow<'d, str>),
}

/// Passes a key and its colon.
#[inline]
fn key<'d>(cursor: &mut Cursor<'d>, likely: usize) -> Result<Key<'d>, RawError> {
    if FIELDS
        .get(likely)
        .is_some_and(|field| cursor.take_key(field.key))
    {
        return Ok(Key::Known(likely));
    }
    let key = cursor.key()?.text(cursor.document);
    let known = FIELDS.iter().position(|field| field.key == key);
    Ok(known.map_or(Key::Other(key), Key::Known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Json;

    /// What the lazy form says of an envelope is what the full one says.
    #[test]
    fn it_says_what_the_whole_event_says() {
        for document in [
            r#"{"time": 1592411992203, "detail-type": "a\u0062", "region": "eu", "resources": ["a", "b\u0063"]}"#,
            r#"{"time": "", "source": "s", "resources": ["a", 1], "replay-name": "r"}"#,
            r#"{"time": null, "source": 1, "detail-type": "d", "id": 7, "version": "0", "detail": null}"#,
            r#" { "detail" : { "a" : [1, {}] } , "source" : "s" , "x" : 1 } "#,
            r#"{"source":"s"}"#,
            r#"{"source":"\u0073\n","id":"a\"b","replay-name":"\\","detail":{"failureReason":"no\ndata"}}"#,
        ] {
            let event: Event<Json> = document.parse().unwrap();
            let lazy = LazyEvent::<Json>::new(document).unwrap();
            assert_eq!(lazy.version(), event.version);
            assert_eq!(lazy.id(), event.id);
            assert_eq!(lazy.source(), event.source);
            assert_eq!(lazy.detail_type(), event.detail_type);
            assert_eq!(lazy.account(), event.account);
            assert_eq!(lazy.time(), event.time);
            assert_eq!(lazy.region(), event.region);
            assert_eq!(lazy.resources(), event.resources);
            assert_eq!(lazy.replay_name(), event.replay_name());
            assert_eq!(lazy.failure_reason(), event.failure_reason());
            assert_eq!(*lazy.detail().unwrap(), event.detail);
            assert_eq!(lazy.event().unwrap(), event);
        }
    }

    #[test]
    fn a_malformed_envelope_is_an_error_like_that_of_the_whole_event() {
        let deep = format!("{{\"x\": {}}}", "[".repeat(128));
        for document in [
            "",
            "[]",
            r#"{"id": "1", "id": "2"}"#,
            r#"{"x": 1, "y": 2, "x": 3}"#,
            r#"{"x": 1, "\u0078": 3}"#,
            r#"{"region": 1x2}"#,
            r#"{"region": "a\x"}"#,
            "{\"region\": \"a\nb\"}",
            r#"{"resources": [1 2]}"#,
            r#"{"resources": [}"#,
            r#"{"account": tru}"#,
            r#"{"detail": {}} x"#,
            r#"{"detail": {}, }"#,
            "{}",
            " {} ",
            "{} {}",
            r#"{"source": "", "detail-type": null, "detail": {"a": 1}}"#,
            r#"{"Type": "Notification", "Message": "{}"}"#,
            r#"{"source": ["s"], "detail-type": {"s": 1}}"#,
            r#"{"detail": {"a": "#,
            &deep,
        ] {
            let error = document.parse::<Event<Json>>().unwrap_err();
            let lazy = LazyEvent::<Json>::new(document);
            assert_eq!(lazy.unwrap_err(), error, "{document}");
        }
    }

    #[test]
    fn what_is_wrong_within_the_detail_is_found_when_it_is_read() {
        let deep = format!(
            "{{\"source\": \"s\", \"detail\": {}{}}}",
            "[".repeat(128),
            "]".repeat(128)
        );
        for document in [
            r#"{"source": "s", "detail": {"a": 01}}"#,
            r#"{"source": "s", "detail": {]}"#,
            r#"{"source": "s", "detail": 1-0.0}"#,
            r#"{"detail": tru, "source": "1"}"#,
            &deep,
        ] {
            let error = document.parse::<Event<Json>>().unwrap_err();
            let lazy = LazyEvent::<Json>::new(document).unwrap();
            assert_eq!(lazy.detail().unwrap_err(), error, "{document}");
        }
    }
}
