//! A folder of schemas comes in, the [`Model`] that emitters read goes out. What an emitter could not
//! say is refused, with its place.

mod event;
mod fact;

use crate::diagnostic::Diagnostic;
use crate::model::{EventType, Model, Package};
use crate::text::Place;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The file of a source's folder that holds corrections, not a schema.
pub const CORRECTIONS: &str = "corrections.json";

/// The file of a source's folder that says which shapes of the API model details mirror.
pub const MIRRORS: &str = "mirrors.json";

/// The file of a source's folder that lists detail-types.
pub const DETAIL_TYPES: &str = "detail-types.json";

/// The files of a source's folder that people write, and that are no schemas.
pub const WRITTEN: [&str; 3] = [CORRECTIONS, MIRRORS, DETAIL_TYPES];

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
    problems.extend(described_again(&events, schemas));
    let package =
        read_package(schemas, &sources, &events).map_err(|problem| problems.push(problem));
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
    let named = entries.filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)));
    Ok(named.filter(|(name, _)| !name.starts_with('.')).collect())
}

/// Two schemas of one event: which of them is meant, nobody can tell.
fn described_again(events: &[EventType], schemas: &Path) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(&str, &str), &EventType> = BTreeMap::new();
    let again = events.iter().filter_map(|event| {
        let other = known.insert((&event.source, &event.detail_type), event)?;
        let file = shown(
            &schemas
                .join(&event.source)
                .join(format!("{}.json", event.name)),
        );
        let message = format!(
            "describes `{}`, and {}.json beside it does so too",
            event.detail_type, other.name
        );
        Some(Diagnostic::error(file, message).help("keep one of them"))
    });
    again.collect()
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
    let unreadable = |error: std::io::Error| {
        Diagnostic::error(shown(folder), format!("cannot be read: {error}"))
    };
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
    read.map_err(|error| Diagnostic::error(shown(file), format!("cannot be read: {error}")))
}

/// A path as messages show it, the same on all systems.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The event of a schema; none where the file does not want to be one.
fn read_event(file: &Path, source: &str) -> Result<Option<EventType>, Diagnostic> {
    let path = shown(file);
    let text = fs::read_to_string(file)
        .map_err(|error| Diagnostic::error(&path, format!("cannot be read: {error}")))?;
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    match is_meant_as_schema(&text) {
        true => event::event(&path, &text, &name, source).map(Some),
        false => Ok(None),
    }
}

/// Names must tell all events of a model apart: where two sources use one, both get the service's.
fn uniquely_named(mut events: Vec<EventType>) -> Vec<EventType> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    events
        .iter()
        .for_each(|event| *count.entry(event.name.to_ascii_lowercase()).or_default() += 1);
    for event in &mut events {
        if count[&event.name.to_ascii_lowercase()] > 1 {
            let service = event.source.rsplit('.').next().unwrap_or(&event.source);
            event.name = format!("{}{}", heck::AsUpperCamelCase(service), event.name);
        }
    }
    events.sort_by(|a, b| (&a.source, &a.name).cmp(&(&b.source, &b.name)));
    events
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PackageFile {
    name: Option<String>,
    version: Option<String>,
    description: Option<String>,
    repository: Option<String>,
}

/// What the packages are called. Only sources that have events count: a run that was killed may have left a
/// folder without any.
fn read_package(
    schemas: &Path,
    sources: &[(String, PathBuf)],
    events: &[EventType],
) -> Result<Package, Diagnostic> {
    let has_events = |source: &str| events.iter().any(|event| event.source == source);
    let names = sources.iter().map(|(source, _)| source.as_str());
    let sources: Vec<&str> = names.filter(|source| has_events(source)).collect();
    let file = schemas.join(PACKAGE);
    let said = match read_if_there(&file)? {
        Some(text) => serde_json::from_str(&text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Diagnostic::error(shown(&file), error.to_string()).at(place)
        })?,
        None => PackageFile {
            name: None,
            version: None,
            description: None,
            repository: None,
        },
    };
    let name = said.name.unwrap_or_else(|| default_name(&sources));
    if !is_package_name(&name) {
        let message = format!("`{name}` cannot name a package");
        return Err(Diagnostic::error(shown(&file), message)
            .help("use lower-case letters, digits and `-`: sagemaker-events"));
    }
    let all = sources.join(", ");
    Ok(Package {
        name,
        version: said.version.unwrap_or_else(|| "0.1.0".to_owned()),
        description: said.description.unwrap_or_else(|| {
            format!("Types of the events that {all} sends to Amazon EventBridge.")
        }),
        repository: said.repository,
    })
}

/// `aws.sagemaker` → `sagemaker-events`; several sources share a general name.
fn default_name(sources: &[&str]) -> String {
    match sources {
        [source] => {
            let service = source.rsplit('.').next().unwrap_or(source);
            format!("{}-events", heck::AsKebabCase(service))
        }
        _ => "eventbridge-events".to_owned(),
    }
}

fn is_package_name(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(inner)
        && name.len() <= 64
}
