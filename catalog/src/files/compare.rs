//! Files as they should be come in; how a folder differs from them goes out.

use super::change::Change;
use super::leftover;
use super::ours::{Ours, text_of_ours};
use super::standing::{self, Standing};
use crate::diagnostic::{Diagnostic, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// How a folder differs from the files it should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What has to change.
    pub changes: Vec<Change>,
    /// What killed runs left beside the files: see [`sweep`](super::sweep).
    pub leftovers: Vec<String>,
}

/// How a folder differs from the files it should hold: those that are missing or otherwise, and those of ours
/// that should not be there.
///
/// # Errors
///
/// All that is in the way and not ours, links and folders included; files that cannot be read.
pub fn compare(
    root: &Path,
    wanted: &BTreeMap<String, String>,
    ours: &Ours<'_>,
) -> Result<Compared, Vec<Diagnostic>> {
    let mut compared = Compared {
        changes: changes_to(root, wanted, ours)?,
        leftovers: Vec::new(),
    };
    let mut present = BTreeSet::new();
    for folder in ours.folders {
        collect(root, &root.join(folder), &mut present)
            .map_err(|error| vec![unreadable(root, &error)])?;
    }
    for path in present {
        if leftover::is_left(root, &path, wanted, ours) {
            compared.leftovers.push(path);
        } else if !wanted.contains_key(&path)
            && (ours.may_be)(&path)
            && let Some(old) = text_of_ours(&root.join(&path), &path, ours)
        {
            compared.changes.push(Change {
                path,
                old: Some(old),
                new: None,
            });
        }
    }
    Ok(compared)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::unreadable(shown(path), error)
}

/// What makes the files be there as they are wanted.
fn changes_to(
    root: &Path,
    wanted: &BTreeMap<String, String>,
    ours: &Ours<'_>,
) -> Result<Vec<Change>, Vec<Diagnostic>> {
    let mut changes = Vec::new();
    let mut problems: BTreeMap<String, Diagnostic> = BTreeMap::new();
    for (path, text) in wanted {
        match change_to(root, path, text, ours) {
            Ok(change) => changes.extend(change),
            Err(problem) => drop(problems.entry(problem.path.clone()).or_insert(problem)),
        }
    }
    match problems.is_empty() {
        true => Ok(changes),
        false => Err(problems.into_values().collect()),
    }
}

/// What makes the file of a path be this text, if it is another.
fn change_to(
    root: &Path,
    path: &str,
    text: &str,
    ours: &Ours<'_>,
) -> Result<Option<Change>, Diagnostic> {
    let place = root.join(path);
    let failed = |error: io::Error| unreadable(&place, &error);
    let change = |old| Change {
        path: path.to_owned(),
        old,
        new: Some(text.to_owned()),
    };
    match standing::at(root, path).map_err(failed)? {
        Standing::Nothing => Ok(Some(change(None))),
        Standing::File => {
            let bytes = fs::read(&place).map_err(failed)?;
            let old = String::from_utf8_lossy(&bytes).into_owned();
            match () {
                () if bytes == text.as_bytes() => Ok(None),
                () if old.is_empty() || (ours.is)(path, &old) => Ok(Some(change(Some(old)))),
                () => Err(standing::foreign(&place)),
            }
        }
        // What is right already is not written, wherever it stands.
        Standing::Obstacle(_) if is_text(&place, text) => Ok(None),
        Standing::Obstacle(obstacle) => Err(obstacle.problem()),
    }
}

fn is_text(place: &Path, text: &str) -> bool {
    place.is_file() && fs::read(place).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// Folders that tools make beside generated files.
const FOREIGN: [&str; 3] = ["node_modules", "target", "__pycache__"];

/// None: nothing is there, or nothing that we may see.
fn entries(root: &Path, folder: &Path) -> io::Result<Option<fs::ReadDir>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(Some(entries)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && folder != root => Ok(None),
        Err(error) => Err(error),
    }
}

/// All files below a folder. Links are not followed; hidden folders and those that may not be read are others'.
pub(super) fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<String>) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(stands) if stands.is_dir() || folder == root => {}
        _ => return Ok(()),
    }
    for entry in entries(root, folder)?.into_iter().flatten() {
        let entry = entry?;
        let (kind, path, name) = (entry.file_type()?, entry.path(), entry.file_name());
        let foreign =
            name.as_encoded_bytes().starts_with(b".") || FOREIGN.iter().any(|other| name == *other);
        if kind.is_dir() && !foreign {
            collect(root, &path, found)?;
        } else if let (true, Ok(below)) = (kind.is_file(), path.strip_prefix(root)) {
            found.insert(below.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
