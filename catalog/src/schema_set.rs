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
                Ok(event) => events.push(event),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let package = read_package(schemas, &sources).map_err(|problem| problems.push(problem));
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

/// The schema files of a source's folder, sorted.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn schema_files(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let is_schema = |path: &PathBuf| {
        path.is_file()
            && path.extension().is_some_and(|end| end == "json")
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

/// A path as messages show it, the same on all systems.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn read_event(file: &Path, source: &str) -> Result<EventType, Diagnostic> {
    let path = shown(file);
    let text = fs::read_to_string(file)
        .map_err(|error| Diagnostic::error(&path, format!("cannot be read: {error}")))?;
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    event::event(&path, &text, &name, source)
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

fn read_package(schemas: &Path, sources: &[(String, PathBuf)]) -> Result<Package, Diagnostic> {
    let file = schemas.join(PACKAGE);
    let said = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Diagnostic::error(shown(&file), error.to_string()).at(place)
        })?,
        Err(_) => PackageFile {
            name: None,
            version: None,
            description: None,
            repository: None,
        },
    };
    let name = said.name.unwrap_or_else(|| default_name(sources));
    if !is_package_name(&name) {
        let message = format!("`{name}` cannot name a package");
        return Err(Diagnostic::error(shown(&file), message)
            .help("use lower-case letters, digits and `-`: sagemaker-events"));
    }
    let all = sources
        .iter()
        .map(|(source, _)| source.as_str())
        .collect::<Vec<_>>()
        .join(", ");
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
fn default_name(sources: &[(String, PathBuf)]) -> String {
    match sources {
        [(source, _)] => {
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
