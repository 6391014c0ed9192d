//! The evidence that a schema set holds and what was read anew come in; all evidence, by source, goes out.

mod pages;

use super::api_model::ApiModel;
use super::api_model::mirrors::Mirrors;
use super::evidence::saved::SavedEvidence;
use super::evidence::shapes::ShapeEvidence;
use super::evidence::{BySource, SourceEvidence};
use super::knowledge::{misread, read_mirrors};
use super::learned::Evidence;
use super::loss::Losses;
use super::texts::Texts;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set::{self, MIRRORS};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

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
    match SavedEvidence::read(&path, &text).map_err(unread)? {
        None => {} // told where the folder is compared
        Some(SavedEvidence::Page(page)) => known.keep_page(page),
        Some(SavedEvidence::Shapes(shapes)) => known.keep_shapes(shapes),
        Some(SavedEvidence::Texts(texts)) => known.texts = texts,
        Some(SavedEvidence::ApiModel(model)) => {
            known.apis.insert(model.service.clone(), model);
        }
    }
    Ok(())
}

/// A page or a document replaces all that those of its name said before, in every source; deliveries add up.
/// A model goes to the sources whose `mirrors.json` asks for it.
pub(super) fn add_pieces(
    schemas: &Path,
    evidence: &mut BySource,
    pieces: &[Evidence],
    losses: Losses,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut models: BTreeMap<&str, &ApiModel> = BTreeMap::new();
    let mut documents: BTreeMap<&str, &ShapeEvidence> = BTreeMap::new();
    let mut speakers = Speakers::of(evidence);
    let mut mirrors = None;
    for piece in pieces {
        match piece {
            Evidence::Page(_) => {}  // all together, below
            Evidence::Texts(_) => {} // where all evidence is known
            Evidence::Shapes(shapes) => {
                problems.extend(add_shapes(evidence, &speakers, shapes, &mut documents));
            }
            Evidence::ApiModel(model) => {
                problems.extend(match models.insert(&model.service, model) {
                    Some(other) if other.revision != model.revision => {
                        Some(same_service(model, other))
                    }
                    _ => match mirrors.get_or_insert_with(|| all_mirrors(schemas)) {
                        Ok(mirrors) => add_model(mirrors, evidence, model),
                        Err(problem) => Some(problem.clone()),
                    },
                })
            }
        }
    }
    let pages = pieces.iter().filter_map(|piece| match piece {
        Evidence::Page(page) => Some(page),
        _ => None,
    });
    problems.extend(pages::add_pages(
        evidence,
        &mut speakers.pages,
        pages,
        losses,
    ));
    let texts = pieces.iter().filter_map(|piece| match piece {
        Evidence::Texts(texts) => Some(texts),
        _ => None,
    });
    for texts in texts {
        match mirrors.get_or_insert_with(|| all_mirrors(schemas)) {
            Ok(mirrors) => add_texts(mirrors, evidence, texts),
            Err(problem) => problems.push(problem.clone()),
        }
    }
    problems
}

/// What a page or a model says in words takes the place of what it said before.
fn add_texts(mirrors: &[(String, Mirrors)], evidence: &mut BySource, texts: &Texts) {
    match texts {
        Texts::Page(said) => {
            for (source, known) in evidence {
                known.texts.pages.remove(&said.page);
                let events = said.sources.get(source).cloned();
                let events = events.map(|events| (said.page.clone(), events));
                known.texts.pages.extend(events);
            }
        }
        Texts::Model(said) => {
            let asks = |(_, mirrors): &&(String, Mirrors)| mirrors.file.service == said.service;
            for (source, _) in mirrors.iter().filter(asks) {
                if let Some(known) = evidence.get_mut(source) {
                    known.texts.members = said.members.clone();
                }
            }
        }
    }
}

/// The sources of which each page and document of the set spoke before anything was added: what one says
/// anew takes the place of it all, and few speak of more than one source.
struct Speakers {
    pages: HashMap<String, Vec<String>>,
    shapes: HashMap<String, Vec<String>>,
}

impl Speakers {
    fn of(evidence: &BySource) -> Speakers {
        let (mut pages, mut shapes) = (HashMap::new(), HashMap::new());
        for (source, known) in evidence {
            note(&mut pages, known.pages.keys(), source);
            note(&mut shapes, known.shapes.keys(), source);
        }
        Speakers { pages, shapes }
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

fn add_shapes<'r>(
    evidence: &mut BySource,
    speakers: &Speakers,
    shapes: &'r ShapeEvidence,
    names: &mut BTreeMap<&'r str, &'r ShapeEvidence>,
) -> Option<Diagnostic> {
    if shapes.revision.is_some() {
        match names.insert(&shapes.name, shapes) {
            Some(other) if other.revision != shapes.revision => {
                return Some(same_name(&shapes.name, &other.name));
            }
            _ => {}
        }
        for source in speakers.shapes.get(&shapes.name).into_iter().flatten() {
            let known = evidence.get_mut(source);
            known.map(|known| known.shapes.remove(&shapes.name));
        }
    }
    for source in shapes.shapes.keys() {
        let known = evidence.entry(source.clone()).or_default();
        known.keep_shapes(shapes.of_source(source));
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
        .partition(|(_, mirrors)| mirrors.services().contains(model.service.as_str()));
    for (source, _) in &asked {
        let known = evidence.entry(source.clone()).or_default();
        known.apis.insert(model.service.clone(), model.clone());
    }
    let wanted: Vec<String> = others.iter().map(|(_, other)| other.wanted()).collect();
    asked.is_empty().then(|| not_asked_for(model, &wanted))
}

fn not_asked_for(model: &ApiModel, wanted: &[String]) -> Diagnostic {
    let service = &model.service;
    let message = format!("is the API model of {service}, and no {MIRRORS} asks for it");
    let help = match wanted.is_empty() {
        true => format!(
            "say in <source>/{MIRRORS} which of its shapes the details mirror: {{ \"service\": \"{service}\", \"mirrors\": [] }}"
        ),
        false => format!("asked for: {}", wanted.join(", ")),
    };
    Diagnostic::error(&model.path, message).help(help)
}

fn same_service(model: &ApiModel, other: &ApiModel) -> Diagnostic {
    let message = format!("{} is another model of {}", other.path, model.service);
    Diagnostic::error(&model.path, message).help("learn one of them")
}

fn same_name(path: &str, other: &str) -> Diagnostic {
    Diagnostic::error(path, format!("{other} has the same name and other content"))
        .help("evidence is kept by name: rename one of them")
}
