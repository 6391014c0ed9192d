//! A piece of a document comes in, and goes out as a string that shares the document's buffer: reading
//! an event copies its document once, and no string of it again.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::ffi::OsStr;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An immutable string, of its own or shared with the document that it was read from.
///
/// It derefs to `str`, and is equal, ordered and hashed as one. A clone allocates nothing.
///
/// A text of more than 22 bytes that was read keeps the whole document alive, a few KB for an event. Who
/// stores single texts for long takes [`into_string`](Self::into_string), which copies them out.
///
/// ```
/// use eventbridge_runtime::Text;
///
/// let name = Text::from("front");
/// assert_eq!(name, "front");
/// assert!(name.starts_with("fr"));
/// assert_eq!(name.into_string(), "front");
/// ```
#[derive(Clone)]
pub struct Text(Form);

/// Two forms in 24 bytes. Counting who shares a document costs more than copying a short text.
#[derive(Clone)]
enum Form {
    /// The bytes of a short text, and whatever follows them.
    Short { length: u8, bytes: [u8; SHORT] },
    /// A part of a document: all of it from its start on, if the length is [`WHOLE`].
    Part {
        length: [u8; 3],
        start: u32,
        document: Arc<str>,
    },
}

const SHORT: usize = 22;

/// The length of what ends with its document, however long that is.
const WHOLE: [u8; 3] = [u8::MAX; 3];

/// The first length that three bytes do not say.
const LONG: usize = (1 << 24) - 1;

impl Text {
    /// A text of one ASCII character.
    pub(crate) const fn letter(letter: u8) -> Self {
        let mut bytes = [0; SHORT];
        bytes[0] = letter;
        Self(Form::Short { length: 1, bytes })
    }

    /// A part of a document of less than 4 GB, whose ends stand between characters.
    #[inline]
    pub(crate) fn slice(document: &Arc<str>, range: Range<usize>) -> Self {
        let mut text = Self::default();
        text.set(document, range);
        text
    }

    /// Becomes a part of a document, as [`slice`](Self::slice), in its place: what is put together
    /// elsewhere has to be moved.
    #[inline(always)]
    pub(crate) fn set(&mut self, document: &Arc<str>, range: Range<usize>) {
        let rest = document.as_bytes().get(range.start..).unwrap_or_default();
        match (rest.first_chunk(), range.len()) {
            (Some::<&[u8; SHORT]>(source), short @ ..=SHORT) => {
                if let Form::Short { length, bytes } = self.short() {
                    *length = short as u8;
                    bytes.copy_from_slice(source);
                }
            }
            (_, long) if long > SHORT && long < LONG => {
                let [a, b, c, _] = (long as u32).to_le_bytes();
                self.0 = Form::Part {
                    length: [a, b, c],
                    start: range.start as u32,
                    document: Arc::clone(document),
                };
            }
            _ => *self = Self::from(document.get(range).unwrap_or_default()),
        }
    }

    /// The form, which is short from now on.
    #[inline]
    fn short(&mut self) -> &mut Form {
        if !matches!(self.0, Form::Short { .. }) {
            *self = Self::default();
        }
        &mut self.0
    }

    /// The text as a `str`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Short { .. } => std::str::from_utf8(self.bytes()).unwrap_or_default(),
            Form::Part {
                length: [a, b, c],
                start,
                document,
            } => {
                let start = *start as usize;
                let end = match [*a, *b, *c] {
                    WHOLE => document.len(),
                    [a, b, c] => start + u32::from_le_bytes([a, b, c, 0]) as usize,
                };
                document.get(start..end).unwrap_or_default()
            }
        }
    }

    /// The bytes of the text, which need not be looked at to be compared.
    #[inline]
    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            _ => self.as_str().as_bytes(),
        }
    }

    /// A copy that shares nothing.
    #[must_use]
    pub fn into_string(self) -> String {
        self.as_str().to_owned()
    }

    /// A part of the text, whose ends stand between characters.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        match &self.0 {
            Form::Short { .. } => Self::from(self.get(range).unwrap_or_default()),
            Form::Part {
                start, document, ..
            } => {
                let start = *start as usize;
                Self::slice(document, start + range.start..start + range.end)
            }
        }
    }
}

impl Default for Text {
    /// The empty text.
    #[inline]
    fn default() -> Self {
        let bytes = [0; SHORT];
        Self(Form::Short { length: 0, bytes })
    }
}

