//! The events that are known come in; what has to change in the file that keeps what their schemas are called in a
//! registry goes out.

use super::knowledge::SourceKnowledge;
use super::learned::Learned;
use eventbridge_catalog::files::{self, Ours};
use eventbridge_catalog::model::RegistryNames;
use eventbridge_catalog::schema_set::registry_names::{REGISTRY_NAMES, STAMP};
use eventbridge_catalog::schema_set::{self, read_event};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The source and the detail-type of an event.
type Event = (String, String);

/// The events that evidence tells of, and those that former editions of pages alone have.
#[derive(Default)]
pub(super) struct Events {
    present: Vec<Event>,
    former: Vec<Event>,
    /// What was a slip: it needs no name.
    ended: Vec<Event>,
}

/// The events that evidence tells of.
pub(super) fn events(known: &BTreeMap<String, SourceKnowledge>) -> Events {
    let mut all = Events::default();
    for (source, known) in known {
        let ended = known.ended.iter().cloned();
        all.ended
            .extend(ended.map(|detail_type| (source.clone(), detail_type)));
        for (detail_type, event) in &known.events {
            let event_of_source = (source.clone(), detail_type.clone());
            match event.is_former() {
                true => all.former.push(event_of_source),
                false => all.present.push(event_of_source),
            }
        }
    }
    all
}

/// Keeps the names of all events of the set, those of schemas that somebody wrote included.
pub(super) fn keep(schemas: &Path, known: &Events, learned: &mut Learned) {
    let kept = match RegistryNames::read(schemas) {
        Ok(kept) => kept,
        Err(problem) => return learned.diagnostics.push(problem),
    };
    let written = written(schemas, learned);
    let present = [borrowed(&known.present), borrowed(&written)].concat();
    let names = kept.without(&borrowed(&known.ended)).with(present);
    let names = names.with(borrowed(&known.former)); // out of the way of those that are documented
    let left = files::left_beside(schemas, REGISTRY_NAMES);
    learned.leftovers.extend(left);
    if names != kept {
        write(schemas, &names, learned);
    }
}

fn write(schemas: &Path, names: &RegistryNames, learned: &mut Learned) {
    let wanted = BTreeMap::from([(REGISTRY_NAMES.to_owned(), names.write())]);
    let ours = Ours {
        folders: &[],
        may_be: &|path| path == REGISTRY_NAMES,
        is: &|_, text| files::is_stamped(text, STAMP),
    };
    match files::compare(schemas, &wanted, &ours) {
        Ok(compared) => learned.changes.extend(compared.changes),
        Err(problems) => learned.diagnostics.extend(problems),
    }
}

fn borrowed(events: &[Event]) -> Vec<(&str, &str)> {
    let events = events.iter();
    events
        .map(|(source, event)| (source.as_str(), event.as_str()))
        .collect()
}

/// The events of schemas that do not follow from evidence.
fn written(schemas: &Path, learned: &Learned) -> Vec<Event> {
    let derived: BTreeSet<&str> = learned
        .events
        .iter()
        .map(|event| event.schema.as_str())
        .collect();
    let mut written = Vec::new();
    for (source, folder) in schema_set::sources(schemas).unwrap_or_default() {
        let files = schema_set::schema_files(&folder).unwrap_or_default();
        let is_derived = |file: &Path| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            derived.contains(format!("{}/{name}", schema_set::folder(&source)).as_str())
        };
        let own = files.iter().filter(|file| !is_derived(file));
        let events = own.filter_map(|file| read_event(file, &source).ok().flatten());
        written.extend(events.map(|event| (event.source, event.detail_type)));
    }
    written
}
