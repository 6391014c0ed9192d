//! The samples of a page come in, and what its prose adds; what is kept of them goes out, by event source.

use super::Reader;
use super::placeholders::{has_placeholder, placeholders, without_placeholders};
use crate::evidence::history::History;
use crate::evidence::page::{
    EventSample, PageEvidence, PatternSample, ProseField, RepairNote, ValueList,
};
use crate::names::is_source;
use crate::origins::sources;
use crate::page::Page;
use crate::sample::{Sample, SampleKind, each_member};
use crate::{prose, resolve};
use eventbridge_catalog::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Reader<'_> {
    fn no_source(&self, source: &str, sample: &Sample<'_>) -> Diagnostic {
        let message = format!(
            "`{source}` is no event source that a folder could be named after; the block is passed over"
        );
        Diagnostic::warning(self.path, message).at(self.lines.place(sample.at()))
    }

    /// What the samples of a page and its prose say of each event source.
    pub(super) fn evidence(
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
                    diagnostics.push(self.no_source(&source, sample));
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
        let doubtful = facts.doubtful.into_iter();
        diagnostics.extend(doubtful.map(|(at, message)| {
            Diagnostic::warning(self.path, message)
                .at(self.lines.place(at))
                .help("say what the values are in corrections.json, if they are")
        }));

        for list in facts.values {
            let source = source_of.get(&list.detail_type);
            if let Some(page) = source.and_then(|source| evidence.get_mut(source)) {
                page.values.push(list);
            }
        }
        for field in facts.fields {
            let source = source_of.get(&field.detail_type);
            if let Some(page) = source.and_then(|source| evidence.get_mut(source)) {
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
        PageEvidence {
            page: super::file_name(self.path),
            format: page.format.name().to_owned(),
            revision: self.revision.clone(),
            language: self.language.clone(),
            date: None,
            history: History::default(),
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
                    replaced: replaced(sample),
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

/// The paths of values that a reader is to replace, each once.
fn replaced(sample: &Sample<'_>) -> Vec<String> {
    let paths: BTreeSet<&String> = sample.replaced.iter().collect();
    paths.into_iter().cloned().collect()
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
