//! Files that are to change together come in; they are on the disk, all of them, however the run ends: what is under way
//! is noted first, and a run that finds a note does what it says.

use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::{self, Change};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The note, in the folder of the schemas.
const NOTE: &str = ".track-under-way";

/// What is under way.
#[derive(Serialize, Deserialize)]
struct Note {
    /// Every file as it shall be; none where it shall not be.
    files: Vec<(PathBuf, Option<String>)>,
}

/// Writes files, all or none.
pub(super) fn write(
    folder: &Path,
    all: &[(PathBuf, Option<String>, Option<String>)],
) -> Result<(), Diagnostic> {
    let current = std::env::current_dir().map_err(|error| unwritten(folder, &error))?;
    let whole = |path: &Path| tidy(&current.join(path));
    let files = all.iter().map(|(path, _, new)| (whole(path), new.clone()));
    let note = Note {
        files: files.collect(),
    };
    let text = serde_json::to_string(&note).map_err(|error| unwritten(folder, &error))?;
    let noted = Change {
        path: NOTE.to_owned(),
        old: None,
        new: Some(text),
    };
    files::apply(folder, std::slice::from_ref(&noted)).map_err(|it| it.problem())?;
    let changes = all
        .iter()
        .map(|(path, old, new)| (whole(path), old.clone(), new.clone()));
    let done = apply(changes.collect());
    let untouched = matches!(&done, Err(unfinished) if unfinished.is_untouched());
    if done.is_ok() || untouched {
        fs::remove_file(folder.join(NOTE)).map_err(|error| unwritten(folder, &error))?;
    }
    done.map_err(|unfinished| unfinished.problem())
}

/// Does what a note says that a run left which was ended: to files in these places, and to no others.
pub(super) fn finish(folder: &Path, places: &[&Path]) -> Result<(), Diagnostic> {
    let file = folder.join(NOTE);
    files::sweep(folder, &files::left_beside(folder, NOTE));
    let Ok(text) = fs::read_to_string(&file) else {
        return Ok(());
    };
    let note: Note = serde_json::from_str(&text).map_err(|error| unwritten(&file, &error))?;
    let current = std::env::current_dir().map_err(|error| unwritten(folder, &error))?;
    let places: Vec<PathBuf> = places.iter().map(|it| tidy(&current.join(it))).collect();
    let is_ours = |path: &Path| {
        let inside = |place: &PathBuf| path.starts_with(place);
        tidy(path) == *path && places.iter().any(inside)
    };
    if let Some((path, _)) = note.files.iter().find(|(path, _)| !is_ours(path)) {
        let message = format!(
            "was left by a run that was ended, and names a file elsewhere: {}",
            shown(path)
        );
        let help = "go on in the folder where that run was, or remove it and track again";
        return Err(Diagnostic::error(shown(&file), message).help(help));
    }
    let changes = note.files.into_iter().map(|(path, new)| {
        let old = fs::read_to_string(&path).ok();
        (path, old, new)
    });
    let changes: Vec<_> = changes.filter(|(_, old, new)| old != new).collect();
    apply(changes).map_err(|unfinished| unfinished.problem())?;
    fs::remove_file(&file).map_err(|error| unwritten(&file, &error))
}

/// Writes files below the folder that has them all, in one go.
fn apply(changes: Vec<(PathBuf, Option<String>, Option<String>)>) -> Result<(), files::Unfinished> {
    let mut root = match changes.first() {
        Some((path, ..)) => path.parent().unwrap_or(path).to_owned(),
        None => return Ok(()),
    };
    for (path, ..) in &changes {
        while !path.starts_with(&root) && root.pop() {}
    }
    let changes = changes.into_iter().map(|(path, old, new)| Change {
        path: shown(path.strip_prefix(&root).unwrap_or(&path)),
        old,
        new,
    });
    files::apply(&root, &changes.collect::<Vec<_>>())
}

/// A path without `.` and `..`, which a common beginning cannot be told with.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(tidy.pop()),
            part => tidy.push(part),
        }
    }
    tidy
}

fn unwritten(path: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(shown(path), format!("cannot be written: {error}"))
}
