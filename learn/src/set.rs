//! All evidence comes in; what has to change in the schema set goes out.

use super::definitions::Definitions;
use super::descriptions::Descriptions;
use super::evidence::page::PageEvidence;
use super::evidence::{BySource, SourceEvidence};
use super::gather::kept_evidence;
use super::join::event::EventKnowledge;
use super::knowledge::SourceKnowledge;
use super::learned::{Learned, LearnedEvent, SchemaChange};
use super::naming::{KeptNames, Naming};
use super::texts::{self, SourceTexts};
use super::{schema, strangers};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Change, Ours};
use eventbridge_catalog::json;
use eventbridge_catalog::schema_set::{self, WRITTEN};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of each event, by source.
pub(super) fn joined(
    schemas: &Path,
) -> Result<BTreeMap<String, BTreeMap<String, EventKnowledge>>, Vec<Diagnostic>> {
    let mut known = BTreeMap::new();
    for (source, evidence) in kept_evidence(schemas)? {
        let events =
            SourceKnowledge::of(&schemas.join(schema_set::folder(&source)), &evidence)?.events;
        known.insert(source, events);
    }
    Ok(known)
}

/// What is known of each source; what is wrong with what people say of one is told, and it is left as it is.
pub(super) fn known(
    schemas: &Path,
    evidence: &BySource,
    learned: &mut Learned,
) -> BTreeMap<String, SourceKnowledge> {
    let mut all = BTreeMap::new();
    for (source, evidence) in evidence {
        match SourceKnowledge::of(&schemas.join(schema_set::folder(source)), evidence) {
            Ok(known) => drop(all.insert(source.clone(), known)),
            Err(problems) => learned.diagnostics.extend(problems),
        }
    }
    all
}

/// The evidence of a source as it is kept, by its names.
fn kept_texts(evidence: &SourceEvidence, said: &SourceTexts) -> Vec<(String, String)> {
    let pages = evidence.pages.values().filter(|page| !page.is_empty());
    let pages = pages.map(|page| (page.page.as_str(), page.write()));
    let shapes = evidence.shapes.values();
    let shapes = shapes.map(|shapes| (shapes.name.as_str(), shapes.write()));
    let said = (!said.is_empty()).then(|| (texts::saved::KIND, said.write()));
    let all = pages.chain(shapes).chain(said);
    all.map(|(name, text)| (name.to_owned(), text)).collect()
}

fn kept_twice(source: &str, name: &str, file: &str) -> Diagnostic {
    let folder = schema_set::folder(source);
    let message = format!("two pieces of evidence would be kept in {folder}/{file}");
    Diagnostic::error(name, message).help("evidence is kept by name: rename one of them")
}

/// Derives the schemas of a source from all that is known of it, and compares them with its folder.
pub(super) fn learn_source(
    schemas: &Path,
    (source, evidence): (&str, &SourceEvidence),
    known: SourceKnowledge,
    naming: &Naming,
    learned: &mut Learned,
) {
    let folder = schemas.join(schema_set::folder(source));
    learned.diagnostics.extend(known.diagnostics);
    let events = known.events;

    let names = naming.events(source);
    let mut descriptions = known.descriptions;
    let said = (&mut descriptions, &known.texts);
    let (mut wanted, renamed) = schema_texts(source, &events, &names, naming.kept(source), said);
    learned.diagnostics.extend(renamed);
    learned.diagnostics.extend(descriptions.stale());
    let kept = kept_texts(evidence, &known.texts).into_iter();
    for (name, text) in kept.chain(known.apis) {
        let file = sample_file(&name);
        if wanted.insert(file.clone(), text).is_some() {
            learned.diagnostics.push(kept_twice(source, &name, &file));
        }
    }
    let ours = Ours {
        folders: &[""],
        may_be: &is_derived,
        is: &|path, text| strangers::is_ours(path, text, wanted.contains_key(path)),
    };
    match files::compare(&folder, &wanted, &ours) {
        Ok(compared) => {
            let strangers = strangers::told(&folder, &wanted, events.keys());
            learned.diagnostics.extend(strangers);
            let leftovers = compared.leftovers.into_iter();
            learned
                .leftovers
                .extend(leftovers.map(|path| format!("{}/{path}", schema_set::folder(source))));
            tell(source, &names, compared.changes, learned);
        }
        Err(problems) => learned.diagnostics.extend(problems),
    }
}

