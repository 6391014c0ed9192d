//! `corrections.json` of an event source comes in: what its pages get wrong, or cannot say, as data with
//! reasons. It is applied to the evidence; a correction that no longer applies is an error.

mod places;
mod retired;
mod said;

use super::evidence::SourceEvidence;
use super::evidence::page::{ValueList, ValueLists};
use super::join::event::EventKnowledge;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Node, Value};
use eventbridge_catalog::model::WireForm;
use eventbridge_catalog::text::{Lines, Place};
use places::{maps, misprint};
use said::Said;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    /// A slip of a page that later editions mended: what they no longer say ends. While an edition says it, it stays.
    Retired {
        /// The detail-type.
        event: String,
        /// The path of a field; the whole event when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// A value of the field; the whole field when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
        /// The date of the edition that said it last. Once that edition is learned, and a later one, the correction must
        /// apply; at once when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<String>,
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
    /// Which corrections translate a value of a page.
    translated: HashMap<String, HashMap<String, Vec<usize>>>,
}

/// The keys that corrections call maps, with the types of their values.
type MapKeys<'c> = HashMap<&'c str, Option<ScalarType>>;

impl Corrections {
    /// Corrections of which none has been applied yet.
    pub fn new(file: CorrectionsFile) -> Self {
        let corrections = file.corrections;
        let mut translated: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        for (index, correction) in corrections.iter().enumerate() {
            if let Correction::Translated { page, values, .. } = correction {
                let of_page = translated.entry(page.clone()).or_default();
                for value in values.keys() {
                    of_page.entry(value.clone()).or_default().push(index);
                }
            }
        }
        Corrections {
            applied: corrections.iter().map(Correction::parts).collect(),
            corrections,
            translated,
        }
    }

    /// The lists of pages that show translated values, with the values as events spell them.
    pub fn untranslate(&mut self, evidence: &SourceEvidence) -> ValueLists {
        let mut lists = ValueLists::new();
        for (name, page) in &evidence.pages {
            if self.translated.contains_key(name) {
                let values = page.values.iter();
                let values = values.map(|list| self.untranslate_list(name, list));
                lists.insert(name.clone(), values.collect());
            }
        }
        lists
    }

    /// A page's list with translated values as events spell them.
    fn untranslate_list(&mut self, name: &str, list: &ValueList) -> ValueList {
        let mut list = list.clone();
        for (value, _) in &mut list.values {
            let mut next = 0;
            while let Some((index, meant)) = self.translation(name, value, next) {
                self.applied[index].insert(std::mem::replace(value, meant), true);
                next = index + 1;
            }
        }
        list
    }

    /// The first correction of these and those behind them that translates a value of a page.
    fn translation(&self, page: &str, value: &str, from: usize) -> Option<(usize, String)> {
        let all = self.translated.get(page)?.get(value)?;
        let index = *all.get(all.partition_point(|index| *index < from))?;
        match &self.corrections[index] {
            Correction::Translated { values, .. } => Some((index, values.get(value)?.clone())),
            _ => None,
        }
    }

