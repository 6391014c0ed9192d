//! What is done to a disk, one step a method, so that a test can let each step fail.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;
use std::thread::Builder;

/// A disk that files are written to.
pub(super) trait Disk {
    /// Makes one folder.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that must not be there yet.
    fn write_new(&self, path: &Path, text: &str) -> io::Result<()>;

    /// Waits until the content of files is on the disk.
    fn sync_files(&self, paths: &[&Path]) -> io::Result<()>;

    /// Says who may read and write a file.
    fn set_mode(&self, path: &Path, mode: Permissions) -> io::Result<()>;

    /// Gives a file its name, in place of what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the names in folders are on the disk.
    fn sync_folders(&self, paths: &[&Path]) -> io::Result<()>;

    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The machine's own.
pub(super) struct Machine;

impl Disk for Machine {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())
    }

    fn sync_files(&self, paths: &[&Path]) -> io::Result<()> {
        at_once(paths, |path| {
            OpenOptions::new().write(true).open(path)?.sync_all()
        })
    }

    fn set_mode(&self, path: &Path, mode: Permissions) -> io::Result<()> {
        fs::set_permissions(path, mode)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Where folders cannot be opened, or not be waited for, the system sees to it.
    fn sync_folders(&self, paths: &[&Path]) -> io::Result<()> {
        let wait = |path: &Path| match fs::File::open(path)?.sync_all() {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        };
        if cfg!(unix) {
            at_once(paths, wait)
        } else {
            Ok(())
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

/// How many waits go on at once.
const WAITS: usize = 16;

/// Waits for many paths at once: a disk takes little longer for all of them than for one.
fn at_once(
    paths: &[&Path],
    wait: impl Fn(&Path) -> io::Result<()> + Copy + Send,
) -> io::Result<()> {
    let part = paths.len().div_ceil(WAITS).max(1);
    let go = move |part: &[&Path]| part.iter().try_for_each(|path| wait(path));
    std::thread::scope(|scope| {
        let start = |part| Builder::new().spawn_scoped(scope, move || go(part));
        let waits: Vec<_> = paths.chunks(part).map(start).collect();
        let lost = || Err(io::Error::other("the wait for the disk ended early"));
        let ends = waits
            .into_iter()
            .map(|wait| wait?.join().unwrap_or_else(|_| lost()));
        ends.fold(Ok(()), io::Result::and)
    })
}

/// Removes the folders above a file, up to `root`, that are empty without it.
pub(super) fn remove_empty_parents(disk: &dyn Disk, root: &Path, file: &Path) {
    let parents = file
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != root);
    for parent in parents {
        if disk.remove_folder(parent).is_err() {
            return;
        }
    }
}
