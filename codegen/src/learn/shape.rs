//! Sample values come in, one shape for all of them goes out: what kinds of value stand at each place,
//! and where each was seen.
//!
//! Shapes form a join-semilattice: [`Shape::join`] is commutative, associative and idempotent, so the
//! order of evidence does not matter, and parts joined equal the whole.

use super::evidence::{EventSample, count_keys};
use super::instant;
use crate::json::{Member, Node, Value};
use crate::model::{Evidence, WireForm};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one place in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Every kind of value seen.
    pub kinds: BTreeSet<Kind>,
    /// Where, and what: the first [`MAX_SIGHTINGS`] by page and line.
    pub sightings: BTreeSet<Sighting>,
    /// Of objects, the shape of each key.
    pub fields: BTreeMap<String, Field>,
    /// Of arrays, the shape of all items.
    pub items: Option<Box<Shape>>,
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What stands there.
    pub shape: Shape,
    /// Whether every object seen had it.
    pub always: bool,
    /// Where it stood first: keys are written in this order.
    pub first: Position,
}

/// Orders the keys of an object: as samples show them, by page, line and place in the object; then
/// what only prose names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Named in prose, shown by no sample.
    pub prose: bool,
    /// The page, and the line of the sample or of the prose.
    pub site: Evidence,
    /// The how-manieth key of its sample, whatever lines the keys stand on.
    pub ordinal: usize,
}

/// What kind of value stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A number written without a fraction.
    Integer,
    /// A number written with a fraction or an exponent.
    Number,
    /// A string that is no instant.
    Text,
    /// An instant, in one of its forms.
    Instant(WireForm),
    /// An array.
    List,
    /// An object.
    Object,
    /// A bare word that stands for a value: `Timestamp`.
    Word(String),
    /// Nothing was seen: prose names the field.
    Prose,
}

/// Something seen at a line of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Where.
    pub site: Evidence,
    /// What kind of value.
    pub kind: Kind,
    /// The value, when it is short and has no parts.
    pub value: Option<String>,
}

/// How many sightings a shape keeps.
pub const MAX_SIGHTINGS: usize = 8;

/// Longer values say nothing to a reader.
const MAX_VALUE: usize = 80;

impl Shape {
    /// The shape of the detail of one sample event of `page`.
    pub fn of_detail(page: &str, sample: &EventSample) -> Shape {
        let mut observer = Observer {
            page,
            sample,
            key: 0,
        };
        let mut shape = Shape::default();
        for member in sample.event.members() {
            let line = observer.next_line();
            if member.key == "detail" {
                shape.join(observer.value(&member.node, "detail", "", line));
            } else {
                observer.key += count_keys(&member.node);
            }
        }
        shape
    }

    /// Adds what another shape knows.
    pub fn join(&mut self, other: Shape) {
        let (known, new) = (self.is_object(), other.is_object());
        if known && new {
            self.fields
                .iter_mut()
                .for_each(|(key, field)| field.always &= other.fields.contains_key(key));
        }
        for (key, mut field) in other.fields {
            match self.fields.get_mut(&key) {
                Some(mine) => mine.join(field),
                None => {
                    field.always &= !known;
                    self.fields.insert(key, field);
                }
            }
        }
        if let Some(items) = other.items {
            self.items.get_or_insert_default().join(*items);
        }
        self.kinds.extend(other.kinds);
        self.sightings.extend(other.sightings);
        while self.sightings.len() > MAX_SIGHTINGS {
            self.sightings.pop_last();
        }
    }

    /// Whether an object was seen.
    pub fn is_object(&self) -> bool {
        self.kinds.contains(&Kind::Object)
    }

    /// The fields, in the order in which they are written.
    pub fn ordered(&self) -> Vec<(&String, &Field)> {
        let mut fields: Vec<_> = self.fields.iter().collect();
        fields.sort_by(|a, b| (&a.1.first, a.0).cmp(&(&b.1.first, b.0)));
        fields
    }

    /// The shape at a path such as `InputDataConfig[].ChannelName`; keys may hold dots.
    pub fn at(&self, path: &str) -> Option<&Shape> {
        if path.is_empty() {
            return Some(self);
        }
        if let Some(rest) = path.strip_prefix("[]") {
            return self
                .items
                .as_ref()?
                .at(rest.strip_prefix('.').unwrap_or(rest));
        }
        self.fields.iter().find_map(|(key, field)| {
            let rest = path.strip_prefix(key.as_str())?;
            let ends = rest.is_empty() || rest.starts_with(['.', '[']);
            if ends {
                field.shape.at(rest.strip_prefix('.').unwrap_or(rest))
            } else {
                None
            }
        })
    }
}

impl Field {
    fn join(&mut self, other: Field) {
        self.always &= other.always;
        self.first = self.first.clone().min(other.first);
        self.shape.join(other.shape);
    }
}

/// Walks a sample in the order of its text, so that each key gets its line.
struct Observer<'s> {
    page: &'s str,
    sample: &'s EventSample,
    key: usize,
}

impl Observer<'_> {
    fn next_line(&mut self) -> usize {
        let line = self
            .sample
            .lines
            .get(self.key)
            .copied()
            .unwrap_or(self.sample.line);
        self.key += 1;
        line
    }

    fn value(&mut self, node: &Node, key: &str, path: &str, line: usize) -> Shape {
        let mut shape = Shape::default();
        let kind = self.kind(node, key, path);
        let site = Evidence {
            page: self.page.to_owned(),
            line,
        };
        shape.sightings.insert(Sighting {
            site: site.clone(),
            kind: kind.clone(),
            value: short_value(node),
        });
        shape.kinds.insert(kind);
        match &node.value {
            Value::Object(members) => self.fields(members, path, &mut shape),
            Value::Array(items) => {
                let path = format!("{path}[]");
                for item in items {
                    let seen = self.value(item, key, &path, line);
                    shape.items.get_or_insert_default().join(seen);
                }
            }
            _ => {}
        }
        shape
    }

    fn fields(&mut self, members: &[Member], path: &str, shape: &mut Shape) {
        for member in members {
            let line = self.next_line();
            let first = Position {
                prose: false,
                site: Evidence {
                    page: self.page.to_owned(),
                    line: self.sample.line,
                },
                ordinal: self.key,
            };
            let path = if path.is_empty() {
                member.key.clone()
            } else {
                format!("{path}.{}", member.key)
            };
            let seen = self.value(&member.node, &member.key, &path, line);
            shape.fields.insert(
                member.key.clone(),
                Field {
                    shape: seen,
                    always: true,
                    first,
                },
            );
        }
    }

    fn kind(&self, node: &Node, key: &str, path: &str) -> Kind {
        match &node.value {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Boolean,
            Value::Array(_) => Kind::List,
            Value::Object(_) => Kind::Object,
            Value::Placeholder(word) => Kind::Word(word.clone()),
            Value::String(word) if self.sample.placeholders.iter().any(|place| place == path) => {
                Kind::Word(word.clone())
            }
            Value::String(text) => instant::in_text(key, text).map_or(Kind::Text, Kind::Instant),
            Value::Number(number) => match instant::in_number(key, number) {
                Some(form) => Kind::Instant(form),
                None if number.contains(['.', 'e', 'E']) => Kind::Number,
                None => Kind::Integer,
            },
        }
    }
}

/// The value as text, if a reader would want to see it.
fn short_value(node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(text) | Value::String(text) | Value::Placeholder(text) => text.clone(),
        _ => return None,
    };
    (text.len() <= MAX_VALUE && !text.contains(char::is_control)).then_some(text)
}
