//! The documents that people write come in; links to files that are not there go out.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing that people write.
const MADE: [&str; 5] = ["target", "node_modules", "golden", "made_up", "corpus"];

/// The Markdown files of a folder and those below it.
pub(crate) fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap_or_default();
        if entry.file_type().unwrap().is_dir() {
            if !name.starts_with('.') && !MADE.contains(&name.as_str()) {
                found.extend(documents(&entry.path()));
            }
        } else if name.ends_with(".md") {
            found.push(entry.path());
        }
    }
    found
}

/// The links of a document to files that are not there, each with the document and its line.
pub(crate) fn dead(document: &Path) -> Vec<String> {
    let text = fs::read_to_string(document).unwrap();
    let folder = document.parent().unwrap();
    let lines = text.lines().enumerate();
    let links = lines.flat_map(|(line, text)| links(text).map(move |link| (line + 1, link)));
    links
        .filter(|(_, link)| !folder.join(link).exists())
        .map(|(line, link)| format!("{}:{line}: {link}", document.display()))
        .collect()
}

/// What the links of a line lead to, but for addresses and places in the document itself.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.split("](").skip(1);
    let links = ends.filter_map(|rest| rest.split_once(')').map(|(link, _)| link));
    let files = links.map(|link| link.split('#').next().unwrap());
    files.filter(|link| !link.is_empty() && !link.contains("://"))
}
