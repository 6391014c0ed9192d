//! A revision of git comes in, and a folder; the folder as it was then goes out, beside the files of the repository,
//! whose index and tree stay as they are.

use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder as it was in a revision, until what goes out is dropped.
pub(super) fn checked_out(folder: &Path, revision: &str) -> Result<TempDir, Diagnostic> {
    let problem = |message: String| {
        Diagnostic::error(revision, message).help("name a folder with schemas, or a revision of the git repository that holds those of --schemas")
    };
    let out = TempDir::new().map_err(|error| problem(format!("cannot be checked out: {error}")))?;
    if revision.starts_with('-') {
        return Err(problem("is neither a folder nor a revision".to_owned()));
    }
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(problem(format!(
            "{} is no folder of a repository",
            shown(folder)
        )));
    };
    let tree = format!("{revision}:./{}", name.to_string_lossy());
    let index = out.path().join(".index");
    let run = |arguments: &[&str]| git(parent, &index, arguments).map_err(&problem);
    run(&["read-tree", &tree])?;
    let prefix = format!("--prefix={}/", shown(out.path()));
    run(&["checkout-index", "--all", &prefix])?;
    drop(std::fs::remove_file(&index));
    Ok(out)
}

fn git(at: &Path, index: &PathBuf, arguments: &[&str]) -> Result<Output, String> {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(at)
        .args(arguments)
        .env("GIT_INDEX_FILE", index);
    let output = git
        .output()
        .map_err(|error| format!("git does not run: {error}"))?;
    match output.status.success() {
        true => Ok(output),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let first = said.lines().next().unwrap_or("git failed").to_owned();
            Err(format!("is neither a folder nor a revision: {first}"))
        }
    }
}
