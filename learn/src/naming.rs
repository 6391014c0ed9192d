//! The schemas that a set has come in, with the detail-types that are known now; what each event is called goes
//! out, and what its parts were called. A name that stands in the set stays, whatever else is learned: what is
//! new goes out of its way.

use super::evidence::{BySource, SourceEvidence};
use super::names::pascal;
use super::strangers;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::schema_set::{self, device};
use eventbridge_catalog::text::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the schemas of one source call things.
#[derive(Debug, Default)]
pub(super) struct KeptNames {
    /// The names of events, by detail-type.
    pub(super) events: BTreeMap<String, String>,
    /// The names of files, in small letters: those that somebody else wrote as well.
    pub(super) files: BTreeSet<String>,
    pub(super) definitions: BTreeMap<String, DefinitionNames>,
}

/// The names of an event's definitions, by the paths that have them.
pub(super) type DefinitionNames = BTreeMap<String, String>;

impl KeptNames {
    /// Reads a source's folder. What is wrong with a schema is told by whoever needs it. Of files that somebody else
    /// wrote only the names are taken; what we wrote and cannot be read any more is written again.
    fn of(folder: &Path, source: &str) -> KeptNames {
        let mut kept = KeptNames::default();
        let files = schema_set::schema_files(folder).unwrap_or_default();
        for file in files {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let stem = stem.to_ascii_lowercase();
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let ours = text.is_empty() || strangers::is_ours(&stem, &text, true);
            let event = if ours {
                schema_set::read_event(&file, source).ok().flatten()
            } else {
                None
            };
            if event.is_some() || !ours {
                kept.files.insert(stem);
            }
            let Some(event) = event else { continue };
            let definitions = event.definitions.into_iter().flat_map(|definition| {
                let name = definition.name;
                definition
                    .paths
                    .into_iter()
                    .map(move |path| (path, name.clone()))
            });
            kept.definitions
                .insert(event.detail_type.clone(), definitions.collect());
            kept.events.insert(event.detail_type, event.name);
        }
        kept
    }

    /// What the parts of an event are called.
    pub(super) fn definitions(&self, detail_type: &str) -> &DefinitionNames {
        static NONE: DefinitionNames = DefinitionNames::new();
        self.definitions.get(detail_type).unwrap_or(&NONE)
    }
}

/// The names of all events of a set.
#[derive(Debug, Default)]
pub(super) struct Naming {
    kept: BTreeMap<String, KeptNames>,
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
                .insert(source.clone(), KeptNames::of(&folder, &source));
        }
        for (source, detail_types) in known {
            let kept = naming.kept.entry(source.to_owned()).or_default();
            let names = event_names(source, detail_types.into_iter(), kept);
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
        let mut scope = Scope::of(owners.keys().cloned().collect());
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
    pub(super) fn kept(&self, source: &str) -> &KeptNames {
        static NONE: KeptNames = KeptNames {
            events: BTreeMap::new(),
            files: BTreeSet::new(),
            definitions: BTreeMap::new(),
        };
        self.kept.get(source).unwrap_or(&NONE)
    }
}

/// Leaves out new sources that differ from others in case alone: they would share a folder on some systems.
pub(super) fn one_spelling(schemas: &Path, evidence: &mut BySource) -> Vec<Diagnostic> {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let stands = |source: &String| schemas.join(schema_set::folder(source)).is_dir();
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
    let shapes = evidence.shapes.keys().next().map(String::as_str);
    let path = page.map(|page| page.page.as_str()).or(shapes);
    let found = Diagnostic::warning(path.unwrap_or(source), message);
    match line {
        Some(line) => found.at(Place { line, column: 1 }),
        None => found,
    }
}

/// The names of a source's events, by detail-type. The word that names the service is dropped:
/// `SageMaker Training Job State Change` of `aws.sagemaker` is `TrainingJobStateChange`. Where that
/// makes two names equal, both keep it, and a number tells apart what is still equal. A name that stands in
/// the set stays, and is none that a new one can be equal to.
fn event_names<'d>(
    source: &str,
    detail_types: impl Iterator<Item = &'d str>,
    kept: &KeptNames,
) -> BTreeMap<&'d str, String> {
    let types: Vec<&str> = detail_types.collect();
    let (old, new): (Vec<&str>, Vec<&str>) = types
        .into_iter()
        .partition(|ty| kept.events.contains_key(*ty));
    let mut names: BTreeMap<&str, String> = new
        .into_iter()
        .map(|ty| (ty, event_name(source, ty)))
        .collect();
    // File systems and some languages do not tell case apart.
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.values() {
        *uses.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    for (detail_type, name) in &mut names {
        let lower = name.to_ascii_lowercase();
        if uses.get(&lower).is_some_and(|uses| *uses > 1) || kept.files.contains(&lower) {
            *name = joined_words(detail_type.split(' '));
        }
    }
    let mut scope = Scope::of(kept.files.clone());
    for name in names.values_mut() {
        *name = scope.claim(name);
    }
    let old = old
        .into_iter()
        .filter_map(|ty| Some((ty, kept.events.get(ty)?.clone())));
    names.extend(old);
    names
}

