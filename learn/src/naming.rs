//! The schemas that a set has come in, with the detail-types that are known now; what each event is called goes
//! out, and what its parts were called. A name that stands in the set stays, whatever else is learned: what is
//! new goes out of its way.

use super::join::SourceEvidence;
use super::names;
use super::set::BySource;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the schemas of one source call things.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The names of events, by detail-type.
    pub(super) events: BTreeMap<String, String>,
    /// The names of files, in small letters: those of schemas that cannot be read as well.
    pub(super) files: BTreeSet<String>,
    pub(super) parts: BTreeMap<String, PartNames>,
}

/// The names of an event's definitions, by the paths that have them.
pub(super) type PartNames = BTreeMap<String, String>;

impl Kept {
    /// Reads a source's folder. What is wrong with a schema is told by whoever needs it.
    fn of(folder: &Path, source: &str) -> Kept {
        let mut kept = Kept::default();
        let files = schema_set::schema_files(folder).unwrap_or_default();
        for file in files {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            kept.files.insert(stem.to_ascii_lowercase());
            let Ok(Some(event)) = schema_set::read_event(&file, source) else {
                continue;
            };
            let parts = event.definitions.into_iter().flat_map(|part| {
                let name = part.name;
                part.paths.into_iter().map(move |path| (path, name.clone()))
            });
            kept.parts
                .insert(event.detail_type.clone(), parts.collect());
            kept.events.insert(event.detail_type, event.name);
        }
        kept
    }

    /// What the parts of an event are called.
    pub(super) fn parts(&self, detail_type: &str) -> &PartNames {
        static NONE: PartNames = PartNames::new();
        self.parts.get(detail_type).unwrap_or(&NONE)
    }
}

/// The names of all events of a set.
#[derive(Debug, Default)]
pub(super) struct Naming {
    kept: BTreeMap<String, Kept>,
    events: BTreeMap<String, BTreeMap<String, String>>,
}

impl Naming {
    /// Names the events of sources, each with its detail-types. A new name that another source has already, or
    /// gets now, gets its service's before it: packages have one scope for all.
    pub(super) fn of<'d>(
        schemas: &Path,
        known: impl Iterator<Item = (&'d str, Vec<&'d str>)>,
    ) -> Naming {
        let mut naming = Naming::default();
        for (source, folder) in schema_set::sources(schemas).unwrap_or_default() {
            naming
                .kept
                .insert(source.clone(), Kept::of(&folder, &source));
        }
        for (source, detail_types) in known {
            let kept = naming.kept.entry(source.to_owned()).or_default();
            let names = names::event_names(source, detail_types.into_iter(), kept);
            let names = names.into_iter().map(|(ty, name)| (ty.to_owned(), name));
            naming.events.insert(source.to_owned(), names.collect());
        }
        naming.tell_sources_apart();
        naming
    }

    fn tell_sources_apart(&mut self) {
        let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (source, kept) in &self.kept {
            let new = self.events.get(source).into_iter().flatten();
            let new = new.map(|(_, name)| name.to_ascii_lowercase());
            for name in kept.files.iter().cloned().chain(new) {
                owners.entry(name).or_default().insert(source);
            }
        }
        let is_shared = |name: &str| owners.get(name).is_some_and(|owners| owners.len() > 1);
        let mut scope = names::Scope::of(owners.keys().cloned().collect());
        for (source, names) in &mut self.events {
            let kept = self.kept.get(source);
            let stands = |ty: &String| kept.is_some_and(|kept| kept.events.contains_key(ty));
            let new = names.iter_mut().filter(|(ty, _)| !stands(ty));
            for (_, name) in new.filter(|(_, name)| is_shared(&name.to_ascii_lowercase())) {
                let base = schema_set::service_name(source, name);
                *name = scope.claim(&base);
            }
        }
    }

    /// The names of a source's events, by detail-type.
    pub(super) fn events(&self, source: &str) -> BTreeMap<&str, String> {
        let names = self.events.get(source).into_iter().flatten();
        names
            .map(|(ty, name)| (ty.as_str(), name.clone()))
            .collect()
    }

    /// What a source's schemas call things.
    pub(super) fn kept(&self, source: &str) -> &Kept {
        static NONE: Kept = Kept {
            events: BTreeMap::new(),
            files: BTreeSet::new(),
            parts: BTreeMap::new(),
        };
        self.kept.get(source).unwrap_or(&NONE)
    }
}

/// Leaves out new sources that differ from others in case alone: they would share a folder on some systems.
pub(super) fn one_spelling(schemas: &Path, evidence: &mut BySource) -> Vec<Diagnostic> {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let stands = |source: &String| schemas.join(source).is_dir();
    // Those that stand in the set come first, then small letters.
    let mut sources: Vec<&String> = evidence.keys().rev().collect();
    sources.sort_by_key(|source| !stands(source));
    let mut left_out = Vec::new();
    for source in sources {
        match spelled.get(&source.to_ascii_lowercase()) {
            Some(other) if !stands(source) => left_out.push((source.clone(), other.clone())),
            _ => drop(spelled.insert(source.to_ascii_lowercase(), source.clone())),
        }
    }
    let tell = |(source, other): (String, String)| {
        let gone = evidence.remove(&source).unwrap_or_default();
        too_alike(&source, &other, &gone)
    };
    left_out.into_iter().map(tell).collect()
}

fn too_alike(source: &str, other: &str, evidence: &SourceEvidence) -> Diagnostic {
    let message = format!(
        "the event source `{source}` differs from `{other}` in case alone, and their folders would be one where case is not told apart; what it sent is left out"
    );
    let page = evidence.pages.values().next();
    let line = page.and_then(|page| page.events.first().map(|event| event.line));
    let told = evidence.told.keys().next().map(String::as_str);
    let path = page.map(|page| page.page.as_str()).or(told);
    let found = Diagnostic::warning(path.unwrap_or(source), message);
    match line {
        Some(line) => found.at(Place { line, column: 1 }),
        None => found,
    }
}
