//! The evidence that a schema set holds and what was read anew come in; what has to change in the set goes
//! out.

use super::api_model::ApiModel;
use super::api_model::mirrors::Mirrors;
use super::evidence::PageEvidence;
use super::join::{Event, SourceEvidence};
use super::known::{Known, misread, read_mirrors};
use super::learned::{Learned, LearnedEvent, Piece, SchemaChange};
use super::naming::{Kept, Naming};
use super::parts::Parts;
use super::reading::Reading;
use super::told::Told;
use super::{schema, strangers};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::{self, Change, Ours};
use eventbridge_catalog::json;
use eventbridge_catalog::schema_set::{self, MIRRORS, WRITTEN};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The name of what is kept of the API model.
const API: &str = "api";

/// Evidence by source.
pub(super) type BySource = BTreeMap<String, SourceEvidence>;

/// The evidence that a schema set holds, by source and page.
pub(super) fn kept_evidence(schemas: &Path) -> Result<BySource, Vec<Diagnostic>> {
    let mut kept = BySource::new();
    let mut problems = Vec::new();
    if !schemas.exists() {
        return Ok(kept);
    }
    for (source, folder) in schema_set::sources(schemas).map_err(|problem| vec![problem])? {
        let samples = folder.join("samples");
        if !samples.is_dir() {
            continue; // schemas written by hand
        }
        let known = kept.entry(source).or_default();
        for file in schema_set::schema_files(&samples).map_err(|problem| vec![problem])? {
            if let Err(problem) = keep_file(known, &file) {
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() {
        Ok(kept)
    } else {
        Err(problems)
    }
}

fn keep_file(known: &mut SourceEvidence, file: &Path) -> Result<(), Diagnostic> {
    let path = schema_set::shown(file);
    let text = std::fs::read_to_string(file)
        .map_err(|error| Diagnostic::error(&path, format!("cannot be read: {error}")))?;
    let unread = |error: serde_json::Error| misread(&path, &error).help("learn its evidence again");
    if strangers::is_other_json(&text) {
        return Ok(()); // told where the folder is compared
    }
    if ApiModel::is_saved(&text) {
        known.api = Some(ApiModel::restore(&path, &text).map_err(unread)?);
    } else if Told::is_told(&text) {
        known.keep_told(Told::read(&text).map_err(unread)?);
    } else {
        known.keep_page(PageEvidence::read(&text).map_err(unread)?);
    }
    Ok(())
}

/// A page or a document replaces all that those of its name said before, in every source; deliveries add up.
/// A model goes to the sources whose `mirrors.json` asks for it.
pub(super) fn add_pieces(
    schemas: &Path,
    evidence: &mut BySource,
    pieces: &[Piece],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut models: BTreeMap<&str, &ApiModel> = BTreeMap::new();
    let mut pages: BTreeMap<&str, &Reading> = BTreeMap::new();
    let mut documents: BTreeMap<&str, &Told> = BTreeMap::new();
    let speakers = Speakers::of(evidence);
    let mut mirrors = None;
    for piece in pieces {
        match piece {
            Piece::Page(reading) => {
                problems.extend(add_page(evidence, &speakers, reading, &mut pages));
            }
            Piece::Told(told) => {
                problems.extend(add_told(evidence, &speakers, told, &mut documents));
            }
            Piece::Api(model) => problems.extend(match models.insert(&model.service, model) {
                Some(other) if other.revision != model.revision => Some(same_service(model, other)),
                _ => match mirrors.get_or_insert_with(|| all_mirrors(schemas)) {
                    Ok(mirrors) => add_model(mirrors, evidence, model),
                    Err(problem) => Some(problem.clone()),
                },
            }),
        }
    }
    problems
}

/// The sources of which each page and document of the set spoke before anything was added: what one says
/// anew takes the place of it all, and few speak of more than one source.
struct Speakers {
    pages: HashMap<String, Vec<String>>,
    told: HashMap<String, Vec<String>>,
}

impl Speakers {
    fn of(evidence: &BySource) -> Speakers {
        let (mut pages, mut told) = (HashMap::new(), HashMap::new());
        for (source, known) in evidence {
            note(&mut pages, known.pages.keys(), source);
            note(&mut told, known.told.keys(), source);
        }
        Speakers { pages, told }
    }
}

fn note<'n>(
    speakers: &mut HashMap<String, Vec<String>>,
    names: impl Iterator<Item = &'n String>,
    source: &str,
) {
    for name in names {
        let sources: &mut Vec<String> = speakers.entry(name.clone()).or_default();
        sources.push(source.to_owned());
    }
}

fn add_page<'r>(
    evidence: &mut BySource,
    speakers: &Speakers,
    reading: &'r Reading,
    names: &mut BTreeMap<&'r str, &'r Reading>,
) -> Option<Diagnostic> {
    let (_, first) = reading.evidence.first_key_value()?; // all of it has one name and one revision
    let other = names.insert(&first.page, reading);
    if other.is_none() {
        for source in speakers.pages.get(&first.page).into_iter().flatten() {
            let known = evidence.get_mut(source);
            known.map(|known| known.pages.remove(&first.page));
        }
    }
    for (source, page) in &reading.evidence {
        let known = evidence.entry(source.clone()).or_default();
        known.keep_page(page.clone());
    }
    let revision = |reading: &Reading| {
        let first = reading.evidence.first_key_value();
        first.map(|(_, page)| page.revision.clone())
    };
    let other = other.filter(|other| revision(other) != revision(reading))?;
    Some(same_name(&reading.path, &other.path))
}

fn add_told<'r>(
    evidence: &mut BySource,
    speakers: &Speakers,
    told: &'r Told,
    names: &mut BTreeMap<&'r str, &'r Told>,
) -> Option<Diagnostic> {
    if told.revision.is_some() {
        match names.insert(&told.name, told) {
            Some(other) if other.revision != told.revision => {
                return Some(same_name(&told.name, &other.name));
            }
            _ => {}
        }
        for source in speakers.told.get(&told.name).into_iter().flatten() {
            let known = evidence.get_mut(source);
            known.map(|known| known.told.remove(&told.name));
        }
    }
    for source in told.shapes.keys() {
        let known = evidence.entry(source.clone()).or_default();
        known.keep_told(told.of_source(source));
    }
    None
}