fn schema_texts(
    source: &str,
    events: &BTreeMap<String, EventKnowledge>,
    names: &BTreeMap<&str, String>,
    kept: &KeptNames,
    (descriptions, taken): (&mut Descriptions, &SourceTexts),
) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let keys = schema::known_keys(events.values());
    let (mut texts, mut renamed) = (BTreeMap::new(), Vec::new());
    for (detail_type, event) in events {
        let Some(name) = names.get(detail_type.as_str()) else {
            continue;
        };
        let definitions = Definitions::find(name, event, kept.definitions(detail_type));
        let file = schema_file(name);
        renamed.extend(definitions.renamed.iter().map(|(path, old, new)| {
            let message = format!(
                "the type of `{path}` in `{detail_type}` was called {old} and is called {new} now: a breaking change"
            );
            Diagnostic::warning(format!("{}/{file}", schema_set::folder(source)), message)
        }));
        let meaning = descriptions.meaning(detail_type, &definitions, taken);
        let parts = (&definitions, &meaning);
        let schema = schema::schema_of(source, detail_type, event, parts, &keys);
        texts.insert(file, json::write(&schema));
    }
    (texts, renamed)
}

fn schema_file(name: &str) -> String {
    format!("{name}.json")
}

/// Which files of a source's folder follow from evidence: all but those that people write.
fn is_derived(path: &str) -> bool {
    let schema_or_sample = !path.contains('/') || path.starts_with("samples/");
    path.ends_with(".json") && !WRITTEN.contains(&path) && schema_or_sample
}

/// Adds to what was learned what became of a source's events and which files have to change.
fn tell(source: &str, names: &BTreeMap<&str, String>, changes: Vec<Change>, learned: &mut Learned) {
    let changed: BTreeMap<&str, &Change> = changes
        .iter()
        .map(|change| (change.path.as_str(), change))
        .collect();
    learned
        .events
        .extend(names.iter().map(|(detail_type, name)| {
            let file = schema_file(name);
            learned_event(
                source,
                detail_type,
                &file,
                changed.get(file.as_str()).copied(),
            )
        }));
    learned.events.extend(
        changes
            .iter()
            .filter_map(|change| removed_event(source, change)),
    );
    // Evidence first: whatever comes between, the schemas can be derived from it.
    let (evidence, derived): (Vec<_>, Vec<_>) = changes
        .into_iter()
        .partition(|change| change.path.contains('/'));
    let in_order = evidence.into_iter().chain(derived);
    learned.changes.extend(in_order.map(|change| Change {
        path: format!("{}/{}", schema_set::folder(source), change.path),
        ..change
    }));
}

/// The edition of a page that a set holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPage {
    /// `sha256:` of its bytes.
    pub revision: String,
    /// When it was what the page said, where somebody said so.
    pub date: Option<String>,
}

/// The newest edition of a page of this name that a set holds.
pub fn held_page(schemas: &Path, name: &str) -> Option<HeldPage> {
    let file = sample_file(name);
    let folders = schema_set::sources(schemas).ok()?;
    folders.iter().find_map(|(_, folder)| {
        let text = std::fs::read_to_string(folder.join(&file)).ok()?;
        let page = PageEvidence::read(&text).ok()?;
        Some(HeldPage {
            revision: page.revision,
            date: page.date,
        })
    })
}

/// Whether a set keeps a page of this name.
pub fn knows_page(schemas: &Path, name: &str) -> bool {
    let folders = schema_set::sources(schemas).unwrap_or_default();
    let file = sample_file(name);
    folders
        .iter()
        .any(|(_, folder)| folder.join(&file).is_file())
}

/// The file of a piece of evidence.
fn sample_file(name: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let safe: String = name
        .chars()
        .map(|c| if is_safe(c) { c } else { '_' })
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
        schema: format!("{}/{file}", schema_set::folder(source)),
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
        schema: format!("{}/{}", schema_set::folder(source), change.path),
        change: SchemaChange::Removed,
    })
}
