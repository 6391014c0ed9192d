//! `corrections.json` of an event source comes in: what its pages get wrong, or cannot say, as data with
//! reasons. It is applied to the evidence; a correction that no longer applies is an error.

use super::evidence::SourceEvidence;
use super::evidence::page::ValueLists;
use super::join::event::EventKnowledge;
use super::shape::{Shape, ValueKind};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::{Origin, WireForm};
use eventbridge_catalog::path;
use eventbridge_catalog::text::{Lines, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Corrections of one event source, `schemas/<source>/corrections.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionsFile {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The corrections. Each must apply, or it is an error.
    pub corrections: Vec<Correction>,
}

/// One correction, and why it is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "fix", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Correction {
    /// What stands under this key is a map, or may be one: its keys are data, not fields.
    Map {
        /// The key, wherever it stands in the source's events.
        field: String,
        /// The type of the map's values; what samples show when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        values: Option<ScalarType>,
        /// Why this is known.
        reason: String,
    },
    /// Values that a page shows translated.
    Translated {
        /// The page that shows them. While it is part of the evidence, the correction must apply.
        page: String,
        /// Each value as the page spells it, and as events spell it.
        values: BTreeMap<String, String>,
        /// Why this is known.
        reason: String,
    },
    /// A form of instants that pages show and events do not have.
    WireForm {
        /// The form as pages show it.
        shown: WireForm,
        /// The form that events have.
        meant: WireForm,
        /// Why this is known.
        reason: String,
    },
}

/// The type of a map's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScalarType {
    /// Text.
    String,
    /// A number without a fraction part.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl ScalarType {
    fn name(self) -> &'static str {
        match self {
            ScalarType::String => "string",
            ScalarType::Integer => "integer",
            ScalarType::Number => "number",
            ScalarType::Boolean => "boolean",
        }
    }
}

/// The corrections of a source while they are applied.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    corrections: Vec<Correction>,
    applied: Vec<BTreeMap<String, bool>>,
}

impl Corrections {
    /// Corrections of which none has been applied yet.
    pub fn new(file: CorrectionsFile) -> Self {
        let applied = file
            .corrections
            .iter()
            .map(|correction| correction.parts())
            .collect();
        Corrections {
            corrections: file.corrections,
            applied,
        }
    }

    /// The lists of pages that show translated values, with the values as events spell them.
    pub fn untranslate(&mut self, evidence: &SourceEvidence) -> ValueLists {
        let mut lists = ValueLists::new();
        for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
            let Correction::Translated { page, values, .. } = correction else {
                continue;
            };
            let Some(known) = evidence.pages.get(page) else {
                continue;
            };
            let lists = lists
                .entry(page.clone())
                .or_insert_with(|| known.values.clone());
            for (value, _) in lists.iter_mut().flat_map(|list| &mut list.values) {
                if let Some(meant) = values.get(value) {
                    applied.insert(value.clone(), true);
                    meant.clone_into(value);
                }
            }
        }
        lists
    }

    /// Corrects what is known of events beside their lists of values.
    pub fn apply(&mut self, events: &mut BTreeMap<String, EventKnowledge>) {
        for event in events.values_mut() {
            for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
                if let Correction::WireForm { shown, meant, .. } = correction
                    && misprint(&mut event.detail, *shown, *meant)
                {
                    applied.insert(shown.name().to_owned(), true);
                }
            }
            event.maps = self.maps(&event.detail);
        }
    }

    /// The paths of a detail where a map may stand, and the type of its values if it is known.
    fn maps(&mut self, detail: &Shape) -> BTreeMap<String, Option<String>> {
        let mut maps = BTreeMap::new();
        known_maps(detail, "", &mut maps);
        for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
            let Correction::Map { field, values, .. } = correction else {
                continue;
            };
            let mut paths = Vec::new();
            places_of_key(detail, field, "", &mut paths);
            if !paths.is_empty() {
                applied.insert(field.clone(), true);
            }
            let values = values.map(|ty| ty.name().to_owned());
            maps.extend(paths.into_iter().map(|path| (path, values.clone())));
        }
        maps
    }

    /// An error for each two corrections that say different things of the same place.
    pub fn contradictions(&self, path: &str, text: &str) -> Vec<Diagnostic> {
        let lines = Lines::new(text);
        let root = json::read_strict(text).ok();
        let items = root.as_ref().and_then(|root| root.get("corrections"));
        let places: Vec<Place> = items
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .map(|item| lines.place(item.span.start))
            .collect();
        let mut found = Vec::new();
        for (correction, place) in self.corrections.iter().zip(&places) {
            let error = |message: &str| Diagnostic::error(path, message).at(*place);
            if correction.reason().trim().is_empty() {
                found.push(error("this correction says no reason").help("say why it is right"));
            }
            if correction.is_idle() {
                found.push(error("this correction corrects nothing").help("remove it"));
            }
        }
        for (second, correction) in self.corrections.iter().enumerate() {
            for (first, other) in self.corrections[..second].iter().enumerate() {
                let Some(about) = other.contradiction(correction) else {
                    continue;
                };
                let Some((first, second)) = places.get(first).zip(places.get(second)) else {
                    continue;
                };
                let Place { line, column } = first;
                let message = format!(
                    "this correction of {about} contradicts the one at {path}:{line}:{column}"
                );
                let error = Diagnostic::error(path, message).at(*second);
                found.push(error.help("keep the one that is right"));
            }
        }
        found
    }

    /// An error for each part of a correction that should have applied and did not.
    pub fn unapplied(&self, path: &str, text: &str, evidence: &SourceEvidence) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (correction, applied) in self.corrections.iter().zip(&self.applied) {
            let stale = applied
                .iter()
                .filter(|(_, applied)| !**applied)
                .map(|(part, _)| part);
            if correction.is_due(evidence) {
                diagnostics.extend(stale.map(|part| correction.never_applied(part, path, text)));
            }
        }
        diagnostics
    }
}

impl Correction {
    /// What must apply: a field, or each translated value.
    fn parts(&self) -> BTreeMap<String, bool> {
        match self {
            Correction::Map { field, .. } => BTreeMap::from([(field.clone(), false)]),
            Correction::WireForm { shown, .. } => {
                BTreeMap::from([(shown.name().to_owned(), false)])
            }
            Correction::Translated { values, .. } => {
                values.keys().map(|value| (value.clone(), false)).collect()
            }
        }
    }

    /// A correction of one page is due while that page is part of the evidence.
    fn is_due(&self, evidence: &SourceEvidence) -> bool {
        match self {
            Correction::Map { .. } => !evidence.is_empty(),
            Correction::WireForm { .. } => !evidence.pages.is_empty(),
            Correction::Translated { page, .. } => evidence.pages.contains_key(page),
        }
    }

    fn reason(&self) -> &str {
        match self {
            Correction::Map { reason, .. }
            | Correction::WireForm { reason, .. }
            | Correction::Translated { reason, .. } => reason,
        }
    }

    /// Whether it leaves everything as it is.
    fn is_idle(&self) -> bool {
        match self {
            Correction::Map { .. } => false,
            Correction::WireForm { shown, meant, .. } => shown == meant,
            Correction::Translated { values, .. } => {
                values.iter().all(|(value, meant)| value == meant)
            }
        }
    }

    /// What two corrections say different things of.
    fn contradiction(&self, other: &Correction) -> Option<String> {
        use Correction::{Map, Translated, WireForm};
        match (self, other) {
            (
                Map { field, values, .. },
                Map {
                    field: same,
                    values: otherwise,
                    ..
                },
            ) => (field == same && values != otherwise).then(|| format!("`{field}`")),
            (
                WireForm { shown, meant, .. },
                WireForm {
                    shown: same,
                    meant: otherwise,
                    ..
                },
            ) => {
                let differs = shown == same && meant != otherwise;
                let undoes = meant == same || shown == otherwise;
                (differs || undoes).then(|| format!("`{}`", shown.name()))
            }
            (
                Translated { page, values, .. },
                Translated {
                    page: same,
                    values: others,
                    ..
                },
            ) if page == same => {
                let differs = |(value, meant): &(&String, &String)| {
                    others.get(*value).is_some_and(|other| other != *meant)
                };
                let (value, _) = values.iter().find(differs)?;
                Some(format!("`{value}`"))
            }
            _ => None,
        }
    }

    fn never_applied(&self, part: &str, path: &str, text: &str) -> Diagnostic {
        let quoted = serde_json::Value::from(part).to_string();
        let message = match self {
            Correction::Map { .. } => format!(
                "this correction never applied: no event has an object under the key {quoted}"
            ),
            Correction::WireForm { .. } => {
                format!("this correction never applied: no page shows an instant as {quoted}")
            }
            Correction::Translated { page, .. } => {
                format!("this correction never applied: no list of values of {page} holds {quoted}")
            }
        };
        let place = text.find(&quoted).map(|at| Lines::new(text).place(at));
        let found = Diagnostic::error(path, message)
            .wide(quoted.chars().count())
            .help("remove it, or name what the pages say now");
        match place {
            Some(place) => found.at(place),
            None => found,
        }
    }
}

/// The places that evidence itself calls maps.
fn known_maps(shape: &Shape, path: &str, maps: &mut BTreeMap<String, Option<String>>) {
    if shape.is_map() && !path.is_empty() {
        maps.insert(path.to_owned(), None);
    }
    for (key, field) in &shape.fields {
        known_maps(&field.shape, &path::key(path, key), maps);
    }
    if let Some(items) = &shape.items {
        known_maps(items, &format!("{path}[]"), maps);
    }
}

/// The paths of a key under which an object or a list was seen: lists of keys with values are maps as well.
fn places_of_key(shape: &Shape, key: &str, path: &str, paths: &mut Vec<String>) {
    for (name, field) in &shape.fields {
        let path = path::key(path, name);
        let kinds = field.shape.kinds();
        let has_parts = kinds.contains(&ValueKind::Object) || kinds.contains(&ValueKind::List);
        if name == key && has_parts {
            paths.push(path);
        } else {
            places_of_key(&field.shape, key, &path, paths);
        }
    }
    if let Some(items) = &shape.items {
        places_of_key(items, key, &format!("{path}[]"), paths);
    }
}

/// Marks the instants that pages show in a form which events do not have. The sightings stay as they are.
fn misprint(shape: &mut Shape, shown: WireForm, meant: WireForm) -> bool {
    let printed = shape
        .seen
        .remove(&(Origin::Page, ValueKind::Instant(shown)));
    let mut found = printed.is_some();
    if let Some(printed) = printed {
        let kind = ValueKind::Misprint { shown, meant };
        shape.seen.insert((Origin::Page, kind), printed);
    }
    for field in shape.fields.values_mut() {
        found |= misprint(&mut field.shape, shown, meant);
    }
    for inner in [&mut shape.items, &mut shape.values].into_iter().flatten() {
        found |= misprint(inner, shown, meant);
    }
    found
}
