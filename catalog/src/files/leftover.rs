//! The names under which files are written before they get their own come in; which of them a killed run left
//! goes out, and on request they go.

use super::disk::{Machine, remove_empty_parents};
use super::ours::{Ours, text_of_ours};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The name under which a file is written first: `lib.rs` → `.lib.rs.4711.new`.
pub(super) fn staged_name(name: &str, number: u32) -> String {
    format!(".{name}.{number}.new")
}

/// The path that a file written under such a path was to get.
fn intended(path: &str) -> Option<String> {
    let (folder, name) = match path.rsplit_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, path),
    };
    let (name, number) = name
        .strip_prefix('.')?
        .strip_suffix(".new")?
        .rsplit_once('.')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| match folder {
        Some(folder) => format!("{folder}/{name}"),
        None => name.to_owned(),
    })
}

/// Whether a file was left by a killed run: its name says so, and it was to become a file of ours. It may be
/// cut off anywhere, so that a path that we write is enough.
pub(super) fn is_left(
    root: &Path,
    path: &str,
    wanted: &BTreeMap<String, String>,
    ours: &Ours<'_>,
) -> bool {
    let Some(intended) = intended(path).filter(|intended| (ours.may_be)(intended)) else {
        return false;
    };
    wanted.contains_key(&intended) || text_of_ours(&root.join(path), &intended, ours).is_some()
}

/// Removes what killed runs left below `root`. Only who holds the folder alone may do so: what a run is about to
/// write looks the same. What cannot be removed stays, and is in nobody's way.
pub fn sweep(root: &Path, leftovers: &[String]) {
    for path in leftovers {
        let place = root.join(path);
        drop(fs::remove_file(&place));
        remove_empty_parents(&Machine, root, &place);
    }
}

/// What killed runs left of one file, in a folder of which nothing else is looked at.
pub fn left_beside(folder: &Path, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter(|left| intended(left).is_some_and(|intended| intended == name))
        .collect()
}
