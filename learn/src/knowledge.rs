//! All evidence of a source comes in, and what people say of it in the files of its folder; what is known of
//! each of its events goes out, with what a person should look at.

use super::api_model::mirrors::Mirrors;
use super::api_model::{self, ApiModel};
use super::corrections::{Corrections, CorrectionsFile};
use super::descriptions::Descriptions;
use super::detail_types::DetailTypesFile;
use super::evidence::SourceEvidence;
use super::join::event::EventKnowledge;
use super::join::{self, Doubt};
use super::texts::SourceTexts;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set::{self, CORRECTIONS, DESCRIPTIONS, DETAIL_TYPES, MIRRORS};
use eventbridge_catalog::text::Place;
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of a source.
#[derive(Debug, Default)]
pub(super) struct SourceKnowledge {
    /// Its events by detail-type.
    pub(super) events: BTreeMap<String, EventKnowledge>,
    /// Detail-types of which corrections say that they were a slip, and that nobody has any more.
    pub(super) ended: Vec<String>,
    /// What is kept of the models of its APIs: the name of each file, and its text.
    pub(super) apis: Vec<(String, String)>,
    /// What people say that they mean.
    pub(super) descriptions: Descriptions,
    /// What pages and the models say of them in words.
    pub(super) texts: SourceTexts,
    /// What a person should look at.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl SourceKnowledge {
    /// Joins the evidence of a source, whose folder has what people say of it.
    ///
    /// # Errors
    ///
    /// What is wrong with those files.
    pub(super) fn of(
        folder: &Path,
        evidence: &SourceEvidence,
    ) -> Result<SourceKnowledge, Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let (mut corrections, text) = read_corrections(folder).map_err(one)?;
        let listed = read_listed(folder).map_err(one)?;
        let mirrors = read_mirrors(folder).map_err(one)?;
        let lists = corrections.untranslate(evidence);
        let (mut events, doubts) = join::join(evidence, &lists);
        corrections.retire(&mut events);
        if let Some(listed) = listed.filter(|_| !evidence.is_empty()) {
            listed.apply(&mut events);
        }
        let mut known = SourceKnowledge {
            descriptions: read_descriptions(folder)?,
            texts: evidence.texts.clone(),
            ended: corrections.ended(&events),
            ..SourceKnowledge::default()
        };
        let mut apis = Vec::new();
        for (mirrors, model) in mirrors
            .iter()
            .flat_map(|it| evidence.apis.values().map(move |api| (it, api)))
        {
            let api = model.extract(mirrors)?;
            let problems = api_model::apply::apply(&api, mirrors, &mut events);
            known.diagnostics.extend(problems);
            known.apis.push((api_file(mirrors, &api), api.write()));
            known.descriptions.note_members(&api);
            apis.push(api);
        }
        if !apis.is_empty() {
            known.texts.keep_members(&apis);
        }
        corrections.apply(&mut events);
        known.events = events;
        known.texts.keep_pages(&evidence.pages);

        let file = schema_set::shown(&folder.join(CORRECTIONS));
        let doubts = doubts.into_iter().map(|doubt| doubtful(doubt, &file));
        known.diagnostics.extend(doubts);
        let contradictions = corrections.contradictions(&file, &text);
        known.diagnostics.extend(match contradictions.is_empty() {
            true => corrections.unapplied(&file, &text, evidence),
            false => contradictions,
        });
        Ok(known)
    }
}

/// The name of what is kept of an API model: `api` of the source's own.
fn api_file(mirrors: &Mirrors, api: &ApiModel) -> String {
    match api.service == mirrors.file.service {
        true => API.to_owned(),
        false => format!("{API}@{}", api.service),
    }
}

/// The name of what is kept of the source's own API model.
const API: &str = "api";

fn doubtful(doubt: Doubt, corrections: &str) -> Diagnostic {
    let place = Place {
        line: doubt.site.line.unwrap_or(1),
        column: 1,
    };
    let help = format!("say what the values are in {corrections}");
    Diagnostic::warning(doubt.site.name, doubt.message)
        .at(place)
        .help(help)
}

fn read_corrections(folder: &Path) -> Result<(Corrections, String), Diagnostic> {
    let file = folder.join(CORRECTIONS);
    let Some(text) = schema_set::read_if_there(&file)? else {
        return Ok((Corrections::default(), String::new()));
    };
    let parsed: CorrectionsFile =
        serde_json::from_str(&text).map_err(|error| misread(&schema_set::shown(&file), &error))?;
    Ok((Corrections::new(parsed), text))
}

/// What the details of a source mirror, if its folder says so.
///
/// # Errors
///
/// What is wrong with the file.
pub(super) fn read_mirrors(folder: &Path) -> Result<Option<Mirrors>, Diagnostic> {
    let file = folder.join(MIRRORS);
    let text = schema_set::read_if_there(&file)?;
    text.map(|text| Mirrors::read(&schema_set::shown(&file), text))
        .transpose()
}

fn read_listed(folder: &Path) -> Result<Option<DetailTypesFile>, Diagnostic> {
    let file = folder.join(DETAIL_TYPES);
    let text = schema_set::read_if_there(&file)?;
    text.map(|text| DetailTypesFile::read(&schema_set::shown(&file), &text))
        .transpose()
}

fn read_descriptions(folder: &Path) -> Result<Descriptions, Vec<Diagnostic>> {
    let file = folder.join(DESCRIPTIONS);
    let text = schema_set::read_if_there(&file).map_err(|problem| vec![problem])?;
    let read = text.map(|text| Descriptions::read(&schema_set::shown(&file), text));
    Ok(read.transpose()?.unwrap_or_default())
}

/// A file of the set that is not as it should be.
pub(super) fn misread(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place {
        line: error.line().max(1),
        column: error.column().max(1),
    };
    Diagnostic::error(path, error.to_string()).at(place)
}
