//! What is done to a disk, one step a method, so that a test can let each step fail.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

/// A disk that files are written to.
pub(super) trait Disk {
    /// Makes one folder.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that must not be there yet.
    fn write_new(&self, path: &Path, text: &str) -> io::Result<()>;

    /// Waits until the content of a file is on the disk.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Says who may read and write a file.
    fn set_mode(&self, path: &Path, mode: Permissions) -> io::Result<()>;

    /// Gives a file its name, in place of what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

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

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    fn set_mode(&self, path: &Path, mode: Permissions) -> io::Result<()> {
        fs::set_permissions(path, mode)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Where folders cannot be opened, or not be waited for, the system sees to it.
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match cfg!(unix).then(|| fs::File::open(path)?.sync_all()) {
            Some(Err(error)) if error.kind() != io::ErrorKind::InvalidInput => Err(error),
            _ => Ok(()),
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
