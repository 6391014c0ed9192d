//! A document comes in; its envelope goes out at once, as parts of the document, and its detail when
//! somebody asks.

use std::borrow::Cow;

use crate::read::{Cursor, Fault, ParseError, Problem, Reader, checked};
use crate::{Detail, Event, Json, Text, Timestamp};

/// An event whose detail nobody has looked at: for routers, which read the envelope of all events and the
/// detail of a few.
///
/// It borrows the document and copies nothing. The document is checked for UTF-8 and for where its
/// values end; what is wrong within the detail is found by [`detail`](Self::detail).
///
/// ```
/// use eventbridge_runtime::{Json, LazyEvent};
///
/// let document = br#"{"detail": {"door": "front"}, "source": "my.house", "detail-type": "Door Opened"}"#;
/// let event = LazyEvent::from_slice(document)?;
/// if event.source() == "my.house" && event.detail_type() == "Door Opened" {
///     let detail: Json = event.detail()?;
///     assert_eq!(detail.get("door").unwrap(), "front");
/// }
/// # Ok::<(), eventbridge_runtime::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LazyEvent<'d> {
    document: &'d str,
    /// The values of [`KEYS`], as they are spelled; empty where there is none.
    values: [&'d str; KEYS.len()],
    detail_at: usize,
}

const KEYS: [&str; 8] = [
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
];

const DETAIL: usize = KEYS.len() - 1;

impl<'d> LazyEvent<'d> {
    /// Finds the parts of an event.
    ///
    /// # Errors
    ///
    /// The document is not UTF-8, is no object, is cut off, or has two members of the same key.
    pub fn from_slice(document: &'d [u8]) -> Result<Self, ParseError> {
        Self::new(checked(document)?)
    }

    /// Finds the parts of an event.
    ///
    /// # Errors
    ///
    /// The document is no object, is cut off, or has two members of the same key.
    pub fn new(document: &'d str) -> Result<Self, ParseError> {
        find(document)
            .map(|(values, detail_at)| Self {
                document,
                values,
                detail_at,
            })
            .map_err(|fault| ParseError::new(document, fault))
    }

    /// `id`, or nothing if there is none that is a string; so with all strings.
    pub fn id(&self) -> Cow<'d, str> {
        self.text(0)
    }

    /// `detail-type`
    pub fn detail_type(&self) -> Cow<'d, str> {
        self.text(1)
    }

    /// `source`
    pub fn source(&self) -> Cow<'d, str> {
        self.text(2)
    }

    /// `account`
    pub fn account(&self) -> Cow<'d, str> {
        self.text(3)
    }

    /// `time`
    pub fn time(&self) -> Option<Timestamp> {
        let time = self.text(4);
        (!time.is_empty()).then(|| Timestamp::from_text(Text::from(time)))
    }

    /// `region`
    pub fn region(&self) -> Cow<'d, str> {
        self.text(5)
    }

    /// `resources`
    pub fn resources(&self) -> Vec<Text> {
        let resources: Option<Json> = self.values[6].parse().ok();
        let texts = resources.iter().flat_map(Json::items);
        texts
            .filter_map(|json| json.as_str().map(Text::from))
            .collect()
    }

    /// `detail` as it is spelled, or nothing if there is none.
    pub fn detail_json(&self) -> &'d str {
        self.values[DETAIL]
    }

    /// The document.
    pub fn as_json(&self) -> &'d str {
        self.document
    }

    /// Reads the detail by its type.
    ///
    /// # Errors
    ///
    /// It is not JSON: with the offset and the path in the document.
    pub fn detail<D: Detail>(&self) -> Result<D, ParseError> {
        let json = match self.detail_json() {
            "" => "null",
            json => json,
        };
        let buffer = json.into();
        let mut reader = Reader::new(&buffer);
        let detail = D::read(&self.source(), &self.detail_type(), &mut reader)
            .and_then(|detail| reader.end().map(|()| detail));
        detail.map_err(|fault| ParseError::new(self.document, fault.after(self.detail_at)))
    }

    /// Reads the whole event.
    ///
    /// # Errors
    ///
    /// As [`Event::from_slice`].
    pub fn event<D: Detail>(&self) -> Result<Event<D>, ParseError> {
        self.document.parse()
    }

    fn text(&self, index: usize) -> Cow<'d, str> {
        let json = self.values[index];
        if !json.starts_with('"') {
            return Cow::Borrowed("");
        }
        let mut cursor = Cursor::new(json);
        cursor
            .string()
            .map_or(Cow::Borrowed(""), |span| span.text(json))
    }
}

/// The values of the envelope, and where the detail stands.
fn find(document: &str) -> Result<([&str; KEYS.len()], usize), Fault> {
    let mut values = [""; KEYS.len()];
    let mut detail_at = 0;
    let mut cursor = Cursor::new(document);
    if cursor.peek() != b'{' {
        return Err(cursor.fault(Problem::Object));
    }
    let mut more = cursor.begin(b'}')?;
    while more {
        cursor.peek();
        let at = cursor.at;
        let key = cursor.key()?;
        let key = key.text(document);
        let value = cursor.leap()?;
        more = cursor.next(b'}')?;
        let Some(index) = KEYS.iter().position(|known| **known == *key) else {
            continue;
        };
        if !values[index].is_empty() {
            return Err(Fault::new(at, Problem::Twice));
        }
        if index == DETAIL {
            detail_at = value.start;
        }
        values[index] = document.get(value).unwrap_or_default();
    }
    match cursor.peek() {
        _ if cursor.at < document.len() => Err(cursor.fault(Problem::Trailing)),
        _ => Ok((values, detail_at)),
    }
}