    /// Corrects what is known of events beside their lists of values.
    pub fn apply(&mut self, events: &mut BTreeMap<String, EventKnowledge>) {
        self.misprints(events);
        let corrections = self.corrections.iter();
        let keys: MapKeys<'_> = corrections
            .filter_map(|correction| match correction {
                Correction::Map { field, values, .. } => Some((field.as_str(), *values)),
                _ => None,
            })
            .collect();
        let mut found = HashSet::new();
        for event in events.values_mut() {
            event.maps = maps(&event.detail, &keys, &mut found);
        }
        for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
            if let Correction::Map { field, .. } = correction
                && found.contains(field.as_str())
            {
                applied.insert(field.clone(), true);
            }
        }
    }

    /// Marks the instants of events that pages print in another form. What stands twice is done once.
    fn misprints(&mut self, events: &mut BTreeMap<String, EventKnowledge>) {
        let mut done = BTreeSet::new();
        for (correction, applied) in self.corrections.iter().zip(&mut self.applied) {
            let Correction::WireForm { shown, meant, .. } = correction else {
                continue;
            };
            if !done.insert((*shown, *meant)) {
                continue;
            }
            for event in events.values_mut() {
                if misprint(&mut event.detail, *shown, *meant) {
                    applied.insert(shown.name().to_owned(), true);
                }
            }
        }
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
        let mut said = Said::default();
        for (correction, place) in self.corrections.iter().zip(&places) {
            let Some((about, Place { line, column })) = said.otherwise(correction, *place) else {
                continue;
            };
            let message = format!(
                "this correction of `{about}` contradicts the one at {path}:{line}:{column}"
            );
            let error = Diagnostic::error(path, message).at(*place);
            found.push(error.help("keep the one that is right"));
        }
        found
    }

    /// An error for each part of a correction that should have applied and did not.
    pub fn unapplied(&self, path: &str, text: &str, evidence: &SourceEvidence) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let root = json::read_strict(text).ok();
        let mut places = HashMap::new();
        root.iter()
            .for_each(|root| places_of_text(root, &mut places));
        let lines = Lines::new(text);
        let place = |part: &str| places.get(part).map(|at| lines.place(*at));
        for (correction, applied) in self.corrections.iter().zip(&self.applied) {
            let stale = applied
                .iter()
                .filter(|(_, applied)| !**applied)
                .map(|(part, _)| part);
            if correction.is_due(evidence) {
                diagnostics
                    .extend(stale.map(|part| correction.never_applied(part, path, place(part))));
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
            Correction::Retired { event, .. } => BTreeMap::from([(event.clone(), false)]),
        }
    }

    /// A correction of one page is due while that page is part of the evidence.
    fn is_due(&self, evidence: &SourceEvidence) -> bool {
        match self {
            Correction::Map { .. } => !evidence.is_empty(),
            Correction::WireForm { .. } => !evidence.pages.is_empty(),
            Correction::Translated { page, .. } => evidence.pages.contains_key(page),
            Correction::Retired { last, .. } => retired::is_due(last.as_deref(), evidence),
        }
    }

    fn reason(&self) -> &str {
        match self {
            Correction::Map { reason, .. }
            | Correction::WireForm { reason, .. }
            | Correction::Retired { reason, .. }
            | Correction::Translated { reason, .. } => reason,
        }
    }

    /// Whether it leaves everything as it is.
    fn is_idle(&self) -> bool {
        match self {
            Correction::Map { .. } | Correction::Retired { .. } => false,
            Correction::WireForm { shown, meant, .. } => shown == meant,
            Correction::Translated { values, .. } => {
                values.iter().all(|(value, meant)| value == meant)
            }
        }
    }

    fn what_is_not_there(&self, quoted: &str) -> String {
        match self {
            Correction::Map { .. } => format!("no event has an object under the key {quoted}"),
            Correction::Retired { field, value, .. } => {
                let parts = [value, field].into_iter().flatten();
                let inner: String = parts.map(|part| format!("`{part}` of ")).collect();
                format!("no former edition alone has {inner}{quoted}")
            }
            Correction::WireForm { .. } => format!("no page shows an instant as {quoted}"),
            Correction::Translated { page, .. } => {
                format!("no list of values of {page} holds {quoted}")
            }
        }
    }

    fn never_applied(&self, part: &str, path: &str, place: Option<Place>) -> Diagnostic {
        let quoted = serde_json::Value::from(part).to_string();
        let message = format!(
            "this correction never applied: {}",
            self.what_is_not_there(&quoted)
        );
        let found = Diagnostic::error(path, message)
            .wide(quoted.chars().count())
            .help("remove it, or name what the pages say now");
        match place {
            Some(place) => found.at(place),
            None => found,
        }
    }
}

/// Where each text of a document stands first.
fn places_of_text<'d>(node: &'d Node, places: &mut HashMap<&'d str, usize>) {
    if let Value::String(text) = &node.value {
        places.entry(text).or_insert(node.span.start);
    }
    node.items()
        .iter()
        .for_each(|item| places_of_text(item, places));
    for member in node.members() {
        places.entry(&member.key).or_insert(member.key_span.start);
        places_of_text(&member.node, places);
    }
}
