//! Files and the findings about them come in; the corrections that are certain are written.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_rules::bytes::{self, STDIN};
use eventbridge_rules::{Finding, Source, fixed};
use std::io::Write;
use std::path::Path;

/// Writes the corrections; whether there were any.
pub(super) fn write(
    sources: &[Source],
    findings: &[Finding],
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let mut has_written = false;
    for source in sources {
        let about = findings
            .iter()
            .filter(|finding| finding.path == source.path);
        let about: Vec<Finding> = about.cloned().collect();
        let (text, count) = fixed(&source.text, &about);
        if count == 0 {
            continue;
        }
        match replace(Path::new(&source.path), &source.text, &text) {
            Ok(()) => has_written = true,
            Err(reason) => {
                let message = format!("is not corrected: {reason}");
                problems.push(Diagnostic::error(&source.path, message));
            }
        }
    }
    has_written
}

/// Writes a text in the place of another, if the file is that other, byte for byte.
fn replace(path: &Path, old: &str, new: &str) -> Result<(), String> {
    if path == Path::new(STDIN) {
        return Err("it is no file".to_owned());
    }
    let unwritable = |error: std::io::Error| format!("it cannot be written: {error}");
    let metadata = std::fs::symlink_metadata(path).map_err(unwritable)?;
    if !metadata.is_file() {
        return Err("nothing is written through a link".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| bytes::problem(&error))?;
    let Some(mark) = bytes.strip_suffix(old.as_bytes()) else {
        return Err("it is packed, or not in UTF-8, or was changed meanwhile".to_owned());
    };
    if !matches!(mark, [] | [0xEF, 0xBB, 0xBF]) {
        return Err("it was changed meanwhile".to_owned());
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(unwritable)?;
    file.write_all(mark).map_err(unwritable)?;
    file.write_all(new.as_bytes()).map_err(unwritable)?;
    std::fs::set_permissions(file.path(), metadata.permissions()).map_err(unwritable)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}
