//! An event comes in; how it differs from what is documented goes out, by path.

use std::fmt;

use crate::json_value::Kind;
use crate::object::View;
use crate::object::{self, Node};
use crate::read::{step_to_item, step_to_member};
use crate::unknown::{OBJECT, Reason, Unknown};

/// How an event differs, at one place, from what is known of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Where: `detail.InputDataConfig[0].ChannelName`. A key that is not plain is written as in
    /// [`ParseError::path`](crate::ParseError::path): `detail.Environment["a.b"]`.
    pub path: String,
    /// How.
    pub what: What,
}

/// How a part of an event differs from what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// No such field is known.
    UnknownField,
    /// The value is none of those that are known.
    UnknownValue,
    /// The field is `null`.
    Null,
    /// The value is of another kind than the field; it is kept in `extra`.
    Kind {
        /// What the field holds: `a string`.
        expected: &'static str,
        /// What stands there.
        found: Kind,
    },
    /// Every event has the field, and this one has not.
    Missing,
    /// The detail is of no type that is known.
    UnknownDetail,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match self.what {
            What::UnknownField => f.write_str("no such field is known"),
            What::UnknownValue => f.write_str("the value is none of those that are known"),
            What::Null => f.write_str("is null"),
            What::Kind { expected, found } => write!(f, "expected {expected}, found {found}"),
            What::Missing => f.write_str("is missing"),
            What::UnknownDetail => f.write_str("the detail is of no type that is known"),
        }
    }
}

/// Collects the differences of a part and all within it.
pub(crate) fn differences_in(part: Node<'_>) -> Vec<Difference> {
    let mut found = Differences::default();
    found.part(part);
    found.all
}

#[derive(Default)]
struct Differences {
    /// Where the walk is.
    path: String,
    all: Vec<Difference>,
}

impl Differences {
    fn part(&mut self, part: Node<'_>) {
        match part {
            Node::Choice(_, false) => self.tell(What::UnknownValue),
            Node::List(list) => {
                for (index, item) in object::items(list).enumerate() {
                    let outside = self.path.len();
                    step_to_item(&mut self.path, index);
                    self.part(item);
                    self.path.truncate(outside);
                }
            }
            Node::Map(map) => {
                for (key, value) in object::entries(map) {
                    self.within(key, |within| within.part(value));
                }
            }
            Node::Object(object) => object.view(&mut |view| self.object(&view)),
            Node::Unknown(unknown) => self.unknown(unknown),
            _ => {}
        }
    }

    fn unknown(&mut self, unknown: &Unknown) {
        self.tell(match (&unknown.reason, unknown.detail.kind()) {
            (Reason::DetailType, _) | (Reason::Unfit(_), Kind::Object) => What::UnknownDetail,
            (Reason::Unfit(_), found) => What::Kind {
                expected: OBJECT,
                found,
            },
        });
    }

    fn object(&mut self, view: &View<'_, '_>) {
        for (index, field) in view.fields.iter().enumerate() {
            let key = field.key;
            // What is written counts: who sets a field leaves in `extra` what stood in its place.
            if let Some(node) = view.written(index) {
                self.within(key, |within| within.part(node));
            } else if let Some(json) = view.extra.get(key) {
                let what = match json.kind() {
                    Kind::Null => What::Null,
                    found => What::Kind {
                        expected: field.expected.as_str(),
                        found,
                    },
                };
                self.within(key, |within| within.tell(what));
            } else if view.extra.missing().contains(&key) {
                self.within(key, |within| within.tell(What::Missing));
            }
        }
        for (key, _) in view.extra.iter() {
            if !view.fields.iter().any(|field| field.key == key) {
                self.within(key, |within| within.tell(What::UnknownField));
            }
        }
    }

    fn within(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let outside = self.path.len();
        step_to_member(&mut self.path, key);
        look(self);
        self.path.truncate(outside);
    }

    /// Tells a difference where the walk is.
    fn tell(&mut self, what: What) {
        let path = self.path.clone();
        self.all.push(Difference { path, what });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Event, Json};

    #[test]
    fn keys_of_the_document_cannot_forge_a_line_or_a_path() {
        let event: Event<Json> =
            r#"{"source": "s", "a\nFATAL: forged": 1, "detail.x": 2, "[0]": 3, "plain-1": 4}"#
                .parse()
                .unwrap();
        let told: Vec<String> = event
            .differences()
            .iter()
            .map(ToString::to_string)
            .filter(|line| line.ends_with("known"))
            .collect();
        assert_eq!(
            told,
            [
                r#"["a\nFATAL: forged"]: no such field is known"#,
                r#"["detail.x"]: no such field is known"#,
                r#"["[0]"]: no such field is known"#,
                "plain-1: no such field is known",
            ]
        );
    }
}