/// What each source of a set mirrors, if it does.
fn all_mirrors(schemas: &Path) -> Result<Vec<(String, Mirrors)>, Diagnostic> {
    let mut all = Vec::new();
    if schemas.exists() {
        for (source, folder) in schema_set::sources(schemas)? {
            all.extend(read_mirrors(&folder)?.map(|mirrors| (source, mirrors)));
        }
    }
    Ok(all)
}

fn add_model(
    mirrors: &[(String, Mirrors)],
    evidence: &mut BySource,
    model: &ApiModel,
) -> Option<Diagnostic> {
    let (asked, others): (Vec<_>, Vec<_>) = mirrors
        .iter()
        .partition(|(_, mirrors)| mirrors.file.service == model.service);
    for (source, _) in &asked {
        evidence.entry(source.clone()).or_default().api = Some(model.clone());
    }
    let wanted: Vec<String> = others.iter().map(|(_, other)| other.wanted()).collect();
    let message = format!(
        "is the API model of {}, and no {MIRRORS} asks for it",
        model.service
    );
    let help = match wanted.is_empty() {
        true => format!(
            "say in <source>/{MIRRORS} which of its shapes the details mirror: {{ \"service\": \"{}\", \"mirrors\": [] }}",
            model.service
        ),
        false => format!("asked for: {}", wanted.join(", ")),
    };
    asked
        .is_empty()
        .then(|| Diagnostic::error(&model.path, message).help(help))
}

fn same_service(model: &ApiModel, other: &ApiModel) -> Diagnostic {
    let message = format!("{} is another model of {}", other.path, model.service);
    Diagnostic::error(&model.path, message).help("learn one of them")
}

fn same_name(path: &str, other: &str) -> Diagnostic {
    Diagnostic::error(path, format!("{other} has the same name and other content"))
        .help("evidence is kept by name: rename one of them")
}

/// What is known of each event, by source.
pub(super) fn joined(
    schemas: &Path,
) -> Result<BTreeMap<String, BTreeMap<String, Event>>, Vec<Diagnostic>> {
    let mut known = BTreeMap::new();
    for (source, evidence) in kept_evidence(schemas)? {
        let events = Known::of(&schemas.join(&source), &evidence)?.events;
        known.insert(source, events);
    }
    Ok(known)
}

/// What is known of each source; what is wrong with what people say of one is told, and it is left as it is.
pub(super) fn known(
    schemas: &Path,
    evidence: &BySource,
    learned: &mut Learned,
) -> BTreeMap<String, Known> {
    let mut all = BTreeMap::new();
    for (source, evidence) in evidence {
        match Known::of(&schemas.join(source), evidence) {
            Ok(known) => drop(all.insert(source.clone(), known)),
            Err(problems) => learned.diagnostics.extend(problems),
        }
    }
    all
}

/// Derives the schemas of a source from all that is known of it, and compares them with its folder.
pub(super) fn learn_source(
    schemas: &Path,
    (source, evidence): (&str, &SourceEvidence),
    known: Known,
    naming: &Naming,
    learned: &mut Learned,
) {
    let folder = schemas.join(source);
    learned.diagnostics.extend(known.diagnostics);
    let events = known.events;

    let names = naming.events(source);
    let (mut wanted, renamed) = schema_texts(source, &events, &names, naming.kept(source));
    learned.diagnostics.extend(renamed);
    let pages = evidence.pages.values().filter(|page| !page.is_empty());
    let pages = pages.map(|page| (page.page.as_str(), page.write()));
    let told = evidence.told.values();
    let told = told.map(|told| (told.name.as_str(), told.write()));
    let api = known.api.map(|api| (API, api.write()));
    for (name, text) in pages.chain(told).chain(api) {
        let file = sample_file(name);
        if wanted.insert(file.clone(), text).is_some() {
            let message = format!("two pieces of evidence would be kept in {source}/{file}");
            let problem = Diagnostic::error(name, message);
            learned
                .diagnostics
                .push(problem.help("evidence is kept by name: rename one of them"));
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
                .extend(leftovers.map(|path| format!("{source}/{path}")));
            tell(source, &names, compared.changes, learned);
        }
        Err(problems) => learned.diagnostics.extend(problems),
    }
}

fn schema_texts(
    source: &str,
    events: &BTreeMap<String, Event>,
    names: &BTreeMap<&str, String>,
    kept: &Kept,
) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let keys = schema::known_keys(events.values());
    let (mut texts, mut renamed) = (BTreeMap::new(), Vec::new());
    for (detail_type, event) in events {
        let Some(name) = names.get(detail_type.as_str()) else {
            continue;
        };
        let parts = Parts::of(name, event, kept.parts(detail_type));
        let file = schema_file(name);
        renamed.extend(parts.renamed.iter().map(|(path, old, new)| {
            let message = format!(
                "the type of `{path}` in `{detail_type}` was called {old} and is called {new} now: a breaking change"
            );
            Diagnostic::warning(format!("{source}/{file}"), message)
        }));
        let schema = schema::schema_of(source, detail_type, event, &parts, &keys);
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
        path: format!("{source}/{}", change.path),
        ..change
    }));
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
