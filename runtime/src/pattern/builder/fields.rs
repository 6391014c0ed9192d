//! Keys and what they must hold come in, one after the other; the JSON of an event pattern goes out.

use super::{Conditions, Text};
use crate::pattern::{Pattern, PatternError};
use serde_json::Value;
use std::fmt;
use std::sync::OnceLock;

/// The fields of one object of a pattern, in the order in which they were named.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, Part)>);

#[derive(Clone, Debug)]
enum Part {
    Alternatives(Vec<Value>),
    Object(Fields),
    Branches(Vec<Fields>),
}

impl Fields {
    /// A field must hold one of these. Said again, it replaces what was said.
    pub fn must<K>(&mut self, key: &str, conditions: impl Conditions<K>) {
        let mut alternatives = Vec::new();
        conditions.add_to(&mut alternatives);
        self.set(key, Part::Alternatives(alternatives));
    }

    /// The fields of an object, or of one element of an array of objects, must be so.
    pub fn object(&mut self, key: &str, fields: Fields) {
        self.set(key, Part::Object(fields));
    }

    /// The fields must be as in one of these as well.
    pub fn any_of(&mut self, branches: impl IntoIterator<Item = Fields>) {
        self.set("$or", Part::Branches(branches.into_iter().collect()));
    }

    /// A key of a map must hold one of these.
    pub fn key<K>(&mut self, map: &str, key: &str, conditions: impl Conditions<K>) {
        let known = self.0.iter_mut().find(|(name, _)| name == map);
        if let Some((_, Part::Object(keys))) = known {
            return keys.must(key, conditions);
        }
        let mut keys = Fields::default();
        keys.must(key, conditions);
        self.object(map, keys);
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn set(&mut self, key: &str, part: Part) {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = part,
            None => self.0.push((key.to_owned(), part)),
        }
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, ['{', '}'], &self.0, |f, (key, part)| {
            write!(f, "{}:{part}", Value::from(key.as_str()))
        })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Alternatives(values) => {
                list(f, ['[', ']'], values, |f, value| write!(f, "{value}"))
            }
            Part::Object(fields) => write!(f, "{fields}"),
            Part::Branches(branches) => {
                list(f, ['[', ']'], branches, |f, fields| write!(f, "{fields}"))
            }
        }
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    [open, close]: [char; 2],
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(",")?;
        }
        write(f, item)?;
    }
    write!(f, "{close}")
}

/// What the builder of an event's pattern keeps: what the envelope and what the detail must hold.
#[derive(Clone, Debug, Default)]
pub struct EventFields {
    envelope: Fields,
    detail: Fields,
    any_of: Vec<Fields>,
    /// The pattern, once an event is matched against it.
    built: OnceLock<Result<Pattern, PatternError>>,
}

impl EventFields {
    /// An event of this source and detail-type.
    pub fn of(source: &str, detail_type: &str) -> Self {
        let mut fields = EventFields::default();
        fields.envelope.must::<Text>("source", source);
        fields.envelope.must::<Text>("detail-type", detail_type);
        fields
    }

    /// Fields beside `detail`.
    pub fn envelope(&mut self) -> &mut Fields {
        self.built = OnceLock::new();
        &mut self.envelope
    }

    /// Fields of `detail`.
    pub fn detail(&mut self) -> &mut Fields {
        self.built = OnceLock::new();
        &mut self.detail
    }

    /// The pattern, which is made when it is first asked for.
    ///
    /// # Errors
    ///
    /// What EventBridge would refuse.
    pub fn built(&self) -> Result<&Pattern, PatternError> {
        let built = self.built.get_or_init(|| Pattern::parse(&self.to_string()));
        built.as_ref().map_err(PatternError::clone)
    }

    /// The event must be as in one of these as well.
    pub fn any_of(&mut self, branches: impl IntoIterator<Item = EventFields>) {
        self.built = OnceLock::new();
        self.any_of = branches
            .into_iter()
            .map(|branch| branch.only_beyond(&self.envelope))
            .collect();
    }

    /// One object with the fields that the other envelope does not name in the same way.
    fn only_beyond(self, outer: &Fields) -> Fields {
        let same = |key: &str, part: &Part| {
            outer
                .0
                .iter()
                .any(|(known, other)| known == key && other.to_string() == part.to_string())
        };
        let mut fields = self.envelope;
        fields.0.retain(|(key, part)| !same(key, part));
        if !self.detail.is_empty() {
            fields.object("detail", self.detail);
        }
        if !self.any_of.is_empty() {
            fields.any_of(self.any_of);
        }
        fields
    }
}

impl fmt::Display for EventFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clone().only_beyond(&Fields::default()).fmt(f)
    }
}
