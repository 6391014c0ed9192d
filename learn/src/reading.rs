//! One file of evidence comes in; what was read in it goes out: a report of its blocks, what it says of
//! each event source, and what a person should look at.

use super::evidence::page::{
    EventSample, PageEvidence, PatternSample, ProseField, RepairNote, ValueList,
};
use super::names::is_source;
use super::page::{self, Page};
use super::prose;
use super::resolve;
use super::revision::revision;
use super::sample::{self, Sample, SampleKind, detail_paths, each_member, walk};
use super::shape::MAX_PATH;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::json::{Node, RepairKind, Value};
use eventbridge_catalog::text::{Lines, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What was read in one page.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// The file, as the caller named it.
    pub path: String,
    /// `text`, `markdown` or `html`.
    pub format: &'static str,
    /// Its JSON blocks, in reading order.
    pub blocks: Vec<Block>,
    /// What it says of each event source.
    pub evidence: BTreeMap<String, PageEvidence>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
}

/// A JSON block of a page, as reports show it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line where it begins.
    pub line: usize,
    /// What it is.
    pub kind: SampleKind,
    /// The detail-types it names.
    pub detail_types: Vec<String>,
    /// Whether a plain JSON parser would have read it.
    pub strict: bool,
    /// What was repaired in it.
    pub repairs: Vec<Repaired>,
    /// One dotted path for each key under `detail`, sorted.
    pub fields: Vec<String>,
}

/// A repair, placed in the page.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The kind of defect.
    pub kind: RepairKind,
    /// Where.
    pub place: Place,
    /// What was found and how it was read.
    pub message: String,
}

/// Reads a page.
///
/// # Errors
///
/// An empty page; a block that is cut off or nested beyond the limits.
pub fn read(path: &str, text: &str) -> Result<PageReport, Diagnostic> {
    if text.trim().is_empty() {
        return Err(Diagnostic::error(path, "is empty").help("fetch the page again"));
    }
    let page = page::read(text);
    let lines = Lines::new(text);
    let mut samples = sample::find(&page).map_err(|unreadable| {
        Diagnostic::error(path, unreadable.error.message).at(lines.place(unreadable.at))
    })?;
    let reader = Reader {
        path,
        text,
        lines: &lines,
    };
    let nameless = resolve::resolve(&page, &mut samples);
    let mut reading = reader.reading(&page, &samples);
    let warnings = nameless
        .into_iter()
        .map(|index| reader.nameless(&samples[index]));
    reading.diagnostics.extend(warnings);
    Ok(reading)
}

struct Reader<'p> {
    path: &'p str,
    text: &'p str,
    lines: &'p Lines<'p>,
}

