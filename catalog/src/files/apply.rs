//! Changes come in, a folder that has them goes out: first all new texts are on the disk beside their places,
//! then all get their names, then what must go goes. Whatever fails on the way, each file is whole.

use super::change::Change;
use super::disk::{Disk, Machine, remove_empty_parents};
use super::leftover::staged_name;
use super::standing::{self, Standing};
use crate::diagnostic::{Diagnostic, shown};
use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Changes that were not made, or not all.
#[derive(Debug)]
pub struct Unfinished {
    /// The paths that are as they should be.
    pub done: Vec<String>,
    /// The paths that are as they were.
    pub left: Vec<String>,
    /// Why.
    problem: Box<Diagnostic>,
}

impl Unfinished {
    fn nothing(changes: &[Change], problem: Diagnostic) -> Unfinished {
        Unfinished {
            done: Vec::new(),
            left: changes.iter().map(|change| change.path.clone()).collect(),
            problem: Box::new(problem),
        }
    }

    /// Whether nothing was written.
    pub fn is_untouched(&self) -> bool {
        self.done.is_empty()
    }

    /// What happened, what was done and what was not, and how to go on.
    pub fn problem(&self) -> Diagnostic {
        let mut problem = (*self.problem).clone();
        if !self.is_untouched() {
            let (done, left) = (named(&self.done), named(&self.left));
            problem.message += &if self.left.is_empty() {
                format!("; written: {done}")
            } else {
                format!("; written: {done}; as before: {left}")
            };
            let help =
                "every file is whole; when this is mended do it again, and the rest is written";
            problem = problem.help(help);
        }
        problem
    }
}

impl std::fmt::Display for Unfinished {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.problem().fmt(f)
    }
}

impl std::error::Error for Unfinished {}

/// How many paths a message names.
const NAMED: usize = 5;

fn named(paths: &[String]) -> String {
    let first: Vec<&str> = paths.iter().take(NAMED).map(String::as_str).collect();
    match paths.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(shown(path), format!("cannot be written: {error}"))
}

/// Makes the changes.
///
/// # Errors
///
/// When a file cannot be written, when a link leads to it, or when it is no longer what it was when the changes
/// were planned. Until all new texts are on the disk nothing is changed; after that, the error tells what is.
pub fn apply(root: &Path, changes: &[Change]) -> Result<(), Unfinished> {
    apply_on(&Machine, root, changes)
}

pub(super) fn apply_on(disk: &dyn Disk, root: &Path, changes: &[Change]) -> Result<(), Unfinished> {
    if changes.is_empty() {
        return Ok(());
    }
    let untouched = |problem| Unfinished::nothing(changes, problem);
    changes
        .iter()
        .try_for_each(|change| unchanged(root, change))
        .map_err(untouched)?;
    let mut work = Work {
        disk,
        root,
        made: Vec::new(),
        staged: VecDeque::new(),
    };
    let ready = work.stage(changes).and_then(|()| work.settle());
    if let Err(problem) = ready {
        work.undo();
        return Err(untouched(problem));
    }
    work.put(changes)
}

/// Another process may have written meanwhile: what it wrote is not to be lost.
fn unchanged(root: &Path, change: &Change) -> Result<(), Diagnostic> {
    let place = root.join(&change.path);
    let failed = |error: io::Error| unwritten(&place, &error);
    let now = match standing::at(root, &change.path).map_err(failed)? {
        Standing::Nothing => None,
        Standing::File => {
            let bytes = fs::read(&place).map_err(failed)?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        Standing::Obstacle(obstacle) => return Err(obstacle.problem()),
    };
    match now == change.old {
        true => Ok(()),
        false => Err(Diagnostic::error(shown(&place), "was changed meanwhile")
            .help("do it again: what was changed is read then")),
    }
}

/// What is under way.
struct Work<'w> {
    disk: &'w dyn Disk,
    root: &'w Path,
    /// Folders that were made.
    made: Vec<PathBuf>,
    /// Files that are written and have no name yet, with the places they are for.
    staged: VecDeque<(PathBuf, PathBuf)>,
}

