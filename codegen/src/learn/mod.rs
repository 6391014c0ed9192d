//! Evidence comes in (documentation pages), schemas go out.
//!
//! The stages, in the order data flows: [`page`] → [`sample`] and [`prose`] → [`reading`] → [`evidence`]
//! (kept in `samples/`) → [`shape`] → [`join`] with [`corrections`] → `parts` → [`schema`].

pub mod corrections;
pub mod evidence;
mod instant;
pub mod join;
mod names;
pub mod page;
mod parts;
pub mod prose;
pub mod reading;
pub mod sample;
pub mod schema;
pub mod shape;

use crate::catalog::{self, CORRECTIONS};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::{self, Change};
use crate::json;
use crate::text::Place;
use corrections::{Corrections, CorrectionsFile};
use evidence::PageEvidence;
use reading::Reading;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What learning makes of a schema set, before anything is written.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// Every event of the sources learned, sorted.
    pub events: Vec<LearnedEvent>,
    /// What a person should look at. With an error among them, nothing is to be written.
    pub diagnostics: Vec<Diagnostic>,
    /// What has to change below the schema folder.
    pub changes: Vec<Change>,
}

/// An event, and what became of its schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LearnedEvent {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
    /// The schema's path below the schema folder.
    pub schema: String,
    /// What became of it.
    pub change: SchemaChange,
}

/// What became of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaChange {
    /// It is new.
    Added,
    /// It differs.
    Changed,
    /// It is as it was.
    Unchanged,
    /// No evidence speaks of it any more.
    Removed,
}

impl SchemaChange {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            SchemaChange::Added => "added",
            SchemaChange::Changed => "changed",
            SchemaChange::Unchanged => "unchanged",
            SchemaChange::Removed => "removed",
        }
    }
}

