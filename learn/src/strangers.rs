//! The files of a source's folder come in; which of them learning wrote, and what to tell of the others, goes out.

use super::evidence::saved::is_evidence;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files;
use eventbridge_catalog::json;
use eventbridge_catalog::schema_set;
use std::collections::BTreeMap;
use std::path::Path;

/// The stamp of every schema that is learned.
pub(super) const STAMP: &str = "Learned by `cargo codegen learn` from samples/. Do not edit.";

/// Whether a file of a source's folder was written by learning. What was written before there was a stamp is known
/// by its form, which no other tool gives a schema, where it is `wanted` again.
pub(super) fn is_ours(path: &str, text: &str, wanted: bool) -> bool {
    match path.starts_with("samples/") {
        true => is_evidence(text),
        false => files::is_stamped(text, STAMP) || (wanted && is_in_our_form(text)),
    }
}

fn is_in_our_form(text: &str) -> bool {
    json::read_strict(text).is_ok_and(|schema| {
        schema.get("x-evidence").is_some() && json::write(&schema) == text.replace("\r\n", "\n")
    })
}

/// What to tell of the files that people keep in a source's folder: schemas written by hand are used, unless they
/// describe what evidence describes; what is neither schema nor evidence is left alone.
pub(super) fn told<'e>(
    folder: &Path,
    wanted: &BTreeMap<String, String>,
    detail_types: impl Iterator<Item = &'e String> + Clone,
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (below, is_sample) in [(folder.to_owned(), false), (folder.join("samples"), true)] {
        for file in schema_set::schema_files(&below).unwrap_or_default() {
            let name = file.strip_prefix(folder).unwrap_or(&file);
            let (name, text) = (schema_set::shown(name), std::fs::read_to_string(&file));
            let Ok(text) = text else { continue };
            if wanted.contains_key(&name) || is_ours(&name, &text, false) {
                continue;
            }
            if is_sample || !schema_set::is_meant_as_schema(&text) {
                told.push(schema_set::stranger(&file));
            } else {
                told.extend(described_by_hand(&file, &text, detail_types.clone()));
            }
        }
    }
    told
}

fn described_by_hand<'e>(
    file: &Path,
    text: &str,
    mut detail_types: impl Iterator<Item = &'e String>,
) -> Option<Diagnostic> {
    let schema = json::read_strict(text).ok()?;
    let detail_type = schema.get("properties")?.get("detail-type")?.get("const")?;
    let said = detail_type.as_str()?;
    detail_types
        .any(|detail_type| detail_type == said)
        .then(|| {
            let message = format!("describes `{said}` by hand, and evidence describes it too");
            Diagnostic::error(schema_set::shown(file), message)
                .help("keep one of them: move this schema away, or do not learn that evidence")
        })
}