impl Work<'_> {
    /// Writes all new texts beside their places.
    fn stage(&mut self, changes: &[Change]) -> Result<(), Diagnostic> {
        for change in changes {
            let Some(text) = &change.new else { continue };
            let place = self.root.join(&change.path);
            self.make_parents(&place)
                .and_then(|()| self.write_beside(&place, text))
                .map_err(|error| unwritten(&place, &error))?;
        }
        Ok(())
    }

    fn make_parents(&mut self, place: &Path) -> io::Result<()> {
        let parents = place.ancestors().skip(1);
        let missing: Vec<&Path> = parents
            .take_while(|parent| !parent.as_os_str().is_empty() && !parent.exists())
            .collect();
        for parent in missing.into_iter().rev() {
            match self.disk.make_folder(parent) {
                Ok(()) => self.made.push(parent.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// A killed process of the same number may have left a file: the next number is as good.
    fn write_beside(&mut self, place: &Path, text: &str) -> io::Result<()> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let mut number = std::process::id();
        loop {
            let beside = place.with_file_name(staged_name(&name, number));
            let written = self.disk.write_new(&beside, text);
            match written {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    number = number.checked_add(1).ok_or(error)?;
                    continue;
                }
                _ => self.staged.push_back((beside, place.to_owned())),
            }
            return written;
        }
    }

    /// Waits until the texts are on the disk, with the modes of the files that they take the place of.
    fn settle(&self) -> Result<(), Diagnostic> {
        let texts: Vec<&Path> = self.staged.iter().map(|(beside, _)| &**beside).collect();
        self.disk
            .sync_files(&texts)
            .map_err(|error| unwritten(self.root, &error))?;
        for (beside, place) in &self.staged {
            if let Ok(old) = fs::symlink_metadata(place) {
                self.disk
                    .set_mode(beside, old.permissions())
                    .map_err(|error| unwritten(place, &error))?;
            }
        }
        Ok(())
    }

    /// Gives each text its name, and removes what must go.
    fn put(mut self, changes: &[Change]) -> Result<(), Unfinished> {
        let mut done = BTreeSet::new();
        let put = self
            .name_all(&mut done)
            .and_then(|()| self.remove_all(changes, &mut done));
        let synced = self.sync_names(changes);
        let Err(problem) = put.and(synced) else {
            return Ok(());
        };
        self.undo();
        let paths = changes.iter().map(|change| change.path.clone());
        let (done, left) = paths.partition(|path| done.contains(&self.root.join(path)));
        Err(Unfinished {
            done,
            left,
            problem: Box::new(problem),
        })
    }

    fn name_all(&mut self, done: &mut BTreeSet<PathBuf>) -> Result<(), Diagnostic> {
        while let Some((beside, place)) = self.staged.pop_front() {
            if let Err(error) = self.disk.rename(&beside, &place) {
                let problem = unwritten(&place, &error);
                self.staged.push_front((beside, place));
                return Err(problem);
            }
            done.insert(place);
        }
        Ok(())
    }

    fn remove_all(
        &self,
        changes: &[Change],
        done: &mut BTreeSet<PathBuf>,
    ) -> Result<(), Diagnostic> {
        for change in changes.iter().filter(|change| change.new.is_none()) {
            let place = self.root.join(&change.path);
            match self.disk.remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    let message = format!("cannot be removed: {error}");
                    return Err(Diagnostic::error(shown(&place), message));
                }
                _ => remove_empty_parents(self.disk, self.root, &place),
            }
            done.insert(place);
        }
        Ok(())
    }

    /// Waits until all names are on the disk, those of new folders included.
    fn sync_names(&self, changes: &[Change]) -> Result<(), Diagnostic> {
        let places = changes.iter().map(|change| self.root.join(&change.path));
        let places: Vec<PathBuf> = places.chain(self.made.iter().cloned()).collect();
        let folders: BTreeSet<&Path> = places.iter().filter_map(|place| place.parent()).collect();
        let folders: Vec<&Path> = folders
            .into_iter()
            .filter(|folder| folder.is_dir())
            .collect();
        self.disk
            .sync_folders(&folders)
            .map_err(|error| unwritten(self.root, &error))
    }

    /// Removes what was made and got no name. What cannot be removed is swept by the next run.
    fn undo(&mut self) {
        for (beside, _) in self.staged.drain(..) {
            drop(self.disk.remove_file(&beside));
        }
        for folder in self.made.drain(..).rev() {
            drop(self.disk.remove_folder(&folder)); // only where it is empty
        }
    }
}
