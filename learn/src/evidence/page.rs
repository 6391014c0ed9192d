//! A page as read comes in, what it says of one event source goes out: a file for `samples/`, and back.
//!
//! The file keeps each sample as JSON with its lines and repairs, and what prose adds as names and
//! values. It keeps no sentence of the page.

use super::history::{self, Edition, EditionFile, History};
pub use super::prose::{ProseField, ValueList, ValueLists};
use super::runs::{read_runs, write_runs};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Evidence;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one page says of the events of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct PageEvidence {
    /// The page's file name. Learning a page of the same name again replaces its evidence.
    pub page: String,
    /// `text`, `markdown` or `html`.
    pub format: String,
    /// `sha256:` of the page's bytes.
    pub revision: String,
    /// The language of its prose, `eng`, where there is enough of it to tell.
    pub language: Option<String>,
    /// When it was what the page said, where somebody says so.
    pub date: Option<String>,
    /// The editions that the page had, and what they alone say.
    pub history: History,
    /// Its events.
    pub events: Vec<EventSample>,
    /// Its event patterns.
    pub patterns: Vec<PatternSample>,
    /// Its lists of values.
    pub values: Vec<ValueList>,
    /// Fields that prose names.
    pub fields: Vec<ProseField>,
    /// Events that it lists by name alone, each with its line.
    pub names: Vec<(String, usize)>,
}

/// An event that a page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSample {
    /// The line where it begins.
    pub line: usize,
    /// Its detail-type.
    pub detail_type: String,
    /// The line of each key, in the order of the text.
    pub lines: Vec<usize>,
    /// Paths below `detail` where a bare word stands for a value; the event holds the word as a string.
    pub placeholders: Vec<String>,
    /// Paths below `detail` of values that the page marks as what a reader is to replace; the event holds them without
    /// marks.
    pub replaced: Vec<String>,
    /// What was repaired in it.
    pub repairs: Vec<RepairNote>,
    /// The event, repaired.
    pub event: Arc<Node>,
}

/// An event pattern that a page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternSample {
    /// The line where it begins.
    pub line: usize,
    /// The detail-types it names.
    pub detail_types: Vec<String>,
    /// The detail-types that it marks as what a reader is to replace: they confirm events, and name none.
    pub marked: Vec<String>,
    /// What was repaired in it.
    pub repairs: Vec<RepairNote>,
    /// The pattern, repaired.
    pub pattern: Node,
}

/// What was repaired, and where in the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairNote {
    /// The kind of defect: `missing-comma`.
    pub kind: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl PageEvidence {
    /// Whether the page says anything.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.patterns.is_empty() && self.history.former.is_empty()
    }

    /// What tells it from other editions of the page.
    pub fn edition(&self) -> Edition {
        Edition {
            date: self.date.clone(),
            revision: self.revision.clone(),
        }
    }

    /// A place in this page.
    pub fn site(&self, line: usize) -> Evidence {
        Evidence::page(&self.page, line)
    }

    /// The file's text.
    pub fn write(&self) -> String {
        json::write(&json::of(&EvidenceFile::from(self)))
    }

    /// Reads a file back.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<PageEvidence, serde_json::Error> {
        let file: EvidenceFile = serde_json::from_str(text)?;
        let events = file.events.into_iter().map(EventFile::into_sample);
        let patterns = file.patterns.into_iter().map(PatternFile::into_sample);
        Ok(PageEvidence {
            events: events.collect::<Result<_, _>>()?,
            patterns: patterns.collect(),
            page: file.page,
            format: file.format,
            revision: file.revision,
            language: file.language,
            date: file.date,
            history: history::restore(file.editions, file.former, file.first),
            values: file.values,
            fields: file.fields,
            names: file.names,
        })
    }
}

/// A page as its file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceFile {
    page: String,
    format: String,
    revision: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    events: Vec<EventFile>,
    patterns: Vec<PatternFile>,
    values: Vec<ValueList>,
    fields: Vec<ProseField>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    names: Vec<(String, usize)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    editions: Vec<EditionFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<EditionFile>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    first: BTreeMap<String, BTreeMap<String, String>>,
}

impl From<&PageEvidence> for EvidenceFile {
    fn from(page: &PageEvidence) -> Self {
        EvidenceFile {
            page: page.page.clone(),
            format: page.format.clone(),
            revision: page.revision.clone(),
            language: page.language.clone(),
            date: page.date.clone(),
            events: page.events.iter().map(EventFile::from).collect(),
            patterns: page.patterns.iter().map(PatternFile::from).collect(),
            values: page.values.clone(),
            fields: page.fields.clone(),
            names: page.names.clone(),
            editions: page.history.editions_of_file(),
            former: page.history.former_of_file(),
            first: page.history.first.clone(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    line: usize,
    detail_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    placeholders: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repairs: Vec<RepairNote>,
    event: Sampled,
}

impl From<&EventSample> for EventFile {
    fn from(sample: &EventSample) -> Self {
        // An event on one line needs no lines of its keys.
        let has_lines = sample.lines.iter().any(|&line| line != sample.line);
        EventFile {
            line: sample.line,
            detail_type: sample.detail_type.clone(),
            lines: has_lines.then(|| write_runs(&sample.lines)),
            placeholders: sample.placeholders.clone(),
            replaced: sample.replaced.clone(),
            repairs: sample.repairs.clone(),
            event: Sampled(sample.event.clone()),
        }
    }
}

impl EventFile {
    fn into_sample(self) -> Result<EventSample, serde_json::Error> {
        let event = self.event.0;
        let keys = count_keys(&event);
        let lines = match &self.lines {
            Some(runs) => read_runs(runs)
                .ok_or_else(|| error(format!("`lines` is not a list of lines: {runs}")))?,
            None => vec![self.line; keys],
        };
        if lines.len() != keys {
            let line = self.line;
            return Err(error(format!(
                "the event of line {line} has not as many keys as `lines` says"
            )));
        }
        Ok(EventSample {
            line: self.line,
            detail_type: self.detail_type,
            lines,
            placeholders: self.placeholders,
            replaced: self.replaced,
            repairs: self.repairs,
            event,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    line: usize,
    detail_types: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marked: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repairs: Vec<RepairNote>,
    pattern: Sampled,
}

impl From<&PatternSample> for PatternFile {
    fn from(sample: &PatternSample) -> Self {
        PatternFile {
            line: sample.line,
            detail_types: sample.detail_types.clone(),
            marked: sample.marked.clone(),
            repairs: sample.repairs.clone(),
            pattern: Sampled(Arc::new(sample.pattern.clone())),
        }
    }
}

impl PatternFile {
    fn into_sample(self) -> PatternSample {
        PatternSample {
            line: self.line,
            detail_types: self.detail_types,
            marked: self.marked,
            repairs: self.repairs,
            pattern: Arc::unwrap_or_clone(self.pattern.0),
        }
    }
}

/// What a page shows, with numbers as they are spelled.
struct Sampled(Arc<Node>);

impl Serialize for Sampled {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(json::compact(&self.0));
        raw.map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Sampled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let node = json::read_strict(raw.get());
        let node = node.map_err(|read| serde::de::Error::custom(read.message))?;
        Ok(Sampled(Arc::new(node)))
    }
}

fn error(message: String) -> serde_json::Error {
    serde::de::Error::custom(message)
}

/// How many keys an event has, at all depths.
pub fn count_keys(event: &Node) -> usize {
    let members = event.members();
    let inner = members.iter().map(|member| &member.node);
    members.len() + inner.chain(event.items()).map(count_keys).sum::<usize>()
}