impl Reader<'_> {
    fn reading(&self, page: &Page, samples: &[Sample<'_>]) -> PageReport {
        let mut diagnostics: Vec<Diagnostic> = samples
            .iter()
            .flat_map(|sample| self.repair_diagnostics(sample))
            .collect();
        diagnostics.extend(samples.iter().filter_map(|sample| self.unread(sample)));
        let evidence = self.evidence(page, samples, &mut diagnostics);
        if samples
            .iter()
            .all(|sample| sample.kind == SampleKind::Other)
        {
            let help = "is it a page that documents events? samples are JSON with `source` and `detail-type`";
            diagnostics.push(
                Diagnostic::warning(
                    self.path,
                    "no event and no event pattern stands in this page",
                )
                .help(help),
            );
        }
        PageReport {
            path: self.path.to_owned(),
            format: page.format.name(),
            blocks: samples.iter().map(|sample| self.block(sample)).collect(),
            evidence,
            diagnostics,
        }
    }

    /// An event whose detail-type stands for any.
    fn nameless(&self, sample: &Sample<'_>) -> Diagnostic {
        let message = "the `detail-type` of this event stands for other names, and nothing here tells which; \
                       the block is passed over";
        Diagnostic::warning(self.path, message)
            .at(self.lines.place(sample.at()))
            .help("names are read from code after the block, under the term `detail-type`")
    }

    fn block(&self, sample: &Sample<'_>) -> Block {
        Block {
            line: self.lines.place(sample.at()).line,
            kind: sample.kind,
            detail_types: sample.detail_types.clone(),
            strict: sample.strict,
            repairs: self.repairs(sample),
            fields: if sample.kind == SampleKind::Event {
                detail_paths(&sample.node)
            } else {
                Vec::new()
            },
        }
    }

    fn repairs(&self, sample: &Sample<'_>) -> Vec<Repaired> {
        let repaired = |repair: &eventbridge_catalog::json::Repair| Repaired {
            kind: repair.kind,
            place: self.lines.place(sample.origin(repair.at)),
            message: repair.message.clone(),
        };
        sample.repairs.iter().map(repaired).collect()
    }

    /// One diagnostic for each kind of repair of a block, at the first: a block in single quotes has fifty.
    fn repair_diagnostics(&self, sample: &Sample<'_>) -> Vec<Diagnostic> {
        let mut kinds: Vec<(RepairKind, Diagnostic, usize)> = Vec::new();
        for Repaired {
            kind,
            place,
            message,
        } in self.repairs(sample)
        {
            match kinds.iter_mut().find(|(known, ..)| *known == kind) {
                Some((_, _, more)) => *more += 1,
                None => kinds.push((
                    kind,
                    Diagnostic::new(Severity::Note, self.path, message).at(place),
                    0,
                )),
            }
        }
        let misspelt = misspelt_keys(sample).map(|(at, key)| {
            let message = format!(
                "the key of a pattern is `{}`, not `{key}`; so written it never matches",
                key.to_ascii_lowercase()
            );
            Diagnostic::new(Severity::Note, self.path, message)
                .at(self.lines.place(sample.origin(at)))
                .wide(key.len() + 2)
        });
        let counted = kinds.into_iter().map(|(_, mut diagnostic, more)| {
            if more > 0 {
                diagnostic
                    .message
                    .push_str(&format!(" ({more} more of this kind in the block)"));
            }
            diagnostic
        });
        counted.chain(misspelt).collect()
    }

    /// A warning at the first key of an event that is not looked into.
    fn unread(&self, sample: &Sample<'_>) -> Option<Diagnostic> {
        let detail = sample.node.get("detail")?;
        let mut far = None;
        walk(detail, "", &mut |path, member| {
            if path.len() > MAX_PATH && far.is_none() {
                far = Some(member.key_span.start);
            }
        });
        let at = self.lines.place(sample.origin(far?));
        let message = format!(
            "the path of this key has more than {MAX_PATH} bytes; what lies in it is not read"
        );
        Some(Diagnostic::warning(self.path, message).at(at))
    }

    fn evidence(
        &self,
        page: &Page,
        samples: &[Sample<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, PageEvidence> {
        let mut evidence: BTreeMap<String, PageEvidence> = BTreeMap::new();
        let mut source_of: BTreeMap<String, String> = BTreeMap::new();
        let empty = self.empty_evidence(page); // the page's revision is worked out once
        for sample in samples {
            for source in sources(sample) {
                if !is_source(&source) {
                    let message = format!(
                        "`{source}` is no event source that a folder could be named after; the block is passed over"
                    );
                    diagnostics.push(
                        Diagnostic::warning(self.path, message).at(self.lines.place(sample.at())),
                    );
                    continue;
                }
                for detail_type in &sample.detail_types {
                    source_of.insert(detail_type.clone(), source.clone());
                }
                let page = evidence.entry(source).or_insert_with(|| empty.clone());
                self.keep(sample, page);
            }
        }
        for (name, at) in resolve::listed(page, samples) {
            self.keep_listed(&name, at, samples, &mut evidence);
        }
        let facts = for_each_name(prose::read(page, samples, self.lines), samples);
        for list in facts.values {
            if let Some(page) = source_of
                .get(&list.detail_type)
                .and_then(|source| evidence.get_mut(source))
            {
                page.values.push(list);
            }
        }
        for field in facts.fields {
            if let Some(page) = source_of
                .get(&field.detail_type)
                .and_then(|source| evidence.get_mut(source))
            {
                page.fields.push(field);
            }
        }
        evidence
    }

    /// Keeps a name that a list has, with the source whose samples name others of the list.
    fn keep_listed(
        &self,
        name: &str,
        at: usize,
        samples: &[Sample<'_>],
        evidence: &mut BTreeMap<String, PageEvidence>,
    ) {
        let first = |name: &str| name.split(' ').next().map(str::to_owned);
        let is_of = |sample: &&Sample<'_>| {
            let mut named = sample.detail_types.iter().chain(&sample.marked);
            named.any(|other| first(other) == first(name))
        };
        let sources_of = samples.iter().filter(is_of).flat_map(sources);
        let only: BTreeSet<String> = sources_of.collect();
        if let [source] = &Vec::from_iter(only)[..]
            && let Some(page) = evidence.get_mut(source)
        {
            page.names
                .push((name.to_owned(), self.lines.place(at).line));
        }
    }

    fn empty_evidence(&self, page: &Page) -> PageEvidence {
        let name = Path::new(self.path)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        PageEvidence {
            page: name.unwrap_or_else(|| self.path.to_owned()),
            format: page.format.name().to_owned(),
            revision: revision(self.text),
            events: Vec::new(),
            patterns: Vec::new(),
            values: Vec::new(),
            fields: Vec::new(),
            names: Vec::new(),
        }
    }

    fn keep(&self, sample: &Sample<'_>, page: &mut PageEvidence) {
        let line = self.lines.place(sample.at()).line;
        let repairs = self.repairs(sample).into_iter().map(|repair| RepairNote {
            kind: repair.kind.name().to_owned(),
            line: repair.place.line,
            column: repair.place.column,
        });
        let repairs = repairs.collect();
        match sample.kind {
            SampleKind::Event => {
                let event = EventSample {
                    line,
                    detail_type: String::new(),
                    lines: self.key_lines(sample),
                    placeholders: placeholders(&sample.node),
                    repairs,
                    event: match has_placeholder(&sample.node) {
                        true => Arc::new(without_placeholders(&sample.node)),
                        false => Arc::clone(&sample.node),
                    },
                };
                let named = sample.detail_types.iter().cloned();
                page.events.extend(named.map(|detail_type| EventSample {
                    detail_type,
                    ..event.clone()
                }));
            }
            SampleKind::Pattern => page.patterns.push(PatternSample {
                line,
                detail_types: sample.detail_types.clone(),
                marked: sample.marked.clone(),
                repairs,
                pattern: without_placeholders(&sample.node),
            }),
            SampleKind::Other => {}
        }
    }

    fn key_lines(&self, sample: &Sample<'_>) -> Vec<usize> {
        let mut lines = Vec::new();
        each_member(&sample.node, &mut |member| {
            lines.push(self.lines.place(sample.origin(member.key_span.start)).line);
        });
        lines
    }
}

/// What prose says of a sample holds for each of its names.
fn for_each_name(mut facts: prose::Facts, samples: &[Sample<'_>]) -> prose::Facts {
    for sample in samples
        .iter()
        .filter(|sample| sample.kind == SampleKind::Event)
    {
        let [first, others @ ..] = &sample.detail_types[..] else {
            continue;
        };
        for other in others {
            let values = facts
                .values
                .iter()
                .filter(|list| list.detail_type == *first);
            let values = values.cloned().map(|list| ValueList {
                detail_type: other.clone(),
                ..list
            });
            let values: Vec<ValueList> = values.collect();
            facts.values.extend(values);
            let fields = facts
                .fields
                .iter()
                .filter(|field| field.detail_type == *first);
            let fields = fields.cloned().map(|field| ProseField {
                detail_type: other.clone(),
                ..field
            });
            let fields: Vec<ProseField> = fields.collect();
            facts.fields.extend(fields);
        }
    }
    facts
}

/// The event sources of a block.
fn sources(sample: &Sample<'_>) -> Vec<String> {
    let Some(source) = sample.node.get("source") else {
        return Vec::new();
    };
    match sample.kind {
        SampleKind::Event => source.as_str().map(str::to_owned).into_iter().collect(),
        SampleKind::Pattern => source
            .items()
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        SampleKind::Other => Vec::new(),
    }
}

/// Keys of a pattern whose case is wrong.
fn misspelt_keys<'s>(sample: &'s Sample<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    let members = if sample.kind == SampleKind::Pattern {
        sample.node.members()
    } else {
        &[]
    };
    let odd = members
        .iter()
        .filter(|member| member.key.contains(|c: char| c.is_ascii_uppercase()));
    odd.map(|member| (member.key_span.start, member.key.as_str()))
}

/// The paths below `detail` where a bare word stands for a value.
fn placeholders(event: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(detail) = event.get("detail") {
        walk(detail, "", &mut |path, member| {
            note_placeholder(path, &member.node, &mut paths)
        });
    }
    paths.sort();
    paths.dedup();
    paths
}

fn note_placeholder(path: &str, node: &Node, paths: &mut Vec<String>) {
    match &node.value {
        Value::Placeholder(_) => paths.push(path.to_owned()),
        Value::Array(items) => items
            .iter()
            .for_each(|item| note_placeholder(&format!("{path}[]"), item, paths)),
        _ => {}
    }
}

fn has_placeholder(node: &Node) -> bool {
    let members = node.members().iter().map(|member| &member.node);
    matches!(node.value, Value::Placeholder(_))
        || node.items().iter().chain(members).any(has_placeholder)
}

/// The same JSON with a string for each placeholder.
fn without_placeholders(node: &Node) -> Node {
    let value = match &node.value {
        Value::Placeholder(word) => Value::String(word.clone()),
        Value::Array(items) => Value::Array(items.iter().map(without_placeholders).collect()),
        Value::Object(members) => {
            let plain =
                |member: &eventbridge_catalog::json::Member| eventbridge_catalog::json::Member {
                    node: without_placeholders(&member.node),
                    ..member.clone()
                };
            Value::Object(members.iter().map(plain).collect())
        }
        other => other.clone(),
    };
    Node::new(value)
}