impl From<Arc<str>> for Text {
    fn from(document: Arc<str>) -> Self {
        Self(Form::Part {
            length: WHOLE,
            start: 0,
            document,
        })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        if text.len() > SHORT {
            return Self::from(Arc::<str>::from(text));
        }
        let mut bytes = [0; SHORT];
        for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        let length = text.len() as u8;
        Self(Form::Short { length, bytes })
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(text.as_ref())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.into_string()
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> Self {
        text.as_str().to_owned()
    }
}

impl From<Text> for Box<str> {
    fn from(text: Text) -> Self {
        text.as_str().into()
    }
}

impl From<Text> for Arc<str> {
    /// A copy, but of a text that was made of one.
    fn from(text: Text) -> Self {
        match text.0 {
            Form::Part {
                length: WHOLE,
                document,
                ..
            } => document,
            _ => text.as_str().into(),
        }
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl FromIterator<char> for Text {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        String::from_iter(chars).into()
    }
}

impl<'a> FromIterator<&'a str> for Text {
    fn from_iter<I: IntoIterator<Item = &'a str>>(parts: I) -> Self {
        String::from_iter(parts).into()
    }
}

impl From<Text> for serde_json::Value {
    fn from(text: Text) -> Self {
        Self::from(text.as_str())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl AsRef<OsStr> for Text {
    fn as_ref(&self) -> &OsStr {
        self.as_str().as_ref()
    }
}

impl AsRef<Path> for Text {
    fn as_ref(&self) -> &Path {
        self.as_str().as_ref()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl Hash for Text {
    /// As `str` is hashed, which a map that is asked with one relies on: its bytes and one that is in no UTF-8.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.bytes());
        state.write_u8(0xff);
    }
}

macro_rules! equal_to {
    ($($other:ty),*) => {
        $(
            impl PartialEq<$other> for Text {
                fn eq(&self, other: &$other) -> bool {
                    self.bytes() == AsRef::<str>::as_ref(other).as_bytes()
                }
            }

            impl PartialEq<Text> for $other {
                fn eq(&self, other: &Text) -> bool {
                    AsRef::<str>::as_ref(self).as_bytes() == other.bytes()
                }
            }
        )*
    };
}

equal_to!(str, &str, String, Cow<'_, str>);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;

    #[test]
    fn a_slice_shares_its_document() {
        let document: Arc<str> = "a ☃ and more than twenty-two bytes of text b".into();
        for (range, shared) in [(2..5, 1), (2..44, 2), (0..0, 1), (44..46, 1), (45..46, 1)] {
            let text = Text::slice(&document, range.clone());
            assert_eq!(text, document[range.clone()]);
            assert_eq!(Arc::strong_count(&document), shared, "{range:?}");
            assert_eq!(
                text.part(0..range.len().min(3)),
                document[range.start..][..range.len().min(3)]
            );
            assert_eq!(text.clone().into_string(), document[range]);
        }
        assert_eq!(Arc::strong_count(&document), 1);
    }

    #[test]
    fn every_length_is_held() {
        let document: Arc<str> = "x".repeat(LONG + 5).into();
        for length in [0, 1, 21, 22, 23, LONG - 1, LONG, LONG + 3] {
            let text = Text::slice(&document, 1..1 + length);
            assert_eq!(text.len(), length);
            assert_eq!(Text::from(&*text).part(0..length), text);
        }
    }

    #[test]
    fn it_is_a_string_to_all_who_ask() {
        let text = Text::from("ab".to_owned());
        let owned = "ab".to_owned();
        assert_eq!((&text, "ab"), (&text, &*text));
        assert_eq!(text, owned);
        assert_eq!(owned, text);
        assert!(*"ab" == text);
        assert_eq!(format!("{text:>4}|{text:?}"), "  ab|\"ab\"");
        let [one, other] = ["a", "b"].map(Text::from);
        assert!(one < other);
        assert_eq!(HashMap::from([(text.clone(), 1)]).get("ab"), Some(&1));
        assert_eq!(BTreeMap::from([(text.clone(), 1)]).get("ab"), Some(&1));
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"ab\"");
        assert_eq!(serde_json::from_str::<Text>("\"\\u0061b\"").unwrap(), text);
        assert!(serde_json::from_str::<Text>("1").is_err());
        assert_eq!(Text::default(), "");
    }

    #[test]
    fn it_is_made_of_what_strings_are_made_of() {
        let long = "more than twenty-two bytes of text";
        for sample in ["", "ab", long] {
            let text: Text = sample.parse().unwrap();
            assert_eq!(text, sample);
            assert_eq!(sample.chars().collect::<Text>(), text);
            assert_eq!(sample.split_inclusive(' ').collect::<Text>(), text);
            assert_eq!(String::from(&text), sample);
            assert_eq!(&*Box::<str>::from(text.clone()), sample);
            assert_eq!(AsRef::<[u8]>::as_ref(&text), sample.as_bytes());
            assert_eq!(AsRef::<Path>::as_ref(&text), Path::new(sample));
            assert_eq!(AsRef::<OsStr>::as_ref(&text), OsStr::new(sample));
            assert_eq!(&*Arc::<str>::from(text), sample);
        }
        let document: Arc<str> = long.into();
        let again = Arc::from(Text::from(Arc::clone(&document)));
        assert!(Arc::ptr_eq(&document, &again));
        let part = Text::slice(&document, 0..30);
        assert_eq!(*Arc::<str>::from(part), long[..30]);
    }

    /// As the size of a string, and no larger where it may be absent.
    #[test]
    fn it_is_small() {
        assert_eq!(size_of::<Text>(), 24);
        assert_eq!(size_of::<Option<Text>>(), 24);
    }
}
