//! Files and the findings about them come in; the corrections that are certain are written.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_rules::bytes::{self, STDIN};
use eventbridge_rules::{Finding, Source, fixed};
use std::fs::Permissions;
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
        match write_one(source, findings) {
            Ok(is_written) => has_written |= is_written,
            Err(problem) => problems.push(problem),
        }
    }
    has_written
}

fn write_one(source: &Source, findings: &[Finding]) -> Result<bool, Diagnostic> {
    let about = findings
        .iter()
        .filter(|finding| finding.path == source.path);
    let about: Vec<Finding> = about.cloned().collect();
    let (text, count) = fixed(&source.text, &about);
    if count == 0 {
        return Ok(false);
    }
    replace(Path::new(&source.path), &source.text, &text).map_err(|reason| {
        let message = format!("is not corrected: {reason}");
        Diagnostic::error(&source.path, message)
    })?;
    Ok(true)
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
    let bytes = [mark, new.as_bytes()].concat();
    write_whole(path, &bytes, metadata.permissions()).map_err(unwritable)
}

/// Writes a file that is there, as it was or as it shall be at any moment.
fn write_whole(path: &Path, bytes: &[u8], permissions: Permissions) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    std::fs::set_permissions(file.path(), permissions)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
