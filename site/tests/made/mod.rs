//! Schemas come in; a folder with their site goes out, below the target folder.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "tests; each file uses a part"
)]

use crate::tools;
use eventbridge_catalog::files;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The site of the project's own schemas.
pub(crate) fn site(name: &str) -> PathBuf {
    site_of(&root().join("schemas"), name)
}

pub(crate) fn site_of(schemas: &Path, name: &str) -> PathBuf {
    let folder = tools::scratch(name);
    let planned = eventbridge_site::plan(schemas, &folder).unwrap();
    files::apply(&folder, &planned.changes).unwrap();
    folder
}

/// The modules of the pages' script with their tools, as they stand to those of the TypeScript package.
pub(crate) fn script(node: &tools::Node, name: &str) -> PathBuf {
    let place = tools::scratch(name);
    for folder in ["site/script", "codegen/src/typescript/package/src"] {
        copy(&root().join(folder), &place.join(folder));
    }
    let script = place.join("site/script");
    link(node.modules(), &script.join("node_modules"));
    script
}

/// Copies a folder but for the modules that somebody may have installed in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        } else if name != "node_modules" {
            copy(&path, &to.join(name));
        }
    }
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) {
    std::os::unix::fs::symlink(from, to).unwrap();
}

#[cfg(not(unix))]
fn link(from: &Path, to: &Path) {
    copy(from, to);
}
