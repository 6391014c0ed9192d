//! A shape comes in, JSON that keeps all of it goes out, and back: what `samples/` and partial shapes hold.

use super::{Field, Position, Shape, Sighting, ValueKind, Words};
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::{Evidence, Origin};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A shape as a file has it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SavedShape {
    /// Facts: `delivery:ea37ccbb: integer`.
    seen: Vec<String>,
    /// Words, each with its places.
    words: BTreeMap<String, Vec<String>>,
    many_words: bool,
    #[serde(rename = "crowded")]
    keys_overflow: bool,
    fields: BTreeMap<String, SavedField>,
    items: Option<Box<SavedShape>>,
    values: Option<Box<SavedShape>>,
    definitions: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedField {
    /// The position: `3` of a delivery, `registry:my.kiln@Fired 3`.
    at: String,
    #[serde(default)]
    missing: BTreeSet<Origin>,
    shape: SavedShape,
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

impl Shape {
    /// The shape as a file has it.
    pub fn save(&self) -> Node {
        let mut members = Vec::new();
        let facts: Vec<Node> = self
            .sightings()
            .into_iter()
            .map(|(kind, sighting)| Node::string(fact(kind, sighting)))
            .collect();
        members.push(("seen", Node::array(facts)));
        if !self.words.seen.is_empty() {
            let words = self.words.seen.iter();
            let sites = |sites: &BTreeSet<Evidence>| {
                Node::array(sites.iter().map(|site| Node::string(site.to_string())))
            };
            members.push((
                "words",
                Node::object(words.map(|(word, places)| (word.clone(), sites(places)))),
            ));
        }
        for (key, set) in [
            ("many_words", self.words.many),
            ("crowded", self.keys_overflow),
        ] {
            if set {
                members.push((key, Node::from(true)));
            }
        }
        if !self.fields.is_empty() {
            let fields = self
                .ordered()
                .into_iter()
                .map(|(key, field)| (key.clone(), field.save()));
            members.push(("fields", Node::object(fields)));
        }
        if !self.definitions.is_empty() {
            let definitions = self.definitions.iter().map(Node::string);
            members.push(("definitions", Node::array(definitions)));
        }
        for (key, inner) in [("items", &self.items), ("values", &self.values)] {
            if let Some(inner) = inner {
                members.push((key, inner.save()));
            }
        }
        Node::object(members)
    }
}

impl Field {
    fn save(&self) -> Node {
        let mut members = vec![("at", Node::string(write_position(&self.first)))];
        if !self.missing.is_empty() {
            let missing = self
                .missing
                .iter()
                .map(|origin| Node::string(origin.name()));
            members.push(("missing", Node::array(missing)));
        }
        members.push(("shape", self.shape.save()));
        Node::object(members)
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
