//! A path below a folder comes in; what stands there goes out, without following any link.

use crate::diagnostic::{Diagnostic, shown};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What stands at the path of a file.
#[derive(Debug)]
pub(super) enum Standing {
    /// Nothing: a file may be made there.
    Nothing,
    /// A file.
    File,
    /// Something that no file can take the place of.
    Obstacle(Obstacle),
}

/// What is in the way of a file.
#[derive(Debug)]
pub(super) struct Obstacle {
    path: PathBuf,
    message: &'static str,
    help: &'static str,
}

impl Obstacle {
    pub(super) fn problem(&self) -> Diagnostic {
        Diagnostic::error(shown(&self.path), self.message).help(self.help)
    }
}

/// None: nothing is there.
fn kind_of(stands: io::Result<fs::Metadata>) -> io::Result<Option<fs::FileType>> {
    match stands {
        Ok(stands) => Ok(Some(stands.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What stands at a path below `root`. The way to `root` itself is the caller's.
pub(super) fn at(root: &Path, path: &str) -> io::Result<Standing> {
    let mut place = root.to_owned();
    let Some(mut kind) = kind_of(fs::metadata(root))? else {
        return Ok(Standing::Nothing);
    };
    for name in path.split('/') {
        if !kind.is_dir() {
            return Ok(blocked(place, kind, false));
        }
        place.push(name);
        match kind_of(fs::symlink_metadata(&place))? {
            Some(found) => kind = found,
            None => return Ok(Standing::Nothing),
        }
    }
    if kind.is_file() {
        Ok(Standing::File)
    } else {
        Ok(blocked(place, kind, true))
    }
}

fn blocked(path: PathBuf, kind: fs::FileType, is_last: bool) -> Standing {
    let (message, help) = match (kind.is_symlink(), is_last) {
        (true, _) => (
            "is a link, and nothing is written or deleted through links",
            "remove the link, or name the folder that it leads to",
        ),
        (_, false) => (
            "is no folder, and files are to be written below it",
            "move it away, or name another folder",
        ),
        (_, true) if kind.is_dir() => (
            "is a folder, and a file is to be written in its place",
            "move it away, or name another folder",
        ),
        (_, true) => (
            "is no regular file, and a file is to be written in its place",
            "move it away, or name another folder",
        ),
    };
    Standing::Obstacle(Obstacle {
        path,
        message,
        help,
    })
}

/// A file that is in the way and not ours.
pub(super) fn foreign(place: &Path) -> Diagnostic {
    let message = "is in the way: a file is to be written here, and this one is not of our writing";
    Diagnostic::error(shown(place), message)
        .help("move it away or name another folder; if it may be lost, delete it")
}