/// Names of a scope that does not tell case apart.
struct Scope {
    taken: BTreeSet<String>,
    /// The number that comes next behind a name.
    next: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which these names, in lower case, are taken.
    fn of(taken: BTreeSet<String>) -> Scope {
        let next = BTreeMap::new();
        Scope { taken, next }
    }

    /// The name, with a number if it is not free.
    fn claim(&mut self, name: &str) -> String {
        let number = self.next.entry(name.to_ascii_lowercase()).or_insert(2);
        let mut free = name.to_owned();
        while !self.taken.insert(free.to_ascii_lowercase()) {
            free = format!("{name}{number}");
            *number += 1;
        }
        free
    }
}

fn event_name(source: &str, detail_type: &str) -> String {
    let service = schema_set::service(source);
    let words: Vec<&str> = detail_type
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.split_first() {
        Some((first, rest)) if first.eq_ignore_ascii_case(service) && !rest.is_empty() => {
            joined_words(rest.iter().copied())
        }
        _ => joined_words(words.into_iter()),
    }
}

/// Words as one PascalCase name; abbreviations become words: `EBS Volume` and `EBSVolume` → `EbsVolume`.
fn joined_words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let name = pascal(&words.map(lowered).collect::<Vec<_>>().join(" "));
    match device(&name) {
        true => format!("{name}Event"),
        false => name,
    }
}

/// A word whose abbreviation, where it is one or begins with one, is in small letters.
fn lowered(word: &str) -> String {
    let is_abbreviation = |part: &str| part.len() > 1 && !part.contains(char::is_lowercase);
    match super::names::words(word).as_slice() {
        _ if is_abbreviation(word) => word.to_lowercase(),
        // Of `VPCs`, the last is no word.
        [first, next, ..] if is_abbreviation(first) && next.len() > 2 => {
            let (first, rest) = word.split_at(first.len());
            first.to_lowercase() + rest
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::is_source;
    use super::*;

    #[test]
    fn events_drop_the_word_that_names_the_service() {
        let types = [
            "SageMaker Training Job State Change",
            "AWS API Call via CloudTrail",
            "SageMakerEndpointStateChange",
        ];
        let names = event_names("aws.sagemaker", types.into_iter(), &KeptNames::default());
        assert_eq!(
            names.values().collect::<Vec<_>>(),
            [
                "AwsApiCallViaCloudTrail",
                "TrainingJobStateChange",
                "SageMakerEndpointStateChange"
            ]
        );
        let names = event_names(
            "aws.ec2",
            ["EBS Volume Notification"].into_iter(),
            &KeptNames::default(),
        );
        assert_eq!(names["EBS Volume Notification"], "EbsVolumeNotification");
        for (detail_type, name) in [
            ("EBSVolume Lost", "EbsVolumeLost"),
            ("VPCs Lost", "VPCsLost"),
            ("HyperVolume IoT 3D", "HyperVolumeIoT3d"),
        ] {
            let one = std::iter::once(detail_type);
            assert_eq!(
                event_names("aws.ec2", one, &KeptNames::default())[detail_type],
                name
            );
        }
    }

    #[test]
    fn names_are_ascii() {
        let names = event_names(
            "my.kiln",
            ["窯 Fired", "窯", "炉"].into_iter(),
            &KeptNames::default(),
        );
        assert_eq!(names.values().collect::<Vec<_>>(), ["X", "X2", "Fired"]);
    }

    #[test]
    fn equal_names_are_told_apart() {
        let names = event_names(
            "aws.x",
            ["X Job Done", "Job Done", "Job done", "job-done"].into_iter(),
            &KeptNames::default(),
        );
        let mut all: Vec<_> = names.values().map(|name| name.to_lowercase()).collect();
        all.dedup();
        assert_eq!(all.len(), 4, "{names:?}");
    }

    #[test]
    fn a_name_that_stands_stays_and_the_new_one_yields() {
        let kept = KeptNames {
            events: BTreeMap::from([("Kiln Lit".to_owned(), "Lit".to_owned())]),
            files: ["lit", "kilnglazed"].map(str::to_owned).into(),
            ..KeptNames::default()
        };
        let types = ["Kiln Lit", "Lit", "KILN lit", "Glazed", "Kiln Glazed"];
        let names = event_names("my.kiln", types.into_iter(), &kept);
        assert_eq!(
            types.map(|ty| names[ty].as_str()),
            ["Lit", "Lit2", "KilnLit", "Glazed", "KilnGlazed2"]
        );
    }

    #[test]
    fn no_file_or_folder_is_called_as_a_device() {
        let names = event_names(
            "my.kiln",
            ["Kiln Con", "Aux", "COM7"].into_iter(),
            &KeptNames::default(),
        );
        assert_eq!(
            names.values().collect::<Vec<_>>(),
            ["AuxEvent", "Com7Event", "ConEvent"]
        );
        assert!(!is_source("con") && !is_source("NUL.x") && is_source("my.con"));
    }
}
