//! Files as they should be come in; how a folder differs from them goes out, and on request the folder
//! is made so. What is written is written whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One difference between a folder and what should stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path below the folder, with `/`.
    pub path: String,
    /// What stands there now.
    pub old: Option<String>,
    /// What should stand there.
    pub new: Option<String>,
}

impl Change {
    /// The first line where old and new differ, from 1.
    pub fn first_difference(&self) -> usize {
        let lines = |text: &Option<String>| {
            text.as_deref()
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (old, new) = (lines(&self.old), lines(&self.new));
        old.iter().zip(&new).take_while(|(a, b)| a == b).count() + 1
    }
}

/// How a folder differs from the files it should hold. `owns` says which other files of it must go.
///
/// # Errors
///
/// When a file cannot be read.
pub fn compare(
    root: &Path,
    wanted: &BTreeMap<String, String>,
    owns: &dyn Fn(&str) -> bool,
) -> io::Result<Vec<Change>> {
    let mut present = BTreeSet::new();
    collect(root, root, &mut present)?;
    let mut changes = Vec::new();
    for (path, text) in wanted {
        let old = match fs::read(root.join(path)) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if old.as_ref() != Some(text) {
            changes.push(Change {
                path: path.clone(),
                old,
                new: Some(text.clone()),
            });
        }
    }
    for path in present
        .iter()
        .filter(|path| !wanted.contains_key(*path) && owns(path))
    {
        let old = fs::read(root.join(path))?;
        changes.push(Change {
            path: path.clone(),
            old: Some(String::from_utf8_lossy(&old).into_owned()),
            new: None,
        });
    }
    Ok(changes)
}

/// Folders that tools make beside generated files.
const FOREIGN: [&str; 4] = ["node_modules", "target", "__pycache__", ".git"];

fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        let foreign = path
            .file_name()
            .is_some_and(|name| FOREIGN.iter().any(|other| name == *other));
        if path.is_dir() && !foreign {
            collect(root, &path, found)?;
        } else if let (true, Ok(below)) = (path.is_file(), path.strip_prefix(root)) {
            found.insert(below.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// Makes the changes: first all new texts beside their places, then all of them into place.
///
/// # Errors
///
/// When a file cannot be written, or is no longer what it was when the changes were planned; files already
/// in place stay whole.
pub fn apply(root: &Path, changes: &[Change]) -> io::Result<()> {
    changes
        .iter()
        .try_for_each(|change| unchanged(root, change))?;
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    let staged = changes
        .iter()
        .filter_map(|change| Some((&change.path, change.new.as_ref()?)));
    for (path, text) in staged {
        let place = root.join(path);
        let beside = beside(&place);
        let written = place
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&beside, text));
        ready.push((beside, place));
        if let Err(error) = written {
            ready
                .iter()
                .for_each(|(beside, _)| drop(fs::remove_file(beside)));
            return Err(error);
        }
    }
    for (beside, place) in &ready {
        fs::rename(beside, place)?;
    }
    for change in changes.iter().filter(|change| change.new.is_none()) {
        fs::remove_file(root.join(&change.path))?;
        remove_empty_parents(root, &root.join(&change.path));
    }
    Ok(())
}

/// Another process may have written meanwhile: what it wrote is not to be lost.
fn unchanged(root: &Path, change: &Change) -> io::Result<()> {
    let now = match fs::read(root.join(&change.path)) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match now == change.old {
        true => Ok(()),
        false => {
            let path = &change.path;
            Err(io::Error::other(format!(
                "{path} was changed meanwhile by somebody else: do it again"
            )))
        }
    }
}

fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn remove_empty_parents(root: &Path, file: &Path) {
    let parents = file
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != root);
    for parent in parents {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}
