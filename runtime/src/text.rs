//! A piece of a document comes in, and goes out as a string that shares the document's buffer: reading
//! an event copies its document once, and no string of it again.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An immutable string, of its own or shared with the document that it was read from.
///
/// It derefs to `str`, and is equal, ordered and hashed as one. A clone copies nothing.
///
/// A text that was read keeps the whole document alive, a few KB for an event. Who stores single texts
/// for long takes [`into_string`](Self::into_string), which copies them out.
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
pub struct Text {
    document: Arc<str>,
    start: u32,
    end: u32,
}

impl Text {
    /// A part of a document, whose ends stand between characters.
    pub(crate) fn slice(document: &Arc<str>, range: Range<usize>) -> Self {
        // A document is shorter than 4 GB, which its reader sees to.
        Self {
            document: Arc::clone(document),
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The text as a `str`.
    pub fn as_str(&self) -> &str {
        let range = self.start as usize..self.end as usize;
        self.document.get(range).unwrap_or_default()
    }

    /// A copy that shares nothing.
    pub fn into_string(self) -> String {
        self.as_str().to_owned()
    }

    /// The document, or the part of one, with the place where it stands.
    pub(crate) fn place(&self) -> (&Arc<str>, Range<usize>) {
        (&self.document, self.start as usize..self.end as usize)
    }
}

impl Default for Text {
    /// The empty text.
    fn default() -> Self {
        Self::from("")
    }
}

impl From<Arc<str>> for Text {
    /// A text of 4 GB or more is cut off before that.
    fn from(document: Arc<str>) -> Self {
        let end = held(&document);
        Self {
            document,
            start: 0,
            end,
        }
    }
}

/// How much of a text a [`Text`] can hold.
fn held(text: &str) -> u32 {
    let mut end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    while !text.is_char_boundary(end as usize) {
        end -= 1;
    }
    end
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        match text {
            // Shared by all that are empty.
            "" => Self::from(Arc::<str>::default()),
            text => Self::from(Arc::<str>::from(text)),
        }
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
        self.as_str() == other.as_str()
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
        self.as_str().cmp(other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

macro_rules! equal_to {
    ($($other:ty),*) => {
        $(
            impl PartialEq<$other> for Text {
                fn eq(&self, other: &$other) -> bool {
                    self.as_str() == AsRef::<str>::as_ref(other)
                }
            }

            impl PartialEq<Text> for $other {
                fn eq(&self, other: &Text) -> bool {
                    AsRef::<str>::as_ref(self) == other.as_str()
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
        let document: Arc<str> = "a ☃ b".into();
        let text = Text::slice(&document, 2..5);
        assert_eq!(text, "☃");
        assert_eq!(Arc::strong_count(&document), 2);
        assert_eq!(text.clone().into_string(), "☃");
        drop(text);
        assert_eq!(Arc::strong_count(&document), 1);
    }

    #[test]
    fn it_is_a_string_to_all_who_ask() {
        let text = Text::from("ab".to_owned());
        assert!(text == "ab" && "ab" == text && text == "ab".to_owned() && *"ab" == text);
        assert_eq!(format!("{text:>4}|{text:?}"), "  ab|\"ab\"");
        assert!(Text::from("a") < Text::from("b"));
        assert_eq!(HashMap::from([(text.clone(), 1)]).get("ab"), Some(&1));
        assert_eq!(BTreeMap::from([(text.clone(), 1)]).get("ab"), Some(&1));
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"ab\"");
        assert_eq!(serde_json::from_str::<Text>("\"\\u0061b\"").unwrap(), text);
        assert!(serde_json::from_str::<Text>("1").is_err());
        assert_eq!(Text::default(), "");
    }

    /// As the size of a string, and no larger where it may be absent.
    #[test]
    fn it_is_small() {
        assert_eq!(size_of::<Text>(), 24);
        assert_eq!(size_of::<Option<Text>>(), 24);
    }
}
