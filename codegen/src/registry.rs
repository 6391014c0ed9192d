//! A [`Model`] comes in, documents for the EventBridge Schema Registry go out: one in OpenAPI 3.0 and
//! one in JSON Schema Draft 4 an event, laid out and named as the registry's own.

mod document;
mod schema;

use super::names::Names;
use crate::file::File;
use crate::model::{EventType, Model};
use schema::Dialect;

/// How many characters the registry takes as content.
pub const MAX_CONTENT: usize = 100_000;

/// The documents, below `registry/`.
///
/// # Errors
///
/// A document that the registry would not take, with the name of its event.
pub fn documents(model: &Model) -> Result<Vec<File>, String> {
    let mut names = Names::ignoring_case();
    let mut files = Vec::new();
    for event in &model.events {
        let name = names.claim(&[&schema_name(&event.source, &event.detail_type)]);
        for dialect in [Dialect::OpenApi3, Dialect::JsonSchemaDraft4] {
            let path = format!("registry/{}/{name}.json", dialect.folder());
            files.push(File {
                path,
                text: content(event, dialect)?,
            });
        }
    }
    Ok(files)
}

fn content(event: &EventType, dialect: Dialect) -> Result<String, String> {
    let text = crate::json::write(&document::document(event, dialect));
    match text.chars().count() {
        ..=MAX_CONTENT => Ok(text),
        characters => Err(format!(
            "the {} document of `{}` from `{}` has {characters} characters, and the registry takes {MAX_CONTENT}",
            dialect.folder(),
            event.detail_type,
            event.source,
        )),
    }
}

/// The name the registry gives a schema: `aws.sagemaker@SageMakerTrainingJobStateChange`.
pub fn schema_name(source: &str, detail_type: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() || ".-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    let source: String = source.chars().map(allowed).collect();
    format!("{source}@{}", title(detail_type))
}

/// The words of a detail-type, each with its first letter raised, without what stands between them.
fn title(detail_type: &str) -> String {
    detail_type
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(raised)
        .collect()
}

fn raised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
