//! Pages that are learned come in, and all evidence that a set holds; it goes out with them, unless they lost something.

use super::same_name;
use crate::editions::{self, Standing};
use crate::evidence::BySource;
use crate::evidence::history::{Edition, History};
use crate::evidence::page::PageEvidence;
use crate::loss::{self, BySourceFacts, Losses};
use crate::reading::PageReport;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is known of a page, by source.
type Known = BTreeMap<String, PageEvidence>;

/// Adds pages, the oldest first, so that each is compared with what was known before it.
pub(super) fn add_pages<'r>(
    evidence: &mut BySource,
    speakers: &mut HashMap<String, Vec<String>>,
    pages: impl Iterator<Item = &'r PageReport>,
    losses: Losses,
) -> Vec<Diagnostic> {
    let mut pages: Vec<&PageReport> = pages.collect();
    pages.sort_by_key(|page| edition(page));
    let mut problems = Vec::new();
    let mut named: BTreeMap<(&str, Option<&str>), &PageReport> = BTreeMap::new();
    for page in pages {
        match named.insert((&page.page, page.date.as_deref()), page) {
            Some(other) if other.revision != page.revision => {
                problems.push(same_name(&page.path, &other.path));
            }
            Some(_) => {}
            None => {
                let sources = speakers.entry(page.page.clone()).or_default();
                problems.extend(add_page(evidence, sources, page, losses));
            }
        }
    }
    problems
}

fn edition(page: &PageReport) -> Edition {
    Edition {
        date: page.date.clone(),
        revision: page.revision.clone(),
    }
}

/// Adds a page to what is known of it in the sources of which it spoke, and to those of which it speaks.
fn add_page(
    evidence: &mut BySource,
    sources: &mut Vec<String>,
    page: &PageReport,
    losses: Losses,
) -> Option<Diagnostic> {
    let known = known_pages(evidence, sources, &page.page);
    let Some(newest) = known.values().next() else {
        begin(evidence, sources, page);
        return None;
    };
    let standing = editions::standing(&newest.edition(), &edition(page));
    if standing == Standing::Undated {
        return Some(undated(page, newest));
    }
    let told = loss::told(
        page,
        newest.language.as_deref(),
        standing,
        (&said(&known), &said(&page.evidence)),
    );
    let told = told.map(|found| match losses {
        Losses::Accepted => accepted(found),
        Losses::Refused => found,
    });
    if told
        .as_ref()
        .is_some_and(|found| found.severity == Severity::Error)
    {
        return told;
    }
    let all: BTreeSet<&String> = known.keys().chain(page.evidence.keys()).collect();
    for source in &all {
        let known = known.get(*source).cloned();
        let learned = page.evidence.get(*source).cloned();
        let joined = editions::with_edition(
            known.unwrap_or_else(|| silent(newest)),
            learned.unwrap_or_else(|| without_events(page, newest)),
            standing,
        );
        let held = evidence.entry((*source).clone()).or_default();
        held.keep_page(joined);
    }
    *sources = all.into_iter().cloned().collect();
    told
}

fn known_pages(evidence: &BySource, sources: &[String], page: &str) -> Known {
    let known = sources.iter().filter_map(|source| {
        let page = evidence.get(source)?.pages.get(page)?;
        Some((source.clone(), page.clone()))
    });
    known.collect()
}

/// What editions say of each source that they speak of.
fn said(pages: &Known) -> BySourceFacts {
    let said = pages
        .iter()
        .map(|(source, page)| (source.clone(), editions::facts(page)));
    said.filter(|(_, facts)| !facts.is_empty()).collect()
}

/// Keeps the first edition of a page.
fn begin(evidence: &mut BySource, sources: &mut Vec<String>, page: &PageReport) {
    for (source, said) in &page.evidence {
        let mut said = said.clone();
        let dated = Some(edition(page)).filter(|edition| edition.date.is_some());
        said.history.editions = dated.into_iter().collect();
        let held = evidence.entry(source.clone()).or_default();
        held.keep_page(said);
        sources.push(source.clone());
    }
}

/// The newest edition, of a source of which it says nothing.
fn silent(newest: &PageEvidence) -> PageEvidence {
    PageEvidence {
        history: History {
            editions: newest.history.editions.clone(),
            ..History::default()
        },
        ..nothing(newest)
    }
}

/// What is learned of a page, of a source of which it says nothing.
fn without_events(page: &PageReport, newest: &PageEvidence) -> PageEvidence {
    PageEvidence {
        format: page.format.to_owned(),
        revision: page.revision.clone(),
        language: page.language.clone(),
        date: page.date.clone(),
        history: History::default(),
        ..nothing(newest)
    }
}

/// A page without what it says.
fn nothing(page: &PageEvidence) -> PageEvidence {
    PageEvidence {
        events: Vec::new(),
        patterns: Vec::new(),
        values: Vec::new(),
        fields: Vec::new(),
        names: Vec::new(),
        ..page.clone()
    }
}

/// What was lost and is learned all the same.
fn accepted(found: Diagnostic) -> Diagnostic {
    match found.severity {
        Severity::Error => Diagnostic {
            severity: Severity::Warning,
            help: Some(
                "learned as --accept-loss says; what it no longer says stays, marked so".to_owned(),
            ),
            ..found
        },
        _ => found,
    }
}

fn undated(page: &PageReport, newest: &PageEvidence) -> Diagnostic {
    let date = newest.date.as_deref().unwrap_or_default();
    let message = format!(
        "the editions of `{}` are kept by their dates, the newest is of {date}, and this has none",
        page.page
    );
    Diagnostic::error(&page.path, message)
        .help("say when it was what the page said: --date 2026-07-31")
}
