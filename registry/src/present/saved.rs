//! A folder of files comes in, each a document or an answer of `DescribeSchema`; the schemas of a registry go out, the
//! newest version of each. Account numbers may be masked in them: only names are read.

use super::schema::PresentSchema;
use crate::api::Schema;
use crate::arn;
use crate::document::{Dialect, Document};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::text::Place;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

type Schemas = BTreeMap<String, PresentSchema>;

/// The schemas of a registry in the files of a folder.
pub(crate) fn schemas(folder: &Path, registry: &str) -> Result<Schemas, Vec<Diagnostic>> {
    let (mut schemas, mut problems) = (Schemas::new(), Vec::new());
    for file in files(folder).map_err(|problem| vec![problem])? {
        match schema(&file, registry) {
            Ok(Some((name, schema))) => keep_newest(&mut schemas, name, schema),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    match problems.is_empty() {
        true => Ok(schemas),
        false => Err(problems),
    }
}

fn keep_newest(schemas: &mut Schemas, name: String, schema: PresentSchema) {
    let number = |schema: &PresentSchema| schema.version.parse::<u64>().unwrap_or_default();
    match schemas.get(&name) {
        Some(known) if number(known) >= number(&schema) => {}
        _ => drop(schemas.insert(name, schema)),
    }
}

/// Files of JSON, sorted, but for hidden ones.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let unreadable = |error| Diagnostic::unreadable(shown(folder), error);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let entries: Result<Vec<_>, _> = entries.collect();
    let paths = entries.map_err(unreadable)?.into_iter();
    let mut files: Vec<PathBuf> = paths
        .map(|entry| entry.path())
        .filter(|path| {
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            !hidden && path.is_file() && path.extension().is_some_and(|end| end == "json")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// The schema in a file. None: it is of another registry.
fn schema(file: &Path, registry: &str) -> Result<Option<(String, PresentSchema)>, Diagnostic> {
    let path = shown(file);
    let text = fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(&path, error))?;
    let wrong = |place: Place, message: String| Diagnostic::error(&path, message).at(place);
    let document = Document::read(&text).map_err(|error| wrong(error.place, error.message))?;
    if document.node.get("Content").is_none() {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let (name, version) = versioned(&stem);
        return Ok(Some((name.to_owned(), bare(document, version))));
    }
    let answer: Schema = serde_json::from_str(&text).map_err(|error| {
        let message = format!("is no answer of DescribeSchema: {error}");
        wrong(Place::reported(error.line(), error.column()), message)
    })?;
    answered(&path, answer, registry)
}

fn answered(
    path: &str,
    answer: Schema,
    registry: &str,
) -> Result<Option<(String, PresentSchema)>, Diagnostic> {
    let other = answer
        .schema_arn
        .as_deref()
        .and_then(arn::registry_of_schema);
    if other.is_some_and(|other| other != registry) {
        return Ok(None);
    }
    let Some(name) = answer.schema_name.clone() else {
        let message = "this answer of DescribeSchema has no SchemaName";
        return Err(Diagnostic::error(path, message).help("save the whole answer"));
    };
    Ok(Some((name, PresentSchema::answered(answer, None))))
}

fn bare(document: Document, version: &str) -> PresentSchema {
    let kind = match document.dialect {
        Dialect::OpenApi3 => Dialect::OpenApi3.api_name(),
        Dialect::JsonSchemaDraft4 => Dialect::JsonSchemaDraft4.api_name(),
    };
    PresentSchema {
        content: document.text,
        version: version.to_owned(),
        kind: kind.to_owned(),
        versions: None,
    }
}

/// `my.kiln@Fired.v3` as pulled with all versions: the name, and the version. The newest has none, and counts most.
fn versioned(stem: &str) -> (&str, &str) {
    const NEWEST: &str = "18446744073709551615";
    match stem.rsplit_once(".v") {
        Some((name, version)) if version.parse::<u64>().is_ok() => (name, version),
        _ => (stem, NEWEST),
    }
}