impl Learned {
    /// Whether nothing speaks against writing.
    pub fn is_sound(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// Learns pages into a schema set: their evidence joins, or replaces, what the set holds of pages of the
/// same name; samples and corrections give the schemas. Without pages, the set is derived anew from the
/// evidence it holds. Nothing is written: see [`files::apply`].
pub fn learn(schemas: &Path, readings: &[Reading]) -> Learned {
    let mut learned = Learned::default();
    let mut pages = match kept_evidence(schemas) {
        Ok(pages) => pages,
        Err(problems) => {
            learned.diagnostics = problems;
            return learned;
        }
    };
    learned
        .diagnostics
        .extend(add_readings(&mut pages, readings));
    for (source, pages) in &pages {
        learn_source(schemas, source, pages, &mut learned);
    }
    learned.events.sort();
    learned
}

type BySource = BTreeMap<String, BTreeMap<String, PageEvidence>>;

/// The evidence that a schema set holds, by source and page.
fn kept_evidence(schemas: &Path) -> Result<BySource, Vec<Diagnostic>> {
    let mut pages = BySource::new();
    let mut problems = Vec::new();
    if !schemas.exists() {
        return Ok(pages);
    }
    for (source, folder) in catalog::sources(schemas).map_err(|problem| vec![problem])? {
        let samples = folder.join("samples");
        if !samples.is_dir() {
            continue; // schemas written by hand
        }
        let known = pages.entry(source).or_default();
        for file in catalog::schema_files(&samples).map_err(|problem| vec![problem])? {
            match read_evidence(&file) {
                Ok(page) => drop(known.insert(page.page.clone(), page)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() {
        Ok(pages)
    } else {
        Err(problems)
    }
}

fn read_evidence(file: &Path) -> Result<PageEvidence, Diagnostic> {
    let path = catalog::shown(file);
    let text = std::fs::read_to_string(file)
        .map_err(|error| Diagnostic::error(&path, format!("cannot be read: {error}")))?;
    PageEvidence::read(&text).map_err(|error| misread(&path, &error).help("learn its page again"))
}

fn misread(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place {
        line: error.line().max(1),
        column: error.column().max(1),
    };
    Diagnostic::error(path, error.to_string()).at(place)
}

/// A page replaces all that pages of its name said before, in every source.
fn add_readings(pages: &mut BySource, readings: &[Reading]) -> Vec<Diagnostic> {
    let mut names: BTreeMap<&str, &Reading> = BTreeMap::new();
    let mut problems = Vec::new();
    for reading in readings {
        for (source, page) in &reading.evidence {
            match names.insert(&page.page, reading) {
                Some(other)
                    if other
                        .evidence
                        .values()
                        .any(|known| known.revision != page.revision) =>
                {
                    let message =
                        format!("{} has the same file name and other content", other.path);
                    problems.push(
                        Diagnostic::error(&reading.path, message)
                            .help("evidence is kept by file name: rename one of them"),
                    );
                }
                None => pages
                    .values_mut()
                    .for_each(|known| drop(known.remove(&page.page))),
                Some(_) => {}
            }
            pages
                .entry(source.clone())
                .or_default()
                .insert(page.page.clone(), page.clone());
        }
    }
    problems
}

fn learn_source(
    schemas: &Path,
    source: &str,
    pages: &BTreeMap<String, PageEvidence>,
    learned: &mut Learned,
) {
    let folder = schemas.join(source);
    let file = folder.join(CORRECTIONS);
    let (mut corrections, text) = match read_corrections(&file) {
        Ok(corrections) => corrections,
        Err(problem) => return learned.diagnostics.push(problem),
    };
    let pages: Vec<PageEvidence> = pages.values().cloned().collect();
    let (events, doubts) = join::join(&pages, &mut corrections);
    learned.diagnostics.extend(doubts.into_iter().map(|doubt| {
        let place = Place {
            line: doubt.site.line,
            column: 1,
        };
        let help = format!("say what the values are in {}", catalog::shown(&file));
        Diagnostic::warning(doubt.site.page, doubt.message)
            .at(place)
            .help(help)
    }));
    learned
        .diagnostics
        .extend(corrections.unapplied(&catalog::shown(&file), &text, &pages));

    let names = names::event_names(source, events.keys().map(String::as_str));
    let keys = schema::known_keys(events.values());
    let mut wanted = BTreeMap::new();
    for (detail_type, event) in &events {
        let name = &names[detail_type.as_str()];
        let schema = schema::schema(source, detail_type, name, event, &keys);
        wanted.insert(format!("{name}.json"), json::write(&schema));
    }
    let by_schema: BTreeMap<String, &str> = names
        .iter()
        .map(|(ty, name)| (format!("{name}.json"), *ty))
        .collect();
    let schema_files: BTreeSet<String> = wanted.keys().cloned().collect();
    wanted.extend(
        pages
            .iter()
            .filter(|page| !page.is_empty())
            .map(|page| (sample_file(&page.page), page.write())),
    );
    let owns = |path: &str| {
        path.ends_with(".json")
            && path != CORRECTIONS
            && (!path.contains('/') || path.starts_with("samples/"))
    };
    match files::compare(&folder, &wanted, &owns) {
        Ok(changes) => {
            let changed: BTreeMap<&str, &Change> = changes
                .iter()
                .map(|change| (change.path.as_str(), change))
                .collect();
            learned.events.extend(schema_files.iter().map(|file| {
                let change = changed.get(file.as_str()).copied();
                learned_event(source, by_schema[file], file, change)
            }));
            learned.events.extend(
                changes
                    .iter()
                    .filter_map(|change| removed_event(source, change)),
            );
            learned
                .changes
                .extend(changes.into_iter().map(|change| Change {
                    path: format!("{source}/{}", change.path),
                    ..change
                }));
        }
        Err(error) => learned.diagnostics.push(Diagnostic::error(
            catalog::shown(&folder),
            format!("cannot be read: {error}"),
        )),
    }
}

fn sample_file(page: &str) -> String {
    let safe: String = page
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("samples/{safe}.json")
}

fn learned_event(
    source: &str,
    detail_type: &str,
    file: &str,
    change: Option<&Change>,
) -> LearnedEvent {
    let change = match change {
        None => SchemaChange::Unchanged,
        Some(Change { old: None, .. }) => SchemaChange::Added,
        Some(_) => SchemaChange::Changed,
    };
    LearnedEvent {
        source: source.to_owned(),
        detail_type: detail_type.to_owned(),
        schema: format!("{source}/{file}"),
        change,
    }
}

fn removed_event(source: &str, change: &Change) -> Option<LearnedEvent> {
    let old = change
        .old
        .as_ref()
        .filter(|_| change.new.is_none() && !change.path.contains('/'))?;
    let detail_type = json::read_strict(old)
        .ok()?
        .get("title")?
        .as_str()?
        .to_owned();
    Some(LearnedEvent {
        source: source.to_owned(),
        detail_type,
        schema: format!("{source}/{}", change.path),
        change: SchemaChange::Removed,
    })
}

fn read_corrections(file: &Path) -> Result<(Corrections, String), Diagnostic> {
    let path = catalog::shown(file);
    match std::fs::read_to_string(file) {
        Ok(text) => {
            let parsed: CorrectionsFile =
                serde_json::from_str(&text).map_err(|error| misread(&path, &error))?;
            Ok((Corrections::new(parsed), text))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok((Corrections::default(), String::new()))
        }
        Err(error) => Err(Diagnostic::error(path, format!("cannot be read: {error}"))),
    }
}
