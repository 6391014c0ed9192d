//! JSON comes in as it is spelled; what it holds goes out by reference, read once, when somebody asks.

use std::sync::{Arc, OnceLock};

use super::{Json, Kind};
use crate::Text;
use crate::read::Cursor;

/// JSON that says what it holds as it is spelled, or a tree.
#[derive(Clone)]
pub(super) enum Form {
    /// A number, a word, or a string without escapes.
    Plain(Text),
    Tree(Arc<Tree>),
}

/// JSON whose spelling is not what it holds.
pub(super) struct Tree {
    text: Text,
    holds: OnceLock<Holds>,
}

/// What stands in a tree, one level deep.
enum Holds {
    String(Box<str>),
    List(Vec<Json>),
    Object(Vec<(Text, Json)>),
}

impl Form {
    #[inline]
    pub(super) fn new(text: Text) -> Self {
        match text.as_bytes() {
            [b'{' | b'[', ..] => Self::tree(text),
            [b'"', inside @ ..] if inside.contains(&b'\\') => Self::tree(text),
            _ => Self::Plain(text),
        }
    }

    fn tree(text: Text) -> Self {
        let holds = OnceLock::new();
        Self::Tree(Arc::new(Tree { text, holds }))
    }

    #[inline]
    pub(super) fn text(&self) -> &Text {
        match self {
            Self::Plain(text) => text,
            Self::Tree(tree) => &tree.text,
        }
    }

    pub(super) fn into_text(self) -> Text {
        match self {
            Self::Plain(text) => text,
            Self::Tree(tree) => tree.text.clone(),
        }
    }

    pub(super) fn string(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => text.strip_prefix('"')?.strip_suffix('"'),
            Self::Tree(tree) => match tree.holds() {
                Holds::String(text) => Some(text),
                _ => None,
            },
        }
    }

    pub(super) fn list(&self) -> &[Json] {
        match self {
            Self::Tree(tree) => match tree.holds() {
                Holds::List(items) => items,
                _ => &[],
            },
            Self::Plain(_) => &[],
        }
    }

    pub(super) fn object(&self) -> &[(Text, Json)] {
        match self {
            Self::Tree(tree) => match tree.holds() {
                Holds::Object(members) => members,
                _ => &[],
            },
            Self::Plain(_) => &[],
        }
    }
}

impl Tree {
    fn holds(&self) -> &Holds {
        self.holds.get_or_init(|| match Kind::of(&self.text) {
            Kind::Object => Holds::Object(self.values(b'}', |cursor| {
                let span = cursor.key().ok()?;
                Some(match span.escaped {
                    true => span.text(&self.text).into(),
                    false => self.text.part(span.range()),
                })
            })),
            Kind::List => {
                let items = self.values(b']', |_| Some(()));
                Holds::List(items.into_iter().map(|((), json)| json).collect())
            }
            _ => {
                let span = Cursor::new(&self.text).string();
                let text = span.map(|span| span.text(&self.text).into());
                Holds::String(text.unwrap_or_default())
            }
        })
    }

    /// What stands in an object or list, with what stands before each value.
    fn values<K>(&self, end: u8, before: impl Fn(&mut Cursor<'_>) -> Option<K>) -> Vec<(K, Json)> {
        let mut cursor = Cursor::new(&self.text);
        let mut more = cursor.begin(end) == Ok(true);
        let mut values = Vec::new();
        while more && let Some(key) = before(&mut cursor) {
            let Ok(range) = cursor.skip_unchecked() else {
                break;
            };
            values.push((key, Json::of(self.text.part(range))));
            more = cursor.next(end) == Ok(true);
        }
        values
    }
}
