//! A folder of schemas comes in, the [`Model`] that emitters read goes out. What is wrong with a schema is an
//! error with its place, and somebody has to mend it; what is right and one target cannot express is left to
//! its emitter.

pub mod editions;
mod event;
mod fact;
mod package;
pub mod registry_names;
pub mod samples;

use crate::diagnostic::Diagnostic;
pub use crate::diagnostic::shown;
use crate::json;
use crate::model::{EventType, Model, RegistryNames};
use crate::text::{Lines, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The file of a source's folder that holds corrections, not a schema.
pub const CORRECTIONS: &str = "corrections.json";

/// The file of a source's folder that says which shapes of the API model details mirror.
pub const MIRRORS: &str = "mirrors.json";

/// The file of a source's folder that lists detail-types.
pub const DETAIL_TYPES: &str = "detail-types.json";

/// The file of a source's folder that says what its events and their fields mean.
pub const DESCRIPTIONS: &str = "descriptions.json";

/// The files of a source's folder that people write, and that are no schemas.
pub const WRITTEN: [&str; 4] = [CORRECTIONS, MIRRORS, DETAIL_TYPES, DESCRIPTIONS];

/// The file of a schema set that names its packages. Without it, names follow from the sources.
pub const PACKAGE: &str = "package.json";

/// Reads a schema set: a folder with one folder for each event source.
///
/// # Errors
///
/// Everything that is wrong with the set, with file, line and column.
pub fn load(schemas: &Path) -> Result<Model, Vec<Diagnostic>> {
    let sources = sources(schemas).map_err(|error| vec![error])?;
    let mut events = Vec::new();
    let mut problems = Vec::new();
    for (source, folder) in &sources {
        for file in schema_files(folder).map_err(|error| vec![error])? {
            match read_event(&file, source) {
                Ok(event) => events.extend(event),
                Err(problem) => problems.push(problem),
            }
        }
    }
    problems.extend(told_twice(schemas, &events));
    let package = package::read(schemas, &sources_of(&events)).and_then(|mut package| {
        package.registry.names = RegistryNames::read(schemas)?;
        Ok(package)
    });
    let package = package.map_err(|problem| problems.push(problem));
    if events.is_empty() && problems.is_empty() {
        let help = "name a folder with one folder for each event source: schemas/aws.sagemaker/…";
        problems.push(Diagnostic::error(shown(schemas), "no schema in this folder").help(help));
    }
    match package {
        Ok(package) if problems.is_empty() => Ok(Model {
            package,
            events: uniquely_named(events),
        }),
        _ => Err(problems),
    }
}

/// The event sources of a schema set, sorted, each with its folder.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn sources(schemas: &Path) -> Result<Vec<(String, PathBuf)>, Diagnostic> {
    let entries = list(schemas)?.into_iter().filter(|path| path.is_dir());
    let named = entries.filter_map(|path| Some((source_of(path.file_name()?.to_str()?), path)));
    Ok(named.filter(|(name, _)| !name.starts_with('.')).collect())
}

/// The folder of an event source, below that of the set. Sources of partners have slashes, which no file system takes
/// within a name, and no source has a plus.
pub fn folder(source: &str) -> String {
    source.replace('/', "+")
}

/// The event source of a folder.
pub fn source_of(folder: &str) -> String {
    folder.replace('+', "/")
}

