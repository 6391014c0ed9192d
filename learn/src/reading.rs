//! One file of evidence comes in; what was read in it goes out: a report of its blocks, what it says of
//! each event source, and what a person should look at.

use super::evidence::{EventSample, PageEvidence, PatternSample, RepairNote};
use super::names::is_source;
use super::page::{self, Page};
use super::prose;
use super::revision::revision;
use super::sample::{self, Kind, Sample, detail_paths, walk};
use crate::diagnostic::{Diagnostic, Severity};
use crate::json::{Node, RepairKind, Value};
use crate::text::{Lines, Place};
use std::collections::BTreeMap;
use std::path::Path;

/// What was read in one page.
#[derive(Clone, Debug)]
pub struct Reading {
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
    pub kind: Kind,
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
pub fn read(path: &str, text: &str) -> Result<Reading, Diagnostic> {
    if text.trim().is_empty() {
        return Err(Diagnostic::error(path, "is empty").help("fetch the page again"));
    }
    let page = page::read(text);
    let lines = Lines::new(text);
    let samples = sample::find(&page).map_err(|unreadable| {
        Diagnostic::error(path, unreadable.error.message).at(lines.place(unreadable.at))
    })?;
    let reader = Reader {
        path,
        text,
        lines: &lines,
    };
    Ok(reader.reading(&page, &samples))
}

struct Reader<'p> {
    path: &'p str,
    text: &'p str,
    lines: &'p Lines<'p>,
}

impl Reader<'_> {
    fn reading(&self, page: &Page, samples: &[Sample<'_>]) -> Reading {
        let mut diagnostics: Vec<Diagnostic> = samples
            .iter()
            .flat_map(|sample| self.repair_diagnostics(sample))
            .collect();
        let evidence = self.evidence(page, samples, &mut diagnostics);
        if samples.iter().all(|sample| sample.kind == Kind::Other) {
            let help = "is it a page that documents events? samples are JSON with `source` and `detail-type`";
            diagnostics.push(
                Diagnostic::warning(
                    self.path,
                    "no event and no event pattern stands in this page",
                )
                .help(help),
            );
        }
        Reading {
            path: self.path.to_owned(),
            format: page.format.name(),
            blocks: samples.iter().map(|sample| self.block(sample)).collect(),
            evidence,
            diagnostics,
        }
    }

    fn block(&self, sample: &Sample<'_>) -> Block {
        Block {
            line: self.lines.place(sample.at()).line,
            kind: sample.kind,
            detail_types: sample.detail_types.clone(),
            strict: sample.strict,
            repairs: self.repairs(sample),
            fields: if sample.kind == Kind::Event {
                detail_paths(&sample.node)
            } else {
                Vec::new()
            },
        }
    }

    fn repairs(&self, sample: &Sample<'_>) -> Vec<Repaired> {
        let repaired = |repair: &crate::json::Repair| Repaired {
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

    fn evidence(
        &self,
        page: &Page,
        samples: &[Sample<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, PageEvidence> {
        let mut evidence: BTreeMap<String, PageEvidence> = BTreeMap::new();
        let mut source_of: BTreeMap<String, String> = BTreeMap::new();
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
                let page = evidence
                    .entry(source)
                    .or_insert_with(|| self.empty_evidence(page));
                self.keep(sample, page);
            }
        }
        let facts = prose::read(page, samples, self.lines);
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
            Kind::Event => page.events.push(EventSample {
                line,
                detail_type: sample.detail_types[0].clone(),
                lines: self.key_lines(sample),
                placeholders: placeholders(&sample.node),
                repairs,
                event: without_placeholders(&sample.node),
            }),
            Kind::Pattern => page.patterns.push(PatternSample {
                line,
                detail_types: sample.detail_types.clone(),
                repairs,
                pattern: without_placeholders(&sample.node),
            }),
            Kind::Other => {}
        }
    }

    fn key_lines(&self, sample: &Sample<'_>) -> Vec<usize> {
        let mut lines = Vec::new();
        walk(&sample.node, "", &mut |_, member| {
            lines.push(self.lines.place(sample.origin(member.key_span.start)).line);
        });
        lines
    }
}

/// The event sources of a block.
fn sources(sample: &Sample<'_>) -> Vec<String> {
    let Some(source) = sample.node.get("source") else {
        return Vec::new();
    };
    match sample.kind {
        Kind::Event => source.as_str().map(str::to_owned).into_iter().collect(),
        Kind::Pattern => source
            .items()
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        Kind::Other => Vec::new(),
    }
}

/// Keys of a pattern whose case is wrong.
fn misspelt_keys<'s>(sample: &'s Sample<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    let members = if sample.kind == Kind::Pattern {
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

/// The same JSON with a string for each placeholder.
fn without_placeholders(node: &Node) -> Node {
    let value = match &node.value {
        Value::Placeholder(word) => Value::String(word.clone()),
        Value::Array(items) => Value::Array(items.iter().map(without_placeholders).collect()),
        Value::Object(members) => {
            let plain = |member: &crate::json::Member| crate::json::Member {
                node: without_placeholders(&member.node),
                ..member.clone()
            };
            Value::Object(members.iter().map(plain).collect())
        }
        other => other.clone(),
    };
    Node::new(value)
}
