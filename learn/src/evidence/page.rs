//! A page as read comes in, what it says of one event source goes out: a file for `samples/`, and back.
//!
//! The file keeps each sample as JSON with its lines and repairs, and what prose adds as names and
//! values. It keeps no sentence of the page.

use super::history::{self, Edition, EditionFile, History};
pub(crate) use super::prose::one_or_more;
pub use super::prose::{ProseField, ValueList, ValueLists};
use super::runs::{read_runs, write_runs};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Evidence;
use serde::Deserialize;
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
        let name =
            |(name, line): &(String, usize)| Node::array([Node::string(name), Node::from(*line)]);
        let names =
            (!self.names.is_empty()).then(|| ("names", Node::array(self.names.iter().map(name))));
        let head = [
            ("page", Node::string(&self.page)),
            ("format", Node::string(&self.format)),
            ("revision", Node::string(&self.revision)),
        ];
        let language = self
            .language
            .as_ref()
            .map(|it| ("language", Node::string(it)));
        let date = self.date.as_ref().map(|it| ("date", Node::string(it)));
        let head = head.into_iter().chain(language).chain(date);
        let members = [
            (
                "events",
                Node::array(self.events.iter().map(EventSample::to_node)),
            ),
            (
                "patterns",
                Node::array(self.patterns.iter().map(PatternSample::to_node)),
            ),
            (
                "values",
                Node::array(self.values.iter().map(ValueList::to_node)),
            ),
            (
                "fields",
                Node::array(self.fields.iter().map(ProseField::to_node)),
            ),
        ];
        let members = head
            .chain(members)
            .chain(names)
            .chain(self.history.members());
        json::write(&Node::object(members))
    }

    /// Reads a file back.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<PageEvidence, serde_json::Error> {
        let file: EvidenceFile = serde_json::from_str(text)?;
        Ok(PageEvidence {
            events: file
                .events
                .into_iter()
                .map(EventFile::into_sample)
                .collect::<Result<_, _>>()?,
            patterns: file
                .patterns
                .into_iter()
                .map(PatternFile::into_sample)
                .collect::<Result<_, _>>()?,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceFile {
    page: String,
    format: String,
    revision: String,
    language: Option<String>,
    date: Option<String>,
    events: Vec<EventFile>,
    patterns: Vec<PatternFile>,
    values: Vec<ValueList>,
    fields: Vec<ProseField>,
    #[serde(default)]
    names: Vec<(String, usize)>,
    #[serde(default)]
    editions: Vec<EditionFile>,
    #[serde(default)]
    former: Vec<EditionFile>,
    #[serde(default)]
    first: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    line: usize,
    detail_type: String,
    #[serde(default)]
    lines: Option<String>,
    #[serde(default)]
    placeholders: Vec<String>,
    #[serde(default)]
    replaced: Vec<String>,
    #[serde(default)]
    repairs: Vec<RepairNote>,
    event: Box<RawValue>,
}

impl EventFile {
    fn into_sample(self) -> Result<EventSample, serde_json::Error> {
        let event = sample_node(&self.event)?;
        let lines = match &self.lines {
            Some(runs) => read_runs(runs)
                .ok_or_else(|| error(format!("`lines` is not a list of lines: {runs}")))?,
            None => vec![self.line; count_keys(&event)],
        };
        if lines.len() != count_keys(&event) {
            return Err(error(format!(
                "the event of line {} has not as many keys as `lines` says",
                self.line
            )));
        }
        Ok(EventSample {
            line: self.line,
            detail_type: self.detail_type,
            lines,
            placeholders: self.placeholders,
            replaced: self.replaced,
            repairs: self.repairs,
            event: Arc::new(event),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    line: usize,
    detail_types: Vec<String>,
    #[serde(default)]
    marked: Vec<String>,
    #[serde(default)]
    repairs: Vec<RepairNote>,
    pattern: Box<RawValue>,
}

impl PatternFile {
    fn into_sample(self) -> Result<PatternSample, serde_json::Error> {
        let pattern = sample_node(&self.pattern)?;
        Ok(PatternSample {
            line: self.line,
            detail_types: self.detail_types,
            marked: self.marked,
            repairs: self.repairs,
            pattern,
        })
    }
}

fn sample_node(raw: &RawValue) -> Result<Node, serde_json::Error> {
    json::read_strict(raw.get()).map_err(|read| error(read.message))
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

impl EventSample {
    fn to_node(&self) -> Node {
        let mut members = vec![
            ("line", Node::from(self.line)),
            ("detail_type", Node::string(&self.detail_type)),
        ];
        if self.lines.iter().any(|&line| line != self.line) {
            members.push(("lines", Node::string(write_runs(&self.lines))));
        }
        if !self.placeholders.is_empty() {
            members.push((
                "placeholders",
                Node::array(self.placeholders.iter().map(Node::string)),
            ));
        }
        if !self.replaced.is_empty() {
            members.push((
                "replaced",
                Node::array(self.replaced.iter().map(Node::string)),
            ));
        }
        members.extend(repairs_member(&self.repairs));
        members.push(("event", (*self.event).clone()));
        Node::object(members)
    }
}

impl PatternSample {
    fn to_node(&self) -> Node {
        let mut members = vec![
            ("line", Node::from(self.line)),
            (
                "detail_types",
                Node::array(self.detail_types.iter().map(Node::string)),
            ),
        ];
        if !self.marked.is_empty() {
            members.push(("marked", Node::array(self.marked.iter().map(Node::string))));
        }
        members.extend(repairs_member(&self.repairs));
        members.push(("pattern", self.pattern.clone()));
        Node::object(members)
    }
}

fn repairs_member(repairs: &[RepairNote]) -> Option<(&'static str, Node)> {
    let note = |repair: &RepairNote| {
        Node::object([
            ("kind", Node::string(&repair.kind)),
            ("line", Node::from(repair.line)),
            ("column", Node::from(repair.column)),
        ])
    };
    (!repairs.is_empty()).then(|| ("repairs", Node::array(repairs.iter().map(note))))
}
