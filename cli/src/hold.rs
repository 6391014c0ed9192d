//! Folders come in; while what goes out is kept, no other run of the tool writes to them. A run that ends, however
//! it ends, holds nothing any more.
//!
//! The folder itself is locked: no file is left behind, and one that can only be read can be held.

use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use fs4::{FileExt, TryLockError};
use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What a run does with a folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// It reads, and so may others.
    Read,
    /// It writes, alone.
    Write,
}

/// Folders that are held.
pub(crate) struct Hold {
    locks: Vec<File>,
    /// Folders that were made to be held, outermost first.
    made: Vec<PathBuf>,
}

/// Folders in which nothing was written are gone before others may look at them.
impl Drop for Hold {
    fn drop(&mut self) {
        for folder in self.made.iter().rev() {
            drop(fs::remove_dir(folder)); // only where it is empty
        }
        self.locks.clear();
    }
}

/// Holds folders, and waits for other runs that do. Folders to write to are made; of those to read, one that is
/// not there is left out.
///
/// # Errors
///
/// A folder to write to that cannot be made or held.
pub(crate) fn hold(folders: &[(&Path, Use)]) -> Result<Hold, Diagnostic> {
    let mut hold = Hold {
        locks: Vec::new(),
        made: Vec::new(),
    };
    let to_write = folders.iter().filter(|(_, wanted)| *wanted == Use::Write);
    for (folder, _) in to_write {
        make(folder, &mut hold.made).map_err(|error| unheld(folder, "made", &error))?;
    }
    for (_, folder, wanted) in in_order(folders) {
        match lock(folder, wanted, &mut hold.made) {
            Ok(lock) => hold.locks.push(lock),
            Err(_) if wanted == Use::Read => {} // what cannot be read is told by who reads
            Err(error) => return Err(unheld(folder, "held for this run alone", &error)),
        }
    }
    Ok(hold)
}

fn unheld(folder: &Path, what: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(shown(folder), format!("cannot be {what}: {error}"))
}

/// In one order for all runs, whatever they are called with, so that no two wait for each other; each folder once.
fn in_order<'f>(folders: &[(&'f Path, Use)]) -> Vec<(PathBuf, &'f Path, Use)> {
    let real = |folder: &Path| {
        let there = folder
            .canonicalize()
            .or_else(|_| std::path::absolute(folder));
        there.unwrap_or_else(|_| folder.to_owned())
    };
    let mut folders: Vec<_> = folders
        .iter()
        .map(|(folder, wanted)| (real(folder), *folder, *wanted))
        .collect();
    folders.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)));
    folders.dedup_by(|next, first| next.0 == first.0);
    folders
}

/// Makes a folder, and tells which were missing.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .collect();
    for above in missing.into_iter().rev() {
        match fs::create_dir(above) {
            Ok(()) => made.push(above.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn lock(folder: &Path, wanted: Use, made: &mut Vec<PathBuf>) -> io::Result<File> {
    loop {
        if wanted == Use::Write {
            make(folder, made)?;
        }
        fs::metadata(folder)?;
        let Ok(lock) = File::open(folder) else {
            return stand_in(folder, wanted);
        };
        if wait_for(&lock, folder, wanted).is_err() {
            return stand_in(folder, wanted);
        }
        if is_still(&lock, folder) {
            return Ok(lock);
        }
    }
}

/// Where a folder cannot be opened or locked, as on Windows, a file stands in for it among the temporary ones.
fn stand_in(folder: &Path, wanted: Use) -> io::Result<File> {
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("eventbridge-codegen-{:016x}.lock", hasher.finish());
    let path = std::env::temp_dir().join(name);
    let opened = OpenOptions::new().append(true).create(true).open(&path);
    let file = opened.or_else(|_| File::open(&path))?;
    wait_for(&file, folder, wanted)?;
    Ok(file)
}

fn wait_for(lock: &File, folder: &Path, wanted: Use) -> io::Result<()> {
    let tried = match wanted {
        Use::Read => FileExt::try_lock_shared(lock),
        Use::Write => FileExt::try_lock(lock),
    };
    match tried {
        Ok(()) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            eprintln!("another run holds {}: waiting", shown(folder));
            match wanted {
                Use::Read => FileExt::lock_shared(lock),
                Use::Write => FileExt::lock(lock),
            }
        }
    }
}

/// Whether a lock is still that of the folder: who held it before may have removed it, and another may stand there.
#[cfg(unix)]
fn is_still(lock: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |(a, b): (fs::Metadata, fs::Metadata)| (a.dev(), a.ino()) == (b.dev(), b.ino());
    lock.metadata()
        .and_then(|held| Ok((held, fs::metadata(folder)?)))
        .is_ok_and(same)
}

#[cfg(not(unix))]
fn is_still(_: &File, folder: &Path) -> bool {
    folder.is_dir()
}