/// The sources that have events. A run that was killed may have left a folder without any.
fn sources_of(events: &[EventType]) -> Vec<&str> {
    let mut sources: Vec<&str> = events.iter().map(|event| event.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// What stands among the schemas of a set and is no schema: it is left alone, and told.
pub fn strangers(schemas: &Path) -> Vec<Diagnostic> {
    let folders = sources(schemas).unwrap_or_default().into_iter();
    let files = folders.flat_map(|(_, folder)| schema_files(&folder).unwrap_or_default());
    let no_schema = files.filter(|file| {
        let text = fs::read_to_string(file);
        text.is_ok_and(|text| !is_meant_as_schema(&text))
    });
    no_schema.map(|file| stranger(&file)).collect()
}

/// A file among the schemas or the evidence of a source that is neither.
pub fn stranger(file: &Path) -> Diagnostic {
    Diagnostic::warning(
        shown(file),
        "is neither a schema nor evidence: it is left alone",
    )
    .help("keep notes of your own elsewhere, or under a name that does not end in .json")
}

/// Whether a text wants to be a schema, and be it a broken one.
pub fn is_meant_as_schema(text: &str) -> bool {
    let keys = ["$schema", "properties", "definitions", "$ref"];
    // Most are schemas, and known without being parsed.
    text.contains("\"properties\"")
        || match serde_json::from_str::<serde_json::Value>(text) {
            Ok(serde_json::Value::Object(members)) => {
                keys.iter().any(|key| members.contains_key(*key))
            }
            Ok(_) => false,
            Err(_) => true,
        }
}

/// The schema files of a source's folder, sorted. What tools keep under hidden names is none.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn schema_files(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let is_schema = |path: &PathBuf| {
        path.is_file()
            && path.extension().is_some_and(|end| end == "json")
            && !path
                .file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
            && !WRITTEN.iter().any(|name| path.ends_with(name))
    };
    Ok(list(folder)?.into_iter().filter(is_schema).collect())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let unreadable = |error: std::io::Error| Diagnostic::unreadable(shown(folder), error);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

/// The text of a file that need not be there. What is no file is not waited for: a pipe may never end.
///
/// # Errors
///
/// When it is there and cannot be read.
pub fn read_if_there(file: &Path) -> Result<Option<String>, Diagnostic> {
    let read = match fs::metadata(file) {
        Ok(stands) if !stands.is_file() => Err(std::io::Error::other("it is no regular file")),
        Ok(_) => fs::read_to_string(file).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    read.map_err(|error| Diagnostic::unreadable(shown(file), error))
}

/// The event of a schema; none where the file does not want to be one.
///
/// # Errors
///
/// When it cannot be read, or is a schema that says no event.
pub fn read_event(file: &Path, source: &str) -> Result<Option<EventType>, Diagnostic> {
    let path = shown(file);
    let text = fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(&path, error))?;
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    if is_meant_as_schema(&text) {
        event::event(&path, &text, &name, source).map(Some)
    } else {
        Ok(None)
    }
}

/// Where a set says what an event is called: the file, the place of its detail-type, and how wide that is.
pub fn place(schemas: &Path, source: &str, detail_type: &str) -> Option<(String, Place, usize)> {
    let files = schema_files(&schemas.join(folder(source))).ok()?;
    files.iter().find_map(|file| {
        let text = fs::read_to_string(file).ok()?;
        let root = json::read_strict(&text).ok()?;
        let said = root.get("properties")?.get("detail-type")?.get("const")?;
        let place = Lines::new(&text).place(said.span.start);
        let width = text
            .get(said.span.clone())
            .map_or(1, |said| said.chars().count());
        (said.as_str() == Some(detail_type)).then(|| (shown(file), place, width))
    })
}

/// Files that speak of the same event: which of them is meant is not to be guessed.
fn told_twice(schemas: &Path, events: &[EventType]) -> Vec<Diagnostic> {
    let file = |event: &EventType| {
        let name = format!("{}.json", event.name);
        shown(&schemas.join(folder(&event.source)).join(name))
    };
    let mut first: BTreeMap<(&str, &str), &EventType> = BTreeMap::new();
    let mut found = Vec::new();
    for event in events {
        let key = (event.source.as_str(), event.detail_type.as_str());
        if let Some(other) = first.insert(key, event) {
            let (detail_type, other) = (&event.detail_type, file(other));
            let message = format!("`{detail_type}` has a schema in {other} already");
            let problem = Diagnostic::error(file(event), message);
            found.push(problem.help("keep one of them"));
        }
    }
    found
}

/// Names must tell all events of a model apart, on file systems that do not tell case apart as well: where
/// several files use one, their events get their service's, and a number where that is not enough.
fn uniquely_named(mut events: Vec<EventType>) -> Vec<EventType> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    events
        .iter()
        .for_each(|event| *count.entry(event.name.to_ascii_lowercase()).or_default() += 1);
    let is_alone = |name: &str| count.get(&name.to_ascii_lowercase()) == Some(&1);
    let mut taken: BTreeSet<String> = events
        .iter()
        .map(|event| event.name.to_ascii_lowercase())
        .collect();
    for event in &mut events {
        if !is_alone(&event.name) {
            let base = service_name(&event.source, &event.name);
            let numbered = (2_usize..).map(|number| format!("{base}{number}"));
            let mut candidates = std::iter::once(base.clone()).chain(numbered);
            let is_free = |name: &String| taken.insert(name.to_ascii_lowercase());
            event.name = candidates.find(is_free).unwrap_or(base.clone());
        }
    }
    events.sort_by(|a, b| (&a.source, &a.name).cmp(&(&b.source, &b.name)));
    events
}

/// The name of an event with its service before it: `JobDone` of `my.kiln` is `KilnJobDone`.
pub fn service_name(source: &str, name: &str) -> String {
    let service = format!("{}", heck::AsUpperCamelCase(service(source)));
    let letter = if service.starts_with(|c: char| c.is_ascii_digit()) {
        "X"
    } else {
        ""
    };
    format!("{letter}{service}{name}")
}

/// The part of an event source that names the service: the last one. Of a partner's,
/// `aws.partner/kiln.example.com/…`, it is what its domain begins with.
pub fn service(source: &str) -> &str {
    match source.split('/').nth(1) {
        Some(partner) => partner.split('.').next().unwrap_or(partner),
        None => source.rsplit('.').next().unwrap_or(source),
    }
}

/// Whether Windows takes a name for a device's, whatever stands behind its first dot.
pub fn device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_lowercase();
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.len() == 1 && port.as_bytes()[0].is_ascii_digit());
    is_port || DEVICES.contains(&stem.as_str())
}

/// Names of devices; ports with numbers are others.
const DEVICES: [&str; 6] = ["aux", "con", "conin$", "conout$", "nul", "prn"];
