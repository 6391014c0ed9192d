//! A shape comes in, JSON that keeps all of it goes out, and back: what `samples/` and partial shapes hold.

use super::{Field, Position, Shape, Sighting, ValueKind, Words};
use eventbridge_catalog::model::{Evidence, Origin};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A shape as a file has it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SavedShape {
    /// Facts: `delivery:ea37ccbb: integer`.
    seen: Vec<String>,
    /// Words, each with its places.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    words: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "is_false")]
    many_words: bool,
    #[serde(rename = "crowded", skip_serializing_if = "is_false")]
    keys_overflow: bool,
    /// In the order in which they are written.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    fields: IndexMap<String, SavedField>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    definitions: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<SavedShape>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Box<SavedShape>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedField {
    /// The position: `3` of a delivery, `registry:my.kiln@Fired 3`.
    at: String,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    missing: BTreeSet<Origin>,
    shape: SavedShape,
}

fn is_false(is: &bool) -> bool {
    !is
}

impl SavedShape {
    /// The shape, or what cannot be understood.
    ///
    /// # Errors
    ///
    /// The first text that is no fact, place or position.
    pub fn restore(self) -> Result<Shape, String> {
        let mut shape = Shape {
            keys_overflow: self.keys_overflow,
            items: restore_boxed(self.items)?,
            values: restore_boxed(self.values)?,
            definitions: self.definitions,
            words: Words {
                many: self.many_words,
                ..Words::default()
            },
            ..Shape::default()
        };
        for fact in self.seen {
            let (kind, sighting) = read_fact(&fact).ok_or_else(|| odd("a fact", &fact))?;
            let key = (sighting.site.origin, kind);
            shape.seen.entry(key).or_default().insert(sighting);
        }
        for (word, sites) in self.words {
            let sites = sites
                .iter()
                .map(|site| read_site(site).ok_or_else(|| odd("a place", site)));
            shape
                .words
                .seen
                .insert(word, sites.collect::<Result<_, _>>()?);
        }
        for (key, field) in self.fields {
            let first = read_position(&field.at).ok_or_else(|| odd("a position", &field.at))?;
            let restored = Field {
                shape: field.shape.restore()?,
                missing: field.missing,
                first,
            };
            shape.fields.insert(key, Box::new(restored));
        }
        Ok(shape)
    }
}

fn restore_boxed(saved: Option<Box<SavedShape>>) -> Result<Option<Box<Shape>>, String> {
    saved.map(|saved| saved.restore().map(Box::new)).transpose()
}

fn odd(what: &str, text: &str) -> String {
    format!("`{text}` is not {what}")
}

impl From<&Shape> for SavedShape {
    fn from(shape: &Shape) -> Self {
        let sightings = shape.sightings().into_iter();
        let words = shape.words.seen.iter();
        let sites = |sites: &BTreeSet<Evidence>| sites.iter().map(Evidence::to_string).collect();
        let fields = shape.ordered().into_iter();
        let inner = |inner: &Option<Box<Shape>>| inner.as_ref().map(|it| Box::new((&**it).into()));
        SavedShape {
            seen: sightings
                .map(|(kind, sighting)| fact(kind, sighting))
                .collect(),
            words: words
                .map(|(word, places)| (word.clone(), sites(places)))
                .collect(),
            many_words: shape.words.many,
            keys_overflow: shape.keys_overflow,
            fields: fields
                .map(|(key, field)| (key.clone(), field.into()))
                .collect(),
            definitions: shape.definitions.clone(),
            items: inner(&shape.items),
            values: inner(&shape.values),
        }
    }
}

impl From<&Field> for SavedField {
    fn from(field: &Field) -> Self {
        SavedField {
            at: write_position(&field.first),
            missing: field.missing.clone(),
            shape: (&field.shape).into(),
        }
    }
}

/// `id-2025.txt:31: string Completed`
pub(crate) fn fact(kind: &ValueKind, sighting: &Sighting) -> String {
    let (site, name) = (&sighting.site, kind.name());
    match &sighting.value {
        Some(value) => format!("{site}: {name} {value}"),
        None => format!("{site}: {name}"),
    }
}

fn read_fact(fact: &str) -> Option<(ValueKind, Sighting)> {
    let (site, says) = Evidence::parse_fact(fact)?;
    let (kind, value) = ValueKind::parse(says)?;
    Some((kind, Sighting { site, value }))
}

fn read_site(text: &str) -> Option<Evidence> {
    Evidence::parse_fact(&format!("{text}: ")).map(|(site, _)| site)
}

fn write_position(position: &Position) -> String {
    match position {
        Position::Sample(site, ordinal) => format!("sample {site} {ordinal}"),
        Position::Prose(site, ordinal) => format!("prose {site} {ordinal}"),
        Position::Delivery(ordinal) => ordinal.to_string(),
        Position::Document(site, ordinal) => format!("{site} {ordinal}"),
    }
}

fn read_position(text: &str) -> Option<Position> {
    let Some((site, ordinal)) = text.rsplit_once(' ') else {
        return text.parse().ok().map(Position::Delivery);
    };
    let ordinal = ordinal.parse().ok()?;
    if let Some(site) = site.strip_prefix("sample ") {
        return Some(Position::Sample(read_site(site)?, ordinal));
    }
    if let Some(site) = site.strip_prefix("prose ") {
        return Some(Position::Prose(read_site(site)?, ordinal));
    }
    Some(Position::Document(read_site(site)?, ordinal))
}
