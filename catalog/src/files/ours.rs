//! The content of a file comes in; whether we wrote it goes out.

use std::fs;
use std::path::Path;

/// Which files of a folder were written by us, and may be overwritten and removed.
pub struct Ours<'o> {
    /// The folders below the root where they stand; an empty name is the root itself.
    pub folders: &'o [&'o str],
    /// Whether a file of this path may be one of them; of others the content is not even read.
    pub may_be: &'o dyn Fn(&str) -> bool,
    /// Whether the file of this path and content is one of them.
    pub is: &'o dyn Fn(&str, &str) -> bool,
}

/// The content of a file, if it is ours when it stands at `path`. What cannot be read is not, nor what is larger than
/// anything that we write.
pub(super) fn text_of_ours(file: &Path, path: &str, ours: &Ours<'_>) -> Option<String> {
    let size = fs::symlink_metadata(file).ok()?.len();
    let bytes = (size <= LARGEST).then(|| fs::read(file).ok())??;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (ours.is)(path, &text).then_some(text)
}

/// The largest file that is looked into to tell whose it is, in bytes.
const LARGEST: u64 = 64 << 20;

/// Whether a text carries a stamp: as a comment on its first or its last line, or as a string of JSON.
pub fn is_stamped(text: &str, stamp: &str) -> bool {
    let is_comment = |line: &str| {
        line.trim().split_once(stamp).is_some_and(|(open, close)| {
            ["//", "#", "<!--"].contains(&open.trim()) && ["", "-->"].contains(&close.trim())
        })
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (first, last) = (lines.next(), lines.next_back());
    match first {
        Some(first) if first.trim_start().starts_with('{') => {
            text.contains(&serde_json::Value::from(stamp).to_string())
        }
        _ => first.is_some_and(is_comment) || last.is_some_and(is_comment),
    }
}
